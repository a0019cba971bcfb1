"""A run: the judged questions asked one after the other, and the figures of what came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from assistant.answer import Answer, Status
from eval.metrics import evidence_recall, is_found, key_fact_recall, reciprocal_rank
from eval.questions import JudgedQuestion
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged question gave; the shares are 0 to 1, and 0 where the question was refused.

    `right_status`: answered where it can be answered, refused where it cannot. `unfound` counts citations whose
    quote is not in the report. `words` is the length of the answer shown, `ms` its time in milliseconds.
    """

    id: str
    type: str
    persona: str
    answerable: bool
    status: Status
    recall: float
    reciprocal_rank: float
    key_facts: float
    right_status: bool
    citations: int
    unfound: int
    words: int
    ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The means of some outcomes; recall, rank and key facts over the answerable ones."""

    count: int
    recall: float
    mrr: float
    key_facts: float
    right_status: float
    median_words: float
    median_ms: float


def measure(question: JudgedQuestion, answer: Answer, index: Index) -> Outcome:
    """The figures of one answer."""
    passages = [index.by_id[p.id].text for p in answer.trace.passages]
    answered = answer.status is Status.ANSWERED
    shown = answer.text if answered else ""
    return Outcome(
        id=question.id,
        type=question.type,
        persona=question.persona,
        answerable=question.answerable,
        status=answer.status,
        recall=evidence_recall(question.evidence, passages),
        reciprocal_rank=reciprocal_rank(question.evidence, passages),
        key_facts=key_fact_recall(question.key_facts, shown),
        right_status=answered == question.answerable,
        citations=len(answer.citations),
        unfound=sum(not is_found(c.quote, index.report(c.document).text, 1.0) for c in answer.citations),
        words=len(shown.split()),
        ms=answer.trace.timing_ms["total"],
    )


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """The means of outcomes; 0 where there are none to take the mean of."""
    all_of = list(outcomes)
    answerable = [o for o in all_of if o.answerable]
    return Figures(
        count=len(all_of),
        recall=_mean([o.recall for o in answerable]),
        mrr=_mean([o.reciprocal_rank for o in answerable]),
        key_facts=_mean([o.key_facts for o in answerable]),
        right_status=_mean([float(o.right_status) for o in all_of]),
        median_words=median([o.words for o in all_of if o.status is Status.ANSWERED] or [0]),
        median_ms=median([o.ms for o in all_of] or [0.0]),
    )


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
