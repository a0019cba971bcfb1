"""Where the words of a citation stand on the sheets of a PDF: found to the letter and in one place, or not at all.

A sheet and the cleaned text of the document share their letters and digits, folded, in one order: cleaning only mends
spaces, hyphens and ligatures, and drops what stands around the text (running heads, page numbers). So only letters are
compared, and words that run over a sheet's end are looked for as the end of a line there and the start of one on the
next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.folding import letters
from ingest.records import Passage, Report

LEAST = 24
"""Letters that are looked for at least, those of the words around the quote with them: fewer stand anywhere."""
HALF = 12
"""Letters at least on either of two sheets."""
_CONTEXTS = ((0, 0), *((a * n, b * n) for n in (12, 24, 48, 96, 192) for a, b in ((1, 1), (1, 0), (0, 1))))
"""How many letters before and after the quote are looked for with it, until it stands in one place only."""
_FURTHER = 3
"""Sheets after that on which a passage starts its last paragraph, where it may still go on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The letters of a sheet (`number` from 1) in the order of the file; a line starts or ends at each of `breaks`."""

    number: int
    letters: str
    breaks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of a sheet, from `first` to before `last`."""

    sheet: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Words:
    """The letters of a document around a quote, which is those from `first` to before `last`."""

    letters: str
    first: int
    last: int


@cache
def letters_of(char: str) -> str:
    """The letters, folded, of one character: none, one, or those of a ligature."""
    return letters(char)


def sheets_of(report: Report, passage: Passage) -> range:
    """The sheets on which a passage may stand; none where the document does not know.

    A paragraph is only known by the sheet on which it starts: it may go on to where the next passage starts.
    """
    following = next((after for p, after in pairwise(report.passages) if p.id == passage.id), None)
    return _sheets(passage, following)


def words_around(report: Report, passage: Passage, span: tuple[int, int]) -> Words:
    """The letters of all that may stand on the sheets of a passage, footnote calls as printed, and the span in them."""
    reach = sheets_of(report, passage)
    pairs = pairwise([*report.passages, None])
    near = [p for p, after in pairs if p is not None and _meet(_sheets(p, after), reach)]
    calls = {note.call: str(note.number) for note in report.footnotes if note.call is not None}
    read: list[str] = []
    first = last = 0
    for p in near:
        for offset in range(p.start, p.end + 1):
            last = len(read) if offset == span[1] else last
            read += calls.get(offset, "")
            first = len(read) if offset == span[0] else first
            read += letters_of(report.text[offset]) if offset < p.end else ""
    return Words("".join(read), first, last)


def locate(words: Words, sheets: Sequence[Sheet]) -> tuple[Stretch, ...]:
    """Where the quote stands on these sheets, one stretch or two in reading order; none where that is not sure.

    The quote, or the quote with words around it, must stand once on the sheets and once in the text.
    """
    for before, after in _CONTEXTS:
        start, end = max(0, words.first - before), min(len(words.letters), words.last + after)
        sought = words.letters[start:end]
        if len(sought) < LEAST or len(list(_starts(sought, words.letters))) != 1:
            continue
        found = list(_places(sought, sheets))
        if len(found) == 1:
            return tuple(_cut(found[0], words.first - start, words.last - start))
    return ()


def _sheets(passage: Passage, following: Passage | None) -> range:
    if not passage.physical_pages:
        return range(0)
    last = max(passage.physical_pages)
    then = min(following.physical_pages) if following and following.physical_pages else last
    return range(min(passage.physical_pages), min(max(last + 1, then), last + _FURTHER) + 1)


def _meet(one: range, other: range) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def _starts(sought: str, text: str) -> Iterator[int]:
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _places(sought: str, sheets: Sequence[Sheet]) -> Iterator[tuple[Stretch, ...]]:
    for sheet in sheets:
        for at in _starts(sought, sheet.letters):
            yield (Stretch(sheet.number, at, at + len(sought)),)
    for sheet, following in pairwise(sheets):
        yield from _over_two(sought, sheet, following)


def _over_two(sought: str, sheet: Sheet, following: Sheet) -> Iterator[tuple[Stretch, ...]]:
    """The places where the words end a line of a sheet and go on with a line of the next."""
    for cut in range(HALF, len(sought) - HALF + 1):
        ends = [at + cut for at in _starts(sought[:cut], sheet.letters) if at + cut in sheet.breaks]
        if not ends:
            continue
        for begin in _starts(sought[cut:], following.letters):
            if begin in following.breaks:
                for end in ends:
                    rest = Stretch(following.number, begin, begin + len(sought) - cut)
                    yield Stretch(sheet.number, end - cut, end), rest


def _cut(stretches: Sequence[Stretch], first: int, last: int) -> Iterator[Stretch]:
    """The letters from `first` to before `last` of what was found."""
    passed = 0
    for stretch in stretches:
        length = stretch.last - stretch.first
        a, b = max(first - passed, 0), min(last - passed, length)
        if a < b:
            yield Stretch(stretch.sheet, stretch.first + a, stretch.first + b)
        passed += length
