"""The fiches: cards and map to choose from, and a page for each."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.fiches import (
    Card,
    Filters,
    Neighbourhood,
    cards_of,
    filter_cards,
    publics_among,
    read_fiche,
    span_of_years,
    territories,
)
from ingest.errors import PlaceMissing
from ui.components import define
from ui.fiches import labels
from ui.fiches.outline import read_outline
from ui.fiches.views import fiche_view, list_view, map_view
from ui.labels import FICHES_PAGE, page_title
from ui.navigation import FICHES, asked_for, follow, go
from ui.opening import open_assistant
from vectorstore.index import Index

_FOLDER = Path(__file__).parent
_list = define(_FOLDER, "list", '<div class="list"></div>')
_map = define(_FOLDER, "map", '<div class="map"></div>')
_fiche = define(_FOLDER, "fiche", '<div class="fiche"></div>')

_WORDS, _THEME, _PLACE, _PUBLIC, _SINCE, _UNTIL = "mots", "theme", "lieu", "public", "depuis", "jusqua"
"""The filters, as the address names them."""
_SHOWN = "fiches-shown"


@st.cache_resource(show_spinner=False)
def _cards(_index: Index, build: str) -> tuple[Card, ...]:
    return cards_of(_index)


@st.cache_resource(show_spinner=False)
def _neighbourhood(_index: Index, build: str) -> Neighbourhood:
    return Neighbourhood(_index, _cards(_index, build))


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(FICHES_PAGE), layout="wide")
    index = open_assistant().index
    asked = asked_for("fiche")
    # Each view has a place of its own: what stood in the other's is gone at once, not when the run ends.
    if asked:
        st.empty()
        sent = _show_fiche(index, asked.lower(), moved=st.session_state.get(_SHOWN, asked) != asked)
    else:
        place = st.container()
        st.empty()
        with place:
            sent = _show_cards(_cards(index, index.folder.name))
    # Not before it is drawn: a run that is cut short has shown nothing.
    st.session_state[_SHOWN] = asked
    follow(sent)


def _show_cards(cards: tuple[Card, ...]) -> object:
    """The list and the map; gives where a link of theirs leads."""
    st.title(FICHES_PAGE, anchor=False)
    st.write(labels.INTRODUCTION)
    filters = _ask_filters(cards)
    shown = filter_cards(cards, filters)
    on_map = filter_cards(cards, replace(filters, place=""))
    outline = read_outline()
    names = {territory.code: territory.name for territory in territories(cards)}
    drawing, listing = st.columns([5, 7], gap="large")
    with drawing:
        view = map_view(cards, on_map, filters.place, labels.credit(outline.author, outline.licence))
        _map(
            key="fiches-map",
            data={**asdict(view), "outline": asdict(outline)},
            on_action_change=lambda: _choose_place("fiches-map", names),
        )
    with listing:
        view_of_list = list_view(shown, len(cards), filtered=filters != Filters())
        sent = _list(
            key="fiches-list",
            data=asdict(view_of_list),
            on_action_change=_clear_filters,
            on_go_change=lambda: None,
        )
    return sent.go


def _ask_filters(cards: tuple[Card, ...]) -> Filters:
    """The filters, as widgets that the address of the page follows."""
    themes = tuple(dict.fromkeys(card.fiche.theme for card in cards))
    places = {territory.name: territory.code for territory in territories(cards)}
    publics = {public.name: public.key for public in publics_among(cards)}
    years = span_of_years(cards)
    said = tuple(str(year) for year in range(years.first, years.last + 1)) if years else ()
    with st.container(horizontal=True, gap="small", key="fiches-filters"):
        words = st.text_input(labels.WORDS, key=_WORDS, type="search", bind="query-params", placeholder="")
        theme = _choose(labels.THEME, labels.ALL_THEMES, themes, _THEME)
        place = _choose(labels.PLACE, labels.ALL_PLACES, tuple(places), _PLACE)
        public = _choose(labels.PUBLIC, labels.ALL_PUBLICS, tuple(publics), _PUBLIC)
        since = _choose(labels.SINCE, labels.ALWAYS, said, _SINCE)
        until = _choose(labels.UNTIL, labels.ALWAYS, said, _UNTIL)
    return Filters(
        theme=theme,
        place=places.get(place, ""),
        public=publics.get(public, ""),
        since=int(since) if since else None,
        until=int(until) if until else None,
        words=words or "",
    )


def _choose(label: str, all_: str, options: tuple[str, ...], key: str) -> str:
    """One of the options, or an empty text for all of them."""
    chosen = st.selectbox(label, (all_, *options), key=key, bind="query-params", filter_mode=None, placeholder=all_)
    return "" if chosen in (all_, None) else chosen


def _choose_place(key: str, names: dict[str, str]) -> None:
    """Filter by the department clicked on; one that is clicked on again is no filter any more."""
    state: Any = st.session_state[key]
    match state.get("action"):
        case {"kind": "place", "code": str(code)} if code in names:
            chosen = st.session_state.get(_PLACE)
            st.session_state[_PLACE] = labels.ALL_PLACES if chosen == names[code] else names[code]


def _clear_filters() -> None:
    everything = {
        _WORDS: "",
        _THEME: labels.ALL_THEMES,
        _PLACE: labels.ALL_PLACES,
        _PUBLIC: labels.ALL_PUBLICS,
        _SINCE: labels.ALWAYS,
        _UNTIL: labels.ALWAYS,
    }
    for key, value in everything.items():
        st.session_state[key] = value


def _show_fiche(index: Index, fiche_id: str, moved: bool) -> object:
    """A fiche's page; gives where a link of it leads."""
    try:
        text = read_fiche(index, fiche_id)
    except PlaceMissing as missing:
        st.title(labels.UNKNOWN_TITLE, anchor=False)
        st.info(str(missing))
        if st.button(labels.ALL_FICHES):
            go(FICHES)
        return None
    st.set_page_config(page_title=page_title(labels.tab_title(fiche_id, text.fiche.title)))
    cards = _cards(index, index.folder.name)
    at = next(n for n, card in enumerate(cards) if card.fiche == text.fiche)
    around = (cards[at - 1].fiche if at else None, cards[at + 1].fiche if at + 1 < len(cards) else None)
    near = _neighbourhood(index, index.folder.name).near(cards[at])
    view = fiche_view(text, cards[at], around, near, moved)
    sent = _fiche(key="fiche", data=asdict(view), on_go_change=lambda: None)
    return sent.go
