"""What the components of the fiches are handed: everything in French, nothing left to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.fiches import NATIONAL, Card, FicheText, NearFiche, territories
from ingest.folding import fold
from ingest.outline import CARD
from ingest.records import Fiche
from ui.fiches import labels
from ui.labels import fiche_line, fiche_name
from ui.navigation import CHAT, COMPARE, FICHES, READER, Link, link


@dataclass(frozen=True, slots=True)
class CardView:
    """A card of the list: the way to its fiche, and lines that say where, when and for whom."""

    number: str
    title: str
    link: Link
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme and its cards."""

    name: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """The list of the cards that fit the filters; `filtered` where some filter is set."""

    name: str
    count: str
    filtered: bool
    clear: str
    nothing: str
    themes: tuple[ThemeView, ...]


@dataclass(frozen=True, slots=True)
class TerritoryView:
    """A territory: `label` names it with the number of its `fiches`; `chosen` where it is the filter."""

    code: str
    label: str
    fiches: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """The map: the territories that can be chosen on it, those beside it, and its words."""

    name: str
    hint: str
    inset: tuple[str, ...]
    elsewhere: str
    legend: tuple[str, ...]
    credit: str
    territories: tuple[TerritoryView, ...]
    beside: tuple[TerritoryView, ...]


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link of a fiche's page: what it shows, and its whole name where that says too little."""

    text: str
    link: Link
    name: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a fiche; each line is its kind (`sentence`, `item`, `row`, `heading`), its text, and any warning."""

    key: str
    name: str
    page: str
    read: NamedLink
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class NearView:
    """A near fiche and why it is near."""

    link: NamedLink
    reason: str


@dataclass(frozen=True, slots=True)
class FicheView:
    """A fiche's page. `moved`: the reader came here from another view of this page, whose place it takes."""

    number: str
    name: str
    title: str
    place: str
    moved: bool
    back: NamedLink
    around: tuple[NamedLink, ...]
    actions: tuple[NamedLink, ...]
    card_name: str
    card: tuple[tuple[str, tuple[str, ...]], ...]
    fields_name: str
    fields: tuple[FieldView, ...]
    near_name: str
    near_how: str
    near: tuple[NearView, ...]


def list_view(shown: Sequence[Card], total: int, filtered: bool) -> ListView:
    """The cards to show, of `total`, by theme."""
    names = dict.fromkeys((card.fiche.id[0], card.fiche.theme) for card in shown)
    themes = [
        ThemeView(labels.theme(number, name), tuple(_card_view(c) for c in shown if c.fiche.theme == name))
        for number, name in names
    ]
    return ListView(
        labels.LIST, labels.count(len(shown), total), filtered, labels.CLEAR, "" if shown else labels.NOTHING,
        tuple(themes),
    )  # fmt: skip


def map_view(cards: Sequence[Card], shown: Sequence[Card], chosen: str, credit: str) -> MapView:
    """The map of all `cards`, where `shown` fit the other filters.

    A territory is on it where it has some of these, or is the one filtered by, whose code is `chosen`.
    """
    kept = {card.fiche.id for card in shown}
    views = [
        TerritoryView(t.code, labels.territory(t.name, count), count, t.code == chosen)
        for t in territories(cards)
        if (count := len(kept.intersection(t.fiches))) or t.code == chosen
    ]
    return MapView(
        name=labels.MAP,
        hint=labels.MAP_HINT,
        inset=labels.INSET,
        elsewhere=labels.ELSEWHERE,
        legend=labels.LEGEND,
        credit=credit,
        territories=tuple(view for view in views if view.code != NATIONAL),
        beside=tuple(view for view in views if view.code == NATIONAL),
    )


def fiche_view(
    text: FicheText, card: Card, around: Sequence[Fiche | None], near: Sequence[NearFiche], moved: bool
) -> FicheView:
    """A fiche's page; `around` are the fiches before and after it."""
    fiche = text.fiche
    ways = zip((labels.PREVIOUS, labels.NEXT), around, strict=True)
    return FicheView(
        number=fiche.id,
        name=fiche_name(fiche.id),
        title=fiche.title,
        place=" · ".join(filter(None, (fiche.theme, text.page))),
        moved=moved,
        back=NamedLink(labels.ALL_FICHES, link(FICHES)),
        around=tuple(
            NamedLink(labels.neighbour(way, other.id, other.title), _to(other)) for way, other in ways if other
        ),
        actions=(
            NamedLink(labels.READ, link(READER, partie=text.group)),
            NamedLink(labels.ASK, link(CHAT, fiche=fiche.id)),
            NamedLink(labels.COMPARE, link(COMPARE, fiches=fiche.id)),
        ),
        card_name=labels.CARD,
        card=tuple((name, _said(getattr(fiche, key))) for key, name in CARD.items()),
        fields_name=labels.FIELDS,
        fields=tuple(
            FieldView(
                field.key,
                field.name,
                field.page,
                NamedLink(labels.READ, link(READER, partie=field.group), labels.read_field(field.name)),
                tuple((line.kind.value, line.text, labels.DAMAGED if line.damaged else "") for line in field.lines),
            )
            for field in text.fields
        ),
        near_name=labels.NEAR,
        near_how=labels.NEAR_HOW,
        near=tuple(
            NearView(NamedLink(fiche_line(n.fiche.id, n.fiche.title), _to(n.fiche)), labels.near_reason(n))
            for n in near
        ),
    )


def _card_view(card: Card) -> CardView:
    fiche = card.fiche
    facts = (_where(card), (fiche.annee or "").split("\n")[0], labels.publics(card.publics))
    return CardView(fiche.id, fiche.title, _to(fiche), tuple(filter(None, facts)))


def _where(card: Card) -> str:
    """The first line of the territory, and the departments that it does not name."""
    said = (card.fiche.territoire or "").split("\n")[0]
    names = [p.name for p in card.places if p.code != NATIONAL and fold(p.name) not in fold(said)]
    return f"{said} ({', '.join(names)})" if said and names else said or ", ".join(names)


def _said(value: str | None) -> tuple[str, ...]:
    return tuple(value.split("\n")) if value else (labels.NOT_SAID,)


def _to(fiche: Fiche) -> Link:
    return link(FICHES, fiche=fiche.id)
