"""The web interface without a browser: what the pages show, and what they do with what the reader does."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.answer import (
    Answer,
    Citation,
    CitationState,
    FoundPassage,
    Question,
    Sentence,
    Status,
    Trace,
)
from assistant.extract import Extract, ExtractBlock, Run
from assistant.wording import EXAMPLE_QUESTIONS
from ingest.errors import QuestionError
from ingest.records import Fiche, UnitKind
from ui import labels
from ui.citations import act
from ui.conversation import SHOWN_PASSAGES, Conversation, Opened
from ui.views import conversation_view, proof_count

ROOT = Path(__file__).resolve().parent.parent
QUOTES = ("La pair-aidance repose sur l'entraide.", "Le projet date de 2019.", "un temps dégagé")


def citation(number: int, state: CitationState = CitationState.VERIFIED) -> Citation:
    quote = QUOTES[number - 1]
    return Citation(
        number=number,
        document="pratiques-emergentes",
        passage=f"fiche-1c/deploiement/{number}",
        quote=quote,
        start=100,
        end=100 + len(quote),
        page="43",
        page_exact=True,
        fiche="1c",
        path=("Fiche 1c", "Déploiement"),
        state=state,
    )


def answer(text: str, status: Status, *sentences: Sentence, citations: tuple[Citation, ...] = ()) -> Answer:
    found = tuple(FoundPassage(f"fiche-1c/deploiement/{n}", 1 / n, n, None) for n in range(1, 9))
    return Answer(
        question=text,
        understood=text,
        status=status,
        sentences=sentences,
        citations=citations,
        message="" if status is Status.ANSWERED else "Rien ne répond.",
        unknown_words=("pizza",) if status is Status.SILENT else (),
        nearest_fiches=("1c", "9z"),
        suggestions=("Et dans le Nord ?",),
        trace=Trace("empreinte", "aucun", found),
    )


def proved(question: Question) -> Answer:
    """Answer any question with two sentences, the second put back in the report's words."""
    sentences = (Sentence(QUOTES[0], (1,)), Sentence(QUOTES[1], (2,)))
    citations = (citation(1), citation(2, CitationState.REPAIRED))
    return answer(question.text, Status.ANSWERED, *sentences, citations=citations)


def silent(question: Question) -> Answer:
    return answer(question.text, Status.SILENT)


def unprovable(question: Question) -> Answer:
    return answer(question.text, Status.UNPROVABLE)


def refused(question: Question) -> Answer:
    raise QuestionError("La question est vide.")


class Shelf:
    """A library of one fiche, whose passages all read the same."""

    fiches = (Fiche("1c", "pratiques-emergentes", "Pair-aidance", "Aller vers", "43", None, None, None, None, ()),)

    def extract(self, citation: Citation) -> Extract:
        runs = (Run("Avant. ", False), Run(citation.quote, True), Run(" Après.", False))
        return Extract("Fiche 1c · p. 43", citation.path, (ExtractBlock(UnitKind.SENTENCE, "passage", runs),))

    def extract_passage(self, passage_id: str) -> Extract:
        block = ExtractBlock(UnitKind.SENTENCE, "passage", (Run("mot " * 200, False),))
        return Extract(f"Fiche 1c · {passage_id}", (), (block,))


def asked(*answers) -> Conversation:
    conversation = Conversation()
    for rank, give in enumerate(answers):
        conversation.submit(f"Question {rank + 1} ?")
        conversation.answer_next(give)
    return conversation


def test_a_follow_up_is_sent_with_the_earlier_turns():
    conversation = asked(proved)
    conversation.submit("Et dans le Nord ?")
    received = []
    conversation.answer_next(lambda question: received.append(question) or silent(question))
    assert [(turn.role, turn.content) for turn in received[0].history] == [
        ("user", "Question 1 ?"),
        ("assistant", f"{QUOTES[0]} {QUOTES[1]}"),
    ]


def test_a_question_that_failed_is_shown_calmly_and_left_out_of_the_history():
    conversation = asked(refused)
    shown = conversation_view(conversation, Shelf()).exchanges[0]
    assert (shown.state, shown.message) == ("error", "La question est vide.")
    assert conversation.history == ()


def test_the_count_tells_exact_sentences_from_those_put_back_in_the_reports_words():
    assert proof_count(proved(Question("?"))) == "2 phrases, 1 vérifiée, 1 rétablie dans les mots du rapport"


def test_the_count_of_a_single_exact_list_item_is_singular():
    listed = answer("?", Status.ANSWERED, Sentence(QUOTES[2], (1,), "item"), citations=(citation(1),))
    assert proof_count(listed) == "1 élément, 1 vérifié"


