"""Sharing out answers among raters: everybody gets as many, and so many answers go to two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.review.store import named
from ingest.errors import ReviewError
from ingest.folding import fold


@dataclass(frozen=True, slots=True)
class Share:
    """What one rater is given: ids in the order of the queue; `doubles` are those that another one is given too."""

    rater: str
    items: tuple[str, ...]
    doubles: tuple[str, ...]


def share_out(items: Sequence[str], raters: Sequence[str], doubles: float) -> tuple[Share, ...]:
    """Share out answers; the same answers and raters are always shared out in the same way.

    No two raters differ by more than one answer, nor by more than one double; and whoever reads doubles reads them
    with each of the others in turn, so that any two can be compared.

    Args:
        items: ids of answers, each once, in the order of the queue.
        raters: names; the shares have their order.
        doubles: which share of the answers (0 to 1) goes to two raters, spread over the queue.

    Raises:
        ReviewError: a name is blank, too long, or given twice; there is no rater, or only one for doubles.
    """
    names = [named(rater)[0] for rater in raters]
    _check(names, doubles)
    twice = _spread(items, doubles)
    given = dict(zip(twice, _pairs(len(twice), len(names)), strict=True))
    loads = Counter(seat for seats in given.values() for seat in seats)
    for item in items:
        if item not in given:
            seat = min(range(len(names)), key=lambda s: (loads[s], s))
            given[item] = (seat,)
            loads[seat] += 1
    return tuple(
        Share(
            name,
            tuple(item for item in items if seat in given[item]),
            tuple(item for item in twice if seat in given[item]),
        )
        for seat, name in enumerate(names)
    )


def _check(names: Sequence[str], doubles: float) -> None:
    if not names:
        raise ReviewError("Nommez au moins une personne qui relit.")
    again = [name for name, count in Counter(map(fold, names)).items() if count > 1]
    if again:
        raise ReviewError(f"« {again[0]} » est nommé plusieurs fois. Donnez à chaque personne un nom à elle.")
    if doubles > 0 and len(names) < 2:
        raise ReviewError(
            "Une double relecture demande au moins deux personnes : nommez-en une autre, ou choisissez 0 %."
        )


def _spread(items: Sequence[str], share: float) -> list[str]:
    """So many of the answers, evenly spread over the queue."""
    wanted = round(share * len(items))
    return [item for at, item in enumerate(items) if (at + 1) * wanted // len(items) > at * wanted // len(items)]


def _pairs(count: int, raters: int) -> list[tuple[int, ...]]:
    """So many pairs of seats: always those who have the fewest, and of these whoever were together the least."""
    had: Counter[int] = Counter()
    together: Counter[tuple[int, ...]] = Counter()
    pairs = []
    for _ in range(count):
        one = min(range(raters), key=lambda s: (had[s], s))
        other = min((s for s in range(raters) if s != one), key=lambda s: (had[s], together[_pair(one, s)], s))
        pairs.append(_pair(one, other))
        had.update(pairs[-1])
        together[pairs[-1]] += 1
    return pairs


def _pair(one: int, other: int) -> tuple[int, ...]:
    return (min(one, other), max(one, other))
