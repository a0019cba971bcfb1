"""What every searcher promises: best first, nothing invented, the same again after a reload."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from langchain_core.runnables import RunnableLambda

from ingest.settings import Settings
from vectorstore.embeddings import SubwordEmbeddings
from vectorstore.fusion import Weights, fuse
from vectorstore.hits import Query
from vectorstore.index import Index, open_index
from vectorstore.lexical import LexicalIndex, place_of
from vectorstore.tokens import tokens, words

QUESTIONS = (
    "Comment FLORA aide-t-il les femmes victimes de violences ?",
    "pair-aidance en communauté thérapeutique",
    "conferences familiales gironde",
    "0,99 euro par habitant",
    "ne pas juger",
)


def ids(index: Index, question: str, k: int = 20) -> list[str]:
    return [hit.passage.id for hit in index.retriever.find(Query(question), k)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_come_best_first_and_once_each(index: Index, question: str) -> None:
    hits = index.retriever.find(Query(question), 50)
    scores = [hit.score for hit in hits]
    assert len(hits) == 50
    assert scores == sorted(scores, reverse=True)
    assert len({hit.passage.id for hit in hits}) == 50


def test_the_passage_that_holds_the_words_of_the_question_comes_first(index: Index) -> None:
    assert "0,99" in index.by_id[ids(index, "0,99 par habitant pour disposer du dispositif")[0]].text


@pytest.mark.parametrize("k", [1, 7, 20])
def test_no_more_hits_come_than_were_asked_for(index: Index, k: int) -> None:
    assert ids(index, "logement", k) == ids(index, "logement", 50)[:k]


def test_asking_for_more_than_there_is_gives_what_there_is(index: Index) -> None:
    found = ids(index, "accompagnement social", 100_000)
    assert set(found) == {p.id for p in index.passages}
    assert len(index.retriever.dense.nearest("accompagnement", 100_000)) == len(index.passages)


@pytest.mark.parametrize("k", [0, -3])
def test_asking_for_nothing_gives_nothing(index: Index, k: int) -> None:
    assert ids(index, "logement", k) == []


@pytest.mark.parametrize("question", ["", "  \n", "?!…", "de la", "qu'est-ce que c'est"])
def test_a_question_without_words_of_its_own_finds_nothing(index: Index, question: str) -> None:
    assert ids(index, question) == []


def test_words_that_the_report_never_uses_find_nothing_by_words(index: Index) -> None:
    question = "kayak blockchain wyoming"
    assert not index.retriever.lexical.scores(question).any()
    assert {hit.lexical_rank for hit in index.retriever.find(Query(question), 20)} == {None}


def test_an_unknown_word_changes_nothing_for_the_words_beside_it(index: Index) -> None:
    scores = index.retriever.lexical.scores
    assert np.array_equal(scores("logement blockchain"), scores("logement"))


def test_the_words_of_a_heading_find_the_passages_under_it(index: Index) -> None:
    by_heading_alone = [
        (position, word)
        for position, passage in enumerate(index.passages)
        for word in sorted(set(tokens(place_of(passage))) - set(tokens(passage.text)))[:1]
    ]
    assert len(by_heading_alone) > 50
    scores = index.retriever.lexical.scores
    for position, word in by_heading_alone[::10]:
        heading = next(w for w in words(place_of(index.passages[position])) if word in tokens(w))
        assert scores(heading)[position] > 0


def test_a_named_fiche_comes_before_the_others(index: Index) -> None:
    named = index.retriever.find(Query("qui finance la pratique", fiches=frozenset({"5f"})), 20)
    unnamed = index.retriever.find(Query("qui finance la pratique"), 20)
    assert sum(h.passage.fiche == "5f" for h in named) > sum(h.passage.fiche == "5f" for h in unnamed)


def test_the_words_weigh_more_than_the_vectors(index: Index) -> None:
    first, second = (hit.passage for hit in fuse(index.passages[:2], [0], [1], Query("x"), Weights()))
    assert (first, second) == index.passages[:2]


def test_a_passage_found_by_both_sides_beats_one_found_by_one(index: Index) -> None:
    hits = fuse(index.passages[:3], [0, 1], [2, 1], Query("x"), Weights(lexical=1, dense=1))
    assert hits[0].passage == index.passages[1]
    assert (hits[0].lexical_rank, hits[0].dense_rank) == (2, 2)


def test_the_langchain_retriever_gives_what_find_gives(index: Index) -> None:
    for question in QUESTIONS:
        documents = index.retriever.invoke(question)
        assert [d.id for d in documents] == ids(index, question, index.retriever.k)
        assert [d.page_content for d in documents] == [index.by_id[str(d.id)].text for d in documents]


def test_the_retriever_is_a_step_of_a_langchain_chain(index: Index) -> None:
    chain = index.retriever | RunnableLambda(lambda documents: [d.metadata["fiche"] for d in documents])
    assert chain.invoke("FLORA violences conjugales")[0] == "4a"


def test_words_saved_and_loaded_give_the_same_scores(index: Index, tmp_path: Path) -> None:
    built = LexicalIndex.build(index.passages)
    built.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    for question in QUESTIONS:
        assert built.scores(question).any()
        assert np.array_equal(built.scores(question), loaded.scores(question))


def test_an_index_opened_again_gives_the_same_hits(index: Index, settings: Settings) -> None:
    again = open_index(settings)
    try:
        for question in QUESTIONS:
            assert again.retriever.find(Query(question), 30) == index.retriever.find(Query(question), 30)
    finally:
        again.close()


def test_the_nearest_vectors_are_those_of_the_largest_cosine(index: Index) -> None:
    embedder = SubwordEmbeddings()
    vectors = np.array([embedder.embed_query(f"{place_of(p)}\n{p.text}") for p in index.passages])
    position = {p.id: i for i, p in enumerate(index.passages)}
    for question in QUESTIONS:
        cosines = vectors @ np.array(embedder.embed_query(question))
        found = [cosines[position[i]] for i in index.retriever.dense.nearest(question, 20)]
        assert np.allclose(found, np.sort(cosines)[::-1][:20], atol=1e-5)


def test_a_passage_is_the_nearest_to_its_own_text(index: Index) -> None:
    sample = index.passages[::25]
    nearest = [index.retriever.dense.nearest(f"{place_of(p)}\n{p.text}", 1) for p in sample]
    assert nearest == [[p.id] for p in sample]
