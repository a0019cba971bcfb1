"""How quiz items ask: of a fiche, of the report's section on a theme, of several fiches at once."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.kits.aspects import ASKED, NAMES, Aspect
from assistant.kits.points import Teaching
from assistant.kits.statements import named

_ASKED_OF_SECTION = {
    Aspect.IDEA: "de quoi s'agit-il ?",
    Aspect.ORIGIN: "quelle origine en est donnée ?",
    Aspect.AIM: "quel but est donné ?",
    Aspect.STEPS: "comment cela se passe-t-il ?",
    Aspect.ACTORS: "qui y prend part, et dans quel rôle ?",
    Aspect.FUNDING: "d'où viennent les moyens ?",
    Aspect.PARTICIPATION: "quelle part les personnes concernées y prennent-elles ?",
    Aspect.CONDITION: "quelle condition de réussite est donnée ?",
    Aspect.OBSTACLE: "quelle difficulté est signalée ?",
    Aspect.EFFECT: "quel effet est rapporté ?",
    Aspect.EVALUATION: "comment l'évaluation se fait-elle ?",
    Aspect.NEXT: "quelle suite est envisagée ?",
}
_ASKED_AT_LENGTH = {
    Aspect.ORIGIN: "de quels constats cette pratique est-elle partie ?",
    Aspect.AIM: "quels buts cette pratique vise-t-elle ?",
    Aspect.STEPS: "racontez comment cela se passe.",
    Aspect.ACTORS: "qui y prend part, et dans quels rôles ?",
    Aspect.PARTICIPATION: "quelle part les personnes concernées y prennent-elles ? Citez plusieurs exemples.",
    Aspect.CONDITION: "quelles conditions de réussite la fiche donne-t-elle ?",
    Aspect.OBSTACLE: "quelles difficultés la fiche signale-t-elle ?",
    Aspect.EFFECT: "quels effets la fiche rapporte-t-elle ?",
    Aspect.EVALUATION: "que dit la fiche de l'évaluation ?",
}
_ASKED_AT_LENGTH_OF_SECTION = {
    Aspect.IDEA: "de quoi s'agit-il ? Donnez-en les traits principaux.",
    Aspect.ORIGIN: "d'où cela vient-il ?",
    Aspect.ACTORS: "qui y prend part, et dans quels rôles ?",
    Aspect.PARTICIPATION: "quelle part les personnes concernées y prennent-elles ? Citez plusieurs exemples.",
    Aspect.CONDITION: "quelles conditions de réussite sont données ?",
    Aspect.OBSTACLE: "quelles difficultés sont signalées ?",
    Aspect.EFFECT: "quels effets sont rapportés ?",
    Aspect.EVALUATION: "que dit-on de l'évaluation ?",
}
_ASKED_OF_CARD = {
    "publics": "à qui s'adresse cette pratique, d'après la carte d'identité de la fiche ?",
    "initiateurs": "qui a lancé cette pratique, d'après la carte d'identité de la fiche ?",
    "annee": "en quelle année cette pratique a-t-elle commencé, d'après la carte d'identité de la fiche ?",
}
_MATCHED = {
    Aspect.IDEA: "Reliez chaque pratique au territoire où elle est menée.",
    Aspect.AIM: "Reliez chaque but au territoire où il est poursuivi.",
    Aspect.EFFECT: "Reliez chaque effet au territoire où il est rapporté.",
    Aspect.ORIGIN: "Reliez chaque point de départ au territoire où il a donné naissance à une pratique.",
}
TRUE, FALSE = "Vrai", "Faux"
MATCHED_PUBLICS = "Reliez chaque pratique au public que nomme la carte d'identité de sa fiche."


def asked(place: str, field: str, teaching: Teaching) -> str:
    """The question whose answer is one point of an aspect, or a value of a card, of a place."""
    question = _of_place(place, teaching, ASKED, _ASKED_OF_SECTION).get(field) or _ASKED_OF_CARD[field]
    return f"{named(place, teaching)} : {question}"


def asked_at_length(place: str, aspect: Aspect, teaching: Teaching) -> str:
    """The open question on an aspect of a place; empty where it is not asked at length."""
    question = _of_place(place, teaching, _ASKED_AT_LENGTH, _ASKED_AT_LENGTH_OF_SECTION).get(aspect)
    return f"{named(place, teaching)} : {question}" if question else ""


def stated(place: str, aspect: Aspect, short: str, teaching: Teaching) -> str:
    """What is to be judged true or false of a place."""
    return f"Vrai ou faux ? {named(place, teaching)}. {NAMES[aspect]} : {short}."


def matched(aspect: Aspect) -> str:
    """What asks to match things of this aspect with territories."""
    return _MATCHED[aspect]


def says(place: str, teaching: Teaching) -> str:
    """Said before what a place does say."""
    return f"La fiche {place} dit :" if place in teaching.names else "Le rapport dit :"


def true_of(place: str, teaching: Teaching) -> str:
    """Said before what is true elsewhere."""
    return f"C'est vrai ailleurs. {named(place, teaching)} :"


def _of_place(
    place: str, teaching: Teaching, of_fiche: Mapping[Aspect, str], of_section: Mapping[Aspect, str]
) -> dict[str, str]:
    return {aspect.value: asks for aspect, asks in (of_fiche if place in teaching.names else of_section).items()}
