"""The fiches can be chosen by what the report says of them, seen on a map that it proves, and read in its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fiches import (
    NATIONAL,
    Card,
    Filters,
    Neighbourhood,
    Place,
    Years,
    cards_of,
    check_places,
    filter_cards,
    publics_among,
    read_fiche,
    span_of_years,
    territories,
)
from assistant.fiches.places import FichePlaces, prove_places
from assistant.fiches.publics import OTHER, publics_of
from assistant.fiches.years import years_of
from ingest.errors import PlaceMissing
from ingest.folding import letters
from ingest.outline import THEMES
from ui.fiches import labels
from ui.fiches.outline import read_outline
from ui.fiches.views import list_view, map_view
from vectorstore.index import Index

FICHES = [
    f"{theme}{letter}"
    for theme, last in zip("12345", "edccf", strict=True)
    for letter in "abcdef"[: "abcdef".index(last) + 1]
]


@pytest.fixture(scope="module")
def cards(index: Index) -> tuple[Card, ...]:
    return cards_of(index)


@pytest.fixture(scope="module")
def neighbourhood(index: Index, cards: tuple[Card, ...]) -> Neighbourhood:
    return Neighbourhood(index, cards)


def ids(cards: tuple[Card, ...]) -> list[str]:
    return [card.fiche.id for card in cards]


def card(cards: tuple[Card, ...], fiche: str) -> Card:
    return next(c for c in cards if c.fiche.id == fiche)


def test_each_fiche_has_its_card_in_the_order_of_the_report(cards):
    assert ids(cards) == FICHES


# --- places


def test_every_fiche_has_a_place_and_the_report_proves_them_all(index):
    assert check_places(index) == []


@pytest.mark.parametrize(
    ("fiche", "codes"),
    [
        ("1c", ["33"]),
        ("2b", ["56"]),
        ("2c", ["69", "01", "63", "13", "08"]),
        ("3a", ["69", "38"]),
        ("3b", [NATIONAL]),
        ("4a", ["78"]),
        ("5d", ["34"]),
    ],
)
def test_a_fiche_is_placed_in_the_departments_that_it_names(cards, fiche, codes):
    assert [place.code for place in card(cards, fiche).places] == codes


def test_a_place_that_the_fiche_does_not_name_is_not_used_and_is_told(index):
    report = index.reports[0]
    read = [FichePlaces("1c", (Place("75", "Paris", "Territoire : Ville de Paris"),))]
    proved = prove_places(read, report.fiches, report.passages)
    assert proved.by_fiche["1c"] == ()
    assert any("Ville de Paris" in fault for fault in proved.faults)


def test_words_of_another_fiche_prove_no_place(index):
    report = index.reports[0]
    read = [FichePlaces("1c", (Place("32", "Gers", "Territoire : Gers"),))]
    assert prove_places(read, report.fiches, report.passages).by_fiche["1c"] == ()


def test_a_code_that_is_no_department_is_refused():
    with pytest.raises(ValueError, match="department"):
        Place("123", "Nulle part", "quelque part en France")


def test_the_whole_country_stands_last_among_the_territories(cards):
    found = territories(cards)
    assert (found[0].name, found[-1].code) == ("Ain", NATIONAL)
    assert next(t.fiches for t in found if t.code == "33") == ("1c", "5b")


def test_every_department_of_a_fiche_is_drawn_on_the_map_under_its_name(cards):
    drawn = {(d.code, d.name) for d in read_outline().departments}
    assert {(t.code, t.name) for t in territories(cards)} - drawn == {(NATIONAL, "France entière")}


# --- years and publics


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("2014", Years(2014, 2014)),
        ("2020-2021", Years(2020, 2021)),
        ("Depuis 2016", Years(2016, 2016)),
        ("Ouverture en 2007 (circulaire du 24 octobre 2006)", Years(2007, 2007)),
        ("(2006)", Years(2006, 2006)),
        ("n° 12014", None),
        ("", None),
        (None, None),
    ],
)
def test_the_year_of_a_card_is_the_one_that_it_states(said, years):
    assert years_of(said) == years


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_a_period_runs_from_its_first_year_to_its_last(one, other):
    assert years_of(f"{one}-{other}") == Years(min(one, other), max(one, other))


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("Tout public de l'action sociale", ["tous"]),
        ("Public ASE", ["jeunes"]),
        ("Les personnes en situation de pauvreté", ["precarite"]),
        ("Les allocataires avec enfant(s) à charge", ["autre"]),
        ("Les bénéficiaires du RSA", ["precarite", "emploi"]),
        ("Les habitants du quartier", ["habitants"]),
        ("Personnes de plus de 60 ans hébergées", ["agees", "sans-domicile"]),
        ("Les femmes victimes de violences conjugales.", ["violences"]),
        ("Le cadre de vie professionnel", ["autre"]),
        (None, ["autre"]),
    ],
)
def test_the_words_of_a_card_say_whom_a_practice_is_for(said, keys):
    assert [public.key for public in publics_of(said)] == keys


def test_every_fiche_of_the_report_says_whom_it_is_for(cards):
    assert [c.fiche.id for c in cards if OTHER in c.publics] == []


def test_a_public_quotes_the_words_that_name_it(cards):
    quoted = [(word, c.fiche.publics) for c in cards for public in c.publics for word in public.words]
    assert [(word, said) for word, said in quoted if word not in said] == []


# --- filters


def filters_of(cards: tuple[Card, ...]) -> st.SearchStrategy[Filters]:
    return st.builds(
        Filters,
        theme=st.sampled_from(["", *THEMES.values()]),
        place=st.sampled_from(["", *(t.code for t in territories(cards))]),
        public=st.sampled_from(["", *(p.key for p in publics_among(cards))]),
        since=st.none() | st.integers(2005, 2023),
        until=st.none() | st.integers(2005, 2023),
        words=st.sampled_from(["", "Hébergement", "FAMILLES ecole", "logement, violences", "zzz"]),
    )


@given(st.data())
def test_filters_together_keep_what_each_keeps_in_the_order_given(cards, data):
    one = data.draw(filters_of(cards))
    alone = [
        Filters(theme=one.theme),
        Filters(place=one.place),
        Filters(public=one.public),
        Filters(since=one.since, until=one.until),
        *(Filters(words=word) for word in one.words.split()),
    ]
    kept = set(ids(cards)).intersection(*(ids(filter_cards(cards, each)) for each in alone))
    assert ids(filter_cards(cards, one)) == [fiche for fiche in ids(cards) if fiche in kept]


def test_no_filter_keeps_every_fiche(cards):
    assert filter_cards(cards, Filters()) == cards
    assert filter_cards(cards, Filters(words="  ?! ")) == cards


@pytest.mark.parametrize("words", ["FENETRES lyon", "fenêtres Lyón", "lyon   fenetr"])
def test_words_are_found_whatever_their_case_accents_and_order(cards, words):
    assert ids(filter_cards(cards, Filters(words=words))) == ["2c"]


def test_years_keep_the_periods_that_they_meet_and_no_fiche_without_a_year(cards):
    assert ids(filter_cards(cards, Filters(since=2021))) == ["3a", "5d", "5e"]
    assert ids(filter_cards(cards, Filters(until=2007))) == ["3c"]
    assert span_of_years(cards) == Years(2007, 2021)


def test_a_place_keeps_the_fiches_of_the_department(cards):
    assert ids(filter_cards(cards, Filters(place="33"))) == ["1c", "5b"]
    assert ids(filter_cards(cards, Filters(place=NATIONAL))) == ["3b"]


# --- near fiches


@pytest.mark.parametrize(("fiche", "nearest"), [("1a", "1c"), ("5a", "5b"), ("5f", "5d"), ("3a", "5f"), ("4a", "4c")])
def test_the_nearest_fiche_speaks_of_the_same_practice(cards, neighbourhood, fiche, nearest):
    assert neighbourhood.near(card(cards, fiche))[0].fiche.id == nearest


def test_near_fiches_are_always_the_same_best_first_and_never_the_fiche_itself(index, cards, neighbourhood):
    again = Neighbourhood(index, cards)
    found = [neighbourhood.near(c) for c in cards]
    assert found == [again.near(c) for c in cards]
    assert [len(near) for near in found] == [4] * len(cards)
    assert [c.fiche.id for c, near in zip(cards, found, strict=True) if c.fiche in {n.fiche for n in near}] == []
    assert found == [tuple(sorted(near, key=lambda n: -n.score)) for near in found]


def test_what_two_fiches_share_is_said(cards, neighbourhood):
    reasons = {n.fiche.id: labels.near_reason(n) for n in neighbourhood.near(card(cards, "1c"), k=20)}
    assert "même thème" in reasons["1a"]
    assert "même public : tout public" in reasons["1a"]
    assert "même territoire : Gironde" in reasons["5b"]
    assert labels.ONLY_MEANING in reasons.values()


# --- a fiche whole


@pytest.mark.parametrize("fiche", FICHES)
def test_a_fiche_is_read_whole_and_in_the_words_of_the_report(index, fiche):
    text = read_fiche(index, fiche)
    shown = "".join(letters(line.text) for field in text.fields for line in field.lines)
    report = index.report(text.fiche.document).text
    assert [line.text for field in text.fields for line in field.lines if line.text not in report] == []
    quotable = [p.words_of(u) for p in index.passages if p.fiche == fiche and p.field != "carte" for u in p.units]
    heads = [words for words in quotable if letters(words) not in shown]
    assert len(heads) <= len(text.fields)
    assert [field.key for field in text.fields if not field.lines] == []


def test_what_the_conversion_garbled_is_told_on_the_page_of_the_fiche(index):
    fields = {field.key: field for field in read_fiche(index, "1a").fields}
    assert all(line.damaged for line in fields["conditions"].lines)
    assert not any(line.damaged for line in fields["effets"].lines)


def test_a_fiche_that_is_not_in_the_report_is_told_in_french(index):
    with pytest.raises(PlaceMissing, match="Aucune fiche ne porte le numéro « 9z »"):
        read_fiche(index, "9z")


# --- what the pages are handed


def test_the_map_shows_what_the_other_filters_keep_and_the_whole_country_beside(cards):
    view = map_view(cards, filter_cards(cards, Filters(theme="Pair aidance")), "24", "")
    assert [(t.label, t.chosen) for t in view.territories] == [
        ("Dordogne : 1 fiche", True),
        ("Isère : 1 fiche", False),
        ("Rhône : 1 fiche", False),
    ]
    assert [t.label for t in view.beside] == ["France entière : 1 fiche"]


def test_the_territory_filtered_by_stays_on_the_map_where_it_has_no_fiche_left(cards):
    view = map_view(cards, filter_cards(cards, Filters(theme="Pair aidance")), "33", "")
    assert ("Gironde : aucune fiche", True) in [(t.label, t.chosen) for t in view.territories]


def test_the_list_says_how_many_fiches_there_are_and_that_there_is_none(cards):
    assert list_view(cards, len(cards), filtered=False).count == "21 fiches"
    assert list_view(cards[:1], len(cards), filtered=True).count == "1 fiche sur 21"
    nothing = list_view((), len(cards), filtered=True)
    assert (nothing.count, nothing.nothing) == ("Aucune fiche sur 21", labels.NOTHING)
