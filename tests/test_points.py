"""What was read by hand for the workshop is believed only where the report proves it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.kits.points import Teaching, prove_teaching, read_teaching
from vectorstore.index import Index

QUOTE = "Les dépenses qui incombent aux communes sont réparties en fonction de la population"
POINT = {
    "place": "4a",
    "aspect": "funding",
    "text": "Les communes se répartissent les dépenses en fonction de la population.",
    "short": "des dépenses réparties entre les communes en fonction de la population",
    "quote": QUOTE,
}
OTHER = {
    "place": "4a",
    "text": "Le plus gros du budget est la location des appartements.",
    "quote": "Le plus gros du budget est constitué par la location des appartements.",
}
TENSION = {
    "name": "L'argent",
    "question": "Qui paie ?",
    "sides": [{k: POINT[k] for k in ("place", "text", "quote")}, OTHER],
}


def _proved(index: Index, points: list[dict[str, Any]], tensions: list[dict[str, Any]] = []) -> Teaching:  # noqa: B006
    return prove_teaching([], [json.dumps(p) for p in points], [json.dumps(t) for t in tensions], index.passages)


@pytest.fixture(scope="module")
def bundled(index: Index) -> Teaching:
    return read_teaching(index)


def test_a_point_that_its_fiche_proves_is_kept_with_the_words_that_prove_it(index: Index) -> None:
    (point,) = _proved(index, [POINT]).points
    assert (point.citation.fiche, point.citation.quote) == ("4a", QUOTE)
    assert index.by_id[point.citation.passage].text.find(QUOTE) >= 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"quote": "Les dépenses qui incombent aux communes sont réparties selon les revenus"}, "mot pour mot"),
        ({"place": "4b"}, "mot pour mot"),
        ({"text": "Les dépenses ne sont pas réparties en fonction de la population."}, "nie"),
        ({"text": "Les 5 communes se répartissent les dépenses en fonction de la population."}, "chiffre"),
        ({"text": "Poissy paie les dépenses des communes en fonction de la population."}, "Poissy"),
        ({"short": "un financement de la Caisse d'allocations familiales"}, "citation"),
        ({"figure": {"ask": "Combien ?", "answer": "12 %"}}, "12 %"),
    ],
    ids=["other words", "other fiche", "denied", "a figure", "a name", "short", "wrong number"],
)
def test_a_point_that_is_not_proved_is_left_out_and_named(index: Index, changed: dict[str, Any], why: str) -> None:
    teaching = _proved(index, [{**POINT, **changed}])
    assert not teaching.points
    assert why in teaching.faults[0]


def test_a_point_of_another_document_is_passed_over(index: Index) -> None:
    teaching = _proved(index, [{**POINT, "place": "7z"}])
    assert (teaching.points, teaching.faults) == ((), ())


def test_a_tension_keeps_the_sides_that_are_proved(index: Index) -> None:
    wrong = {"place": "4a", "text": "Rien.", "quote": "Ces mots ne sont nulle part dans le rapport."}
    (tension,) = _proved(index, [], [{**TENSION, "sides": [*TENSION["sides"], wrong]}]).tensions
    assert len(tension.sides) == 2


def test_a_tension_with_one_side_left_is_no_tension(index: Index) -> None:
    assert not _proved(index, [], [{**TENSION, "sides": TENSION["sides"][:1]}]).tensions


def test_all_that_was_read_of_the_report_is_proved_by_it(bundled: Teaching) -> None:
    assert bundled.faults == ()


def test_every_fiche_has_its_name_and_enough_points(bundled: Teaching, index: Index) -> None:
    count = {fiche.id: sum(point.place == fiche.id for point in bundled.points) for fiche in index.fiches}
    assert min(count.values()) >= 10
    assert len(set(bundled.names.values())) == len(index.fiches)


def test_every_theme_has_points_and_tensions_of_its_own(bundled: Teaching) -> None:
    for theme, section in zip(
        "12345", ("conferences-familiales", "aller-vers", "pair-aidance", "reseaux", "pouvoir-agir"), strict=True
    ):
        assert sum(point.place == section for point in bundled.points) >= 8
        assert sum(theme in tension.themes or not tension.themes for tension in bundled.tensions) >= 3
