"""The chat without a browser: what it shows, and what it does with what the reader does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from types import SimpleNamespace

import pytest

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
from assistant.database import ConversationLine, Feedback, KeptConversation, KeptExchange
from assistant.exports import Document, document_of
from assistant.extract import Extract, ExtractBlock, Run
from assistant.personal import find_personal
from assistant.proof_count import proof_count
from assistant.records import MadeWith, Record
from assistant.scope import EVERYWHERE, Scope
from assistant.wording import masked
from ingest.errors import QuestionError, Stopped, StorageError
from ingest.records import Fiche, UnitKind
from ingest.settings import Settings
from ui.chat import labels
from ui.chat.component import Wish, act
from ui.chat.conversation import SHOWN_PASSAGES, Asked, Conversation, Opened
from ui.chat.layout import conversation_view
from ui.chat.shelf import group_lines

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


def two_sentences(question: Question) -> Answer:
    """Answer any question with two sentences, the second put back in the report's words."""
    sentences = (Sentence(QUOTES[0], (1,)), Sentence(QUOTES[1], (2,)))
    citations = (citation(1), citation(2, CitationState.REPAIRED))
    return answer(question.text, Status.ANSWERED, *sentences, citations=citations)


def recorded(question: Question, given: Answer) -> Record:
    """The record of an answer, as a page is given it."""
    made_with = MadeWith("0", "", "", "", "", "")
    return Record("pratiques ask", 1, datetime(2026, 11, 24, tzinfo=UTC), question, given, made_with)


def proved(question: Question) -> Record:
    return recorded(question, two_sentences(question))


def silent(question: Question) -> Record:
    return recorded(question, answer(question.text, Status.SILENT))


def unprovable(question: Question) -> Record:
    return recorded(question, answer(question.text, Status.UNPROVABLE))


def refused(question: Question) -> Record:
    raise QuestionError("La question est vide.")


def compared(question: Question) -> Record:
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
    return recorded(question, replace(given, table=Table(cells)))


def private(question: Question) -> Record:
    """Mask the question as the road does, and answer it."""
    if question.as_typed:
        return proved(question)
    asked = replace(question, text=find_personal(question.text).masked, masked=("name",))
    notes = (masked(("name",)), "Aucun conseil.")
    return recorded(asked, replace(two_sentences(asked), understood="M. a-t-il droit à la pair-aidance ?", notes=notes))


def said(text: str) -> SimpleNamespace:
    """A claim of a language model, as far as the page reads it."""
    return SimpleNamespace(text=text)


class Shelf:
    """A library of one fiche, whose passages all read the same."""

    index = SimpleNamespace(names=frozenset(), passages=(), reports=(), fiches=())
    settings = Settings()
    fiches = (Fiche("1c", "pratiques-emergentes", "Pair-aidance", "Aller vers", "43", None, None, None, None, ()),)

    def extract(self, citation: Citation) -> Extract:
        runs = (Run("Avant. ", False), Run(citation.quote, True), Run(" Après.", False))
        return Extract("Fiche 1c · p. 43", citation.path, (ExtractBlock(UnitKind.SENTENCE, "passage", runs),))

    def extract_passage(self, passage_id: str) -> Extract:
        block = ExtractBlock(UnitKind.SENTENCE, "passage", (Run("mot " * 200, False),))
        return Extract(f"Fiche 1c · {passage_id}", (), (block,))

    def document(self, title: str, answers: Sequence[Answer], date: datetime) -> Document:
        return document_of(title, answers, self.fiches, date)


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
    assert proof_count([two_sentences(Question("?"))]) == "2 phrases, 1 vérifiée, 1 rétablie dans les mots du rapport"


def test_the_count_of_a_single_exact_list_item_is_singular():
    listed = answer("?", Status.ANSWERED, Sentence(QUOTES[2], (1,), "item"), citations=(citation(1),))
    assert proof_count([listed]) == "1 élément, 1 vérifié"


def test_a_citation_button_says_its_number_and_its_place():
    first = conversation_view(asked(proved), Shelf()).exchanges[0].lines[0].sources[0]
    assert first.name == "source 1 : fiche 1c, p. 43"


def test_a_silent_refusal_shows_the_unknown_words_and_the_known_nearest_fiches():
    shown = conversation_view(asked(silent), Shelf()).exchanges[0]
    assert shown.state == "silent"
    assert shown.unknown_words == ("pizza",)
    assert [(fiche.name, fiche.link.address) for fiche in shown.fiches] == [
        ("Fiche 1c : Pair-aidance", "fiches?fiche=1c")
    ]
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
    def ask(question: Question) -> Record:
        given = two_sentences(question)
        return recorded(question, replace(given, opening="Ce que le rapport en dit :", notes=("Aucun conseil.",)))

    shown = conversation_view(asked(ask), Shelf()).exchanges[0]
    assert (shown.opening, shown.notes) == ("Ce que le rapport en dit :", ("Aucun conseil.",))
    assert shown.announcement.count(shown.opening) == shown.announcement.count(shown.notes[0]) == 1


