"""What every searcher promises: best first, nothing invented, the same again after a reload."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from langchain_core.runnables import RunnableLambda

from assistant.answer import Question
from assistant.chain import Assistant
from ingest.questions import bundled_questions, load_entries, place_entries
from ingest.settings import Settings
from vectorstore.embeddings import FrenchEmbeddings
from vectorstore.fusion import SIGNALS, Weights, dump_weights, fitted_weights, signals, weigh
from vectorstore.hits import Query
from vectorstore.index import Index, open_index
from vectorstore.lexical import FIELDS, LexicalIndex, place_of
from vectorstore.retriever import HybridRetriever
from vectorstore.tokens import tokens, words

QUESTIONS = (
    "Comment FLORA aide-t-il les femmes victimes de violences ?",
    "pair-aidance en communauté thérapeutique",
    "conferences familiales gironde",
    "0,99 euro par habitant",
    "ne pas juger",
)


def equal(text: str) -> dict[str, float]:
    """The stems of a text, all of the same weight."""
    return dict.fromkeys(tokens(text), 1.0)


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
    assert 200 < len(found) == len(set(found)) <= len(index.passages)
    assert len(index.retriever.dense.nearest("accompagnement", 100_000)) == len(index.passages)


@pytest.mark.parametrize("k", [0, -3])
def test_asking_for_nothing_gives_nothing(index: Index, k: int) -> None:
    assert ids(index, "logement", k) == []


@pytest.mark.parametrize("question", ["", "  \n", "?!…", "de la", "qu'est-ce que c'est"])
def test_a_question_without_words_of_its_own_finds_nothing(index: Index, question: str) -> None:
    assert ids(index, question) == []


def test_words_that_the_report_never_uses_find_nothing_by_words(index: Index) -> None:
    question = "kayak blockchain wyoming"
    assert not index.retriever.lexical.scores(equal(question)).any()
    assert {hit.lexical_rank for hit in index.retriever.find(Query(question), 20)} == {None}


def test_an_unknown_word_changes_nothing_for_the_words_beside_it(index: Index) -> None:
    scores = index.retriever.lexical.scores
    assert np.array_equal(scores(equal("logement blockchain")), scores(equal("logement")))


def test_a_word_that_weighs_twice_as_much_adds_twice_as_much(index: Index) -> None:
    scores = index.retriever.lexical.scores
    assert np.allclose(scores({"log": 2.0}), 2 * scores({"log": 1.0}))
    assert np.allclose(scores({"log": 1.0, "financ": 0.5}), scores({"log": 1.0}) + 0.5 * scores({"financ": 1.0}))


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
        assert scores(equal(heading))[position, FIELDS.index("place")] > 0


def test_people_s_own_words_find_the_passage_that_never_says_them(index: Index) -> None:
    asked = load_entries(bundled_questions())
    places = place_entries(asked, index.reports[0]).by_passage
    for passage in index.passages[::40]:
        question = places[passage.id].questions[0]
        assert passage.id in ids(index, question, 5), question


def test_a_named_fiche_comes_before_the_others(index: Index) -> None:
    def places(query: Query) -> dict[str, int]:
        return {hit.passage.id: place for place, hit in enumerate(index.retriever.find(query, 1000))}

    for fiche in ("1b", "4c", "5f"):
        unnamed = places(Query("qui finance la pratique"))
        named = places(Query("qui finance la pratique", fiches=frozenset({fiche})))
        own = [p.id for p in index.passages if p.fiche == fiche and p.id in unnamed and p.field != "carte"]
        assert sum(named[i] < unnamed[i] for i in own) > 0.9 * len(own)


@pytest.mark.parametrize("fiche", ["1b", "4c", "5f"])
def test_a_question_on_a_fiche_by_its_number_is_answered_from_that_fiche(assistant: Assistant, fiche: str) -> None:
    for asked in ("Qui finance la pratique de la fiche {} ?", "fiche {} : quels effets ?", "Quels freins, fiche {} ?"):
        found = [h.passage.fiche for h in assistant.search(Question(asked.format(fiche)), 3)]
        assert found == [fiche] * 3


def of(index: Index, query: Query) -> dict[str, np.ndarray]:
    """The signals of a query, by name."""
    return dict(zip(SIGNALS, index.retriever.signals(query).T, strict=True))


def test_every_signal_is_a_share_from_0_to_1(index: Index) -> None:
    for question in QUESTIONS:
        matrix = index.retriever.signals(Query(question, fiches=frozenset({"4a"}), fields=frozenset({"financements"})))
        assert matrix.shape == (len(index.passages), len(SIGNALS))
        assert 0 <= matrix.min() <= matrix.max() <= 1


def test_a_question_that_names_no_place_has_no_signal_of_place(index: Index) -> None:
    named = of(index, Query("qui finance la pratique"))
    assert not any(named[name].any() for name in ("fiche", "field", "fiche_field", "section"))


def test_the_places_that_a_question_names_are_signals(index: Index) -> None:
    query = Query(
        "qui paie", fiches=frozenset({"5f"}), fields=frozenset({"financements"}), sections=frozenset({"demarche"})
    )
    named = of(index, query)
    for position, passage in enumerate(index.passages):
        here, asked = passage.fiche == "5f", passage.field == "financements"
        assert (named["fiche"][position], named["fiche_field"][position]) == (here, here and asked)
        assert named["section"][position] == (passage.group == "demarche")


def test_the_card_of_a_fiche_counts_less_where_no_value_of_it_is_asked(index: Index) -> None:
    cards = [p.field == "carte" for p in index.passages]
    assert (of(index, Query("quels effets"))["unasked_card"] == cards).all()
    assert not of(index, Query("en quelle année", fields=frozenset({"carte"})))["unasked_card"].any()


def test_the_passages_beside_those_that_hold_the_words_gain(index: Index) -> None:
    lexical = np.zeros((3, len(FIELDS)), dtype=np.float32)
    lexical[0, FIELDS.index("text")] = 4
    nothing = np.zeros(3, np.float32)
    matrix = signals(index.passages[:3], lexical, np.array([1, 0], np.float32), nothing, nothing, Query("x"))
    assert matrix[:, SIGNALS.index("neighbour")].tolist() == [0, 1, 0]


def test_the_likest_index_question_of_a_passage_is_a_signal_beside_the_best(index: Index) -> None:
    lexical, none = np.zeros((3, len(FIELDS)), dtype=np.float32), np.zeros(3, np.float32)
    likest = np.array([0.5, 1.25, -0.2], np.float32)
    matrix = signals(index.passages[:3], lexical, np.zeros(2, np.float32), none, likest, Query("x"))
    assert matrix[:, SIGNALS.index("asked")].tolist() == pytest.approx([0.4, 1, 0])


def test_the_passage_whose_index_question_is_asked_is_the_one_asked_of(index: Index) -> None:
    for asked in index.sentences.asked[::700]:
        assert of(index, Query(asked.text))["asked"].argmax() == asked.passage, asked.text


def test_a_score_is_the_weighted_sum_of_the_signals() -> None:
    matrix = np.zeros((2, len(SIGNALS)), dtype=np.float32)
    matrix[0, SIGNALS.index("text")], matrix[0, SIGNALS.index("vector")] = 1, 0.5
    assert weigh(matrix, Weights(text=2, vector=3, fiche=7)).tolist() == [3.5, 0]


def test_the_parts_of_a_query_count_by_their_weights(index: Index) -> None:
    heavy, light = (
        HybridRetriever(
            passages=index.passages, lexical=index.retriever.lexical, dense=index.retriever.dense,
            sentences=index.sentences,
            weights=replace(fitted_weights(), context=weight),
        )
        for weight in (3.0, 0.0)
    )  # fmt: skip
    leaning = Query("qui finance", context="dispositif FLORA femmes victimes de violences")
    assert heavy.find(leaning, 1)[0].passage.fiche == "4a"
    alone = [h.passage.id for h in light.find(Query("qui finance"), 20)]
    assert [h.passage.id for h in light.find(leaning, 20)] == alone


def test_the_weights_that_ship_are_what_their_file_says() -> None:
    path = resources.files("vectorstore").joinpath("weights.json")
    assert json.loads(dump_weights(fitted_weights())) == json.loads(path.read_text("utf-8"))


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
        assert built.scores(equal(question)).any()
        assert np.array_equal(built.scores(equal(question)), loaded.scores(equal(question)))


def test_an_index_opened_again_gives_the_same_hits(index: Index, settings: Settings) -> None:
    again = open_index(settings)
    try:
        for question in QUESTIONS:
            assert again.retriever.find(Query(question), 30) == index.retriever.find(Query(question), 30)
    finally:
        again.close()


def test_the_nearest_vectors_are_those_of_the_largest_cosine(index: Index) -> None:
    embedder = FrenchEmbeddings()
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
