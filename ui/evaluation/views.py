"""What the component of the page draws: tables, lists of links, questions to look into. Plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text, and where it leads."""

    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class HeadView:
    """The head of a column; `words`: its cells are words, laid out as such, and not numbers."""

    text: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table, whose first cells head its rows; opened by a click on `summary`, or always open where that is empty."""

    name: str
    heads: tuple[HeadView, ...]
    rows: tuple[tuple[CellView, ...], ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class TermView:
    """A line of details: what it is, and what it says, one paragraph each."""

    name: str
    said: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class NotesView:
    """Terms and what they mean, opened by a click on `summary`."""

    summary: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to look into, opened by a click: what is said of it at once, then in detail."""

    id: str
    question: str
    tags: tuple[str, ...]
    terms: tuple[TermView, ...]
    links: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """Lines, each of which may lead somewhere; with bullets, or as paragraphs."""

    lines: tuple[CellView, ...]
    bullets: bool = True


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a run is: of 0 to 1, in words, and in words that change seldom, for those who listen."""

    share: float
    text: str
    aloud: str
