"""Numbers as French prints them."""

from __future__ import annotations

SHARE_DIGITS, MARK_DIGITS = 3, 1
NOTHING = "–"
"""Stands where there is no number."""


def decimal(value: float | None, digits: int = SHARE_DIGITS) -> str:
    """« 0,934 »; what is not known is a dash."""
    if value is None:
        return NOTHING
    rounded = round(value, digits) + 0.0  # no « −0 »
    return f"{rounded:.{digits}f}".replace(".", ",").replace("-", "−")


def between(low: float | None, high: float | None, digits: int = SHARE_DIGITS) -> str:
    """« de 0,912 à 0,951 », which a line never parts from its words; an interval that is not known is a dash."""
    if low is None or high is None:
        return NOTHING
    return f"de\u00a0{decimal(low, digits)} à\u00a0{decimal(high, digits)}"


def whole(value: float) -> str:
    """« 1 250 », with the space that French prints between thousands."""
    return f"{round(value):,}".replace(",", "\u202f")


def many(count: int, *words: str) -> str:
    """« 1 réponse relue », « 3 réponses relues »: a count, and words that take an s with it."""
    return f"{whole(count)} {' '.join(word + 's' * (count > 1) for word in words)}"


def listed(names: list[str]) -> str:
    """« a, b et c »."""
    return " et ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
