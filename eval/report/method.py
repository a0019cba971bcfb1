"""The part that says how it was done, and what each figure of the report means."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.exports.document import Block, Heading
from eval.analysis.measures import estimates
from eval.meaning import METRICS, Metric
from eval.report import labels
from eval.report.blocks import paragraph, terms
from eval.report.material import Material
from eval.review.agreement import pairs_of

_OF_RUNS = ("unfound", "latency_median", "latency_p95", "coverage")
_OF_REVIEWS = ("total", "sentence_mark", "citation_mark")
_OF_TWO_RATERS = ("agreement", "kappa", "positive_agreement")


def method(material: Material) -> Iterator[Block]:
    """How answers were made, measured and marked; then the figures that the report gives, and they alone."""
    yield paragraph(labels.ROAD)
    if material.run is not None:
        yield paragraph(labels.MEASURING)
    if material.finished:
        yield paragraph(labels.REVIEWING)
    if material.trials:
        yield paragraph(labels.TRYING)
    if found := figures_given(material):
        yield Heading(labels.DEFINITIONS, 2)
        yield terms((f"{metric.title} ({metric.unit})", _said(metric)) for metric in found)


def figures_given(material: Material) -> list[Metric]:
    """The figures that a report gives."""
    keys: list[str] = []
    if material.run is not None:
        found = estimates(material.run.outcomes)
        keys += [*found, *(["reliability"] if "brier" in found else []), *_OF_RUNS]
    if material.finished:
        keys += _OF_REVIEWS
    if pairs_of(material.finished) or material.judges:
        keys += _OF_TWO_RATERS
    if material.trials:
        keys += ["win_rate"]
    return [METRICS[key] for key in (*keys, "interval")] if keys else []


def _said(metric: Metric) -> str:
    source = f" Source : {metric.source}." if metric.source else ""
    return f"{metric.formula} {metric.meaning}{source}"
