"""Conversations are kept as they were, found again, and gone when they are deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from answers import ANSWER, CITATION
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import text

from assistant.answer import FoundPassage, Question, Sentence, Status, Turn
from assistant.chain import Assistant
from assistant.database import REASONS, Conversations, Database, Feedback, KeptConversation
from assistant.records import MadeWith, Record
from ingest.errors import ConversationMissing, PratiquesError, RecordError, StorageError
from ingest.settings import Settings
from vectorstore.index import Index

Ran = tuple[int, str, str]
NOW = datetime.now(UTC)
FOUND = tuple(FoundPassage(f"annexe/{number}", 1.0, number, None) for number in range(1, 25))
LONG_ANSWER = replace(ANSWER, trace=replace(ANSWER.trace, passages=FOUND))
MADE_WITH = MadeWith.today(Settings())
TEXTS = st.text(max_size=40)


def recorded(question: str = "Qui paie ?", date: datetime = NOW, said: str = "Chaque commune paie.") -> Record:
    """The record of an answer with an id of its own."""
    answer = replace(LONG_ANSWER, id=uuid4().hex[:12], question=question, sentences=(Sentence(said, (1,)),))
    return Record("pratiques ask", 1, date, Question(question), answer, MADE_WITH)


def refusal(status: Status, date: datetime = NOW) -> Record:
    """The record of a question that got no answer from the report."""
    record = recorded(f"Question {status} ?", date)
    refused = replace(record.answer, status=status, sentences=(), citations=(), message="Le rapport n'en parle pas.")
    return replace(record, answer=refused)


@contextmanager
def opened(settings: Settings) -> Iterator[Conversations]:
    with closing(Database.open(settings)) as database:
        yield Conversations(database)


@pytest.fixture
def store(database: Database) -> Conversations:
    return Conversations(database)


@pytest.fixture
def chat(pratiques: Callable[..., Ran], indexed: Path) -> Iterator[Conversations]:
    """The conversations in the data folder over which `pratiques …` is run."""
    with opened(Settings(home=indexed)) as conversations:
        yield conversations


def questions(conversation: KeptConversation) -> list[str]:
    return [exchange.question for exchange in conversation.exchanges]


def test_an_answer_is_read_again_as_it_was_kept(store: Conversations, assistant: Assistant) -> None:
    for asked in ("Qui finance le dispositif FLORA ?", "Comparer la gouvernance des fiches 1c et 4b", "Où est Mars ?"):
        answer, judged = assistant.explain(Question(asked, (Turn("user", "Bonjour"),)))
        record = Record.of(answer, judged, assistant.settings)
        kept = store.add(record)
        assert kept.record == record
        assert store.exchange(record.answer.id) == kept
        assert store.read(kept.conversation).exchanges == (kept,)


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(TEXTS, min_size=8, max_size=8),
    figures=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
    date=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.timezones()),
    as_typed=st.booleans(),
)
def test_whatever_a_record_holds_it_is_read_again_the_same(
    store: Conversations, words: list[str], figures: list[float], date: datetime, as_typed: bool
) -> None:
    quote, page, opening, note, asked, earlier, model, said = words
    citation = replace(CITATION, quote=quote, start=7, end=7 + len(quote), page=page, path=(quote, page))
    found = FoundPassage("annexe/1", figures[0], None, 3)
    trace = replace(ANSWER.trace, passages=(found,), answerable=figures[1], model=model, timing_ms={note: figures[2]})
    answer = replace(LONG_ANSWER, sentences=(Sentence(said, (1,), "item", note),), citations=(citation,), trace=trace)
    answer = replace(
        answer, id=uuid4().hex[:12], opening=opening, notes=(note,), question=asked, unknown_words=(asked,)
    )
    question = Question(asked, (Turn("user", earlier),), as_typed, (note,))
    record = Record("pratiques ask", 1, date.astimezone(UTC), question, answer, MADE_WITH)
    store.add(record)
    kept = store.exchange(answer.id)
    assert kept.record == record
    assert kept.asked == record.date


@pytest.mark.parametrize(
    "odd", ["nul \0 ici", "moitié \ud83d seule", "<script>alert(1)</script>", "\u202eenvers", "'; --"]
)
def test_odd_text_is_kept_without_what_no_database_takes(store: Conversations, odd: str) -> None:
    kept = store.add_failure(odd, odd)
    assert kept == store.exchange(kept.id)
    assert kept.question == kept.failure == odd.replace("\0", "").replace("\ud83d", "")
    assert store.lines(odd)[0].id == kept.conversation


def test_a_failure_is_kept_with_what_was_said(store: Conversations) -> None:
    kept = store.add_failure("Qui paie ?", "Le modèle de langue ne répond pas.")
    assert (kept.record, kept.failure) == (None, "Le modèle de langue ne répond pas.")
    assert store.read(kept.conversation).title == "Qui paie ?"


def test_exchanges_follow_one_another_in_their_conversation(store: Conversations) -> None:
    first = store.add(recorded("Une ?", NOW - timedelta(minutes=2)))
    store.add(recorded("Deux ?", NOW - timedelta(minutes=1)), first.conversation)
    store.add_failure("Trois ?", "Panne.", first.conversation)
    conversation = store.read(first.conversation)
    assert questions(conversation) == ["Une ?", "Deux ?", "Trois ?"]
    assert conversation.started == NOW - timedelta(minutes=2)
    assert conversation.updated == conversation.exchanges[-1].asked


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Qui\n\t paie  ?", "Qui paie ?"),
        ("trois " * 30, "trois " * 12 + "trois…"),
        ("m" * 100, "m" * 79 + "…"),
        ("\u202e\u2066", "Sans titre"),
    ],
)
def test_a_conversation_is_named_after_its_first_question(store: Conversations, question: str, title: str) -> None:
    kept = store.add_failure(question, "Panne.")
    store.add_failure("Et ensuite ?", "Panne.", kept.conversation)
    assert store.read(kept.conversation).title == title


def test_what_cannot_be_kept_leaves_no_empty_conversation(store: Conversations) -> None:
    record = recorded()
    store.add(record)
    with pytest.raises(StorageError):
        store.add(record)
    assert len(store.lines()) == 1


def test_a_deleted_conversation_is_said_to_be_missing_and_nothing_is_kept_in_it(store: Conversations) -> None:
    kept = store.add(recorded())
    store.delete(kept.conversation)
    store.delete(kept.conversation)
    for attempt in (
        lambda: store.read(kept.conversation),
        lambda: store.add(recorded(), kept.conversation),
        lambda: store.rename(kept.conversation, "Titre"),
        lambda: store.replace_from(kept.conversation, kept.id),
        lambda: store.read("n'importe \0 quoi \ud83d"),
    ):
        with pytest.raises(ConversationMissing, match="n'existe pas, ou elle a été supprimée"):
            attempt()
    with pytest.raises(RecordError, match="n'existe pas, ou elle a été supprimée"):
        store.exchange(kept.id)
    assert store.lines() == []


def test_deleting_a_conversation_leaves_the_others(store: Conversations, database: Database) -> None:
    gone, left = store.add(recorded()), store.add(recorded())
    for kept in (gone, left):
        store.judge(kept.id, Feedback(good=True))
    store.delete(gone.conversation)
    assert [line.id for line in store.lines()] == [left.conversation]
    with database.reading() as session:
        for table in ("exchanges", "feedback"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1
        assert set(session.scalars(text("SELECT exchange FROM traces"))) == {left.id}


def test_deleting_all_leaves_nothing(store: Conversations) -> None:
    store.add(recorded())
    store.add(recorded())
    store.delete_all()
    assert store.lines() == []
    assert store.usage(NOW, NOW + timedelta(1)).cited == {}


def test_what_was_deleted_is_gone_from_the_files_of_the_database(tmp_path: Path) -> None:
    with opened(Settings(home=tmp_path)) as store:
        kept = store.add_failure("Une question très reconnaissable ?", "Panne.")
        store.add_failure("Une autre ?", "Panne.")
        written = [file.read_bytes() for file in tmp_path.glob("pratiques.db*")]
        assert any(b"reconnaissable" in content for content in written)
        store.delete(kept.conversation)
        assert not any(b"reconnaissable" in file.read_bytes() for file in tmp_path.glob("pratiques.db*"))


def test_conversations_are_listed_by_their_last_exchange_newest_first(store: Conversations) -> None:
    old, middle, new = (store.add(recorded(date=NOW - timedelta(days=days))).conversation for days in (3, 2, 1))
    store.add(recorded(date=NOW), old)
    assert [line.id for line in store.lines()] == [old, new, middle]
    assert [line.id for line in store.lines(limit=1)] == [old]


@pytest.mark.parametrize("words", ["commune", "COMMUNE", "communé", "paie commune", "  eleves\tcommune ", "élève"])
def test_a_conversation_is_found_by_all_of_the_words_of_its_questions_and_answers(
    store: Conversations, words: str
) -> None:
    kept = store.add(recorded("Et les élèves ?", said="Chaque commune paie."))
    store.add(recorded("Autre chose ?", said="Rien."))
    assert [line.id for line in store.lines(words)] == [kept.conversation]


@pytest.mark.parametrize(
    "words", ["commune département", "%", "_", "paie%", "\\", "/", " ".join(map(str, range(5000)))]
)
def test_a_conversation_without_one_of_the_words_is_not_found(store: Conversations, words: str) -> None:
    store.add(recorded())
    assert store.lines(words) == []


def test_signs_that_databases_give_a_meaning_are_searched_as_they_are(store: Conversations) -> None:
    kept = store.add(recorded("Combien font 50 % de x_y ?"))
    store.add(recorded("Combien font 50 euros de xzy ?"))
    assert [line.id for line in store.lines("% x_y")] == [kept.conversation]


def test_a_conversation_is_found_by_its_new_title_and_keeps_its_place(store: Conversations) -> None:
    kept = store.add(recorded(date=NOW - timedelta(1)))
    newer = store.add(recorded(date=NOW))
    store.rename(kept.conversation, "  Préparer\nla réunion  ")
    assert [line.title for line in store.lines("preparer")] == ["Préparer la réunion"]
    assert [line.id for line in store.lines()] == [newer.conversation, kept.conversation]


@pytest.mark.parametrize("title", ["", "  \n\t", "\u202e", "\0"])
def test_a_blank_title_is_refused(store: Conversations, title: str) -> None:
    kept = store.add(recorded())
    with pytest.raises(PratiquesError, match="Ce titre est vide"):
        store.rename(kept.conversation, title)
    assert store.read(kept.conversation).title == "Qui paie ?"


@examples(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
@example("mot " * 60)
def test_a_title_is_one_line_of_at_most_120_characters(store: Conversations, title: str) -> None:
    kept = store.add(recorded())
    store.rename(kept.conversation, f"Titre {title}")
    shown = store.read(kept.conversation).title
    assert len(shown) <= 120
    assert len(shown.splitlines()) == 1


def test_what_is_asked_again_otherwise_is_read_no_more_but_still_counts(store: Conversations) -> None:
    first = store.add(recorded("Une ?"))
    second = store.add(recorded("Deux ?"), first.conversation)
    store.add(recorded("Trois introuvable ?"), first.conversation)
    store.replace_from(first.conversation, second.id)
    store.add(recorded("Deux autrement ?"), first.conversation)
    assert questions(store.read(first.conversation)) == ["Une ?", "Deux autrement ?"]
    assert store.exchange(second.id) == second
    assert store.lines("introuvable") == []
    assert store.usage(NOW, NOW + timedelta(1)).statuses[Status.ANSWERED] == 4


def test_an_exchange_of_another_conversation_is_never_replaced(store: Conversations) -> None:
    first, other = store.add(recorded()), store.add(recorded())
    with pytest.raises(RecordError):
        store.replace_from(first.conversation, other.id)
    assert len(store.read(other.conversation).exchanges) == 1


def test_what_the_user_thinks_is_kept_changed_and_taken_back(store: Conversations) -> None:
    kept = store.add(recorded())
    for thought in (Feedback(True), Feedback(False, REASONS, "À côté."), None, None):
        store.judge(kept.id, thought)
        assert store.exchange(kept.id).feedback == thought
        assert store.read(kept.conversation).exchanges[0].feedback == thought


def test_a_reason_that_is_not_one_is_refused() -> None:
    with pytest.raises(ValueError, match="not reasons"):
        Feedback(False, ("wrong", "moche"))


def test_an_answer_that_is_gone_cannot_be_judged(store: Conversations) -> None:
    with pytest.raises(RecordError):
        store.judge("0123456789ab", Feedback(True))


def test_a_record_is_found_by_the_start_of_its_id(store: Conversations) -> None:
    first, second = recorded(), recorded()
    store.add(replace(first, answer=replace(first.answer, id="ab0000000000")))
    store.add(replace(second, answer=replace(second.answer, id="ab1111111111")))
    assert store.find_record(" AB1").answer.id == "ab1111111111"
    with pytest.raises(RecordError, match=r"Plusieurs .* ab0000000000, ab1111111111"):
        store.find_record("ab")


def test_a_failure_has_no_record_to_be_found(store: Conversations) -> None:
    failed = store.add_failure("Qui ?", "Panne.")
    with pytest.raises(RecordError, match="Aucune réponse gardée"):
        store.find_record(failed.id)


@pytest.mark.parametrize("start", ["", "  ", "%", "_", "zz", "\0"])
def test_a_record_that_is_not_there_is_said_to_be_missing(store: Conversations, start: str) -> None:
    store.add(recorded())
    with pytest.raises(RecordError, match="Aucune réponse gardée"):
        store.find_record(start)


def test_many_sessions_may_write_in_one_conversation_at_once(store: Conversations) -> None:
    conversation = store.add(recorded()).conversation
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda number: store.add(recorded(f"{number} ?"), conversation), range(16)))
    exchanges = store.read(conversation).exchanges
    assert {exchange.id for exchange in exchanges[1:]} == {exchange.id for exchange in kept}


def test_the_usage_of_a_period_counts_the_passages_that_exchanges_found_and_cited(store: Conversations) -> None:
    conversation = store.add(recorded(date=NOW)).conversation
    store.add(refusal(Status.SILENT, NOW), conversation)
    usage = store.usage(NOW, NOW + timedelta(seconds=1))
    assert usage.retrieved == {f"annexe/{number}": 2 for number in range(1, 21)}
    assert usage.cited == {CITATION.passage: 1}


def test_the_usage_of_a_period_counts_how_exchanges_ended_and_lists_the_refused_newest_first(
    store: Conversations,
) -> None:
    conversation = store.add(recorded(date=NOW)).conversation
    silent = store.add(refusal(Status.SILENT, NOW), conversation)
    unprovable = store.add(refusal(Status.UNPROVABLE, NOW + timedelta(seconds=1)), conversation)
    store.add_failure("Qui ?", "Panne.", conversation)
    usage = store.usage(NOW, datetime.now(UTC) + timedelta(minutes=1))
    assert usage.statuses == {Status.ANSWERED: 1, Status.SILENT: 1, Status.UNPROVABLE: 1}
    assert usage.failed == 1
    assert [(r.exchange, r.conversation) for r in usage.refused] == [
        (unprovable.id, conversation),
        (silent.id, conversation),
    ]
    assert usage.refused[0].question == "Question unprovable ?"
    assert usage.refused[0].status is Status.UNPROVABLE
    assert usage.refused[0].asked == NOW + timedelta(seconds=1)


def test_a_period_holds_its_start_and_not_its_end(store: Conversations) -> None:
    store.add(recorded(date=NOW))
    second = timedelta(seconds=1)
    counted = [store.usage(*period).cited for period in ((NOW, NOW + second), (NOW - second, NOW))]
    assert counted == [{CITATION.passage: 1}, {}]


def test_a_moment_without_a_time_zone_is_refused(store: Conversations) -> None:
    with pytest.raises(StorageError):
        store.usage(datetime(2026, 1, 1), NOW)


def test_every_citation_kept_is_checked_against_the_documents(
    store: Conversations, assistant: Assistant, index: Index
) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    store.add(Record.of(answer, judged, assistant.settings))
    assert store.faults(index) == []
    (report,) = index.reports
    moved = replace(index, reports=(replace(report, text=f"x{report.text}"),))
    numbers = ", ".join(f"[{citation.number}]" for citation in answer.citations)
    assert store.faults(moved) == [f"Réponse {answer.id}, citations qui ne sont plus à leur place : {numbers}."]


def test_a_damaged_record_is_told_and_hides_nothing_else(
    store: Conversations, database: Database, index: Index
) -> None:
    damaged = store.add(recorded("Une ?"))
    store.add_failure("Deux ?", "Panne.", damaged.conversation)
    with database.writing() as session:
        session.execute(text("UPDATE exchanges SET record = '{' WHERE record IS NOT NULL"))
    conversation = store.read(damaged.conversation)
    assert questions(conversation) == ["Une ?", "Deux ?"]
    assert conversation.exchanges[0].record is None
    assert "est abîmée" in conversation.exchanges[0].failure
    assert store.faults(index) == [conversation.exchanges[0].failure]
    with pytest.raises(RecordError, match="est abîmée"):
        store.find_record(damaged.id)


def test_replay_asks_again_what_was_asked_in_the_chat(
    pratiques: Callable[..., Ran], chat: Conversations, assistant: Assistant
) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    chat.add(Record.of(answer, judged, assistant.settings))
    assert pratiques("replay", answer.id[:6])[:2] == (0, "Rien ne diffère.\n")
    code, _, said = pratiques("replay", "zz")
    assert (code, "Aucune réponse gardée" in said) == (2, True)


def test_check_says_whether_the_citations_kept_are_in_their_place(
    pratiques: Callable[..., Ran], chat: Conversations, assistant: Assistant
) -> None:
    answer, judged = assistant.explain(Question("Qui finance le dispositif FLORA ?"))
    chat.add(Record.of(answer, judged, assistant.settings))
    assert pratiques("check")[1].endswith("toutes les citations gardées sont à leur place.\n")
    chat.add(recorded())
    code, _, said = pratiques("check")
    assert code == 2
    assert re.search(r"Réponse \w{12}, citations qui ne sont plus à leur place : \[1]\.", said)


def test_check_makes_no_database_where_there_is_none(pratiques: Callable[..., Ran], indexed: Path) -> None:
    code, said, _ = pratiques("check")
    assert (code, "Conversations" in said, (indexed / "pratiques.db").exists()) == (0, False, False)


def test_the_conversations_kept_are_counted(store: Conversations) -> None:
    first = store.add(recorded())
    store.add(recorded(), first.conversation)
    store.add(recorded())
    assert store.count() == 2
    store.delete_all()
    assert store.count() == 0
