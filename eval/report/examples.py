"""The part that shows answers as they were given, their proofs, and what raters said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.exports.document import Block, Heading, Layout, Role, cleaned
from assistant.exports.wording import UNTITLED
from eval.meaning import KINDS
from eval.report import labels
from eval.report.blocks import grid, paragraph
from eval.report.material import Example, Material
from eval.report.numbers import NOTHING
from eval.review.item import Source
from eval.review.marks import WHOLE, Mark, Review


def examples(material: Material, layout: Layout) -> Iterator[Block]:
    """Answers that were marked well, then others; `layout` numbers the references of the whole document."""
    if any(rating.source is Source.CONVERSATION for rating in material.finished):
        yield paragraph(labels.PRIVATE)
    for title, good, shown in ((labels.GOOD, True, material.good), (labels.BAD, False, material.bad)):
        if shown:
            yield Heading(title, 2)
            yield paragraph(labels.drawn_examples(good, len(shown)))
            yield from _shown(shown, material, layout)


def _shown(shown: Sequence[Example], material: Material, layout: Layout) -> Iterator[Block]:
    for example in shown:
        answer = example.item.record.answer
        yield Heading(cleaned(answer.question) or UNTITLED, 3, labels.scored(example.scored.score))
        yield from (block for block in layout.blocks_of(answer) if block.role is not Role.QUESTION)
        yield from (_marks(review, example.item.sentences, material) for review in example.reviews)


def _marks(review: Review, sentences: int, material: Material) -> Block:
    caption = labels.marks_of(material.called(review.rater), review.adjudication)
    if all(mark.good for mark in review.marks):
        return paragraph(labels.all_good(caption, refused=not sentences))
    said = [review.at(position) for position in (*range(1, sentences + 1), WHOLE)]
    # Of an answer as a whole there is something to show only where it was said.
    rows = [_row(mark, refused=not sentences) for mark in said if mark.position or mark.kinds or not sentences]
    return grid(labels.MARK_HEADS, rows, (3, 3, 3, 5, 6), caption)


def _row(mark: Mark, refused: bool) -> tuple[str, ...]:
    where = str(mark.position) if mark.position else labels.REFUSAL if refused else labels.WHOLE_ANSWER
    kinds = ", ".join(KINDS[kind] for kind in mark.kinds)
    return where, _mark(mark.sentence), _mark(mark.citation), kinds, mark.reason


def _mark(value: int | None) -> str:
    return NOTHING if value is None else str(value)
