"""How a conversation is laid out: from its records to the plain values that the component shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from assistant.answer import UNSAID, Answer, Citation, CitationState, Question, Status
from assistant.exports import Document, plain
from assistant.extract import Extract
from assistant.personal import protect, without_placeholders
from assistant.proof_count import proof_count
from assistant.records import Record
from assistant.scope import scope_names
from assistant.wording import masked, place_of
from ingest.records import Fiche
from ingest.settings import Settings
from ui.chat import labels
from ui.chat.conversation import SHOWN_PASSAGES, Asked, Conversation, Exchange
from ui.chat.views import (
    ConversationView,
    ExchangeView,
    FeedbackView,
    FicheView,
    LineView,
    ReaderView,
    SourceView,
)
from ui.chat.work import Work
from ui.components.table import table_of
from ui.labels import fiche_line
from ui.navigation import FICHES, READER, link, link_to_words
from vectorstore.index import Index

EXCERPT = 220
"""How many characters of a found passage its line shows."""

_LABELS = (
    "CONVERSATION",
    "QUESTION",
    "UNDERSTOOD",
    "UNKNOWN_WORDS",
    "NEAREST_FICHES",
    "FOUND_PASSAGES",
    "CONTINUE",
    "AS_TYPED",
    "NEW_CONVERSATION",
    "SOURCES",
    "PREVIOUS",
    "NEXT",
    "CLOSE",
    "PATH",
    "PASSAGE_TEXT",
    "STATES",
    "EDIT",
    "EDIT_AGAIN",
    "EDIT_REPLACES",
    "CANCEL",
    "STOP",
    "SCOPE",
    "EVERYWHERE",
    "COPY",
    "COPIED",
    "NOT_COPIED",
    "TAKE",
    "RENAME",
    "DELETE",
    "SHARE",
    "SHARED",
    "TAKE_ALL",
    "HELPFUL",
    "USEFUL",
    "USELESS",
    "THANKS",
    "WHY_USELESS",
    "REASONS",
    "COMMENT",
    "SEND",
    "READ_ON",
    "KEEP_AGAIN",
)
"""The words that the component says itself."""


class Library(Protocol):
    """The part of the assistant that shows sources in their context, and what it works with."""

    @property
    def index(self) -> Index:
        """The index, which knows the names that the report makes public."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings, which name a language model or none."""
        ...

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

    def document(self, title: str, answers: Sequence[Answer], date: datetime) -> Document:
        """Lay out answers as they are taken away."""
        ...


