"""Where a statement stands in a kit: its address, read and written.

    title                          aims/0
    sequences/s3/title             sequences/s3/activity/1        sequences/s3/points/0
    cases/c1/title                 cases/c1/situation/2           cases/c1/obstacles/0    cases/c1/tasks/0
    cases/c1/outcome/1             discussions/d1/question        discussions/d1/sides/0
    items/q1/stem                  items/q1/options/2             items/q1/points/0       items/q1/pairs/0/left

What proves a quiz item has no address: it is not the trainer's to rewrite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.kits.kit import Aim, Case, Discussion, Item, Kit, Option, Pair, Sequence, Statement
from assistant.kits.places import place_of
from ingest.errors import KitError

_WITHIN: Mapping[type, tuple[str, ...]] = {
    Kit: ("title", "aims", "sequences", "cases", "discussions", "items"),
    Sequence: ("title", "activity", "points"),
    Case: ("title", "situation", "obstacles", "tasks", "outcome"),
    Discussion: ("question", "sides"),
    Item: ("stem", "options", "pairs", "points"),
    Pair: ("left", "right"),
}
"""What can be reached in each record."""
_LISTS = frozenset("aims activity points situation obstacles tasks outcome sides options".split())
"""Which of these are lists of statements, aims or options."""
Listed = Aim | Option | Statement
"""What a list of statements is made of."""


def statement_at(kit: Kit, where: str) -> Statement:
    """The statement at an address.

    Raises:
        KitError: there is none.
    """
    found = _found(kit, where)
    if isinstance(found, Aim | Option):
        return found.statement
    if not isinstance(found, Statement):
        raise missing()
    return found


def list_at(kit: Kit, where: str) -> tuple[Listed, ...]:
    """The statements, aims or options of the list at an address.

    Raises:
        KitError: there is none.
    """
    found = _found(kit, where)
    if not isinstance(found, tuple) or where.rpartition("/")[2] not in _LISTS:
        raise missing()
    return found


def item_at(kit: Kit, where: str) -> Item | None:
    """The quiz item that an address leads into; `None` where it leads elsewhere."""
    head, _, rest = where.partition("/")
    return next((item for item in kit.items if item.id == rest.partition("/")[0]), None) if head == "items" else None


def split(where: str) -> tuple[str, int] | None:
    """The address of the list that a statement stands in, and its position from 0; `None` where it stands alone."""
    head, _, last = where.rpartition("/")
    return (head, int(last)) if head and _is_position(last) else None


def put(kit: Kit, where: str, new: Statement | tuple[Listed, ...]) -> Kit:
    """The kit with another statement, or another list, at an address.

    Raises:
        KitError: there is none.
    """
    changed: Kit = _changed(kit, where.split("/"), new)
    return changed


def missing() -> KitError:
    """What is said of an address that leads nowhere."""
    return KitError("Cet endroit de la séance n'existe plus : elle a changé entre-temps. Rechargez la page.")


def _found(kit: Kit, where: str) -> object:
    found: object = kit
    for step in where.split("/"):
        found = _child(found, step)
    return found


def _child(within: Any, step: str) -> Any:
    if isinstance(within, tuple):
        return within[_position(within, step)]
    if step not in _WITHIN.get(type(within), ()):
        raise missing()
    return getattr(within, step)


def _position(among: tuple[Any, ...], step: str) -> int:
    """Where the record of an id, or the statement of a position, stands."""
    for at, one in enumerate(among):
        if step == (one.id if hasattr(one, "id") else str(at)):
            return at
    raise missing()


def _is_position(step: str) -> bool:
    return step.isascii() and step.isdecimal() and len(step) < 4


def _changed(old: Any, steps: list[str], new: Any) -> Any:
    if not steps:
        return _with_words(old, new) if isinstance(old, Aim | Option) else new
    inner = _changed(_child(old, steps[0]), steps[1:], new)
    if isinstance(old, tuple):
        at = _position(old, steps[0])
        return (*old[:at], inner, *old[at + 1 :])
    return replace(old, **{steps[0]: inner})


def _with_words(old: Aim | Option, new: Statement) -> Aim | Option:
    if isinstance(old, Aim):
        return replace(old, statement=new)
    # An answer in the trainer's words is true of no fiche.
    return replace(old, statement=new, of=place_of(new.citations[0]) if new.citations else "")
