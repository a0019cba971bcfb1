"""Sentences and index questions, each compared with a question exactly, and which sentences answer which question."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.questions import IndexEntry, answers_in
from ingest.records import LEAST_QUOTE, Passage, Unit, UnitKind
from vectorstore.embeddings import FrenchEmbeddings
from vectorstore.hits import Query, Sought
from vectorstore.index import Index
from vectorstore.sentences import WORDS, SentenceIndex, quotable
from vectorstore.short_texts import ShortTexts
from vectorstore.tokens import tokens

CARE = "La santé des habitants est suivie par un centre de soins."
MEALS = "Les « repas » sont portés à l’œuvre sociale — chaque mardi."
GARBLED = "Le cntre d soi ns reçt s ns rdv le samedi."
BRIEF = "Oui."
EMBEDDER = FrenchEmbeddings()
SAID = st.lists(st.sampled_from("repas santé logement FLORA budget familles zumba ? de 2019".split()), max_size=6)


def silent(done: int, total: int) -> None:
    """Show nothing."""


def passage_of(*texts: str, damaged: int = -1, number: int = 1) -> Passage:
    """A passage with a heading, then one sentence a line."""
    lines = ["Santé et repas", *texts]
    starts = np.cumsum([0, *(len(line) + 1 for line in lines)]).tolist()
    kinds = [UnitKind.HEADING, *[UnitKind.SENTENCE] * len(texts)]
    units = tuple(
        Unit(start, start + len(line), kind, damaged=n == damaged)
        for n, (line, start, kind) in enumerate(zip(lines, starts, kinds, strict=False))
    )
    text = "\n".join(lines)
    return Passage(f"guide/{number}", "guide", text, 0, len(text), ("Guide",), units)


def short_texts(texts: Iterable[str]) -> ShortTexts:
    return ShortTexts.build(list(texts), EMBEDDER, silent)


def sought_of(text: str) -> Sought:
    vector = np.array(EMBEDDER.embed_query(text), dtype=np.float32)
    return Sought(dict.fromkeys(tokens(text), 1.0), vector)


@pytest.fixture(scope="module")
def small() -> SentenceIndex:
    """Two passages; the entry of the first has two questions, that of the second is not there."""
    entry = IndexEntry(
        "La santé des habitants",
        ("Qui nous soigne ?", "Qui apporte à manger ?"),
        ("médecin",),
        ("La santé des habitants", "Les repas sont portés"),
        ((0,), (0, 1)),
    )
    passages = (passage_of(CARE, MEALS), passage_of("Le logement est attribué chaque mois.", number=2))
    return SentenceIndex.build(passages, {"guide/1": entry}, EMBEDDER, silent)


@pytest.mark.parametrize(
    "begins",
    ["Les « repas » sont portés", "les repas sont portes a l'oeuvre", "LES REPAS, SONT PORTÉS À L’ŒUVRE", MEALS],
)
def test_an_answer_is_the_unit_that_begins_as_the_entry_says_whatever_its_typography(begins: str) -> None:
    entry = IndexEntry("x", ("Qui mange ?",), (), (begins,), ((0,),))
    assert answers_in(passage_of(CARE, MEALS), entry) == [frozenset({2})]


def test_an_answer_may_take_several_units_and_each_question_has_its_own() -> None:
    entry = IndexEntry("x", ("a ?", "b ?", "c ?"), (), ("Les repas", "La santé"), ((1, 0), (0,), ()))
    assert answers_in(passage_of(CARE, MEALS), entry) == [frozenset({1, 2}), frozenset({2}), frozenset()]


@pytest.mark.parametrize("begins", ["repas sont portés", "Les repas du soir", "Le logement"])
def test_words_that_begin_no_unit_are_no_answer(begins: str) -> None:
    entry = IndexEntry("x", ("a ?",), (), (begins,), ((0,),))
    assert answers_in(passage_of(CARE, MEALS), entry) == [frozenset()]


def test_an_entry_that_nobody_has_read_answers_for_has_none() -> None:
    assert answers_in(passage_of(CARE), IndexEntry("x", ("a ?", "b ?"), ())) == [frozenset(), frozenset()]


@pytest.mark.parametrize(
    ("sentences", "answers"), [(("a",), ((0,),)), (("a",), ((0,), (1,))), (("a",), ((0,), (-1,))), ((), ((0,), ()))]
)
def test_answers_that_are_not_those_of_the_entry_are_refused(
    sentences: tuple[str, ...], answers: tuple[tuple[int, ...], ...]
) -> None:
    with pytest.raises(ValueError, match=r"each question|sentences of the entry"):
        IndexEntry("x", ("a ?", "b ?"), (), sentences, answers)


def test_headings_garbled_and_very_short_units_are_never_quotable() -> None:
    passage = passage_of(CARE, GARBLED, BRIEF, damaged=2)
    assert [passage.words_of(u) for u in quotable(passage)] == [CARE]


def test_a_question_is_answered_by_the_sentences_of_its_own_passage(small: SentenceIndex) -> None:
    assert [(a.text, a.passage, a.answers) for a in small.asked] == [
        ("Qui nous soigne ?", 0, (0,)),
        ("Qui apporte à manger ?", 0, (0, 1)),
    ]
    assert small.first == (0, 2, 3)


def test_a_garbled_sentence_is_no_answer_however_it_is_named() -> None:
    entry = IndexEntry("x", ("Quand ?",), (), ("Le cntre", "La santé"), ((0, 1),))
    built = SentenceIndex.build((passage_of(GARBLED, CARE, damaged=1),), {"guide/1": entry}, EMBEDDER, silent)
    assert built.asked[0].answers == (0,)


def test_a_passage_is_as_like_a_question_as_the_likest_of_its_own(small: SentenceIndex) -> None:
    assert small.asked_of(np.array([0.25, 0.75], np.float32), 2).tolist() == [0.75, 0]
    assert small.asked_of(np.array([-0.5, -0.25], np.float32), 2).tolist() == [0, 0]


def test_an_index_question_itself_is_as_like_as_can_be(index: Index) -> None:
    known = index.sentences.asked[::500]
    likeness = [index.sentences.likeness(sought_of(a.text))[n * 500] for n, a in enumerate(known)]
    assert len(known) > 20
    assert np.allclose(likeness, 1 + WORDS, atol=2e-3)


def test_an_index_question_itself_is_the_likest_of_all(index: Index) -> None:
    known = range(0, len(index.sentences.asked), 500)
    likest = [int(np.argmax(index.sentences.likeness(sought_of(index.sentences.asked[n].text)))) for n in known]
    assert likest == list(known)


def test_a_stranger_s_question_is_like_none_by_its_words(index: Index) -> None:
    stranger = sought_of("kayak blockchain wyoming")
    assert not index.sentences.questions.by_words(stranger.terms).any()
    assert index.sentences.likeness(stranger).max() < 0.75


def test_a_word_that_no_text_holds_makes_a_question_less_like_each(index: Index) -> None:
    known, stranger = "logement familles", "logement familles blockchain"
    alone, beside = (index.sentences.questions.by_words(sought_of(t).terms) for t in (known, stranger))
    assert alone.any()
    assert (beside[alone > 0] < alone[alone > 0]).all()


def test_saved_and_loaded_again_it_gives_the_same(small: SentenceIndex, tmp_path: Path) -> None:
    small.save(tmp_path / "all")
    loaded = SentenceIndex.load(tmp_path / "all")
    sought = sought_of("qui apporte les repas à la santé des habitants ?")
    assert (loaded.asked, loaded.first) == (small.asked, small.first)
    assert np.allclose(loaded.likeness(sought), small.likeness(sought), atol=2e-3)
    assert np.array_equal(loaded.sentences.by_words(sought.terms), small.sentences.by_words(sought.terms))
    assert small.sentences.by_words(sought.terms).all(where=[True, True, False])


@pytest.mark.parametrize("missing", ["asked.json", "questions/words.npz", "sentences/rarity.json"])
def test_a_folder_that_lacks_a_file_is_not_loaded(small: SentenceIndex, tmp_path: Path, missing: str) -> None:
    small.save(tmp_path / "all")
    (tmp_path / "all" / missing).unlink()
    with pytest.raises(OSError, match=missing.rsplit("/", 1)[-1]):
        SentenceIndex.load(tmp_path / "all")


def test_no_text_at_all_is_saved_loaded_and_like_nothing(tmp_path: Path) -> None:
    short_texts([]).save(tmp_path / "none")
    sought = sought_of("qui apporte les repas ?")
    for none in (short_texts([]), ShortTexts.load(tmp_path / "none")):
        assert (none.by_words(sought.terms).shape, none.by_meaning(sought.vector).shape) == ((0,), (0,))


def test_passages_that_nothing_is_asked_of_have_no_like_question() -> None:
    built = SentenceIndex.build((passage_of(CARE),), {}, EMBEDDER, silent)
    assert built.asked_of(built.likeness(sought_of("santé")), 1).tolist() == [0]


@settings(max_examples=40, deadline=None)
@given(st.lists(SAID.map(" ".join), max_size=5), SAID.map(" ".join))
def test_likeness_is_a_cosine_whatever_is_said(texts: list[str], asked: str) -> None:
    sought, held = sought_of(asked), short_texts(texts)
    words, meaning = held.by_words(sought.terms), held.by_meaning(sought.vector)
    assert words.shape == meaning.shape == (len(texts),)
    assert ((words >= 0) & (words <= 1 + 1e-5)).all()
    assert (np.abs(meaning) <= 1 + 1e-5).all()
    assert [bool(w) for w in words] == [not set(tokens(t)).isdisjoint(tokens(asked)) for t in texts]


@settings(max_examples=25, deadline=None)
@given(SAID.map(" ".join), st.floats(0.1, 50))
def test_the_weight_of_all_words_changes_no_likeness(asked: str, weight: float) -> None:
    held, terms = short_texts(["repas FLORA", "santé et logement"]), dict.fromkeys(tokens(asked), 1.0)
    assert np.allclose(held.by_words(terms), held.by_words(dict.fromkeys(terms, weight)), atol=1e-5)


def test_the_answers_of_the_report_s_index_are_sentences_of_their_own_passage(index: Index) -> None:
    first = index.sentences.first
    assert len(first) == len(index.passages) + 1
    assert [b - a for a, b in pairwise(first)] == [len(quotable(p)) for p in index.passages]
    spans = [range(first[a.passage], first[a.passage + 1]) for a in index.sentences.asked]
    placed = zip(index.sentences.asked, spans, strict=True)
    assert [a.text for a, own in placed if not set(a.answers) <= set(own)] == []


def test_almost_all_questions_of_the_report_s_index_have_an_answer(index: Index) -> None:
    asked = index.sentences.asked
    assert len(asked) > 5000
    assert sum(bool(a.answers) for a in asked) >= 0.95 * len(asked)
    assert {a.passage for a in asked if a.answers} == set(range(len(index.passages)))


def test_every_quotable_sentence_has_a_row(index: Index) -> None:
    total = sum(len(quotable(p)) for p in index.passages)
    assert total == len(index.sentences.sentences.vectors) == index.sentences.sentences.words.shape[0]
    assert all(u.end - u.start >= LEAST_QUOTE for p in index.passages for u in quotable(p))


def test_a_query_s_own_words_weigh_more_than_those_said_before(index: Index) -> None:
    sought = index.retriever.sought(Query("logement", context="budget"))
    assert sought.terms["log"] > sought.terms["budget"] > 0
