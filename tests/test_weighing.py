"""What each sentence has in its favour, and the chance that it is part of the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Question, Turn
from assistant.judgement import JUDGED
from assistant.retrieval import Findings, retrieve
from assistant.understanding import understand
from assistant.weighing import SIGNS, Choice, Linear, Weighed, card_label, chance, dump_models, fitted_models, weigh
from ingest.outline import CARD
from vectorstore.index import Index
from vectorstore.sentences import quotable

QUESTIONS = (
    "Qui finance FLORA ?",
    "Combien de réponses le questionnaire a-t-il recueillies ?",
    "Compare les financements des fiches 1b et 4a",
    "Quelles sont les préconisations ?",
    "kayak blockchain",
    "Where does the FLORA scheme find its budget?",
    "Quelles fiches parlent de violences ?",
)
OF_A_CARD = {
    "Depuis quand la communauté thérapeutique de Brantôme existe-t-elle ?": ("3c", "annee"),
    "Sur quel territoire travaille le GIP Gers Solidaire ?": ("4b", "territoire"),
    "Quel est le public visé par les ambassadeurs santé mentale ?": ("3a", "publics"),
    "Qui est à l'initiative du référent de parcours dans le Haut-Rhin ?": ("2d", "initiateurs"),
}
TEXTS = st.lists(st.sampled_from("FLORA financement familles combien 2019 fiche 4a quels freins ? de qui".split()))
LOGITS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


def weighed(index: Index, text: str, *earlier: Turn) -> Weighed:
    return weigh(index, retrieve(index, understand(index, Question(text, earlier))))


def sign(of: Weighed, name: str) -> dict[tuple[str, int], float]:
    """One sign of each sentence, by passage and place."""
    values = of.signs[:, SIGNS.index(name)].tolist()
    return {(c.passage.id, c.unit.start): value for c, value in zip(of.choices, values, strict=True)}


def surest(of: Weighed, count: int) -> list[Choice]:
    return sorted(of.choices, key=lambda c: -c.chance)[:count]


@pytest.mark.parametrize("text", QUESTIONS)
def test_each_sentence_has_one_row_of_finite_signs_and_a_chance(index: Index, text: str) -> None:
    of = weighed(index, text)
    assert of.signs.shape == (len(of.choices), len(SIGNS))
    assert len(of.choices) > 10
    assert np.isfinite(of.signs).all()
    assert all(0 <= c.chance <= 1 for c in of.choices)
    assert len({(c.passage.id, c.unit) for c in of.choices}) == len(of.choices)


@settings(max_examples=25, deadline=None)
@given(TEXTS.map(" ".join).filter(str.strip), st.lists(st.sampled_from(["Qui finance FLORA ?", "…"]), max_size=2))
def test_signs_are_finite_whatever_is_asked(index: Index, text: str, earlier: list[str]) -> None:
    of = weighed(index, f"{text} x", *(Turn("user", said) for said in earlier))
    assert of.signs.shape == (len(of.choices), len(SIGNS))
    assert np.isfinite(of.signs).all()


@pytest.mark.parametrize("text", QUESTIONS)
def test_only_sentences_that_may_be_quoted_are_weighed_and_in_the_report_s_order(index: Index, text: str) -> None:
    of = weighed(index, text)
    assert all(c.unit in quotable(c.passage) for c in of.choices)
    places = [(index.retriever.positions[c.passage.id], c.unit.start) for c in of.choices]
    assert places == sorted(places)


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_the_index_questions_say_is_shared_out_and_no_more(index: Index, text: str) -> None:
    shares = [share for _, share in weighed(index, text).voters]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


def test_where_nothing_was_found_nothing_is_weighed(index: Index) -> None:
    understood = understand(index, Question("qu'est-ce que c'est ?"))
    findings = Findings(understood, (), index.retriever.sought(understood.query))
    of = weigh(index, findings)
    assert (of.choices, of.signs.shape) == ((), (0, len(SIGNS)))


@pytest.mark.parametrize("text", OF_A_CARD)
def test_the_row_of_a_card_that_is_asked_for_is_surer_than_the_others(index: Index, text: str) -> None:
    fiche, value = OF_A_CARD[text]
    rows = [c for c in weighed(index, text).choices if c.passage.id == f"fiche-{fiche}/carte/1"]
    best = max(rows, key=lambda c: c.chance)
    assert card_label(best.passage, best.unit) == CARD[value]
    assert len({card_label(c.passage, c.unit) for c in rows}) > 2


@pytest.mark.parametrize("value", CARD)
def test_a_row_of_a_card_knows_whether_it_is_asked_for(index: Index, value: str) -> None:
    asked = {
        "territoire": "sur quel territoire ?", "annee": "en quelle année ?", "initiateurs": "quels initiateurs ?",
        "publics": "quel public visé ?",
    }  # fmt: skip
    for fiche in ("1a", "2d", "3c", "4b", "5d"):
        of = weighed(index, f"Fiche {fiche}, {asked[value]}")
        wanted, unwanted = sign(of, "card_asked"), sign(of, "card_unasked")
        for c in of.choices:
            label, at = card_label(c.passage, c.unit), (c.passage.id, c.unit.start)
            assert (wanted[at], unwanted[at]) == (label == CARD[value], label not in ("", CARD[value]))


def test_a_sentence_is_among_the_surest_for_what_the_index_says_that_it_answers(index: Index) -> None:
    """Asked in the index question's own words: at least one of its answers is among the three surest."""
    known = [a for a in index.sentences.asked[::220] if a.answers]
    missed = []
    for asked in known:
        passage, first = index.passages[asked.passage], index.sentences.first[asked.passage]
        answers = {quotable(passage)[n - first] for n in asked.answers}
        best = {c.unit for c in surest(weighed(index, asked.text), 3) if c.passage.id == passage.id}
        missed += [] if best & answers else [asked.text]
    assert len(known) > 40
    assert len(missed) <= 0.04 * len(known), missed


