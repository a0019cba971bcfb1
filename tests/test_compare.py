"""What the comparison of two runs promises: the same questions, an interval that scipy agrees with, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import bootstrap

from assistant.answer import Status
from eval.compare import changed, differences, interval, pair
from eval.run import Outcome

BLANK = Outcome(
    id="q-0",
    question="Qui finance ?",
    type="fact",
    persona="trainer",
    split="held",
    answerable=True,
    status=Status.ANSWERED,
    recall=0.5,
    reciprocal_rank=0.5,
    key_facts=0.5,
    right_status=True,
    citations=1,
    unfound=0,
    words=20,
    ms=10.0,
    ranks=(2, None),
    passages=("fiche-1a/genese/1", "fiche-1c/financements/1"),
)


def run_of(*recalls: float) -> list[Outcome]:
    return [replace(BLANK, id=f"q-{n}", recall=recall) for n, recall in enumerate(recalls)]


def two_runs(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores that vary much from question to question and little from run to run."""
    generator = np.random.default_rng(1)
    before = generator.choice([0, 1 / 3, 0.5, 1], size=count)
    return before, before + generator.choice([-0.1, 0, 0, 0.25], size=count)


@pytest.mark.parametrize("count", [12, 40, 200])
def test_the_interval_is_that_of_the_paired_bootstrap_of_scipy(count: int) -> None:
    before, after = two_runs(count)
    expected = bootstrap(
        (after, before),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        paired=True,
        method="percentile",
        n_resamples=10_000,
        rng=3,
    ).confidence_interval
    assert interval(after - before) == pytest.approx((expected.low, expected.high), abs=0.01)


def test_the_same_runs_give_the_same_interval() -> None:
    before, after = two_runs(50)
    assert interval(after - before) == interval(after - before)


def test_a_run_does_not_differ_from_itself() -> None:
    run = run_of(0, 0.5, 1)
    paired = pair(run, run)
    assert [(d.difference, d.low, d.high, d.sure) for d in differences(paired.pairs)] == [(0, 0, 0, False)] * 4
    assert changed(paired.pairs) == ([], [])


def test_the_means_are_over_the_questions_of_both_runs() -> None:
    paired = pair(run_of(0, 0, 1), run_of(1, 0))
    assert (len(paired.pairs), paired.only_before, paired.only_after) == (2, 1, 0)
    (recall, *_) = differences(paired.pairs)
    assert (recall.figure, recall.count, recall.before, recall.after) == ("recall", 2, 0, 0.5)


@pytest.mark.parametrize("change", [{"question": "Qui paie ?"}, {"answerable": False}, {"id": "q-9"}])
def test_a_question_worded_or_judged_anew_is_another_question(change: dict[str, object]) -> None:
    paired = pair([BLANK], [replace(BLANK, **change)])
    assert (paired.pairs, paired.only_before, paired.only_after) == ((), 1, 1)


def test_a_rise_of_every_question_is_sure_and_that_of_one_in_many_is_not() -> None:
    (every, *_) = differences(pair(run_of(*[0] * 30), run_of(*[0.2, 0.4] * 15)).pairs)
    (one, *_) = differences(pair(run_of(*[0] * 30), run_of(*[0] * 29, 1)).pairs)
    assert every.sure
    assert every.low > 0.2
    assert not one.sure
    assert one.low == 0


def test_a_rise_of_a_few_questions_is_never_sure() -> None:
    (few, *_) = differences(pair(run_of(*[0] * 9), run_of(*[1] * 9)).pairs)
    assert (few.low, few.high, few.sure) == (1, 1, False)


def test_questions_without_an_answer_count_in_the_status_alone() -> None:
    unanswerable = replace(BLANK, id="q-9", answerable=False, right_status=False)
    pairs = pair([BLANK, unanswerable], [BLANK, unanswerable]).pairs
    assert {d.figure: d.count for d in differences(pairs)} == {
        "recall": 1, "mrr": 1, "key_facts": 1, "right_status": 2,
    }  # fmt: skip
    assert [d.figure for d in differences(pairs[1:])] == ["right_status"]


@pytest.mark.parametrize(
    ("after", "better", "worse"),
    [
        ({"reciprocal_rank": 1.0, "ranks": (1, 7)}, ["q-0"], []),
        ({"key_facts": 1.0}, ["q-0"], []),
        ({"right_status": False}, [], ["q-0"]),
        ({"recall": 0.4}, [], ["q-0"]),
        ({"recall": 0.6, "key_facts": 0.4}, [], []),
    ],
)
def test_a_question_is_better_or_worse_by_the_sum_of_its_scores(
    after: dict[str, object], better: Sequence[str], worse: Sequence[str]
) -> None:
    up, down = changed(pair([BLANK], [replace(BLANK, **after)]).pairs)
    assert ([p.after.id for p in up], [p.after.id for p in down]) == (better, worse)


def test_the_greatest_changes_come_first() -> None:
    up, down = changed(pair(run_of(0, 0, 1, 1), run_of(0.2, 1, 0.5, 0)).pairs)
    assert [p.after.id for p in up] == ["q-1", "q-0"]
    assert [p.after.id for p in down] == ["q-3", "q-2"]
