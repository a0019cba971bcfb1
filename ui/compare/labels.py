"""What the comparison page says, in French."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from assistant.comparison import COMPARABLE, MOST_FICHES, Offer

INTRODUCTION = (
    "Des fiches côte à côte, dans les mots du rapport. Une rubrique courte est citée en entier ; une longue, par sa "
    "première phrase et par celles qui répondent au plus de questions. La page après chaque citation ouvre le passage."
)
FICHES = f"Fiches, de 2 à {MOST_FICHES}"
CHOOSE_FICHES = "Choisissez des fiches"
FIELDS = "Choisir ce qui est comparé"
CARD = "Carte d'identité"
OTHER_FIELDS = "Rubriques"
OFFERS = "Pour commencer"
READ = "lire"
WORD = "Word (notes de bas de page)"
SPREADSHEET = "Tableur (notes de cellule)"
_SHOWN = 90
"""Characters that the name of a fiche takes in the list at most."""


def fiche_option(name: str, title: str) -> str:
    """Name a fiche in the list: « 1d · Seine-Saint-Denis · Retour d'expérience du Conseil… »."""
    return textwrap.shorten(f"{name.removeprefix('Fiche ')} · {title}", _SHOWN, placeholder="…")


def put_aside(unknown: Sequence[str]) -> str:
    """Say what of the address cannot be compared."""
    return f"L'adresse demande ce qui ne peut pas être comparé : {', '.join(f'« {u} »' for u in unknown)}."


def offer(offered: Offer) -> str:
    """Name a comparison to begin with: « Aller-vers : fiches 2a, 2b et 2c (financements, effets de la pratique) »."""
    *first, last = offered.fiches
    fields = ", ".join(COMPARABLE[key][0].lower() + COMPARABLE[key][1:] for key in offered.fields)
    return f"{offered.theme} : fiches {', '.join(first)} et {last} ({fields})"


def filled(cells: int, empty: int, count: str) -> str:
    """Say what a table holds: « 4 cases remplies, 1 non précisée ; 6 éléments, 6 vérifiés »."""
    said = f"{_many(cells, 'case')} {'remplies' if cells > 1 else 'remplie'}"
    said += f", {empty} non {'précisées' if empty > 1 else 'précisée'}" if empty else ""
    return f"{said} ; {count}." if count else f"{said}."


def source_name(number: int, place: str) -> str:
    """Name the link to a source for those who do not see it: « source 2 : fiche 1c, p. 43 »."""
    return f"source {number} : {place}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"
