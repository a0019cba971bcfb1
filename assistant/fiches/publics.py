"""Whom a practice is for: the free words of a card, brought together under few names that can be chosen from."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Public:
    """A kind of people: a stable `key`, its French name, and the card's own words that say so (none for `autre`)."""

    key: str
    name: str
    words: tuple[str, ...] = ()


# Patterns of French, not of any one card: a card says the same thing in many ways.
_KINDS = {
    "tous": ("Tout public", r"tou(?:t|s) publics?|tous les publics"),
    "familles": ("Familles et parents", r"familles?|famili\w+|parents?|parentalité|monoparental\w*"),
    "jeunes": (
        "Enfants et jeunes",
        r"jeunes?|adolescent\w*|enfance|mineurs?|élèves?|scolarisé\w*|étudiant\w*|ASE|(?:les|des|d'|pour) enfants?",
    ),
    "agees": ("Personnes âgées", r"âgée?s|seniors?|aînés|retraité\w*|plus de [6-9]\d ans|perte d'autonomie"),
    "handicap": ("Personnes en situation de handicap", r"handicap\w*"),
    "sante": (
        "Personnes malades ou dépendantes",
        r"malad\w+|dépendance|addict\w+|psychoactives?|troubles?",
    ),
    "precarite": (
        "Personnes en difficulté ou en précarité",
        r"précarité|précaires?|pauvreté|exclusion|vulnérab\w+|fragilité|en difficultés?|situations? complexes?|RSA",
    ),
    "sans-domicile": ("Personnes sans domicile", r"sans[- ](?:domicile|abri|logement)\w*|SDF|hébergé\w*"),
    "violences": ("Victimes de violences", r"victimes?(?: de)? violences?(?: \w+)?"),
    "emploi": (
        "Personnes sans emploi",
        r"éloigné\w* de l'emploi|sans emploi|demandeu(?:r|se)s? d'emploi|chôm\w+|RSA|insertion professionnelle",
    ),
    "salaries": ("Salariés", r"salarié\w*"),
    "droits": ("Personnes qui font valoir leurs droits", r"accès aux droits|non-recours|contestation|recours"),
    "habitants": ("Habitants d'un quartier", r"habitant\w*|quartiers?"),
    "professionnels": (
        "Professionnels",
        r"professionnels|travailleurs? socia(?:l|ux)|intervenants? socia(?:l|ux)|personnels?|cadres|partenaires|agents",
    ),
}
_PATTERNS = {key: (name, re.compile(rf"(?<!\w)(?:{rx})(?!\w)", re.IGNORECASE)) for key, (name, rx) in _KINDS.items()}
OTHER = Public("autre", "Autre public")


def publics_of(said: str | None) -> tuple[Public, ...]:
    """The kinds of people that a card names, in a fixed order; `OTHER` alone where it names none of them."""
    found = []
    for key, (name, pattern) in _PATTERNS.items():
        if words := tuple(dict.fromkeys(pattern.findall(said or ""))):
            found.append(Public(key, name, words))
    return tuple(found) or (OTHER,)
