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


def fold(text: str) -> str:
    """Fold a text: lower-case, accents stripped, ligatures opened, apostrophes and dashes made plain."""
    if text.isascii():
        return text.lower()
    return "".join(fold_char(c) for c in text)


def letters(text: str) -> str:
    """The folded letters and digits of a text alone: what two printings of the same words share."""
    return "".join(c for c in fold(text) if c.isalnum())
