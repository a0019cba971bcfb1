"""The quiz player in a real Chromium: answered, explained, scored, taken again, with the keyboard and on a phone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, ROOT, WAIT_S, free_port, healthy, overflow, settled, violations
from quiz_page import FIRST_WITHOUT, MATCHING

from ui.workshop.player_labels import BY_TOOL, LABELS, OWN

pytestmark = IN_A_BROWSER

LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop, light", "phone, dark"]
)
RIGHT, WRONG = "des dépenses réparties en fonction de la population", "une convention départementale avec l'Etat"
QUESTIONS = 6


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows nothing but the player."""
    home, port = tmp_path_factory.mktemp("player"), free_port()
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    env = {**os.environ, "PRATIQUES_HOME": str(home), "PYTHONPATH": paths}
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "tests" / "quiz_page.py"), f"--server.port={port}"]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    limit = time.monotonic() + WAIT_S
    while not healthy(port) and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


@pytest.fixture
def play(visit, address):
    """Open the quiz: `play(PHONE, "dark")`."""
    return lambda size=DESKTOP, scheme="light": visit("", size, scheme, address)


def press(page, label: str) -> None:
    page.get_by_role("button", name=LABELS[label], exact=True).click()


def at(page, number: int) -> None:
    heading = LABELS["question"].format(number=number, total=QUESTIONS)
    page.get_by_role("heading", name=heading, exact=True).wait_for()


def go_to(page, number: int) -> None:
    at(page, 1)
    for _ in range(number - 1):
        press(page, "next")
    at(page, number)


def choose(page, answer: str) -> None:
    page.get_by_role("radio", name=answer, exact=True).check()
    press(page, "check")


def match(page, *letters: str) -> None:
    for pair, letter in zip(MATCHING.pairs, letters, strict=True):
        label = page.get_by_label(pair.left.text).locator("option", has_text=f"{letter}.").inner_text()
        page.get_by_label(pair.left.text).select_option(label=label)
    press(page, "check")


def focused(page) -> str:
    return page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent ?? ''")


def said(page) -> str:
    """What a screen reader has been told."""
    page.wait_for_timeout(100)
    return page.locator("[role=status].unseen").inner_text()


@LOOKS
def test_a_wrong_answer_is_said_in_words_with_the_right_one_and_where_each_is_true(play, size, scheme):
    page = play(size, scheme)
    choose(page, WRONG)
    verdict = f"{LABELS['wrong']} {LABELS['the_right_one'].format(answer=RIGHT)}"
    assert said(page) == verdict
    assert page.get_by_text(LABELS["wrong"], exact=True).count() == 1
    answers = page.get_by_role("listitem").all_inner_texts()
    assert re.sub(r"\s+", " ", answers[0]) == f"✗ {WRONG} votre réponse Vrai de la fiche 1c, p. 43 et suivantes"
    assert re.sub(r"\s+", " ", answers[1]) == f"✓ {RIGHT} bonne réponse"
    assert "Vrai de la fiche 3b" in answers[2]
    assert overflow(page) <= 0
    assert violations(page) == []


def test_a_right_answer_is_said_once_and_the_explanation_quotes_the_report_and_leads_to_it(play):
    page = play()
    choose(page, RIGHT)
    assert said(page) == LABELS["right"]
    assert focused(page) == LABELS["explanation"]
    assert page.locator("q").inner_text().startswith("Les dépenses qui incombent aux communes")
    page.get_by_role("link", name="source 1 : fiche 4a, p. 86 et suivantes").click()
    page.wait_for_url("**/lire?passage=fiche-4a*")
    page.go_back()
    page.get_by_text(LABELS["right"], exact=True).wait_for()


def test_nothing_is_checked_before_something_is_chosen(play):
    page = play()
    press(page, "check")
    page.get_by_text(LABELS["choose_first"], exact=True).last.wait_for()
    assert said(page) == LABELS["choose_first"]
    assert page.get_by_role("radio").count() == 3


def test_true_or_false_and_a_figure_are_choices(play):
    page = play()
    go_to(page, 2)
    assert page.get_by_role("group").get_by_role("radio").count() == 2
    choose(page, "Vrai")
    assert said(page) == LABELS["right"]
    press(page, "next")
    choose(page, "2016")
    assert said(page).endswith(LABELS["the_right_one"].format(answer="2013"))
    page.get_by_text("Se lit dans la fiche 1c").wait_for()


@LOOKS
def test_things_are_matched_by_a_labelled_list_for_each(play, size, scheme):
    page = play(size, scheme)
    go_to(page, 4)
    assert violations(page) == []
    press(page, "check")
    assert said(page) == LABELS["match_first"]
    match(page, "B", "B")
    assert said(page) == f"{LABELS['wrong']} {LABELS['matched'].format(right=1, total=2)}"
    page.get_by_text(LABELS["yours"].format(answer=MATCHING.pairs[0].right.text)).wait_for()
    assert overflow(page) <= 0
    assert violations(page) == []


