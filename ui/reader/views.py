"""What the reader's component is given to show: plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.extract import TextLine
from assistant.pages import Box
from assistant.reading import PartBlock
from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link and its words; `current` where it leads to what is shown."""

    text: str
    link: Link
    current: bool = False


@dataclass(frozen=True, slots=True)
class EntryView:
    """A line of the contents, at its level (from 1)."""

    title: str
    level: int
    link: Link
    current: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A footnote, its name, and the name of the button that goes back to its call."""

    number: int
    name: str
    back: str
    lines: tuple[TextLine, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationView:
    """The citation that is shown; `start` and `end` are spoken around its words.

    Where it is of an answer: its place among the citations, the question, and the way to the others and back.
    """

    number: int
    start: str
    end: str
    heading: str = ""
    question: str = ""
    previous: Link | None = None
    next: Link | None = None
    back: Link | None = None


@dataclass(frozen=True, slots=True)
class SheetView:
    """The picture of a page, as a data address, with boxes in fractions of it, and the pages beside it."""

    picture: str
    alternative: str
    heading: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class ReaderView:
    """A part of a document.

    `address` is where the reader is, `moved` whether it has just come there from elsewhere in the reader. `first`
    holds for the first part of a document. `passage` is where to go in the part (empty: to its start). `views` are the
    ways to show a document that comes from a PDF.
    """

    address: str
    moved: bool
    first: bool
    title: str
    path: tuple[str, ...]
    page: str
    contents: tuple[EntryView, ...]
    documents: tuple[NamedLink, ...]
    fiche: NamedLink | None
    blocks: tuple[PartBlock, ...]
    notes: tuple[NoteView, ...]
    passage: str
    citation: CitationView | None
    sheet: SheetView | None
    views: tuple[NamedLink, ...]
    notices: tuple[str, ...]
    neighbours: tuple[NamedLink, ...]
    labels: dict[str, str] = field(default_factory=dict)
