"""How long the answers of a run took: the middle, the slow ones, how they are spread, and at which step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.run import Outcome

BINS = 20


@dataclass(frozen=True, slots=True)
class Spread:
    """Times in milliseconds: the median, and the 95th percentile (linear between the two nearest)."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Bin:
    """How many answers took from `low` up to `high` milliseconds; the last bin holds its upper bound too."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Times:
    """The times of a run; `steps` are in the order of the road, empty in a run that did not keep them.

    `bins` go up to the 99th percentile, so that one very slow answer does not flatten the others; `beyond` counts
    those after it.
    """

    count: int
    all: Spread
    bins: tuple[Bin, ...]
    beyond: int
    steps: dict[str, Spread]


def times_of(outcomes: Sequence[Outcome]) -> Times | None:
    """The times of the questions that were asked to their end; `None` where none was."""
    ended = [o for o in outcomes if not o.error]
    if not ended:
        return None
    ms = np.array([o.ms for o in ended])
    top = float(np.percentile(ms, 99))
    counts, edges = np.histogram(ms[ms <= top], bins=BINS, range=(0.0, max(top, 1.0)))
    bins = tuple(
        Bin(float(low), float(high), int(count)) for low, high, count in zip(edges, edges[1:], counts, strict=False)
    )
    names = dict.fromkeys(step for o in ended for step in o.timings or {})
    steps = {name: _spread([o.timings[name] for o in ended if o.timings and name in o.timings]) for name in names}
    return Times(len(ended), _spread(ms), bins, int((ms > top).sum()), steps)


def _spread(ms: Sequence[float] | np.ndarray) -> Spread:
    median, p95 = np.percentile(ms, [50, 95])
    return Spread(float(median), float(p95))
