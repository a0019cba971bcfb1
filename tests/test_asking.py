"""Filling the queue with questions: what is read, what is drawn, and that what was asked stays whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviews import FLORA, UNKNOWN

from assistant.answer import Question, Status
from assistant.chain import Assistant
from assistant.database import Database
from eval.aside import Aside
from eval.questions import load_questions, own_questions
from eval.review.asking import (
    MOST_QUESTIONS,
    Asked,
    BadQuestion,
    Wanted,
    ask_all,
    drawn,
    read_batch,
    read_judged_file,
    read_typed,
)
from eval.review.item import Source
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.errors import ReviewError, StorageError
from ingest.settings import Settings

OWN = load_questions(own_questions())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Reviews]:
    with closing(Database.open(Settings(home=tmp_path / "home"))) as database:
        yield Reviews(database)


def ask(assistant: Assistant, store: Reviews, *questions: str) -> Asked:
    return ask_all([Wanted(Question(q)) for q in questions], Source.BATCH, "Essai", assistant, store)


# --- what is read -----------------------------------------------------------------------------------------------------


def test_a_text_gives_one_question_a_line_each_once():
    wanted = read_typed(f"{FLORA}\n\n  Qui   finance FLORA ? \r\n{UNKNOWN}")
    assert [w.question.text for w in wanted] == [FLORA, UNKNOWN]


def test_a_batch_says_which_lines_hold_no_question_and_gives_the_others():
    content = f'{{"id": 1, "question": "{FLORA}"}}\n\nnon\n{{"id": 2}}\n'.encode()
    wanted, bad = read_batch(content)
    assert [w.question.text for w in wanted] == [FLORA]
    assert bad == [
        BadQuestion(3, "la ligne n'est pas un objet JSON valide"),
        BadQuestion(4, "le champ « question » manque ou n'est pas un texte"),
    ]


@given(st.binary(max_size=300))
def test_no_file_of_a_batch_breaks_its_reading(content):
    wanted, bad = read_batch(content)
    assert len(wanted) + len(bad) == sum(bool(line.strip()) for line in content.splitlines())


def test_more_questions_than_are_asked_in_one_go_are_refused():
    with pytest.raises(ReviewError, match="au plus à la fois"):
        read_typed("\n".join(map(str, range(MOST_QUESTIONS + 1))))


def test_a_judged_set_that_is_received_is_read_like_one_that_lies_on_the_disk():
    content = own_questions().read_bytes()
    assert read_judged_file("les-miennes.jsonl", content) == OWN


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"\xff\xfe", b'{"id": "a"}\n'], ids=["empty", "bare", "no text", "half"]
)
def test_a_received_set_that_is_none_is_refused_by_its_own_name(content):
    with pytest.raises(ReviewError, match=r"« les-miennes\.jsonl »"):
        read_judged_file("les-miennes.jsonl", content)


# --- what is drawn ----------------------------------------------------------------------------------------------------


@given(st.integers(1, 60), st.integers(1, 9999))
def test_a_draw_has_as_many_questions_as_wanted_each_once_and_always_the_same(count, seed):
    chosen = [w.judged.id for w in drawn(OWN, count, seed)]
    assert len(set(chosen)) == count
    assert chosen == [w.judged.id for w in drawn(OWN, count, seed)]


def test_another_seed_draws_other_questions():
    assert drawn(OWN, 20, 1) != drawn(OWN, 20, 2)


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 9999))
def test_drawing_again_goes_on_with_the_same_sample(first, then, seed):
    here = {w.question.text for w in drawn(OWN, first, seed)}
    rest = {w.question.text for w in drawn(OWN, then, seed, here)}
    assert not here & rest
    assert here | rest == {w.question.text for w in drawn(OWN, first + then, seed)}


def test_a_draw_of_more_than_there_are_takes_all_in_their_order():
    assert [w.judged for w in drawn(OWN[:5], 50, 1)] == OWN[:5]


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_each_question_is_answered_and_put_in_the_queue(assistant: Assistant, store: Reviews):
    assert ask(assistant, store, FLORA, UNKNOWN) == Asked(2, ())
    lines = store.lines(Queue(source=Source.BATCH, origin="Essai"))
    assert [(line.question, line.status) for line in lines] == [(FLORA, Status.ANSWERED), (UNKNOWN, Status.SILENT)]


def test_a_question_that_cannot_be_asked_is_told_and_keeps_none_of_the_others_back(
    assistant: Assistant, store: Reviews
):
    asked = ask(assistant, store, "?", FLORA)
    assert (asked.answered, [u.question for u in asked.unanswered]) == (1, ["?"])
    assert store.count() == 1


def test_what_was_judged_of_a_question_goes_with_its_answer(assistant: Assistant, store: Reviews):
    [wanted] = drawn(OWN, 1, 3)
    ask_all([wanted], Source.JUDGED, "questions.jsonl", assistant, store)
    assert store.item(store.identifiers(Queue())[0]).judged == wanted.judged


def test_personal_data_of_a_question_do_not_reach_the_queue(assistant: Assistant, store: Reviews):
    ask(assistant, store, "Mme Dupont, 06 12 34 56 78, peut-elle avoir du répit ?")
    [line] = store.lines(Queue())
    assert "06 12" not in line.question


def test_what_was_asked_before_a_stop_stays_and_nothing_is_asked_after_it(assistant: Assistant, store: Reviews):
    stop = Event()

    def tell(done: int, total: int) -> None:
        if done == 1:
            stop.set()

    wanted = [Wanted(Question(FLORA)), Wanted(Question(UNKNOWN))]
    assert ask_all(wanted, Source.BATCH, "Essai", assistant, store, tell, stop) == Asked(1, ())
    assert store.count() == 1


def test_asking_aside_says_how_far_it_is_and_what_it_came_to(assistant: Assistant, store: Reviews):
    wanted = [Wanted(Question(FLORA)), Wanted(Question("?"))]
    work = Aside(lambda tell, stop: ask_all(wanted, Source.BATCH, "Essai", assistant, store, tell, stop))
    work.wait(60)
    assert (work.done, work.total, work.failure) == (2, 2, "")
    assert work.result is not None
    assert work.result.answered == 1


def test_asking_ends_where_answers_cannot_be_kept(assistant: Assistant, tmp_path: Path):
    database = Database.open(Settings(home=tmp_path / "home"))
    database.close()
    (tmp_path / "home" / "pratiques.db").write_bytes(b"damaged" * 1000)
    with pytest.raises(StorageError):
        ask(assistant, Reviews(database), FLORA)
