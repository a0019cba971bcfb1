"""The workshop in a real Chromium: a session made, edited, played, taken away and opened again."""

from __future__ import annotations

import io
import json
import re
from itertools import pairwise
from pathlib import Path

import docx
import pptx
import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, serving, settled, violations
from playwright.sync_api import Locator, Page, expect

from assistant.kits.kit_file import read_kit
from ui.workshop import labels
from ui.workshop.player_labels import LABELS as PLAYER

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop, dark", "phone, light"]
)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The address of a session that tests read without changing it, by its server."""
    return {}


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).fill(option)
    page.get_by_role("option", name=re.compile(f"^{option} ")).click()
    page.keyboard.press("Escape")


def make(page: Page, theme: str = "3") -> Page:
    """Ask for a session on a theme, all else as proposed."""
    choose(page, labels.THEMES, theme)
    button(page, labels.MAKE).click()
    page.wait_for_url("**/atelier?seance=*")
    page.locator("article.kit h1").wait_for()
    settled(page)
    return page


@pytest.fixture
def kit(visit: Visit) -> Page:
    """A session of one's own, being modified."""
    page = make(visit("atelier"))
    button(page, labels.MODIFY_KIT).click()
    return page


def read(visit: Visit, made: dict[str, str], size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Page:
    """A session that is only read, made once."""
    if not made:
        made["path"] = make(visit("atelier")).url.partition("/atelier")[2]
    page = visit(f"atelier{made['path']}", size, scheme)
    page.locator("article.kit h1").wait_for()
    return page


def did(page: Page, what: str) -> None:
    """Wait until the page says what was done."""
    expect(page.locator(".bar .said")).to_contain_text(what)


def order(page: Page) -> list[str]:
    return page.locator(".slots .to").all_inner_texts()


def sequence(page: Page, title: str) -> Locator:
    return page.locator(".sequence").filter(has=page.get_by_role("heading", level=2, name=title))


def points_of(page: Page) -> Locator:
    """The points of the first sequence that has some."""
    return sequence(page, "Repères").locator(".group").filter(has_text=labels.POINTS)


def focused(page: Page) -> str:
    return page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }"""
    )


def taken(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as expected:
        page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    return expected.value.suggested_filename, Path(expected.value.path()).read_bytes()


def receive(page: Page, content: bytes) -> None:
    page.get_by_label(labels.CHOOSE_FILE).set_input_files(
        {"name": "seance.json", "mimeType": "application/json", "buffer": content}
    )


# --- make -------------------------------------------------------------------------------------------------------------


@SIZES
def test_a_session_is_made_from_a_theme_and_lasts_as_long_as_was_asked(visit: Visit, size):
    page = make(visit("atelier", size))
    expect(page.get_by_role("heading", level=1)).to_contain_text("pair aidance")
    expect(page.locator(".total")).to_have_text("Total : 3\u00a0h, comme demandé.")
    said = page.get_by_text("énoncés attribués au rapport").inner_text()
    assert len(set(re.findall(r"\d+ (?=énoncés|prouvés)", said))) == 1
    assert overflow(page) <= 0


@pytest.mark.parametrize(("typed", "why"), [("longtemps", "n'est pas comprise"), ("10 min", "de 30 minutes à 2 jours")])
def test_what_cannot_be_made_is_told_and_the_form_keeps_its_values(visit: Visit, typed: str, why: str):
    page = visit("atelier")
    choose(page, labels.THEMES, "1")
    page.get_by_label(labels.OWN_AIMS).fill("Écouter d'abord.")
    page.get_by_role("combobox", name=labels.DURATION).fill(typed)
    page.keyboard.press("Enter")
    button(page, labels.MAKE).click()
    expect(page.get_by_role("alert")).to_contain_text(why)
    expect(page.get_by_label(labels.OWN_AIMS)).to_have_value("Écouter d'abord.")
    expect(page.get_by_role("combobox", name=labels.DURATION)).to_have_value(typed)
    assert violations(page) == []


def test_without_a_theme_nor_a_fiche_nothing_is_made(visit: Visit):
    page = visit("atelier")
    button(page, labels.MAKE).click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez un thème")


def test_a_duration_in_the_trainers_own_words_and_one_fiche_are_enough(visit: Visit):
    page = visit("atelier")
    choose(page, labels.FICHES, "4a")
    page.get_by_role("combobox", name=labels.DURATION).fill("1h15")
    page.keyboard.press("Enter")
    button(page, labels.MAKE).click()
    expect(page.locator(".total")).to_have_text("Total : 1\u00a0h\u00a015, comme demandé.")


# --- read -------------------------------------------------------------------------------------------------------------


@LOOKS
def test_no_state_has_a_serious_fault_of_accessibility_or_is_wider_than_the_window(visit: Visit, made, size, scheme):
    start = visit("atelier", size, scheme)
    assert (violations(start), overflow(start)) == ([], 0)
    page = read(visit, made, size, scheme)
    assert (violations(page), overflow(page)) == ([], 0)
    button(page, labels.MODIFY_KIT).click()
    page.locator(".mark").first.click()
    button(page.locator(".sequence"), labels.MODIFY).first.click()
    button(page, labels.ADD_SEQUENCE).click()
    button(page, labels.ADD_ITEM).click()
    assert (violations(page), overflow(page)) == ([], 0)
    button(page, labels.TAKE).click()
    page.get_by_role("dialog").wait_for()
    settled(page)
    assert (violations(page), overflow(page)) == ([], 0)


@SIZES
def test_a_source_opens_beside_its_sentence_and_leads_to_the_report(visit: Visit, made, size):
    page = read(visit, made, size)
    mark = button(page, "source 1 :")
    mark.first.click()
    note = page.locator(".note").first
    expect(note.locator("q")).not_to_be_empty()
    mark.first.click()
    expect(note).to_have_count(0)
    mark.first.click()
    note.get_by_role("link", name=labels.READ_THERE).click()
    page.wait_for_url("**/lire?passage=*")
    expect(page.locator(".reader mark").first).to_be_visible()


def test_the_headings_follow_each_other_without_a_gap(visit: Visit, made):
    page = read(visit, made)
    levels = [
        int(tag[1])
        for tag in page.locator("article.kit")
        .locator("h1, h2, h3, h4")
        .evaluate_all("all => all.map(one => one.tagName)")
    ]
    assert levels[0] == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


def test_a_session_that_was_deleted_is_told_calmly(visit: Visit):
    page = visit("atelier?seance=000000000000")
    expect(page.get_by_role("alert")).to_contain_text(labels.GONE_BACK)
    expect(button(page, labels.MAKE)).to_be_visible()


# --- edit -------------------------------------------------------------------------------------------------------------


def test_a_sequence_is_moved_and_the_focus_stays_on_what_was_pressed(kit: Page):
    first, second, *_ = order(kit)
    button(kit, f"{labels.DOWN} : {first}").press("Enter")
    did(kit, labels.MOVED)
    assert order(kit)[:2] == [second, first]
    assert focused(kit) == f"{labels.DOWN} : {first}"
    kit.reload()
    kit.locator("article.kit h1").wait_for()
    assert order(kit)[:2] == [second, first]


def test_two_quick_presses_move_by_two(kit: Page):
    first = order(kit)[0]
    down = button(kit, f"{labels.DOWN} : {first}")
    down.focus()
    kit.keyboard.press("Enter")
    kit.keyboard.press("Enter")
    expect(kit.locator(".slots .to").nth(2)).to_have_text(first)


def test_a_point_is_rewritten_marked_as_the_trainers_and_its_words_come_back(kit: Page):
    points = points_of(kit)
    before = points.locator("li .words").first.inner_text()
    button(points, labels.MODIFY).first.click()
    kit.get_by_label(labels.YOUR_WORDS).fill("Avec mes mots à moi.")
    button(kit, labels.SAVE).click()
    did(kit, labels.REWRITTEN)
    expect(points.locator("li").first).to_contain_text(f"Avec mes mots à moi. {labels.BY_TRAINER}")
    expect(points.locator("li").first.locator(".mark")).to_have_count(0)
    assert focused(kit).startswith(f"{labels.MODIFY} : Avec mes mots")
    button(kit, f"{labels.MODIFY} : Avec mes mots").click()
    button(kit, labels.BACK_TO_REPORT).click()
    did(kit, labels.RESTORED)
    assert points.locator("li .words").first.inner_text() == before


def test_words_that_cannot_be_kept_are_told_where_they_stand_and_not_lost(kit: Page):
    points = points_of(kit)
    button(points, labels.MODIFY).first.click()
    field = kit.get_by_label(labels.YOUR_WORDS)
    field.fill("mot " * 200)
    button(kit, labels.SAVE).click()
    expect(points.get_by_role("alert")).to_contain_text("600")
    expect(field).to_have_value("mot " * 200)
    field.press("Escape")
    expect(field).to_have_count(0)


def test_words_being_written_outlive_another_edit_beside_them(kit: Page):
    points = points_of(kit)
    button(points, labels.MODIFY).nth(1).click()
    kit.get_by_label(labels.YOUR_WORDS).fill("Pas encore fini")
    first, *_ = order(kit)
    button(kit, f"{labels.DOWN} : {first}").click()
    did(kit, labels.MOVED)
    expect(kit.get_by_label(labels.YOUR_WORDS)).to_have_value("Pas encore fini")


def test_a_sequence_is_timed_again_and_all_are_fitted_to_the_duration(kit: Page):
    minutes = kit.get_by_role("spinbutton").first
    minutes.fill("40")
    minutes.press("Enter")
    did(kit, labels.RETIMED)
    expect(kit.locator(".total")).to_contain_text("de trop pour 3\u00a0h")
    button(kit, labels.FIT).click()
    did(kit, labels.FITTED)
    expect(kit.locator(".total")).to_contain_text("comme demandé")
    expect(button(kit, labels.FIT)).to_have_count(0)


def test_a_time_that_cannot_be_is_told_and_put_back(kit: Page):
    minutes = kit.get_by_role("spinbutton").first
    before = minutes.input_value()
    minutes.fill("0")
    minutes.press("Enter")
    expect(kit.locator(".slots").get_by_role("alert")).to_contain_text("minutes")
    expect(minutes).to_have_value(before)


def test_another_case_another_question_and_another_point_take_the_place_of_what_does_not_please(kit: Page):
    case = sequence(kit, "Étude de cas").locator(".block h3")
    title = case.inner_text()
    button(kit, labels.ANOTHER_CASE).first.click()
    did(kit, labels.OTHER_CASE)
    expect(case).not_to_have_text(title)
    question = sequence(kit, "Quiz").locator(".block h3").first
    asked = question.inner_text()
    button(sequence(kit, "Quiz"), labels.ANOTHER_QUESTION).first.click()
    did(kit, labels.OTHER_ITEM)
    expect(question).not_to_have_text(asked)
    points = points_of(kit)
    said = points.locator("li .words").first.inner_text()
    button(points, labels.MODIFY).first.click()
    button(kit, labels.ANOTHER_POINT).click()
    did(kit, labels.OTHER_POINT)
    expect(points.locator("li .words").first).not_to_have_text(said)


def test_a_question_is_removed_and_undone_and_the_focus_goes_to_its_neighbour(kit: Page):
    questions = sequence(kit, "Quiz").locator(".block")
    count = questions.count()
    button(kit, f"{labels.REMOVE} : Question 2").click()
    did(kit, labels.REMOVED)
    expect(questions).to_have_count(count - 1)
    assert focused(kit).startswith(labels.MODIFY)
    button(kit, labels.UNDO).click()
    expect(questions).to_have_count(count)


def test_undoing_twice_goes_back_by_two(kit: Page):
    first = order(kit)
    button(kit, f"{labels.DOWN} : {first[0]}").click()
    did(kit, labels.MOVED)
    button(kit, f"{labels.REMOVE} : {first[4]}").click()
    did(kit, labels.REMOVED)
    button(kit, labels.UNDO).click()
    did(kit, labels.returned(2))
    button(kit, labels.UNDO).click()
    did(kit, labels.returned(1))
    assert order(kit) == first


def test_a_sequence_a_point_and_a_question_of_the_trainers_are_added(kit: Page):
    button(kit, labels.ADD_SEQUENCE).click()
    kit.get_by_label(labels.SEQUENCE_TITLE).fill("Jeu de rôle")
    kit.get_by_label(labels.SEQUENCE_AFTER).select_option(index=1)
    kit.locator("form").get_by_role("button", name=labels.ADD, exact=True).click()
    did(kit, labels.SEQUENCE_ADDED)
    assert order(kit)[1] == "Jeu de rôle"
    role = sequence(kit, "Jeu de rôle")
    button(role, labels.ADD_POINT).click()
    role.get_by_label(labels.YOUR_WORDS).fill("Mon point.")
    role.get_by_label(labels.YOUR_WORDS).press("Enter")
    did(kit, labels.ADDED)
    expect(role).to_contain_text(f"Mon point. {labels.BY_TRAINER}")
    quiz = sequence(kit, "Quiz")
    button(quiz, labels.ADD_ITEM).click()
    quiz.get_by_label(labels.ITEM_STEM, exact=True).fill("Et chez vous ?")
    quiz.get_by_label(f"{labels.ITEM_OPTION} 1", exact=True).fill("Oui")
    quiz.get_by_label(f"{labels.ITEM_OPTION} 2", exact=True).fill("Non")
    quiz.locator("form").get_by_role("button", name=labels.ADD, exact=True).click()
    did(kit, labels.ITEM_ADDED)
    expect(quiz.locator(".block").last).to_contain_text(f"Et chez vous ? {labels.BY_TRAINER}")


def test_an_earlier_version_comes_back_and_a_session_is_renamed_duplicated_and_deleted(kit: Page):
    first = order(kit)
    button(kit, f"{labels.REMOVE} : {first[-1]}").click()
    did(kit, labels.REMOVED)
    button(kit, labels.VERSIONS).click()
    kit.get_by_role("dialog").get_by_text(labels.MADE).click()
    button(kit.get_by_role("dialog"), labels.RETURN).click()
    kit.get_by_role("dialog").wait_for(state="hidden")
    expect(kit.locator(".slots .to")).to_have_text(first)
    button(kit, labels.RENAME).click()
    kit.get_by_label(labels.NEW_NAME).fill("Ma séance du mardi")
    button(kit.get_by_role("dialog"), labels.SAVE).click()
    expect(kit.get_by_role("heading", level=1, name="Ma séance du mardi")).to_be_visible()
    address = kit.url
    button(kit, labels.DUPLICATE).click()
    expect(kit.get_by_role("heading", level=1, name="Copie de Ma séance du mardi")).to_be_visible()
    assert kit.url != address
    expect(button(kit, labels.DELETE)).to_have_count(1)
    button(kit, labels.DELETE).click()
    button(kit.get_by_role("dialog"), labels.DELETE_YES).click()
    expect(kit.get_by_role("link", name="Ma séance du mardi", exact=True)).to_be_visible()
    expect(kit.get_by_role("link", name="Copie de Ma séance du mardi")).to_have_count(0)


def test_a_session_modified_elsewhere_is_not_written_over_and_its_newest_version_can_be_read(kit: Page, visit: Visit):
    other = visit(f"atelier{kit.url.partition('/atelier')[2]}")
    first = order(kit)
    button(other, labels.MODIFY_KIT).click()
    button(other, f"{labels.DOWN} : {first[0]}").click()
    did(other, labels.MOVED)
    button(kit, f"{labels.REMOVE} : {first[-1]}").click()
    expect(kit.get_by_role("alert")).to_contain_text("modifiée ailleurs")
    button(kit, labels.READ_AGAIN).click()
    did(kit, labels.READ_ANEW)
    assert order(kit) == order(other)


# --- play -------------------------------------------------------------------------------------------------------------


@SIZES
def test_the_quiz_is_played_and_the_session_found_again(visit: Visit, made, size):
    page = read(visit, made, size)
    page.get_by_role("link", name=labels.PLAY).click()
    page.wait_for_url("**volet=quiz*")
    page.get_by_role("radio").first.check()
    button(page, PLAYER["check"]).click()
    expect(page.locator("article.kit")).to_have_count(0)
    assert (violations(page), overflow(page)) == ([], 0)
    page.get_by_role("link", name="Revenir à la séance").click()
    expect(page.locator("article.kit h1")).to_be_visible()


# --- take away and open -----------------------------------------------------------------------------------------------


def test_each_file_is_taken_away_and_opens(visit: Visit, made):
    page = read(visit, made)
    title = page.get_by_role("heading", level=1).inner_text()
    button(page, labels.TAKE).click()
    page.get_by_role("dialog").wait_for()
    for words in (labels.GUIDE_FILES, labels.HANDOUT_FILES, labels.QUIZ_FILES, labels.ANSWERS_FILES):
        name, content = taken(page, words["docx"])
        assert name.endswith(".docx")
        assert title in "\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs)
        assert taken(page, words["pdf"])[1].startswith(b"%PDF")
    assert title in taken(page, labels.GUIDE_FILES["md"])[1].decode()
    slides = pptx.Presentation(io.BytesIO(taken(page, labels.SLIDES_FILES["pptx"])[1])).slides
    assert len(slides) > page.locator(".slots .to").count()
    assert b"<quiz>" in taken(page, labels.QUIZ_FILES["xml"])[1]
    assert "::" in taken(page, labels.QUIZ_FILES["gift"])[1].decode()
    assert read_kit(taken(page, labels.SHARE_FILES["json"])[1]).title.text == title


def test_the_guide_is_laid_out_for_paper(visit: Visit, made):
    page = read(visit, made)
    button(page, labels.TAKE).click()
    button(page.get_by_role("dialog"), labels.GUIDE_PAPER).click()
    page.wait_for_url("**/imprimer?seance=*")
    expect(page.locator("article.sheet h1")).to_be_visible()


def test_a_session_is_shared_with_another_installation_and_checked_there(visit: Visit, made, indexed):
    page = read(visit, made)
    title = page.get_by_role("heading", level=1).inner_text()
    button(page, labels.TAKE).click()
    content = taken(page, labels.SHARE_FILES["json"])[1]
    point = next(p for s in read_kit(content).sequences for p in s.points if p.citations)
    tampered = content.decode().replace(json.dumps(point.text, ensure_ascii=False), '"Le rapport interdit tout."')
    with serving(indexed) as address:
        there = visit("atelier", address=address)
        receive(there, content)
        expect(there.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(there.locator(".told")).to_contain_text(labels.OPENED_WHOLE)
        assert there.locator(".mark").count() == page.locator(".mark").count()
        there.get_by_role("link", name=labels.ALL_KITS).click()
        receive(there, tampered.encode())
        expect(there.locator(".told")).to_contain_text(labels.OPENED_IN_PART)
        expect(there.locator(".content")).not_to_contain_text("interdit tout")
        assert violations(there) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"\xff\xfe{", "abîmé"),
        (b'{"format": "pratiques-kit", "version": 1, "kit": {"id": "x"', "abîmé"),
        (b'{"format": "pratiques-kit", "version": 99, "kit": {}}', "plus récente"),
        (b"x" * 5_100_000, "5 Mo"),
    ],
    ids=["empty", "bytes", "cut", "newer", "big"],
)
def test_a_file_that_is_no_session_is_told_and_nothing_is_lost(visit: Visit, content: bytes, why: str):
    page = visit("atelier")
    page.get_by_label(labels.OWN_AIMS).fill("Écouter d'abord.")
    receive(page, content)
    expect(page.get_by_role("alert")).to_contain_text(why)
    expect(page.get_by_label(labels.OWN_AIMS)).to_have_value("Écouter d'abord.")
    assert violations(page) == []
