"""What the question index of the bundled report promises: whole, in its place, in words other than the report's."""

from __future__ import annotations

import re
from collections import defaultdict
from statistics import fmean

import pytest

from ingest.folding import letters
from ingest.questions import PlacedEntries, bundled_questions, load_entries, place_entries
from vectorstore.index import Index
from vectorstore.tokens import tokens

LEAST_QUESTIONS, LEAST_WORDS = 10, 12
MOST_OWN, MOST_OWN_OF_ONE = 0.15, 0.4
"""Mean share of a question's stems that stand in its passage: over all questions (0.09 when it was written), and of
one passage (0.31)."""


@pytest.fixture(scope="module")
def placed(index: Index) -> PlacedEntries:
    (report,) = index.reports
    return place_entries(load_entries(bundled_questions()), report)


def names_and_figures(text: str) -> set[str]:
    """The stems of figures, and of the words that the text never prints without a capital."""
    words = re.findall(r"[\w'’-]+", text)
    marked = {stem for word in words if re.search(r"[A-ZÀ-ÖØ-Þ\d]", word) for stem in tokens(word)}
    return marked - {stem for word in words if word.islower() and word.isalpha() for stem in tokens(word)}


def test_no_entry_has_lost_its_place_and_no_passage_lacks_one(placed: PlacedEntries, index: Index) -> None:
    assert placed.faults == []
    assert placed.by_passage.keys() == index.by_id.keys()


def test_each_passage_has_enough_questions_and_everyday_words(placed: PlacedEntries) -> None:
    counts = {i: (len(e.questions), len(e.words)) for i, e in placed.by_passage.items()}
    few = {i: c for i, c in counts.items() if c[0] < LEAST_QUESTIONS or c[1] < LEAST_WORDS}
    assert few == {}


def test_nothing_in_the_question_index_is_empty(placed: PlacedEntries) -> None:
    said = [(i, text) for i, e in placed.by_passage.items() for text in (*e.questions, *e.words)]
    assert [(i, text) for i, text in said if not letters(text)] == []


def test_no_question_stands_under_two_passages(placed: PlacedEntries) -> None:
    under = defaultdict(set)
    for passage, entry in placed.by_passage.items():
        for question in entry.questions:
            under[letters(question)].add(passage)
    assert [passages for passages in under.values() if len(passages) > 1] == []


def test_the_questions_are_not_in_the_words_of_the_report(placed: PlacedEntries, index: Index) -> None:
    shares = {}
    for passage, entry in placed.by_passage.items():
        text = index.by_id[passage].text
        own, left_out = set(tokens(text)), names_and_figures(text)
        stems = [set(tokens(question)) - left_out for question in entry.questions]
        shares[passage] = [len(asked & own) / len(asked) for asked in stems if asked]
    assert fmean(share for of_one in shares.values() for share in of_one) <= MOST_OWN
    assert {i: fmean(of_one) for i, of_one in shares.items() if of_one and fmean(of_one) > MOST_OWN_OF_ONE} == {}
