"""A citation in its context: what the reader sees when a source is opened."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.wording import place_of_passage
from ingest.records import Passage, Unit, UnitKind
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text; `quoted` where it is the cited words themselves."""

    text: str
    quoted: bool


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
    blocks: list[ExtractBlock] = []
    for role, passages in (("before", around["before"]), ("passage", (passage,)), ("after", around["after"])):
        for p in passages:
            if p.document == passage.document and (p.fiche, p.path[:2]) == (passage.fiche, passage.path[:2]):
                blocks += _blocks(p, role, span if role == "passage" else None)
    fiche = next((f for f in index.fiches if (f.document, f.id) == (passage.document, passage.fiche)), None)
    return Extract(place_of_passage(passage, fiche), passage.path, tuple(blocks))


def _blocks(passage: Passage, role: str, span: tuple[int, int] | None) -> list[ExtractBlock]:
    blocks = []
    start = passage.start
    for line in passage.text.split("\n"):
        end = start + len(line)
        if line.strip():
            unit = next((u for u in passage.units if start <= u.start < end), None)
            blocks.append(ExtractBlock(_kind(unit, line), role, _runs(line, start, span)))
        start = end + 1
    return blocks


def _kind(unit: Unit | None, line: str) -> UnitKind:
    if unit is None:
        return UnitKind.SENTENCE
    return UnitKind.ITEM if line.lstrip().startswith("- ") else unit.kind


def _runs(line: str, start: int, span: tuple[int, int] | None) -> tuple[Run, ...]:
    shown = line.lstrip()
    if shown.startswith("- "):
        shown = shown[2:]
    start += len(line) - len(shown)
    if span is None or span[1] <= start or span[0] >= start + len(shown):
        return (Run(shown, False),)
    a, b = max(0, span[0] - start), min(len(shown), span[1] - start)
    pieces = ((shown[:a], False), (shown[a:b], True), (shown[b:], False))
    return tuple(Run(text, quoted) for text, quoted in pieces if text)
