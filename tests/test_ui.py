"""The web interface without a browser: its theme, its components, and each page as the application draws it."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from llm_server import Play, Service, claims, running
from streamlit.testing.v1 import AppTest

from assistant.wording import EXAMPLE_QUESTIONS, masked

ROOT = Path(__file__).resolve().parent.parent
TYPED = "M. Durand a-t-il droit à la pair-aidance ?"
MASKED = "M. [nom] a-t-il droit à la pair-aidance ?"


@pytest.mark.parametrize("trap", ["innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser"])
def test_the_components_never_read_text_as_markup(trap):
    scripts = list((ROOT / "ui").rglob("*.js"))
    assert scripts
    assert all(trap not in script.read_text(encoding="utf-8") for script in scripts)


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["textColor", "primaryColor"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_the_colours_are_readable(scheme, ink, ground):
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][scheme]
    low, high = sorted((luminance(theme[ink]), luminance(theme[ground])))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_server_answers_this_machine_only_and_reports_nothing():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["gatherUsageStats"] is False
    assert config["theme"]["baseFontSize"] >= 17


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def page(home, monkeypatch) -> AppTest:
    """The application just opened, on a data folder that the tests of this file share."""
    monkeypatch.setenv("PRATIQUES_HOME", str(home))
    return AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()


def shown(page: AppTest) -> list[dict]:
    """The exchanges that the page hands to the conversation component."""
    return next(data["exchanges"] for data in map(json.loads, payloads(page)) if "exchanges" in data)


def payloads(page: AppTest) -> list[str]:
    """What the page hands to its components, as JSON."""
    return [element.proto.json for element in page.get("bidi_component") if element.proto.json]


def test_the_empty_page_offers_examples_and_one_click_asks(page):
    assert not page.exception
    assert [button.label for button in page.button] == list(EXAMPLE_QUESTIONS)
    page.button[0].click().run()
    assert not page.exception
    assert [exchange["question"] for exchange in shown(page)] == [EXAMPLE_QUESTIONS[0]]
    assert shown(page)[0]["state"] == "answered"


def test_a_typed_question_is_answered_and_stays_in_the_page(page):
    page.chat_input[0].set_value(EXAMPLE_QUESTIONS[0]).run()
    page.chat_input[0].set_value(EXAMPLE_QUESTIONS[1]).run()
    assert not page.exception
    assert [exchange["question"] for exchange in shown(page)] == list(EXAMPLE_QUESTIONS[:2])


def test_a_question_that_is_too_long_is_refused_in_the_page(page):
    page.chat_input[0].set_value("pourquoi " * 500).run()
    assert not page.exception
    assert shown(page)[0]["state"] == "error"


def test_personal_data_are_masked_in_the_page_and_the_note_says_so(page):
    page.chat_input[0].set_value(TYPED).run()
    assert not page.exception
    exchange = shown(page)[0]
    assert (exchange["question"], exchange["masked"]) == (MASKED, masked(("name",)))


def test_a_language_model_answers_in_the_page(home, monkeypatch):
    monkeypatch.setenv("PRATIQUES_HOME", str(home))
    quote = "Les dépenses qui incombent aux communes sont réparties en fonction de la population"
    sentence = "Les dépenses des communes sont réparties en fonction de la population."
    rewritten = Play(text=json.dumps({"question": EXAMPLE_QUESTIONS[0]}))
    with running(Service(rewritten, Play(text=claims((1, quote, sentence))))) as service:
        service.settings(monkeypatch)
        st.cache_resource.clear()
        page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
        page.chat_input[0].set_value(EXAMPLE_QUESTIONS[0]).run()
    st.cache_resource.clear()
    assert not page.exception
    assert [line["text"] for line in shown(page)[0]["lines"]] == [sentence]


def test_a_data_folder_that_cannot_be_written_is_told_calmly(tmp_path, monkeypatch):
    taken = tmp_path / "a file, not a folder"
    taken.write_text("")
    monkeypatch.setenv("PRATIQUES_HOME", str(taken))
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    assert not page.exception
    assert [error.value for error in page.error] != []


def test_where_the_database_cannot_be_opened_the_answer_is_shown_and_said_not_to_be_kept(home, tmp_path, monkeypatch):
    broken = tmp_path / "pratiques.db"
    broken.write_bytes(b"not a database" * 100)
    monkeypatch.setenv("PRATIQUES_HOME", str(home))
    monkeypatch.setenv("PRATIQUES_DATABASE", f"sqlite:///{broken}")
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    page.chat_input[0].set_value(EXAMPLE_QUESTIONS[0]).run()
    st.cache_resource.clear()
    given = next(data for data in map(json.loads, payloads(page)) if "exchanges" in data)
    assert not page.exception
    assert given["exchanges"][0]["state"] == "answered"
    assert "n'est pas gardée" in given["trouble"]


def test_a_locked_database_loses_nothing_and_the_next_try_keeps_it_all(home, tmp_path, monkeypatch):
    monkeypatch.setenv("PRATIQUES_HOME", str(home))
    monkeypatch.setenv("PRATIQUES_DATABASE", f"sqlite:///{tmp_path / 'pratiques.db'}")
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    with closing(sqlite3.connect(tmp_path / "pratiques.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        page.chat_input[0].set_value(EXAMPLE_QUESTIONS[0]).run()
        locked = next(data for data in map(json.loads, payloads(page)) if "exchanges" in data)
    page.chat_input[0].set_value(EXAMPLE_QUESTIONS[1]).run()
    st.cache_resource.clear()
    freed = next(data for data in map(json.loads, payloads(page)) if "exchanges" in data)
    assert "n'est pas gardée" in locked["trouble"]
    assert freed["trouble"] == ""
    with closing(sqlite3.connect(tmp_path / "pratiques.db")) as kept:
        asked = kept.execute("SELECT question FROM exchanges ORDER BY position").fetchall()
    assert [question for (question,) in asked] == list(EXAMPLE_QUESTIONS[:2])
