"""A fiche that nobody has read by hand gives its own sentences."""

from __future__ import annotations

import pytest

from assistant.answer import CitationState
from assistant.claims import unheld
from assistant.kits.aspects import Aspect
from assistant.kits.points import Point
from assistant.kits.structure import structural_points
from assistant.proof import prove
from vectorstore.index import Index


@pytest.fixture(scope="module")
def points(index: Index) -> list[Point]:
    return [point for fiche in index.fiches for point in structural_points(index, fiche)]


def test_every_point_stands_in_the_report_word_for_word(points: list[Point], index: Index) -> None:
    for point in points:
        citation = point.citation
        assert prove(citation.quote, index.by_id[citation.passage].text).state is CitationState.VERIFIED
        assert not unheld(point.text, citation.quote)


def test_every_fiche_gives_points_of_several_aspects(points: list[Point], index: Index) -> None:
    for fiche in index.fiches:
        assert len({point.aspect for point in points if point.place == fiche.id}) >= 5


def test_what_a_field_tells_goes_by_its_name(points: list[Point]) -> None:
    aims = [point.citation.path[-1] for point in points if point.aspect is Aspect.AIM]
    assert set(aims) == {"Objectif visé"}


def test_difficulties_are_those_of_the_practice_not_those_that_it_answers(points: list[Point]) -> None:
    fields = {point.citation.path[-1] for point in points if point.aspect is Aspect.OBSTACLE}
    assert fields
    assert fields.isdisjoint({"Genèse et émergence de la pratique", "Objectif visé"})


def test_an_answer_among_others_is_short_and_starts_small(points: list[Point]) -> None:
    shorts = [point.short for point in points if point.short]
    assert shorts
    assert all(len(short.split()) <= 18 and not short[0].isupper() for short in shorts)
