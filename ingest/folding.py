"""One way of comparing French text: without case, accents, ligatures or typographic variants."""

from __future__ import annotations

import unicodedata

_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}


def fold_char(char: str) -> str:
    """Fold one character: zero, one or several characters, lower-case, without accents."""
    lowered = char.lower()
    if lowered in _LETTERS:
        return _LETTERS[lowered]
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class _Table(dict[int, str]):
    """Folded characters by code point, filled as they come."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_char(chr(code))
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """Fold a text: lower-case, accents stripped, ligatures opened, apostrophes and dashes made plain."""
    return text.translate(_TABLE)


def letters(text: str) -> str:
    """The folded letters and digits of a text alone: what two printings of the same words share."""
    return "".join(filter(str.isalnum, fold(text)))
