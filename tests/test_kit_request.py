"""What a trainer asks for is understood in their words, and refused in words that say what to change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.kits.kit import Audience, Request
from assistant.kits.request import matter_of, read_audience, read_duration, read_start, read_theme, read_verb
from ingest.errors import KitError
from vectorstore.index import Index

HOURS = Request(("3",), (), Audience.STUDENTS, 180, 12)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("3h", 180),
        ("3 heures", 180),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("une heure et demie", 90),
        ("45", 45),
        ("45 min", 45),
        ("demi-journée", 210),
        ("½ journée", 210),
        ("1 jour", 420),
        ("1,5 jour", 630),
        ("deux jours", 840),
    ],
)
def test_a_duration_is_read_as_a_trainer_says_it(said: str, minutes: int) -> None:
    assert read_duration(said) == minutes


@pytest.mark.parametrize("said", ["", "longtemps", "3 mois", "-2h", "3hh", "1h30h"])
def test_words_that_are_no_duration_are_refused_with_examples(said: str) -> None:
    with pytest.raises(KitError, match="1h30"):
        read_duration(said)


@pytest.mark.parametrize("said", ["10 min", "3 jours", "29", "9999"])
def test_a_session_shorter_than_half_an_hour_or_longer_than_two_days_is_refused(said: str) -> None:
    with pytest.raises(KitError, match="de 30 minutes à 2 jours"):
        read_duration(said)


@pytest.mark.parametrize(
    ("said", "audience"),
    [
        ("etudiants", Audience.STUDENTS),
        ("Élèves assistants sociaux", Audience.STUDENTS),
        ("professionnels", Audience.PROFESSIONALS),
        ("cadres", Audience.MANAGERS),
        ("mixte", Audience.MIXED),
        ("professionnels et personnes concernées", Audience.MIXED),
        ("managers", Audience.MANAGERS),
    ],
)
def test_an_audience_is_read_as_a_trainer_says_it(said: str, audience: Audience) -> None:
    assert read_audience(said) is audience


def test_an_unknown_audience_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KitError, match="étudiants, professionnels, cadres, mixte"):
        read_audience("martiens")


@pytest.mark.parametrize(
    ("said", "theme"), [("3", "3"), ("pair aidance", "3"), ("Pair-aidance", "3"), ("aller vers", "2"), ("réseaux", "4")]
)
def test_a_theme_is_read_by_its_number_or_its_name(said: str, theme: str) -> None:
    assert read_theme(said) == theme


def test_an_unknown_theme_is_refused_with_the_known_ones() -> None:
    with pytest.raises(KitError, match="Pair aidance"):
        read_theme("le jardinage")


@pytest.mark.parametrize(("said", "minutes"), [("9h", 540), ("13:30", 810), ("14 h 15", 855), ("8", 480)])
def test_an_hour_is_read_as_it_is_written(said: str, minutes: int) -> None:
    assert read_start(said) == minutes


@pytest.mark.parametrize("said", ["25h", "9h75", "midi", ""])
def test_what_is_no_hour_is_refused(said: str) -> None:
    with pytest.raises(KitError, match="13h30"):
        read_start(said)


def test_a_verb_is_known_by_its_name_and_other_words_are_the_trainers_own() -> None:
    assert (read_verb("Comparer"), read_verb("donner envie")) == ("comparer", "")


def test_a_theme_brings_its_fiches(index: Index) -> None:
    assert [fiche.id for fiche in matter_of(HOURS, index).fiches] == ["3a", "3b", "3c"]


def test_fiches_bring_their_themes(index: Index) -> None:
    matter = matter_of(replace(HOURS, themes=(), fiches=("5a", "1c")), index)
    assert matter.themes == ("1", "5")
    assert matter.sections == ("conferences-familiales", "pouvoir-agir")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"themes": ()}, "Choisissez un thème"),
        ({"fiches": ("9z",)}, "Aucune fiche ne porte le numéro « 9z »"),
        ({"themes": ("8",)}, "Aucune fiche"),
        ({"minutes": 10}, "30 minutes"),
        ({"participants": 0}, "de 1 à 200"),
        ({"participants": 201}, "de 1 à 200"),
        ({"verbs": ("danser",)}, "Un objectif n'est pas connu"),
        ({"own_aims": ("",)}, "de 1 à 200 caractères"),
        ({"own_aims": ("x" * 201,)}, "de 1 à 200 caractères"),
        ({"own_aims": ("Apprendre.",) * 9}, "au plus 8"),
        ({"start": 1440}, "heure de la journée"),
    ],
)
def test_what_cannot_be_made_a_session_of_is_refused(index: Index, wrong: dict[str, object], told: str) -> None:
    with pytest.raises(KitError, match=told):
        matter_of(replace(HOURS, **wrong), index)  # type: ignore[arg-type]
