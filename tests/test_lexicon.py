"""The report's own words: which names point to which fiches, and which spelling was meant."""

from __future__ import annotations

import pytest

from vectorstore.index import Index


@pytest.mark.parametrize(
    ("name", "fiches"),
    [
        ("FLORA", {"4a"}),
        ("flora", {"4a"}),
        ("Gironde", {"1c", "5b"}),
        ("Ardèche", {"1a"}),
        ("ardeche", {"1a"}),
        ("Loir-et-Cher", {"2a"}),
        ("SEVE", {"2b"}),
        ("Blavet", {"2b"}),
        ("Praxis", {"2d"}),
        ("Brantôme", {"3c"}),
        ("Achères", {"4a"}),
        ("Gers", {"4b"}),
        ("Samusocial", {"4c"}),
        ("l'Eure", {"5a"}),
        ("Bouches-du-Rhône", {"5c"}),
        ("Thau", {"5d"}),
        ("Montpellier", {"5f"}),
        ("PEPA", {"5f"}),
        ("Unis-Cité", {"3a", "4c"}),
        ("Seine-Saint-Denis", {"1d", "5e"}),
    ],
)
def test_a_name_points_to_its_fiches(index: Index, name: str, fiches: set[str]) -> None:
    named = index.lexicon.named_fiches(f"Que fait-on pour {name} ?").values()
    assert frozenset().union(*named) == fiches


@pytest.mark.parametrize(
    "question",
    [
        "Quelles sont les conditions de mise en œuvre de la pratique ?",
        "Comment le département finance-t-il l'accompagnement des familles ?",
        "Quelle place pour les personnes accompagnées et les professionnels ?",
        "Une maison pour les enfants placés",
        "Le travail social en France",
        "Pourquoi évaluer un projet d'insertion ?",
    ],
)
def test_common_words_point_to_no_fiche(index: Index, question: str) -> None:
    assert index.lexicon.named_fiches(question) == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hebergemnt", "hebergement"),
        ("departemant", "departement"),
        ("insertoin", "insertion"),
        ("associasion", "association"),
        ("coopretion", "cooperation"),
        ("finansement", "financement"),
        ("numeriqe", "numerique"),
        ("psycologue", "psychologue"),
        ("travial", "travail"),
        ("logment", "logement"),
        ("finanse", "finance"),
        ("formassion", "formation"),
        ("kel", "quel"),
        ("sivique", "civique"),
        ("lassociation", "association"),
        ("lassosiation", "association"),
        ("dexperience", "experience"),
    ],
)
def test_a_misspelt_word_is_read_in_the_spelling_of_the_report(index: Index, typed: str, meant: str) -> None:
    assert index.lexicon.corrected(typed) == meant


def test_no_word_of_the_report_is_ever_corrected(index: Index) -> None:
    lexicon = index.lexicon
    assert [w for w in lexicon.spelling if lexicon.corrected(w) is not None] == []


@pytest.mark.parametrize("word", ["violence", "precarite", "conjugal", "mediations"])
def test_another_form_of_a_known_word_is_not_corrected(index: Index, word: str) -> None:
    assert index.lexicon.knows(word)
    assert index.lexicon.corrected(word) is None


@pytest.mark.parametrize("word", ["", "a", "cfa", "rza", "aidw", "x12345", "blockchain", "surfeur"])
def test_a_short_word_or_one_that_nothing_resembles_is_left_alone(index: Index, word: str) -> None:
    assert index.lexicon.corrected(word) is None


@pytest.mark.parametrize(
    ("question", "fiches"),
    [
        ("la médiation active vers l'emploi, qui paie ?", {"2b"}),
        ("le référent de parcours, comment l'évaluer", {"2d"}),
        ("les ambassadeurs santé dans les lycées", {"3a"}),
        ("la mission interface et les hébergés âgés", {"4c"}),
    ],
)
def test_two_words_of_a_title_name_the_fiche(index: Index, question: str, fiches: set[str]) -> None:
    assert frozenset().union(*index.lexicon.named_fiches(question).values()) == fiches


def test_an_everyday_word_of_those_who_ask_is_not_taken_for_a_misspelling(index: Index) -> None:
    assert "gamins" not in index.lexicon.spelling
    assert index.lexicon.corrected("gamins") is None


def test_a_correction_keeps_the_first_letter(index: Index) -> None:
    assert index.lexicon.corrected("tinancement") is None


def test_a_word_that_the_report_never_uses_weighs_most(index: Index) -> None:
    lexicon = index.lexicon
    assert lexicon.weight(["blockchain"]) > max(lexicon.idf.values())
    assert lexicon.weight([]) == 0
