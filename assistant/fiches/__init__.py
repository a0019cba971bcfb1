"""The fiches of the report: as cards to choose from, on the map, whole, and by what they have in common."""

from assistant.fiches.cards import (
    Card,
    Filters,
    Territory,
    cards_of,
    check_places,
    filter_cards,
    publics_among,
    span_of_years,
    territories,
)
from assistant.fiches.fiche_text import FicheField, FicheText, read_fiche
from assistant.fiches.near import NearFiche, Neighbourhood
from assistant.fiches.places import NATIONAL, Place
from assistant.fiches.publics import Public
from assistant.fiches.years import Years

__all__ = [
    "NATIONAL",
    "Card",
    "FicheField",
    "FicheText",
    "Filters",
    "NearFiche",
    "Neighbourhood",
    "Place",
    "Public",
    "Territory",
    "Years",
    "cards_of",
    "check_places",
    "filter_cards",
    "publics_among",
    "read_fiche",
    "span_of_years",
    "territories",
]
