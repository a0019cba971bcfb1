"""True or false: what a fiche says, or what another one says under the same aspect and this one does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Option, Statement
from assistant.kits.points import Point
from assistant.kits.quiz.choices import has_rivals, is_told_blind, rivals
from assistant.kits.quiz.distractors import is_local, nearness, refusal
from assistant.kits.quiz.draft import Draft, Shown, Sort
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.wording import FALSE, TRUE, says, stated, true_of
from assistant.kits.statements import proposed, said

_NEAR = 0.28
"""The cosine with a line of the report from which a statement alone, without a better answer beside it, may be true."""
_TOLD = 2
"""Points at most that say what is so where a statement is false."""


def truths(material: Material, places: Sequence[str]) -> Iterator[Draft]:
    """The statements to be judged of these places: each of their points, and for each aspect a false one."""
    for place in places:
        for aspect in Aspect:
            points = [p for p in material.points.get((place, aspect), []) if is_told_blind(material, p)]
            yield from (Draft(Sort.TRUE, place, aspect, partial(_true, material, point)) for point in points)
            if points and has_rivals(material, place, aspect):
                yield Draft(Sort.FALSE, place, aspect, partial(_false, material, points))


def _true(material: Material, point: Point, identifier: str, shown: Shown) -> Item:
    return _truth(material, identifier, point.place, point, True, (said(point),))


def _false(material: Material, points: Sequence[Point], identifier: str, shown: Shown) -> Item | None:
    place, aspect = points[0].place, points[0].aspect
    own, kin = [point.short for point in points], not is_local(aspect)
    others = [
        p
        for p in rivals(material, place, aspect)
        if nearness(material, place, p.short) < _NEAR and not refusal(material, place, p.short, own, kin=kin)
    ]
    if not others:
        return None
    wrong = min(others, key=lambda p: (shown.get(p.citation, 0), -nearness(material, place, p.short)))
    teaching = material.teaching
    first, *more = points[:_TOLD]
    proof = (said(first, says(place, teaching)), *map(said, more), said(wrong, true_of(wrong.place, teaching)))
    return _truth(material, identifier, place, wrong, False, proof)


def _truth(
    material: Material, identifier: str, place: str, point: Point, true: bool, proof: tuple[Statement, ...]
) -> Item:
    return Item(
        id=identifier,
        kind=ItemKind.TRUTH,
        fiche=place,
        field=point.aspect,
        stem=proposed(stated(place, point.aspect, point.short, material.teaching)),
        options=(Option(proposed(TRUE), true), Option(proposed(FALSE), not true)),
        proof=proof,
    )
