"""The store of conversations: kept, read again, searched, renamed, deleted, judged.

What is kept is the question as it went through the road: its personal data are masked unless the user said yes to them.
"""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from assistant.database.opening import Database
from assistant.database.tables import ConversationRow, ExchangeRow, FeedbackRow, ReviewItemRow, TraceRow
from assistant.database.usage import FAILED, FIRST, Usage, usage_of
from assistant.records import Record, only_one, read_written, written
from ingest.errors import ConversationMissing, PratiquesError, RecordError
from ingest.folding import fold

if TYPE_CHECKING:
    from vectorstore.index import Index

REASONS = ("beside", "incomplete", "hard", "wrong", "other")
"""Why an answer is not good: beside the question, incomplete, hard to understand, wrong, something else."""
MOST_TITLE = 120
"""Characters of a title that the user gives."""
_MOST_NAMED = 80
"""Characters of a title that is taken from the first question."""
_MOST_SEARCHED = 200
"""Characters of what is searched that count."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the user thought of an answer; `reasons` are of `REASONS`, `comment` is without personal data."""

    good: bool
    reasons: tuple[str, ...] = ()
    comment: str = ""

    def __post_init__(self) -> None:
        if not set(REASONS).issuperset(self.reasons):
            raise ValueError(f"not reasons: {self.reasons}")


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A question and what came of it; without a record, `failure` says in French why there is no answer.

    `id` is the answer's own, `conversation` the id of the conversation, `asked` UTC.
    """

    id: str
    conversation: str
    question: str
    record: Record | None
    failure: str
    asked: datetime
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation as it is read: without what was asked again otherwise; `started` and `updated` are UTC.

    `shared`: the user lets the evaluators read it.
    """

    id: str
    title: str
    started: datetime
    updated: datetime
    exchanges: tuple[KeptExchange, ...]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """A conversation as it is listed; `updated` is UTC."""

    id: str
    title: str
    updated: datetime


