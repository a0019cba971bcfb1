"""Blind trials and the language-model judge in a real Chromium."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, serving, settled, violations
from llm_server import Play, running
from reviews import item_of, mark_all
from test_judging import Judging
from trials import trial_of

from assistant.chain import Assistant
from assistant.database import Database
from eval.review.store import Reviews
from eval.trials.store import Trials
from eval.trials.trial import Choice, Trial
from ingest.settings import Settings
from ui.evaluation import judging_labels
from ui.trials import labels

pytestmark = IN_A_BROWSER

SIZES = pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
START = "evaluation?volet=essais"


@pytest.fixture(scope="module")
def home(settings: Settings, index: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the shared index and a database of its own."""
    home = tmp_path_factory.mktemp("trials") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    return home


@pytest.fixture(scope="module")
def bench(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def trials(home: Path) -> Iterator[Trials]:
    database = Database.open(Settings(home=home))
    yield Trials(database)
    database.close()


@pytest.fixture
def trial(assistant: Assistant, trials: Trials) -> Trial:
    """A trial of its own for each test."""
    made = replace(trial_of(assistant), id=uuid.uuid4().hex[:12], name="Mots contre tout")
    trials.add(made)
    return made


@pytest.fixture
def voting(visit: Callable, bench: str, trial: Trial) -> Callable:
    """The pairs of the trial before a rater."""

    def open_pairs(rater: str = "Anne", **look: object):
        page = visit(f"{START}&essai={trial.id}&relecteur={rater}", address=bench, **look)
        page.get_by_role("article").wait_for()
        settled(page)
        return page

    return open_pairs


def at_pair(page, number: int, total: int = 3) -> None:
    page.get_by_role("heading", name=labels.pair_heading(number, total)).wait_for()
    settled(page)


def press(page, *keys: str) -> None:
    """Press keys with the focus in the pair."""
    page.get_by_role("article").get_by_role("heading").first.focus()
    for key in keys:
        page.keyboard.press(key)


def radio(page, label: str):
    return page.get_by_role("radio", name=label)


def test_a_trial_is_made_compared_by_keyboard_and_its_result_is_read(visit, bench):
    page = visit(START, address=bench)
    page.get_by_role("spinbutton", name=labels.COUNT).fill("4")
    page.get_by_role("spinbutton", name=labels.COUNT).press("Enter")
    settled(page)
    page.get_by_role("button", name=labels.START).click()
    page.wait_for_url("**essai=*")
    page.get_by_role("textbox", name="Votre nom de relecture").fill("Rose")
    page.get_by_role("textbox", name="Votre nom de relecture").press("Enter")
    page.get_by_role("article").wait_for()
    total = int(page.get_by_role("heading", name="Paire 1 sur").inner_text().split()[-1])
    assert 0 < total <= 4
    for number in range(1, total + 1):
        at_pair(page, number, total)
        shown = page.get_by_test_id("stMainBlockContainer").inner_text()
        assert "Recherche complète" not in shown
        assert "Mots seuls" not in shown
        press(page, "1", "Enter")
    page.get_by_role("heading", name=labels.PREFERENCES).wait_for()
    settled(page)
    result = page.locator(".result").inner_text()
    assert "Recherche complète" in result
    assert "Mots seuls" in result
    assert labels.MEASURED in result
    with page.expect_download() as expected:
        page.get_by_role("button", name=labels.TAKE).click()
    content = Path(expected.value.path()).read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(content), delimiter=";"))) == total


def test_a_refresh_loses_neither_a_vote_nor_what_is_being_written(voting, trials, trial):
    page = voting()
    at_pair(page, 1)
    press(page, "2", "Enter")
    at_pair(page, 2)
    press(page, "4")
    page.get_by_role("textbox", name=labels.REASON).fill("Trop vague.")
    page.reload()
    at_pair(page, 2)
    assert radio(page, labels.CHOICES["neither"]).is_checked()
    assert page.get_by_role("textbox", name=labels.REASON).input_value() == "Trop vague."
    assert [vote.position for vote in trials.votes(trial.id)] == [1]


def test_neither_is_not_kept_without_a_reason(voting, trials, trial):
    page = voting()
    press(page, "4", "Enter")
    page.get_by_role("alert").filter(has_text=labels.WANTS_REASON).wait_for()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.tagName") == "TEXTAREA"
    page.keyboard.type("Aucune ne répond.")
    page.get_by_role("button", name=labels.SAVE).click()
    at_pair(page, 2)
    assert [(v.choice, v.reason) for v in trials.votes(trial.id)] == [(Choice.NEITHER, "Aucune ne répond.")]


def test_what_is_typed_in_the_reason_is_no_shortcut(voting):
    page = voting()
    press(page, "3")
    page.get_by_role("textbox", name=labels.REASON).press_sequentially("1 et 2")
    assert radio(page, labels.CHOICES["both"]).is_checked()
    assert page.get_by_role("textbox", name=labels.REASON).input_value() == "1 et 2"


def test_two_windows_of_a_rater_lose_no_vote_and_double_none(voting, trials, trial):
    here, there = voting(), voting()
    press(here, "3", "Enter")
    at_pair(here, 2)
    press(there, "5", "Enter")
    there.get_by_role("alert").filter(has_text="autre fenêtre").wait_for()
    assert radio(there, labels.CHOICES["both"]).is_checked()
    assert [(v.position, v.choice) for v in trials.votes(trial.id)] == [(1, Choice.BOTH)]
    press(there, "5", "Enter")
    at_pair(there, 2)
    assert [(v.position, v.choice) for v in trials.votes(trial.id)] == [(1, Choice.NONE)]


