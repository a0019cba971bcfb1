"""One retriever over words and meaning, for this project (`find`) and for any LangChain chain (`invoke`)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, Field

from vectorstore.dense import DenseIndex
from vectorstore.fusion import SIGNALS, Weights, fitted_weights, signals, weigh
from vectorstore.hits import Hit, Query, Sought
from vectorstore.lexical import FIELDS, LexicalIndex
from vectorstore.sentences import SentenceIndex
from vectorstore.tokens import tokens


class HybridRetriever(BaseRetriever):
    """BM25 by field and nearest vectors, with what the structure of the report says, weighed into one ranking.

    `passages` are in the order of the lexical index; `k` passages are given to LangChain, best first.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: tuple[Any, ...]
    lexical: LexicalIndex
    dense: DenseIndex
    sentences: SentenceIndex
    weights: Weights = Field(default_factory=fitted_weights)
    k: int = 20

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each passage, by id, stands in `passages`."""
        return {p.id: i for i, p in enumerate(self.passages)}

    @cached_property
    def beside(self) -> NDArray[np.float32]:
        """For each passage but the last, 1 where the next one stands in the same field or section, else 0."""
        return np.array([a.group == b.group for a, b in pairwise(self.passages)], dtype=np.float32)

    def find(self, query: Query, k: int, sought: Sought | None = None) -> list[Hit]:
        """The `k` best hits (fewer where fewer match); none for a query without words of its own.

        `sought` is the query as it is searched, where it is known already.
        """
        if not tokens(f"{query.text} {query.names}") or k < 1:
            return []
        matrix = self.signals(query, sought)
        words, meaning = matrix[:, : len(FIELDS)], matrix[:, SIGNALS.index("vector")]
        scores = weigh(matrix, self.weights)
        by_words = _ranks(weigh(np.where(np.arange(len(SIGNALS)) < len(FIELDS), matrix, 0), self.weights))
        by_meaning = _ranks(meaning)
        matching = np.flatnonzero((words.max(axis=1, initial=0) > 0) | (meaning > 0))
        best = matching[np.argsort(-scores[matching], kind="stable")][:k]
        return [Hit(self.passages[i], float(scores[i]), by_words.get(i), by_meaning.get(i)) for i in map(int, best)]

    def sought(self, query: Query) -> Sought:
        """A query as it is searched: each of its parts with its weight."""
        parts = (
            (query.text, 1.0),
            (query.names, self.weights.names),
            (query.context, self.weights.context),
            (query.gloss, self.weights.gloss),
            (query.translation, self.weights.translation),
        )
        terms: defaultdict[str, float] = defaultdict(float)
        for text, weight in parts:
            for term in tokens(text):
                terms[term] += weight
        sought = Sought(terms, self.dense.vector([(text, weight) for text, weight in parts if text and weight]))
        return replace(sought, likeness=self.sentences.likeness(sought))

    def signals(self, query: Query, sought: Sought | None = None) -> NDArray[np.float32]:
        """What each passage has in its favour, shape (passages, signals)."""
        sought = sought or self.sought(query)
        cosines = self.dense.cosines(sought.vector, self.positions)
        asked = self.sentences.asked_of(sought.likeness, len(self.passages))
        return signals(self.passages, self.lexical.scores(sought.terms), self.beside, cosines, asked, query)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [
            Document(
                page_content=hit.passage.text,
                id=hit.passage.id,
                metadata={
                    "document": hit.passage.document,
                    "path": list(hit.passage.path),
                    "fiche": hit.passage.fiche,
                    "page": hit.passage.page,
                    "score": hit.score,
                },
            )
            for hit in self.find(Query(query), self.k)
        ]


def _ranks(scores: NDArray[np.float32]) -> dict[int, int]:
    """The 1-based rank of each position that has a score."""
    order = np.argsort(-scores, kind="stable")
    return {int(i): rank for rank, i in enumerate(order, 1) if scores[i] > 0}