def test_the_notes_of_a_refusal_are_shown_and_announced_once():
    def ask(question: Question) -> Record:
        return recorded(question, replace(answer(question.text, Status.SILENT), notes=("Aucun conseil.",)))

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
    def ask(question: Question) -> Record:
        given = compared(question).answer
        return recorded(question, replace(given, table=Table(given.table.cells[:2])))

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

    def ask(question: Question, tell, stop) -> Record:
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
    conversation.work_on_next(lambda question, tell, stop: end.wait(10) and silent(question), 0)
    act(conversation, {"kind": "open", "exchange": 0, "source": 1})
    end.set()
    conversation.work_on_next(refused, 10)
    assert conversation.opened == Opened(0, 1)
    assert [e.answer.status for e in conversation.exchanges] == [Status.ANSWERED, Status.SILENT]


def test_a_language_model_that_cannot_be_opened_is_told_in_the_answers_place():
    conversation = Conversation()
    conversation.submit("Question 1 ?")
    conversation.work_on_next(lambda question, tell, stop: refused(question), 10)
    assert conversation_view(conversation, Shelf()).exchanges[0].message == "La question est vide."
    assert not conversation.waiting


def test_a_program_error_while_a_language_model_works_is_not_asked_again():
    conversation = Conversation()
    conversation.submit("Question 1 ?")
    with pytest.raises(ZeroDivisionError):
        conversation.work_on_next(lambda question, tell, stop: 1 / 0, 10)
    assert conversation == Conversation()


class Memory:
    """A store that holds what it is given, until it is told to fail."""

    def __init__(self) -> None:
        self.kept: list[KeptExchange] = []
        self.replaced: list[str] = []
        self.full = False

    def add(self, record: Record, conversation: str | None = None) -> KeptExchange:
        return self._keep(record.question.text, record, "", conversation)

    def add_failure(self, question: str, failure: str, conversation: str | None = None) -> KeptExchange:
        return self._keep(question, None, failure, conversation)

    def replace_from(self, conversation: str, exchange: str) -> None:
        self.replaced.append(exchange)

    def _keep(self, question: str, record: Record | None, failure: str, conversation: str | None) -> KeptExchange:
        if self.full:
            raise StorageError("Il n'y a plus de place.")
        name, date = f"e{len(self.kept)}", datetime(2026, 11, 24, tzinfo=UTC)
        self.kept.append(KeptExchange(name, conversation or "c0", question, record, failure, date, None))
        return self.kept[-1]


def without_data(asked_: Asked) -> str:
    return find_personal(asked_.text).masked


def test_what_is_kept_is_read_back_as_it_was_shown():
    store, conversation = Memory(), asked(proved, silent, refused)
    conversation.keep(store, without_data)
    date = datetime(2026, 11, 24, tzinfo=UTC)
    again = Conversation.of(KeptConversation("c0", "Question 1 ?", date, date, tuple(store.kept)))
    assert conversation_view(again, Shelf()).exchanges == conversation_view(conversation, Shelf()).exchanges
    assert [e.id for e in conversation.exchanges] == ["e0", "e1", "e2"]


def test_a_question_that_failed_is_kept_without_its_personal_data():
    store, conversation = Memory(), Conversation()
    conversation.submit(TYPED)
    conversation.answer_next(refused)
    conversation.keep(store, without_data)
    assert [(kept.question, kept.failure) for kept in store.kept] == [(MASKED, "La question est vide.")]


def test_what_a_full_database_refused_is_still_shown_and_kept_the_next_time():
    store, conversation = Memory(), asked(proved)
    store.full = True
    with pytest.raises(StorageError):
        conversation.keep(store, without_data)
    assert not conversation.kept
    assert conversation_view(conversation, Shelf()).exchanges[0].state == "answered"
    store.full = False
    conversation.submit("Question 2 ?")
    conversation.answer_next(proved)
    conversation.keep(store, without_data)
    assert [kept.question for kept in store.kept] == ["Question 1 ?", "Question 2 ?"]
    assert conversation.kept


def test_a_question_asked_again_takes_the_place_of_the_first_and_of_what_followed():
    store, conversation = Memory(), asked(proved, proved, proved)
    conversation.keep(store, without_data)
    act(conversation, {"kind": "edit", "exchange": 1, "text": "Mieux dit ?"})
    received = []
    conversation.answer_next(lambda question: received.append(question) or proved(question))
    conversation.keep(store, without_data)
    assert [turn.content for turn in received[0].history if turn.role == "user"] == ["Question 1 ?"]
    assert [e.question for e in conversation_view(conversation, Shelf()).exchanges] == ["Question 1 ?", "Mieux dit ?"]
    assert store.replaced == ["e1"]


