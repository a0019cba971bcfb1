"""What the quiz player is given: where each answer is true, what proves it, and whose words it is made of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from kits import PAID
from quiz_page import MATCHING, QUIZ

from assistant.kits.editing import rewrite
from assistant.kits.kit import ItemKind, Pair
from ui.navigation import link_to_words
from ui.workshop import player_labels
from ui.workshop.labels import BY_TRAINER
from ui.workshop.quiz_views import QuestionView, quiz_view

CHOICE, TRUTH, FIGURE, MATCHED, OPEN, OWN = quiz_view(QUIZ).questions
SCRIPT = Path(player_labels.__file__).parent / "quiz.js"


def matched(pairs: tuple[Pair, ...]) -> QuestionView:
    return quiz_view(replace(QUIZ, items=(replace(MATCHING, pairs=pairs),))).questions[0]


def test_a_wrong_answer_says_of_which_fiche_it_is_true_and_leads_to_its_words():
    wrong = CHOICE.options[0]
    assert (wrong.elsewhere, wrong.source.place) == ("Vrai de la", "fiche 1c, p. 43 et suivantes")
    assert wrong.source.link == link_to_words(QUIZ.items[0].options[0].statement.citations[0])


def test_a_wrong_number_says_where_it_is_read_rather_than_that_it_is_true():
    assert {option.elsewhere for option in FIGURE.options if not option.right} == {"Se lit dans la"}
    assert player_labels.elsewhere("Annexe, p. 123", ItemKind.FIGURE) == "Se lit ailleurs :"


def test_neither_the_right_answer_nor_true_and_false_are_true_elsewhere():
    options = [option for option in CHOICE.options if option.right] + list(TRUTH.options)
    assert [option.source for option in options] == [None] * 3


def test_what_its_quote_says_to_the_letter_is_said_once():
    (said,) = CHOICE.proof
    assert (said.lead, said.text, said.sources[0].quote) == ("", "", PAID.quote)
    (year,) = FIGURE.proof
    assert (year.lead, year.text, year.sources[0].quote) == ("", "", "Année : 2013")


def test_the_sources_of_a_question_are_numbered_from_one_and_the_same_words_have_one_number():
    assert [source.number for said in MATCHED.proof for source in said.sources] == [1, 2, 3, 4]
    assert [source.number for source in CHOICE.proof[0].sources] == [1]
    twice = matched((MATCHING.pairs[0], MATCHING.pairs[0]))
    assert [source.number for said in twice.proof for source in said.sources] == [1, 2, 1, 2]


def test_each_pair_is_proved_by_the_words_of_both_its_sides():
    assert MATCHED.proof[0].text == "faire sortir les personnes de leur isolement → Département de la Gironde"
    assert len(MATCHED.proof[0].sources) == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=2, max_size=6))
def test_whatever_is_matched_each_pair_points_to_what_belongs_to_it(texts):
    first = MATCHING.pairs[0]
    pairs = tuple(replace(first, right=replace(first.right, text=text)) for text in texts)
    view = matched(pairs)
    assert [view.rights[pair.right] for pair in view.pairs] == texts
    assert view.rights == matched(pairs[::-1]).rights


def test_what_an_open_answer_should_hold_is_not_said_a_second_time_as_its_proof():
    assert len(OPEN.points) == len(QUIZ.items[4].points)
    assert OPEN.proof == ()


def test_who_asks_is_said_of_each_question():
    assert CHOICE.origin == player_labels.BY_TOOL
    assert (OWN.origin, OWN.note, OWN.proof) == (player_labels.OWN, "", ())


def test_a_question_or_an_answer_in_the_words_of_the_trainer_says_so():
    changed = rewrite(rewrite(QUIZ, "items/q1/stem", "Qui paie ?"), "items/q1/options/0", "la Région")
    question = quiz_view(changed).questions[0]
    assert (question.note, question.options[0].note) == (BY_TRAINER, BY_TRAINER)
    assert question.options[0].source is None


def test_answers_outlive_the_change_of_another_question_but_not_of_their_own():
    changed = quiz_view(rewrite(QUIZ, "items/q1/stem", "Qui paie ?")).questions
    assert changed[0].seal != CHOICE.seal
    assert [question.seal for question in changed[1:]] == [TRUTH.seal, FIGURE.seal, MATCHED.seal, OPEN.seal, OWN.seal]


def test_every_question_that_the_workshop_makes_is_explained_with_sources(kit):
    questions = quiz_view(kit).questions
    assert len(questions) == len(kit.items)
    assert all(said.sources for question in questions for said in (*question.points, *question.proof))
    assert all(question.points or question.proof for question in questions)


def test_every_label_of_the_script_is_written_and_every_written_one_is_used():
    assert set(re.findall(r"labels\.(\w+)", SCRIPT.read_text("utf-8"))) == set(player_labels.LABELS)
