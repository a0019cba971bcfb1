"""How far a language model judges as humans do: on the sentences that they marked, apart from every other figure.

What humans say of a sentence is what was decided of it, else what all raters who finished the answer agree on. Where
they differ and nothing was decided there is no human mark to compare with: such sentences are counted, and left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.judging.judgement import Judgement
from eval.review.agreement import Agreement, agreement_of
from eval.review.marks import SENTENCE_MARKS, Review, positions
from eval.review.store import Rating


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that the model marks otherwise than humans."""

    item: str
    question: str
    position: int
    human: int
    model: int
    why: str


@dataclass(frozen=True, slots=True)
class JudgeAgreement:
    """The model and the humans over the sentences that both marked.

    `table` has how often the humans gave a mark (first) where the model gave another (second). `unsettled`: how many
    sentences the humans differ on. `differences` have the widest first.
    """

    agreement: Agreement
    table: dict[tuple[int, int], int]
    unsettled: int
    differences: tuple[Difference, ...]


def judge_agreement(ratings: Iterable[Rating], judgements: Sequence[Judgement]) -> JudgeAgreement:
    """Compare what a judge said with what humans say of the same sentences."""
    marks, unsettled, questions = human_marks(ratings)
    said = {(j.item, j.position): j for j in judgements}
    by_item: dict[str, list[tuple[int, int]]] = defaultdict(list)
    differences = []
    for (item, position), human in marks.items():
        judgement = said.get((item, position))
        if judgement is None:
            continue
        by_item[item].append((human, judgement.mark))
        if judgement.mark != human:
            differences.append(Difference(item, questions[item], position, human, judgement.mark, judgement.why))
    counted = Counter(pair for pairs in by_item.values() for pair in pairs)
    return JudgeAgreement(
        agreement=agreement_of(list(by_item.values())),
        table={(human, model): counted[human, model] for human in SENTENCE_MARKS for model in SENTENCE_MARKS},
        unsettled=len(unsettled & said.keys()),
        differences=tuple(sorted(differences, key=lambda d: -abs(d.human - d.model))),
    )


def human_marks(
    ratings: Iterable[Rating],
) -> tuple[dict[tuple[str, int], int], set[tuple[str, int]], dict[str, str]]:
    """The mark of each sentence (answer, position), those on which raters differ undecided, and the questions."""
    finished: dict[str, list[Review]] = defaultdict(list)
    sentences: dict[str, int] = {}
    questions: dict[str, str] = {}
    for rating in ratings:
        if rating.review.finished is not None and rating.sentences:
            finished[rating.review.item].append(rating.review)
            sentences[rating.review.item] = rating.sentences
            questions[rating.review.item] = rating.question
    marks: dict[tuple[str, int], int] = {}
    unsettled = set()
    for item, reviews in finished.items():
        deciding = [review for review in reviews if review.adjudication] or reviews
        for position in positions(sentences[item]):
            given = {review.at(position).sentence for review in deciding}
            mark = given.pop()
            if given:
                unsettled.add((item, position))
            elif mark is not None:
                marks[item, position] = mark
    return marks, unsettled, questions
