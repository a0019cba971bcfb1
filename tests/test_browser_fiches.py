"""The pages of the fiches in a real Chromium: chosen by filters and on the map, opened, read and left."""

from __future__ import annotations

import sys
import time

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, settled, violations
from playwright.sync_api import Locator, Page, expect

from ui.fiches import labels

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def counted(page: Page) -> Locator:
    return page.locator(".list").get_by_role("status")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def focused_name(page: Page) -> str:
    return page.evaluate(
        """() => {
            let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
        }"""
    )


@SIZES
def test_all_fiches_are_shown_at_first(visit: Visit, size):
    page = visit("fiches", size)
    expect(counted(page)).to_have_text("21 fiches")
    expect(page.locator(".card")).to_have_count(21)
    assert overflow(page) <= 0
    assert violations(page) == []


@SIZES
def test_a_theme_is_chosen_kept_in_the_address_and_cleared(visit: Visit, size):
    page = visit("fiches", size)
    choose(page, labels.THEME, "Aller-vers")
    expect(counted(page)).to_have_text("4 fiches sur 21")
    assert page.url.endswith("?theme=Aller-vers")
    page.reload()
    expect(counted(page)).to_have_text("4 fiches sur 21")
    page.get_by_role("button", name=labels.CLEAR).click()
    expect(counted(page)).to_have_text("21 fiches")
    assert page.url.endswith("/fiches")


@SIZES
def test_a_department_is_chosen_on_the_map_and_let_go_by_a_second_click(visit: Visit, size):
    page = visit("fiches", size)
    if size == PHONE:
        page.get_by_text(labels.MAP).click()
    gironde = page.get_by_role("button", name=labels.territory("Gironde", 2))
    gironde.click()
    expect(counted(page)).to_have_text("2 fiches sur 21")
    expect(gironde).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name=labels.PLACE)).to_have_value("Gironde")
    assert overflow(page) <= 0
    assert violations(page) == []
    gironde.click()
    expect(counted(page)).to_have_text("21 fiches")


def test_the_map_is_used_with_the_keyboard_alone(visit: Visit):
    page = visit("fiches")
    page.get_by_role("group", name=labels.MAP).get_by_role("button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    name = focused_name(page)
    page.keyboard.press("Enter")
    expect(counted(page)).to_contain_text("sur 21")
    assert focused_name(page) == name
    page.keyboard.press("Space")
    expect(counted(page)).to_have_text("21 fiches")


def test_the_departments_around_paris_have_a_button_large_enough_to_be_hit(visit: Visit):
    page = visit("fiches")
    box = page.get_by_role("button", name=labels.territory("Paris", 1)).bounding_box()
    assert (box["width"] >= 24, box["height"] >= 16) == (True, True)


def test_the_map_follows_the_other_filters(visit: Visit):
    page = visit("fiches?theme=Pair+aidance")
    names = page.get_by_role("group", name=labels.MAP).get_by_role("button")
    expect(names).to_have_count(3)
    page.get_by_role("button", name="France entière : 1 fiche").click()
    expect(page.locator(".card")).to_have_count(1)


def test_words_are_searched_as_they_are_typed_and_nothing_found_is_said(visit: Visit):
    page = visit("fiches")
    page.get_by_label(labels.WORDS).fill("hebergement femm")
    page.get_by_label(labels.WORDS).press("Enter")
    expect(counted(page)).to_have_text("2 fiches sur 21")
    page.get_by_label(labels.WORDS).fill("pizza")
    page.get_by_label(labels.WORDS).press("Enter")
    expect(page.get_by_text(labels.NOTHING)).to_be_visible()
    assert violations(page) == []


def test_filters_in_an_address_that_no_fiche_knows_choose_nothing(visit: Visit):
    page = visit("fiches?theme=Autre+chose&depuis=<b>2012</b>&lieu=Atlantide")
    expect(counted(page)).to_have_text("21 fiches")


@SIZES
def test_a_fiche_is_opened_read_and_left(visit: Visit, size):
    page = visit("fiches?theme=Aller-vers", size)
    page.get_by_role("link", name="2d ").click()
    title = page.get_by_role("heading", level=1, name="Référent de parcours")
    expect(title).to_be_focused()
    assert page.url.endswith("/fiches?fiche=2d")
    expect(page.get_by_role("term").first).to_have_text("Territoire")
    page.get_by_role("navigation", name=labels.FIELDS).get_by_role("link", name="Financements").click()
    expect(page.get_by_role("heading", level=2, name="Financements")).to_be_in_viewport()
    assert overflow(page) <= 0
    assert violations(page) == []
    page.go_back()
    expect(counted(page)).to_have_text("4 fiches sur 21")


def test_a_near_fiche_says_why_it_is_near_and_opens(visit: Visit):
    page = visit("fiches?fiche=5a")
    near = page.get_by_role("region", name=labels.NEAR).get_by_role("listitem").first
    expect(near).to_contain_text("même thème")
    near.get_by_role("link").click()
    expect(page.get_by_text("Fiche 5b · ")).to_be_visible()
    page.get_by_role("link", name=labels.NEXT).click()
    expect(page.get_by_text("Fiche 5c · ")).to_be_visible()


def test_a_fiche_leads_to_the_report_to_the_chat_and_to_a_comparison(visit: Visit):
    page = visit("fiches?fiche=1c")
    ways = [page.get_by_role("link", name=name, exact=True) for name in (labels.READ, labels.ASK, labels.COMPARE)]
    addresses = [way.get_attribute("href") for way in ways]
    assert addresses == ["lire?partie=fiche-1c%2Fcarte", "./?fiche=1c", "comparer?fiches=1c"]


def test_a_link_to_another_page_is_followed(visit: Visit):
    page = visit("fiches?fiche=1c")
    page.get_by_role("link", name=labels.COMPARE, exact=True).click()
    page.wait_for_url("**/comparer?fiches=1c*")  # the page goes on to say what is compared


def test_a_number_that_no_fiche_has_is_told_calmly(visit: Visit):
    page = visit("fiches?fiche=<img src=x>")
    expect(page.get_by_role("heading", level=1, name=labels.UNKNOWN_TITLE)).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name=labels.ALL_FICHES).click()
    expect(counted(page)).to_have_text("21 fiches")


def test_the_pages_are_readable_in_the_dark(visit: Visit):
    page = visit("fiches?lieu=Gironde", scheme="dark")
    assert violations(page) == []
    page.get_by_role("link", name="1c ").click()
    page.get_by_role("article").wait_for()
    settled(page)
    assert violations(page) == []


def test_opening_a_fiche_is_timed(visit: Visit, capsys):
    page = visit("fiches")
    page.get_by_role("link", name="1a ").click()
    page.get_by_role("link", name=labels.ALL_FICHES).click()
    expect(counted(page)).to_have_text("21 fiches")
    settled(page)
    start = time.perf_counter()
    page.get_by_role("link", name="5f ").click()
    page.get_by_role("heading", level=1, name="Point Ecoute Parents Adolescents").wait_for()
    seconds = time.perf_counter() - start
    with capsys.disabled():
        sys.stdout.write(f"a fiche is on the screen after {seconds:.2f} s\n")
