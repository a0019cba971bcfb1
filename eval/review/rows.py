"""The rows of reviews and the records that they hold, one made of the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from assistant.database.tables import ReviewChangeRow, ReviewItemRow, ReviewMarkRow, ReviewRow
from assistant.records import read_written, written
from eval.questions import JudgedQuestion
from eval.review.item import Item, Source
from eval.review.marks import ErrorKind, Mark, Review, total
from eval.review.queue import ADJUDICATION
from ingest.folding import fold

_JUDGED = TypeAdapter(JudgedQuestion)
_MARK = TypeAdapter(Mark)


def row_of_item(item: Item, exchange: str | None) -> ReviewItemRow:
    """The row of an answer; `exchange` is that of the conversation that it comes from, where it is in this database."""
    question = item.record.answer.question
    return ReviewItemRow(
        id=item.id,
        exchange=exchange,
        source=item.source.value,
        origin=item.origin,
        question=question,
        searched=fold(question),
        status=item.record.answer.status.value,
        configuration=item.configuration,
        sentences=item.sentences,
        record=written(item.record),
        judged=_JUDGED.dump_json(item.judged).decode() if item.judged is not None else None,
        added=item.added,
    )


def item_of_row(row: ReviewItemRow) -> Item:
    """The answer of a row.

    Raises:
        RecordError: what is kept of it is damaged, or of a newer version.
    """
    judged = None if row.judged is None else _JUDGED.validate_json(row.judged)
    return Item(Source(row.source), row.origin, read_written(row.record, row.id), judged, row.added)


def values_of_review(item: Item, review: Review, rater: str, seat: str) -> dict[str, Any]:
    """The values of the row of a whole review."""
    return {
        "item": item.id,
        "seat": seat,
        "rater": rater,
        "started": review.started,
        "updated": review.updated,
        "finished": review.finished,
        "score": total(review.marks, item.sentences) if review.finished else None,
    }


def values_of_mark(item: Item, seat: str, mark: Mark) -> dict[str, Any]:
    """The values of the row of a mark that comes with a whole review."""
    return {
        "item": item.id,
        "seat": seat,
        "position": mark.position,
        **said_by(mark, refused=not item.sentences),
        "version": max(mark.version, 1),
    }


def said_by(mark: Mark, refused: bool) -> dict[str, Any]:
    """What a mark says, as its row has it; `refused`: of a refusal."""
    return {
        "sentence": mark.sentence,
        "citation": mark.citation,
        "kinds": " ".join(mark.kinds),
        "reason": mark.reason,
        "complete": not mark.missing(refused),
    }


def mark_of_row(row: ReviewMarkRow) -> Mark:
    """The mark of a row."""
    kinds = tuple(map(ErrorKind, row.kinds.split()))
    return Mark(row.position, row.sentence, row.citation, kinds, row.reason, row.version)


def review_of_row(row: ReviewRow, marks: Sequence[Mark]) -> Review:
    """The review of a row, with its marks in order of position."""
    adjudication = row.seat == ADJUDICATION
    return Review(row.item, row.rater, adjudication, tuple(marks), row.started, row.updated, row.finished)


def row_of_change(item: str, seat: str, before: Mark) -> ReviewChangeRow:
    """The row of a change made now, by what the mark was before it."""
    return ReviewChangeRow(
        item=item,
        seat=seat,
        position=before.position,
        before=_MARK.dump_json(before).decode(),
        made=datetime.now(UTC),
    )


def mark_before(row: ReviewChangeRow) -> Mark:
    """What a mark was before a change."""
    return _MARK.validate_json(row.before)
