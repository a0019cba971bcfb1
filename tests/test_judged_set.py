"""The set of judged questions that reviews gave: what is in it can be asked, and none is lost or doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assistant.answer import Turn
from eval.questions import JudgedQuestion, load_questions
from eval.review.judged_set import append, change, find, judged_set, read, remove
from ingest.errors import PratiquesError, ReviewError, StorageError

QUESTION = JudgedQuestion(
    id="r-0123456789ab",
    question="Qui paie ?",
    history=(),
    type="fact",
    persona="trainer",
    answer="Chaque commune paie.",
    key_facts=(),
    evidence=(("Chaque commune paie.",),),
    where=("Fiche 4a",),
    answerable=True,
)


def numbered(number: int) -> JudgedQuestion:
    return replace(QUESTION, id=f"r-{number}", question=f"Question {number} ?")


def test_there_is_no_set_before_its_first_question(tmp_path: Path) -> None:
    assert read(tmp_path) == []
    assert find(tmp_path, QUESTION.id) is None
    assert not judged_set(tmp_path).exists()


def test_the_questions_of_the_set_are_read_as_any_judged_questions(tmp_path: Path) -> None:
    append(tmp_path, numbered(1))
    append(tmp_path, numbered(2))
    assert load_questions(judged_set(tmp_path)) == read(tmp_path) == [numbered(1), numbered(2)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@example(text="une ligne\u2028une autre\x85")
def test_any_words_come_back_as_they_were_written(tmp_path: Path, text: str) -> None:
    question = replace(QUESTION, question=f"Q {text}", answer=text, evidence=((text,),), history=(Turn("user", text),))
    judged_set(tmp_path).unlink(missing_ok=True)
    append(tmp_path, question)
    assert read(tmp_path) == [question]


def test_an_answer_gives_one_question_only(tmp_path: Path) -> None:
    append(tmp_path, QUESTION)
    with pytest.raises(ReviewError, match="déjà donné une question"):
        append(tmp_path, replace(QUESTION, question="Une autre ?"))
    assert read(tmp_path) == [QUESTION]


def test_the_same_question_is_refused_however_it_is_written(tmp_path: Path) -> None:
    append(tmp_path, QUESTION)
    with pytest.raises(ReviewError, match=f"sous l'identifiant « {QUESTION.id} »"):
        append(tmp_path, replace(QUESTION, id="r-2", question="qui  PAIE"))
    assert read(tmp_path) == [QUESTION]


def test_the_same_words_after_other_turns_are_another_question(tmp_path: Path) -> None:
    follow_up = replace(QUESTION, id="r-2", history=(Turn("user", "Qu'est-ce que FLORA ?"),))
    append(tmp_path, QUESTION)
    append(tmp_path, follow_up)
    assert read(tmp_path) == [QUESTION, follow_up]


def test_a_question_changes_in_its_place(tmp_path: Path) -> None:
    append(tmp_path, numbered(1))
    append(tmp_path, numbered(2))
    changed = change(tmp_path, "r-1", lambda question: replace(question, persona="evaluator"))
    assert read(tmp_path) == [changed, numbered(2)]
    assert changed.persona == "evaluator"


def test_a_question_taken_out_elsewhere_can_neither_change_nor_be_taken_out_again(tmp_path: Path) -> None:
    append(tmp_path, numbered(1))
    with pytest.raises(ReviewError, match="retirée ailleurs"):
        change(tmp_path, "r-2", lambda question: question)
    with pytest.raises(ReviewError, match="retirée ailleurs"):
        remove(tmp_path, "r-2")
    assert read(tmp_path) == [numbered(1)]


def test_the_file_goes_with_its_last_question(tmp_path: Path) -> None:
    append(tmp_path, QUESTION)
    remove(tmp_path, QUESTION.id)
    assert read(tmp_path) == []
    assert not judged_set(tmp_path).exists()


def test_many_windows_that_add_at_once_lose_no_question(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as windows:
        list(windows.map(lambda number: append(tmp_path, numbered(number)), range(40)))
    assert sorted(question.id for question in read(tmp_path)) == sorted(numbered(n).id for n in range(40))


def test_many_windows_that_change_one_question_at_once_lose_no_change(tmp_path: Path) -> None:
    append(tmp_path, QUESTION)

    def add_evidence(number: int) -> None:
        change(tmp_path, QUESTION.id, lambda q: replace(q, evidence=(*q.evidence, (f"Preuve {number}",))))

    with ThreadPoolExecutor(8) as windows:
        list(windows.map(add_evidence, range(20)))
    assert len({group for question in read(tmp_path) for group in question.evidence}) == 21


def test_a_damaged_set_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    judged_set(tmp_path).write_text("{}\n", "utf-8")
    with pytest.raises(PratiquesError, match="ligne 1"):
        append(tmp_path, QUESTION)
    assert judged_set(tmp_path).read_text("utf-8") == "{}\n"


def test_a_set_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="Vérifiez la place"):
        append(tmp_path / "file", QUESTION)
