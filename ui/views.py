"""What the conversation component is given to show: plain values, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer, Citation, CitationState, Status
from assistant.extract import Extract
from assistant.wording import place_of
from ingest.records import Fiche
from ui import labels
from ui.conversation import SHOWN_PASSAGES, Conversation, Exchange

EXCERPT = 220
"""How many characters of a found passage its line shows."""


class Library(Protocol):
    """The part of the assistant that shows sources in their context."""

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        """The fiches of the report."""
        ...

    def extract(self, citation: Citation) -> Extract:
        """Read a citation in its context."""
        ...

    def extract_passage(self, passage_id: str) -> Extract:
        """Read a passage in its context, nothing quoted."""
        ...


@dataclass(frozen=True, slots=True)
class SourceView:
    """A button that opens a source: its visible number, its name for those who do not see it, its place."""

    source: int
    number: int
    name: str
    place: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class LineView:
    """A sentence, item or row of an answer with the sources that prove it."""

    kind: str
    lead: str
    text: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """A question and what stands under it; `state` is a key of `labels.STATES`."""

    state: str
    question: str
    understood: str = ""
    count: str = ""
    lines: tuple[LineView, ...] = ()
    message: str = ""
    unknown_words: tuple[str, ...] = ()
    fiches: tuple[str, ...] = ()
    sources: tuple[SourceView, ...] = ()
    suggestions: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True)
class ConversationView:
    """Everything that the component shows."""

    exchanges: tuple[ExchangeView, ...]
    reader: ReaderView | None
    labels: dict[str, object]


def _marks(answer: Answer) -> dict[int, SourceView]:
    return {
        citation.number: SourceView(
            source=rank,
            number=citation.number,
            name=labels.source_name(citation.number, place_of(citation)),
            # Several sources of one fiche differ by the heading that they stand under.
            place=f"{place_of(citation)} · {citation.path[-1]}" if citation.fiche else place_of(citation),
        )
        for rank, citation in enumerate(answer.citations)
    }


def _found(answer: Answer, library: Library) -> tuple[SourceView, ...]:
    views = []
    for rank, passage in enumerate(answer.trace.passages[:SHOWN_PASSAGES]):
        extract = library.extract_passage(passage.id)
        blocks = [block for block in extract.blocks if block.role == "passage"]
        words = " ".join(run.text for block in blocks for run in block.runs)
        excerpt = words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + "…"
        name = labels.passage_name(rank + 1, extract.place)
        views.append(SourceView(rank, rank + 1, name, extract.place, excerpt))
    return tuple(views)


def _fiche_lines(ids: Sequence[str], fiches: Sequence[Fiche]) -> tuple[str, ...]:
    titles = {fiche.id: fiche.title for fiche in fiches}
    return tuple(labels.fiche_line(name, titles[name]) for name in ids if name in titles)


def proof_count(answer: Answer) -> str:
    """Say how many sentences an answer has and how many rest on exact quotes only."""
    exact = {c.number for c in answer.citations if c.state is CitationState.VERIFIED}
    verified = sum(exact.issuperset(sentence.citations) for sentence in answer.sentences)
    return labels.proof_count({s.kind for s in answer.sentences}, len(answer.sentences), verified)


def exchange_view(exchange: Exchange, library: Library) -> ExchangeView:
    """Lay out one exchange.

    Raises:
        PratiquesError: a found passage cannot be read back from the index.
    """
    answer = exchange.answer
    if answer is None:
        said = f"{labels.STATES['error']}. {exchange.failure}"
        return ExchangeView("error", exchange.question, message=exchange.failure, announcement=said)
    state = str(answer.status)
    understood = "" if answer.understood == answer.question else answer.understood
    if answer.status is not Status.ANSWERED:
        # The words of a silent refusal say again what its two lists show.
        listed = answer.status is Status.SILENT and (answer.unknown_words or answer.nearest_fiches)
        return ExchangeView(
            state=state,
            question=exchange.question,
            understood=understood,
            message="" if listed else answer.message,
            unknown_words=answer.unknown_words,
            fiches=_fiche_lines(answer.nearest_fiches, library.fiches),
            sources=_found(answer, library) if answer.status is Status.UNPROVABLE else (),
            suggestions=answer.suggestions,
            announcement=f"{labels.STATES[state]}. {answer.message}",
        )
    marks = _marks(answer)
    count = proof_count(answer)
    return ExchangeView(
        state=state,
        question=exchange.question,
        understood=understood,
        count=count,
        lines=tuple(
            LineView(s.kind, s.lead, s.text, tuple(marks[number] for number in s.citations)) for s in answer.sentences
        ),
        sources=tuple(marks.values()),
        suggestions=answer.suggestions,
        announcement=f"{labels.STATES[state]}, {count}. {answer.text}",
    )


def reader_view(conversation: Conversation, library: Library) -> ReaderView | None:
    """Lay out the open source, or nothing where none is open.

    Raises:
        PratiquesError: the source cannot be read back from the index.
    """
    opened = conversation.opened
    if opened is None:
        return None
    exchange = conversation.exchanges[opened.exchange]
    if exchange.answer is None:
        return None
    total = exchange.sources
    if exchange.answer.status is Status.UNPROVABLE:
        heading = labels.passage_heading(opened.source + 1, total)
        extract = library.extract_passage(exchange.answer.trace.passages[opened.source].id)
        state = labels.READ_ONLY
    else:
        citation = exchange.answer.citations[opened.source]
        heading = labels.source_heading(opened.source + 1, total)
        extract = library.extract(citation)
        state = labels.VERIFIED if citation.state is CitationState.VERIFIED else labels.REPAIRED
    return ReaderView(
        exchange=opened.exchange,
        source=opened.source,
        heading=heading,
        place=extract.place,
        path=extract.path,
        state=state,
        blocks=tuple(
            {
                "kind": str(block.kind),
                "role": block.role,
                "runs": [{"text": run.text, "quoted": run.quoted} for run in block.runs],
            }
            for block in extract.blocks
        ),
        first=opened.source == 0,
        last=opened.source == total - 1,
    )


def conversation_view(conversation: Conversation, library: Library) -> ConversationView:
    """Lay out the whole conversation, its waiting questions last.

    Raises:
        PratiquesError: a source cannot be read back from the index.
    """
    return ConversationView(
        exchanges=(
            *(exchange_view(exchange, library) for exchange in conversation.exchanges),
            *(ExchangeView("pending", text) for text in conversation.waiting),
        ),
        reader=reader_view(conversation, library),
        labels={
            name.lower(): getattr(labels, name)
            for name in (
                "CONVERSATION",
                "QUESTION",
                "UNDERSTOOD",
                "UNKNOWN_WORDS",
                "NEAREST_FICHES",
                "FOUND_PASSAGES",
                "CONTINUE",
                "NEW_CONVERSATION",
                "SOURCES",
                "PREVIOUS",
                "NEXT",
                "CLOSE",
                "PATH",
                "PASSAGE_TEXT",
                "STATES",
            )
        },
    )
