"""What is said of a trial, checked against figures computed by hand."""

from __future__ import annotations

from dataclasses import replace
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import made, plan, questions, trial_of, vote

from assistant.chain import Assistant
from eval.metrics import key_fact_recall
from eval.trials.result import Counts, measured, preference, preferred, result_of
from eval.trials.trial import Choice, Configuration, Trial

FIRST, SECOND, BOTH, NEITHER, NONE = Choice
Z = 1.959963984540054
"""The quantile of the normal law that leaves 2.5 % above it."""


@pytest.fixture(scope="module")
def trial(assistant: Assistant) -> Trial:
    return trial_of(assistant, pairs=6)


def sign_test(first: int, decided: int) -> float:
    """The two-sided exact binomial test at one half, by its definition."""
    odds = [comb(decided, k) / 2**decided for k in range(decided + 1)]
    return sum(p for p in odds if p <= odds[first] * (1 + 1e-9))


def wilson(first: int, decided: int) -> tuple[float, float]:
    """Wilson's interval, by its formula."""
    share = first / decided
    middle = share + Z**2 / (2 * decided)
    half = Z * sqrt(share * (1 - share) / decided + Z**2 / (4 * decided**2))
    return (middle - half) / (1 + Z**2 / decided), (middle + half) / (1 + Z**2 / decided)


def test_nine_pairs_against_one_beat_chance() -> None:
    found = preference(9, 1)
    assert found is not None
    assert (found.first, found.decided, found.share) == (9, 10, 0.9)
    assert found.chance == pytest.approx(2 * (1 + 10) / 1024)
    assert (found.low, found.high) == pytest.approx((0.59585, 0.98212), abs=1e-5)


@given(st.integers(0, 40), st.integers(0, 40))
def test_interval_and_test_are_those_of_their_formulas(first: int, second: int) -> None:
    found = preference(first, second)
    assert (found is None) == (first + second == 0)
    if found is not None:
        assert found.chance == pytest.approx(sign_test(first, first + second))
        low, high = wilson(first, first + second)
        assert (found.low, found.high) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((FIRST,), FIRST),
        ((FIRST, SECOND, SECOND), SECOND),
        ((FIRST, SECOND), BOTH),
        ((FIRST, NEITHER, NEITHER), FIRST),
        ((BOTH, NEITHER), BOTH),
        ((NEITHER, NONE), NEITHER),
        ((NONE,), NONE),
        ((), NONE),
    ],
)
def test_a_pair_has_the_preference_of_most_raters_who_chose_a_side(given: tuple[Choice, ...], expected: Choice) -> None:
    assert preferred(given) is expected


def test_a_pair_counts_once_however_many_raters_it_has(trial: Trial) -> None:
    anne = [vote(p, c) for p, c in enumerate((FIRST, FIRST, SECOND, BOTH, NEITHER), 1)]
    luc = [vote(p, c, "Luc") for p, c in enumerate((FIRST, BOTH, SECOND, BOTH), 1)]
    result = result_of(trial, [*anne, *luc])
    assert result.pairs == Counts(first=2, second=1, both=1, neither=1, none=1)
    assert result.by_rater == {"Anne": Counts(2, 1, 1, 1, 0), "Luc": Counts(1, 1, 2, 0, 0)}
    assert result.preference == preference(2, 1)


def test_the_agreement_of_two_raters_is_that_computed_by_hand(trial: Trial) -> None:
    anne = [vote(p, c) for p, c in enumerate((FIRST, FIRST, SECOND, BOTH, NONE), 1)]
    luc = [vote(p, c, "Luc") for p, c in enumerate((FIRST, BOTH, SECOND, BOTH, FIRST), 1)]
    (together,) = result_of(trial, [*anne, *luc]).together
    # Of four pairs, three alike; by chance (2·1 + 1·1 + 1·2) / 16.
    assert (together.agreement.units, together.agreement.observed) == (4, 0.75)
    assert together.agreement.kappa == pytest.approx((0.75 - 5 / 16) / (1 - 5 / 16))


def test_one_name_written_in_two_ways_is_one_rater(trial: Trial) -> None:
    result = result_of(trial, [vote(1, FIRST, "Anne"), vote(2, SECOND, "ANNE")])
    assert result.by_rater == {"Anne": Counts(1, 1, 0, 0, 0)}
    assert result.together == ()


def test_identical_pairs_are_counted_apart(trial: Trial) -> None:
    same = replace(trial.pairs[0], second=trial.pairs[0].first)
    result = result_of(replace(trial, pairs=(same, *trial.pairs[1:])), [vote(1, FIRST), vote(2, FIRST)])
    assert (result.alike, result.pairs.first, result.pairs.none) == (1, 1, 4)


def test_answers_that_a_language_model_should_have_written_are_counted(trial: Trial) -> None:
    with_model = replace(trial, first=Configuration("Modèle", llm="openai:m"))
    assert result_of(with_model, []).unwritten == (6, 0)


def test_the_figures_are_those_of_the_judged_questions(assistant: Assistant) -> None:
    trial = made(assistant, plan(questions(5)))
    found = measured(trial, assistant.index)
    assert found is not None
    assert (found.first.count, found.second.count) == (5, 5)
    judged = trial.sample.judged or {}
    asked = [(judged[p.position], p.first.answer) for p in trial.pairs if judged[p.position].answerable]
    recalls = [key_fact_recall(q.key_facts, a.text if a.sentences else "") for q, a in asked]
    assert found.first.key_facts == pytest.approx(sum(recalls) / len(recalls))


def test_questions_that_nobody_judged_have_no_figures(assistant: Assistant, trial: Trial) -> None:
    assert measured(trial, assistant.index) is None
