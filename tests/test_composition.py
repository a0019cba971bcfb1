"""What the composer proposes: lists whole, cards by their rows, comparisons as tables, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Question
from assistant.composition import Draft, compose
from assistant.cues import Kind
from assistant.retrieval import retrieve
from assistant.understanding import understand
from assistant.weighing import LISTED, Choice, Weighed, card_label, opens, weigh
from ingest.outline import CARD
from ingest.records import Passage, Unit, UnitKind
from vectorstore.index import Index
from vectorstore.sentences import quotable

MOST, MOST_OF_A_LIST = 120, 240
COMPARED = "Compare l'année et les perspectives des fiches 2c, 3c et 4a"
VARIED = (
    "Qui finance FLORA ?",
    "Comment les familles sont-elles associées aux décisions ?",
    "Quelles sont les conditions de mise en œuvre de la fiche 3b ?",
    "Qui finance les fiches 1b et 4a ?",
    "Quel public vise la fiche 3a ?",
    "Quelles fiches parlent de violences ?",
    COMPARED,
)
SEEDS = st.integers(0, 2**32 - 1)


def weighed(index: Index, text: str) -> Weighed:
    return weigh(index, retrieve(index, understand(index, Question(text))))


def drafted(index: Index, text: str) -> Draft:
    return compose(index, weighed(index, text))


def with_chances(of: Weighed, chances: Mapping[Unit, float]) -> Weighed:
    """The same sentences with chances of the test's own (0 where none is given)."""
    return replace(of, choices=tuple(replace(c, chance=chances.get(c.unit, 0.0)) for c in of.choices))


def at_random(of: Weighed, seed: int) -> Weighed:
    drawn = np.random.default_rng(seed).beta(0.3, 1, len(of.choices)).tolist()
    return replace(of, choices=tuple(replace(c, chance=p) for c, p in zip(of.choices, drawn, strict=True)))


def lists_of(passage: Passage) -> Iterator[list[Unit]]:
    """The lists of a passage that stand whole in it: the line that opens each, then its members."""
    units = passage.units
    for at, (opening, then) in enumerate(pairwise(units)):
        if opening.kind not in LISTED and opens(passage.words_of(opening)) and then.kind in LISTED:
            stop = next((n for n in range(at + 1, len(units)) if units[n].kind not in LISTED), None)
            if stop is not None:
                yield list(units[at:stop])


@pytest.fixture(scope="module")
def all_weighed(index: Index) -> dict[str, Weighed]:
    return {text: weighed(index, text) for text in VARIED}


@pytest.fixture(scope="module")
def lists(index: Index) -> list[tuple[Passage, list[Unit]]]:
    """Lists of the report that may be quoted whole: three lines at least, of which the first alone opens a list."""
    found = [(p, units) for p in index.passages if p.field != "carte" for units in lists_of(p)]
    whole = [(p, units) for p, units in found if len(units) > 2 and all(u in quotable(p) for u in units)]
    return [(p, units) for p, units in whole if not any(opens(p.words_of(u)) for u in units[1:])]