def test_a_citation_button_says_its_number_and_its_place():
    first = conversation_view(asked(proved), Shelf()).exchanges[0].lines[0].sources[0]
    assert first.name == "source 1 : fiche 1c, p. 43"


def test_a_silent_refusal_shows_the_unknown_words_and_the_known_nearest_fiches():
    shown = conversation_view(asked(silent), Shelf()).exchanges[0]
    assert shown.state == "silent"
    assert shown.unknown_words == ("pizza",)
    assert shown.fiches == ("Fiche 1c : Pair-aidance",)
    assert shown.lines == shown.sources == ()


def test_an_unprovable_answer_offers_the_first_passages_cut_at_a_word():
    shown = conversation_view(asked(unprovable), Shelf()).exchanges[0]
    assert shown.state == "unprovable"
    assert len(shown.sources) == SHOWN_PASSAGES
    assert shown.sources[0].excerpt.endswith("mot…")


def test_the_open_source_marks_the_quoted_words_and_no_other():
    conversation = asked(proved)
    act(conversation, {"kind": "open", "exchange": 0, "source": 1})
    reader = conversation_view(conversation, Shelf()).reader
    quoted = [run["text"] for block in reader.blocks for run in block["runs"] if run["quoted"]]
    assert quoted == [QUOTES[1]]
    assert (reader.heading, reader.place, reader.state) == (
        "Source 2 sur 2",
        "Fiche 1c · p. 43",
        labels.REPAIRED,
    )


def test_a_found_passage_is_read_with_nothing_quoted():
    conversation = asked(unprovable)
    act(conversation, {"kind": "open", "exchange": 0, "source": 2})
    reader = conversation_view(conversation, Shelf()).reader
    assert reader.place == "Fiche 1c · fiche-1c/deploiement/3"
    assert reader.state == labels.READ_ONLY


def test_stepping_stops_at_the_first_and_the_last_source():
    conversation = asked(proved)
    act(conversation, {"kind": "open", "exchange": 0, "source": 0})
    act(conversation, {"kind": "step", "by": -1})
    assert conversation.opened == Opened(0, 0)
    act(conversation, {"kind": "step", "by": 1})
    act(conversation, {"kind": "step", "by": 1})
    assert conversation.opened == Opened(0, 1)


@pytest.mark.parametrize(
    "action",
    [
        None,
        "open",
        {"kind": "open", "exchange": 0, "source": 2},
        {"kind": "open", "exchange": -1, "source": 0},
        {"kind": "open", "exchange": "0", "source": 0},
        {"kind": "step", "by": 1},
        {"kind": "ask", "text": 3},
    ],
)
def test_an_action_that_the_page_cannot_have_sent_changes_nothing(action):
    conversation = asked(proved)
    act(conversation, action)
    assert conversation == asked(proved)


def test_a_new_question_closes_the_source_being_read():
    conversation = asked(proved)
    act(conversation, {"kind": "open", "exchange": 0, "source": 0})
    act(conversation, {"kind": "ask", "text": "Et dans le Nord ?"})
    assert conversation.opened is None
    states = [exchange.state for exchange in conversation_view(conversation, Shelf()).exchanges]
    assert states == ["answered", "pending"]


def test_starting_again_forgets_everything():
    conversation = asked(proved)
    act(conversation, {"kind": "restart"})
    assert conversation == Conversation()


@pytest.mark.parametrize("trap", ["innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser"])
def test_the_components_never_read_text_as_markup(trap):
    scripts = list((ROOT / "ui" / "components").glob("*.js"))
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
    given = [json.loads(element.proto.json) for element in page.get("bidi_component") if element.proto.json]
    return next(data["exchanges"] for data in given if "exchanges" in data)


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


def test_a_data_folder_that_cannot_be_written_is_told_calmly(tmp_path, monkeypatch):
    taken = tmp_path / "a file, not a folder"
    taken.write_text("")
    monkeypatch.setenv("PRATIQUES_HOME", str(taken))
    st.cache_resource.clear()
    page = AppTest.from_file(str(ROOT / "ui" / "app.py"), default_timeout=120).run()
    assert not page.exception
    assert [error.value for error in page.error] != []


def help_script() -> None:
    from ui.app_pages import aide

    aide.page()


def test_the_help_page_says_what_the_tool_does_not_know():
    page = AppTest.from_function(help_script).run()
    assert not page.exception
    assert "Ce qu'il ne sait pas" in page.markdown[0].value
