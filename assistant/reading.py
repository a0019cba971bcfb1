"""A document as it is read: its contents, and each of its parts whole, the cited words marked where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from assistant.answer import Citation
from assistant.extract import Mark, Run, TextLine, lines_of
from assistant.wording import page_label
from ingest.errors import PlaceMissing
from ingest.folding import letters
from ingest.records import Footnote, Passage, Report, UnitKind
from vectorstore.index import Index

MOST = 1500
"""Words of a part of a document without fiches; a longer chapter is read section by section where it has sections."""
_NO_SUCH_PLACE = "Cet endroit du document n'existe pas, ou n'existe plus. Choisissez-en un autre dans le sommaire."
_UNMARKED = "La citation {} n'est plus à sa place : le document a changé depuis. Elle n'est donc pas surlignée."


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading (`level` 1 is the highest), and what stands under it.

    `group` and `passage` are those of the first passage, `part` is the group that names the part which holds it;
    `within`: this heading stands inside that part, below its title. `page` says the printed page in French, or is
    empty.
    """

    title: str
    level: int
    group: str
    passage: str
    part: str
    within: bool
    page: str
    passages: int


@dataclass(frozen=True, slots=True)
class PartName:
    """What a part is asked for by, and its title."""

    group: str
    title: str


@dataclass(frozen=True, slots=True)
class PartBlock:
    """A heading, paragraph, list item or row of a part.

    `level` is the depth of a heading under the part (from 1) or of an item in its list (from 0). `passages` are the
    ids of those that it stands in: two where a long paragraph runs on. `page` is the printed page that starts here.
    """

    kind: UnitKind
    level: int
    runs: tuple[Run, ...]
    passages: tuple[str, ...]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote that the part calls, and the ids of the passages that it is."""

    number: int
    lines: tuple[TextLine, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A fiche or a section, whole: its blocks in reading order, and the notes that they call.

    `path` holds the headings above its title; `page` says in French on which printed page it starts, or is empty.
    `unmarked` has one French line for each citation of the part that no longer stands where it did.
    """

    name: PartName
    document: str
    path: tuple[str, ...]
    fiche: str | None
    page: str
    blocks: tuple[PartBlock, ...]
    notes: tuple[Note, ...]
    previous: PartName | None
    next: PartName | None
    unmarked: tuple[str, ...]


def contents(index: Index, document: str) -> tuple[Entry, ...]:
    """The table of contents of a document: parts, sections, fiches and fields, in reading order.

    Raises:
        PlaceMissing: the index holds no such document.
    """
    report = next((r for r in index.reports if r.document == document), None)
    if report is None:
        raise PlaceMissing(_NO_SUCH_PLACE)
    under: dict[tuple[str, ...], list[Passage]] = {}
    parts: dict[str, Sequence[Passage]] = {}
    for part in _Layout.of(report).parts:
        for passage in part:
            path = passage.path or (report.title,)
            for depth in range(1, len(path) + 1):
                under.setdefault(path[:depth], []).append(passage)
            parts[passage.id] = part
    return tuple(_entry(path, passages, parts[passages[0].id]) for path, passages in under.items())


def find_part(index: Index, passage_id: str) -> PartName:
    """The part that holds a passage; for a footnote, the part that calls it.

    Raises:
        PlaceMissing: the index holds no such passage.
    """
    if passage_id not in index.by_id:
        raise PlaceMissing(_NO_SUCH_PLACE)
    passage = index.by_id[passage_id]
    layout = _Layout.of(index.report(passage.document))
    return layout.name(layout.position(passage))


def find_part_on(index: Index, document: str, sheet: int) -> PartName:
    """The part that is read on a sheet of a document that comes from a PDF, or before a sheet without text.

    Raises:
        PlaceMissing: the index holds no such document, or nothing of it stands on a sheet.
    """
    known = [p for p in index.passages if p.document == document and p.physical_pages]
    on = (p for p in known if sheet in p.physical_pages)
    before = (p for p in reversed(known) if p.physical_pages[0] < sheet)
    found = next(chain(on, before, known), None)
    if found is None:
        raise PlaceMissing(_NO_SUCH_PLACE)
    return find_part(index, found.id)


