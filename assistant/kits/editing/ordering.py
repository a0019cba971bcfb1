"""The order of a kit: its sequences, and what each works on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from assistant.kits.editing.place import missing
from assistant.kits.kit import Kit


class _Known(Protocol):
    @property
    def id(self) -> str: ...


_K = TypeVar("_K", bound=_Known)


def move(kit: Kit, identifier: str, step: int) -> Kit:
    """The kit with a sequence, case, discussion or quiz item one place further (+1) or back (−1).

    It moves among those of its sequence or, where none works on it, among those of its kind that are in reserve. At an
    end nothing happens.

    Raises:
        KitError: the kit has no such thing.
    """
    row = _row_of(kit, identifier)
    at = row.index(identifier)
    if not 0 <= at + step < len(row):
        return kit
    row.insert(at + step, row.pop(at))
    return move_to(kit, row)


def move_to(kit: Kit, order: Sequence[str]) -> Kit:
    """The kit with its sequences in another order, or what one of them works on, or what is in reserve of a kind.

    Args:
        kit: the kit.
        order: the ids of all of them, each once.

    Raises:
        KitError: they are not the ids of such a row.
    """
    if not order or sorted(_row_of(kit, order[0])) != sorted(order):
        raise missing()
    sequences = (replace(s, holds=_put_in_order(s.holds, order)) for s in _in_order(kit.sequences, order))
    return replace(
        kit,
        sequences=tuple(sequences),
        cases=_in_order(kit.cases, order),
        discussions=_in_order(kit.discussions, order),
        items=_in_order(kit.items, order),
    )


def _row_of(kit: Kit, identifier: str) -> list[str]:
    """The ids among which one has its place, in order."""
    held = [list(sequence.holds) for sequence in kit.sequences]
    taken = {one for ids in held for one in ids}
    kinds: tuple[Sequence[_Known], ...] = (kit.sequences, kit.cases, kit.discussions, kit.items)
    reserves = [[one.id for one in kind if one.id not in taken] for kind in kinds]
    for row in (*held, *reserves):
        if identifier in row:
            return row
    raise missing()


def _in_order(among: Sequence[_K], order: Sequence[str]) -> tuple[_K, ...]:
    """The same, those that are named in this order; the others stay where they are."""
    known = {one.id: one for one in among}
    return tuple(known[identifier] for identifier in _put_in_order(list(known), order))


def _put_in_order(identifiers: Sequence[str], order: Sequence[str]) -> tuple[str, ...]:
    named = iter([identifier for identifier in order if identifier in identifiers])
    return tuple(next(named) if identifier in order else identifier for identifier in identifiers)
