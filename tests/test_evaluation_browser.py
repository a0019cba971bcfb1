"""The page of measures in a real Chromium: a run made, followed and cancelled; its figures; two runs side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, serving, settled, violations
from playwright.sync_api import Locator, Page, expect

from assistant.answer import Status
from assistant.chain import Assistant
from eval.questions import load_questions, own_questions
from eval.record import Commit, record, write_run
from eval.run import ask
from ingest.settings import Settings
from ui.evaluation import board_labels, comparison_labels, labels
from ui.evaluation.places import View
from vectorstore.index import Index

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SIX = [line for line in own_questions().read_text("utf-8").splitlines() if '"split": "held"' in line][:6]
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop, dark", "phone, light"]
)
NEWEST = "2026-11-20T13-00-00Z-held"
PARTS = list(board_labels.PARTS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, settings: Settings, index: Index) -> Path:
    """A data folder of its own over the shared index."""
    home = tmp_path_factory.mktemp("measured") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    return home


@pytest.fixture(scope="module")
def measured(home: Path, assistant: Assistant) -> Iterator[str]:
    """The address of a server with two runs of six questions; the second found less, and refused one of them."""
    asked = [q for q in load_questions(own_questions()) if q.split == "held"][::40]
    outcomes = [ask(question, assistant) for question in asked]
    first = record(outcomes, assistant.index, own_questions(), "held", NOON)
    worse = replace(
        outcomes[0], status=Status.SILENT, right_status=False, key_facts=0.0, stated=(), recall=0.0,
        passages=outcomes[0].passages[3:], ranks=(None,) * len(outcomes[0].ranks),
    )  # fmt: skip
    second = record([worse, *outcomes[1:]], assistant.index, own_questions(), "held", NOON + timedelta(hours=1))
    write_run(replace(first, commit=Commit("a1b2c3d", dirty=False)), None, home)
    write_run(replace(second, commit=Commit("e4f5a6b", dirty=True)), None, home)
    with serving(home) as address:
        yield address


@pytest.fixture
def alone(indexed: Path) -> Iterator[str]:
    """The address of a server of the test's own, without any run."""
    with serving(indexed) as address:
        yield address


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    settled(page)


def send(page: Page, content: bytes, name: str = "six.jsonl") -> None:
    choose(page, labels.SET, labels.SEND)
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_text(name).first.wait_for()
    settled(page)


def part(visit: Visit, address: str, name: str, *look: object) -> Page:
    page = visit(f"evaluation?mesure={NEWEST}&partie={name}", *look, address=address)
    page.get_by_role("heading", level=2).first.wait_for()
    settled(page)
    return page


# --- a run ------------------------------------------------------------------------------------------------------------


def test_a_file_of_questions_is_run_and_its_figures_are_shown(visit: Visit, alone: str) -> None:
    page = visit("evaluation", address=alone)
    expect(page.get_by_text(labels.NO_RUN)).to_be_visible()
    send(page, "\n".join(SIX).encode())
    button(page, labels.START).click()
    expect(page.get_by_text("La mesure est finie : 6 questions")).to_be_visible()
    page.get_by_role("link", name=labels.OPEN_RUN).click()
    page.wait_for_url("**/evaluation?mesure=*")
    expect(page.get_by_text("6 questions : six.jsonl, toutes.")).to_be_visible()
    expect(page.get_by_role("heading", name="Recherche")).to_be_visible()


def test_a_run_is_followed_in_every_window_survives_leaving_and_is_cancelled_without_a_trace(
    visit: Visit, alone: str
) -> None:
    page, other = visit("evaluation", address=alone), visit("evaluation", address=alone)
    button(page, labels.START).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text(re.compile(r"question.* sur 280 ; encore"))).to_be_visible()
    page.get_by_role("link", name="Aide").click()
    page.wait_for_url("**/aide")
    other.reload()
    button(other, labels.CANCEL).click()
    expect(other.get_by_text(labels.CANCELLED)).to_be_visible()
    expect(other.get_by_text(labels.NO_RUN)).to_be_visible()
    page.goto(f"{alone}/evaluation")
    expect(page.get_by_text(labels.CANCELLED)).to_be_visible()
    button(page, labels.DISMISS).click()
    expect(page.get_by_text(labels.CANCELLED)).to_have_count(0)


