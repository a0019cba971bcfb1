"""Sharing out answers among raters: nobody is left out, nobody has more, and any two can be compared."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.review.sharing_out import Share, share_out
from ingest.errors import ReviewError

NAMES = ("Anne", "Luc", "Zoé", "Ève", "Ida", "Noé")
MANY = st.lists(st.text("abcdef0123456789", min_size=12, max_size=12), unique=True, max_size=80)
RATERS = st.integers(2, len(NAMES)).map(lambda count: NAMES[:count])
PART = st.floats(0, 1)


def times(shares: tuple[Share, ...]) -> Counter[str]:
    """How many raters each answer is given to."""
    return Counter(item for share in shares for item in share.items)


@given(MANY, RATERS, PART)
def test_every_answer_is_given_and_so_many_of_them_twice(items, raters, part):
    given_to = times(share_out(items, raters, part))
    assert set(given_to) == set(items)
    assert Counter(given_to.values()) == +Counter(
        {1: len(items) - round(part * len(items)), 2: round(part * len(items))}
    )


@given(MANY, RATERS, PART)
def test_nobody_has_more_than_one_answer_more_than_another_nor_one_double_more(items, raters, part):
    shares = share_out(items, raters, part)
    for counts in ([len(s.items) for s in shares], [len(s.doubles) for s in shares]):
        assert max(counts) - min(counts) <= 1


@given(MANY, RATERS, PART)
def test_a_double_is_one_of_the_two_shares_that_it_is_in(items, raters, part):
    shares = share_out(items, raters, part)
    twice = {item for item, count in times(shares).items() if count == 2}
    assert all(set(share.doubles) == twice & set(share.items) for share in shares)


@given(MANY, RATERS, PART)
def test_shares_keep_the_order_of_the_queue_and_are_always_the_same(items, raters, part):
    shares = share_out(items, raters, part)
    assert shares == share_out(items, raters, part)
    assert all(list(share.items) == [item for item in items if item in share.items] for share in shares)


@given(st.integers(1, 80).map(lambda count: [str(n) for n in range(count)]), st.sampled_from(NAMES))
def test_one_rater_alone_is_given_everything(items, rater):
    assert share_out(items, (rater,), 0) == (Share(rater, tuple(items), ()),)


def test_any_two_raters_read_as_many_answers_together():
    shares = share_out([str(n) for n in range(60)], NAMES[:4], 0.5)
    together = [len(set(a.doubles) & set(b.doubles)) for a, b in combinations(shares, 2)]
    assert together == [5, 5, 5, 5, 5, 5]


def test_doubles_are_spread_over_the_whole_queue():
    shares = share_out([str(n) for n in range(10)], NAMES[:2], 0.2)
    assert [share.doubles for share in shares] == [("4", "9"), ("4", "9")]


@pytest.mark.parametrize(
    ("raters", "doubles", "said"),
    [
        ((), 0, "au moins une personne"),
        (("Anne",), 0.2, "au moins deux personnes"),
        (("Anne", "  anné "), 0, "plusieurs fois"),
        (("Anne", " "), 0, "nom de la personne"),
    ],
)
def test_names_that_cannot_be_shared_out_among_are_refused_with_their_remedy(raters, doubles, said):
    with pytest.raises(ReviewError, match=said):
        share_out(["a", "b"], raters, doubles)
