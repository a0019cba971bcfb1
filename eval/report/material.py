"""What an evaluation report is made of, gathered in one place; where there is nothing of a kind, it has no part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from assistant.answer import Status
from assistant.records import Record
from eval.analysis.reach import Reach, reach_of
from eval.judging.agreement import JudgeAgreement, judge_agreement
from eval.judging.judgement import Judge, Judgement
from eval.record import Run
from eval.review.item import Item, Source
from eval.review.marks import Review
from eval.review.queue import Queue, State
from eval.review.scores import Scored, scored
from eval.review.store import Rating, Reviews
from eval.trials.result import Result
from eval.trials.trial import Trial
from ingest.errors import RecordError, ReviewMissing
from vectorstore.index import Index

EXAMPLES = 3
"""How many answers of each sort are shown, at most."""
GOOD = 90.0
"""The score (0 to 100) from which an answer without any error named is an example of a good one."""


@dataclass(frozen=True, slots=True)
class Example:
    """An answer to show, with its finished reviews: the adjudication alone where there is one."""

    scored: Scored
    item: Item
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of.

    `reach` is of the run. `records` has, for each configuration of the answers reviewed, one answer made with it, as
    far as they can be read. `differing` counts the answers on which raters differ and nothing is settled. `named`:
    raters are called by their names; otherwise by letters.
    """

    run: Run | None = None
    reach: Reach | None = None
    ratings: tuple[Rating, ...] = ()
    records: dict[str, Record] = field(default_factory=dict)
    differing: int = 0
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()
    trials: tuple[tuple[Trial, Result], ...] = ()
    judges: tuple[tuple[Judge, JudgeAgreement], ...] = ()
    title: str = ""
    author: str = ""
    named: bool = False

    @property
    def finished(self) -> tuple[Rating, ...]:
        """The reviews that count: those that are finished."""
        return tuple(rating for rating in self.ratings if rating.review.finished is not None)

    @property
    def raters(self) -> tuple[str, ...]:
        """Who finished a review, adjudications aside, in the order of the answers."""
        return tuple(dict.fromkeys(r.review.rater for r in self.finished if not r.review.adjudication))

    def called(self, rater: str) -> str:
        """What a rater is called in the report."""
        if self.named or rater not in self.raters:
            return rater
        return _letters(self.raters.index(rater))


def gather(
    index: Index,
    run: Run | None = None,
    reviews: Reviews | None = None,
    *,
    sources: Collection[Source] = (),
    configuration: str | None = None,
    trials: Sequence[tuple[Trial, Result]] = (),
    judged: Sequence[tuple[Judge, Sequence[Judgement]]] = (),
    title: str = "",
    author: str = "",
    named: bool = False,
) -> Material:
    """Gather what a report is made of.

    Args:
        index: The index, to say what of its documents the run put to the test.
        run: The run to report on, if any.
        reviews: The store of reviews, if they are to be reported on.
        sources: Only the answers that come from these; all, where there are none.
        configuration: Only the answers that were made with this; all, by default.
        trials: Blind trials to report on, each with what came of it.
        judged: What language-model judges said, to be compared with the reviews.
        title: Of the report; by default it is said what it is.
        author: Who signs it, or empty.
        named: Whether raters are called by their names.

    Raises:
        StorageError: the database fails.
    """
    kept = [
        rating
        for rating in (reviews.ratings() if reviews is not None else ())
        if (not sources or rating.source in sources) and configuration in (None, rating.configuration)
    ]
    good, bad, records = _shown(reviews, kept) if reviews is not None else ((), (), {})
    return Material(
        run=run,
        reach=reach_of(run.outcomes, index) if run is not None else None,
        ratings=tuple(kept),
        records=records,
        differing=_differing(reviews, sources, configuration) if reviews is not None else 0,
        good=good,
        bad=bad,
        trials=tuple(trials),
        judges=tuple((judge, judge_agreement(kept, said)) for judge, said in judged),
        title=title,
        author=author,
        named=named,
    )


def _differing(reviews: Reviews, sources: Collection[Source], configuration: str | None) -> int:
    return sum(
        reviews.count(Queue(source=source, configuration=configuration, states=(State.DIFFER,)))
        for source in sources or Source
    )


def _shown(
    reviews: Reviews, ratings: Sequence[Rating]
) -> tuple[tuple[Example, ...], tuple[Example, ...], dict[str, Record]]:
    answers = scored(ratings)
    # What somebody asked in a conversation was shared with whoever reviews, not with whoever reads a report.
    free = [answer for answer in answers if answer.source is not Source.CONVERSATION]
    fine = [a for a in free if a.status is Status.ANSWERED and not a.kinds and a.score >= GOOD]
    poor = [a for a in free if a.kinds or a.score < GOOD]
    good = _examples(reviews, sorted(fine, key=lambda a: -a.score))
    bad = _examples(reviews, sorted(poor, key=lambda a: a.score))
    first = {answer.configuration: answer.item for answer in reversed(answers)}
    found = {name: _read(reviews, item) for name, item in sorted(first.items())}
    return good, bad, {name: item.record for name, item in found.items() if item is not None}


def _examples(reviews: Reviews, answers: Sequence[Scored]) -> tuple[Example, ...]:
    readable = ((answer, item) for answer in answers if (item := _read(reviews, answer.item)) is not None)
    return tuple(Example(answer, item, _counted(reviews, item)) for answer, item in islice(readable, EXAMPLES))


def _counted(reviews: Reviews, item: Item) -> tuple[Review, ...]:
    """The reviews that count for an answer: the adjudication where there is one, else all that are finished."""
    finished = [review for review in reviews.reviews(item.id) if review.finished is not None]
    return tuple([review for review in finished if review.adjudication] or finished)


def _read(reviews: Reviews, identifier: str) -> Item | None:
    """An answer; `None` where it cannot be read any more (« pratiques check » tells of it)."""
    try:
        return reviews.item(identifier)
    except (ReviewMissing, RecordError):
        return None


def _letters(number: int) -> str:
    """A to Z, then AA, AB and so on."""
    first, last = divmod(number, 26)
    return (_letters(first - 1) if first else "") + chr(ord("A") + last)
