"""The figures of a run that are means over its questions, each with its interval, over all of them and by group.

A figure's interval is the percentile interval of the bootstrap over questions (Efron, 1979; `eval.compare.interval`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assistant.answer import Status
from eval.compare import FEW, interval
from eval.run import Outcome, grouped


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure; `key` is that of `eval.meaning`.

    `score` (0 to 1) is what one question adds to its mean, `None` where the figure is not of that question.
    `less_is_better` holds where 0 is best.
    """

    key: str
    score: Callable[[Outcome], float | None]
    less_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of a figure over `count` questions, and its interval at 95 %."""

    count: int
    value: float
    low: float
    high: float

    @property
    def few(self) -> bool:
        """Whether the interval means nothing, drawn from too few questions."""
        return self.count < FEW


def _of_answerable(score: Callable[[Outcome], float]) -> Callable[[Outcome], float | None]:
    return lambda outcome: score(outcome) if outcome.answerable else None


def _answered(outcome: Outcome) -> float:
    return float(outcome.status is Status.ANSWERED)


def _squared_error(outcome: Outcome) -> float | None:
    return None if outcome.chance is None else (outcome.chance - outcome.answerable) ** 2


MEASURES = {
    measure.key: measure
    for measure in (
        Measure("recall", _of_answerable(lambda o: o.recall)),
        Measure("mrr", _of_answerable(lambda o: o.reciprocal_rank)),
        Measure("key_facts", _of_answerable(lambda o: o.key_facts)),
        Measure("right_status", lambda o: float(o.right_status)),
        Measure("false_refusals", _of_answerable(lambda o: 1 - _answered(o)), less_is_better=True),
        Measure("false_answers", lambda o: None if o.answerable else _answered(o), less_is_better=True),
        Measure("citation_precision", lambda o: o.citation_precision),
        Measure("citation_recall", lambda o: o.citation_recall),
        Measure("brier", _squared_error, less_is_better=True),
    )
}
"""The figures that are means over questions, in the order in which they are shown."""


class Grouping(StrEnum):
    """By what the questions of a run may be grouped."""

    TYPE = "type"
    PERSONA = "persona"
    FICHE = "fiche"
    PART = "part"
    SPLIT = "split"


_GROUPS: dict[Grouping, Callable[[Outcome], str | tuple[str, ...]]] = {
    Grouping.TYPE: lambda o: o.type,
    Grouping.PERSONA: lambda o: o.persona,
    Grouping.FICHE: lambda o: o.fiches or (),
    Grouping.PART: lambda o: o.parts or (),
    Grouping.SPLIT: lambda o: o.split,
}


def scores(key: str, outcomes: Sequence[Outcome]) -> list[float]:
    """The scores of the questions that a figure is of."""
    return [score for outcome in outcomes if (score := MEASURES[key].score(outcome)) is not None]


def estimate(key: str, outcomes: Sequence[Outcome]) -> Estimate | None:
    """A figure over some questions; `None` where it is of none of them."""
    found = np.array(scores(key, outcomes))
    return Estimate(len(found), float(found.mean()), *interval(found)) if len(found) else None


def estimates(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    """Every figure that some of these questions have."""
    return {key: found for key in MEASURES if (found := estimate(key, outcomes)) is not None}


def by_group(grouping: Grouping, outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The questions of each group, by its name; those of no group are left out."""
    return grouped(_GROUPS[grouping], outcomes)


def groupings(outcomes: Sequence[Outcome]) -> list[Grouping]:
    """By what these questions can be grouped at all: in more than one group, or by where their evidence is."""
    where = (Grouping.FICHE, Grouping.PART)
    counts = {grouping: len(by_group(grouping, outcomes)) for grouping in Grouping}
    return [grouping for grouping, count in counts.items() if count > (0 if grouping in where else 1)]
