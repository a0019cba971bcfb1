"""The sentences of the view that makes the evaluation report, in French."""

from __future__ import annotations

from datetime import datetime

from eval.record import Run
from eval.report.numbers import many
from eval.review.item import Source

HEADING = "Rapport d'évaluation"
INTRODUCTION = (
    "Le rapport dit ce qui a été évalué, sur quel échantillon, comment, avec quels chiffres et quels intervalles, "
    "montre des exemples, et dit ses limites. Choisissez ce qui y entre, puis prenez-le dans le format voulu."
)
CONTENT = "Ce qui entre dans le rapport"
RUN = "Mesure automatique"
NO_RUN = "Aucune"
REVIEWS = "Relectures"
REVIEWS_HELP = "D'où viennent les réponses dont les relectures finies comptent. Rien de coché : aucune relecture."
SOURCES = {
    Source.CONVERSATION: "Conversations partagées",
    Source.BATCH: "Lots de questions",
    Source.JUDGED: "Jeux jugés",
}
CONFIGURATION = "Configuration des réponses relues"
ANY = "Toutes"
TRIALS = "Essais à l'aveugle"
NONE_CHOSEN = "Aucun choisi"
JUDGES = "Juge automatique"
JUDGES_HELP = "Seul son accord avec les personnes entre dans le rapport, dans une partie à lui."
TITLE, AUTHOR = "Titre du rapport", "Auteur (personne ou service)"
NAMED = "Nommer les personnes qui ont relu"
NAMED_HELP = "Sans cela, elles sont appelées A, B, C… dans le rapport. Les votes des essais n'y sont jamais nommés."
OUTLINE = "Plan"
LIMITS = "Limites qui seront dites"
TAKE = "Prendre le rapport"
FORMATS = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("Page HTML", "text/html"),
    "pdf": ("PDF", "application/pdf"),
    "md": ("Markdown", "text/markdown"),
}
"""What each format is called, and its media type, by its extension."""
MADE_WHEN_ASKED = "Le fichier est fait au moment où vous le demandez\u00a0; cela prend quelques secondes."


def run_line(run: Run, date: datetime) -> str:
    """A run, in the list to choose from."""
    return f"{date:%d/%m/%Y %H:%M}, {many(len(run.outcomes), 'question')} ({run.settings.questions})"


def trial_line(name: str, made: datetime, pairs: int, raters: int) -> str:
    """A trial, in the list to choose from; where it has no name, its day."""
    return f"{name or f'Essai du {made:%d/%m/%Y}'} ({many(pairs, 'paire')}, {many(raters, 'votant')})"
