"""What the page of measures says of a run: its tables, its charts, its questions to look into."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from outcomes import old, outcome, refused, unanswerable

from assistant.answer import Status
from eval.analysis.changes import change_of
from eval.analysis.conditions import CONDITIONS
from eval.analysis.decisions import decisions, reliability
from eval.analysis.failures import Failure, failed
from eval.analysis.measures import Estimate, Grouping, by_group, estimates
from eval.analysis.reach import reach_of
from eval.analysis.times import times_of
from eval.compare import Pair
from eval.meaning import METRICS, TYPES
from eval.questions import load_questions, own_questions
from eval.running import Progress, Stage
from ui.evaluation import board_labels, charts, comparison_labels, labels, layout
from ui.evaluation.places import View, link_to
from ui.evaluation.views import TableView
from vectorstore.index import Index

FOUR = [outcome(1), outcome(2, recall=0.5, key_facts=0.5), refused(3), unanswerable(4)]
STATED = outcome(
    evidence=("fiche-4c/participation/1",), passages=("fiche-4c/participation/1", "gone/1"), key_facts=0.5,
    unstated=("l'État",), earlier=("Bonjour.",),
)  # fmt: skip


def texts(table: TableView) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def said(view: object) -> dict[str, list[str]]:
    return {term.name: [cell.text for cell in term.said] for term in view.terms}


def drawn(chart: alt.LayerChart) -> list[dict[str, Any]]:
    """The values of the first layer of a chart."""
    with alt.data_transformers.enable(consolidate_datasets=False):
        written = chart.to_dict()
    return (written.get("data") or written["layer"][0]["data"])["values"]


# --- words ------------------------------------------------------------------------------------------------------------


def test_everything_that_is_counted_has_a_french_name() -> None:
    assert board_labels.WAYS.keys() == set(Failure)
    assert labels.STATUSES.keys() == set(Status)
    assert board_labels.GROUPINGS.keys() == set(Grouping)
    assert comparison_labels.CONDITIONS.keys() == set(CONDITIONS)
    assert labels.VIEWS.keys() == set(View)
    assert {q.type for q in load_questions(own_questions())} <= TYPES.keys()


def test_every_figure_is_in_one_family() -> None:
    keys = [key for _, family in board_labels.FAMILIES for key in family]
    assert sorted(keys) == sorted(estimates(FOUR))


@pytest.mark.parametrize(("value", "words"), [(0.44, "0,4 ms"), (42.3, "42 ms"), (999.0, "999 ms"), (1300.0, "1,3 s")])
def test_a_time_is_written_as_french_does(value: float, words: str) -> None:
    assert labels.ms(value) == words


@pytest.mark.parametrize(("value", "words"), [(0.0504, "+0,050"), (-0.5, "−0,500"), (0.0001, "0,000")])
def test_a_difference_has_its_sign_unless_it_rounds_to_nothing(value: float, words: str) -> None:
    assert labels.signed(value) == words


def test_an_interval_from_too_few_questions_is_not_shown() -> None:
    few, enough = Estimate(9, 0.5, 0.2, 0.8), Estimate(10, 0.5, 0.2, 0.8)
    assert (labels.interval_of(few), labels.with_interval(few)) == ("trop peu de questions", "0,50")
    assert (labels.interval_of(enough), labels.with_interval(enough)) == ("de 0,20 à 0,80", "0,50 (de 0,20 à 0,80)")


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("a.jsonl", Stage.RUNNING, 0, 6, 0.0), "a.jsonl : 0 question sur 6."),
        (Progress("a.jsonl", Stage.RUNNING, 2, 6, 20.0), "a.jsonl : 2 questions sur 6 ; encore 40 s environ."),
        (
            Progress("a.jsonl", Stage.RUNNING, 2, 600, 2.0, broken=1),
            "a.jsonl : 2 questions sur 600 ; encore 10 min environ ; 1 en échec.",
        ),
    ],
)
def test_the_progress_says_how_far_and_how_long_still(progress: Progress, words: str) -> None:
    assert labels.how_far(progress) == words


def test_what_is_said_aloud_of_the_progress_changes_ten_times_only() -> None:
    heard = {labels.how_far_aloud(Progress("a", Stage.RUNNING, n, 200, 1.0)) for n in range(200)}
    assert len(heard) == 10


def test_each_end_of_a_run_is_told() -> None:
    progress = Progress("a.jsonl", Stage.DONE, 6, 6, 12.0, broken=1)
    assert labels.ended(progress) == "La mesure est finie : 6 questions en 12 s ; 1 question en échec, comptées zéro."
    assert "n'est pas gardé" in labels.ended(replace(progress, stage=Stage.CANCELLED))
    assert labels.ended(replace(progress, stage=Stage.FAILED, message="Pas de place.")).endswith(": Pas de place.")


def test_a_date_and_a_commit_are_read_in_french() -> None:
    assert labels.moment(datetime(2026, 11, 4, 9, 5, tzinfo=UTC)) == "04/11/2026 09:05"
    assert labels.set_name(Path("a.jsonl"), own_questions(), Path("b.jsonl")) == "a.jsonl"
    assert labels.set_name(own_questions(), own_questions(), Path("b.jsonl")) == labels.OWN_SET


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_figure_is_shown_with_its_interval_and_its_questions() -> None:
    table = layout.figures_table({"Rappel": Estimate(20, 0.5, 0.25, 0.75)}, "Recherche", "Chiffre")
    assert texts(table) == [["Rappel", "0,50", "de 0,25 à 0,75", "20"]]


def test_every_figure_is_explained_by_its_formula() -> None:
    notes = layout.meanings(list(METRICS))
    assert len(notes.terms) == len(METRICS)
    assert all(any(cell.text.startswith("Calcul : ") for cell in term.said) for term in notes.terms)
    assert layout.meanings(["brier"]).terms[0].name == "Score de Brier (plus bas est mieux)"


def test_the_ranks_count_every_answerable_question_once() -> None:
    ranks = layout.rank_shares([outcome(ranks=(1,)), outcome(ranks=(None, 3)), refused(ranks=(None,)), unanswerable()])
    assert [(name, count) for name, count, _ in ranks if count] == [
        ("rang 1", 1),
        ("rangs 2 à 3", 1),
        ("aucun passage", 1),
    ]
    assert {total for _, _, total in ranks} == {3}


def test_the_groups_have_every_figure_and_a_dash_where_there_is_none() -> None:
    table = layout.groups_table(by_group(Grouping.TYPE, FOUR), Grouping.TYPE)
    fact, nowhere = texts(table)
    assert fact[:3] == ["fait", "3", "0,83"]
    assert nowhere[:3] == ["sans réponse dans le rapport", "1", "–"]
    assert len(fact) == len(nowhere) == len(table.heads)


def test_the_matrix_says_counts_and_shares_and_counts_every_question() -> None:
    broken = refused(5, status=None, error="x")
    answerable, others = texts(layout.confusion_table([*FOUR, broken]))
    assert answerable == ["a une réponse dans le rapport", "2 (50 %)", "1 (25 %)", "0 (0 %)", "1"]
    assert others == ["n'en a pas", "0 (0 %)", "1 (100 %)", "0 (0 %)", "0"]


def test_every_place_of_the_report_is_in_the_table_and_leads_there(index: Index) -> None:
    reach = reach_of(FOUR, index)
    table = layout.reach_table(reach)
    assert len(table.rows) == len(reach.places) == 40
    row = next(row for row in table.rows if row[0].text.startswith("Fiche 4b"))
    assert row[0].link is not None
    assert row[0].link.page == "lire"
    assert row[2].text == "3"


# --- questions --------------------------------------------------------------------------------------------------------


def test_a_question_that_went_wrong_says_all_that_explains_it(index: Index) -> None:
    (wrong,) = failed([STATED])
    view = layout.question_view(wrong, index)
    assert view.tags == ("fait clé manquant", "fait")
    assert said(view) == {
        "Dit auparavant": ["Bonjour."],
        "Réponse attendue": ["La région."],
        "Ce qui s'est passé": ["Répondue (chance annoncée : 0,90)"],
        "Faits clés dits": ["la région"],
        "Faits clés non dits": ["l'État"],
        "Rangs des preuves": ["2"],
        "Où sont les preuves": [view.terms[6].said[0].text],
        "Premiers passages trouvés": [view.terms[6].said[0].text, "gone/1"],
    }
    assert re.match("Fiche 4c : .* › Participation des personnes", view.terms[6].said[0].text)


def test_a_question_leads_to_the_chat_where_it_is_asked(index: Index) -> None:
    (wrong,) = failed([STATED])
    (ask,) = layout.question_view(wrong, index).links
    assert ask.link is not None
    assert (ask.link.page, ask.link.query) == ("discuter", {"question": "Qui finance FLORA ?"})


def test_a_question_of_format_1_says_what_is_known(index: Index) -> None:
    (wrong,) = failed([old(refused())])
    assert said(layout.question_view(wrong, index)) == {
        "Réponse attendue": ["–"],
        "Ce qui s'est passé": ["« Le rapport n'en parle pas »"],
        "Rangs des preuves": ["2"],
        "Premiers passages trouvés": [layout.passage_cell(i, index).text for i in refused().passages],
    }


def test_the_questions_are_narrowed_by_way_type_and_persona() -> None:
    failures = failed([refused(1), refused(2, recall=0.0), refused(3, type="list"), refused(4, persona="evaluator")])
    chosen = layout.chosen_failures(failures, Failure.FALSE_REFUSAL, "fact", "trainer")
    assert [f.outcome.id for f in chosen] == ["q-1", "q-2"]
    assert len(layout.chosen_failures(failures, Failure.NOT_RETRIEVED, None, None)) == 1


def test_a_change_says_what_moved_and_nothing_else(index: Index) -> None:
    before = outcome(passages=("fiche-4c/participation/1",), ranks=(3,), reciprocal_rank=1 / 3)
    after = outcome(passages=("gone/1",), ranks=(None,), reciprocal_rank=0.0)
    view = layout.change_view(change_of(Pair(before, after)), index)
    assert said(view) == {
        "Chiffres": ["Rang réciproque moyen (MRR) : 0,33 → 0,00"],
        "Rangs des preuves": ["3 → absente"],
        "Passages entrés dans les 20 premiers": ["gone/1"],
        "Passages sortis des 20 premiers": [layout.passage_cell("fiche-4c/participation/1", index).text],
    }


# --- charts -----------------------------------------------------------------------------------------------------------


def test_the_bars_have_the_values_and_the_intervals_of_their_figures() -> None:
    bars = layout.bars({"Rappel": Estimate(20, 0.5, 0.25, 0.75), "Faits": Estimate(3, 1.0, 1.0, 1.0)})
    rows = drawn(charts.bar_chart(bars, top=1.0))
    assert [(row["value"], row["low"], row["high"]) for row in rows] == [(0.5, 0.25, 0.75), (1.0, None, None)]
    assert rows[0]["label"] == "Rappel : 0,50 (de 0,25 à 0,75)"
    assert rows[0]["bottom"] < rows[1]["top"]


def test_every_chart_is_one_that_vega_lite_knows(index: Index) -> None:
    times = times_of(FOUR)
    groups = reliability(decisions(FOUR))
    assert times is not None
    bins = [(b.low, b.high, b.count) for b in times.bins]
    assert charts.reliability_chart([(g.chance, g.answerable, g.count) for g in groups], "x", "y").to_dict()
    assert charts.times_chart(bins, times.all.median, times.all.p95, "x", "y").to_dict()
    assert charts.bar_chart(layout.step_bars(times)).to_dict()
    assert charts.strip_chart({"Citée": [0, 2]}, ["3", "3"], {"Citée": ["a", "b"]}).to_dict()


def test_each_figure_of_a_trend_has_a_line_of_its_own_without_the_runs_that_lack_it() -> None:
    lanes = [charts.Lane("Rappel", (0.5, 1.0), ("0,50", "1,00")), charts.Lane("Brier", (None, 0.1), ("", "0,10"))]
    rows = drawn(charts.trend_chart(lanes, ["hier", "aujourd'hui"], ["a1b2c3d", "e4f5a6b"]))
    assert [(row["lane"], row["run"]) for row in rows] == [("Rappel", 0), ("Rappel", 1), ("Brier", 1)]
    assert rows[0]["said"] == "Rappel : 0,50 (a1b2c3d)"
    assert rows[1]["y"] < rows[0]["y"]  # pixels from the top


def test_the_default_view_has_the_plain_address() -> None:
    assert link_to(View.RUNS).address == "evaluation"
    assert link_to(View.COMPARE, avant="a").address == "evaluation?volet=comparer&avant=a"
