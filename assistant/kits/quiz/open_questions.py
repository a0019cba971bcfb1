"""Open questions: all that a fiche says of an aspect, or what the report says on either side of a tension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Statement
from assistant.kits.points import Point, Tension
from assistant.kits.quiz.draft import Draft, Shown, Sort
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.wording import asked_at_length
from assistant.kits.request import SECTION_OF
from assistant.kits.statements import named, proposed, said

_POINTS, _LEAST_POINTS = 6, 3


def open_questions(material: Material, places: Sequence[str]) -> Iterator[Draft]:
    """The aspects of which these places say enough to be asked at length, and the tensions that they speak of."""
    for place in places:
        for aspect in Aspect:
            points = material.points.get((place, aspect), [])
            stem = asked_at_length(place, aspect, material.teaching)
            if stem and len(points) >= _LEAST_POINTS:
                yield Draft(Sort.OPEN, place, aspect, partial(_of_points, stem, points))
    for tension in material.teaching.tensions:
        sides = {side.place for side in tension.sides}
        themes = {SECTION_OF[theme] for theme in tension.themes if theme in SECTION_OF}
        spoken = next((place for place in places if place in sides or place in themes), None)
        if spoken:
            yield Draft(Sort.TENSION, spoken, tension.name, partial(_of_tension, material, tension, spoken))


def _of_points(stem: str, points: Sequence[Point], identifier: str, shown: Shown) -> Item:
    first = points[0]
    return _open(identifier, first.place, first.aspect, stem, tuple(map(said, points[:_POINTS])))


def _of_tension(material: Material, tension: Tension, place: str, identifier: str, shown: Shown) -> Item:
    sides = tuple(said(side, f"{named(side.place, material.teaching)} :") for side in tension.sides[:_POINTS])
    return _open(identifier, place, tension.name, tension.question, sides)


def _open(identifier: str, place: str, field: str, stem: str, points: tuple[Statement, ...]) -> Item:
    return Item(
        id=identifier,
        kind=ItemKind.OPEN,
        fiche=place,
        field=field,
        stem=proposed(stem),
        points=points,
        proof=points,
    )
