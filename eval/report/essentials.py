"""The part that comes first: the few figures to remember, and where the limits are."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exports.document import Block
from eval.analysis.measures import estimate
from eval.record import Run
from eval.report import labels
from eval.report.blocks import points
from eval.report.figures import cell
from eval.report.limits import limits_of
from eval.report.material import Material
from eval.report.numbers import MARK_DIGITS, between, decimal
from eval.review.scores import mean_of, scored


def essentials(material: Material) -> Iterator[Block]:
    """A few lines."""
    lines = list(_of_run(material.run)) if material.run is not None else []
    if (mean := mean_of(scored(material.finished))) is not None:
        spread = between(mean.low, mean.high, MARK_DIGITS)
        lines.append(labels.mean_score(mean.count, decimal(mean.mean, MARK_DIGITS), spread))
    yield points([*lines, labels.to_limits(len(limits_of(material)))])


def _of_run(run: Run) -> Iterator[str]:
    outcomes = run.outcomes
    yield labels.right_status(len(outcomes), cell(estimate("right_status", outcomes)))
    if (facts := estimate("key_facts", outcomes)) is not None:
        yield labels.key_facts(facts.count, cell(facts))
    yield labels.unfound(sum(o.citations for o in outcomes), sum(o.unfound for o in outcomes))
