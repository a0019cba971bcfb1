"""What the chat says, in French."""

from __future__ import annotations

from collections.abc import Sequence

from ui.labels import fiche_name

WELCOME_TITLE = "Que cherchez-vous dans le rapport ?"
WELCOME = (
    "Posez une question avec vos mots. La réponse est faite des phrases du rapport "
    "« Pratiques émergentes du travail social et du développement social » ; "
    "chacune renvoie au passage qui la prouve."
)
EXAMPLES_TITLE = "Par exemple"
ASK = "Posez votre question sur le rapport…"
NEW_CONVERSATION = "Nouvelle conversation"

SEARCHING = "Recherche dans le rapport…"
WRITING = "Rédaction… Chaque phrase s'affiche dès qu'elle est prouvée."

STATES = {
    "answered": "Réponse",
    "silent": "Le rapport n'en parle pas",
    "unprovable": "Des passages, mais pas de réponse prouvée",
    "error": "La question n'a pas pu être traitée",
}

CONVERSATION = "Conversation"
QUESTION = "Votre question"
UNDERSTOOD = "Question comprise ainsi :"
UNKNOWN_WORDS = "Mots de votre question que le rapport n'emploie pas"
NEAREST_FICHES = "Fiches les plus proches"
FOUND_PASSAGES = "Passages trouvés, à lire par vous-même"
CONTINUE = "Pour continuer"
FICHE = "Fiche"
FIELD = "Rubrique"
AS_TYPED = "Poser la question telle quelle"
AS_TYPED_HERE = "Ces données ne quitteront pas cette machine."
AS_TYPED_MODEL = "Ces données seront alors envoyées au modèle de langue."

SOURCES = "Sources de la réponse"
PREVIOUS = "Précédente"
NEXT = "Suivante"
CLOSE = "Fermer"
PATH = "Emplacement dans le rapport"
PASSAGE_TEXT = "Texte du rapport"
VERIFIED = "Citation vérifiée : mot pour mot dans le rapport."
REPAIRED = "Citation rétablie : remise dans les mots exacts du rapport."
READ_ONLY = "Passage trouvé ; rien n'en est cité."


def proof_count(kinds: set[str], total: int, verified: int) -> str:
    """Say how many sentences (items, rows) an answer has and how many of them stand word for word.

    Args:
        kinds: the kinds of lines of the answer (`sentence`, `item`, `row`).
        total: how many lines it has.
        verified: how many rest on exact quotes only; the others were put back in the report's words.
    """
    noun, feminine = ("phrase", True) if kinds == {"sentence"} else ("élément", False)
    mark = "e" if feminine else ""

    def many(count: int, word: str) -> str:
        return f"{count} {word}{'s' if count > 1 else ''}"

    parts = [many(total, noun), many(verified, f"vérifié{mark}")]
    if total > verified:
        parts.append(many(total - verified, f"rétabli{mark}") + " dans les mots du rapport")
    return ", ".join(parts)


def source_name(number: int, place: str) -> str:
    """Name a citation button for those who do not see it: `source 2 : fiche 1c, p. 43`."""
    return f"source {number} : {place}"


def passage_name(rank: int, place: str) -> str:
    """Name the button that opens a found passage."""
    return f"passage {rank} : {place}"


def source_heading(rank: int, total: int) -> str:
    """Head the panel with the source's place among those of the answer (both from 1)."""
    return f"Source {rank} sur {total}"


def passage_heading(rank: int, total: int) -> str:
    """Head the panel with the passage's place among those found (both from 1)."""
    return f"Passage {rank} sur {total}"


def comparison(fiches: Sequence[str]) -> str:
    """Head a table that compares fiches."""
    if len(fiches) == 1:
        return fiche_name(fiches[0])
    return f"Comparaison des fiches {', '.join(fiches[:-1])} et {fiches[-1]}"
