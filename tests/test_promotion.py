"""From a reviewed answer to a judged question: it says what the marks say, and quotes the report to the letter."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from reviews import NOON, UNKNOWN, item_of

from assistant.answer import Question, Sentence, Turn
from assistant.chain import Assistant
from assistant.scope import Scope
from eval.questions import JudgedQuestion
from eval.review.facts import MOST_FACTS, key_facts
from eval.review.item import Item
from eval.review.judged_set import append, read
from eval.review.marks import WHOLE, ErrorKind, Mark, Review
from eval.review.promotion import (
    pick,
    places,
    promoted,
    usual_length,
    with_evidence,
    without_evidence,
    without_fact,
)
from eval.run import ask
from ingest.errors import ReviewError
from vectorstore.index import Index

FLORA_COSTS = "Le plus gros du budget est constitué par la location des appartements."
FLORA_MONEY = "fiche-4a/financements/1"


@pytest.fixture(scope="module")
def item(assistant: Assistant) -> Item:
    return item_of(assistant)


@pytest.fixture(scope="module")
def refusal(assistant: Assistant) -> Item:
    return item_of(assistant, UNKNOWN)


def said(*marks: Mark) -> Review:
    return Review("0123456789ab", "Anne", False, marks, NOON, NOON, None)


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(text, (1,)) for text in texts]


def quotes_of(item: Item, position: int) -> tuple[str, ...]:
    answer = item.record.answer
    return tuple(c.quote for c in answer.citations if c.number in answer.sentences[position - 1].citations)


# --- an answer --------------------------------------------------------------------------------------------------------
def test_the_sentences_marked_good_make_the_answer_and_their_quotes_the_evidence(item: Item, index: Index) -> None:
    made = promoted(item, said(Mark(1, 100, 25), Mark(2, 80, 25, (), "Vague."), Mark(3, 100, 25)), index)
    texts = [sentence.text for sentence in item.record.answer.sentences]
    assert made.id == f"r-{item.id}"
    assert (made.question, made.type, made.answerable) == (item.record.question.text, "fact", True)
    assert made.answer == f"{texts[0]} {texts[2]}"
    assert made.evidence == (quotes_of(item, 1), quotes_of(item, 3))
    assert made.where == ("Fiche 4a",)


def test_the_evidence_is_in_the_report_to_the_letter(item: Item, index: Index) -> None:
    made = promoted(item, said(Mark(1, 100, 25), Mark(2, 100, 25)), index, picked=FLORA_COSTS)
    assert [quote for quote in chain(*made.evidence) if quote not in index.reports[0].text] == []


@pytest.mark.parametrize("mark", [Mark(1, 100, 20, (), "À côté."), Mark(1, 100), Mark(1, 80, 25, (), "Vague.")])
def test_a_sentence_that_is_not_good_in_full_proves_nothing(item: Item, index: Index, mark: Mark) -> None:
    with pytest.raises(ReviewError, match="Il manque une preuve"):
        promoted(item, said(mark), index)


def test_the_quotes_of_one_sentence_are_alternatives(item: Item, index: Index) -> None:
    answer = item.record.answer
    twice = replace(answer, sentences=(replace(answer.sentences[0], citations=(1, 2)), *answer.sentences[1:]))
    cited = replace(item, record=replace(item.record, answer=twice))
    made = promoted(cited, said(Mark(1, 100, 25)), index)
    assert made.evidence == ((answer.citations[0].quote, answer.citations[1].quote),)


def test_words_that_are_not_in_the_report_any_more_are_no_evidence(item: Item, index: Index) -> None:
    answer = item.record.answer
    gone = replace(answer.citations[0], quote="x" * len(answer.citations[0].quote))
    changed = replace(answer, citations=(gone, *answer.citations[1:]))
    with pytest.raises(ReviewError, match="Il manque une preuve"):
        promoted(replace(item, record=replace(item.record, answer=changed)), said(Mark(1, 100, 25)), index)


def test_an_answer_that_should_have_been_refused_is_a_question_without_an_answer(item: Item, index: Index) -> None:
    marks = said(Mark(WHOLE, kinds=(ErrorKind.SHOULD_HAVE_REFUSED,), reason="Hors sujet."), Mark(1, 100, 25))
    made = promoted(item, marks, index, picked=FLORA_COSTS)
    assert (made.answerable, made.type, made.evidence, made.key_facts, made.answer, made.where) == (
        False,
        "unanswerable",
        (),
        (),
        "",
        (),
    )


def test_words_that_were_picked_are_enough(item: Item, index: Index) -> None:
    made = promoted(item, None, index, picked=FLORA_COSTS)
    assert (made.answerable, made.evidence) == (True, ((FLORA_COSTS,),))


# --- a refusal --------------------------------------------------------------------------------------------------------
def test_a_good_refusal_is_a_question_without_an_answer(refusal: Item, index: Index) -> None:
    made = promoted(refusal, said(Mark(WHOLE, 100)), index)
    assert (made.answerable, made.type) == (False, "unanswerable")


def test_a_refusal_that_should_have_answered_needs_the_words_that_answer(refusal: Item, index: Index) -> None:
    marks = said(Mark(WHOLE, 0, None, (ErrorKind.SHOULD_HAVE_ANSWERED,), "Fiche 4a."))
    with pytest.raises(ReviewError, match="choisissez d'abord, dans un passage"):
        promoted(refusal, marks, index)
    made = promoted(refusal, marks, index, picked=FLORA_COSTS)
    assert (made.answerable, made.type, made.evidence, made.where) == (True, "fact", ((FLORA_COSTS,),), ("Fiche 4a",))


def test_a_refusal_that_nobody_marked_says_nothing(refusal: Item, index: Index) -> None:
    with pytest.raises(ReviewError, match="Notez d'abord ce refus"):
        promoted(refusal, None, index)


def test_a_refusal_within_a_part_of_the_report_says_nothing_of_the_rest(refusal: Item, index: Index) -> None:
    within = replace(refusal.record.question, scope=Scope(fiches=("1c",)))
    asked = replace(refusal, record=replace(refusal.record, question=within))
    with pytest.raises(ReviewError, match="sur une partie du rapport"):
        promoted(asked, said(Mark(WHOLE, 100)), index)


# --- who asks, and after what -----------------------------------------------------------------------------------------
def test_a_question_keeps_the_turns_before_it_and_is_a_follow_up(item: Item, index: Index) -> None:
    turns = (Turn("user", "Parle-moi de FLORA."), Turn("assistant", "FLORA est un dispositif."))
    asked = replace(item, record=replace(item.record, question=Question("Et qui paie ?", turns)))
    made = promoted(asked, said(Mark(1, 100, 25)), index)
    assert (made.history, made.type) == (turns, "followup")


def test_what_was_judged_before_says_who_asks_and_what_sort_it_is(item: Item, index: Index) -> None:
    before = replace(promoted(item, said(Mark(1, 100, 25)), index), id="q-1", type="figure", persona="evaluator")
    judged = replace(item, judged=before)
    assert promoted(judged, said(Mark(1, 100, 25)), index).type == "figure"
    assert promoted(judged, said(Mark(1, 100, 25)), index).persona == "evaluator"
    assert promoted(judged, said(Mark(1, 100, 25)), index, "trainer").persona == "trainer"


def test_a_promoted_question_can_be_asked_again_and_finds_its_evidence(
    item: Item, assistant: Assistant, tmp_path: Path
) -> None:
    append(tmp_path, promoted(item, said(Mark(1, 100, 25), Mark(2, 100, 25)), assistant.index))
    outcome = ask(read(tmp_path)[0], assistant)
    assert (outcome.error, outcome.right_status, outcome.recall, outcome.key_facts) == ("", True, 1.0, 1.0)


# --- words picked in a passage ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        "le plus gros du budget est constitué par la location",
        "Le plus gros  du budget\nest constitué par la location",
        "territoire.\nLe plus gros du budget est constitué par la location",
    ],
)
def test_words_picked_as_the_page_shows_them_become_those_of_the_report(index: Index, words: str) -> None:
    quote = pick(words, FLORA_MONEY, index)
    assert quote in index.reports[0].text
    assert quote.endswith("Le plus gros du budget est constitué par la location")


def test_words_beside_the_passage_can_be_picked(index: Index) -> None:
    at = index.passages.index(index.by_id[FLORA_MONEY])
    beside = index.passages[at + 1].text.split("\n")[0]
    assert pick(beside, FLORA_MONEY, index) == beside


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Le plus gros", "au moins 4 mots"),
        ("Le plus petit du budget est constitué par la location", "ne peuvent pas servir de preuve"),
        ("Un agent du département entend parler des conférences familiales", "ne peuvent pas servir de preuve"),
    ],
)
def test_words_that_are_too_few_or_are_not_there_are_refused(index: Index, words: str, why: str) -> None:
    with pytest.raises(ReviewError, match=why):
        pick(words, FLORA_MONEY, index)


def test_a_passage_that_is_not_indexed_any_more_gives_no_evidence(index: Index) -> None:
    with pytest.raises(ReviewError, match="n'est plus dans le rapport"):
        pick(FLORA_COSTS, "fiche-9z/rien/1", index)


def test_a_quote_had_better_have_six_to_twenty_five_words() -> None:
    lengths = [usual_length(" ".join(["mot"] * count)) for count in (5, 6, 25, 26)]
    assert lengths == [False, True, True, False]


# --- afterwards -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def question(item: Item, index: Index) -> JudgedQuestion:
    return promoted(item, said(Mark(1, 100, 25)), index)


def test_more_words_are_more_evidence_and_none_twice(question: JudgedQuestion, index: Index) -> None:
    more = with_evidence(question, FLORA_COSTS, index)
    assert more.evidence == (*question.evidence, (FLORA_COSTS,))
    with pytest.raises(ReviewError, match="déjà une preuve"):
        with_evidence(more, FLORA_COSTS, index)


def test_the_last_evidence_stays(question: JudgedQuestion, index: Index) -> None:
    more = with_evidence(question, FLORA_COSTS, index)
    assert without_evidence(more, FLORA_COSTS, index) == question
    with pytest.raises(ReviewError, match="garde au moins une preuve"):
        without_evidence(question, question.evidence[0][0], index)


def test_a_question_without_an_answer_takes_no_evidence(refusal: Item, index: Index) -> None:
    silent = promoted(refusal, said(Mark(WHOLE, 100)), index)
    with pytest.raises(ReviewError, match="comme sans réponse"):
        with_evidence(silent, FLORA_COSTS, index)


def test_a_fact_can_be_taken_out(question: JudgedQuestion) -> None:
    facts = question.key_facts
    assert without_fact(question, facts[0][0]).key_facts == facts[1:]


def test_evidence_of_several_places_names_each_once(index: Index) -> None:
    elsewhere = index.by_id["fiche-1a/deploiement/1"].text.split("\n")[0]
    assert places([(FLORA_COSTS,), (elsewhere,), (FLORA_COSTS,)], index) == ("Fiche 4a", "Fiche 1a")


# --- key facts --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("En 2002, un agent de l'Ardèche en entend parler.", ["2002", "Ardèche"]),
        ("Le dispositif coûte 12 000 euros, soit 71 % du budget.", ["12 000 euros", "71 %"]),
        ("FLORA réunit des communes.", ["FLORA"]),
        ("L'UNAFAM et la Caf de Seine-Saint-Denis en sont.", ["UNAFAM", "Caf de Seine-Saint-Denis"]),
        ("Progressivement, les familles viennent à 3.", []),
        ("Voir la fiche 4a.", []),
    ],
)
def test_the_key_facts_are_the_figures_and_the_names(text: str, facts: list[str]) -> None:
    assert key_facts(sentences(text)) == tuple((fact,) for fact in facts)


def test_a_fact_that_is_said_twice_is_one(index: Index) -> None:
    assert key_facts(sentences("On ouvre FLORA en 2013.", "En 2013, FLORA ouvre.")) == (("2013",), ("FLORA",))


def test_a_question_has_no_more_facts_than_a_good_answer_states() -> None:
    assert len(key_facts(sentences(*(f"En {year}." for year in range(2000, 2030))))) == MOST_FACTS
