"""A citation in its context: what the reader sees when a source is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.wording import place_of_passage
from ingest.records import Footnote, Passage, Unit, UnitKind
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked (offsets in the document of its passage), and the number of the citation that it is."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; `quoted` where it is the cited words themselves.

    `marks` are the numbers of the citations that it belongs to, `calls` those of the footnotes called after it.
    """

    text: str
    quoted: bool
    marks: tuple[int, ...] = ()
    calls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A heading, paragraph, list item or row of a passage; its runs joined are its words, without a list's dash.

    `level` is the depth of an item in its list: 0 is the outermost.
    """

    kind: UnitKind
    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class ExtractBlock:
    """A heading, paragraph, list item or row; `role` is `before`, `passage` or `after` the cited passage."""

    kind: UnitKind
    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage with what stands around it. The runs of the cited passage hold its text, whole and in order."""

    place: str
    path: tuple[str, ...]
    blocks: tuple[ExtractBlock, ...]


def read_extract(index: Index, passage_id: str, span: tuple[int, int] | None = None) -> Extract:
    """The passage `passage_id` in context, with the words of `span` (offsets in its document) quoted.

    Raises:
        KeyError: the index holds no such passage.
    """
    passage = index.by_id[passage_id]
    at = index.passages.index(passage)
    around = {"before": index.passages[at - 1 : at] if at else (), "after": index.passages[at + 1 : at + 2]}
    marks = () if span is None else (Mark(1, *span),)
    blocks = [
        ExtractBlock(line.kind, role, line.runs)
        for role, passages in (("before", around["before"]), ("passage", (passage,)), ("after", around["after"]))
        for p in passages
        if p.document == passage.document and (p.fiche, p.path[:2]) == (passage.fiche, passage.path[:2])
        for line in lines_of(p, marks if role == "passage" else ())
    ]
    fiche = next((f for f in index.fiches if (f.document, f.id) == (passage.document, passage.fiche)), None)
    return Extract(place_of_passage(passage, fiche), passage.path, tuple(blocks))


def lines_of(passage: Passage, marks: Sequence[Mark] = (), notes: Sequence[Footnote] = ()) -> list[TextLine]:
    """The lines of a passage in order, none empty, cut into runs at the marks and where the notes are called."""
    lines = []
    start = passage.start
    for line in passage.text.split("\n"):
        end = start + len(line)
        if line.strip():
            unit = next((u for u in passage.units if start <= u.start < end), None)
            shown = line.lstrip().removeprefix("- ")
            runs = _runs(shown, end - len(shown), marks, notes)
            lines.append(TextLine(_kind(unit, line), runs, (len(line) - len(line.lstrip())) // 2))
        start = end + 1
    return lines


def _kind(unit: Unit | None, line: str) -> UnitKind:
    if unit is None:
        return UnitKind.SENTENCE
    return UnitKind.ITEM if line.lstrip().startswith("- ") else unit.kind


def _runs(shown: str, start: int, marks: Sequence[Mark], notes: Sequence[Footnote]) -> tuple[Run, ...]:
    """Cut the words shown, which stand at `start`; a call that nothing stands before has an empty run."""
    end = start + len(shown)
    called = {n.call for n in notes if n.call is not None and start <= n.call <= end}
    bounds = {bound for mark in marks for bound in (mark.start, mark.end) if start < bound < end}
    cuts = [start] * (start in called) + sorted({start, end} | bounds | called)
    runs = []
    for a, b in pairwise(cuts):
        numbers = tuple(mark.number for mark in marks if mark.start < b and mark.end > a)
        calls = tuple(note.number for note in notes if note.call == b)
        runs.append(Run(shown[a - start : b - start], bool(numbers), numbers, calls))
    return tuple(runs)
