"""The store of reviews: the answers to review, who is to review them, and every mark, kept as soon as it is given.

A mark is written by itself, over the version of it that was read: two raters, or two windows of one, never lose each
other's marks, and none is counted twice. The marks of raters are theirs: nobody is shown another's before the page
asks for the disagreements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from assistant.answer import Status
from assistant.database import Database
from assistant.database.tables import (
    AssignmentRow,
    ConversationRow,
    ExchangeRow,
    ReviewChangeRow,
    ReviewItemRow,
    ReviewMarkRow,
    ReviewRow,
)
from assistant.records import read_written
from eval.review.item import Item, Source
from eval.review.marks import Mark, Review, fits, total, unfinished
from eval.review.queue import ADJUDICATION, ORDER, Line, Progress, Queue, State, filtered, lines_of, parts
from eval.review.rows import (
    item_of_row,
    mark_before,
    mark_of_row,
    review_of_row,
    row_of_change,
    row_of_item,
    said_by,
    values_of_mark,
    values_of_review,
)
from ingest.errors import MarkChanged, RecordError, ReviewError, ReviewMissing
from ingest.folding import fold

MOST_NAME = 60
"""Characters of the name of a rater."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A review with what is needed to count with it, without its answer; `sentences`: how many the answer has."""

    review: Review
    question: str
    source: Source
    configuration: str
    status: Status
    sentences: int


