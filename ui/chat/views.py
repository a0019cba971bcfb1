"""What the conversation component is given to show: plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from ui.components.table import TableView
from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class SourceView:
    """A button that opens a source: its visible number, its name for those who do not see it, its place."""

    source: int
    number: int
    name: str
    place: str
    quote: str = ""
    """The words cited, shown where the button is pointed at."""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A sentence, item or row of an answer with the sources that prove it."""

    kind: str
    lead: str
    text: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class FicheView:
    """A fiche named in a refusal, and the way to its page."""

    name: str
    link: Link


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What the reader thinks of an answer, said so far."""

    good: bool
    reasons: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """A question and what stands under it; `state` is a key of `labels.STATES`, or `pending`.

    Where it waits, `work` says what is being done, `lines` are what a language model has proved so far, and `stoppable`
    says whether it can be stopped. `masked` says what was masked in it; with `typed_otherwise` it can be asked again
    as it was typed. `scope` names what it was limited to.
    """

    state: str
    question: str
    work: str = ""
    stoppable: bool = False
    scope: tuple[str, ...] = ()
    understood: str = ""
    count: str = ""
    opening: str = ""
    lines: tuple[LineView, ...] = ()
    table: TableView[LineView] | None = None
    notes: tuple[str, ...] = ()
    masked: str = ""
    typed_otherwise: bool = False
    message: str = ""
    unknown_words: tuple[str, ...] = ()
    fiches: tuple[FicheView, ...] = ()
    sources: tuple[SourceView, ...] = ()
    suggestions: tuple[str, ...] = ()
    copied: str = ""
    """What « copier » puts on the clipboard."""
    feedback: FeedbackView | None = None
    announcement: str = ""
    """What a screen reader says once when the answer comes."""


@dataclass(frozen=True, slots=True)
class ReaderView:
    """The open source: its heading, its place, and the text around it (runs of words, quoted or not)."""

    exchange: int
    source: int
    heading: str
    place: str
    path: tuple[str, ...]
    state: str
    blocks: tuple[dict[str, object], ...]
    first: bool
    last: bool
    link: Link
    """The way to the same words in the reader."""


@dataclass(frozen=True, slots=True)
class ConversationView:
    """Everything that the component shows; `trouble` says why the conversation could not be kept.

    `shared`: the evaluators may read it.
    """

    title: str
    shared: bool
    exchanges: tuple[ExchangeView, ...]
    reader: ReaderView | None
    trouble: str
    labels: dict[str, object]
