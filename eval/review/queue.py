"""The queue of answers to review: which of them are looked at, and how far each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVarTuple

from sqlalchemy import Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from assistant.answer import Status
from assistant.database.tables import AssignmentRow, ReviewItemRow, ReviewMarkRow, ReviewRow
from eval.review.item import Source
from ingest.folding import fold

ADJUDICATION = ""
"""The seat of the adjudication: that of nobody."""
_MOST_SEARCHED = 200
"""Characters of what is searched that count."""
ORDER = (ReviewItemRow.added, ReviewItemRow.id)
"""Oldest first."""
_Columns = TypeVarTuple("_Columns")


class State(StrEnum):
    """How far the reviewing of an answer is: as a rater sees it, or as whoever settles the differences does."""

    TO_DO = "to_do"
    BEGUN = "begun"
    DONE = "done"
    ONCE = "once"
    TWICE = "twice"
    DIFFER = "differ"
    SETTLED = "settled"


MINE = (State.TO_DO, State.BEGUN, State.DONE)
"""The states that are of one rater; the others are of the answer: reviewed once, twice or more, differing, settled."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Which answers are looked at; what is `None` or empty does not restrict.

    `assigned` is the name of whoever they are assigned to, empty for nobody. `states` hold if any does; those of
    `MINE` are of `rater`.
    """

    rater: str = ""
    source: Source | None = None
    origin: str | None = None
    refused: bool | None = None
    states: tuple[State, ...] = ()
    assigned: str | None = None
    configuration: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """How far a review is: marks complete, of how many; its total (0 to 100) once finished."""

    rater: str
    adjudication: bool
    marked: int
    finished: bool
    score: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """An answer in the queue; `to_mark` is how many marks it wants. `seats`: raters by name, the adjudication last."""

    id: str
    question: str
    source: Source
    origin: str
    status: Status
    configuration: str
    to_mark: int
    judged: bool
    added: datetime
    assigned: tuple[str, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many answers of a queue a rater has finished and begun, of how many."""

    finished: int
    begun: int
    all: int


def lines_of(session: Session, queue: Queue, limit: int, offset: int) -> list[Line]:
    """The answers of a queue, oldest first."""
    columns = (
        ReviewItemRow.id,
        ReviewItemRow.question,
        ReviewItemRow.source,
        ReviewItemRow.origin,
        ReviewItemRow.status,
        ReviewItemRow.configuration,
        ReviewItemRow.sentences,
        ReviewItemRow.judged.is_not(None).label("is_judged"),
        ReviewItemRow.added,
    )
    wanted = filtered(select(*columns), queue).order_by(*ORDER).limit(limit).offset(offset)
    rows = session.execute(wanted).all()
    identifiers = [row.id for row in rows]
    assigned, seats = _assigned(session, identifiers), _seats(session, identifiers)
    return [
        Line(
            id=row.id,
            question=row.question,
            source=Source(row.source),
            origin=row.origin,
            status=Status(row.status),
            configuration=row.configuration,
            to_mark=row.sentences or 1,
            judged=bool(row.is_judged),
            added=row.added,
            assigned=tuple(assigned[row.id]),
            seats=tuple(seats[row.id]),
        )
        for row in rows
    ]


