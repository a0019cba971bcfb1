"""The survey page in a real Chromium: its charts, the sentences that prove them, and its numbers as tables."""

from __future__ import annotations

import re
import time

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, settled, violations

from ui.labels import CHAT_PAGE, SURVEY_PAGE
from ui.survey import labels

pytestmark = IN_A_BROWSER

FUNDING = "enquete?theme=Le+financement"
SOURCES = "Sources actuelles de financement"


def charts(page):
    return page.get_by_test_id("stVegaLiteChart").locator("svg.marks")


def drawn(page):
    charts(page).first.wait_for()
    settled(page)
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_each_figure_is_a_chart_with_its_labels_whole_and_its_sentences_under_it(visit, size):
    page = drawn(visit(FUNDING, size))
    assert charts(page).count() == page.get_by_role("heading", level=3).count() == 2
    said = "".join(charts(page).nth(1).locator("text").all_text_contents()).replace(" ", "")
    assert "Organismesdeprotectionsociale(Caf,MSA,etc.)" in said
    assert "41,89" in said
    quotes = page.locator("blockquote").all_inner_texts()
    assert "Financements de collectivités : 41,89 % · 31" in " ".join(quotes)
    right = charts(page).nth(1).bounding_box()
    assert right["x"] + right["width"] <= size[0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_no_label_or_number_of_a_chart_is_cut(visit, size):
    page = drawn(visit("enquete?theme=La+conception+de+la+pratique", size))
    cut = """() => [...document.querySelectorAll("svg.marks")].flatMap((svg) => {
        const edge = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 2;
        }).map((text) => text.textContent);
    })"""
    assert charts(page).count() > 4
    assert page.evaluate(cut) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_chart_have_the_colour_of_the_text_around_it(visit, scheme):
    page = drawn(visit(FUNDING, scheme=scheme))
    ink = charts(page).first.locator("text").first.evaluate("node => getComputedStyle(node).fill")
    assert ink == page.get_by_text(labels.INTRO).evaluate("node => getComputedStyle(node).color")


def test_a_chart_is_named_with_its_numbers_for_those_who_do_not_see_it(visit):
    page = drawn(visit(FUNDING))
    name = re.compile(rf"Diagramme en barres, {SOURCES} : Collectivités 41,89")
    assert page.get_by_label(name).count() >= 1


def test_the_numbers_are_a_table_that_opens_with_the_keyboard(visit):
    page = drawn(visit(FUNDING))
    table = page.get_by_role("table", name=labels.table_name(SOURCES))
    assert table.count() == 0
    page.get_by_text(labels.TABLE).nth(1).focus()
    page.keyboard.press("Enter")
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Fonds propres"))
    assert [cell.replace("\u202f", " ") for cell in row.get_by_role("cell").all_inner_texts()] == ["24,32 %", "18"]


def test_a_sentence_is_one_click_from_the_report(visit):
    page = drawn(visit(FUNDING))
    page.get_by_role("link", name=labels.READ).first.click()
    page.wait_for_url("**/lire?passage=annexe-analyse*")


def test_a_theme_is_chosen_and_has_an_address(visit):
    page = drawn(visit("enquete"))
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="La diffusion").click()
    page.get_by_role("heading", name="La diffusion", exact=True).wait_for()
    assert "theme=La+diffusion" in page.url


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_no_wider_than_its_window(visit, size, scheme):
    page = drawn(visit(FUNDING, size, scheme))
    page.get_by_text(labels.TABLE).first.click()
    assert overflow(page) <= 0
    assert violations(page) == []


def test_the_charts_are_drawn_without_the_network(visit, server):
    page = visit("enquete")
    calls = []
    page.on("request", lambda request: calls.append(request.url))
    page.reload()
    drawn(page)
    assert [url for url in calls if not url.startswith((server, "data:", "blob:"))] == []


def test_the_page_comes_within_a_second_once_it_has_been_seen(visit):
    page = drawn(visit("enquete"))
    waited = []
    for _ in range(3):
        page.get_by_role("link", name=CHAT_PAGE, exact=True).click()
        page.get_by_role("heading", name=SURVEY_PAGE, exact=True).wait_for(state="detached")
        settled(page)
        start = time.perf_counter()
        page.get_by_role("link", name=SURVEY_PAGE, exact=True).click()
        charts(page).first.wait_for()
        waited.append(time.perf_counter() - start)
    assert min(waited) < 1.0
