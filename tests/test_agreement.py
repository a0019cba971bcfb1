"""What two raters agree on, against scikit-learn and by hand."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import rating
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from eval.review.agreement import agreement_of, cohen_kappa, compare_raters, pairs_of
from eval.review.marks import WHOLE, ErrorKind, Mark
from eval.review.scores import kinds_of, mean_of, means_by, scored

LABELS = st.sampled_from((100, 80, 0))
PAIRS = st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=60)
GOOD = Mark(1, 100, 25)


def reference(first: list[int], second: list[int]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where kappa cannot be said, and gives not a number
        return float(cohen_kappa_score(first, second))


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    ours = cohen_kappa(first, second)
    assert (math.nan if ours is None else ours) == pytest.approx(reference(first, second), nan_ok=True)


def test_kappa_by_hand() -> None:
    # 50 units: 20 both yes, 15 both no, 5 and 10 apart. p_o = 0.7, p_e = 0.5 × 0.6 + 0.5 × 0.4 = 0.5, kappa = 0.4.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)


def test_kappa_says_nothing_where_both_give_one_mark_throughout() -> None:
    assert cohen_kappa([100] * 5, [100] * 5) is None


def test_the_interval_draws_whole_answers_as_scipy_does() -> None:
    generator = np.random.default_rng(1)
    first = generator.integers(0, 3, size=(80, 4))
    second = np.where(generator.random((80, 4)) < 0.7, first, generator.integers(0, 3, size=(80, 4)))
    ours = agreement_of([list(zip(a, b, strict=True)) for a, b in zip(first.tolist(), second.tolist(), strict=True)])

    def kappa(at: np.ndarray) -> float:
        return float(cohen_kappa_score(first[at].ravel(), second[at].ravel()))

    theirs = stats.bootstrap(
        (np.arange(80),), kappa, vectorized=False, method="percentile", n_resamples=1500, rng=generator
    ).confidence_interval
    assert (ours.kappa_low, ours.kappa_high) == pytest.approx((theirs.low, theirs.high), abs=0.02)
    assert ours.kappa_low < ours.kappa < ours.kappa_high
    assert (ours.units, ours.answers, ours.few) == (320, 80, False)


def test_equal_reviews_agree_fully_and_differ_nowhere() -> None:
    marks = (Mark(1, 100, 25), Mark(2, 0, 0, (ErrorKind.WRONG_FIGURE,), "12, pas 21."))
    compared = compare_raters([rating("a", "Anne", marks, 2), rating("a", "Luc", marks, 2)], "Anne", "Luc")
    assert (compared.sentences.observed, compared.sentences.kappa, compared.disagreements) == (1.0, 1.0, ())
    assert (compared.answers, compared.refusals) == (1, 0)


def test_each_kind_of_error_has_its_own_agreement() -> None:
    wrong = Mark(1, 0, 25, (ErrorKind.WRONG_FIGURE,), "12, pas 21.")
    ratings = [
        *(rating(item, "Anne", (wrong,), 1) for item in "abc"),
        *(rating(item, "Anne", (GOOD,), 1) for item in "de"),
        *(rating(item, "Luc", (wrong,), 1) for item in "ab"),
        *(rating(item, "Luc", (GOOD,), 1) for item in "cde"),
    ]
    kinds = {kind.kind: kind for kind in compare_raters(ratings, "Anne", "Luc").kinds}
    figure = kinds[ErrorKind.WRONG_FIGURE]
    assert (figure.both, figure.first, figure.second, figure.neither) == (2, 1, 0, 2)
    # 2 × 2 / (2 × 2 + 1 + 0)
    assert figure.positive == pytest.approx(0.8)
    assert figure.agreement.observed == pytest.approx(0.8)
    assert kinds[ErrorKind.WRONG_PLACE].positive is None
    assert kinds[ErrorKind.SHOULD_HAVE_ANSWERED].agreement.units == 0


def test_the_places_where_raters_differ_are_listed_with_both_marks() -> None:
    other = Mark(1, 80, 25, (), "Un peu large.")
    ratings = [
        rating("a", "Anne", (GOOD,), 1),
        rating("a", "Luc", (other,), 1),
        rating("b", "Anne", (Mark(WHOLE, 100),), 0),
        rating("b", "Luc", (Mark(WHOLE, 0, None, (ErrorKind.SHOULD_HAVE_ANSWERED,), "Fiche 1c."),), 0),
        rating("b", "Zoé", (Mark(WHOLE, 100),), 0, adjudication=True),
    ]
    found = compare_raters(ratings, "Anne", "Luc")
    assert [(d.item, d.position, d.settled) for d in found.disagreements] == [("a", 1, False), ("b", WHOLE, True)]
    assert (found.disagreements[0].first, found.disagreements[0].second) == (GOOD, other)
    assert found.refusals == 1


def test_only_answers_that_both_finished_are_compared() -> None:
    ratings = [rating("a", "Anne", (GOOD,), 1), rating("b", "Luc", (GOOD,), 1), rating("b", "Zoé", (GOOD,), 1)]
    assert pairs_of(ratings) == [("Luc", "Zoé", 1)]
    assert compare_raters(ratings, "Anne", "Luc").sentences == agreement_of([])


def test_what_was_decided_counts_in_place_of_the_raters() -> None:
    bad = Mark(1, 0, 0, (ErrorKind.WRONG_PLACE,), "Page 12.")
    twice = [rating("a", "Anne", (GOOD,), 1), rating("a", "Luc", (bad,), 1)]
    assert scored(twice)[0].score == pytest.approx(50.0)
    decided = scored([*twice, rating("a", "Zoé", (bad,), 1, adjudication=True)])[0]
    assert (decided.score, decided.kinds, decided.raters, decided.settled) == (0.0, (ErrorKind.WRONG_PLACE,), 2, True)


def test_the_mean_score_has_its_interval() -> None:
    answers = scored([rating(f"{n}", "Anne", (Mark(1, (100, 80, 0)[n % 3], 25, (), "R."),), 1) for n in range(30)])
    mean = mean_of(answers)
    assert mean.mean == pytest.approx(0.75 * 60 + 25)
    assert mean.low < mean.mean < mean.high
    theirs = stats.bootstrap(([a.score for a in answers],), np.mean, method="percentile", rng=0).confidence_interval
    assert (mean.low, mean.high) == pytest.approx((theirs.low, theirs.high), abs=1.0)
    assert means_by(lambda a: a.configuration, answers) == {"aaaaaa": mean}
    assert kinds_of(answers)[ErrorKind.WRONG_PLACE] == 0
    assert mean_of([]) is None
