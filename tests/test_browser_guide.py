"""The help page in a real Chromium: read by its contents, and all conversations deleted from it."""

from __future__ import annotations

from contextlib import closing

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, serving, settled, violations
from playwright.sync_api import expect

from assistant.database import Conversations, Database
from assistant.wording import EXAMPLE_QUESTIONS
from ingest.settings import Settings
from ui.chat.labels import STATES, WELCOME_TITLE
from ui.guide import labels
from ui.labels import CHAT_PAGE, FICHES_PAGE, HELP_PAGE

pytestmark = IN_A_BROWSER
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@SIZES
def test_the_page_has_no_serious_fault_of_accessibility_and_never_scrolls_sideways(visit, size):
    page = visit("aide", size)
    page.get_by_role("heading", name=labels.ACCESS.title).wait_for()
    assert violations(page) == []
    assert overflow(page) <= 0


@SIZES
def test_a_line_of_the_contents_leads_to_its_chapter(visit, size):
    page = visit("aide", size)
    page.get_by_role("link", name=labels.STORED.title).first.click()
    expect(page.get_by_role("heading", name=labels.STORED.title)).to_be_in_viewport()


def test_a_page_of_the_list_is_one_click_away(visit):
    page = visit("aide")
    page.get_by_role("listitem").get_by_role("link", name=FICHES_PAGE, exact=True).last.click()
    page.wait_for_url("**/fiches")


@SIZES
def test_all_conversations_are_deleted_after_a_confirmation(visit, indexed, size):
    with closing(Database.open(Settings(home=indexed))) as database, serving(indexed) as address:
        store = Conversations(database)
        store.add_failure("Qui finance FLORA ?", "Arrêtée.")
        page = visit("aide", size, address=address)
        page.get_by_text(labels.kept(1)).wait_for()
        page.get_by_role("button", name=labels.DELETE_ALL).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_text(labels.delete_means(1)).wait_for()
        assert violations(page) == []
        dialog.get_by_role("button", name=labels.CANCEL).click()
        dialog.wait_for(state="hidden")
        assert len(store.lines()) == 1
        page.get_by_role("button", name=labels.DELETE_ALL).click()
        dialog.get_by_role("button", name=labels.DELETE_YES).click()
        page.get_by_text(labels.DELETED).wait_for()
        settled(page)
        assert page.get_by_role("button", name=labels.DELETE_ALL).is_disabled()
        assert store.lines() == []


def test_a_conversation_that_was_deleted_is_no_longer_shown_in_the_chat(visit, indexed):
    with serving(indexed) as address:
        page = visit("", address=address)
        page.get_by_role("button", name=EXAMPLE_QUESTIONS[0]).click()
        page.get_by_role("article").get_by_role("group", name=STATES["answered"], exact=True).wait_for()
        page.get_by_role("link", name=HELP_PAGE, exact=True).click()
        page.get_by_role("button", name=labels.DELETE_ALL).click()
        page.get_by_role("dialog").get_by_role("button", name=labels.DELETE_YES).click()
        page.get_by_text(labels.DELETED).wait_for()
        page.get_by_role("link", name=CHAT_PAGE, exact=True).first.click()
        expect(page.get_by_role("heading", name=WELCOME_TITLE)).to_be_visible()
