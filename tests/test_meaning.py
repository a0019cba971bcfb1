"""Every figure that the product shows is explained: exactly, in French, under the name that the code has for it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from eval.analysis.measures import MEASURES
from eval.meaning import METRICS, PERSONAS, TYPES
from eval.questions import load_questions, own_questions
from eval.run import FIGURES, Figures

SHOWN_ELSEWHERE = {
    "unfound", "reliability", "latency_median", "latency_p95", "coverage", "total", "sentence_mark", "citation_mark",
    "agreement", "kappa", "positive_agreement", "win_rate", "interval",
}  # fmt: skip
NOT_MEANS = {"count", "answerable", "median_words", "median_ms"}


def test_every_figure_of_a_run_is_explained() -> None:
    assert METRICS.keys() >= MEASURES.keys()
    assert METRICS.keys() >= FIGURES.keys()
    assert METRICS.keys() >= {f.name for f in fields(Figures)} - NOT_MEANS


def test_nothing_is_explained_that_is_not_shown() -> None:
    assert set(METRICS) == {*MEASURES, *SHOWN_ELSEWHERE}


@pytest.mark.parametrize("key", METRICS)
def test_an_explanation_is_whole(key: str) -> None:
    metric = METRICS[key]
    assert metric.key == key
    assert metric.title[0].isupper()
    assert metric.title.lower() == metric.name.lower()
    assert metric.formula.endswith(".")
    assert metric.meaning.endswith(".")


def test_the_types_and_the_askers_of_the_projects_questions_have_french_names() -> None:
    questions = load_questions(own_questions())
    assert {q.type for q in questions} == TYPES.keys()
    assert {q.persona for q in questions} == PERSONAS.keys()
