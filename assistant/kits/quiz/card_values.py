"""Values of a card that can be an answer: one short line that does not repeat the name of the practice or its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims import has_markup
from assistant.fiches.publics import OTHER, publics_of
from assistant.kits.kit import Origin, Statement
from assistant.kits.quiz.material import Material
from vectorstore.tokens import tokens

_WORDS = 18
_PEOPLE = re.compile(
    r"(?:personnes?|publics?|familles?|parents?|femmes|hommes|jeunes|enfants|élèves|allocataires|habitants|salariés|"
    r"professionnels|travailleurs)\b",
    re.IGNORECASE,
)
_GENERAL = ({"tous"}, {OTHER.key}, {"precarite"})
"""Kinds of people that hold most of the others."""


@dataclass(frozen=True, slots=True)
class CardValue:
    """A value of a card as an answer. `kinds` are those of the people that it names; two that share one overlap."""

    statement: Statement
    kinds: frozenset[str] = frozenset()


def public_of(material: Material, fiche: str) -> CardValue | None:
    """The public of a card, where it names people of a kind of their own."""
    statement = _line_of(material, fiche, "publics")
    kinds = {public.key for public in publics_of(material.fiches[fiche].publics)}
    if statement is None or not _PEOPLE.match(statement.text) or "tous" in kinds or kinds in _GENERAL:
        return None
    return CardValue(statement, frozenset(kinds))


def initiators_of(material: Material, fiche: str) -> CardValue | None:
    """Those who began, as a card names them."""
    statement = _line_of(material, fiche, "initiateurs")
    return CardValue(statement) if statement else None


def _line_of(material: Material, fiche: str, key: str) -> Statement | None:
    value = material.card(fiche, key)
    if value is None or ";" in value.text or len(value.text.split()) > _WORDS or has_markup(value.text):
        return None
    known = (material.teaching.names[fiche], material.fiches[fiche].title, material.fiches[fiche].territoire or "")
    names = " ".join((*known, *material.departments.get(fiche, ())))
    if not set(tokens(names)).isdisjoint(tokens(value.text)):
        return None
    # With or without its article: all begin alike.
    text = re.sub(r"^(?:les |l')", "", value.text.rstrip(" .,"), flags=re.IGNORECASE)
    return Statement(text[:1].upper() + text[1:], Origin.REPORT, value.citations)