def test_a_passage_that_an_index_question_is_asked_of_is_looked_at_though_not_found(index: Index) -> None:
    asked = index.sentences.asked[100]
    findings = retrieve(index, understand(index, Question(asked.text)))
    own = index.passages[asked.passage]
    elsewhere = replace(findings, hits=tuple(h for h in findings.hits if h.passage.id != own.id))
    assert own.id in {c.passage.id for c in weigh(index, elsewhere).choices}


def test_the_field_asked_of_a_fiche_is_looked_at_though_not_found(index: Index) -> None:
    findings = retrieve(index, understand(index, Question("Quelles sont les perspectives de la fiche 3c ?")))
    elsewhere = replace(findings, hits=tuple(h for h in findings.hits if h.passage.field != "perspectives"))
    assert "fiche-3c/perspectives/1" in {c.passage.id for c in weigh(index, elsewhere).choices}


def test_a_sentence_of_another_fiche_than_the_one_named_is_told_apart(index: Index) -> None:
    of = weighed(index, "Qui finance la fiche 4a ?")
    other, named = sign(of, "other_fiche"), sign(of, "named_fiche")
    for c in of.choices:
        at = (c.passage.id, c.unit.start)
        assert (other[at], named[at]) == (c.passage.fiche not in (None, "4a"), c.passage.fiche == "4a")
    assert set(other.values()) == set(named.values()) == {0, 1}


def test_a_question_about_no_fiche_has_none_named(index: Index) -> None:
    of = weighed(index, "Comment les familles sont-elles associées aux décisions ?")
    assert not any(sign(of, "other_fiche").values())
    assert not any(sign(of, "named_fiche").values())


def test_a_sentence_with_an_amount_tells_what_a_question_of_money_wants(index: Index) -> None:
    of = weighed(index, "Combien les communes ont-elles payé pour FLORA ?")
    tells, tells_not = sign(of, "tells"), sign(of, "tells_not")
    for c in of.choices:
        at = (c.passage.id, c.unit.start)
        assert tells[at] + tells_not[at] == 1
        assert not tells[at] or any(char in c.quote for char in "0123456789€") or "euro" in c.quote
    assert any(tells.values())


def test_a_question_that_wants_nothing_in_particular_is_told_nothing(index: Index) -> None:
    of = weighed(index, "Qui finance FLORA ?")
    assert not any(sign(of, "tells").values())
    assert not any(sign(of, "tells_not").values())


@given(LOGITS)
def test_a_chance_is_a_share_that_grows_with_its_log_odds(logits: list[float]) -> None:
    chances = chance(np.sort(np.array(logits)))
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances) >= 0).all()


@given(st.floats(-20, 20))
def test_the_opposite_log_odds_are_the_opposite_chance(logit: float) -> None:
    both = chance(np.array([logit, -logit]))
    assert both.sum() == pytest.approx(1)
    assert np.log(both[0] / both[1]) == pytest.approx(logit, abs=1e-3)


def test_a_sign_counts_by_its_weight_and_one_without_weight_counts_nothing() -> None:
    model = Linear(-1.0, {"a": 2.0, "c": 0.5})
    assert model.logit(np.array([[1.0, 9.0, 4.0], [0.0, 5.0, 0.0]]), ("a", "b", "c")).tolist() == [3.0, -1.0]


def test_a_model_without_weights_tells_no_sentence_from_another(index: Index) -> None:
    of = weigh(index, weighed(index, "Qui finance FLORA ?").findings, Linear(0.0, {}))
    assert {c.chance for c in of.choices} == {0.5}


def test_the_weights_that_ship_name_only_known_signs() -> None:
    models = fitted_models()
    assert set(models.sentence.weights) == set(SIGNS)
    assert set(models.answered.weights) == set(JUDGED)
    assert all(np.isfinite([*m.weights.values(), m.intercept]).all() for m in (models.sentence, models.answered))
    assert 0 < models.least < 1


def test_the_models_that_ship_are_what_their_file_says() -> None:
    path = resources.files("assistant").joinpath("weights.json")
    assert json.loads(dump_models(fitted_models())) == json.loads(path.read_text("utf-8"))