def test_a_list_comes_whole_and_in_order_with_the_line_that_opens_it(
    index: Index, lists: list[tuple[Passage, list[Unit]]]
) -> None:
    """Whichever of its lines is the surest."""
    asked = weighed(index, "Quelles sont les préconisations ?")
    assert asked.findings.understood.kind is Kind.LIST
    assert len(lists) > 8
    for passage, units in lists:
        for surest in (units[0], units[len(units) // 2], units[-1]):
            choices = tuple(Choice(passage, u, 0.9 if u is surest else 0.01) for u in units)
            draft = compose(index, replace(asked, choices=choices))
            assert [c.unit for c in draft.choices] == units, passage.id


def test_a_list_asked_for_as_a_fact_is_not_drawn_in_whole_but_its_item_is_introduced(
    index: Index, lists: list[tuple[Passage, list[Unit]]]
) -> None:
    fact = weighed(index, "Qui finance FLORA ?")
    assert fact.findings.understood.kind is Kind.FACT
    brief = [(p, us) for p, us in lists if us[1].kind is UnitKind.ITEM and len(p.words_of(us[0]).split()) <= 20]
    assert len(brief) > 4
    for passage, units in brief:
        choices = tuple(Choice(passage, u, 0.9 if u is units[1] else 0.01) for u in units)
        assert [c.unit for c in compose(index, replace(fact, choices=choices)).choices] == units[:2], passage.id


def test_a_line_that_opens_a_list_is_not_left_hanging(index: Index, lists: list[tuple[Passage, list[Unit]]]) -> None:
    fact = weighed(index, "Qui finance FLORA ?")
    other = next(c for c in fact.choices if not c.opens and len(c.quote.split()) < 40)
    passage, units = lists[0]
    hanging = (replace(other, chance=0.9), Choice(passage, units[0], 0.5))
    assert [c.unit for c in compose(index, replace(fact, choices=hanging)).choices] == [other.unit]


@pytest.mark.parametrize(
    ("text", "fiche", "values"),
    [
        ("Où et en quelle année la communauté de Brantôme a-t-elle ouvert ?", "3c", ["territoire", "annee"]),
        ("Sur quel territoire travaille le GIP Gers Solidaire ?", "4b", ["territoire"]),
        ("Depuis quand la communauté thérapeutique de Brantôme existe-t-elle ?", "3c", ["annee"]),
    ],
)
def test_a_card_gives_all_the_rows_asked_for(index: Index, text: str, fiche: str, values: list[str]) -> None:
    draft = drafted(index, text)
    of_card = [c for c in draft.choices if c.passage.id == f"fiche-{fiche}/carte/1"]
    labels = [card_label(c.passage, c.unit) for c in of_card]
    assert [label for label in (CARD[v] for v in values) if label not in labels] == []
    assert draft.choices[0].passage.id == f"fiche-{fiche}/carte/1"


def test_the_rows_of_a_card_that_are_asked_for_come_though_others_are_surer(index: Index) -> None:
    of = weighed(index, "En quelle année et sur quel territoire, la fiche 4b ?")
    card = [c for c in of.choices if c.passage.id == "fiche-4b/carte/1"]
    by_label = {card_label(c.passage, c.unit): c.unit for c in card}
    chances = {by_label[CARD["publics"]]: 0.9, by_label[CARD["annee"]]: 0.05, by_label[CARD["territoire"]]: 0.02}
    chosen = {c.unit for c in compose(index, with_chances(of, chances)).choices}
    assert {by_label[CARD["annee"]], by_label[CARD["territoire"]]} <= chosen


def test_two_fiches_compared_are_a_table_of_field_by_fiche(index: Index) -> None:
    draft = drafted(index, COMPARED)
    heads = [(cell.field, cell.fiche) for cell in draft.cells]
    assert heads == [(field, fiche) for field in ("annee", "perspectives") for fiche in ("2c", "3c", "4a")]
    assert draft.choices == tuple(c for cell in draft.cells for c in cell.choices)
    assert [len(cell.choices) > 0 for cell in draft.cells] == [True, True, True, False, True, True]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_each_cell_holds_words_of_its_own_fiche_and_field_or_nothing(
    index: Index, all_weighed: dict[str, Weighed], seed: int
) -> None:
    for cell in compose(index, at_random(all_weighed[COMPARED], seed)).cells:
        assert {c.passage.fiche for c in cell.choices} <= {cell.fiche}
        if cell.field in CARD:
            assert {card_label(c.passage, c.unit) for c in cell.choices} <= {CARD[cell.field]}
        else:
            assert {c.passage.field for c in cell.choices} <= {cell.field}
        assert [c.unit.start for c in cell.choices] == sorted(c.unit.start for c in cell.choices)
        assert len(cell.choices) == 1 or sum(len(c.quote.split()) for c in cell.choices) <= 45


def test_what_is_asked_of_several_fiches_is_answered_from_each(index: Index) -> None:
    draft = drafted(index, "Qui finance les fiches 1b et 4a ?")
    assert {"1b", "4a"} <= {c.passage.fiche for c in draft.choices}
    assert draft.cells == ()


def test_a_comparison_of_nothing_in_particular_is_no_table(index: Index) -> None:
    draft = drafted(index, "Quelle différence entre la fiche 1b et la fiche 4a ?")
    assert draft.cells == ()
    assert {"1b", "4a"} <= {c.passage.fiche for c in draft.choices}


def test_an_overview_gives_one_sentence_of_each_of_several_fiches(index: Index) -> None:
    chosen = [c.passage.fiche for c in drafted(index, "Quelles fiches parlent de violences ?").choices]
    assert len(chosen) > 1
    assert None not in chosen
    assert len(set(chosen)) == len(chosen)
    assert "4a" in chosen


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(VARIED), SEEDS)
def test_the_same_sentence_never_comes_twice_whatever_the_chances(
    index: Index, all_weighed: dict[str, Weighed], text: str, seed: int
) -> None:
    draft = compose(index, at_random(all_weighed[text], seed))
    units = [(c.passage.id, c.unit) for c in draft.choices]
    assert units
    assert len(set(units)) == len(units)
    in_a_cell = {c.unit for cell in draft.cells for c in cell.choices}
    said = [c.quote for c in draft.choices if c.unit not in in_a_cell]
    assert len(set(said)) == len(said)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(VARIED), SEEDS)