class Conversations:
    """The conversations of a database; may be shared by many threads.

    Every method raises StorageError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: Record, conversation: str | None = None) -> KeptExchange:
        """Keep an answer in a conversation; in a new one, named after the question, where none is named.

        Raises:
            ConversationMissing: there is no such conversation; nothing is kept.
        """
        answer, question = record.answer, record.question.text
        exchange = ExchangeRow(
            id=answer.id,
            question=question,
            record=written(record),
            failure="",
            status=answer.status.value,
            searched=fold(f"{question}\n{answer.text}"),
            asked=record.date,
        )
        ranks = {passage.id: rank for rank, passage in enumerate(answer.trace.passages[:FIRST], 1)}
        cited = {citation.passage for citation in answer.citations}
        traces = [
            TraceRow(exchange=answer.id, passage=passage, rank=ranks.get(passage), cited=passage in cited)
            for passage in sorted(ranks.keys() | cited)
        ]
        return self._keep(exchange, traces, conversation)

    def add_failure(self, question: str, failure: str, conversation: str | None = None) -> KeptExchange:
        """Keep a question that got no answer, without its personal data, and what was said instead, as `add` does.

        Raises:
            ConversationMissing: there is no such conversation; nothing is kept.
        """
        exchange = ExchangeRow(
            id=_new_id(),
            question=question,
            record=None,
            failure=failure,
            status=FAILED,
            searched=fold(question),
            asked=datetime.now(UTC),
        )
        return self._keep(exchange, [], conversation)

    def _keep(self, exchange: ExchangeRow, traces: list[TraceRow], conversation: str | None) -> KeptExchange:
        with self._database.writing() as session:
            if conversation is None:
                row = _named_after(exchange)
                session.add(row)
            else:
                row = _conversation(session, conversation, to_change=True)
            row.updated = exchange.asked
            last = select(func.max(ExchangeRow.position)).where(ExchangeRow.conversation == row.id)
            exchange.conversation, exchange.position = row.id, (session.scalar(last) or 0) + 1
            session.flush()
            session.add(exchange)
            session.flush()
            session.add_all(traces)
            session.flush()
            session.refresh(exchange)
            return _kept(exchange)

    def read(self, identifier: str) -> KeptConversation:
        """A whole conversation, oldest exchange first.

        Raises:
            ConversationMissing: there is none, or it was deleted.
        """
        with self._database.reading() as session:
            row = _conversation(session, identifier)
            exchanges = session.scalars(
                select(ExchangeRow)
                .where(ExchangeRow.conversation == row.id, ExchangeRow.replaced.is_(None))
                .order_by(ExchangeRow.position)
            )
            kept = tuple(map(_kept, exchanges))
            return KeptConversation(row.id, row.title, row.started, row.updated, kept, row.shared is not None)

    def exchange(self, identifier: str) -> KeptExchange:
        """One exchange, even where the question was then asked otherwise.

        Raises:
            RecordError: there is none, or its conversation was deleted.
        """
        with self._database.reading() as session:
            return _kept(_exchange(session, identifier))

    def find_record(self, identifier: str) -> Record:
        """The record of an answer, by its id or the start of it.

        Raises:
            RecordError: no answer, or several, have such an id; what is kept is damaged or of a newer version.
        """
        start = identifier.strip().lower()
        with self._database.reading() as session:
            answers = select(ExchangeRow.id, ExchangeRow.record).where(
                ExchangeRow.record.is_not(None), ExchangeRow.id.startswith(start)
            )
            # An id is letters and digits: no sign that SQL gives a meaning is looked for.
            found = dict(session.execute(answers).all()) if start.isalnum() else {}
        one = only_one(identifier, sorted(found))
        return read_written(found[one] or "", one)

    def lines(self, words: str = "", limit: int = 100) -> list[ConversationLine]:
        """The conversations, newest first; where words are given, those that hold every one of them.

        They are looked for in titles, questions and answers, without regard to case and accents.
        """
        found = select(ConversationRow.id, ConversationRow.title, ConversationRow.updated)
        for word in dict.fromkeys(fold(words)[:_MOST_SEARCHED].split()):
            within = ExchangeRow.searched.contains(word, autoescape=True)
            here = (ExchangeRow.conversation == ConversationRow.id, ExchangeRow.replaced.is_(None))
            said = exists().where(*here, within)
            found = found.where(or_(ConversationRow.searched.contains(word, autoescape=True), said))
        newest = found.order_by(ConversationRow.updated.desc(), ConversationRow.started.desc()).limit(limit)
        with self._database.reading() as session:
            return [ConversationLine(*row) for row in session.execute(newest)]

    def count(self) -> int:
        """How many conversations are kept."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(ConversationRow)) or 0

    def rename(self, identifier: str, title: str) -> None:
        """Give a conversation another title, on one line and cut where it is longer than 120 characters.

        Raises:
            PratiquesError: the title is blank.
            ConversationMissing: there is no such conversation.
        """
        shown = _on_one_line(title, MOST_TITLE)
        if not shown:
            raise PratiquesError("Ce titre est vide. Écrivez au moins un mot.")
        with self._database.writing() as session:
            row = _conversation(session, identifier, to_change=True)
            row.title, row.searched = shown, fold(shown)

    def share(self, identifier: str, shared: bool) -> None:
        """Let the evaluators read a conversation, or no more: its answers then leave their queue, with their marks.

        Raises:
            ConversationMissing: there is no such conversation.
        """
        with self._database.writing() as session:
            row = _conversation(session, identifier, to_change=True)
            row.shared = (row.shared or datetime.now(UTC)) if shared else None
            if not shared:
                answers = select(ExchangeRow.id).where(ExchangeRow.conversation == identifier)
                session.execute(delete(ReviewItemRow).where(ReviewItemRow.exchange.in_(answers)))
        if not shared:
            self._database.forget()

    def delete(self, identifier: str) -> None:
        """Delete a conversation and all that was kept of it; nothing happens where there is none."""
        with self._database.writing() as session:
            session.execute(delete(ConversationRow).where(ConversationRow.id == identifier))
        self._database.forget()

    def delete_all(self) -> None:
        """Delete all conversations and all that was kept of them."""
        with self._database.writing() as session:
            session.execute(delete(ConversationRow))
        self._database.forget()

    def replace_from(self, identifier: str, exchange: str) -> None:
        """Read no more of an exchange of a conversation and of those after it; they still count.

        Raises:
            ConversationMissing, RecordError: there is no such conversation, or no such exchange in it.
        """
        with self._database.writing() as session:
            _conversation(session, identifier, to_change=True)
            first = _exchange(session, exchange, within=identifier)
            session.execute(
                update(ExchangeRow)
                .where(
                    ExchangeRow.conversation == identifier,
                    ExchangeRow.position >= first.position,
                    ExchangeRow.replaced.is_(None),
                )
                .values(replaced=datetime.now(UTC))
            )

    def judge(self, exchange: str, feedback: Feedback | None) -> None:
        """Keep what the user thinks of an answer, in place of what was thought before; `None` takes it back.

        Raises:
            RecordError: there is no such exchange.
        """
        with self._database.writing() as session:
            row = _exchange(session, exchange)
            session.execute(delete(FeedbackRow).where(FeedbackRow.exchange == row.id))
            if feedback is not None:
                session.execute(
                    insert(FeedbackRow).values(
                        exchange=row.id,
                        good=feedback.good,
                        reasons=list(feedback.reasons),
                        comment=feedback.comment,
                        date=datetime.now(UTC),
                    )
                )

    def usage(self, since: datetime, until: datetime) -> Usage:
        """What was found, cited and refused from one moment to just before another, both aware."""
        with self._database.reading() as session:
            return usage_of(session, since, until)

    def faults(self, index: Index) -> list[str]:
        """Check that every citation kept still stands where it says; each answer at fault is one French line."""
        texts = {report.document: report.text for report in index.reports}
        faults = []
        with self._database.reading() as session:
            kept = select(ExchangeRow.id, ExchangeRow.record).where(ExchangeRow.record.is_not(None))
            for identifier, record in session.execute(kept.order_by(ExchangeRow.asked).execution_options(yield_per=50)):
                try:
                    citations = read_written(record or "", identifier).answer.citations
                except RecordError as error:
                    faults.append(str(error))
                    continue
                lost = [c.number for c in citations if texts.get(c.document, "")[c.start : c.end] != c.quote]
                if lost:
                    numbers = ", ".join(f"[{number}]" for number in lost)
                    faults.append(f"Réponse {identifier}, citations qui ne sont plus à leur place : {numbers}.")
        return faults


