"""Figures: a number that a fiche gives, among numbers of the same unit that the report gives elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answer import Citation
from assistant.claims import unheld
from assistant.fiches.years import years_of
from assistant.figures import Figure
from assistant.kits.kit import Item, ItemKind, Option, Origin, Statement
from assistant.kits.points import Point
from assistant.kits.quiz.draft import Draft, Shown, Sort, drawn
from assistant.kits.quiz.material import Material
from assistant.kits.quiz.told import figures_in
from assistant.kits.quiz.wording import asked
from assistant.kits.statements import proposed, said
from ingest.folding import fold
from vectorstore.tokens import tokens

WRONG = 3
_NUMBER = re.compile(r"\d[\d\u202f\u00a0 .,]*")
_TIMES = re.compile(r"(?:ans?|annees?|mois|semaines?|jours?|heures?|minutes?)\b")
_NOT_COUNTED = frozenset(
    tokens(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre an ans année années mois "
        "semaine semaines jour jours heure heures minute minutes fois pages article"
    )
)
"""What follows a number in a date or a length of time, by its stem."""
_PLURAL_FROM = 2
_YEARS = range(1900, 2101)
_NEAR_YEARS = 8
_RATIO = 5.0
"""How many times greater or smaller than the right number a wrong one may be."""
_APART = 1.2
"""How many times greater or smaller than another number one must be, not to be nearly the same."""
_POINTS_APART = 4
"""The same for shares, in percentage points."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the report as an answer: its value, as it is shown, the words that prove it, and the place."""

    value: float
    text: str
    citation: Citation
    of: str


def figures(material: Material, places: Sequence[str]) -> Iterator[Draft]:
    """The figures that can be asked of these places, and the years of their cards."""
    for place in places:
        for (of, aspect), points in material.points.items():
            if of == place:
                for point in points:
                    if point.figure:
                        yield Draft(Sort.FIGURE, place, aspect, partial(_of_point, material, point))
        if place in material.fiches and _year(material, place):
            yield Draft(Sort.YEAR, place, "annee", partial(_of_year, material, place))


def _of_point(material: Material, point: Point, identifier: str, shown: Shown) -> Item | None:
    form = point.figure and _form(point.figure.ask, point.figure.answer)
    if not form or not point.figure:
        return None
    right = Number(form.value, form.show(form.value), point.citation, point.place)
    wrong = [
        Number(float(figure.value), form.show(float(figure.value)), citation, of)
        for of, figure, citation in material.numbers
        if of != point.place and form.takes(figure)
    ]
    return _item(material, identifier, right, point.aspect, point.figure.ask, wrong, said(point))


@dataclass(frozen=True, slots=True)
class _Form:
    """How a number is shown: its unit (`%`, `€`, none), or the word that it counts, after it."""

    value: float
    unit: str
    counts: str
    after: str
    is_year: bool = False

    def show(self, value: float) -> str:
        whole = f"{value:.0f}" if self.is_year else f"{value:,.0f}".replace(",", "\u202f")
        written = whole if value == int(value) else f"{value:g}".replace(".", ",")
        return f"{written}{self.after}"

    def takes(self, figure: Figure) -> bool:
        """Whether a figure of the report is of the same unit."""
        if figure.unit != self.unit or not re.fullmatch(r"\d+(?:\.\d+)?", figure.value):
            return False
        value = float(figure.value)
        if (value == int(value)) != (self.value == int(self.value)):
            return False
        if self.unit:
            return True
        if self.is_year or value in _YEARS:
            return self.is_year and value in _YEARS and not figure.counts
        if self.after:
            return figure.counts == self.counts and value >= _PLURAL_FROM
        return bool(figure.counts) and figure.counts not in _NOT_COUNTED


