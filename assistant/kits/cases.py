"""Case studies: what a fiche met and did, told in two times so that a group can think between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.kits.aspects import Aspect
from assistant.kits.kit import Audience, Case, Statement
from assistant.kits.points import Point, Teaching
from assistant.kits.statements import card_value, choose, named, proposed, said
from ingest.outline import FIELDS
from ingest.records import Fiche
from vectorstore.index import Index

_NEEDS, _OBSTACLES, _DONE, _EFFECTS = 2, 3, 3, 3
"""Statements of a case at most, of each sort."""
_CARD_WORDS = 35
"""Words of a value of the card that can be given out as it stands."""
START, DONE, TOLD = LEADS = ("Le point de départ :", "Ce qui a été mis en place :", "Ce que la fiche en rapporte :")
"""What a case says before its statements, and claims nothing."""
_TASKS = {
    Audience.STUDENTS: (
        "Que vivent les personnes dans cette situation, et que peuvent-elles attendre d'un travailleur social ?",
        "Quelles personnes et quelles institutions chercheriez-vous à réunir, et dans quel ordre ?",
        "Face à ces difficultés, que proposeriez-vous ? Dites ce que vous ne savez pas encore.",
    ),
    Audience.PROFESSIONALS: (
        "Par quoi commenceriez-vous, avec qui, et qu'est-ce qui devrait changer dans votre façon de faire ?",
        "Laquelle de ces difficultés connaissez-vous déjà ? Comment l'avez-vous abordée ?",
        "De quoi auriez-vous besoin de votre institution pour que cela tienne ?",
    ),
    Audience.MANAGERS: (
        "Que décideriez-vous dans les trois premiers mois : mandat, temps, formation, partenaires ?",
        "Laquelle de ces difficultés relève de vous, et laquelle de l'équipe ?",
        "À quoi verriez-vous, dans un an, que la pratique produit quelque chose pour les personnes ?",
    ),
    Audience.MIXED: (
        "Qu'est-ce qui compte le plus pour les personnes dans cette situation ? Que chacun réponde d'abord pour soi.",
        "Face à ces difficultés, que peuvent apporter les personnes concernées, et que peuvent apporter les "
        "professionnels ?",
        "Quelle première décision devrait être prise ensemble ?",
    ),
}


def make_case(
    index: Index,
    teaching: Teaching,
    fiches: Sequence[Fiche],
    audience: Audience,
    identifier: str,
    taken: Collection[str] = (),
) -> Case | None:
    """The fullest case of these fiches, save those of which one is taken; `None` where none has enough to tell."""
    cases = [_case(index, teaching, fiche, audience, identifier) for fiche in fiches if fiche.id not in taken]
    whole = [case for case in cases if case.situation and case.obstacles and case.outcome]
    return max(whole, key=_fullness, default=None)


def _fullness(case: Case) -> tuple[int, int]:
    return min(len(case.obstacles), 2) + min(len(case.outcome), 4), len(case.obstacles) + len(case.situation)


def _case(index: Index, teaching: Teaching, fiche: Fiche, audience: Audience, identifier: str) -> Case:
    points = [point for point in teaching.points if point.place == fiche.id]
    needs = choose(points, (Aspect.ORIGIN,), _NEEDS) or choose(points, (Aspect.AIM,), _NEEDS)
    done = choose(points, (Aspect.IDEA, Aspect.STEPS), _DONE)
    return Case(
        id=identifier,
        fiches=(fiche.id,),
        title=proposed(f"Étude de cas : {named(fiche.id, teaching)}"),
        situation=(*_card(index, fiche), *_told(needs, START)),
        obstacles=tuple(map(said, _obstacles(points))),
        tasks=tuple(map(proposed, _TASKS[audience])),
        outcome=(
            *_told(done, DONE),
            *_told(choose(points, (Aspect.EFFECT,), _EFFECTS), TOLD),
        ),
    )


def _obstacles(points: Sequence[Point]) -> list[Point]:
    """What the practice met; what limits its evaluation only where there is nothing else to tell."""
    lived = [point for point in points if point.citation.path[-1] != FIELDS["evaluation"]]
    return choose(lived, (Aspect.OBSTACLE,), _OBSTACLES) or choose(points, (Aspect.OBSTACLE,), _OBSTACLES)


def _card(index: Index, fiche: Fiche) -> list[Statement]:
    values = (card_value(index, fiche, key) for key in ("territoire", "publics", "initiateurs"))
    return [v for v in values if v is not None and len(v.text.split()) <= _CARD_WORDS and "://" not in v.text]


def _told(points: Sequence[Point], lead: str) -> list[Statement]:
    """The points, the first of them after what presents them all."""
    return [said(point, lead if not at else "") for at, point in enumerate(points)]