def test_two_raters_vote_at_the_same_time_each_on_their_own(voting, trials, trial):
    anne, luc = voting("Anne"), voting("Luc")
    for number in (1, 2):
        press(anne, "1", "Enter")
        press(luc, "3", "Enter")
        at_pair(anne, number + 1)
        at_pair(luc, number + 1)
    assert [(v.position, v.rater) for v in trials.votes(trial.id)] == [(1, "Anne"), (1, "Luc"), (2, "Anne"), (2, "Luc")]


def test_the_names_are_shown_to_whoever_ends_and_to_nobody_else(voting, trials, trial):
    anne = voting("Anne")
    assert "« Tout »" not in anne.content()
    anne.get_by_role("button", name=labels.FINISH).click()
    anne.get_by_role("button", name=labels.NO).click()
    assert trials.votes(trial.id) == []
    anne.get_by_role("button", name=labels.FINISH).click()
    anne.get_by_role("button", name=labels.YES).click()
    anne.get_by_role("heading", name=labels.PREFERENCES).wait_for()
    assert "« Tout »" in anne.locator(".result").inner_text()
    at_pair(voting("Luc"), 1)


def test_a_vote_is_changed_from_the_pair_before(voting, trials, trial):
    page = voting()
    press(page, "3", "Enter")
    at_pair(page, 2)
    page.get_by_role("button", name=labels.PREVIOUS).click()
    at_pair(page, 1)
    assert radio(page, labels.CHOICES["both"]).is_checked()
    press(page, "5", "Enter")
    at_pair(page, 2)
    assert [v.choice for v in trials.votes(trial.id)] == [Choice.NONE]


def test_a_trial_that_is_stopped_leaves_nothing(visit, bench, trials):
    before = len(trials.lines())
    page = visit(START, address=bench)
    page.get_by_role("spinbutton", name=labels.COUNT).fill("200")
    page.get_by_role("spinbutton", name=labels.COUNT).press("Enter")
    settled(page)
    page.get_by_role("button", name=labels.START).click()
    page.get_by_role("button", name=labels.STOP).click()
    page.get_by_text(labels.STOPPED).wait_for()
    assert len(trials.lines()) == before


def test_a_trial_is_deleted_after_a_second_yes(visit, bench, trials, trial):
    trials.finish(trial, "Anne")
    page = visit(f"{START}&essai={trial.id}&relecteur=Anne", address=bench)
    page.get_by_role("button", name=labels.DELETE).click()
    page.get_by_role("button", name=labels.CONFIRM_DELETE).click()
    page.get_by_role("heading", name=labels.NEW).wait_for()
    assert trial.id not in [line.id for line in trials.lines()]


@SIZES
def test_no_screen_has_a_serious_fault_of_accessibility_or_is_too_wide(
    visit, bench, voting, trials, trial, size, scheme
):
    start = visit(START, size, scheme=scheme, address=bench)
    start.get_by_role("button", name=labels.START).wait_for()
    assert (violations(start), overflow(start) <= 0) == ([], True)
    pair = voting(size=size, scheme=scheme)
    assert (violations(pair), overflow(pair) <= 0) == ([], True)
    trials.finish(trial, "Anne")
    pair.reload()
    pair.get_by_role("heading", name=labels.PREFERENCES).wait_for()
    pair.locator("summary").first.click()
    assert (violations(pair), overflow(pair) <= 0) == ([], True)


# The judge


def test_without_a_model_the_judge_says_how_to_have_one_and_shows_its_instructions(visit, bench):
    page = visit("evaluation?volet=juge", address=bench)
    page.get_by_text("PRATIQUES_LLM").first.wait_for()
    page.get_by_text(judging_labels.PROMPT).click()
    page.get_by_text("Tu contrôles des phrases attribuées à un rapport français.").wait_for()
    assert page.get_by_role("button", name=judging_labels.START).count() == 0


@SIZES
def test_the_judge_judges_and_its_agreement_with_the_humans_is_shown(
    visit, settings, assistant, index, tmp_path, monkeypatch, size, scheme
):
    home = tmp_path / "judging"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    item = item_of(assistant)
    database = Database.open(Settings(home=home))
    reviews = Reviews(database)
    reviews.add([item])
    mark_all(reviews, item, "Anne")
    with running(Judging(Play())) as service:
        service.settings(monkeypatch)
        with serving(home) as address:
            page = visit("evaluation?volet=juge", size, scheme=scheme, address=address)
            page.get_by_role("button", name=judging_labels.START).click()
            page.get_by_role("heading", name=judging_labels.DIFFERENCES).wait_for()
            settled(page)
            page.get_by_text(f"{item.sentences} phrases de 1 réponse : même note pour 0").wait_for()
            page.locator("summary").filter(has_text=item.record.answer.question).first.click()
            assert (violations(page), overflow(page) <= 0) == ([], True)
            page.get_by_role("link", name=judging_labels.OPEN).first.click()
            page.wait_for_url(f"**/controle?reponse={item.id}*")
    database.close()
