"""The comparison page in a real Chromium: chosen, read, opened at its source, taken away."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, settled, violations

from assistant.answer import UNSAID
from assistant.comparison import MOST_FICHES
from ui.compare import labels

pytestmark = IN_A_BROWSER

ADDRESS = "comparer?fiches=1c,2a&rubriques=genese,financements"
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def table(page):
    shown = page.get_by_role("table")
    shown.wait_for()
    settled(page)
    return shown


def downloaded(page, label: str) -> bytes:
    with page.expect_download() as expected:
        page.get_by_role("button", name=label).click()
    return Path(expected.value.path()).read_bytes()


def choose(page, number: str) -> None:
    page.get_by_role("combobox", name=labels.FICHES).click()
    page.get_by_role("option", name=re.compile(f"^{number} ")).click()
    page.keyboard.press("Escape")


@SIZES
def test_two_fiches_chosen_are_compared_and_the_address_says_so(visit, size):
    page = visit("comparer", size)
    page.get_by_text("Choisissez de 2 à 5 fiches").wait_for()
    choose(page, "1c")
    choose(page, "2a")
    heads = " ".join(table(page).get_by_role("columnheader").or_(page.get_by_role("rowheader")).all_inner_texts())
    assert "Fiche 1c" in heads
    assert "Fiche 2a" in heads
    page.wait_for_url("**fiches=1c*2a*")
    assert overflow(page) <= 0


@SIZES
def test_a_cell_holds_a_quote_with_its_page_or_says_that_nothing_is_said(visit, size):
    page = visit(ADDRESS, size)
    cells = table(page).get_by_role("cell")
    quoted = cells.filter(has=page.get_by_role("link", name=re.compile(r"^source \d+ : fiche 1c, p. 43")))
    assert quoted.count() == 2
    assert "Convention départementale avec l'Etat" in quoted.last.inner_text()
    assert cells.filter(has_text=UNSAID).count() == 1
    assert cells.count() == 4


@SIZES
def test_a_source_opens_in_the_report(visit, size):
    page = visit(ADDRESS, size)
    table(page).get_by_role("link", name=re.compile("^source 1 : fiche 1c")).click()
    page.wait_for_url("**/lire?passage=fiche-1c*")


@SIZES
def test_what_is_compared_is_chosen_among_the_fields(visit, size):
    page = visit(ADDRESS, size)
    table(page)
    page.get_by_text(labels.FIELDS, exact=True).click()
    page.get_by_role("button", name="Perspectives").press("Enter")  # a click may miss it while its box opens
    table(page).get_by_role("rowheader", name="Perspectives").wait_for()
    page.wait_for_url("**rubriques=genese*perspectives*")


@SIZES
def test_an_address_that_was_copied_shows_the_same_comparison(visit, size):
    assert table(visit(ADDRESS, size)).inner_text() == table(visit(ADDRESS, size)).inner_text()


@SIZES
def test_the_page_has_no_serious_fault_of_accessibility_and_never_scrolls_sideways(visit, size):
    page = visit(ADDRESS + ",territoire,effets", size)
    table(page)
    page.get_by_text(labels.FIELDS, exact=True).click()
    page.get_by_role("button", name="Perspectives").wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0


def test_the_word_file_has_a_footnote_for_each_source(visit):
    page = visit(ADDRESS)
    sources = table(page).get_by_role("link").count()
    with ZipFile(io.BytesIO(downloaded(page, labels.WORD))) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    called = set(re.findall(r'w:footnoteReference [^>]*w:id="(\d+)"', body))
    assert len(called) == sources
    assert called <= set(re.findall(r'<w:footnote [^>]*w:id="(\d+)"', notes))
    assert "fiche 1c" in notes
    assert "p. 43 et suivantes" in notes
    assert UNSAID in body


def test_the_spreadsheet_has_the_sources_as_notes_of_its_cells(visit):
    page = visit(ADDRESS)
    table(page)
    book = openpyxl.load_workbook(io.BytesIO(downloaded(page, labels.SPREADSHEET)))
    cells = [cell for row in book.worksheets[0].iter_rows(min_row=2, min_col=2) for cell in row]
    assert [cell.comment is None for cell in cells] == [cell.value == UNSAID for cell in cells]
    assert "p. 43 et suivantes" in cells[0].comment.text


def test_a_source_pointed_at_says_its_whole_reference_and_escape_takes_it_away(visit):
    page = visit(ADDRESS)
    source = table(page).get_by_role("link").first
    source.hover()
    hint = page.get_by_role("tooltip")
    hint.wait_for()
    assert hint.inner_text().startswith("Pratiques émergentes du travail social et du développement social, fiche 1c")
    source.focus()
    page.keyboard.press("Escape")
    hint.wait_for(state="hidden")


def test_fiches_are_chosen_and_a_source_is_opened_with_the_keyboard_alone(visit):
    page = visit("comparer?fiches=1c")
    page.get_by_role("combobox", name=labels.FICHES).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    table(page)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.className") == "source":
            break
    page.get_by_role("tooltip").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/lire?passage=*")


def test_a_comparison_offered_is_one_click_away(visit):
    page = visit("comparer")
    offered = page.get_by_role("heading", name=labels.OFFERS).locator("..").get_by_role("link")
    offered.first.wait_for()
    assert offered.count() == 3
    offered.first.click()
    table(page)
    page.wait_for_url("**fiches=*")


def test_what_an_address_asks_for_in_vain_is_said_and_the_rest_is_shown(visit):
    page = visit("comparer?fiches=1c,9z,2a&rubriques=financements,prix")
    assert table(page).get_by_role("cell").count() == 2
    assert "« 9z », « prix »" in page.get_by_role("alert").inner_text()


def test_more_fiches_than_fit_in_an_address_are_put_aside(visit):
    page = visit("comparer?fiches=1a,1b,1c,1d,1e,2a&rubriques=financements")
    assert table(page).get_by_role("cell").count() == MOST_FICHES
    assert "« 2a »" in page.get_by_role("alert").inner_text()


def test_fiches_that_say_nothing_of_a_field_still_make_a_table(visit):
    page = visit("comparer?fiches=4b,5a&rubriques=gouvernance")
    assert table(page).get_by_role("cell").all_inner_texts() == [UNSAID, UNSAID]
