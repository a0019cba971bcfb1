"""A sentence of the model is held by its quote, or refused: figures, dates, names, negations, opposites, words."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.claims import has_markup, unheld
from assistant.figures import Figure, dates_of, figures_of
from ingest.sources import bundled_path

QUOTE = (
    "Le service, créé le 12 mars 2019 par le CCAS de Lyon, accueille 12 femmes et 30 hommes, soit 71 % des "
    "demandes, mais n'accueille pas les mineurs."
)
WALK_IN = "Un centre de soins reçoit sans rendez-vous le samedi."
SENTENCES = [
    " ".join(sentence.split())
    for sentence in re.split(r"(?<=[.!?])\s+", bundled_path().read_text("utf-8"))
    if 40 < len(sentence) < 300
]
FIGURED = [sentence for sentence in SENTENCES if re.search(r"(?<!\w)\d{2,}(?!\w)", sentence)]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Le CCAS de Lyon a créé le service en mars 2019.", QUOTE),
        ("Créé en 2019, le service accueille trente hommes.", QUOTE),
        ("Le service accueille douze femmes.", QUOTE),
        ("Le service n'accueille pas les mineurs.", QUOTE),
        ("Les mineurs ne sont pas accueillis.", QUOTE),
        ("71 pour cent des demandes viennent de femmes et d'hommes.", QUOTE),
        ("Lyon accueille 12 femmes.", QUOTE),
        ("Le budget est de 12 000 euros.", "Le budget s'élève à 12 k€."),
        ("Il accompagne 3 000 familles.", "Trois mille familles sont accompagnées."),
        ("Il compte 3 fiches.", "Le rapport compte trois fiches."),
        ("Le dispositif n'est pas financé par l'État.", "L'État ne finance pas le dispositif."),
        ("Le dispositif est financé par l'État.", "Le dispositif n'est financé que par l'État."),
        ("Le centre de soins reçoit le samedi.", WALK_IN),
        ("Le Département finance la formation.", "La formation est financée par le département."),
        ("Les mineurs ne sont pas accueillis par le centre.", "Un centre de soins qui n'accueille pas les mineurs."),
        ("Les communes sont rurales.", "Des communes rurales."),
    ],
)
def test_a_sentence_that_says_no_more_than_its_quote_is_held(sentence: str, quote: str) -> None:
    assert unheld(sentence, quote) == ""


@pytest.mark.parametrize(
    ("sentence", "quote", "why"),
    [
        ("Le service accueille 13 femmes.", QUOTE, "« 13 »"),
        ("Le service accueille treize femmes.", QUOTE, "« 13 »"),
        ("Le service accueille 30 femmes.", QUOTE, "même chose"),
        ("Le service accueille 71 hommes.", QUOTE, "« 71 »"),
        ("Le service accueille 30 % des hommes.", QUOTE, "« 30% »"),
        ("Le service accueille 12 femmes et 12 hommes et 12 autres.", QUOTE, "pas"),
        ("Le service ouvre 3 jours sur 3.", "Le service ouvre 3 jours sur 5.", "si souvent"),
        ("Il y a une fiche.", "Il y a trois fiches.", "même chose"),
        ("La moitié des demandes vient de femmes.", QUOTE, "« moitie »"),
        ("Une dizaine de femmes est accueillie au service.", QUOTE, "« dizaine »"),
        ("Le service a été créé en mai 2019.", QUOTE, "une date"),
        ("Le service a été créé le 13 mars 2019.", QUOTE, "une date"),
        ("Le service a été créé en mars 2020.", QUOTE, "une date"),
        ("Le centre de soins reçoit le lundi.", WALK_IN, "un jour"),
        ("Le CCAS de Marseille accueille 12 femmes.", QUOTE, "« Marseille »"),
        ("Marseille accueille 12 femmes.", QUOTE, "« Marseille »"),
        ("Le CIAS de Lyon accueille 12 femmes.", QUOTE, "« CIAS »"),
        ("Le service Martine accueille.", "Le service Martin accueille.", "« Martine »"),
        ("Le service accueille les mineurs.", QUOTE, "affirme"),
        ("Le service n'accueille pas les femmes.", QUOTE, "nie"),
        ("Le service ne reçoit aucune femme.", QUOTE, "nie"),
        ("Le centre de soins reçoit sur rendez-vous le samedi.", WALK_IN, "affirme"),
        ("Le centre de soins ne reçoit jamais le samedi.", WALK_IN, "nie"),
        ("Le dispositif est financé par l'État.", "L'État ne finance pas le dispositif.", "affirme"),
        ("Les communes participent.", "Aucune commune ne participe.", "affirme"),
        ("Aucune commune ne participe.", "Les communes participent.", "nie"),
        ("Plus de femmes sont accueillies.", "Moins de femmes sont accueillies.", "contraire"),
        ("Les moyens sont suffisants.", "Les moyens sont insuffisants.", "contraire"),
        ("Les moyens sont inadaptés.", "Les moyens sont adaptés.", "contraire"),
        ("Les jardins sont entretenus par la mairie.", "Le logement est attribué par une commission.", "autre chose"),
        ("Et voilà.", QUOTE, "autre chose"),
        ("Il les a.", QUOTE, "aucun mot plein"),
        ("Le serviсe accueille des femmes.", QUOTE, "autre alphabet"),
    ],
)
def test_a_sentence_that_says_something_else_is_refused_and_why_is_said(sentence: str, quote: str, why: str) -> None:
    assert why in unheld(sentence, quote)


@given(st.sampled_from(SENTENCES))
def test_a_sentence_of_the_report_is_always_held_by_itself(sentence: str) -> None:
    assert unheld(sentence, sentence) == ""


WORDS = st.sampled_from(
    "ne n' pas sans aucune plus jamais non ni que qui mais un trois cent mille deux 12 3 000 71 % mars 2019 Lyon le "
    "Le CCAS service accueille femmes , . ; reçoit l' personne".split()
)


@given(st.lists(WORDS, min_size=1, max_size=25))
def test_any_text_is_held_by_itself(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert unheld(text, text) == ""


@given(st.sampled_from(FIGURED), st.integers(10, 99_999), st.data())
def test_a_sentence_of_which_one_figure_is_changed_is_never_held(
    sentence: str, other: int, data: st.DataObject
) -> None:
    found = data.draw(st.sampled_from(list(re.finditer(r"(?<!\w)\d{2,}(?!\w)", sentence))))
    assume(int(found[0]) != other)
    changed = f"{sentence[: found.start()]}{other}{sentence[found.end() :]}"
    assert unheld(changed, sentence) != ""


@given(st.integers(2, 999_999))
def test_a_figure_is_one_figure_however_it_is_written(value: int) -> None:
    spaced = f"{value:,}"
    written = {figures_of(text)[0].said for text in (str(value), *(spaced.replace(",", s) for s in " .\u202f\u00a0"))}
    assert written == {(str(value), "")}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("quatre-vingt-dix-neuf", "99", ""), ("soixante et onze", "71", ""), ("vingt et un", "21", ""),
        ("mille neuf cent quatre-vingt-dix", "1990", ""), ("deux cents", "200", ""),
        ("3,5 millions d'euros", "3500000", "€"), ("71,0 %", "71", "%"), ("trois pour cent", "3", "%"),
        ("deux mille dix-neuf", "2019", ""),
        ("12 k€", "12000", "€"), ("2e", "2", "e"), ("deuxième", "2", "e"), ("14 h 30", "14h30", "h"), ("1c", "1c", ""),
    ],
)  # fmt: skip
def test_figures_are_read_as_values_with_their_unit(text: str, value: str, unit: str) -> None:
    assert [figure.said for figure in figures_of(text)] == [(value, unit)]


def test_a_figure_knows_what_it_counts_and_an_article_may_count_nothing() -> None:
    assert figures_of("12 femmes et un groupe") == [Figure("12", "", "femm"), Figure("1", "", "group", article=True)]


def test_a_date_written_in_digits_is_the_date_written_in_words() -> None:
    assert dates_of("le 12/03/2019") == dates_of("le 12 mars 2019")
    assert figures_of("le 12 mars 2019", with_dates=False) == []


@pytest.mark.parametrize(
    "text",
    ["<b>gras</b>", "**gras**", "`code`", "[lien](x)", "voir www.exemple.test", "https://exemple.test", "exemple.fr",
     "a@b", "&nbsp;", "mot\u200bcaché", "mot\u202eenvers", "deux\nlignes", "javascript:alert"],
)  # fmt: skip
def test_markup_addresses_and_unseen_characters_are_found(text: str) -> None:
    assert has_markup(text)


def test_plain_french_is_no_markup() -> None:
    assert not has_markup("« L'accueil » – soit 71\u202f% (12 k€) des cas : oui ; non… aujourd’hui ?")
