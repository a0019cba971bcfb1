"""Personal data never go past the first step of the road, and how well they are recognised is measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Question, Turn
from assistant.chain import Assistant
from assistant.personal import protect
from assistant.wording import masked
from eval.benchmarks.personal import JudgedPrivacy, load_privacy, measure, own_privacy
from vectorstore.index import Index

LEAST_NOTICED, MOST_FALSE_ALARMS = 0.95, 0.03
PHONED = "Mme Zoubida Kaci, 06 12 34 56 78, peut-elle avoir une conférence familiale ?"
HIDDEN = "Mme [nom], [téléphone], peut-elle avoir une conférence familiale ?"
BORN = JudgedPrivacy("t-1", "Lina Mazouz est née le 12/03/1987, que faire ?", True, ("Lina Mazouz", "12/03/1987"))
PLAIN = JudgedPrivacy("t-2", "Qui finance FLORA ?", False, ())


@pytest.fixture(scope="module")
def judged() -> list[JudgedPrivacy]:
    return load_privacy(own_privacy())


def test_there_are_as_many_questions_with_personal_data_as_without(judged: list[JudgedPrivacy]) -> None:
    assert [sum(q.personal is held for q in judged) for held in (True, False)] == [75, 75]
    assert len({q.id for q in judged}) == len({q.question for q in judged}) == 150


def test_personal_data_are_noticed_and_seldom_seen_where_there_are_none(
    judged: list[JudgedPrivacy], index: Index
) -> None:
    found = measure(judged, index)
    assert found.noticed >= LEAST_NOTICED, found.missed
    assert found.false_alarms <= MOST_FALSE_ALARMS, found.alarmed
    assert found.recall <= found.noticed


def test_a_question_counts_as_recognised_only_where_all_of_its_data_are_masked(index: Index) -> None:
    whole = measure([BORN, PLAIN], index)
    assert (whole.noticed, whole.recall, whole.spans, whole.false_alarms) == (1, 1, 1, 0)
    more = replace(BORN, spans=(*BORN.spans, "que faire"))
    partly = measure([more, PLAIN], index)
    assert (partly.noticed, partly.recall, partly.spans, partly.missed) == (1, 0, 2 / 3, ("t-1",))


def test_anything_masked_where_nothing_is_personal_is_a_false_alarm(index: Index) -> None:
    wrong = replace(BORN, id="t-3", personal=False, spans=())
    found = measure([BORN, PLAIN, wrong], index)
    assert (found.false_alarms, found.alarmed) == (1 / 2, ("t-3",))


@pytest.mark.parametrize(("personal", "spans"), [(True, ()), (False, ("Lina",)), (True, ("Line",))])
def test_a_judgement_that_does_not_hold_together_is_refused(personal: bool, spans: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="t-1"):
        replace(BORN, personal=personal, spans=spans)


def test_a_question_and_its_conversation_go_on_masked(index: Index) -> None:
    earlier = (Turn("user", "Son mail est lina.k@gmail.com"), Turn("assistant", "Bien."))
    asked = protect(index, Question(PHONED, earlier))
    assert asked.text == HIDDEN
    assert asked.masked == ("name", "phone")
    assert asked.history == (Turn("user", "Son mail est [courriel]"), Turn("assistant", "Bien."))


def test_only_an_explicit_yes_lets_personal_data_through(index: Index) -> None:
    as_typed = Question(PHONED, (Turn("user", PHONED),), as_typed=True)
    assert protect(index, as_typed) == as_typed


def test_a_question_without_personal_data_goes_on_as_it_is(index: Index) -> None:
    plain = Question("Qui finance FLORA, et que dit Michel Boutanquoi ?")
    assert protect(index, plain) == plain


def test_what_was_masked_stands_nowhere_in_the_answer_nor_in_what_decided_it(assistant: Assistant) -> None:
    answer, judged = assistant.explain(Question(PHONED))
    assert "Kaci" not in repr(answer)
    assert "Kaci" not in repr(judged.draft.weighed.findings.understood)
    assert "06 12" not in repr((answer, judged.draft.weighed.findings.understood))
    assert answer.question == HIDDEN
    assert masked(["name", "phone"]) in answer.notes


def test_the_masks_are_not_words_that_are_searched(assistant: Assistant) -> None:
    query = assistant.explain(Question(PHONED))[1].draft.weighed.findings.understood.query
    assert "nom" not in query.text.split()
    assert "telephone" not in query.text.split()
    assert "[" not in query.text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_protecting_twice_changes_nothing_more(index: Index, text: str) -> None:
    once = protect(index, Question(text, (Turn("user", text),)))
    assert replace(protect(index, once), masked=once.masked) == once
