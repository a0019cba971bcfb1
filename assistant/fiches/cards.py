"""The fiches as cards, and the choice among them by theme, place, year, public and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.fiches.places import NATIONAL, Place, bundled_places, prove_places
from assistant.fiches.publics import Public, publics_of
from assistant.fiches.years import Years, years_of
from ingest.folding import fold
from ingest.records import Fiche
from vectorstore.index import Index

_APART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Card:
    """A fiche with what it can be chosen by; `places` are the proved ones, `years` is `None` where none is said."""

    fiche: Fiche
    places: tuple[Place, ...]
    years: Years | None
    publics: tuple[Public, ...]
    searched: str = field(repr=False)
    """The words of its title, card and text, folded, each after a space."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the cards are chosen by; an empty value chooses all.

    `place` is the code of a department (`FR`: the whole country), `public` the key of a public, `since` and `until`
    are years, both included. Each of the `words` must begin a word of the fiche, whatever its case and accents.
    """

    theme: str = ""
    place: str = ""
    public: str = ""
    since: int | None = None
    until: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Territory:
    """A department (or the whole country) and the ids of the fiches that take place there."""

    code: str
    name: str
    fiches: tuple[str, ...]


def cards_of(index: Index) -> tuple[Card, ...]:
    """The fiches of an index as cards, in the report's order."""
    cards = []
    for report in index.reports:
        places = prove_places(bundled_places(), report.fiches, report.passages).by_fiche
        for fiche in report.fiches:
            texts = [fiche.title, *(p.text for p in report.passages if p.fiche == fiche.id)]
            searched = f" {' '.join(_words(' '.join(texts)))}"
            cards.append(Card(fiche, places[fiche.id], years_of(fiche.annee), publics_of(fiche.publics), searched))
    return tuple(cards)


def check_places(index: Index) -> list[str]:
    """One French line for each place that the report does not prove, and each fiche without a place."""
    return [f for r in index.reports for f in prove_places(bundled_places(), r.fiches, r.passages).faults]


def filter_cards(cards: Sequence[Card], filters: Filters) -> tuple[Card, ...]:
    """The cards that fit all filters, in the order given."""
    return tuple(card for card in cards if _fits(card, filters))


def territories(cards: Sequence[Card]) -> tuple[Territory, ...]:
    """Where the fiches take place: the departments by name, then the whole country."""
    names = {place.code: place.name for card in cards for place in card.places}
    order = sorted(names, key=lambda code: (code == NATIONAL, fold(names[code])))
    at = {code: tuple(c.fiche.id for c in cards if code in {p.code for p in c.places}) for code in order}
    return tuple(Territory(code, names[code], at[code]) for code in order)


def publics_among(cards: Sequence[Card]) -> tuple[Public, ...]:
    """The publics that some card names, in the order in which they first come, without the words that say so."""
    return tuple(dict.fromkeys(Public(p.key, p.name) for card in cards for p in card.publics))


def span_of_years(cards: Sequence[Card]) -> Years | None:
    """From the first year of all cards to the last; `None` where no card states one."""
    said = [card.years for card in cards if card.years is not None]
    return Years(min(y.first for y in said), max(y.last for y in said)) if said else None


def _fits(card: Card, filters: Filters) -> bool:
    return (
        filters.theme in ("", card.fiche.theme)
        and (not filters.place or filters.place in {p.code for p in card.places})
        and (not filters.public or filters.public in {p.key for p in card.publics})
        and _in_years(card.years, filters.since, filters.until)
        and all(f" {word}" in card.searched for word in _words(filters.words))
    )


def _in_years(years: Years | None, since: int | None, until: int | None) -> bool:
    if since is None and until is None:
        return True
    return years is not None and (since is None or years.last >= since) and (until is None or years.first <= until)


def _words(text: str) -> list[str]:
    return [word for word in _APART.split(fold(text)) if word]
