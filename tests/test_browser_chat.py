"""The chat in a real Chromium: asked, read and left with the mouse, the keyboard and a phone."""

from __future__ import annotations

import pytest
from browser import IN_A_BROWSER, PHONE

from assistant.answer import UNSAID
from assistant.wording import EXAMPLE_QUESTIONS
from ui.chat import labels

QUESTION = EXAMPLE_QUESTIONS[0]
COMPARISON = "Compare la gouvernance des fiches 1c et 4a"
OUTSIDE = "Quelle est la recette de la pizza aux anchois ?"

pytestmark = IN_A_BROWSER


@pytest.fixture
def page(visit):
    return visit()


def finished(page, question: str):
    """Wait for the answer to a question, and give its article."""
    heading = page.get_by_role("heading", level=2).filter(has_text=question)
    article = page.get_by_role("article").filter(has=heading).last
    article.get_by_role("group").wait_for()
    return article


def ask(page, question: str):
    """Ask, and give the article of the finished answer."""
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    return finished(page, question)


def first_citation(article):
    return article.get_by_role("button", name="source 1 :").first


def focused_name(page) -> str:
    return page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }"""
    )


def test_a_citation_opens_its_passage_with_the_quoted_words_highlighted(page):
    article = ask(page, QUESTION)
    citation = first_citation(article)
    place = citation.get_attribute("aria-label").removeprefix("source 1 : ")
    citation.click()
    reader = page.get_by_role("dialog")
    reader.locator("mark").first.wait_for()
    highlighted = reader.locator("mark").first.inner_text().split()
    assert " ".join(highlighted[:5]) in " ".join(article.inner_text().split())
    assert place.rsplit(" ", 1)[-1] in reader.locator(".place").inner_text()


def test_the_answer_counts_its_verified_sentences_and_lists_its_sources(page):
    article = ask(page, QUESTION)
    count = article.locator(".count").inner_text()
    assert "vérifié" in count
    sources = page.get_by_role("navigation", name=labels.SOURCES).get_by_role("button")
    assert sources.count() >= 1


def test_closing_a_source_gives_the_focus_back_to_its_citation(page):
    article = ask(page, QUESTION)
    citation = first_citation(article)
    name = citation.get_attribute("aria-label")
    citation.click()
    page.get_by_role("button", name=labels.CLOSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page) == name


def test_closing_a_source_gives_the_focus_back_to_the_list_of_sources(page):
    ask(page, QUESTION)
    source = page.get_by_role("navigation", name=labels.SOURCES).get_by_role("button").first
    name = source.text_content()
    source.click()
    page.get_by_role("button", name=labels.CLOSE).click()
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page) == name


def test_a_citation_is_reached_and_left_with_the_keyboard_alone(page):
    ask(page, QUESTION)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if focused_name(page).startswith("source 1 :"):
            break
    assert focused_name(page).startswith("source 1 :")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.wait_for_function("document.activeElement.shadowRoot?.activeElement?.id === 'reader-heading'")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert focused_name(page).startswith("source 1 :")


def test_a_refusal_is_not_taken_for_an_answer(page):
    answered = ask(page, QUESTION).get_by_role("group")
    refused = ask(page, OUTSIDE).get_by_role("group")
    assert answered.get_attribute("aria-label") == labels.STATES["answered"]
    assert refused.get_attribute("aria-label") in (labels.STATES["silent"], labels.STATES["unprovable"])
    assert refused.get_by_role("heading", level=3).is_visible()
    ground = "node => getComputedStyle(node).backgroundColor + getComputedStyle(node).borderInlineStartWidth"
    assert answered.evaluate(ground) != refused.evaluate(ground)


def test_an_example_is_asked_with_one_click_and_the_conversation_stays(page):
    page.get_by_role("button", name=EXAMPLE_QUESTIONS[1]).click()
    finished(page, EXAMPLE_QUESTIONS[1])
    ask(page, QUESTION)
    assert page.get_by_role("article").count() == 2


def test_a_suggestion_is_asked_with_one_click(page):
    article = ask(page, QUESTION)
    suggestion = article.locator(".suggestions li button").first
    text = suggestion.inner_text()
    suggestion.click()
    finished(page, text)
    assert page.get_by_role("article").count() == 2


def test_markup_in_a_question_stays_text(page):
    trap = "Qu'est-ce que <img src=x onerror=alert(1)> la **pair-aidance** ?"
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    article = ask(page, trap)
    assert trap in article.get_by_role("heading", level=2).inner_text()
    assert article.locator("img, b, em").count() == 0


def test_the_finished_answer_is_announced_once(page):
    status = page.get_by_role("status").filter(has_text=labels.STATES["answered"])
    assert status.count() == 0
    article = ask(page, QUESTION)
    page.wait_for_timeout(500)
    assert status.count() == 1
    assert article.locator(".count").inner_text() in status.inner_text()


def test_the_page_is_french_and_calls_nobody_outside(page, server):
    calls = []
    page.on("request", lambda request: calls.append(request.url))
    page.reload()
    page.wait_for_function("document.documentElement.lang === 'fr'")
    ask(page, QUESTION)
    outside = [url for url in calls if not url.startswith((server, "data:", "blob:"))]
    assert outside == []


def test_on_a_phone_the_source_is_a_sheet_over_the_conversation(visit):
    page = visit("", PHONE)
    first_citation(ask(page, QUESTION)).click()
    reader = page.get_by_role("dialog")
    reader.locator("mark").first.wait_for()
    assert reader.evaluate("node => node.matches(':modal')")
    box = reader.bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=labels.CLOSE).click()
    reader.wait_for(state="hidden")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_a_comparison_is_a_table_whose_cells_open_their_sources(visit, width, height):
    page = visit("", (width, height))
    table = ask(page, COMPARISON).get_by_role("table", name=labels.comparison(("1c", "4a")))
    heads = [*table.get_by_role("columnheader").all(), *table.get_by_role("rowheader").all()]
    said = " ".join(head.inner_text() for head in heads)
    assert all(word in said for word in ("Fiche 1c", "Fiche 4a", "Gouvernance"))
    cells = table.get_by_role("cell")
    assert cells.count() == 2
    assert cells.filter(has_text=UNSAID).or_(cells.filter(has=page.locator(".mark"))).count() == 2
    quoted = cells.filter(has=page.locator(".mark")).first
    words = " ".join(quoted.locator("p").first.inner_text().split()[1:5])
    first_citation(quoted).click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    assert words in " ".join(page.get_by_role("dialog").locator("mark").all_inner_texts())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_panel_stands_beside_the_citation_that_opened_it_however_long_the_conversation(page):
    ask(page, EXAMPLE_QUESTIONS[1])
    article = ask(page, QUESTION)
    citation = first_citation(article)
    page.wait_for_timeout(1500)  # the page holds the question at its top until then
    before = citation.bounding_box()
    citation.click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    panel, mark = page.get_by_role("dialog").bounding_box(), citation.bounding_box()
    assert panel["x"] > mark["x"] + mark["width"]
    assert panel["y"] >= 0
    assert panel["y"] + panel["height"] <= 800
    assert mark == pytest.approx(before, abs=1)


def test_the_text_of_an_answer_is_large_enough_to_read(page):
    words = ask(page, QUESTION).locator("p:not(.count), li").first
    size = words.evaluate("node => getComputedStyle(node).fontSize")
    assert float(size.removesuffix("px")) >= 17
