"""What an exported document says in its own name, in French."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.kits.kit import Origin
from ingest.sources import BUNDLED_TITLE

NOTED = " · "
"""Stands between a heading and its note."""
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


# A session kit

WHOSE = {
    Origin.REPORT: "D'après le rapport",
    Origin.TOOL: "Proposé par l'outil",
    Origin.TRAINER: "Mots du formateur",
}
"""Whose words these are."""
LEGEND = (
    f"Ce qui a un numéro vient du rapport «\u00a0{BUNDLED_TITLE}\u00a0»\u00a0: il mène à la phrase qui le prouve. "
    "Le reste est proposé par l'outil (titres, horaires, activités, questions) ou écrit par le formateur, et c'est dit."
)
AIMS = "Objectifs"
OUTLINE = "Déroulé"
OUTLINE_HEADS = ("Heure", "Séquence", "Durée")
LUNCH = "Repas"
ACTIVITY = "Activité"
POINTS = "Points à transmettre"
ESSENTIALS = "L'essentiel"
SITUATION = "La situation"
OBSTACLES = "Les difficultés"
TASKS = "À vous"
DISCUSSION = "Discussion"
ASKED = "La question"
SIDES = "Ce que le rapport en dit"
RESERVE = "En réserve"
RESERVE_SAID = "De quoi remplacer une séquence, ou la prolonger."
QUESTIONS = "Quiz\u00a0: les questions"
ANSWERS = "Quiz\u00a0: les réponses"
ASKED_BY_TOOL = "Proposé par l'outil\u00a0: les questions et le choix des réponses, sauf celles qui sont du formateur."
NO_QUIZ = "Cette séance n'a pas de quiz."
NAME_AND_DATE = "Nom et date"
RIGHT = "Réponse"
FREE = "Réponse libre\u00a0: il n'y a pas de réponse attendue."
WHY = "Pourquoi"
EXPECTED = "Points attendus"
OTHERS = "D'où viennent les autres réponses"
MATCHED_HEADS = ("À relier", "Lettre", "Avec")
READINGS = "À lire dans le rapport"
ANSWERS_ELSEWHERE = "Les réponses, et les phrases du rapport qui les prouvent, sont dans le corrigé."


def guide_title(kit: str) -> str:
    """The title of the trainer's document."""
    return f"{kit}\u00a0: guide d'animation"


def handout_title(kit: str) -> str:
    """The title of what participants are given."""
    return f"{kit}\u00a0: support des participants"


def quiz_title(kit: str, answers: bool) -> str:
    """The title of the quiz, or of its answers."""
    return f"{kit}\u00a0: corrigé du quiz" if answers else f"{kit}\u00a0: quiz"


def for_whom(audience: str, participants: int, lasting: str) -> str:
    """For whom a session is, for how many, and how long."""
    people = f"{participants}\u00a0participant{'s' if participants > 1 else ''}"
    return f"Pour des {audience}{NOTED}{people}{NOTED}{lasting}"


def lasting(length: str, start: str, end: str, days: int) -> str:
    """How long a session is, and between which hours."""
    if days > 1:
        return f"{length}, en {days}\u00a0jours, à partir de {start}"
    return f"{length}, de {start} à {end}"


def retimed(length: str, asked: str) -> str:
    """Said where the sequences do not last as long as was asked."""
    return f"Les séquences durent {length} en tout\u00a0; la durée demandée est de {asked}."


def day(number: int) -> str:
    """A day of a session."""
    return f"Jour\u00a0{number}"


def when(start: str, end: str, length: str) -> str:
    """When a sequence is, and for how long."""
    return f"{start} à {end}{NOTED}{length}"


def ends(last: bool, days: int) -> str:
    """What comes after the last sequence of a day."""
    return "Fin de la séance" if last or days == 1 else "Fin de la journée"


def total(length: str) -> str:
    """How long the sequences of a day last together."""
    return f"Total\u00a0: {length}"


def outcome(fiches: int) -> str:
    """What heads the end of a case study."""
    return "Ce que la fiche raconte ensuite" if fiches == 1 else "Ce que les fiches racontent ensuite"


def worked_on(numbers: Sequence[int]) -> str:
    """Which questions of the quiz a sequence takes up."""
    if len(numbers) == 1:
        return f"Question {numbers[0]} du quiz."
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"Questions {numbers[0]} à {numbers[-1]} du quiz."
    return f"Questions {', '.join(map(str, numbers[:-1]))} et {numbers[-1]} du quiz."


def right(letter: str) -> str:
    """Said before the right answer; options without letters have none."""
    return f"{RIGHT} {letter}\u00a0:" if letter else f"{RIGHT}\u00a0:"


def true_elsewhere(letter: str, fiche: str | None, figure: bool) -> str:
    """Said before a wrong answer: where it is right."""
    if figure:
        where = f"chiffre donné par la fiche {fiche}" if fiche else "chiffre donné ailleurs dans le rapport"
    else:
        where = f"vrai de la fiche {fiche}" if fiche else "vrai ailleurs dans le rapport"
    return f"{letter}. {where[0].upper()}{where[1:]}\u00a0:"


def kit_foot(total: int, exact: int) -> str:
    """How the statements of a document of a session were proved."""
    if not total:
        return "Ce document n'attribue aucun énoncé au rapport."
    parts = [_many(total, "énoncé", " attribué") + " au rapport", _many(exact, "vérifié")]
    if total > exact:
        parts.append(f"{_many(total - exact, 'rétabli')} dans les mots du rapport")
    return f"Chaque énoncé, compté une fois, a été comparé par un programme avec le rapport\u00a0: {', '.join(parts)}."


def _many(count: int, *words: str) -> str:
    return f"{count} {''.join(word + 's' * (count > 1) for word in words)}"
