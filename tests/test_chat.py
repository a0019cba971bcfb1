"""The web interface without a browser: what the pages show, and what they do with what the reader does."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
import streamlit as st
from llm_server import Play, Service, claims, running
from streamlit.testing.v1 import AppTest

from assistant.answer import (
    Answer,
    Citation,
    CitationState,
    FoundPassage,
    Question,
    Sentence,
    Status,
    Table,
    TableCell,
    Trace,
)
from assistant.extract import Extract, ExtractBlock, Run
from assistant.personal import find_personal
from assistant.wording import EXAMPLE_QUESTIONS, masked
from ingest.errors import QuestionError
from ingest.records import Fiche, UnitKind
from ingest.settings import Settings
from ui.chat import labels
from ui.chat.component import act
from ui.chat.conversation import SHOWN_PASSAGES, Conversation, Opened
from ui.chat.views import conversation_view, proof_count

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
        id="0123456789ab",
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


def compared(question: Question) -> Answer:
    """Compare two fiches on two fields; the report says nothing of one of the four."""
    texts = (QUOTES[0], QUOTES[1], f"Territoire : {QUOTES[2]}")
    sentences = tuple(Sentence(q, (n,), "row", "Fiche 1c, effets :") for n, q in enumerate(texts, 1))
    given = answer(question.text, Status.ANSWERED, *sentences, citations=tuple(map(citation, (1, 2, 3))))
    cells = (
        TableCell("1c", "financements", (0,), "Fiche 1c, financements :"),
        TableCell("1d", "financements", (), "Fiche 1d, financements :"),
        TableCell("1c", "territoire", (1,), "Fiche 1c, territoire :"),
        TableCell("1d", "territoire", (2,), "Fiche 1d, territoire :"),
    )
    return replace(given, table=Table(cells))


def private(question: Question) -> Answer:
    """Mask the question as the road does, and answer it."""
    if question.as_typed:
        return proved(question)
    given = proved(replace(question, text=find_personal(question.text).masked))
    return replace(given, understood="M. a-t-il droit à la pair-aidance ?", notes=(masked(("name",)), "Aucun conseil."))


def said(text: str) -> SimpleNamespace:
    """A claim of a language model, as far as the page reads it."""
    return SimpleNamespace(text=text)


class Shelf:
    """A library of one fiche, whose passages all read the same."""

    index = SimpleNamespace(names=frozenset())
    settings = Settings()
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
    assert conversation.history() == ()


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


def test_what_is_said_before_and_after_the_sentences_is_shown_and_announced_once():
    def ask(question: Question) -> Answer:
        return replace(proved(question), opening="Ce que le rapport en dit :", notes=("Aucun conseil.",))

    shown = conversation_view(asked(ask), Shelf()).exchanges[0]
    assert (shown.opening, shown.notes) == ("Ce que le rapport en dit :", ("Aucun conseil.",))
    assert shown.announcement.count(shown.opening) == shown.announcement.count(shown.notes[0]) == 1


def test_the_notes_of_a_refusal_are_shown_and_announced_once():
    ask = lambda question: replace(silent(question), notes=("Aucun conseil.",))  # noqa: E731
    shown = conversation_view(asked(ask), Shelf()).exchanges[0]
    assert shown.notes == ("Aucun conseil.",)
    assert shown.announcement.count("Aucun conseil.") == 1


def test_a_comparison_is_a_table_whose_silent_cells_say_so_when_heard():
    shown = conversation_view(asked(compared), Shelf()).exchanges[0]
    assert [column.name for column in shown.table.columns] == ["Fiche 1c", "Fiche 1d"]
    assert [row.head.name for row in shown.table.rows] == ["Financements", "Territoire"]
    assert [[len(cell) for cell in row.cells] for row in shown.table.rows] == [[1, 0], [1, 1]]
    assert shown.lines == ()
    assert "Fiche 1d, financements : non précisé" in shown.announcement
    assert all(shown.announcement.count(quote) == 1 for quote in QUOTES)


def test_the_cells_of_a_comparison_open_the_sources_of_the_answer():
    row = conversation_view(asked(compared), Shelf()).exchanges[0].table.rows[1]
    assert [line.sources[0].source for cell in row.cells for line in cell] == [1, 2]


def test_a_cell_of_a_comparison_does_not_say_again_what_heads_it():
    row = conversation_view(asked(compared), Shelf()).exchanges[0].table.rows[1]
    assert [(line.lead, line.text) for cell in row.cells for line in cell] == [("", QUOTES[1]), ("", QUOTES[2])]


def test_a_comparison_of_more_fiches_than_fields_has_a_row_for_each_fiche():
    def ask(question: Question) -> Answer:
        given = compared(question)
        return replace(given, table=Table(given.table.cells[:2]))

    table = conversation_view(asked(ask), Shelf()).exchanges[0].table
    assert [row.head.name for row in table.rows] == ["Fiche 1c", "Fiche 1d"]
    assert (table.corner, [column.name for column in table.columns]) == ("Fiche", ["Financements"])


TYPED = "M. Durand a-t-il droit à la pair-aidance ?"
MASKED = "M. [nom] a-t-il droit à la pair-aidance ?"


def test_personal_data_of_a_question_are_never_given_to_the_page():
    conversation = Conversation()
    conversation.submit(TYPED)
    waiting = conversation_view(conversation, Shelf())
    conversation.answer_next(private)
    answered = conversation_view(conversation, Shelf())
    conversation.submit(TYPED)
    conversation.answer_next(refused)
    failed = conversation_view(conversation, Shelf())
    assert "Durand" not in f"{waiting}{answered}{failed}"
    assert [exchange.question for exchange in failed.exchanges] == [MASKED, MASKED]
    assert [exchange.masked for exchange in failed.exchanges] == [masked(("name",)), ""]
    assert failed.exchanges[0].notes == ("Aucun conseil.",)


def test_a_masked_question_is_not_said_to_be_understood_otherwise():
    conversation = Conversation()
    conversation.submit(TYPED)
    conversation.answer_next(private)
    assert conversation_view(conversation, Shelf()).exchanges[0].understood == ""


def test_a_masked_question_is_asked_as_typed_on_the_readers_word_only():
    conversation = asked(proved)
    conversation.submit(TYPED)
    conversation.answer_next(private)
    conversation.submit("Et dans le Nord ?")
    received = []
    conversation.answer_next(lambda question: received.append(question) or silent(question))
    act(conversation, {"kind": "as-typed", "exchange": 1})
    conversation.answer_next(lambda question: received.append(question) or private(question))
    later, again = received
    assert (again.text, again.as_typed) == (TYPED, True)
    assert [turn.content for turn in again.history if turn.role == "user"] == ["Question 1 ?"]
    assert (later.as_typed, [t.content for t in later.history if t.role == "user"][-1]) == (False, MASKED)
    shown = conversation_view(conversation, Shelf()).exchanges[-1]
    assert (shown.question, shown.masked) == (TYPED, "")


def test_where_the_data_would_go_is_said_beside_the_button():
    shelf = Shelf()
    assert conversation_view(Conversation(), shelf).labels["as_typed_means"] == labels.AS_TYPED_HERE
    shelf.settings = Settings(llm="openai:m")
    assert conversation_view(Conversation(), shelf).labels["as_typed_means"] == labels.AS_TYPED_MODEL


def test_each_sentence_of_a_language_model_is_shown_once_proved_until_the_answer_replaces_it():
    heard, end = Event(), Event()

    def ask(question: Question, tell) -> Answer:
        assert heard.wait(10)
        tell(said("Une phrase prouvée."))
        assert end.wait(10)
        return proved(question)

    conversation = Conversation()
    conversation.submit("Question 1 ?")
    conversation.submit("Question 2 ?")
    conversation.work_on_next(ask, 0)
    before = conversation_view(conversation, Shelf()).exchanges
    heard.set()
    conversation.work_on_next(ask, 10)
    during = conversation_view(conversation, Shelf()).exchanges
    end.set()
    conversation.work_on_next(ask, 10)
    after = conversation_view(conversation, Shelf()).exchanges
    assert [(e.work, e.lines) for e in before] == [(labels.SEARCHING, ())] * 2
    assert [line.text for line in during[0].lines] == ["Une phrase prouvée."]
    assert [e.work for e in during] == [labels.WRITING, labels.SEARCHING]
    assert [e.state for e in after] == ["answered", "pending"]
    assert [line.text for line in after[0].lines] == list(QUOTES[:2])


def test_a_source_can_be_read_while_a_language_model_works():
    end = Event()
    conversation = asked(proved)
    conversation.submit("Question 2 ?")
    conversation.work_on_next(lambda question, tell: end.wait(10) and silent(question), 0)
    act(conversation, {"kind": "open", "exchange": 0, "source": 1})
    end.set()
    conversation.work_on_next(refused, 10)
    assert conversation.opened == Opened(0, 1)
    assert [e.answer.status for e in conversation.exchanges] == [Status.ANSWERED, Status.SILENT]


def test_a_language_model_that_cannot_be_opened_is_told_in_the_answers_place():
    conversation = Conversation()
    conversation.submit("Question 1 ?")
    conversation.work_on_next(lambda question, tell: refused(question), 10)
    assert conversation_view(conversation, Shelf()).exchanges[0].message == "La question est vide."
    assert not conversation.waiting


def test_a_program_error_while_a_language_model_works_is_not_asked_again():
    conversation = Conversation()
    conversation.submit("Question 1 ?")
    with pytest.raises(ZeroDivisionError):
        conversation.work_on_next(lambda question, tell: 1 / 0, 10)
    assert conversation == Conversation()


def test_starting_again_forgets_everything():
    conversation = asked(proved)
    act(conversation, {"kind": "restart"})
    assert conversation == Conversation()


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


def help_script() -> None:
    from ui.guide import page

    page()


def test_the_help_page_says_what_the_tool_does_not_know():
    page = AppTest.from_function(help_script).run()
    assert not page.exception
    assert "Ce qu'il ne sait pas" in page.markdown[0].value