def _new_id() -> str:
    return uuid.uuid4().hex[:12]


def _named_after(exchange: ExchangeRow) -> ConversationRow:
    title = _on_one_line(exchange.question, _MOST_NAMED) or "Sans titre"
    return ConversationRow(id=_new_id(), title=title, searched=fold(title), started=exchange.asked)


def _on_one_line(text: str, most: int) -> str:
    """A text without line ends and invisible marks; where it is too long, cut at a word, with « … »."""
    line = "".join(c for c in " ".join(text.split()) if not unicodedata.category(c).startswith("C")).strip()
    if len(line) <= most:
        return line
    end = line.rfind(" ", 0, most)
    return f"{line[: end if end > 0 else most - 1]}…"


def _conversation(session: Session, identifier: str, to_change: bool = False) -> ConversationRow:
    row = session.get(ConversationRow, identifier, with_for_update=to_change or None)
    if row is None:
        raise ConversationMissing(
            "Cette conversation n'existe pas, ou elle a été supprimée. Ouvrez-en une autre, ou posez une question."
        )
    return row


def _exchange(session: Session, identifier: str, within: str | None = None) -> ExchangeRow:
    row = session.get(ExchangeRow, identifier)
    if row is None or within not in (None, row.conversation):
        raise RecordError("Cette réponse n'existe pas, ou elle a été supprimée. Reposez la question.")
    return row


def _kept(row: ExchangeRow) -> KeptExchange:
    record, failure = None, row.failure
    if row.record is not None:
        try:
            record = read_written(row.record, row.id)
        except RecordError as error:  # the other exchanges of the conversation can be read
            failure = str(error)
    judged = row.feedback
    feedback = Feedback(judged.good, tuple(judged.reasons), judged.comment) if judged else None
    return KeptExchange(row.id, row.conversation, row.question, record, failure, row.asked, feedback)