def _marks(answer: Answer) -> dict[int, SourceView]:
    return {
        citation.number: SourceView(
            source=rank,
            number=citation.number,
            name=labels.source_name(citation.number, place_of(citation)),
            # Several sources of one fiche differ by the heading that they stand under.
            place=f"{place_of(citation)} · {citation.path[-1]}" if citation.fiche else place_of(citation),
            quote=" ".join(citation.quote.split()),
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
        views.append(SourceView(rank, rank + 1, name, extract.place, excerpt=excerpt))
    return tuple(views)


def _fiche_views(ids: Sequence[str], fiches: Sequence[Fiche]) -> tuple[FicheView, ...]:
    titles = {fiche.id: fiche.title for fiche in fiches}
    return tuple(FicheView(fiche_line(i, titles[i]), link(FICHES, fiche=i)) for i in ids if i in titles)


def _cell_line(line: LineView, head: str) -> LineView:
    """A line without what its row and its column say already."""
    return replace(line, lead="", text=line.text.removeprefix(f"{head} : "))


def _waiting_view(asked: Asked, library: Library, work: Work | None = None) -> ExchangeView:
    """Lay out a question that waits, and the sentences of its answer that are proved already."""
    proved = work.proved if work else ()
    return ExchangeView(
        state="pending",
        question=protected(asked, library).text,
        scope=scope_names(asked.scope, library.index),
        work=labels.WRITING if proved else labels.SEARCHING,
        stoppable=work is not None,
        lines=tuple(LineView("sentence", "", text, ()) for text in proved),
    )


def protected(asked: Asked, library: Library) -> Question:
    """The question without its personal data, unless the reader said yes to them."""
    return protect(library.index, Question(asked.text, as_typed=asked.as_typed))


def exchange_view(exchange: Exchange, library: Library) -> ExchangeView:
    """Lay out one exchange.

    Raises:
        PratiquesError: a found passage cannot be read back from the index.
    """
    if exchange.record is None:
        said = f"{labels.STATES['error']}. {exchange.failure}"
        view = ExchangeView(
            "error", protected(exchange.asked, library).text, message=exchange.failure, announcement=said
        )
    elif exchange.record.answer.status is Status.ANSWERED:
        view = _answer_view(exchange.record, library)
    else:
        view = _refusal_view(exchange.record.answer, library)
    feedback = exchange.feedback
    mask = masked(exchange.masked) if exchange.masked else ""
    return replace(
        view,
        scope=scope_names(exchange.asked.scope, library.index),
        notes=tuple(note for note in view.notes if note != mask),
        masked=mask,
        typed_otherwise=exchange.typed_otherwise,
        feedback=FeedbackView(feedback.good, feedback.reasons, feedback.comment) if feedback else None,
    )


def _answer_view(record: Record, library: Library) -> ExchangeView:
    answer = record.answer
    marks = _marks(answer)
    count = proof_count([answer])
    lines = tuple(LineView(s.kind, s.lead, s.text, tuple(marks[n] for n in s.citations)) for s in answer.sentences)
    table = table_of(answer.table, lines, library.fiches, _cell_line) if answer.table else None
    state = str(answer.status)
    return ExchangeView(
        state=state,
        question=answer.question,
        understood=_understood(answer),
        count=count,
        opening=answer.opening,
        lines=() if table else lines,
        table=table,
        notes=answer.notes,
        sources=tuple(marks.values()),
        suggestions=answer.suggestions,
        copied=plain(library.document(answer.question, [answer], record.date)),
        announcement=f"{labels.STATES[state]}, {count}. {answer.text}",
    )


def _refusal_view(answer: Answer, library: Library) -> ExchangeView:
    # The words of a silent refusal say again what its two lists show.
    listed = answer.status is Status.SILENT and (answer.unknown_words or answer.nearest_fiches)
    state = str(answer.status)
    return ExchangeView(
        state=state,
        question=answer.question,
        understood=_understood(answer),
        notes=answer.notes,
        message="" if listed else answer.message,
        unknown_words=answer.unknown_words,
        fiches=_fiche_views(answer.nearest_fiches, library.fiches),
        sources=_found(answer, library) if answer.status is Status.UNPROVABLE else (),
        suggestions=answer.suggestions,
        announcement=f"{labels.STATES[state]}. {answer.text}",
    )


def _understood(answer: Answer) -> str:
    """The question as it was understood, where that is not as it was asked."""
    same = answer.understood in (answer.question, " ".join(without_placeholders(answer.question).split()))
    return "" if same else answer.understood


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
        passage = exchange.answer.trace.passages[opened.source].id
        extract = library.extract_passage(passage)
        state, there = labels.READ_ONLY, link(READER, passage=passage)
    else:
        citation = exchange.answer.citations[opened.source]
        heading = labels.source_heading(opened.source + 1, total)
        extract = library.extract(citation)
        state = labels.VERIFIED if citation.state is CitationState.VERIFIED else labels.REPAIRED
        kept = link(READER, reponse=exchange.id, source=citation.number)
        there = kept if exchange.id else link_to_words(citation)
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
        link=there,
    )


def conversation_view(conversation: Conversation, library: Library, trouble: str = "") -> ConversationView:
    """Lay out the whole conversation, its waiting questions last.

    Raises:
        PratiquesError: a source cannot be read back from the index.
    """
    as_typed = labels.AS_TYPED_MODEL if library.settings.llm else labels.AS_TYPED_HERE
    return ConversationView(
        title=conversation.title,
        shared=conversation.shared,
        exchanges=(
            *(exchange_view(exchange, library) for exchange in conversation.exchanges),
            *(_waiting_view(asked, library, conversation.work) for asked in conversation.waiting[:1]),
            *(_waiting_view(asked, library) for asked in conversation.waiting[1:]),
        ),
        reader=reader_view(conversation, library),
        trouble=trouble,
        labels={name.lower(): getattr(labels, name) for name in _LABELS}
        | {"as_typed_means": as_typed, "unsaid": UNSAID},
    )
