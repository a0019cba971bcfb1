"""How the decision to answer stands up on judged questions: its confusion matrix, and whether its chances are believed.

The Brier score is the mean squared distance of the chance from what was right (Brier, 1950; 0 is best). A reliability
plot shows, of groups of questions of like chances, the mean chance beside the share that can be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Status
from eval.run import Outcome

GROUPS = 8


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a question: the chance (0 to 1) that it can be answered, whether it can, how it ended."""

    chance: float
    answerable: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of like chances: how many, their mean chance, and the share of them that can be answered."""

    count: int
    chance: float
    answerable: float


def decisions(outcomes: Iterable[Outcome]) -> list[Decision]:
    """What was decided of each question; those that failed, and those of runs that did not keep it, are left out."""
    return [
        Decision(o.chance, o.answerable, o.status) for o in outcomes if o.chance is not None and o.status is not None
    ]


def confusion(outcomes: Iterable[Outcome | Decision]) -> dict[tuple[bool, Status], int]:
    """How many questions that can (`True`) or cannot be answered ended in each way; one that failed did in none."""
    counts = {(answerable, status): 0 for answerable in (True, False) for status in Status}
    for outcome in outcomes:
        if outcome.status is not None:
            counts[outcome.answerable, outcome.status] += 1
    return counts


def brier(decided: Sequence[Decision]) -> float:
    """The mean squared distance of the chance from what was right (0 to 1)."""
    return float(np.mean([(d.chance - d.answerable) ** 2 for d in decided]))


def reliability(decided: Sequence[Decision], groups: int = GROUPS) -> list[Group]:
    """Groups of as many questions each, the least sure first."""
    ordered = sorted(decided, key=lambda d: d.chance)
    parts = [part for part in np.array_split(np.arange(len(ordered)), groups) if len(part)]
    return [
        Group(
            len(part),
            float(np.mean([ordered[i].chance for i in part])),
            float(np.mean([ordered[i].answerable for i in part])),
        )
        for part in parts
    ]
