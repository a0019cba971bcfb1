"""What the quiz player says, in French; the component puts its numbers and answers in the place of « {…} »."""

from __future__ import annotations

from assistant.kits.kit import ItemKind

LABELS = {
    "no_questions": "Cette séance n'a pas de quiz.",
    "back": "Revenir à la séance",
    "question": "Question {number} sur {total}",
    "again": "Question reprise {number} sur {total}",
    "previous": "Précédente",
    "next": "Suivante",
    "finish": "Voir le résultat",
    "check": "Vérifier",
    "show": "Voir les points attendus",
    "choose_first": "Choisissez d'abord une réponse.",
    "match_first": "Choisissez d'abord une réponse pour chaque ligne.",
    "choose": "Choisissez…",
    "proposals": "Réponses à relier",
    "answer": "Votre réponse",
    "right": "Juste.",
    "wrong": "Ce n'est pas cela.",
    "the_right_one": "La bonne réponse : {answer}",
    "matched": "Bien reliés : {right} sur {total}.",
    "your_answer": "votre réponse",
    "right_answer": "bonne réponse",
    "yours": "Votre réponse : {answer}",
    "good": "Bonne réponse : {answer}",
    "explanation": "Explication",
    "expected": "Points attendus",
    "expected_help": "Cochez ceux que votre réponse contenait.",
    "had": "Je l'avais",
    "found": "Vous aviez {right} sur {total} de ces points.",
    "result": "Résultat",
    "result_again": "Résultat des questions reprises",
    "score": "Réponses justes : {right} sur {total}.",
    "open_score": "Points retrouvés dans les questions ouvertes : {right} sur {total}.",
    "unanswered": "Sans réponse : {count}.",
    "all_right": "Rien à revoir.",
    "to_review": "À revoir",
    "not_answered": "sans réponse",
    "points_found": "points retrouvés : {right} sur {total}",
    "restart": "Recommencer",
    "retake": "Reprendre les questions manquées",
}
"""The words that the component says itself."""

BY_TOOL = "question proposée par l'outil"
OWN = "question du formateur"


def title(kit_title: str) -> str:
    """Head the quiz of a kit."""
    return f"Quiz · {kit_title}"


def elsewhere(place: str, kind: ItemKind) -> str:
    """Say where a wrong answer is true; its place follows as a link: « Vrai de la fiche 2a, p. 48 »."""
    said, of = ("Se lit", "dans") if kind is ItemKind.FIGURE else ("Vrai", "de")
    return f"{said} {of} la" if place.startswith("fiche") else f"{said} ailleurs :"