def test_a_second_window_is_shown_the_run_under_way_in_place_of_starting_another(visit: Visit, alone: str) -> None:
    page, other = visit("evaluation", address=alone), visit("evaluation", address=alone)
    button(page, labels.START).click()
    expect(button(page, labels.CANCEL)).to_be_visible()
    button(other, labels.START).click()
    expect(button(other, labels.CANCEL)).to_be_visible()
    button(page, labels.CANCEL).click()
    expect(page.get_by_text(labels.CANCELLED)).to_be_visible()
    expect(other.get_by_text(labels.CANCELLED)).to_be_visible()


def test_a_damaged_file_is_told_with_its_line(visit: Visit, alone: str) -> None:
    page = visit("evaluation", address=alone)
    send(page, b"\n".join([SIX[0].encode(), b"{}"]))
    expect(page.get_by_role("alert")).to_contain_text("ligne 2")
    button(page, labels.START).click()
    expect(page.get_by_text(labels.CHOOSE_FILE)).to_be_visible()


# --- its figures ------------------------------------------------------------------------------------------------------


def test_the_runs_are_listed_newest_first_and_lead_to_their_figures(visit: Visit, measured: str) -> None:
    page = visit("evaluation", address=measured)
    rows = page.get_by_role("table", name=labels.RUNS).get_by_role("row")
    expect(rows.nth(1)).to_contain_text("e4f5a6b, modifié")
    expect(rows.nth(2)).to_contain_text("a1b2c3d")
    rows.nth(1).get_by_role("link").click()
    page.wait_for_url(f"**/evaluation?mesure={NEWEST}")
    expect(page.get_by_role("heading", name="Mesure du 20/11/2026")).to_be_visible()


