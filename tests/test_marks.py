"""The scale of the marks and the total that they add up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.review.marks import (
    CITATION_MARKS,
    SENTENCE_MARKS,
    WHOLE,
    ErrorKind,
    Mark,
    fits,
    positions,
    total,
    unfinished,
)

GOOD = Mark(1, 100, 25)


def marked(*pairs: tuple[int, int]) -> list[Mark]:
    return [Mark(at, sentence, citation, (), "Raison.") for at, (sentence, citation) in enumerate(pairs, 1)]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # 0.75 × 100 + 25
        ([(100, 25)], 100.0),
        # 0.75 × (100 + 80) / 2 + (25 + 20) / 2
        ([(100, 25), (80, 20)], 90.0),
        # 0.75 × (100 + 80 + 0) / 3 + (25 + 20 + 0) / 3
        ([(100, 25), (80, 20), (0, 0)], 60.0),
        # 0.75 × 100 + 0: a good sentence with a citation that does not hold
        ([(100, 0)], 75.0),
        # 0.75 × 0 + 25
        ([(0, 25)], 25.0),
        # 0.75 × (80 × 4) / 4 + (25 + 25 + 25 + 0) / 4
        ([(80, 25), (80, 25), (80, 25), (80, 0)], 78.75),
    ],
)
def test_the_total_is_three_quarters_sentences_and_one_quarter_citations(pairs: list, expected: float) -> None:
    assert total(marked(*pairs), len(pairs)) == pytest.approx(expected)


@pytest.mark.parametrize("mark", SENTENCE_MARKS)
def test_the_total_of_a_refusal_is_its_one_mark(mark: int) -> None:
    assert total([Mark(WHOLE, mark, reason="Raison.")], 0) == mark


def test_an_answer_has_no_total_while_something_is_missing() -> None:
    assert total([GOOD], 2) is None
    assert total([Mark(1, 100)], 1) is None
    assert total([Mark(1, 80, 25)], 1) is None
    assert total([], 0) is None


def test_a_kind_of_error_of_the_whole_answer_wants_its_reason_too() -> None:
    missing_fact = Mark(WHOLE, kinds=(ErrorKind.MISSING_FACT,))
    assert unfinished([GOOD, missing_fact], 1) == (WHOLE,)
    assert unfinished([GOOD, Mark(WHOLE, kinds=missing_fact.kinds, reason="Le montant.")], 1) == ()


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCE_MARKS), st.sampled_from(CITATION_MARKS)), min_size=1, max_size=12),
    st.data(),
)
def test_a_better_mark_never_lowers_the_total(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pairs) - 1))
    better = [*pairs[:at], (100, 25), *pairs[at + 1 :]]
    before, after = total(marked(*pairs), len(pairs)), total(marked(*better), len(pairs))
    assert 0 <= before <= after <= 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"position": 1, "sentence": 50},
        {"position": 1, "citation": 100},
        {"position": -1},
        {"position": WHOLE, "citation": 25},
        {"position": 1, "kinds": (ErrorKind.WRONG_FIGURE, ErrorKind.WRONG_PLACE)},
        {"position": 1, "kinds": (ErrorKind.WRONG_PLACE, ErrorKind.WRONG_PLACE)},
        {"position": 1, "reason": "x" * 2001},
    ],
)
def test_a_mark_outside_the_scale_does_not_exist(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"scale|position|kinds|citation|reason"):
        Mark(**wrong)


@pytest.mark.parametrize(
    ("mark", "sentences", "can"),
    [
        (GOOD, 1, True),
        (GOOD, 0, False),
        (Mark(2, 100, 25), 1, False),
        (Mark(WHOLE, 100), 0, True),
        (Mark(WHOLE, 100), 1, False),
        (Mark(WHOLE, kinds=(ErrorKind.SHOULD_HAVE_ANSWERED,)), 0, True),
        (Mark(WHOLE, kinds=(ErrorKind.SHOULD_HAVE_ANSWERED,)), 1, False),
        (Mark(WHOLE, kinds=(ErrorKind.SHOULD_HAVE_REFUSED,)), 1, True),
        (Mark(1, kinds=(ErrorKind.MISSING_FACT,)), 1, False),
        (Mark(1, kinds=(ErrorKind.WRONG_FIGURE,)), 1, True),
    ],
)
def test_a_mark_is_of_what_the_answer_has(mark: Mark, sentences: int, can: bool) -> None:
    assert fits(mark, sentences) is can


def test_a_refusal_is_marked_as_a_whole_and_an_answer_by_its_sentences() -> None:
    assert (positions(0), positions(2)) == ((WHOLE,), (1, 2))
