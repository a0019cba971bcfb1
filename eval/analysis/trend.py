"""How the figures moved over runs of the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from eval.analysis.conditions import alike
from eval.analysis.measures import MEASURES, scores
from eval.record import Run


@dataclass(frozen=True, slots=True)
class Point:
    """A run, with the value of each figure that it has, by key; `ms` is the median time of its answers."""

    run: Run
    values: dict[str, float]
    ms: float


def trend(runs: Sequence[Run], run: Run) -> list[Point]:
    """The runs of the same questions as one, oldest first, with their figures."""
    return [_point(r) for r in alike(runs, run)]


def _point(run: Run) -> Point:
    found = {key: scores(key, run.outcomes) for key in MEASURES}
    values = {key: fmean(of_key) for key, of_key in found.items() if of_key}
    return Point(run, values, median([o.ms for o in run.outcomes] or [0.0]))