def test_no_garbled_unit_is_chosen_whatever_the_chances(
    index: Index, all_weighed: dict[str, Weighed], text: str, seed: int
) -> None:
    for choice in compose(index, at_random(all_weighed[text], seed)).choices:
        assert choice.unit in quotable(index.by_id[choice.passage.id])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(VARIED[:-1]), SEEDS)
def test_an_answer_is_short_unless_it_is_a_list_or_one_long_sentence(
    index: Index, all_weighed: dict[str, Weighed], text: str, seed: int
) -> None:
    draft = compose(index, at_random(all_weighed[text], seed))
    words = sum(len(c.quote.split()) for c in draft.choices)
    listed = any(c.unit.kind in LISTED for c in draft.choices)
    alone = len(draft.choices) == 1
    assert alone or words <= (MOST_OF_A_LIST if listed else MOST)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(VARIED[:-1]), SEEDS)
def test_sentences_are_read_in_the_report_s_order_under_the_surest_heading_first(
    index: Index, all_weighed: dict[str, Weighed], text: str, seed: int
) -> None:
    choices = compose(index, at_random(all_weighed[text], seed)).choices
    groups = list(dict.fromkeys(c.passage.group for c in choices))
    assert [c.passage.group for c in choices] == [g for g in groups for c in choices if c.passage.group == g]
    for group in groups:
        starts = [c.unit.start for c in choices if c.passage.group == group]
        assert starts == sorted(starts)


def test_the_heading_of_the_surest_sentence_is_read_first(index: Index, all_weighed: dict[str, Weighed]) -> None:
    of = all_weighed["Comment les familles sont-elles associées aux décisions ?"]
    late, early = of.choices[-1], of.choices[0]
    assert late.passage.group != early.passage.group
    for first, second in ((late, early), (early, late)):
        chosen = compose(index, with_chances(of, {first.unit: 0.9, second.unit: 0.5})).choices
        assert [c.unit for c in chosen if c.chance >= 0.5] == [first.unit, second.unit]


def test_the_surest_sentence_is_always_part_of_the_answer(index: Index, all_weighed: dict[str, Weighed]) -> None:
    of = all_weighed["Qui finance FLORA ?"]
    for choice in of.choices[::7]:
        if not choice.opens:
            chosen = compose(index, with_chances(of, {choice.unit: 0.8})).choices
            assert choice.unit in {c.unit for c in chosen}, choice.quote


def test_what_is_hardly_likely_stays_out_however_short_the_answer(
    index: Index, all_weighed: dict[str, Weighed]
) -> None:
    of = all_weighed["Qui finance FLORA ?"]
    sure = next(c for c in of.choices if not c.opens and c.unit.kind not in LISTED and len(c.quote.split()) < 30)
    unsure = {c.unit: 0.02 for c in of.choices}
    assert [c.unit for c in compose(index, with_chances(of, {**unsure, sure.unit: 0.9})).choices] == [sure.unit]


def test_nothing_weighed_is_an_empty_draft(index: Index, all_weighed: dict[str, Weighed]) -> None:
    assert compose(index, replace(all_weighed["Qui finance FLORA ?"], choices=())).choices == ()
