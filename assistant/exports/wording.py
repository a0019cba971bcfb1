"""What an exported document says in its own name, in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

AUTHOR = "Pratiques"
LANGUAGE = "fr-FR"
UNTITLED = "Réponses du rapport"
REFERENCES = "Références"
EMPTY = "Cette conversation ne contient encore aucune réponse\u00a0: posez une question, puis exportez-la de nouveau."
FOUND_PASSAGES = "Passages trouvés, à lire par vous-même\u00a0:"
NEAREST_FICHES = "Fiches les plus proches\u00a0:"
FICHE = "Fiche"
FIELD = "Rubrique"
COMPARISON_SHEET = "Comparaison"
CITATIONS_SHEET = "Citations"
CITATION_HEADS = ("N°", "Document", "Fiche", "Rubrique", "Citation", "Page", "État", "Passage")
VERIFIED = "vérifiée"
REPAIRED = "rétablie"


def made_on(date: datetime) -> str:
    """Said under the title."""
    return f"Document établi par Pratiques le {date:%d/%m/%Y}"


def understood_as(question: str) -> str:
    """Said under a question that was not searched as it was written."""
    return f"Question comprise ainsi\u00a0: {question}"


def foot(count: str) -> str:
    """How the proofs were made; `count` says of how many sentences, and is empty where there are none."""
    if not count:
        return "Aucune réponse n'a pu être prouvée par le rapport\u00a0: rien n'en est cité ici."
    return f"Chaque phrase a été comparée par un programme avec le rapport\u00a0: {count}."


def quoted(place: str, quote: str, repaired: bool) -> str:
    """A reference: where the quote stands, its words, and whether they had to be put back in the report's."""
    mark = " (citation rétablie)" if repaired else ""
    return f"{place}\u00a0: «\u00a0{quote}\u00a0»{mark}"


def fiche_line(fiche: str, title: str) -> str:
    """A fiche and its title, in a list or in a reference."""
    return f"fiche {fiche}\u00a0: {title}"


def comparison(fiches: Sequence[str]) -> str:
    """What heads a comparison."""
    if len(fiches) == 1:
        return f"{FICHE} {fiches[0]}"
    return f"Comparaison des fiches {', '.join(fiches[:-1])} et {fiches[-1]}"
