"""Multiple choice: what a fiche says, among what others say under the same aspect or on the same line of a card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Option, Origin, Statement
from assistant.kits.points import Point
from assistant.kits.quiz.card_values import initiators_of, public_of
from assistant.kits.quiz.distractors import LEAST_STEMS, is_local, nearness, own_words, refusal
from assistant.kits.quiz.draft import Draft, Shown, Sort, drawn
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.told import words_of
from assistant.kits.quiz.wording import asked
from assistant.kits.request import SECTION_OF
from assistant.kits.statements import named, proposed, said
from vectorstore.tokens import tokens

WRONG = 3
"""Wrong answers of a choice."""
_TRIED = 24
"""Wrong answers that are looked at, the likeliest first."""
_CARD = {"publics": public_of, "initiateurs": initiators_of}
_CARD_STEMS = 2
"""Full words of a value of a card."""
_OWN_WORDS = 3
"""Words of its own that a wrong answer has before it is preferred to a plainer one."""
_LENGTHS = 0.5
"""How much longer or shorter than the right answer a wrong one may be before others are preferred."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to choose from: what it says, and the fiche or section that it is true of."""

    statement: Statement
    of: str

    @property
    def text(self) -> str:
        """What it says."""
        return self.statement.text


def choices(material: Material, places: Sequence[str]) -> Iterator[Draft]:
    """The choices that can be asked about these places, in the report's order."""
    for place in places:
        for aspect in Aspect:
            for point in material.points.get((place, aspect), []) if has_rivals(material, place, aspect) else []:
                if is_told_blind(material, point):
                    yield Draft(Sort.POINT, place, aspect, partial(_of_point, material, point))
        for key, value_of in _CARD.items():
            if place in material.fiches and value_of(material, place):
                yield Draft(Sort.CARD, place, key, partial(_of_card, material, place, key))


def is_told_blind(material: Material, point: Point) -> bool:
    """Whether the short form of a point can stand among others, with nothing to tell it by.

    It has the shape of its aspect, and shares no word with the name of its practice.
    """
    if not point.short or not has_shape(point.short, point.aspect):
        return False
    return set(tokens(named(point.place, material.teaching))).isdisjoint(tokens(point.short))


_INFINITIVES = (Aspect.AIM, Aspect.CONDITION, Aspect.NEXT)
"""Aspects that are told by an infinitive; the others are by a noun with its article or number."""
_INFINITIVE = re.compile(r"(?:(?:ne|n|pas|plus|se|s|y|en|bien|mieux) )*[a-z]{2,}(?:er|ir|re)\b")
_NOUN = re.compile(
    r"(?:une?|les?|la|l|des?|du|d|ce|cette?|ces|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|plusieurs|certaine?s|\d+)\b"
)
_SENTENCE = re.compile(
    r"(?:(?!qui |que |qu'|dont |où |pour |afin )\S+ )*?(?:est|sont|a|ont|peut|peuvent|doit|doivent) "
)
"""What says something of its subject: no mere noun."""


def has_shape(short: str, aspect: Aspect) -> bool:
    """Whether a short form begins as all those of its aspect do, so that grammar gives none of them away."""
    text = " ".join(words_of(short))
    is_noun = _NOUN.match(text) is not None
    if aspect in _INFINITIVES:
        return not is_noun and _INFINITIVE.match(text) is not None
    return is_noun and _SENTENCE.match(short.lower()) is None


def has_rivals(material: Material, place: str, aspect: Aspect) -> bool:
    """Whether what is true of other places under an aspect may be false of this one.

    What the sections on the themes say of conditions, difficulties or effects is said of social work as a whole.
    """
    return place in material.fiches or aspect in (Aspect.IDEA, Aspect.ORIGIN, Aspect.STEPS, Aspect.ACTORS)


def rivals(material: Material, place: str, aspect: Aspect) -> list[Point]:
    """What can stand for this aspect of a place: points of other fiches for a fiche, of other themes for a theme."""
    others = material.fiches if place in material.fiches else SECTION_OF.values()
    points = (p for other in others if other != place for p in material.points.get((other, aspect), []))
    return [point for point in points if is_told_blind(material, point)]


def _of_point(material: Material, point: Point, identifier: str, shown: Shown) -> Item | None:
    wrong = [Answer(_short(p), p.place) for p in rivals(material, point.place, point.aspect)]
    right = Answer(_short(point), point.place)
    return _choice(material, identifier, right, point.aspect, wrong, shown, said(point))


def _short(point: Point) -> Statement:
    return Statement(point.short, Origin.REPORT, (point.citation,))


def _of_card(material: Material, place: str, key: str, identifier: str, shown: Shown) -> Item | None:
    values = {fiche: value for fiche in material.fiches if (value := _CARD[key](material, fiche))}
    own = values.pop(place)
    wrong = [Answer(v.statement, fiche) for fiche, v in values.items() if own.kinds.isdisjoint(v.kinds)]
    proof = material.card(place, key) or own.statement
    return _choice(material, identifier, Answer(own.statement, place), key, wrong, shown, proof)


def _choice(
    material: Material,
    identifier: str,
    right: Answer,
    field: str,
    candidates: Sequence[Answer],
    shown: Shown,
    proof: Statement,
) -> Item | None:
    wrong = _wrong(material, right, field, candidates, shown)
    if len(wrong) < WRONG:
        return None
    options = [Option(right.statement, True, right.of), *(Option(a.statement, False, a.of) for a in wrong)]
    options.sort(key=lambda option: drawn(right.of, right.text, option.statement.text))
    return Item(
        id=identifier,
        kind=ItemKind.CHOICE,
        fiche=right.of,
        field=field,
        stem=proposed(asked(right.of, field, material.teaching)),
        options=tuple(options),
        proof=(proof,),
    )


def _wrong(material: Material, right: Answer, field: str, candidates: Sequence[Answer], shown: Shown) -> list[Answer]:
    """Wrong answers that are surely wrong, each of another fiche: near the subject, of like length, not seen before.

    How many of them are longer than the right answer is drawn, so that its length says nothing.
    """

    def likelihood(answer: Answer) -> tuple[int, bool, bool, float]:
        differs = abs(len(answer.text) - len(right.text)) > _LENGTHS * len(right.text)
        plain = own_words(material, answer.text) < _OWN_WORDS
        seen = shown.get(answer.statement.citations[0], 0)
        return seen, differs, plain, -nearness(material, right.of, answer.text)

    of_card = field in _CARD
    least = _CARD_STEMS if of_card else LEAST_STEMS
    kin = not of_card and not is_local(Aspect(field))
    longer = drawn(right.of, right.text) % (WRONG + 1)
    tried = sorted(candidates, key=likelihood)[:_TRIED]
    chosen: list[Answer] = []
    for by_length in (True, False):
        for answer in tried:
            is_longer = len(answer.text) > len(right.text)
            room = longer if is_longer else WRONG - longer
            if len(chosen) == WRONG or answer.of in {a.of for a in chosen}:
                continue
            if by_length and sum((len(a.text) > len(right.text)) == is_longer for a in chosen) >= room:
                continue
            if not refusal(material, right.of, answer.text, [right.text, *(a.text for a in chosen)], least, kin):
                chosen.append(answer)
    return chosen
