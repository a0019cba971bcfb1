"""What of the report the questions of a period have reached, and what they have not.

the usage of the database, by passage + the index → by fiche and section, in the order of the report
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from assistant.answer import Status
from ingest.records import Fiche, Passage
from vectorstore.index import Index

if TYPE_CHECKING:
    from assistant.database import Refused, Usage

_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any question."""
_REFUSALS = (Status.SILENT, Status.UNPROVABLE)


class Period(StrEnum):
    """How far back a coverage looks; `DATES`: from one day to another."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"
    DATES = "dates"


_DAYS = {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Place:
    """A fiche, or a section that is in none, with the passages that it holds.

    `passage` is the id of its first one; `page` is the printed page on which it starts. `found` and `cited` count, for
    each of its passages, the questions that found it among their first ones and the answers that cite it; `reached`
    counts those of its passages that were cited at all.
    """

    title: str
    fiche: str | None
    document: str
    passage: str
    page: str | None
    passages: int
    found: int
    cited: int
    reached: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """The questions that ended in the same refusal, newest first."""

    status: Status
    questions: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a period of questions made of the documents; the places are in reading order.

    `failed` counts the questions that could not be treated. `gone` counts the passages found or cited that the index
    no longer has.
    """

    statuses: Mapping[Status, int]
    failed: int
    places: tuple[Place, ...]
    never_cited: tuple[Fiche, ...]
    refusals: tuple[Refusals, ...]
    gone: int

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(self.statuses.values()) + self.failed


def window(
    period: Period, now: datetime, first: date | None = None, last: date | None = None
) -> tuple[datetime, datetime]:
    """From which moment, to just before which, a period runs; both aware.

    `first` and `last` are days of this machine's calendar, both within the period `DATES`; without them it is the
    day of `now`.
    """
    if period is Period.DATES:
        start = first or now.astimezone().date()
        end = max(last or start, start) + timedelta(days=1)
        return datetime.combine(start, time()).astimezone(), datetime.combine(end, time()).astimezone()
    return (now - timedelta(days=_DAYS[period]) if period in _DAYS else _BEGINNING), now


def coverage_of(usage: Usage, index: Index) -> Coverage:
    """The coverage of the documents of an index by the questions that a usage counts."""
    cited_fiches = {(p.document, p.fiche) for p in index.passages if usage.cited.get(p.id)}
    refused = [(s, tuple(q for q in usage.refused if q.status is s)) for s in _REFUSALS]
    return Coverage(
        statuses=usage.statuses,
        failed=usage.failed,
        places=tuple(_places(usage, index)),
        never_cited=tuple(f for f in index.fiches if (f.document, f.id) not in cited_fiches),
        refusals=tuple(Refusals(status, questions) for status, questions in refused if questions),
        gone=len((usage.cited.keys() | usage.retrieved.keys()) - index.by_id.keys()),
    )


def _places(usage: Usage, index: Index) -> list[Place]:
    titles = {(f.document, f.id): f"Fiche {f.id} : {f.title}" for f in index.fiches}
    held: dict[tuple[str, str | tuple[str, ...]], list[Passage]] = {}
    for report in index.reports:
        for passage in sorted(report.passages, key=lambda p: p.start):
            # A footnote is printed at the end of the text and belongs to the part that calls it.
            held.setdefault((passage.document, passage.fiche or passage.path[:2]), []).append(passage)
    places = []
    for (document, _), passages in held.items():
        first = passages[0]
        fiche = titles.get((document, first.fiche or ""))
        places.append(
            Place(
                title=fiche or " › ".join(first.path[:2]) or document,
                fiche=first.fiche if fiche else None,
                document=document,
                passage=first.id,
                page=first.page,
                passages=len(passages),
                found=sum(usage.retrieved.get(p.id, 0) for p in passages),
                cited=sum(usage.cited.get(p.id, 0) for p in passages),
                reached=sum(bool(usage.cited.get(p.id)) for p in passages),
            )
        )
    return places
