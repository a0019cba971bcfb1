"""A quiz item before it is made: what it would be about, and what makes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from assistant.kits.kit import Item

Shown = Mapping[Citation, int]
"""How often what each citation proves has been shown in the quiz so far, as an answer or a statement."""


class Sort(StrEnum):
    """What an item is made of; several sorts may be of one kind."""

    POINT = "point"
    CARD = "card"
    TRUE = "true"
    FALSE = "false"
    FIGURE = "figure"
    YEAR = "year"
    TERRITORY = "territory"
    PUBLIC = "public"
    OPEN = "open"
    TENSION = "tension"


@dataclass(frozen=True, slots=True)
class Draft:
    """An item that could be made about a place and a field of it (an aspect, or a value of the card).

    `make` gives the item of an id; `None` where too few wrong answers can be found that are surely wrong. `rank` is 0
    for what is liked best among drafts of a sort.
    """

    sort: Sort
    place: str
    field: str
    make: Callable[[str, Shown], Item | None]
    rank: int = 0


def drawn(*seed: str) -> int:
    """A number (0 or more) that is the same each time for the same words: it shuffles without chance."""
    return int.from_bytes(hashlib.sha256("\n".join(seed).encode()).digest()[:4])
