"""Matching: what is done, and in which territory; a practice, and the public of its card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Origin, Pair, Statement
from assistant.kits.points import Point
from assistant.kits.quiz.card_values import public_of
from assistant.kits.quiz.choices import has_shape
from assistant.kits.quiz.distractors import is_local, refusal
from assistant.kits.quiz.draft import Draft, Shown, Sort
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.wording import MATCHED_PUBLICS, matched
from assistant.kits.statements import named, proposed
from vectorstore.tokens import tokens

_PAIRS, _LEAST_PAIRS = 4, 3
_LEAST_OWN = 2
"""Pairs that must be of the fiches asked for, where there are so many."""
_LEFTS = ((Aspect.IDEA, Aspect.STEPS), (Aspect.AIM,), (Aspect.EFFECT,), (Aspect.ORIGIN,))
"""The aspects that stand on the left together, what is liked best first."""
_EVERYWHERE = "France entière"
_RIGHT_WORDS = 18


def matchings(material: Material, places: Sequence[str]) -> Iterator[Draft]:
    """Things of these fiches, and of others where these are too few, to be matched with territories and publics.

    What has most of these fiches comes first; what has hardly any of them is left out.
    """
    own = [place for place in places if place in material.fiches]
    fiches = [*own, *(fiche for fiche in material.fiches if fiche not in own)]
    made = [(Sort.TERRITORY, a[0].value, matched(a[0]), _territories(material, fiches, a)) for a in _LEFTS]
    made.append((Sort.PUBLIC, "publics", MATCHED_PUBLICS, _publics(material, fiches)))

    def of_own(pairs: Sequence[Pair]) -> int:
        return sum(pair.of in own for pair in pairs)

    for sort, field, stem, pairs in made:
        if len(pairs) >= _LEAST_PAIRS and of_own(pairs) >= max(1, min(_LEAST_OWN, len(own))):
            rank = _PAIRS - of_own(pairs) + _PAIRS - len(pairs)
            yield Draft(sort, pairs[0].of, field, partial(_matching, field, stem, pairs), rank)


def _territories(material: Material, fiches: Sequence[str], aspects: Sequence[Aspect]) -> list[Pair]:
    pairs: list[Pair] = []
    for fiche in fiches:
        territory = _territory(material, fiche)
        if territory is None or any(_share_a_place(material, fiche, pair.of) for pair in pairs):
            continue
        for point in (p for aspect in aspects for p in material.points.get((fiche, aspect), [])):
            if _can_stand(material, point, pairs):
                left = Statement(point.short, Origin.REPORT, (point.citation,))
                pairs.append(Pair(left, territory, fiche))
                break
        if len(pairs) == _PAIRS:
            break
    return pairs


def _territory(material: Material, fiche: str) -> Statement | None:
    """The territory of a card where it is one line that names a place of the country."""
    value = material.card(fiche, "territoire")
    departments = material.departments.get(fiche, frozenset())
    if value is None or ";" in value.text or _EVERYWHERE in departments or len(value.text.split()) > _RIGHT_WORDS:
        return None
    return Statement(value.text, Origin.REPORT, value.citations)


def _share_a_place(material: Material, one: str, other: str) -> bool:
    return not material.departments.get(one, frozenset()).isdisjoint(material.departments.get(other, frozenset()))


def _can_stand(material: Material, point: Point, pairs: Sequence[Pair]) -> bool:
    """Whether the short form of a point names no place of its fiche, and among the pairs is true of this one alone."""
    if not point.short or not has_shape(point.short, point.aspect) or point.short in {p.left.text for p in pairs}:
        return False
    fiche = material.fiches[point.place]
    known = [fiche.territoire or "", fiche.title, fiche.initiateurs or "", *material.departments.get(fiche.id, ())]
    places = {stem for text in known for stem in _proper(text)}
    if not places.isdisjoint(tokens(point.short)):
        return False
    kin = not is_local(point.aspect)
    return all(
        not refusal(material, pair.of, point.short, [pair.left.text], kin=kin)
        and not refusal(material, point.place, pair.left.text, kin=kin)
        for pair in pairs
    )


def _proper(text: str) -> list[str]:
    """The stems of the words with a capital."""
    return list(chain.from_iterable(tokens(word) for word in text.replace("-", " ").split() if not word.islower()))


def _publics(material: Material, fiches: Sequence[str]) -> list[Pair]:
    pairs: list[Pair] = []
    taken: set[str] = set()
    for fiche in fiches:
        public = public_of(material, fiche)
        if public is None or public.kinds & taken or len(pairs) == _PAIRS:
            continue
        taken |= public.kinds
        pairs.append(Pair(proposed(named(fiche, material.teaching)), public.statement, fiche))
    return pairs


def _matching(field: str, stem: str, pairs: Sequence[Pair], identifier: str, shown: Shown) -> Item:
    return Item(
        id=identifier,
        kind=ItemKind.MATCHING,
        fiche=pairs[0].of,
        field=field,
        stem=proposed(stem),
        pairs=tuple(pairs),
        proof=tuple(s for pair in pairs for s in (pair.right, pair.left) if s.citations),
    )
