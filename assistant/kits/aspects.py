"""The aspects under which a trainer brings in a practice, and the question that asks for each."""

from __future__ import annotations

from enum import StrEnum


class Aspect(StrEnum):
    """What a point tells of a practice, or of a theme."""

    IDEA = "idea"
    ORIGIN = "origin"
    AIM = "aim"
    STEPS = "steps"
    ACTORS = "actors"
    FUNDING = "funding"
    PARTICIPATION = "participation"
    CONDITION = "condition"
    OBSTACLE = "obstacle"
    EFFECT = "effect"
    EVALUATION = "evaluation"
    NEXT = "next"


NAMES = {
    Aspect.IDEA: "Idée",
    Aspect.ORIGIN: "Origine",
    Aspect.AIM: "But",
    Aspect.STEPS: "Déroulement",
    Aspect.ACTORS: "Acteurs",
    Aspect.FUNDING: "Financement",
    Aspect.PARTICIPATION: "Participation des personnes",
    Aspect.CONDITION: "Condition de réussite",
    Aspect.OBSTACLE: "Difficulté",
    Aspect.EFFECT: "Effet",
    Aspect.EVALUATION: "Évaluation",
    Aspect.NEXT: "Suite envisagée",
}
"""Each aspect in a word or two."""

ASKED = {
    Aspect.IDEA: "en quoi cette pratique consiste-t-elle ?",
    Aspect.ORIGIN: "d'où cette pratique est-elle partie ?",
    Aspect.AIM: "quel but cette pratique vise-t-elle ?",
    Aspect.STEPS: "comment cela se passe-t-il ?",
    Aspect.ACTORS: "qui y prend part, et dans quel rôle ?",
    Aspect.FUNDING: "d'où viennent les moyens ?",
    Aspect.PARTICIPATION: "quelle part les personnes concernées y prennent-elles ?",
    Aspect.CONDITION: "quelle condition de réussite la fiche donne-t-elle ?",
    Aspect.OBSTACLE: "quelle difficulté la fiche signale-t-elle ?",
    Aspect.EFFECT: "quel effet la fiche rapporte-t-elle ?",
    Aspect.EVALUATION: "comment la pratique est-elle évaluée ?",
    Aspect.NEXT: "quelle suite est envisagée ?",
}
"""What asks for each aspect of a practice that has just been named; right whatever its gender and number."""
