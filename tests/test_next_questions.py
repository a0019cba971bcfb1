"""The questions offered next are answered when they are asked, and are worth asking."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from rapidfuzz import fuzz

from assistant.answer import Question, Status, Turn
from assistant.chain import Assistant
from assistant.judgement import Judged
from assistant.next_questions import MOST, next_questions
from assistant.scope import Scope
from vectorstore.index import Index

Ran = tuple[int, str, str]
ASKED = (
    "Qui finance le dispositif FLORA ?",
    "Qu'est-ce que la pair aidance ?",
    "Depuis quand la CAF du Loir-et-Cher fait-elle de l'intervention proactive ?",
    "Quelles difficultés ont rencontrées les conférences familiales en Gironde ?",
    "Que recommande le rapport pour la formation initiale ?",
    "Combien de réponses le questionnaire a-t-il recueillies ?",
)
REFUSED = "Combien de salariés compte le GIP Gers Solidaire en 2030 ?"
FOREIGN = ("Comment accorder une guitare ?", "What time is it in Tokyo?", "zzzz qqqq")


def offered(assistant: Assistant, text: str, *history: Turn, scope: Scope | None = None) -> tuple[str, ...]:
    _, judged = assistant.explain(Question(text, history, scope=scope or Scope()))
    return assistant.next_questions(judged)


@pytest.fixture(scope="module")
def all_offered(assistant: Assistant) -> dict[str, tuple[str, ...]]:
    return {text: offered(assistant, text) for text in ASKED}


def test_up_to_three_are_offered_after_an_answer(all_offered: dict[str, tuple[str, ...]]) -> None:
    assert {text: len(found) for text, found in all_offered.items() if not 2 <= len(found) <= MOST} == {}


def test_each_is_answered_whatever_was_said_before(
    assistant: Assistant, all_offered: dict[str, tuple[str, ...]]
) -> None:
    for text, found in all_offered.items():
        said = (Turn("user", text), Turn("assistant", assistant.ask(Question(text)).text))
        for question in found:
            alone, following = assistant.ask(Question(question)), assistant.ask(Question(question, said))
            assert (question, alone.status) == (question, Status.ANSWERED)
            assert following.text == alone.text


def test_each_says_something_new(assistant: Assistant, all_offered: dict[str, tuple[str, ...]]) -> None:
    for text, found in all_offered.items():
        cited = {c.passage for c in assistant.ask(Question(text)).citations}
        for question in found:
            assert not {c.passage for c in assistant.ask(Question(question)).citations} <= cited


def test_none_repeats_what_was_asked_nor_another(all_offered: dict[str, tuple[str, ...]]) -> None:
    for text, found in all_offered.items():
        assert [pair for pair in combinations((text, *found), 2) if fuzz.ratio(*pair) > 80] == []


def test_what_was_asked_before_is_not_offered_again(assistant: Assistant) -> None:
    first = offered(assistant, ASKED[0])
    again = offered(assistant, ASKED[0], *(Turn("user", question) for question in first))
    assert set(first).isdisjoint(again)


def test_each_is_written_as_a_question_that_stands_alone(all_offered: dict[str, tuple[str, ...]]) -> None:
    for question in (q for found in all_offered.values() for q in found):
        assert question[0].isupper()
        assert question.endswith(" ?")
        assert 20 <= len(question) <= 110


def test_none_is_offered_that_was_not_tried_in_the_same_scope_and_answered(assistant: Assistant, index: Index) -> None:
    scope, tried = Scope(themes=("4",)), list[Question]()
    _, judged = assistant.explain(Question(ASKED[0], scope=scope))

    def refuse(question: Question) -> Judged:
        tried.append(question)
        return replace(judged, judgement=replace(judged.judgement, chance=0.0))

    assert next_questions(index, judged, refuse) == ()
    assert 1 < len(tried) <= 8
    assert {question.scope for question in tried} == {scope}


def test_after_a_refusal_they_are_about_the_fiche_that_was_named(assistant: Assistant) -> None:
    assert assistant.ask(Question(REFUSED)).status is not Status.ANSWERED
    found = offered(assistant, REFUSED)
    assert "4b" in found[0]
    assert {assistant.ask(Question(q)).status for q in found} == {Status.ANSWERED}


@pytest.mark.parametrize("text", FOREIGN)
def test_nothing_is_offered_on_what_the_report_knows_nothing_of(assistant: Assistant, text: str) -> None:
    assert offered(assistant, text) == ()


def test_within_a_scope_they_are_answered_within_it(assistant: Assistant, index: Index) -> None:
    scope = Scope(fiches=("4a",))
    found = offered(assistant, ASKED[0], scope=scope)
    answers = [assistant.ask(Question(question, scope=scope)) for question in found]
    assert {answer.status for answer in answers} == {Status.ANSWERED}
    assert {index.by_id[c.passage].fiche for answer in answers for c in answer.citations} == {"4a"}


def test_an_answer_has_none_until_they_are_asked_for(assistant: Assistant) -> None:
    assert assistant.ask(Question(ASKED[0])).suggestions == ()


def test_the_command_line_gives_them_in_its_record(
    pratiques: Callable[..., Ran], all_offered: dict[str, tuple[str, ...]]
) -> None:
    assert tuple(json.loads(pratiques("ask", "--json", ASKED[0])[1])["suggestions"]) == all_offered[ASKED[0]]
