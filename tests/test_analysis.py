"""What is said of a run: its figures against hand-computed examples, scikit-learn and scipy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from outcomes import old, outcome, refused, unanswerable
from scipy.stats import bootstrap
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, confusion_matrix

from assistant.answer import Status
from eval.analysis.changes import change_of, differences
from eval.analysis.conditions import CONDITIONS, alike, apart, conditions
from eval.analysis.decisions import Decision, brier, confusion, decisions, reliability
from eval.analysis.failures import Failure, counts, failed, ways_of
from eval.analysis.measures import MEASURES, Grouping, by_group, estimate, estimates, groupings
from eval.analysis.reach import reach_of
from eval.analysis.times import times_of
from eval.analysis.trend import trend
from eval.compare import Pair, interval, pair
from eval.evidence import fiches_of, holders, parts_of
from eval.meaning import METRICS
from eval.questions import own_questions
from eval.record import Commit, Run, record
from eval.run import figures
from vectorstore.index import Index

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BROKEN = refused(9, status=None, error="ZeroDivisionError: 1/0", chance=None, recall=0.0, ranks=(None,))
FOUR = [outcome(1), outcome(2, recall=0.5, key_facts=0.5), refused(3), unanswerable(4)]
DECIDED = st.lists(
    st.builds(Decision, st.floats(0, 1), st.booleans(), st.sampled_from(list(Status))), min_size=1, max_size=60
)


@pytest.fixture
def run(index: Index) -> Run:
    return record(FOUR, index, own_questions(), "held", NOON)


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "count", "value"),
    [
        ("recall", 3, (1 + 0.5 + 1) / 3),
        ("mrr", 3, 0.5),
        ("key_facts", 3, (1 + 0.5 + 0) / 3),
        ("right_status", 4, 3 / 4),
        ("false_refusals", 3, 1 / 3),
        ("false_answers", 1, 0),
        ("citation_precision", 2, 1),
        ("citation_recall", 2, 1),
        ("brier", 4, (0.1**2 + 0.1**2 + 0.8**2 + 0.2**2) / 4),
    ],
)
def test_each_figure_is_the_mean_over_the_questions_that_it_is_of(key: str, count: int, value: float) -> None:
    found = estimate(key, FOUR)
    assert found is not None
    assert (found.count, found.value) == (count, pytest.approx(value))


def test_every_figure_says_what_it_means() -> None:
    assert MEASURES.keys() <= METRICS.keys()


def test_the_figures_of_a_file_are_those_of_the_page() -> None:
    found, kept = estimates(FOUR), figures(FOUR)
    assert {key: getattr(kept, key) for key in found if key != "brier"} == {
        key: pytest.approx(e.value) for key, e in found.items() if key != "brier"
    }


def test_the_interval_of_a_figure_is_that_of_the_bootstrap_of_scipy() -> None:
    recalls = np.random.default_rng(2).choice([0, 0.5, 1], size=80)
    found = estimate("recall", [outcome(n, recall=float(r)) for n, r in enumerate(recalls)])
    expected = bootstrap((recalls,), np.mean, method="percentile", n_resamples=10_000, rng=5).confidence_interval
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.01)


def test_an_interval_over_a_few_questions_is_said_to_mean_nothing() -> None:
    assert [e.few for n in (9, 10) if (e := estimate("recall", [outcome()] * n))] == [True, False]


def test_a_question_that_broke_counts_against_every_figure_of_the_answerable() -> None:
    found = {key: e.value for key in ("recall", "key_facts", "false_refusals") if (e := estimate(key, [BROKEN]))}
    assert found == {"recall": 0, "key_facts": 0, "false_refusals": 1}


def test_a_run_of_format_1_has_the_figures_that_it_kept_and_no_others() -> None:
    assert list(estimates([old(o) for o in FOUR])) == [
        "recall", "mrr", "key_facts", "right_status", "false_refusals", "false_answers",
    ]  # fmt: skip


def test_a_question_of_two_fiches_counts_in_both_and_one_without_evidence_in_none() -> None:
    groups = by_group(Grouping.FICHE, [outcome(1, fiches=("1c", "4b")), outcome(2), unanswerable(3)])
    assert {name: [o.id for o in group] for name, group in groups.items()} == {"1c": ["q-1"], "4b": ["q-1", "q-2"]}


def test_questions_are_grouped_only_by_what_tells_them_apart() -> None:
    assert groupings(FOUR) == [Grouping.TYPE, Grouping.FICHE, Grouping.PART]
    assert groupings([unanswerable()]) == []


# --- where the evidence is --------------------------------------------------------------------------------------------


def test_evidence_is_found_by_its_words_in_the_passages_that_hold_it(index: Index) -> None:
    quote = index.by_id["fiche-4c/participation/1"].text.split("\n")[2]
    assert holders([[quote]], index) == ("fiche-4c/participation/1",)
    assert fiches_of(["fiche-4c/participation/1"], index) == ("4c",)
    assert parts_of(["fiche-4c/participation/1"], index) == ("Fiches pratiques",)


def test_most_of_a_quote_is_enough_where_no_passage_has_it_whole(index: Index) -> None:
    quote = index.by_id["fiche-4c/participation/1"].text.split("\n")[2]
    assert holders([[f"{quote} et bien d'autres encore"]], index) == ("fiche-4c/participation/1",)


def test_evidence_that_the_report_does_not_have_is_nowhere(index: Index) -> None:
    assert holders([["une phrase que le rapport n'a pas du tout"], [" "]], index) == ()


# --- decisions --------------------------------------------------------------------------------------------------------


@given(DECIDED)
def test_the_confusion_matrix_is_that_of_scikit_learn(decided: list[Decision]) -> None:
    ours = confusion(decided)
    answered = [d.status is Status.ANSWERED for d in decided]
    theirs = confusion_matrix([d.answerable for d in decided], answered, labels=[False, True])
    refusals = (Status.SILENT, Status.UNPROVABLE)
    for row, answerable in enumerate((False, True)):
        assert theirs[row].tolist() == [sum(ours[answerable, s] for s in refusals), ours[answerable, Status.ANSWERED]]


@given(DECIDED)
def test_the_brier_score_is_that_of_scikit_learn(decided: list[Decision]) -> None:
    theirs = brier_score_loss([d.answerable for d in decided], [d.chance for d in decided], labels=[False, True])
    assert brier(decided) == pytest.approx(theirs)


def test_the_reliability_plot_is_the_calibration_curve_of_scikit_learn() -> None:
    generator = np.random.default_rng(4)
    chances = generator.random(80)
    right = generator.random(80) < chances
    groups = reliability([Decision(c, bool(r), Status.ANSWERED) for c, r in zip(chances, right, strict=True)])
    shares, means = calibration_curve(right, chances, n_bins=8, strategy="quantile")
    assert [g.answerable for g in groups] == pytest.approx(shares)
    assert [g.chance for g in groups] == pytest.approx(means)


def test_fewer_questions_than_groups_make_a_group_each() -> None:
    groups = reliability(decisions([outcome(), refused()]))
    assert [(g.count, g.chance, g.answerable) for g in groups] == [(1, 0.2, 1), (1, 0.9, 1)]


def test_a_question_that_broke_is_in_no_cell_and_its_chance_is_not_counted() -> None:
    assert sum(confusion([BROKEN]).values()) == 0
    assert decisions([BROKEN]) == []


# --- times ------------------------------------------------------------------------------------------------------------


def test_the_times_are_the_percentiles_of_numpy_and_every_answer_is_in_a_bin_or_beyond() -> None:
    ms = [float(m) for m in range(1, 202)]
    times = times_of([outcome(n, ms=m) for n, m in enumerate(ms)])
    assert times is not None
    assert (times.all.median, times.all.p95) == (101, 191)
    assert (sum(b.count for b in times.bins), times.beyond) == (199, 2)
    assert times.bins[0].low == 0
    assert times.bins[-1].high == pytest.approx(np.percentile(ms, 99))


def test_the_steps_keep_the_order_of_the_road() -> None:
    times = times_of([outcome(), outcome(timings={"retrieve": 80.0, "judge": 20.0})])
    assert times is not None
    assert {step: spread.median for step, spread in times.steps.items()} == {"retrieve": 70, "judge": 30}


def test_only_questions_that_broke_have_no_times() -> None:
    assert times_of([BROKEN]) is None
    assert times_of([]) is None


def test_answers_that_all_took_the_same_time_have_times_too() -> None:
    times = times_of([outcome(ms=0.0)])
    assert times is not None
    assert sum(b.count for b in times.bins) == 1


# --- reach ------------------------------------------------------------------------------------------------------------


def test_the_reach_counts_questions_once_for_each_place(index: Index) -> None:
    places = {p.id.split("/")[0]: p.id for p in reversed(index.passages)}
    first, second = [p.id for p in index.passages if p.fiche == "1c"][:2]
    reach = reach_of(
        [
            outcome(1, evidence=(first, second), passages=(second,), cited=(first, second)),
            outcome(2, evidence=(first,), passages=(places["fiche-4b"],), cited=()),
        ],
        index,
    )
    counted = {r.place.fiche: r for r in reach.places if r.place.fiche}
    about = counted["1c"]
    assert (about.judged, about.found, about.cited, about.judged_passages) == (2, 1, 1, 2)
    assert (counted["4b"].judged, counted["4b"].found) == (0, 1)
    assert (reach.judged_passages, reach.passages) == (2, len(index.passages))
    assert len(reach.untested) == len(reach.places) - 1


def test_passages_that_the_index_no_longer_has_are_told_apart(index: Index) -> None:
    reach = reach_of([outcome(evidence=("gone/1",), passages=("gone/2",), cited=("gone/3",))], index)
    assert (reach.gone, sum(r.judged + r.found + r.cited for r in reach.places)) == (3, 0)


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "ways"),
    [
        (outcome(), ()),
        (unanswerable(), ()),
        (refused(), (Failure.FALSE_REFUSAL,)),
        (unanswerable(status=Status.ANSWERED, right_status=False), (Failure.FALSE_ANSWER,)),
        (outcome(recall=0.5, key_facts=0.0), (Failure.NOT_RETRIEVED, Failure.FACTS_MISSING)),
        (outcome(unfound=1), (Failure.UNFOUND,)),
        (BROKEN, (Failure.BROKEN,)),
    ],
)
def test_a_question_went_wrong_in_the_ways_that_it_did(found: object, ways: tuple[Failure, ...]) -> None:
    assert ways_of(found) == ways


def test_the_questions_that_went_wrong_are_counted_by_way() -> None:
    failures = failed([outcome(1), refused(2), refused(3, recall=0.0)])
    assert [f.outcome.id for f in failures] == ["q-2", "q-3"]
    assert (counts(failures)[Failure.FALSE_REFUSAL], counts(failures)[Failure.NOT_RETRIEVED]) == (2, 1)


# --- conditions and trend ---------------------------------------------------------------------------------------------


def test_a_run_tells_every_condition_and_equal_runs_differ_in_none(run: Run) -> None:
    assert tuple(conditions(run)) == CONDITIONS
    assert apart(run, run) == []


def test_what_differs_between_two_runs_is_told_with_both_values(run: Run) -> None:
    other = replace(run, version="0.0", commit=Commit("a1b2c3d", dirty=True), made_with=None)
    (version, commit, weights) = apart(run, other)
    assert (version.key, version.before, version.after) == ("version", run.version, "0.0")
    assert (commit.key, commit.after) == ("commit", "a1b2c3d+")
    assert (weights.key, weights.after) == ("answer_weights", "")


def test_a_trend_is_of_the_same_questions_oldest_first(run: Run) -> None:
    later = replace(run, date=NOON.replace(hour=15), outcomes=tuple(old(o) for o in FOUR))
    other = replace(run, settings=replace(run.settings, split="all"))
    assert alike([later, other, run], run) == [run, later]
    first, second = trend([later, other, run], later)
    assert first.values["recall"] == pytest.approx(2.5 / 3)
    assert ("brier" in first.values, "brier" in second.values) == (True, False)
    assert first.ms == 100


# --- two runs ---------------------------------------------------------------------------------------------------------


def test_the_differences_are_of_the_questions_of_which_both_runs_have_the_figure() -> None:
    before, after = FOUR, [outcome(1), outcome(2), outcome(3), unanswerable(4)]
    found = {d.figure: d for d in differences(pair(before, after).pairs)}
    assert list(found) == list(MEASURES)
    assert (found["recall"].count, found["recall"].difference) == (3, pytest.approx(0.5 / 3))
    assert found["citation_recall"].count == 2
    assert (found["recall"].low, found["recall"].high) == interval(np.array([0, 0.5, 0]))


def test_a_run_of_format_1_is_compared_by_the_figures_of_both() -> None:
    found = [d.figure for d in differences(pair([old(o) for o in FOUR], FOUR).pairs)]
    assert found == ["recall", "mrr", "key_facts", "right_status", "false_refusals", "false_answers"]


def test_a_change_says_what_moved() -> None:
    before = outcome(passages=("a", "b"), ranks=(3,), stated=("la région",), unstated=("l'État",))
    after = refused(passages=("b", "c"), ranks=(None,), stated=("l'État",), unstated=("la région",))
    change = change_of(Pair(before, after))
    assert (change.ranks, change.entered, change.left) == (((3, None),), ("c",), ("a",))
    assert change.status == (Status.ANSWERED, Status.SILENT)
    assert (change.gained, change.lost) == (("l'État",), ("la région",))


def test_what_did_not_move_is_not_told() -> None:
    change = change_of(Pair(outcome(), outcome()))
    assert (change.entered, change.left, change.status, change.gained, change.lost) == ((), (), None, (), ())


def test_only_the_first_passages_count_as_entered_or_left() -> None:
    before = outcome(passages=tuple("abcde"))
    assert change_of(Pair(before, outcome(passages=tuple("bacde"))), first=1).entered == ("b",)


def test_facts_that_a_run_of_format_1_did_not_keep_are_neither_gained_nor_lost() -> None:
    change = change_of(Pair(old(outcome()), outcome()))
    assert (change.gained, change.lost) == ((), ())


def test_ranks_of_evidence_judged_anew_are_not_paired() -> None:
    assert change_of(Pair(outcome(ranks=(1,)), outcome(ranks=(1, 2)))).ranks == ()