def read_part(index: Index, group: str, marks: Sequence[Citation] = ()) -> Part:
    """The part that holds a group of passages, or a fiche (`1c`), with the words of the citations marked.

    Words are marked where the citation says that they stand, and only if they stand there to the letter.

    Raises:
        PlaceMissing: the index holds no such group or fiche.
    """
    passage = next((p for p in index.passages if group in (p.group, p.fiche)), None)
    if passage is None:
        raise PlaceMissing(_NO_SUCH_PLACE)
    report = index.report(passage.document)
    layout = _Layout.of(report)
    at = layout.position(passage)
    part = layout.parts[at]
    notes = layout.notes_called(part)
    held = {p.id for p in part} | {p.id for passages in notes.values() for p in passages}
    cited = [c for c in marks if c.document == report.document]
    standing = [Mark(c.number, c.start, c.end) for c in cited if report.text[c.start : c.end] == c.quote]
    lost = [c for c in cited if c.passage in held and report.text[c.start : c.end] != c.quote]
    return Part(
        name=layout.name(at),
        document=report.document,
        path=_shared_path(part)[:-1],
        fiche=part[0].fiche if part[0].field else None,
        page=page_label(part[0].page, part[0].page_exact),
        blocks=_blocks(part, report, standing),
        notes=tuple(
            Note(number, tuple(line for p in passages for line in lines_of(p, standing)), tuple(p.id for p in passages))
            for number, passages in notes.items()
        ),
        previous=layout.name(at - 1) if at else None,
        next=layout.name(at + 1) if at + 1 < len(layout.parts) else None,
        unmarked=tuple(_UNMARKED.format(c.number) for c in lost),
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """A document cut into parts, its footnotes (by the id of their passages) apart from them.

    A footnote whose call was lost is read in its place, at the end of the document.
    """

    report: Report
    parts: list[list[Passage]]
    notes: dict[str, Footnote]

    @classmethod
    def of(cls, report: Report) -> _Layout:
        titles = {f"Note {n.number}": n for n in report.footnotes if n.call is not None}
        notes = {
            p.id: note for p in report.passages if p.path and (note := titles.get(p.path[-1])) and p.text in note.text
        }
        read = [p for p in report.passages if p.id not in notes]
        if report.fiches:
            parts = [list(part) for _, part in groupby(read, key=lambda p: (p.field and p.fiche) or p.group)]
        else:
            parts = _sections(read, 1)
        return cls(report, parts, notes)

    def position(self, passage: Passage) -> int:
        """Which part holds a passage, or calls it where it is a footnote."""
        note = self.notes.get(passage.id)
        offset = passage.start if note is None or note.call is None else note.call
        return next(at for at, part in enumerate(self.parts) if any(p.start <= offset <= p.end for p in part))

    def name(self, at: int) -> PartName:
        """What the part at this position is asked for by, and its title."""
        part = self.parts[at]
        return PartName(part[0].group, (_shared_path(part) or (self.report.title,))[-1])

    def notes_called(self, part: Sequence[Passage]) -> dict[int, list[Passage]]:
        """The passages of each footnote that a part calls, by number, as they are called."""
        offsets = {n.number: n.call for n in self.report.footnotes if n.call is not None}
        called = [n for n, offset in offsets.items() if any(p.start <= offset <= p.end for p in part)]
        return {
            number: [p for p in self.report.passages if p.id in self.notes and self.notes[p.id].number == number]
            for number in sorted(called, key=lambda n: offsets[n])
        }


def _sections(passages: list[Passage], depth: int) -> list[list[Passage]]:
    """Cut what is too long to be read at once where its headings of this depth, or of deeper ones, change."""
    words = sum(len(p.text.split()) for p in passages)
    if words <= MOST or all(len(p.path) < depth for p in passages):
        return [passages]
    chapters = groupby(passages, key=lambda p: p.path[:depth])
    return [section for _, chapter in chapters for section in _sections(list(chapter), depth + 1)]


def _shared_path(part: Sequence[Passage]) -> tuple[str, ...]:
    shared = part[0].path
    for passage in part:
        while shared != passage.path[: len(shared)]:
            shared = shared[:-1]
    return shared


def _entry(path: tuple[str, ...], passages: Sequence[Passage], part: Sequence[Passage]) -> Entry:
    first = passages[0]
    return Entry(
        title=path[-1],
        level=len(path),
        group=first.group,
        passage=first.id,
        part=part[0].group,
        within=len(path) > max(1, len(_shared_path(part))),
        page=page_label(first.page, first.page_exact),
        passages=len(passages),
    )


def _blocks(part: Sequence[Passage], report: Report, marks: Sequence[Mark]) -> tuple[PartBlock, ...]:
    above = len(_shared_path(part))
    blocks: list[PartBlock] = []
    page, end = None, part[0].start
    for passage in part:
        lines = lines_of(passage, marks, report.footnotes)
        gap = report.text[end : passage.start]
        if blocks and gap == " ":
            blocks[-1] = _run_on(blocks[-1], lines.pop(0), passage)
        elif lines[0].kind is UnitKind.ITEM:
            # The indent of a passage's first line stands before it.
            lines[0] = replace(lines[0], level=gap.count(" ") // 2)
        opened = [PartBlock(line.kind, _level(line, passage, above), line.runs, (passage.id,)) for line in lines]
        if opened and passage.page_exact and passage.page != page:
            page = passage.page
            opened[0] = replace(opened[0], page=page_label(page, exact=True))
        blocks += opened
        end = passage.end
    return tuple(blocks)


def _run_on(block: PartBlock, line: TextLine, passage: Passage) -> PartBlock:
    """A long paragraph whose next sentences stand in another passage."""
    both = tuple(n for n in block.runs[-1].marks if n in line.runs[0].marks)
    runs = (*block.runs, Run(" ", bool(both), both), *line.runs)
    return replace(block, runs=runs, passages=(*block.passages, passage.id))


def _level(line: TextLine, passage: Passage, above: int) -> int:
    """The depth of a heading, told by the path of its passage, or of an item in its list."""
    if line.kind is not UnitKind.HEADING:
        return line.level
    words, titles = letters("".join(run.text for run in line.runs)), [letters(title) for title in passage.path]
    return max(1, titles.index(words) + 1 - above) if words in titles else 1