def _assigned(session: Session, identifiers: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for part in parts(identifiers):
        rows = select(AssignmentRow.item, AssignmentRow.rater).where(AssignmentRow.item.in_(part))
        for item, rater in session.execute(rows.order_by(AssignmentRow.seat)):
            found[item].append(rater)
    return found


def _seats(session: Session, identifiers: Sequence[str]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = defaultdict(list)
    for part in parts(identifiers):
        # What is said of an answer as a whole, beside its sentences, is not one of the marks that it wants.
        counted = (
            select(ReviewMarkRow.item, ReviewMarkRow.seat, func.count().label("marked"))
            .join(ReviewItemRow, ReviewItemRow.id == ReviewMarkRow.item)
            .where(
                ReviewMarkRow.item.in_(part),
                ReviewMarkRow.complete,
                or_(ReviewMarkRow.position > 0, ReviewItemRow.sentences == 0),
            )
            .group_by(ReviewMarkRow.item, ReviewMarkRow.seat)
        )
        marked = {(row.item, row.seat): row.marked for row in session.execute(counted)}
        rows = session.scalars(select(ReviewRow).where(ReviewRow.item.in_(part))).all()
        for row in sorted(rows, key=lambda r: (r.seat == ADJUDICATION, r.seat)):
            count = marked.get((row.item, row.seat), 0)
            found[row.item].append(
                Seat(row.rater, row.seat == ADJUDICATION, count, row.finished is not None, row.score)
            )
    return found


def filtered(query: Select[*_Columns], queue: Queue) -> Select[*_Columns]:
    """Restrict a query of answers to those of a queue."""
    if queue.source is not None:
        query = query.where(ReviewItemRow.source == queue.source.value)
    if queue.origin is not None:
        query = query.where(ReviewItemRow.origin == queue.origin)
    if queue.configuration is not None:
        query = query.where(ReviewItemRow.configuration == queue.configuration)
    if queue.refused is not None:
        answered = ReviewItemRow.status == Status.ANSWERED.value
        query = query.where(~answered if queue.refused else answered)
    for word in dict.fromkeys(fold(queue.words)[:_MOST_SEARCHED].split()):
        query = query.where(ReviewItemRow.searched.contains(word, autoescape=True))
    if queue.assigned is not None:
        theirs = exists().where(AssignmentRow.item == ReviewItemRow.id)
        if queue.assigned:
            theirs = theirs.where(AssignmentRow.seat == fold(" ".join(queue.assigned.split())))
        query = query.where(theirs if queue.assigned else ~theirs)
    if queue.states:
        query = query.where(or_(false(), *(_in_state(state, queue) for state in queue.states)))
    return query


def _in_state(state: State, queue: Queue) -> Any:
    finished = ReviewRow.finished.is_not(None)
    mine = and_(ReviewRow.item == ReviewItemRow.id, ReviewRow.seat == fold(" ".join(queue.rater.split())))
    if state is State.TO_DO:
        return ~exists().where(mine)
    if state in MINE:
        return exists().where(mine, finished if state is State.DONE else ~finished)
    settled = exists().where(ReviewRow.item == ReviewItemRow.id, ReviewRow.seat == ADJUDICATION, finished)
    if state is State.SETTLED:
        return settled
    if state is State.DIFFER:
        return and_(_differ(), ~settled)
    reviews = (
        select(func.count())
        .select_from(ReviewRow)
        .where(ReviewRow.item == ReviewItemRow.id, ReviewRow.seat != ADJUDICATION, finished)
        .correlate(ReviewItemRow)
        .scalar_subquery()
    )
    return reviews == 1 if state is State.ONCE else reviews >= 2


def _differ() -> Any:
    """Whether two raters have finished an answer and say different things of it, reasons aside."""
    one, other = aliased(ReviewRow), aliased(ReviewRow)
    here, there = aliased(ReviewMarkRow), aliased(ReviewMarkRow)
    both = and_(
        one.item == ReviewItemRow.id,
        other.item == ReviewItemRow.id,
        one.seat != ADJUDICATION,
        one.seat < other.seat,
        one.finished.is_not(None),
        other.finished.is_not(None),
    )
    said = and_(here.item == one.item, here.seat == one.seat)
    answered = and_(there.item == other.item, there.seat == other.seat, there.position == here.position)
    # A mark of the whole answer may be blank, or not there at all: both say nothing.
    apart = or_(
        func.coalesce(here.sentence, -1) != func.coalesce(there.sentence, -1),
        func.coalesce(here.citation, -1) != func.coalesce(there.citation, -1),
        here.kinds != there.kinds,
    )
    marked_apart = select(1).select_from(one, other, here, there).where(both, said, answered, apart)
    whole = aliased(ReviewMarkRow)
    silent = aliased(ReviewMarkRow)
    only_one = (
        select(1)
        .select_from(one, other, whole)
        .where(
            one.item == ReviewItemRow.id,
            other.item == ReviewItemRow.id,
            one.seat != ADJUDICATION,
            other.seat != ADJUDICATION,
            one.seat != other.seat,
            one.finished.is_not(None),
            other.finished.is_not(None),
            whole.item == one.item,
            whole.seat == one.seat,
            whole.kinds != "",
            ~exists().where(silent.item == other.item, silent.seat == other.seat, silent.position == whole.position),
        )
    )
    return or_(marked_apart.correlate(ReviewItemRow).exists(), only_one.correlate(ReviewItemRow).exists())


def parts(identifiers: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    """The ids in parts that any database takes in one query."""
    for at in range(0, len(identifiers), most):
        yield identifiers[at : at + most]
