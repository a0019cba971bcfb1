"""The part that says what is evaluated: versions, settings, index, questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.exports.document import Block, Heading
from assistant.records import Record
from eval.record import Run
from eval.report import labels
from eval.report.blocks import grid
from eval.report.material import Material
from eval.report.numbers import whole

_SHORT = 12
"""Characters of a fingerprint that are shown in a narrow column."""


def evaluated(material: Material) -> Iterator[Block]:
    """What was measured, and what made the answers that were reviewed."""
    if material.run is not None:
        yield Heading(labels.OF_RUN, 2)
        yield grid((labels.THING, labels.VALUE), _of_run(material.run), (2, 3))
    if material.finished:
        yield Heading(labels.OF_ANSWERS, 2)
        yield grid(labels.CONFIGURATION_HEADS, _configurations(material), (8, 6, 10, 10, 6))


def _of_run(run: Run) -> Iterator[tuple[str, str]]:
    settings, made = run.settings, run.made_with
    yield labels.VERSION, run.version
    yield labels.COMMIT, _commit(run)
    yield labels.MEASURED_ON, labels.moment(run.date)
    yield labels.INDEX, settings.index
    yield labels.EMBEDDINGS, settings.embeddings
    yield labels.MODEL, labels.NOT_KEPT if made is None else made.llm or labels.NO_MODEL
    yield labels.WEIGHTS, labels.NOT_KEPT if made is None else made.weights
    yield labels.SEARCH_WEIGHTS, labels.NOT_KEPT if made is None else made.search_weights
    yield labels.QUESTIONS_FILE, f"{settings.questions} ({labels.SPLITS[settings.split]})"
    yield labels.SEAL, settings.questions_sha256


def _commit(run: Run) -> str:
    if run.commit is None:
        return labels.NOT_KEPT
    return f"{run.commit.hash} {labels.CHANGED_CODE}" if run.commit.dirty else run.commit.hash


def _configurations(material: Material) -> Iterator[tuple[str, ...]]:
    answers = {rating.review.item: rating.configuration for rating in material.finished}
    for name, count in sorted(Counter(answers.values()).items()):
        yield name, *_of_record(material.records.get(name)), whole(count)


def _of_record(record: Record | None) -> tuple[str, str, str]:
    if record is None:
        return (labels.UNREADABLE,) * 3
    trace, made = record.answer.trace, record.made_with
    return made.version, f"{trace.index[:_SHORT]}, {trace.embeddings}", trace.model or labels.NO_MODEL
