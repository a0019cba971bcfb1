"""What the finished reviews say of the answers: one total for each, the mean of many, how often each kind of error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from assistant.answer import Status
from eval.compare import FEW, interval
from eval.review.item import Source
from eval.review.marks import ErrorKind, total
from eval.review.store import Rating


@dataclass(frozen=True, slots=True)
class Scored:
    """An answer that was reviewed. `score` (0 to 100) is what was decided of it, else the mean of its raters' totals.

    `kinds` are those that were decided, else those that any rater named; `raters` is how many finished it.
    """

    item: str
    question: str
    source: Source
    configuration: str
    status: Status
    score: float
    kinds: tuple[ErrorKind, ...]
    raters: int
    settled: bool


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean score (0 to 100) of some answers, with its interval at 95 % by the bootstrap over answers."""

    count: int
    mean: float
    low: float
    high: float

    @property
    def few(self) -> bool:
        """Whether there are too few answers for the interval to mean something."""
        return self.count < FEW


def scored(ratings: Iterable[Rating]) -> list[Scored]:
    """The answers with a finished review, in the order of the first of each."""
    finished: dict[str, list[Rating]] = defaultdict(list)
    for rating in ratings:
        if rating.review.finished is not None:
            finished[rating.review.item].append(rating)
    return [_scored(of_item) for of_item in finished.values()]


def _scored(ratings: Sequence[Rating]) -> Scored:
    decided = [r for r in ratings if r.review.adjudication]
    counted = decided or ratings
    first = ratings[0]
    named = {kind for r in counted for mark in r.review.marks for kind in mark.kinds}
    return Scored(
        item=first.review.item,
        question=first.question,
        source=first.source,
        configuration=first.configuration,
        status=first.status,
        score=fmean(total(r.review.marks, r.sentences) or 0.0 for r in counted),
        kinds=tuple(kind for kind in ErrorKind if kind in named),
        raters=sum(not r.review.adjudication for r in ratings),
        settled=bool(decided),
    )


def mean_of(answers: Sequence[Scored]) -> Mean | None:
    """The mean score of some answers; `None` where there are none."""
    if not answers:
        return None
    scores = np.array([answer.score for answer in answers])
    return Mean(len(answers), float(scores.mean()), *interval(scores))


def means_by(key: Callable[[Scored], str], answers: Sequence[Scored]) -> dict[str, Mean]:
    """The mean score of each group of answers, in the order of their names."""
    groups: dict[str, list[Scored]] = defaultdict(list)
    for answer in answers:
        groups[key(answer)].append(answer)
    return {name: mean for name in sorted(groups) if (mean := mean_of(groups[name])) is not None}


def kinds_of(answers: Sequence[Scored]) -> dict[ErrorKind, int]:
    """In how many answers each kind of error was found."""
    return {kind: sum(kind in answer.kinds for answer in answers) for kind in ErrorKind}
