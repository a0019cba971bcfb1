"""The quiz of a session: each right answer is proved, no wrong one is true, and nothing comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer import CitationState
from assistant.claims import unheld
from assistant.figures import figures_of
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Item, ItemKind, Origin, Statement
from assistant.kits.points import Teaching, read_teaching
from assistant.kits.quiz import another_item, key_of, make_items
from assistant.kits.quiz.choices import has_shape
from assistant.kits.structure import structural_points
from assistant.proof import prove
from ingest.errors import KitError
from ingest.outline import THEMES
from ingest.records import Fiche
from vectorstore.index import Index
from vectorstore.sentences import quotable
from vectorstore.tokens import tokens

ALL_THEMES = pytest.mark.parametrize("theme", THEMES)
MANY = 24


@pytest.fixture(scope="module")
def teaching(index: Index) -> Teaching:
    return read_teaching(index)


def fiches_of(index: Index, theme: str) -> list[Fiche]:
    return [fiche for fiche in index.fiches if fiche.theme == THEMES[theme]]


def quiz(index: Index, teaching: Teaching, theme: str, count: int = MANY) -> tuple[Item, ...]:
    return make_items(index, teaching, fiches_of(index, theme), [theme], count)


def statements(items: Sequence[Item]) -> list[Statement]:
    said = [s for i in items for s in (*(o.statement for o in i.options), *i.points, *i.proof)]
    return [*said, *(s for i in items for pair in i.pairs for s in (pair.left, pair.right))]


def of_kind(items: Sequence[Item], kind: ItemKind) -> list[Item]:
    return [item for item in items if item.kind is kind]


def sentences_of(index: Index, fiche: str) -> list[str]:
    return [p.words_of(u) for p in index.passages if p.fiche == fiche for u in quotable(p)]


@ALL_THEMES
@pytest.mark.parametrize("count", [6, 14, MANY])
def test_a_quiz_has_as_many_items_as_asked_of_all_five_kinds(
    index: Index, teaching: Teaching, theme: str, count: int
) -> None:
    items = quiz(index, teaching, theme, count)
    assert [item.id for item in items] == [f"q{number}" for number in range(1, count + 1)]
    assert {item.kind for item in items} == set(ItemKind)


@ALL_THEMES
def test_no_question_comes_twice_and_no_fact_is_asked_twice(index: Index, teaching: Teaching, theme: str) -> None:
    items = quiz(index, teaching, theme)
    lines = [line for item in items for line in set(key_of(item).split("\n"))]
    assert len(lines) == len(set(lines))


@ALL_THEMES
def test_all_that_is_said_of_the_report_verifies_again(index: Index, teaching: Teaching, theme: str) -> None:
    for statement in statements(quiz(index, teaching, theme)):
        for cited in statement.citations:
            passage = index.by_id[cited.passage]
            assert passage.text[cited.start - passage.start : cited.end - passage.start] == cited.quote
            assert prove(cited.quote, passage.text).state is CitationState.VERIFIED


@ALL_THEMES
def test_what_is_attributed_to_the_report_is_held_by_its_quote(index: Index, teaching: Teaching, theme: str) -> None:
    said = [s for s in statements(quiz(index, teaching, theme)) if s.origin is Origin.REPORT]
    assert [s.text for s in said if unheld(s.text, s.citations[0].quote) and s.text not in s.citations[0].quote] == []


@ALL_THEMES
def test_no_wrong_answer_is_held_by_a_sentence_of_the_fiche(index: Index, teaching: Teaching, theme: str) -> None:
    for item in of_kind(quiz(index, teaching, theme), ItemKind.CHOICE):
        for option in item.options:
            said = [s for s in sentences_of(index, item.fiche) if not unheld(option.statement.text, s)]
            assert option.right or not said
            assert option.right == (option.of == item.fiche)


@ALL_THEMES
def test_a_choice_has_four_answers_of_four_fiches_in_one_shape(index: Index, teaching: Teaching, theme: str) -> None:
    for item in of_kind(quiz(index, teaching, theme), ItemKind.CHOICE):
        assert len({option.of for option in item.options}) == len(item.options) == 4
        if item.field in set(Aspect):
            assert all(has_shape(option.statement.text, Aspect(item.field)) for option in item.options)


@ALL_THEMES
def test_the_right_answer_is_not_told_by_its_place_or_its_question(
    index: Index, teaching: Teaching, theme: str
) -> None:
    choices = of_kind(quiz(index, teaching, theme), ItemKind.CHOICE)
    assert len({next(n for n, option in enumerate(item.options) if option.right) for item in choices}) > 1
    for item in choices:
        named = set(tokens(teaching.names.get(item.fiche, "")))
        assert all(named.isdisjoint(tokens(o.statement.text)) for o in item.options if o.right)


@ALL_THEMES
def test_a_false_statement_is_corrected_by_the_fiche_and_traced_to_its_own(
    index: Index, teaching: Teaching, theme: str
) -> None:
    truths = of_kind(quiz(index, teaching, theme), ItemKind.TRUTH)
    false = [item for item in truths if item.options[1].right]
    assert {len(false), len(truths) - len(false)} <= {2, 3}
    for item in false:
        places = [p.place for s in item.proof for p in teaching.points if p.citation == s.citations[0]]
        assert places[0] == item.fiche != places[-1]
        assert all(item.proof[at].lead for at in (0, -1))


@ALL_THEMES
def test_each_number_of_a_figure_is_read_in_its_quote_and_wrong_ones_are_not_said_of_the_fiche(
    index: Index, teaching: Teaching, theme: str
) -> None:
    for item in of_kind(quiz(index, teaching, theme), ItemKind.FIGURE):
        said = {figure.said for s in sentences_of(index, item.fiche) for figure in figures_of(s)}
        for option in item.options:
            (number,) = {figure.said for figure in figures_of(option.statement.text)}
            assert number in {figure.said for figure in figures_of(option.statement.citations[0].quote)}
            assert option.right or number not in said
        assert len({option.statement.text for option in item.options}) == 4


@ALL_THEMES
def test_nothing_to_be_matched_names_what_it_matches(index: Index, teaching: Teaching, theme: str) -> None:
    for item in of_kind(quiz(index, teaching, theme), ItemKind.MATCHING):
        assert 3 <= len(item.pairs) <= 5
        assert len({pair.right.text for pair in item.pairs}) == len({pair.of for pair in item.pairs}) == len(item.pairs)
        assert all(set(tokens(pair.left.text)).isdisjoint(tokens(pair.right.text)) for pair in item.pairs)


def test_what_names_its_place_is_not_given_to_be_matched_with_it(index: Index, teaching: Teaching) -> None:
    told = tuple(replace(p, short=f"{p.short}, en Loir-et-Cher") if p.place == "2a" else p for p in teaching.points)
    matchings = of_kind(quiz(index, replace(teaching, points=told), "2"), ItemKind.MATCHING)
    assert matchings
    assert not any("Loir-et-Cher" in pair.left.text for item in matchings for pair in item.pairs)


@ALL_THEMES
def test_an_open_question_expects_three_to_six_proved_points(index: Index, teaching: Teaching, theme: str) -> None:
    for item in of_kind(quiz(index, teaching, theme), ItemKind.OPEN):
        assert 3 <= len(item.points) <= 6
        assert all(point.origin is Origin.REPORT for point in item.points)


@ALL_THEMES
def test_no_sentence_on_screen_is_the_report_s_unless_it_is_cited(index: Index, teaching: Teaching, theme: str) -> None:
    items = quiz(index, teaching, theme)
    assert {item.stem.origin for item in items} == {Origin.TOOL}
    assert {option.statement.origin for item in of_kind(items, ItemKind.TRUTH) for option in item.options} == {
        Origin.TOOL
    }


def test_the_same_request_gives_the_same_quiz(index: Index, teaching: Teaching) -> None:
    again = replace(teaching)
    assert quiz(index, teaching, "3") == quiz(index, again, "3")


def test_fiches_and_aspects_vary(index: Index, teaching: Teaching) -> None:
    items = quiz(index, teaching, "2", 14)
    assert max(Counter(item.fiche for item in items).values()) <= 4
    assert len({item.field for item in items}) >= 6


def test_what_is_taken_is_not_asked_again(index: Index, teaching: Teaching) -> None:
    first = quiz(index, teaching, "2", 10)
    more = make_items(index, teaching, fiches_of(index, "2"), ["2"], 10, [key_of(item) for item in first])
    lines = [{line for item in items for line in key_of(item).split("\n")} for items in (first, more)]
    assert len(more) == 10
    assert lines[0].isdisjoint(lines[1])


def test_one_fiche_alone_gives_a_quiz(index: Index, teaching: Teaching) -> None:
    fiche = next(fiche for fiche in index.fiches if fiche.id == "3a")
    items = make_items(index, teaching, [fiche], [], 6)
    assert len(items) == 6
    assert {item.fiche for item in items} == {"3a"}


def test_another_item_is_of_the_same_kind_and_repeats_none(index: Index, teaching: Teaching) -> None:
    items = quiz(index, teaching, "3", 14)
    for item in items:
        other = another_item(index, teaching, fiches_of(index, "3"), ["3"], items, item)
        assert other.id == "q15"
        assert other.stem.text not in {i.stem.text for i in items}
    other = another_item(index, teaching, fiches_of(index, "3"), ["3"], items, items[0])
    assert other.kind is items[0].kind


def test_asking_for_another_again_and_again_goes_round(index: Index, teaching: Teaching) -> None:
    items = list(quiz(index, teaching, "3", 6))
    at = next(n for n, item in enumerate(items) if item.kind is ItemKind.CHOICE)
    met = []
    for _ in range(5):
        items[at] = another_item(index, teaching, fiches_of(index, "3"), ["3"], items, items[at])
        met.append(items[at].stem.text)
    assert len(set(met)) == 5


def test_where_nothing_is_left_it_says_what_to_do(index: Index, teaching: Teaching) -> None:
    fiche = next(fiche for fiche in index.fiches if fiche.id == "3a")
    items = make_items(index, teaching, [fiche], [], 200)
    with pytest.raises(KitError, match="ajoutez une fiche"):
        another_item(index, teaching, [fiche], [], items, items[0])


def test_an_item_whose_proof_does_not_verify_is_not_made(index: Index, teaching: Teaching) -> None:
    forged = tuple(replace(p, citation=replace(p.citation, quote="x" * len(p.citation.quote))) for p in teaching.points)
    items = quiz(index, replace(teaching, points=forged, tensions=()), "3")
    assert items
    assert "x" * 12 not in "".join(c.quote for s in statements(items) for c in s.citations)


def test_fiches_that_nobody_has_read_by_hand_give_a_quiz_too(index: Index, teaching: Teaching) -> None:
    points = tuple(point for fiche in index.fiches for point in structural_points(index, fiche))
    unread = Teaching({fiche.id: fiche.title for fiche in index.fiches}, points, (), ())
    items = make_items(index, unread, list(index.fiches), list(THEMES), 12)
    assert {ItemKind.CHOICE, ItemKind.MATCHING, ItemKind.OPEN} <= {item.kind for item in items}
