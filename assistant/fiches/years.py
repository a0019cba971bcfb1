"""When a practice began, or took place, from the words of its card."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ASIDE = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Years:
    """The year of a card, or its period; `first` ≤ `last`, both included."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")


def years_of(said: str | None) -> Years | None:
    """The year that a card states, or its period (« 2020-2021 »); `None` where it states none.

    What stands in brackets is said beside (« Ouverture en 2007 (circulaire de 2006) ») and counts only where the card
    states no other year.
    """
    text = said or ""
    found = [int(year) for year in _YEAR.findall(_ASIDE.sub(" ", text)) or _YEAR.findall(text)]
    return Years(min(found), max(found)) if found else None