class Reviews:
    """The reviews of a database; may be shared by many threads.

    Every method raises StorageError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # The answers to review

    def add(self, items: Iterable[Item]) -> int:
        """Put answers in the queue; one that is there already stays as it is.

        Returns:
            How many are new.
        """
        with self._database.writing() as session:
            return _add(session, items)

    def add_shared(self) -> int:
        """Put in the queue the answers of the conversations that their users share; those there already stay.

        Returns:
            How many are new.
        """
        shared = (
            select(ExchangeRow.id, ExchangeRow.record, ExchangeRow.conversation)
            .join(ConversationRow, ConversationRow.id == ExchangeRow.conversation)
            .where(
                ConversationRow.shared.is_not(None),
                ExchangeRow.record.is_not(None),
                ~exists().where(ReviewItemRow.id == ExchangeRow.id),
            )
            .order_by(ExchangeRow.asked)
        )
        items = []
        with self._database.writing() as session:
            for identifier, content, conversation in session.execute(shared).all():
                try:
                    record = read_written(content or "", identifier)
                except RecordError:
                    continue  # « pratiques check » tells of it
                items.append(Item.of(record, Source.CONVERSATION, conversation))
            return _add(session, items)

    def item(self, identifier: str) -> Item:
        """An answer to review.

        Raises:
            ReviewMissing: it is not there, or was withdrawn.
            RecordError: what is kept of it is damaged, or of a newer version.
        """
        with self._database.reading() as session:
            return item_of_row(_row(session, identifier))

    def records(self, identifiers: Sequence[str]) -> dict[str, str]:
        """The JSON texts of the records of answers, by id; those that are not there are left out."""
        found: dict[str, str] = {}
        with self._database.reading() as session:
            for part in parts(identifiers):
                kept = select(ReviewItemRow.id, ReviewItemRow.record).where(ReviewItemRow.id.in_(part))
                found.update((row.id, row.record) for row in session.execute(kept))
        return found

    def remove(self, identifiers: Sequence[str]) -> None:
        """Take answers out of the queue, with all marks that they were given; those that are not there are ignored."""
        with self._database.writing() as session:
            for part in parts(identifiers):
                session.execute(delete(ReviewItemRow).where(ReviewItemRow.id.in_(part)))
        self._database.forget()

    def lines(self, queue: Queue, limit: int = 50, offset: int = 0) -> list[Line]:
        """The answers of a queue, oldest first."""
        with self._database.reading() as session:
            return lines_of(session, queue, limit, offset)

    def identifiers(self, queue: Queue) -> list[str]:
        """The ids of all answers of a queue, oldest first."""
        with self._database.reading() as session:
            return list(session.scalars(filtered(select(ReviewItemRow.id), queue).order_by(*ORDER)))

    def count(self, queue: Queue | None = None) -> int:
        """How many answers a queue has; all of them where none is given."""
        counted = filtered(select(func.count()).select_from(ReviewItemRow), queue or Queue())
        with self._database.reading() as session:
            return session.scalar(counted) or 0

    def progress(self, queue: Queue) -> Progress:
        """How far the rater of a queue is in it, whatever the states that it asks for."""
        whole = replace(queue, states=())
        done, begun = (self.count(replace(queue, states=(state,))) for state in (State.DONE, State.BEGUN))
        return Progress(done, begun, self.count(whole))

    def next(self, queue: Queue, after: str = "") -> str | None:
        """The first answer of a queue after another one that the rater has not finished; around at its end."""
        found = self.identifiers(replace(queue, states=(State.TO_DO, State.BEGUN)))
        everything = self.identifiers(replace(queue, states=()))
        at = everything.index(after) if after in everything else -1
        to_do = set(found) - {after}
        return next((i for i in (*everything[at + 1 :], *everything[: at + 1]) if i in to_do), None)

    def origins(self) -> dict[Source, list[str]]:
        """The origins that there are answers of, by source."""
        pairs = select(ReviewItemRow.source, ReviewItemRow.origin).distinct().order_by(ReviewItemRow.origin)
        found: dict[Source, list[str]] = defaultdict(list)
        with self._database.reading() as session:
            for source, origin in session.execute(pairs):
                found[Source(source)].append(origin)
        return dict(found)

    def configurations(self) -> list[str]:
        """The short names of the configurations that there are answers of."""
        names = select(ReviewItemRow.configuration).distinct().order_by(ReviewItemRow.configuration)
        with self._database.reading() as session:
            return list(session.scalars(names))

    # Who reviews

    def assign(self, identifiers: Sequence[str], rater: str) -> None:
        """Assign answers to a rater; whoever has them already keeps them.

        Raises:
            ReviewError: the name is blank or too long.
        """
        name, seat = named(rater)
        with self._database.writing() as session:
            for part in parts(identifiers):
                known = set(session.scalars(select(ReviewItemRow.id).where(ReviewItemRow.id.in_(part))))
                theirs = select(AssignmentRow.item).where(AssignmentRow.seat == seat, AssignmentRow.item.in_(part))
                new = known - set(session.scalars(theirs))
                session.add_all(AssignmentRow(item=i, seat=seat, rater=name) for i in sorted(new))

    def unassign(self, identifiers: Sequence[str], rater: str) -> None:
        """Take answers back from a rater; the marks given stay.

        Raises:
            ReviewError: the name is blank or too long.
        """
        _, seat = named(rater)
        with self._database.writing() as session:
            for part in parts(identifiers):
                session.execute(delete(AssignmentRow).where(AssignmentRow.seat == seat, AssignmentRow.item.in_(part)))

    def raters(self) -> list[str]:
        """Everybody who has, or had, something to review, by name."""
        with self._database.reading() as session:
            reviewing = session.execute(
                select(ReviewRow.seat, ReviewRow.rater).where(ReviewRow.seat != ADJUDICATION).distinct()
            ).all()
            assigned = session.execute(select(AssignmentRow.seat, AssignmentRow.rater).distinct()).all()
        return sorted(dict((*assigned, *reviewing)).values(), key=fold)

    # Marks

    def review(self, item: str, rater: str) -> Review | None:
        """What a rater said of an answer so far; `None`: nothing yet.

        Raises:
            ReviewMissing: there is no such answer.
            ReviewError: the name is blank or too long.
        """
        return self._review(item, named(rater)[1])

    def adjudication(self, item: str) -> Review | None:
        """What was decided of an answer so far, where raters differ; `None`: nothing yet.

        Raises:
            ReviewMissing: there is no such answer.
        """
        return self._review(item, ADJUDICATION)

    def _review(self, item: str, seat: str) -> Review | None:
        with self._database.reading() as session:
            _row(session, item)
            row = session.get(ReviewRow, (item, seat))
            return None if row is None else review_of_row(row, _marks(session, item, seat))

    def reviews(self, item: str) -> list[Review]:
        """All reviews of an answer, finished or not: raters by name, the adjudication last.

        Raises:
            ReviewMissing: there is no such answer.
        """
        with self._database.reading() as session:
            _row(session, item)
            rows = session.scalars(select(ReviewRow).where(ReviewRow.item == item)).all()
            found = [review_of_row(row, _marks(session, item, row.seat)) for row in rows]
        return sorted(found, key=lambda r: (r.adjudication, fold(r.rater)))

    def mark(self, item: str, rater: str, mark: Mark, adjudication: bool = False) -> Review:
        """Keep a mark; its `version` is that of the mark that it takes the place of. The review is begun by its first.

        A review that was finished goes on being so if nothing is missing in it.

        Raises:
            MarkChanged: it was changed elsewhere since, to something else; nothing is kept.
            ReviewMissing: there is no such answer.
            ReviewError: the answer cannot have such a mark; or the name is blank or too long.
        """
        name, seat = _seated(rater, adjudication)
        with self._database.writing() as session:
            row = _row(session, item, to_change=True)
            if not fits(mark, row.sentences):
                raise ReviewError("Cette marque ne convient pas à cette réponse. Rechargez la page.")
            review = _begun(session, item, seat, name)
            before = session.get(ReviewMarkRow, (item, seat, mark.position))
            known = mark_of_row(before) if before is not None else Mark(mark.position)
            if replace(known, version=mark.version) == mark:
                return review_of_row(review, _marks(session, item, seat))
            if known.version != mark.version:
                raise MarkChanged(
                    "Cette marque a été changée ailleurs, dans une autre fenêtre ou par quelqu'un d'autre. La voici "
                    "telle qu'elle est gardée ; la vôtre n'a pas été enregistrée : changez-la encore si besoin."
                )
            session.add(row_of_change(item, seat, known))
            _write(session, item, seat, replace(mark, version=known.version + 1), before, refused=not row.sentences)
            return _touched(session, review, row)

    def undo(self, item: str, rater: str, adjudication: bool = False) -> tuple[Review, int]:
        """Take back the last change of a review that was not taken back yet.

        Returns:
            The review, and the position of the mark that changed.

        Raises:
            ReviewMissing: there is no such answer.
            ReviewError: there is nothing to take back; or the name is blank or too long.
        """
        _, seat = _seated(rater, adjudication)
        with self._database.writing() as session:
            row = _row(session, item, to_change=True)
            last = session.scalar(
                select(ReviewChangeRow)
                .where(ReviewChangeRow.item == item, ReviewChangeRow.seat == seat)
                .order_by(ReviewChangeRow.number.desc())
                .limit(1)
            )
            review = session.get(ReviewRow, (item, seat))
            if last is None or review is None:
                raise ReviewError("Il n'y a rien à annuler dans cette relecture.")
            before = mark_before(last)
            now = session.get(ReviewMarkRow, (item, seat, last.position))
            version = (now.version if now is not None else 0) + 1
            _write(session, item, seat, replace(before, version=version), now, refused=not row.sentences)
            session.delete(last)
            return _touched(session, review, row), before.position

    def finish(self, item: str, rater: str, adjudication: bool = False) -> Review:
        """Say that a review is finished.

        Raises:
            ReviewMissing: there is no such answer.
            ReviewError: something is missing in it, which the message names; or the name is blank or too long.
        """
        name, seat = _seated(rater, adjudication)
        with self._database.writing() as session:
            row = _row(session, item, to_change=True)
            review = session.get(ReviewRow, (item, seat))
            marks = _marks(session, item, seat)
            if lacking := unfinished(marks, row.sentences):
                raise ReviewError(_what_is_missing(lacking, marks, row.sentences))
            if review is None:
                review = _begun(session, item, seat, name)
            review.finished = review.finished or datetime.now(UTC)
            return _touched(session, review, row)

    # All of them, to count with and to take away

    def ratings(self) -> list[Rating]:
        """All reviews, finished or not, with what is needed to count with them, in the order of the queue."""
        columns = (
            ReviewItemRow.question,
            ReviewItemRow.source,
            ReviewItemRow.configuration,
            ReviewItemRow.status,
            ReviewItemRow.sentences,
        )
        reviewed = select(ReviewRow, *columns).join(ReviewItemRow, ReviewItemRow.id == ReviewRow.item)
        marks: dict[tuple[str, str], list[Mark]] = defaultdict(list)
        with self._database.reading() as session:
            for mark in session.scalars(select(ReviewMarkRow).order_by(ReviewMarkRow.position)):
                marks[mark.item, mark.seat].append(mark_of_row(mark))
            return [
                Rating(
                    review=review_of_row(row, marks[row.item, row.seat]),
                    question=question,
                    source=Source(source),
                    configuration=configuration,
                    status=Status(status),
                    sentences=sentences,
                )
                for row, question, source, configuration, status, sentences in session.execute(
                    reviewed.order_by(*ORDER, ReviewRow.seat)
                )
            ]

    def all(self, queue: Queue | None = None) -> Iterator[tuple[Item, list[Review]]]:
        """Every answer of a queue with its reviews, in order; those that cannot be read any more are left out."""
        for identifier in self.identifiers(queue or Queue()):
            try:
                yield self.item(identifier), self.reviews(identifier)
            except (ReviewMissing, RecordError):
                continue

    def restore(self, reviewed: Iterable[tuple[Item, Review]]) -> None:
        """Keep reviews that come from elsewhere, with their answers, all of them or none.

        What is kept here already of the same review is replaced: the caller says which ones that may be.
        """
        pairs = list(reviewed)
        with self._database.writing() as session:
            _add(session, [item for item, _ in pairs])
            reviews, marks = [], []
            for item, review in pairs:
                name, seat = _seated(review.rater, review.adjudication)
                session.execute(delete(ReviewRow).where(ReviewRow.item == item.id, ReviewRow.seat == seat))
                reviews.append(values_of_review(item, review, name, seat))
                marks += [values_of_mark(item, seat, mark) for mark in review.marks]
            for table, values in ((ReviewRow, reviews), (ReviewMarkRow, marks)):
                if values:
                    session.execute(insert(table), values)


def named(rater: str) -> tuple[str, str]:
    """The name of a rater on one line, and the seat that it is known by: without case and accents.

    Raises:
        ReviewError: it is blank or too long.
    """
    name = " ".join(rater.split())
    seat = fold(name)
    if not seat.strip() or len(name) > MOST_NAME:
        raise ReviewError(f"Écrivez le nom de la personne qui relit, en {MOST_NAME} caractères au plus.")
    return name, seat


def _seated(rater: str, adjudication: bool) -> tuple[str, str]:
    name, seat = named(rater)
    return name, ADJUDICATION if adjudication else seat


def _add(session: Session, items: Iterable[Item]) -> int:
    """Add the answers that are not there; says how many."""
    given = {item.id: item for item in items}
    known: set[str] = set()
    for part in parts(list(given)):
        known.update(session.scalars(select(ReviewItemRow.id).where(ReviewItemRow.id.in_(part))))
    new = [
        row_of_item(item, _kept_here(session, item)) for identifier, item in given.items() if identifier not in known
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def _kept_here(session: Session, item: Item) -> str | None:
    """The exchange that an answer comes from; what comes from a conversation of another database has none here."""
    if item.source is not Source.CONVERSATION or session.get(ExchangeRow, item.id) is None:
        return None
    return item.id


def _row(session: Session, identifier: str, to_change: bool = False) -> ReviewItemRow:
    row = session.get(ReviewItemRow, identifier, with_for_update=to_change or None)
    if row is None:
        raise ReviewMissing("Cette réponse n'est plus à relire : elle a été retirée, ou sa conversation supprimée.")
    return row


def _begun(session: Session, item: str, seat: str, name: str) -> ReviewRow:
    review = session.get(ReviewRow, (item, seat))
    if review is None:
        now = datetime.now(UTC)
        review = ReviewRow(item=item, seat=seat, rater=name, started=now, updated=now, finished=None, score=None)
        session.add(review)
        session.flush()
    return review


def _write(session: Session, item: str, seat: str, mark: Mark, row: ReviewMarkRow | None, refused: bool) -> None:
    if row is None:
        row = ReviewMarkRow(item=item, seat=seat, position=mark.position)
        session.add(row)
    for name, value in said_by(mark, refused).items():
        setattr(row, name, value)
    row.version = mark.version
    session.flush()


def _touched(session: Session, review: ReviewRow, row: ReviewItemRow) -> Review:
    """A review after a change: it is finished no more where something is missing."""
    marks = _marks(session, review.item, review.seat)
    score = total(marks, row.sentences)
    review.updated = datetime.now(UTC)
    review.finished = review.finished if score is not None else None
    review.score = score if review.finished else None
    session.flush()
    return review_of_row(review, marks)


def _marks(session: Session, item: str, seat: str) -> list[Mark]:
    found = select(ReviewMarkRow).where(ReviewMarkRow.item == item, ReviewMarkRow.seat == seat)
    return [mark_of_row(row) for row in session.scalars(found.order_by(ReviewMarkRow.position))]


_MISSING = {"sentence": "la note de la phrase", "citation": "la note de la citation", "reason": "la raison"}


def _what_is_missing(lacking: Sequence[int], marks: Sequence[Mark], sentences: int) -> str:
    by_position = {mark.position: mark for mark in marks}
    told = []
    for position in lacking:
        missing = by_position.get(position, Mark(position)).missing(refused=not sentences)
        where = f"phrase {position}" if position else "réponse entière" if sentences else "refus"
        said = [("la note" if what == "sentence" and not position else _MISSING[what]) for what in missing]
        told.append(f"{where} : {', '.join(said)}")
    return f"Il manque encore, {' ; '.join(told)}."
