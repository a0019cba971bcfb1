"""A question as the search for personal data reads it: folded, each character knowing where it stands, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from ingest.folding import fold_char


class PersonalKind(StrEnum):
    """What a span says of a person."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    SOCIAL_SECURITY = "social-security"
    NAME = "name"
    BIRTH_DATE = "birth-date"
    BANK_ACCOUNT = "bank-account"
    RECORD_NUMBER = "record-number"
    LICENCE_PLATE = "licence-plate"


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """Where personal data stand: offsets in the text, and their kind."""

    start: int
    end: int
    kind: PersonalKind


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: offsets in the folded text, its folded letters, how it is typed.

    `elided`: the offset of an elided article before it (« d'Enzo », « n'diaye »), its own start where there is none.
    """

    start: int
    end: int
    text: str
    capital: bool
    upper: bool
    elided: int


_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
_SHOUTED = 0.7
"""Where more of the letters are capitals, capitals say nothing of what is a name."""

fold_one = lru_cache(maxsize=4096)(fold_char)


class CaseText:
    """A text folded for the search, whose matches can be brought back to the text as typed."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        folded: list[str] = []
        origins: list[int] = []
        for at, char in enumerate(raw):
            for piece in fold_one(char):
                folded.append(" " if piece.isspace() else piece)
                origins.append(at)
        self.folded = "".join(folded)
        self._origins = [*origins, len(raw)]
        typed = [c for c in raw if c.isalpha()]
        self.shouted = len(typed) >= 8 and sum(c.isupper() for c in typed) > _SHOUTED * len(typed)
        self.words = [w for found in _WORD.finditer(self.folded) for w in self._word(found.start(), found.end())]

    def _is_upper(self, at: int) -> bool:
        return not self.shouted and self.raw[self._origins[at]].isupper()

    def _word(self, start: int, end: int) -> list[Word]:
        elided = _ELISION.match(self.folded, start, end)
        own = start
        if elided and elided.end() < end:
            typed_as_name = self._is_upper(start) and self._is_upper(elided.end()) and elided[0] != "qu'"
            own = start if typed_as_name else elided.end()
        text = self.folded[own:end]
        upper = len(text) > 1 and all(self._is_upper(i) for i in range(own, end) if self.folded[i].isalpha())
        return [Word(own, end, text, self._is_upper(own), upper, start)]

    def span(self, start: int, end: int, kind: PersonalKind) -> PersonalSpan:
        """The span, in the text as typed, of a stretch of the folded text."""
        return PersonalSpan(self._origins[start], max(self._origins[end], self._origins[end - 1] + 1), kind)

    def typed(self, start: int, end: int) -> str:
        """The text as typed of a stretch of the folded text."""
        return self.raw[self._origins[start] : self._origins[end]]


@lru_cache(maxsize=8)
def word_list(name: str) -> frozenset[str]:
    """The folded words of a bundled list; lines that start with « # » say how it was made."""
    lines = (files("assistant.personal") / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