@LOOKS
def test_an_open_answer_is_judged_by_who_wrote_it_against_the_points_of_the_report(play, size, scheme):
    page = play(size, scheme)
    go_to(page, 5)
    page.get_by_role("textbox").press_sequentially("Un réseau, concret")  # letters that are shortcuts elsewhere
    press(page, "show")
    assert focused(page) == LABELS["expected"]
    page.get_by_text("Un réseau, concret").wait_for()
    assert page.get_by_role("link", name=re.compile("^source [12] : ")).count() == 2
    page.get_by_role("checkbox", name=LABELS["had"]).first.check()
    page.get_by_text(LABELS["found"].format(right=1, total=2)).wait_for()
    assert overflow(page) <= 0
    assert violations(page) == []


def test_who_asks_is_said_and_the_trainer_needs_no_proof(play):
    page = play()
    page.get_by_text(BY_TOOL).wait_for()
    go_to(page, 6)
    page.get_by_text(OWN).wait_for()
    choose(page, "10 h 30")
    assert page.get_by_role("heading", name=LABELS["explanation"]).count() == 0
    assert focused(page) == LABELS["finish"]


@LOOKS
def test_the_score_says_what_was_missed_leads_back_to_it_and_takes_it_again(play, size, scheme):
    page = play(size, scheme)
    choose(page, RIGHT)
    press(page, "next")
    choose(page, "Faux")
    press(page, "finish")
    page.get_by_text(LABELS["score"].format(right=1, total=5)).wait_for()
    page.get_by_text(LABELS["open_score"].format(right=0, total=2)).wait_for()
    page.get_by_text(LABELS["unanswered"].format(count=4)).wait_for()
    assert focused(page) == LABELS["result"]
    assert overflow(page) <= 0
    assert violations(page) == []
    page.get_by_role("button", name=LABELS["question"].format(number=2, total=QUESTIONS)).click()
    at(page, 2)
    page.get_by_text(LABELS["wrong"], exact=True).wait_for()
    press(page, "finish")
    press(page, "retake")
    page.get_by_role("heading", name=LABELS["again"].format(number=1, total=5)).wait_for()
    choose(page, "Vrai")
    press(page, "finish")
    page.get_by_text(LABELS["score"].format(right=1, total=4)).wait_for()


def test_all_right_leaves_nothing_to_review_and_starting_again_forgets_the_answers(play):
    page = play()
    choose(page, RIGHT)
    press(page, "next")
    choose(page, "Vrai")
    press(page, "next")
    choose(page, "2013")
    press(page, "next")
    rights = page.locator("ol.rights li").all_inner_texts()
    match(page, *("AB"[rights.index(pair.right.text)] for pair in MATCHING.pairs))
    press(page, "next")
    press(page, "show")
    page.get_by_role("checkbox", name=LABELS["had"]).first.check()
    page.get_by_role("checkbox", name=LABELS["had"]).last.check()
    press(page, "next")
    choose(page, "11 h")
    press(page, "finish")
    page.get_by_text(LABELS["score"].format(right=5, total=5)).wait_for()
    page.get_by_text(LABELS["all_right"]).wait_for()
    assert page.get_by_role("button", name=LABELS["retake"]).count() == 0
    press(page, "restart")
    at(page, 1)
    assert page.get_by_role("radio", checked=False).count() == 3


def test_answers_survive_other_questions_a_rerun_of_the_page_and_its_reload(play):
    page = play()
    page.get_by_role("radio", name=WRONG).check()
    press(page, "next")
    choose(page, "Faux")
    page.get_by_text(FIRST_WITHOUT).click()
    page.get_by_role("heading", name=LABELS["question"].format(number=1, total=QUESTIONS - 1)).wait_for()
    page.get_by_text(LABELS["wrong"], exact=True).wait_for()
    page.get_by_text(FIRST_WITHOUT).click()
    at(page, 2)
    page.reload()
    at(page, 2)
    press(page, "previous")
    assert page.get_by_role("radio", name=WRONG).is_checked()


def test_the_quiz_is_played_where_the_browser_refuses_its_store(play):
    page = play()
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('refused'); }})")
    page.reload()
    settled(page)
    choose(page, RIGHT)
    page.get_by_role("link", name=re.compile("^source 1 : ")).click()
    page.wait_for_url("**/lire?*")
    page.go_back()
    page.get_by_text(LABELS["right"], exact=True).wait_for()


def test_a_damaged_store_begins_the_quiz_anew(play):
    page = play()
    page.evaluate("sessionStorage.setItem('pratiques.quiz.0123456789ab', '{\"answers\":')")
    page.reload()
    at(page, 1)


def test_the_quiz_is_played_with_the_keyboard_alone(play):
    page = play()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert said(page) == LABELS["right"]
    for _ in ("the source", "previous, which leads nowhere but keeps its place", "next"):
        page.keyboard.press("Tab")
    assert focused(page) == LABELS["next"]
    page.keyboard.press("Enter")
    at(page, 2)
    assert focused(page) == LABELS["question"].format(number=2, total=QUESTIONS)
