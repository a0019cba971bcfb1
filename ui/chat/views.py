"""What the conversation component is given to show: plain values, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import UNSAID, Answer, Citation, CitationState, Question, Status, Table
from assistant.extract import Extract
from assistant.personal import protect, without_placeholders
from assistant.wording import masked, place_of
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche
from ingest.settings import Settings
from ui.chat import labels
from ui.chat.conversation import SHOWN_PASSAGES, Asked, Conversation, Exchange
from ui.labels import fiche_line, fiche_name
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
class HeadView:
    """What heads a row or a column of a comparison: a field, or a fiche with its place."""

    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a comparison: for each column its lines, none where the report does not say."""

    head: HeadView
    cells: tuple[tuple[LineView, ...], ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A comparison; `corner` heads the column of the heads of the rows."""

    caption: str
    corner: str
    columns: tuple[HeadView, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """A question and what stands under it; `state` is a key of `labels.STATES`, or `pending`.

    Where it waits, `work` says what is being done and `lines` are what a language model has proved so far. `masked`
    says what was masked in it: it can be asked again as it was typed.
    """

    state: str
    question: str
    work: str = ""
    understood: str = ""
    count: str = ""
    opening: str = ""
    lines: tuple[LineView, ...] = ()
    table: TableView | None = None
    notes: tuple[str, ...] = ()
    masked: str = ""
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
    return tuple(fiche_line(name, titles[name]) for name in ids if name in titles)


def proof_count(answer: Answer) -> str:
    """Say how many sentences an answer has and how many rest on exact quotes only."""
    exact = {c.number for c in answer.citations if c.state is CitationState.VERIFIED}
    verified = sum(exact.issuperset(sentence.citations) for sentence in answer.sentences)
    return labels.proof_count({s.kind for s in answer.sentences}, len(answer.sentences), verified)


def _table_view(table: Table, lines: Sequence[LineView], fiches: Sequence[Fiche]) -> TableView:
    """Lay out a comparison with its longer side down, so that a page of any width holds it."""
    places = {fiche.id: (fiche.territoire or "").split("\n")[0] for fiche in fiches}
    heads = {name: HeadView(fiche_name(name), places.get(name, "")) for name in table.fiches}
    fields = {name: HeadView(CARD.get(name) or FIELDS[name]) for name in table.fields}
    cells = {
        (c.fiche, c.field): tuple(_cell_line(lines[at], fields[c.field].name) for at in c.sentences)
        for c in table.cells
    }
    caption = labels.comparison(table.fiches)
    if len(heads) > len(fields):
        rows = tuple(RowView(head, tuple(cells.get((name, f), ()) for f in fields)) for name, head in heads.items())
        return TableView(caption, labels.FICHE, tuple(fields.values()), rows)
    rows = tuple(RowView(head, tuple(cells.get((f, name), ()) for f in heads)) for name, head in fields.items())
    return TableView(caption, labels.FIELD, tuple(heads.values()), rows)


def _cell_line(line: LineView, head: str) -> LineView:
    """A line without what its row and its column say already."""
    return replace(line, lead="", text=line.text.removeprefix(f"{head} : "))


def _waiting_view(asked: Asked, library: Library, proved: Sequence[str] = ()) -> ExchangeView:
    """Lay out a question that waits, and the sentences of its answer that are proved already."""
    return ExchangeView(
        state="pending",
        question=_shown_question(asked, library),
        work=labels.WRITING if proved else labels.SEARCHING,
        lines=tuple(LineView("sentence", "", text, ()) for text in proved),
    )


def _shown_question(asked: Asked, library: Library) -> str:
    """The question without its personal data, unless the reader said yes to them."""
    return _protected(asked, library).text


def _protected(asked: Asked, library: Library) -> Question:
    return protect(library.index, Question(asked.text, as_typed=asked.as_typed))


def exchange_view(exchange: Exchange, library: Library) -> ExchangeView:
    """Lay out one exchange.

    Raises:
        PratiquesError: a found passage cannot be read back from the index.
    """
    answer = exchange.answer
    if answer is None:
        said = f"{labels.STATES['error']}. {exchange.failure}"
        question = _shown_question(exchange.asked, library)
        return ExchangeView("error", question, message=exchange.failure, announcement=said)
    state = str(answer.status)
    same = answer.understood in (answer.question, " ".join(without_placeholders(answer.question).split()))
    understood = "" if same else answer.understood
    mask = masked(_protected(exchange.asked, library).masked) if exchange.masked else ""
    notes = tuple(note for note in answer.notes if note != mask)
    if answer.status is not Status.ANSWERED:
        # The words of a silent refusal say again what its two lists show.
        listed = answer.status is Status.SILENT and (answer.unknown_words or answer.nearest_fiches)
        return ExchangeView(
            state=state,
            question=answer.question,
            understood=understood,
            notes=notes,
            masked=mask,
            message="" if listed else answer.message,
            unknown_words=answer.unknown_words,
            fiches=_fiche_lines(answer.nearest_fiches, library.fiches),
            sources=_found(answer, library) if answer.status is Status.UNPROVABLE else (),
            suggestions=answer.suggestions,
            announcement=f"{labels.STATES[state]}. {answer.text}",
        )
    marks = _marks(answer)
    count = proof_count(answer)
    lines = tuple(LineView(s.kind, s.lead, s.text, tuple(marks[n] for n in s.citations)) for s in answer.sentences)
    table = _table_view(answer.table, lines, library.fiches) if answer.table else None
    return ExchangeView(
        state=state,
        question=answer.question,
        understood=understood,
        count=count,
        opening=answer.opening,
        lines=() if table else lines,
        table=table,
        notes=notes,
        masked=mask,
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
    proved = conversation.work.proved if conversation.work else ()
    as_typed = labels.AS_TYPED_MODEL if library.settings.llm else labels.AS_TYPED_HERE
    return ConversationView(
        exchanges=(
            *(exchange_view(exchange, library) for exchange in conversation.exchanges),
            *(_waiting_view(asked, library, proved) for asked in conversation.waiting[:1]),
            *(_waiting_view(asked, library) for asked in conversation.waiting[1:]),
        ),
        reader=reader_view(conversation, library),
        labels={name.lower(): getattr(labels, name) for name in _LABELS}
        | {"as_typed_means": as_typed, "unsaid": UNSAID},
    )
