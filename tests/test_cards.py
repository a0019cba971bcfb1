"""The card of a fiche is read whatever way its two columns were shuffled."""

from __future__ import annotations

import pytest

from ingest.cards import read_card


def card(*initiators: str, publics: str = "Public(s) cible(s) Tous") -> dict[str, str | None]:
    return read_card(["Territoire Gers", "Année 2015", *initiators, publics])


def test_a_plain_card_gives_its_four_values() -> None:
    assert card("Initiateurs et acteurs concernés Le GIP") == {
        "territoire": "Gers",
        "annee": "2015",
        "initiateurs": "Le GIP",
        "publics": "Tous",
    }


@pytest.mark.parametrize(
    "lines",
    [
        ("Initiateurs et La Caisse de", "acteurs concernés Loir-et-Cher"),
        ("Initiateurs et acteurs La Caisse de", "concernés Loir-et-Cher"),
        ("Initiateurs et acteurs concernés La Caisse de", "Loir-et-Cher"),
    ],
)
def test_a_label_broken_among_the_words_of_its_value_leaves_them_whole(lines: tuple[str, ...]) -> None:
    assert card(*lines)["initiateurs"] == "La Caisse de Loir-et-Cher"


def test_what_stands_under_a_label_line_without_value_is_a_second_thought() -> None:
    lines = ("Initiateurs et La Caisse", "acteurs concernés", "Partenaires : PMI, bailleurs")
    assert card(*lines)["initiateurs"] == "La Caisse\nPartenaires : PMI, bailleurs"


def test_a_line_that_the_page_wrapped_goes_on_and_a_new_thought_does_not() -> None:
    wrapped = "Public(s) cible(s) Les personnes hébergées dans le secteur de l'accueil et\nde l'insertion\nLes élèves"
    assert card("Initiateurs et acteurs concernés X", publics=wrapped)["publics"] == (
        "Les personnes hébergées dans le secteur de l'accueil et de l'insertion\nLes élèves"
    )


def test_an_empty_line_of_the_card_gives_no_value() -> None:
    read = read_card(["Territoire Gers", "Année", "Initiateurs et acteurs concernés X", "Public(s) cible(s) Y"])
    assert (read["annee"], read["territoire"]) == (None, "Gers")


def test_an_address_printed_cut_and_then_whole_stands_once() -> None:
    lines = ("Initiateurs et ASMI", "acteurs concernés http://ww", "http://www.asmi-social.fr/")
    assert card(*lines)["initiateurs"] == "ASMI http://www.asmi-social.fr/"


def test_words_of_a_value_that_look_like_the_label_stay() -> None:
    assert card("Initiateurs et acteurs concernés Les acteurs concernés par le logement")["initiateurs"] == (
        "Les acteurs concernés par le logement"
    )


def test_lines_without_a_card_give_no_value() -> None:
    assert set(read_card(["Un texte quelconque."]).values()) == {None}
