"""What a rater says of an answer: marks, kinds of error, reasons; and the total that they add up to.

The scale is that of the Canadian project ai-answers: 100, 80 or 0 for a sentence, 25, 20 or 0 for its citation. The
total (0 to 100) is 75 % of the mean mark of the sentences, plus the mean mark of the citations. A refusal has no
sentence and no citation: its total is its one mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from pydantic import AwareDatetime

SENTENCE_MARKS = (100, 80, 0)
CITATION_MARKS = (25, 20, 0)
WHOLE = 0
"""The position of what is said of the answer as a whole; its sentences have positions from 1."""
SENTENCES_SHARE = 0.75
"""What the sentences count for in the total; the marks of citations are out of 25, the rest of it."""
MOST_REASON = 2000
"""Characters of a reason."""


class ErrorKind(StrEnum):
    """What is wrong with a sentence, with its citation, or with the answer as a whole."""

    WRONG_PLACE = "wrong_place"
    PARTIAL_SUPPORT = "partial_support"
    OVER_INTERPRETATION = "over_interpretation"
    WRONG_FIGURE = "wrong_figure"
    MISSING_FACT = "missing_fact"
    SHOULD_HAVE_REFUSED = "should_have_refused"
    SHOULD_HAVE_ANSWERED = "should_have_answered"


OF_A_SENTENCE = (
    ErrorKind.WRONG_PLACE,
    ErrorKind.PARTIAL_SUPPORT,
    ErrorKind.OVER_INTERPRETATION,
    ErrorKind.WRONG_FIGURE,
)
OF_AN_ANSWER = (ErrorKind.MISSING_FACT, ErrorKind.SHOULD_HAVE_REFUSED)
OF_A_REFUSAL = (ErrorKind.SHOULD_HAVE_ANSWERED,)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a rater says of one sentence (position from 1), or of the whole answer (`WHOLE`); `None`: not marked yet.

    The whole of an answer has no marks of its own, only kinds of error; that of a refusal has the mark of its
    `sentence`. `kinds` have the order of `ErrorKind`, none twice. `version` is that of the store
    (from 1), or 0 where it was never kept.
    """

    position: int
    sentence: int | None = None
    citation: int | None = None
    kinds: tuple[ErrorKind, ...] = ()
    reason: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if self.position < WHOLE or self.version < 0:
            raise ValueError(f"no position, or no version: {self.position}, {self.version}")
        if self.sentence not in (None, *SENTENCE_MARKS) or self.citation not in (None, *CITATION_MARKS):
            raise ValueError(f"no mark of the scale: {self.sentence}, {self.citation}")
        if list(self.kinds) != [kind for kind in ErrorKind if kind in self.kinds]:
            raise ValueError(f"kinds out of order, or twice: {self.kinds}")
        if self.position == WHOLE and self.citation is not None:
            raise ValueError("an answer as a whole has no citation")
        if len(self.reason) > MOST_REASON:
            raise ValueError("a reason that is too long")

    @property
    def good(self) -> bool:
        """Whether nothing is said to be wrong."""
        return self.sentence in (None, 100) and self.citation in (None, 25) and not self.kinds

    def missing(self, refused: bool) -> tuple[str, ...]:
        """What is still to be given, of `sentence`, `citation` and `reason`."""
        wanted = []
        if self.sentence is None and (refused or self.position != WHOLE):
            wanted.append("sentence")
        if self.citation is None and self.position != WHOLE:
            wanted.append("citation")
        if not self.good and not self.reason.strip():
            wanted.append("reason")
        return tuple(wanted)


def positions(sentences: int) -> tuple[int, ...]:
    """The positions that must be marked in an answer of so many sentences; of a refusal, it as a whole."""
    return tuple(range(1, sentences + 1)) or (WHOLE,)


def fits(mark: Mark, sentences: int) -> bool:
    """Whether a mark can be one of an answer of so many sentences: its position, its marks, its kinds of error."""
    if mark.position == WHOLE:
        allowed = OF_AN_ANSWER if sentences else OF_A_REFUSAL
        return set(allowed).issuperset(mark.kinds) and (mark.sentence is None or not sentences)
    return mark.position <= sentences and set(OF_A_SENTENCE).issuperset(mark.kinds)


def unfinished(marks: Iterable[Mark], sentences: int) -> tuple[int, ...]:
    """The positions at which something is missing, in order."""
    by_position = {mark.position: mark for mark in marks}
    must = [p for p in positions(sentences) if p not in by_position]
    lacking = [p for p, mark in by_position.items() if mark.missing(refused=not sentences)]
    return tuple(sorted({*must, *lacking}))


def total(marks: Iterable[Mark], sentences: int) -> float | None:
    """The total of an answer of so many sentences, 0 to 100; `None` while something is missing."""
    given = list(marks)
    if unfinished(given, sentences):
        return None
    by_position: Mapping[int, Mark] = {mark.position: mark for mark in given}
    if not sentences:
        return float(by_position[WHOLE].sentence or 0)
    marked = [by_position[p] for p in positions(sentences)]
    return SENTENCES_SHARE * fmean(m.sentence or 0 for m in marked) + fmean(m.citation or 0 for m in marked)


@dataclass(frozen=True, slots=True)
class Review:
    """What one rater says of one answer; or, as `adjudication`, what is decided where raters differ.

    `marks` are in order of position; dates are UTC. `finished` is `None` while it is under way.
    """

    item: str
    rater: str
    adjudication: bool
    marks: tuple[Mark, ...]
    started: AwareDatetime
    updated: AwareDatetime
    finished: AwareDatetime | None

    def at(self, position: int) -> Mark:
        """The mark at a position, blank where there is none."""
        return next((mark for mark in self.marks if mark.position == position), Mark(position))