@pytest.mark.parametrize("name", PARTS)
@LOOKS
def test_no_part_of_a_run_has_a_serious_fault_of_accessibility_or_is_wider_than_the_window(
    visit: Visit, measured: str, name: str, size: tuple[int, int], scheme: str
) -> None:
    page = part(visit, measured, name, size, scheme)
    for summary in page.locator(".blocks > details > summary").all():
        summary.click()
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("view", ["evaluation", "evaluation?volet=comparer"])
@LOOKS
def test_neither_the_runs_nor_their_comparison_have_a_serious_fault_or_are_wider_than_the_window(
    visit: Visit, measured: str, view: str, size: tuple[int, int], scheme: str
) -> None:
    page = visit(view, size, scheme, address=measured)
    page.locator(".blocks").first.wait_for()
    settled(page)
    for summary in page.locator(".blocks > details > summary").all():
        summary.click()
    assert (violations(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("name", PARTS)
def test_the_headings_of_a_run_follow_each_other_without_a_gap(visit: Visit, measured: str, name: str) -> None:
    page = part(visit, measured, name)
    levels = [int(tag[1]) for tag in page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(one => one.tagName)")]
    assert levels[:2] == [1, 2]
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_a_figure_says_its_formula(visit: Visit, measured: str) -> None:
    page = part(visit, measured, "ensemble")
    page.get_by_text(labels.MEANING).first.click()
    expect(page.get_by_text("Calcul : Pour chaque question qui a une réponse").first).to_be_visible()


def test_the_parts_of_a_run_are_reached_by_keyboard(visit: Visit, measured: str) -> None:
    page = part(visit, measured, "ensemble")
    page.get_by_role("link", name=board_labels.PARTS["refus"]).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**partie=refus")
    expect(page.get_by_role("heading", name=board_labels.CONFUSION)).to_be_visible()
    expect(page.get_by_role("link", name=board_labels.PARTS["refus"])).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("table", name=board_labels.CONFUSION)).to_be_visible()


def test_a_question_that_went_wrong_opens_on_what_explains_it(visit: Visit, measured: str) -> None:
    page = part(visit, measured, "questions")
    choose(page, board_labels.WAY, board_labels.WAYS["false_refusal"])
    question = page.locator(".question").first
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question.get_by_text(board_labels.EXPECTED)).to_be_visible()
    expect(question.get_by_text("« Le rapport n'en parle pas »")).to_be_visible()
    expect(question.get_by_role("link", name=labels.ASK)).to_have_attribute("href", re.compile(r"^\./\?question="))


def test_the_figures_are_shown_by_the_group_that_is_chosen(visit: Visit, measured: str) -> None:
    page = part(visit, measured, "groupes")
    choose(page, board_labels.GROUPING, board_labels.GROUPINGS["part"])
    choose(page, board_labels.SHOWN_FIGURE, labels.name_of("mrr"))
    expect(page.get_by_role("heading", name="Rang réciproque moyen (MRR) par partie du rapport")).to_be_visible()


def test_a_run_that_is_gone_is_told_calmly(visit: Visit, measured: str) -> None:
    page = visit("evaluation?mesure=2020-01-01T00-00-00Z-all", address=measured)
    expect(page.get_by_role("alert")).to_contain_text(board_labels.GONE_RUN)
    expect(page.get_by_role("table", name=labels.RUNS)).to_be_visible()


def test_a_run_is_deleted_once_that_is_confirmed(visit: Visit, measured: str, home: Path, assistant: Assistant) -> None:
    outcomes = [ask(load_questions(own_questions())[0], assistant)]
    written = write_run(record(outcomes, assistant.index, own_questions(), "fit", NOON), None, home)
    page = visit(f"evaluation?mesure={written.stem}", address=measured)
    button(page, board_labels.DELETE).click()
    button(page, board_labels.KEEP).click()
    assert written.exists()
    button(page, board_labels.DELETE).click()
    page.get_by_role("dialog").get_by_role("button", name=board_labels.DELETE_YES, exact=True).click()
    page.get_by_role("table", name=labels.RUNS).wait_for()
    assert not written.exists()


# --- several runs -----------------------------------------------------------------------------------------------------


def test_the_trend_has_a_line_for_each_figure_and_a_point_for_each_run(visit: Visit, measured: str) -> None:
    page = visit("evaluation", address=measured)
    expect(page.get_by_role("heading", name=labels.TREND)).to_be_visible()
    page.get_by_text(labels.TABLE).click()
    table = page.get_by_role("table", name=labels.TREND)
    expect(table.get_by_role("rowheader")).to_have_count(2)
    expect(table).to_contain_text("a1b2c3d")
    points = page.get_by_test_id("stVegaLiteChart").locator(".mark-symbol path")
    expect(points).to_have_count(2 * (table.get_by_role("columnheader").count() - 2))


def test_two_runs_stand_side_by_side_with_the_questions_that_changed_and_why(visit: Visit, measured: str) -> None:
    page = visit(f"evaluation?mesure={NEWEST}", address=measured)
    page.get_by_role("link", name=labels.COMPARE).click()
    page.wait_for_url("**volet=comparer**")
    expect(page.get_by_role("table", name=comparison_labels.APART)).to_contain_text("e4f5a6b+")
    recall = page.get_by_role("table", name=comparison_labels.DIFFERENCES).get_by_role("row").nth(1)
    expect(recall).to_contain_text("−")
    expect(page.get_by_role("heading", name=f"{comparison_labels.BETTER} : 0")).to_be_visible()
    expect(page.get_by_role("heading", name=f"{comparison_labels.WORSE} : 1")).to_be_visible()
    worse = page.locator(".question")
    worse.locator("summary").click()
    expect(worse.get_by_text("Répondue → « Le rapport n'en parle pas »")).to_be_visible()
    expect(worse.get_by_text(comparison_labels.LEFT)).to_be_visible()
    expect(worse.get_by_text("→ absente")).to_be_visible()


def test_the_same_run_twice_is_not_compared(visit: Visit, measured: str) -> None:
    page = visit(f"evaluation?volet=comparer&avant={NEWEST}&apres={NEWEST}", address=measured)
    expect(page.get_by_text(comparison_labels.SAME_RUN)).to_be_visible()


@pytest.mark.parametrize("view", list(View))
def test_every_view_is_reached_by_its_link(visit: Visit, measured: str, view: View) -> None:
    page = visit("evaluation", address=measured)
    page.get_by_role("link", name=labels.VIEWS[view], exact=True).click()
    expect(page.get_by_role("link", name=labels.VIEWS[view], exact=True)).to_have_attribute("aria-current", "page")
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
