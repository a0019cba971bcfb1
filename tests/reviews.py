"""Answers to review and marks, for the tests of the bench."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.answer import Question, Status
from assistant.chain import Assistant
from assistant.records import Record
from eval.review.item import Item, Source
from eval.review.marks import Mark, Review, positions, total
from eval.review.store import Rating, Reviews

FLORA, UNKNOWN = "Qui finance FLORA ?", "Quelle est la recette du cassoulet ?"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def record_of(assistant: Assistant, question: str = FLORA) -> Record:
    answer, judged = assistant.explain(Question(question))
    return Record.of(answer, judged, assistant.settings)


def item_of(assistant: Assistant, question: str = FLORA, source: Source = Source.BATCH) -> Item:
    return Item.of(record_of(assistant, question), source, "questions.jsonl")


def copies(item: Item, count: int) -> list[Item]:
    """As many answers as wanted, told apart by their ids."""
    answer = item.record.answer
    return [
        replace(item, record=replace(item.record, answer=replace(answer, id=f"{number:012x}")))
        for number in range(count)
    ]


def mark_all(store: Reviews, item: Item, rater: str, sentence: int = 100, citation: int = 25) -> Review:
    """Finish a review in which every sentence has the same marks."""
    reason = "" if (sentence, citation) == (100, 25) else "À revoir."
    for position in positions(item.sentences):
        store.mark(item.id, rater, Mark(position, sentence, citation if position else None, (), reason))
    return store.finish(item.id, rater)


def rating(item: str, rater: str, marks: tuple[Mark, ...], sentences: int, adjudication: bool = False) -> Rating:
    """A finished review of an answer that is not needed itself."""
    assert total(marks, sentences) is not None
    review = Review(item, rater, adjudication, marks, NOON, NOON, NOON)
    status = Status.ANSWERED if sentences else Status.SILENT
    return Rating(review, f"Question {item} ?", Source.BATCH, "aaaaaa", status, sentences)
