"""The part that says on what the figures stand: how many questions and answers, of which sorts, from where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.answer import Status
from assistant.exports.document import Block, Grid, Heading
from eval.meaning import PERSONAS, TYPES
from eval.record import Run
from eval.report import labels
from eval.report.blocks import grid, paragraph
from eval.report.material import Material
from eval.report.numbers import whole
from eval.review.scores import Scored, scored
from eval.run import Outcome


def sample(material: Material) -> Iterator[Block]:
    """The questions of the run, then the answers that were reviewed; trials say theirs themselves."""
    if material.run is not None:
        yield Heading(labels.OF_RUN, 2)
        yield from _questions(material.run)
    if material.finished:
        yield Heading(labels.OF_ANSWERS, 2)
        yield from _answers(material)


def _questions(run: Run) -> Iterator[Block]:
    answerable = sum(outcome.answerable for outcome in run.outcomes)
    settings = run.settings
    yield paragraph(labels.questions(len(run.outcomes), answerable, settings.questions, settings.split))
    yield _by(run.outcomes, lambda o: o.type, TYPES, labels.TYPE, labels.BY_TYPE)
    yield _by(run.outcomes, lambda o: o.persona, PERSONAS, labels.PERSONA, labels.BY_PERSONA)


def _by(
    outcomes: Sequence[Outcome], key: Callable[[Outcome], str], names: Mapping[str, str], head: str, caption: str
) -> Grid:
    counts, answerable = Counter(map(key, outcomes)), Counter(key(o) for o in outcomes if o.answerable)
    rows = [(names.get(name, name), whole(counts[name]), whole(answerable[name])) for name in sorted(counts)]
    return grid((head, labels.QUESTIONS, labels.ANSWERABLE), rows, (3, 1, 1), caption)


def _answers(material: Material) -> Iterator[Block]:
    answers = scored(material.finished)
    sentences = {rating.review.item: rating.sentences for rating in material.finished}
    twice = sum(answer.raters > 1 for answer in answers)
    yield paragraph(labels.reviewed(len(answers), sum(sentences.values()), len(material.raters), twice))
    yield paragraph(labels.NOT_DRAWN)
    groups: dict[str, list[Scored]] = defaultdict(list)
    for answer in answers:
        groups[labels.SOURCES[answer.source]].append(answer)
    rows = [_row(name, group) for name, group in groups.items()]
    heads = (labels.SOURCE, labels.ANSWERS, labels.OF_WHICH_REFUSALS, labels.BY_TWO, labels.SETTLED)
    yield grid(heads, [*rows, _row(labels.ALL, answers)] if rows[1:] else rows, (7, 5, 4, 6, 5), labels.BY_SOURCE)


def _row(name: str, answers: Sequence[Scored]) -> tuple[str, ...]:
    refused = sum(answer.status is not Status.ANSWERED for answer in answers)
    twice, settled = sum(answer.raters > 1 for answer in answers), sum(answer.settled for answer in answers)
    return name, *map(whole, (len(answers), refused, twice, settled))