def _form(ask: str, answer: str) -> _Form | None:
    """How the answer is shown; `None` where it is not a plain number with its unit or the word that it counts."""
    found = _NUMBER.match(answer)
    figure = next(iter(figures_in(answer)), None)
    if found is None or figure is None or not re.fullmatch(r"\d+(?:\.\d+)?", figure.value):
        return None
    value = float(figure.value)
    after = answer[found.end() :].strip()
    if figure.unit in ("%", "€"):
        return _Form(value, figure.unit, "", f"\u00a0{figure.unit}")
    if figure.unit:
        return None
    if not after:
        return _Form(value, "", "", "", is_year=value == int(value) and int(value) in _YEARS)
    if _TIMES.match(fold(after)) and after.endswith("s"):
        return _Form(value, "", figure.counts, f"\u00a0{after}")
    # What is counted stands in the question: the number alone answers it.
    if set(tokens(after)) <= set(tokens(ask)) and value == int(value):
        return _Form(value, "", "", "")
    return _Form(value, "", figure.counts, f"\u00a0{after}")


def _year(material: Material, fiche: str) -> Number | None:
    """The year that a card states, where it states one and no period."""
    said_years = material.card(fiche, "annee")
    years = years_of(material.fiches[fiche].annee)
    if said_years is None or years is None or years.first != years.last:
        return None
    return Number(float(years.first), str(years.first), said_years.citations[0], fiche)


def _of_year(material: Material, fiche: str, identifier: str, shown: Shown) -> Item | None:
    right, proof = _year(material, fiche), material.card(fiche, "annee")
    if right is None or proof is None:
        return None
    wrong = [year for other in material.fiches if other != fiche and (year := _year(material, other))]
    return _item(material, identifier, right, "annee", asked(fiche, "annee", material.teaching), wrong, proof)


def _item(
    material: Material,
    identifier: str,
    right: Number,
    field: str,
    stem: str,
    candidates: Sequence[Number],
    proof: Statement,
) -> Item | None:
    wrong = _wrong(material, right, candidates)
    numbers = [right, *wrong]
    if len(wrong) < WRONG or any(unheld(number.text, number.citation.quote) for number in numbers):
        return None
    return Item(
        id=identifier,
        kind=ItemKind.FIGURE,
        fiche=right.of,
        field=field,
        stem=proposed(stem),
        options=tuple(
            Option(Statement(n.text, Origin.REPORT, (n.citation,)), n is right, n.of)
            for n in sorted(numbers, key=lambda n: n.value)
        ),
        proof=(proof,),
    )


def _wrong(material: Material, right: Number, candidates: Sequence[Number]) -> list[Number]:
    """Numbers that the report says nowhere of the place, apart from each other, above and below the right one.

    How many of them are greater is drawn, so that the order says nothing.
    """
    told = {value for value, _ in material.told(right.of).figures}
    likely = [n for n in candidates if _plain(n.value) not in told and n.value > 0 and _is_near(n.value, right.value)]
    likely.sort(key=lambda n: (n.of not in material.fiches, drawn(right.of, right.text, n.text, n.of)))
    greater = drawn(right.of, right.text) % (WRONG + 1)
    chosen: list[Number] = []
    for strict in (True, False):
        for number in likely:
            is_greater = number.value > right.value
            room = greater if is_greater else WRONG - greater
            full = strict and sum((n.value > right.value) == is_greater for n in chosen) >= room
            if len(chosen) < WRONG and not full and all(_is_apart(number, n) for n in (right, *chosen)):
                chosen.append(number)
    return chosen


def _is_near(value: float, right: float) -> bool:
    return abs(value - right) <= _NEAR_YEARS if right in _YEARS else 1 / _RATIO <= value / right <= _RATIO


def _is_apart(one: Number, other: Number) -> bool:
    least, most = sorted((one.value, other.value))
    if int(least) in _YEARS:
        return least != most
    if "%" in one.text:
        return most - least >= _POINTS_APART
    return most / least >= _APART


def _plain(value: float) -> str:
    return f"{value:g}" if value != int(value) else f"{value:.0f}"
