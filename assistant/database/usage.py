"""What a period of conversations made of the report: which passages were found and cited, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from assistant.answer import Status
from assistant.database.tables import ExchangeRow, TraceRow

FIRST = 20
"""Passages, the first ones, that count as found."""
FAILED = "failed"
"""The status of an exchange without an answer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that got no answer from the report; `asked` is UTC."""

    exchange: str
    conversation: str
    asked: datetime
    question: str
    status: Status


@dataclass(frozen=True, slots=True)
class Usage:
    """The exchanges of a period, replaced ones included; those of a deleted conversation are gone.

    `retrieved` and `cited`: by passage id, how many exchanges found it among their first 20, and how many cited it.
    `statuses`: how many ended so. `failed`: how many had no answer at all. `refused`: newest first.
    """

    retrieved: dict[str, int]
    cited: dict[str, int]
    statuses: dict[Status, int]
    failed: int
    refused: tuple[Refused, ...]


def usage_of(session: Session, since: datetime, until: datetime) -> Usage:
    """The usage from one moment to just before another, both aware."""
    within = (ExchangeRow.asked >= since, ExchangeRow.asked < until)

    def count_by_passage(which: ColumnElement[bool] | InstrumentedAttribute[bool]) -> dict[str, int]:
        counted = select(TraceRow.passage, func.count()).join(ExchangeRow, ExchangeRow.id == TraceRow.exchange)
        return dict(session.execute(counted.where(*within, which).group_by(TraceRow.passage)).all())

    counts = select(ExchangeRow.status, func.count()).where(*within).group_by(ExchangeRow.status)
    statuses = dict(session.execute(counts).all())
    columns = (ExchangeRow.id, ExchangeRow.conversation, ExchangeRow.asked, ExchangeRow.question, ExchangeRow.status)
    refused = (
        select(*columns)
        .where(*within, ExchangeRow.status.in_([Status.SILENT, Status.UNPROVABLE]))
        .order_by(ExchangeRow.asked.desc(), ExchangeRow.position.desc())
    )
    return Usage(
        retrieved=count_by_passage(TraceRow.rank.is_not(None)),
        cited=count_by_passage(TraceRow.cited),
        statuses={status: statuses.get(status, 0) for status in Status},
        failed=statuses.get(FAILED, 0),
        refused=tuple(Refused(*row[:4], Status(row[4])) for row in session.execute(refused)),
    )
