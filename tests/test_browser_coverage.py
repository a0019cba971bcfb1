"""The coverage page in a real Chromium, over a server that has been asked a few questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, serving, settled, violations

from assistant.answer import Question
from assistant.database import Conversations, Database
from assistant.records import Record
from ingest.settings import Settings
from ui.coverage import labels

pytestmark = IN_A_BROWSER

ANSWERED = "Quels freins aux conférences familiales en Gironde ?"
REFUSED = "Quelle est la recette de la pizza aux anchois ?"


@pytest.fixture(scope="module")
def asked(tmp_path_factory, settings, assistant) -> Iterator[str]:
    """The address of a server with an answer and a refusal in its database."""
    home = tmp_path_factory.mktemp("asked") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    own = Settings(home=home)
    database = Database.open(own)
    for question in (ANSWERED, REFUSED):
        answer, judged = assistant.explain(Question(question))
        Conversations(database).add(Record.of(answer, judged, own))
    database.close()
    with serving(home) as address:
        yield address


def drawn(page):
    page.get_by_test_id("stVegaLiteChart").locator("svg.marks").wait_for()
    settled(page)
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_strip_has_a_cell_for_each_part_in_both_rows(visit, asked, size):
    page = drawn(visit("couverture", size, address=asked))
    page.get_by_text(labels.TABLE).click()
    parts = page.get_by_role("table", name=labels.TABLE_NAME).get_by_role("rowheader").count()
    assert parts == 40
    assert page.locator("svg.marks .layer_1_marks path").count() == 2 * parts


def test_the_table_says_what_was_cited(visit, asked):
    page = drawn(visit("couverture", address=asked))
    page.get_by_text(labels.TABLE).click()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("^Fiche 1c")))
    page_number, cited, reached, found = row.get_by_role("cell").all_inner_texts()
    assert page_number == "p. 43"
    assert int(cited) >= 1
    assert re.fullmatch(r"[1-9]\d* sur 16", reached)
    assert int(found) >= int(cited)


def test_the_fiches_never_cited_lead_to_their_pages(visit, asked):
    page = drawn(visit("couverture", address=asked))
    never = page.get_by_role("link", name=re.compile("^Fiche 5f"))
    assert "fiches?fiche=5f" in never.last.get_attribute("href")
    lines = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("^Fiche 1c")))
    assert lines.count() == 0


def test_a_refused_question_leads_back_to_its_conversation(visit, asked):
    page = drawn(visit("couverture", address=asked))
    assert page.get_by_role("heading", name=labels.REFUSED).is_visible()
    page.get_by_role("link", name=REFUSED).click()
    page.wait_for_url(re.compile(r"\?c=[0-9a-f]{12}"))


def test_another_period_is_chosen_and_two_dates_can_be_given(visit, asked):
    page = drawn(visit("couverture", address=asked))
    page.get_by_text("Entre deux dates").click()
    page.get_by_text(labels.LAST_DAY).wait_for()
    drawn(page)
    assert page.get_by_text("2 questions :").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_no_wider_than_its_window(visit, asked, size, scheme):
    page = drawn(visit("couverture", size, scheme, address=asked))
    page.get_by_text(labels.TABLE).click()
    assert overflow(page) <= 0
    assert violations(page) == []


@pytest.fixture(scope="module")
def unasked(tmp_path_factory, settings, index) -> Iterator[str]:
    """The address of a server that nobody has asked anything."""
    home = tmp_path_factory.mktemp("unasked") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    with serving(home) as address:
        yield address


def test_without_a_question_the_page_says_so_calmly(visit, unasked):
    page = visit("couverture", address=unasked)
    assert page.get_by_text(labels.NOTHING).is_visible()
    assert violations(page) == []
