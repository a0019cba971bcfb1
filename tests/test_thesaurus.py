"""Other words for those of the trade: English, everyday French, abbreviations, departments; spelling by ear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.index import Index
from vectorstore.phonetic import sounds_of
from vectorstore.thesaurus import expansions, gloss, in_english, pairs
from vectorstore.tokens import stem, tokens


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Who pays for the training of the coordinators?", "formation"),
        ("What are the main obstacles for the families?", "freins"),
        ("How do young people help each other?", "jeunes"),
        ("les gamins", "enfant"),
        ("mon boulot", "travail"),
    ],
)
def test_the_words_of_the_report_are_found_for_other_people_s(text: str, meant: str) -> None:
    assert stem(meant) in tokens(gloss(text))


@pytest.mark.parametrize("text", ["", "?", "kayak blockchain", "de la", "the of and"])
def test_words_that_stand_for_nothing_add_nothing(text: str) -> None:
    assert gloss(text) == ""


def test_what_a_question_says_already_is_not_said_again() -> None:
    said = set(tokens("le financement, les sous, l'argent"))
    assert not said & set(tokens(gloss("le financement, les sous, l'argent")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la CF avec les parents", "conférence familiale"),
        ("un jeune suivi par l'ase", "aide sociale à l'enfance"),
        ("l'AS du collège", "assistante sociale"),
        ("le DPA en Gironde", "développement du pouvoir d'agir"),
        ("les structures ahi", "accueil hébergement insertion"),
        ("aide sociale à l'enfance", "ASE"),
        ("les travailleurs sociaux", "TS"),
        ("dans le 93", "Seine-Saint-Denis"),
        ("les collègues du 59", "Nord"),
        ("le CD33", "Gironde"),
    ],
)
def test_abbreviations_and_department_numbers_are_read_both_ways(text: str, expected: str) -> None:
    assert expected in expansions(text)


@pytest.mark.parametrize(
    "text", ["tu as raison", "il part le 12 mars 2020", "1771 réponses", "33 % des familles", "pa pa"]
)
def test_a_word_or_a_figure_is_not_taken_for_an_abbreviation(text: str) -> None:
    assert expansions(text) == []


def test_a_text_is_put_into_english_words() -> None:
    said = in_english("Qui finance la formation des familles ?", lambda several: several[0])
    assert "training" in said
    assert len(said.split()) >= 2


def test_every_line_of_the_thesaurus_is_about_a_word_of_the_report(index: Index) -> None:
    unknown = {meant for _, meant in pairs() if " " not in meant and not set(tokens(meant)) & index.lexicon.idf.keys()}
    assert {word for word in unknown if word.islower()} == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kel", "quel"),
        ("servisse", "service"),
        ("formassion", "formation"),
        ("questionaire", "questionnaire"),
        ("ambasadeur", "ambassadeur"),
        ("fasiliter", "faciliter"),
        ("resau", "reseau"),
        ("konferense", "conference"),
        ("jeune", "jeunes"),
        ("sivique", "civique"),
    ],
)
def test_words_that_sound_alike_have_one_key(typed: str, meant: str) -> None:
    assert sounds_of(typed) == sounds_of(meant)


@pytest.mark.parametrize(
    ("one", "other"),
    [("frein", "frere"), ("famille", "formation"), ("logement", "jugement"), ("enfant", "enfin"), ("sante", "sens")],
)
def test_words_that_sound_otherwise_have_two(one: str, other: str) -> None:
    assert sounds_of(one) != sounds_of(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_word_has_a_key_no_longer_than_itself(word: str) -> None:
    assert len(sounds_of(word)) <= len(word) + 2


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_looked_up(text: str) -> None:
    gloss(text)
    expansions(text)
