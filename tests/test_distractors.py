"""What may stand as a wrong answer: nothing that the report says, or nearly says, of what is asked about."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from assistant.claims import unheld
from assistant.kits.points import Teaching, read_teaching
from assistant.kits.quiz.distractors import refusal
from assistant.kits.quiz.material import Material
from vectorstore.index import Index
from vectorstore.sentences import quotable

shared_index = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
FOREIGN = "une flottille de voiliers pilotée par des navigateurs bénévoles"
"""What no fiche says anything like."""


@pytest.fixture(scope="module")
def teaching(index: Index) -> Teaching:
    return read_teaching(index)


@pytest.fixture(scope="module")
def material(index: Index, teaching: Teaching) -> Material:
    return Material(index, teaching)


def test_what_the_report_says_nowhere_may_stand(material: Material) -> None:
    assert refusal(material, "4a", FOREIGN) == ""


@given(data=st.data())
@shared_index
def test_a_point_of_the_fiche_itself_is_always_refused(data: st.DataObject, material: Material) -> None:
    point = data.draw(st.sampled_from([point for point in material.teaching.points if point.short]))
    assert refusal(material, point.place, point.short)
    assert refusal(material, point.place, point.short, kin=True)


@given(data=st.data())
@shared_index
def test_a_sentence_of_the_fiche_itself_is_always_refused(data: st.DataObject, material: Material) -> None:
    passage = data.draw(st.sampled_from([p for p in material.index.passages if p.fiche and quotable(p)]))
    unit = data.draw(st.sampled_from(quotable(passage)))
    assert refusal(material, passage.fiche or "", passage.words_of(unit))


@given(data=st.data())
@shared_index
def test_what_is_let_through_is_held_by_no_sentence_of_the_fiche(data: st.DataObject, material: Material) -> None:
    fiche = data.draw(st.sampled_from(sorted(material.fiches)))
    wrong = data.draw(st.sampled_from([point.short for point in material.teaching.points if point.short]))
    assume(not refusal(material, fiche, wrong))
    sentences = [p.words_of(u) for p in material.index.passages if p.fiche == fiche for u in quotable(p)]
    assert all(unheld(wrong, sentence) for sentence in sentences)


@pytest.mark.parametrize(
    ("fiche", "wrong", "why"),
    [
        ("4a", "la motivation", "court"),
        ("4a", "la formation des professionnels aux pratiques du territoire", "général"),
        ("2a", "un déploiement de voiliers freiné par la crise sanitaire", "presque toutes"),
        ("4a", "un abri provisoire pour des épouses battues par leur mari", "par le sens"),
        ("4a", "un manque de places d'hébergement sur la banquise du pôle", "moitié des mots"),
        ("5f", "une flottille de voiliers pilotée par des navigateurs bénévoles de Montpellier", "nom"),
        ("4a", "une flottille de 112 voiliers pilotée par des navigateurs bénévoles", "chiffre"),
    ],
)
def test_a_refusal_says_why(material: Material, fiche: str, wrong: str, why: str) -> None:
    assert why in refusal(material, fiche, wrong)


def test_two_answers_that_say_nearly_the_same_do_not_stand_together(material: Material) -> None:
    near = "une flottille de voiliers menée par des marins bénévoles"
    assert "autre réponse" in refusal(material, "4a", FOREIGN, beside=[near])


def test_what_is_said_of_the_theme_is_true_of_its_fiches(material: Material) -> None:
    said = "un processus de prise de décision par une famille et son réseau, diffusé depuis la Nouvelle-Zélande"
    assert refusal(material, "1a", said)


def test_what_is_true_of_a_practice_is_true_of_it_elsewhere(material: Material) -> None:
    assert set(material.kin("1a")) == {"1b", "1c", "1d", "1e"}
    assert "4a" not in material.kin("2a")
    alone = [p.short for p in material.teaching.points if p.place == "1c" and p.short]
    assert all(refusal(material, "1a", short, kin=True) for short in alone)
