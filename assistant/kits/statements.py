"""The statements that a kit is made of: points and cards of the report with their proofs, proposals of the tool."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest

from assistant.answer import Citation, CitationState
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Audience, Origin, Statement
from assistant.kits.points import Point, Side, Teaching
from assistant.proof import prove
from ingest.outline import CARD, SECTIONS
from ingest.records import Fiche
from vectorstore.index import Index

_TOLD = tuple(Aspect)
PREFERRED = {
    Audience.STUDENTS: (
        *(Aspect.IDEA, Aspect.ORIGIN, Aspect.AIM, Aspect.PARTICIPATION, Aspect.CONDITION, Aspect.EFFECT),
        *(Aspect.OBSTACLE, Aspect.ACTORS, Aspect.STEPS),
    ),
    Audience.PROFESSIONALS: (
        *(Aspect.IDEA, Aspect.CONDITION, Aspect.STEPS, Aspect.OBSTACLE, Aspect.EFFECT, Aspect.PARTICIPATION),
        *(Aspect.ORIGIN, Aspect.ACTORS, Aspect.EVALUATION),
    ),
    Audience.MANAGERS: (
        *(Aspect.IDEA, Aspect.CONDITION, Aspect.ACTORS, Aspect.FUNDING, Aspect.EVALUATION, Aspect.OBSTACLE),
        *(Aspect.EFFECT, Aspect.NEXT, Aspect.ORIGIN),
    ),
    Audience.MIXED: (
        *(Aspect.IDEA, Aspect.PARTICIPATION, Aspect.EFFECT, Aspect.OBSTACLE, Aspect.CONDITION, Aspect.ORIGIN),
        *(Aspect.AIM, Aspect.STEPS, Aspect.ACTORS),
    ),
}
"""What each audience is told first."""


def proposed(text: str) -> Statement:
    """A proposal of the tool, which claims nothing of the report."""
    return Statement(text, Origin.TOOL)


def said(point: Point | Side, lead: str = "") -> Statement:
    """What the report says, proved."""
    return Statement(point.text, Origin.REPORT, (point.citation,), lead)


def named(place: str, teaching: Teaching) -> str:
    """A fiche by its number and its name (« Fiche 4a, le dispositif FLORA »), a section by its title."""
    name = teaching.names.get(place)
    if name:
        return f"Fiche {place}, {name}"
    title = next((section.title for section in SECTIONS if section.slug == place), place)
    return f"Rapport, « {title.split(' : ')[0]} »"


def card_value(index: Index, fiche: Fiche, key: str) -> Statement | None:
    """A value of a card (`territoire`), its row cited; `None` where the card leaves it empty or damage makes it so."""
    value = getattr(fiche, key)
    if not value:
        return None
    for passage in index.passages:
        if (passage.document, passage.fiche, passage.field) != (fiche.document, fiche.id, "carte"):
            continue
        proof = prove(f"{CARD[key]} : {value}", passage.text)
        if proof.state is CitationState.VERIFIED and proof.start is not None and proof.end is not None:
            start, end = passage.start + proof.start, passage.start + proof.end
            citation = Citation.of(passage, start, end, proof.state)
            text = " ; ".join(line.strip(" ;,") for line in value.split("\n"))
            return Statement(text, Origin.REPORT, (citation,), f"{CARD[key]} :")
    return None


def choose(points: Sequence[Point], aspects: Sequence[Aspect], count: int, taken: Collection[str] = ()) -> list[Point]:
    """Up to `count` points, an aspect after the other and then round again; none of the texts taken.

    They come back in the order in which one tells of a practice (that of `Aspect`), and of the report within each.
    """
    rows = [[p for p in points if p.aspect is aspect and p.text not in taken] for aspect in aspects]
    # A fiche may say the same sentence in two fields.
    turns = {point.text: point for turn in zip_longest(*rows) for point in turn if point is not None}
    return sorted(list(turns.values())[:count], key=lambda p: (_TOLD.index(p.aspect), p.citation.start))
