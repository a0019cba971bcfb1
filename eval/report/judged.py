"""The part that says how far a language-model judge sees as humans do, apart from every other figure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exports.document import Block, Heading, cleaned
from eval.judging.agreement import JudgeAgreement
from eval.judging.judgement import Judge
from eval.report import labels
from eval.report.blocks import grid, paragraph
from eval.report.numbers import between, decimal, whole
from eval.review.marks import SENTENCE_MARKS


def judged(judge: Judge, found: JudgeAgreement) -> Iterator[Block]:
    """One judge beside the humans, over the sentences that both marked."""
    agreement = found.agreement
    yield Heading(cleaned(labels.judge(judge.model, judge.prompt)), 2)
    if not agreement.units:
        yield paragraph(labels.NO_COMMON)
        return
    observed = f"{decimal(agreement.observed)} ({between(agreement.observed_low, agreement.observed_high)})"
    kappa = f"{decimal(agreement.kappa)} ({between(agreement.kappa_low, agreement.kappa_high)})"
    yield paragraph(labels.judge_agreement(agreement.units, agreement.answers, observed, kappa))
    rows = [(str(human), *(whole(found.table[human, model]) for model in SENTENCE_MARKS)) for human in SENTENCE_MARKS]
    yield grid(labels.JUDGE_HEADS, rows, (2, 1, 1, 1))
