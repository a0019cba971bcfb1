"""The records that ingestion gives to everything after it: frozen, and refused at birth when wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

LEAST_QUOTE = 12
"""Characters below which words stand in any text and prove nothing."""


class BlockKind(StrEnum):
    """What a block of a document is, whatever file it was read from."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Page:
    """Where a block stands: `printed` is the label on the sheet, `physical` the 1-based sheet of the file."""

    printed: str | None = None
    physical: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or footnote of a document, in reading order.

    `level` is the depth of a heading (1 is the highest) or of a list item (0 is the outermost); 0 otherwise.
    A row holds its cells joined by tabs until the structure step lays them out.
    A note's text starts with its number, then a space.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: Page = Page()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a block holds text")


class UnitKind(StrEnum):
    """What a unit of a passage is: only sentences, items and rows can be quoted in an answer."""

    HEADING = "heading"
    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing an answer can quote: a span of the cleaned text of its document.

    `damaged` holds where the conversion garbled the words: such a unit is never quoted.
    """

    start: int
    end: int
    kind: UnitKind
    damaged: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of units that stand together under one heading: what is indexed, found and shown.

    `id` is readable and stable (`fiche-1c/deploiement/2`). `start`/`end` are offsets in the cleaned
    text of `document`, and `text` is that very slice. `pages` are the printed labels that it may stand
    on: exact where `page_exact`, else those of the section that holds it.
    """

    id: str
    document: str
    text: str
    start: int
    end: int
    path: tuple[str, ...]
    units: tuple[Unit, ...]
    fiche: str | None = None
    field: str | None = None
    theme: str | None = None
    pages: tuple[str, ...] = ()
    physical_pages: tuple[int, ...] = ()
    page_exact: bool = False

    def __post_init__(self) -> None:
        if self.end - self.start != len(self.text):
            raise ValueError(f"{self.id}: the text is not the span {self.start}..{self.end}")
        if any(u.start < self.start or u.end > self.end for u in self.units):
            raise ValueError(f"{self.id}: a unit lies outside the passage")

    @property
    def sha256(self) -> str:
        """The hash of the text, by which a stored citation can be checked later."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def group(self) -> str:
        """The id without its number: the field of a fiche (`fiche-1c/deploiement`) or the section."""
        return self.id.rsplit("/", 1)[0]

    @property
    def page(self) -> str | None:
        """The printed page where the passage, or the section that holds it, starts."""
        return self.pages[0] if self.pages else None

    def words_of(self, unit: Unit) -> str:
        """The text of one of the passage's units."""
        return self.text[unit.start - self.start : unit.end - self.start]


@dataclass(frozen=True, slots=True)
class Fiche:
    """A practice sheet of the report: its card and the fields that it fills, in the report's order.

    `id` is as the report numbers it (`1c`). The four values of the card keep the report's words, one line
    for each line of thought; `None` where the report leaves the line empty.
    """

    id: str
    document: str
    title: str
    theme: str
    page: str | None
    territoire: str | None
    annee: str | None
    initiateurs: str | None
    publics: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote and the offset in the cleaned text where it is called (`None`: the call was lost)."""

    number: int
    text: str
    call: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A document understood: its cleaned text, and what stands where in it."""

    document: str
    title: str
    text: str
    passages: tuple[Passage, ...]
    fiches: tuple[Fiche, ...]
    footnotes: tuple[Footnote, ...]
    findings: tuple[str, ...]
    """What cleaning mended or gave up on, one French line each."""
