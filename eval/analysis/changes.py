"""From one run to another: by how much each figure moved, and why a question got better or worse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Status
from eval.analysis.measures import MEASURES
from eval.compare import Difference, Pair, interval

FIRST = 20
"""How many of the first passages are looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at one question.

    `ranks` are, for each group of evidence, where it stood and stands (1 is best; `None`: nowhere). `entered` and
    `left` are the passages that came among the first ones, and that went, best first. `status` is how it ended and
    ends, `None` where that is the same. Facts `gained` and `lost` are in the first of their wordings.
    """

    pair: Pair
    ranks: tuple[tuple[int | None, int | None], ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]
    status: tuple[Status | None, Status | None] | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]


def change_of(pair: Pair, first: int = FIRST) -> Change:
    """What changed at a question of two runs."""
    before, after = pair.before, pair.after
    former, latter = before.passages[:first], after.passages[:first]
    said, says = before.stated or (), after.stated or ()
    known = before.stated is not None and after.stated is not None
    return Change(
        pair,
        # The evidence may have been judged anew: then ranks of one are not those of the other.
        ranks=tuple(zip(before.ranks, after.ranks, strict=True)) if len(before.ranks) == len(after.ranks) else (),
        entered=tuple(p for p in latter if p not in former),
        left=tuple(p for p in former if p not in latter),
        status=None if before.status is after.status else (before.status, after.status),
        gained=tuple(fact for fact in says if fact not in said) if known else (),
        lost=tuple(fact for fact in said if fact not in says) if known else (),
    )


def differences(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Each figure in both runs, over the questions of which both have it; with the interval of the difference."""
    for key, measure in MEASURES.items():
        found = [(measure.score(p.before), measure.score(p.after)) for p in pairs]
        both = np.array([(one, other) for one, other in found if one is not None and other is not None])
        if len(both):
            before, after = both.mean(axis=0)
            yield Difference(key, len(both), float(before), float(after), *interval(both[:, 1] - both[:, 0]))
