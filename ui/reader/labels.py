"""What the reader says, in French."""

from __future__ import annotations

CONTENTS = "Sommaire"
DOCUMENTS = "Documents"
NOTES = "Notes"
NEIGHBOURS = "Parties voisines"
CITATIONS = "Citations de la réponse"
PREVIOUS_CITATION = "Citation précédente"
NEXT_CITATION = "Citation suivante"
BACK = "Retour à la conversation"
VIEWS = "Affichage"
TEXT, PAGE = "Texte", "Page"
SHEETS = "Pages voisines"
PREVIOUS_SHEET = "Page précédente"
NEXT_SHEET = "Page suivante"
START = "Lire le rapport depuis le début"
NO_CITATION = "Cette réponse n'a pas de citation à cet endroit."
NOWHERE = "Rien à lire à cette adresse"


def previous_part(title: str) -> str:
    """Name the link to the part before."""
    return f"Précédent : {title}"


def next_part(title: str) -> str:
    """Name the link to the part after."""
    return f"Suivant : {title}"


def citation_heading(rank: int, total: int) -> str:
    """Say which citation of the answer is shown: « Citation 2 sur 5 »."""
    return f"Citation {rank} sur {total}"


def citation_start(number: int) -> str:
    """What a screen reader says before the words of a citation."""
    return f"Début de la citation {number} :"


def citation_end(number: int) -> str:
    """What a screen reader says after them."""
    return f"(fin de la citation {number})"


def lost_citation(quote: str) -> str:
    """Said where the document no longer holds a cited passage."""
    return f"Le document a changé depuis cette réponse : le passage cité n'y est plus. La citation disait : « {quote} »"


def note(number: int) -> str:
    """Name a footnote, and the button that calls it."""
    return f"Note {number}"


def back_to_call(number: int) -> str:
    """Name the button that goes from a note to the place that calls it."""
    return f"Retour à l'appel de la note {number}"


def see_fiche(fiche: str) -> str:
    """Name the link to a fiche's own page."""
    return f"Voir la page de la fiche {fiche}"


def sheet(number: int, total: int) -> str:
    """Say which page of the file is shown."""
    return f"Page {number} sur {total} du fichier"
