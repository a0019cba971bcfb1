"""The words that several pages share, in French; each page has its own beside it."""

from __future__ import annotations

PRODUCT = "Pratiques"
CHAT_PAGE = "Discuter"
READER_PAGE = "Lire"
FICHES_PAGE = "Fiches"
SURVEY_PAGE = "Enquête"
COMPARE_PAGE = "Comparer"
WORKSHOP_PAGE = "Atelier"
COVERAGE_PAGE = "Couverture"
REVIEW_PAGE = "Contrôle"
EVALUATION_PAGE = "Évaluation"
PRINT_PAGE = "Imprimer"
HELP_PAGE = "Aide"

SKIP_TO_CONTENT = "Aller au contenu"
STREAMLIT_NAMES = {
    "Send message": "Envoyer la question",
    "App pages": "Pages",
    "Sidebar": "Menu",
    "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu",
    "Clear entry": "Effacer",
    "Clear all": "Tout effacer",
    "Open": "Ouvrir la liste",
    "Close": "Fermer",
    "Dismiss": "Fermer",
    "Selected values": "Ce qui est choisi",
    "Increment": "Augmenter",
    "Decrement": "Diminuer",
}
"""The controls that Streamlit names in English, as a screen reader should say them."""
STREAMLIT_STARTS = {
    "Help for ": "Aide : ",
    "Remove ": "Retirer ",
    "day, ": "jour, ",
    "month, ": "mois, ",
    "year, ": "année, ",
}
"""The same, of names that go on with words of this application."""
STREAMLIT_SAYS = {
    " options available.": " choix possibles.",
    " option available.": " choix possible.",
    "No results": "Aucun résultat",
    "Add: ": "Ajouter : ",
}
"""What Streamlit says aloud, or shows, in English."""

OPENING = "Ouverture du rapport…"
BUILDING = "Première ouverture : le rapport est lu et son index construit. Cela n'arrive qu'une fois."


def page_title(name: str) -> str:
    """What the browser's tab says of a page."""
    return f"{name} · {PRODUCT}"


def fiche_name(fiche: str) -> str:
    """Name a fiche at the head of a row or a column."""
    return f"Fiche {fiche}"


def fiche_line(fiche: str, title: str) -> str:
    """Name a fiche in a list."""
    return f"Fiche {fiche} : {title}"
