"""Two runs side by side: by how much each figure moved, how sure that is, and at which questions.

A difference comes with its paired bootstrap interval (Efron, 1979): the questions that both runs have are drawn again
with replacement, both runs' scores together, and the interval holds 95 % of the mean differences so drawn. One that
leaves zero out is unlikely to come from the choice of the questions alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.run import FIGURES, Outcome

RESAMPLES = 10_000
CONFIDENCE = 0.95
FEW = 10
"""Questions below which an interval says nothing: drawn from so few, it is too narrow."""
_AT_ONCE = 1_000
"""Resamples drawn together, to bound the memory."""
_SCORES = {"recall": "recall", "mrr": "reciprocal_rank", "key_facts": "key_facts", "right_status": "right_status"}
"""Each figure, and the score of an outcome that it is the mean of."""
_ALL_QUESTIONS = "right_status"
"""The figure that is of all questions; the others are of the answerable ones."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question in both runs."""

    before: Outcome
    after: Outcome

    def gain(self, figure: str) -> float:
        """By how much the score behind a figure rose (−1 to 1)."""
        return score(self.after, figure) - score(self.before, figure)

    @property
    def gains(self) -> float:
        """The sum of the gains of all figures: above zero, the question got better; below, worse."""
        return round(sum(self.gain(figure) for figure in FIGURES), 9)


@dataclass(frozen=True, slots=True)
class Paired:
    """The questions of two runs: those of both, in the order of the second, and how many only one of them has."""

    pairs: tuple[Pair, ...]
    only_before: int
    only_after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in both runs over the same `count` questions; the interval `low` to `high` is of after − before."""

    figure: str
    count: int
    before: float
    after: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """By how much the figure rose."""
        return self.after - self.before

    @property
    def sure(self) -> bool:
        """Whether the interval leaves zero out, over enough questions to mean something."""
        return self.count >= FEW and (self.low > 0 or self.high < 0)


def score(outcome: Outcome, figure: str) -> float:
    """What one outcome adds to the mean that a figure is (0 to 1)."""
    return float(getattr(outcome, _SCORES[figure]))


def pair(before: Sequence[Outcome], after: Sequence[Outcome]) -> Paired:
    """Pair two runs by question: the same id with other words, or answerable no more, is another question."""
    former = {_key(o): o for o in before}
    pairs = tuple(Pair(former[_key(o)], o) for o in after if _key(o) in former)
    return Paired(pairs, len(before) - len(pairs), len(after) - len(pairs))


def _key(outcome: Outcome) -> tuple[str, str, bool]:
    return outcome.id, outcome.question, outcome.answerable


def differences(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Each figure in both runs; one that none of these questions has is left out."""
    for figure in FIGURES:
        counted = [p for p in pairs if p.after.answerable or figure == _ALL_QUESTIONS]
        if counted:
            before = np.array([score(p.before, figure) for p in counted])
            after = np.array([score(p.after, figure) for p in counted])
            low, high = interval(after - before)
            yield Difference(figure, len(counted), float(before.mean()), float(after.mean()), low, high)


def interval(gains: NDArray[np.float64], resamples: int = RESAMPLES, seed: int = 0) -> tuple[float, float]:
    """The percentile interval, at 95 %, of the mean of paired differences, shape (questions,), by the bootstrap."""
    generator = np.random.default_rng(seed)
    means = np.concatenate(
        [
            gains[generator.integers(len(gains), size=(min(_AT_ONCE, resamples - done), len(gains)))].mean(axis=1)
            for done in range(0, resamples, _AT_ONCE)
        ]
    )
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def changed(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The questions that got better and those that got worse, the greatest change first."""
    better = sorted((p for p in pairs if p.gains > 0), key=lambda p: -p.gains)
    worse = sorted((p for p in pairs if p.gains < 0), key=lambda p: p.gains)
    return better, worse


assert _SCORES.keys() == FIGURES.keys()
