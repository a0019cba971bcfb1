"""What a session can aim at: pedagogical verbs, each with the sequence in which it is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.kits.kit import SequenceKind


@dataclass(frozen=True, slots=True)
class Verb:
    """A pedagogical verb: how it is chosen in a list, the aim that it makes of a subject, the sequence that serves it.

    `{}` in the aim stands for the subject with its article (« la pair aidance »).
    """

    name: str
    aim: str
    kind: SequenceKind


VERBS: Mapping[str, Verb] = {
    "definir": Verb("Définir", "Définir, avec les mots du rapport, {}.", SequenceKind.BASICS),
    "expliquer": Verb("Expliquer", "Expliquer ce qui a fait naître {}.", SequenceKind.BASICS),
    "reperer": Verb("Repérer", "Repérer ce qui aide et ce qui freine {}.", SequenceKind.PRACTICES),
    "comparer": Verb("Comparer", "Comparer plusieurs façons de mettre en œuvre {}.", SequenceKind.COMPARISON),
    "analyser": Verb(
        "Analyser", "Analyser une situation réelle : territoire, public, difficultés, effets.", SequenceKind.CASE
    ),
    "argumenter": Verb("Argumenter", "Argumenter sur les tensions que le rapport relève.", SequenceKind.DISCUSSION),
    "restituer": Verb("Restituer", "Restituer les points essentiels et les justifier.", SequenceKind.QUIZ),
    "transposer": Verb(
        "Transposer", "Transposer à sa propre pratique ce que ces expériences enseignent.", SequenceKind.TRANSFER
    ),
    "concevoir": Verb("Concevoir", "Concevoir le premier pas d'un projet inspiré d'une fiche.", SequenceKind.TRANSFER),
}
"""By a key that stays; in the order of growing demand."""

SUBJECTS = {
    "1": "les conférences familiales",
    "2": "l'aller-vers",
    "3": "la pair aidance",
    "4": "le travail en réseau et en partenariat",
    "5": "le développement du pouvoir d'agir",
}
"""The themes of the report as an aim speaks of them."""