def test_while_an_answer_is_awaited_no_earlier_question_can_be_edited():
    conversation = asked(proved)
    conversation.submit("Question 2 ?")
    act(conversation, {"kind": "edit", "exchange": 0, "text": "Mieux dit ?"})
    assert [e.question for e in conversation_view(conversation, Shelf()).exchanges] == ["Question 1 ?", "Question 2 ?"]


def test_a_masked_question_read_back_can_no_longer_be_asked_as_typed():
    store, conversation = Memory(), Conversation()
    conversation.submit(TYPED)
    conversation.answer_next(private)
    conversation.keep(store, without_data)
    date = datetime(2026, 11, 24, tzinfo=UTC)
    again = Conversation.of(KeptConversation("c0", MASKED, date, date, tuple(store.kept)))
    here, there = (conversation_view(c, Shelf()).exchanges[0] for c in (conversation, again))
    assert (here.typed_otherwise, there.typed_otherwise) == (True, False)
    assert here.masked == there.masked == masked(("name",))
    act(again, {"kind": "as-typed", "exchange": 0})
    assert not again.waiting


def test_a_question_is_asked_of_the_scope_that_was_chosen_and_again_of_everything_on_a_click():
    conversation = Conversation(scope=Scope(fiches=("1c",)))
    conversation.submit("Qui finance ?")
    received = []
    conversation.answer_next(lambda question: received.append(question) or silent(question))
    assert conversation_view(conversation, Shelf()).exchanges[0].scope == ("Fiche 1c",)
    act(conversation, {"kind": "everywhere", "exchange": 0})
    conversation.answer_next(lambda question: received.append(question) or proved(question))
    assert [question.scope for question in received] == [Scope(fiches=("1c",)), EVERYWHERE]
    assert [question.text for question in received] == ["Qui finance ?"] * 2


def test_an_answer_under_way_is_stopped_and_its_question_stays():
    stopped = Event()

    def ask(question: Question, tell, stop) -> Record:
        assert stop.wait(10)
        stopped.set()
        raise Stopped

    conversation = Conversation()
    conversation.submit("Question 1 ?")
    conversation.work_on_next(ask, 0)
    assert conversation_view(conversation, Shelf()).exchanges[0].stoppable
    act(conversation, {"kind": "stop"})
    assert stopped.wait(10)
    shown = conversation_view(conversation, Shelf()).exchanges
    assert [(e.question, e.state, e.message) for e in shown] == [("Question 1 ?", "error", labels.STOPPED)]
    assert not conversation.waiting


def test_a_thumb_is_kept_with_its_known_reasons_only():
    conversation = asked(proved)
    conversation.keep(Memory(), without_data)
    said = {"good": False, "reasons": ["wrong", "nonsense", "beside"], "comment": " Trop long. "}
    wish = act(conversation, {"kind": "judge", "exchange": 0, **said})
    assert wish == Wish("judge", 0)
    assert conversation.exchanges[0].feedback == Feedback(False, ("beside", "wrong"), "Trop long.")


@pytest.mark.parametrize("kind", ["take", "share", "rename", "delete", "keep"])
def test_what_needs_a_dialog_or_the_store_is_left_to_the_page(kind):
    conversation = asked(proved)
    assert act(conversation, {"kind": kind}) == Wish(kind)
    assert conversation == asked(proved)


def test_an_answer_is_copied_with_its_marks_and_its_references():
    copied = conversation_view(asked(proved), Shelf()).exchanges[0].copied
    assert f"{QUOTES[0]}" in copied
    assert all(mark in copied for mark in ("[1]", "[2]", "p. 43"))


def test_a_source_is_read_on_where_it_stands_in_the_report():
    conversation = asked(proved)
    act(conversation, {"kind": "open", "exchange": 0, "source": 1})
    before = conversation_view(conversation, Shelf()).reader.link.address
    conversation.keep(Memory(), without_data)
    after = conversation_view(conversation, Shelf()).reader.link.address
    assert before.startswith("lire?passage=fiche-1c%2Fdeploiement%2F2&mots=100-123-")
    assert after == "lire?reponse=e0&source=2"


def test_conversations_are_grouped_by_how_long_ago_they_were():
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    ages = {"a": 0, "b": 1, "c": 3, "d": 12, "e": 90}
    lines = [ConversationLine(name, name, now - timedelta(days=days)) for name, days in ages.items()]
    groups = group_lines(lines, "c", now)
    names = [labels.TODAY, labels.YESTERDAY, labels.THIS_WEEK, labels.THIS_MONTH, labels.EARLIER]
    assert [(g.name, [line.title for line in g.lines]) for g in groups] == list(
        zip(names, map(list, ages), strict=True)
    )
    assert [line.title for group in groups for line in group.lines if line.current] == ["c"]
