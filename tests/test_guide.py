"""The help page: what it says, and what it offers to delete; the deletion itself is in `test_browser_guide.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.database import Conversations, Database
from ingest.settings import load_settings
from ui.guide import labels


def help_page() -> None:
    from ui.guide import page

    page()


@pytest.fixture
def page() -> AppTest:
    """The page on an empty data folder of its own, not yet drawn."""
    st.cache_resource.clear()
    return AppTest.from_function(help_page)


@pytest.fixture
def store() -> Iterator[Conversations]:
    """The conversations of the data folder of the test: two are kept."""
    with closing(Database.open(load_settings())) as database:
        conversations = Conversations(database)
        conversations.add_failure("Qui finance FLORA ?", "Arrêtée.")
        conversations.add_failure("Qu'est-ce que la pair-aidance ?", "Arrêtée.")
        yield conversations


def said(page: AppTest) -> str:
    return "\n".join(element.value for element in page.markdown)


def test_each_chapter_is_reached_from_the_contents(page):
    page.run()
    assert not page.exception
    anchors = re.findall(r"\]\(#([\w-]+)\)", page.markdown[1].value)
    assert anchors == [header.anchor for header in page.header]
    assert [header.value for header in page.header] == [chapter.title for chapter in labels.CHAPTERS]


@pytest.mark.parametrize("word", ["PRATIQUES_HOME", "PRATIQUES_DATABASE", "pratiques.db", "answers"])
def test_the_page_says_where_things_are_kept(page, word):
    assert word in said(page.run())


@pytest.mark.parametrize("chapter", [labels.LIMITS, labels.REFUSALS, labels.PROOFS, labels.PERSONAL, labels.KEYBOARD])
def test_the_page_says_what_it_must(page, chapter):
    assert chapter.text.strip() in [text.value.strip() for text in page.run().markdown]


def test_where_nothing_is_kept_there_is_nothing_to_delete(page):
    page.run()
    assert labels.kept(0) in said(page)
    assert page.button[0].disabled


def test_nothing_is_deleted_before_it_is_confirmed(page, store):
    page.run()
    assert labels.kept(2) in said(page)
    page.button[0].click().run()
    assert labels.delete_means(2) in said(page)
    assert len(store.lines()) == 2


def test_a_database_that_cannot_be_opened_is_told_and_the_help_stays(page, monkeypatch, tmp_path):
    monkeypatch.setenv("PRATIQUES_DATABASE", f"sqlite:///{tmp_path}")
    page.run()
    assert not page.exception
    assert len(page.error) == 1
    assert page.header[-1].value == labels.ACCESS.title
