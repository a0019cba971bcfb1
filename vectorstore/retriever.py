"""One retriever over words and vectors, for this project (`find`) and for any LangChain chain (`invoke`)."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from vectorstore.dense import DenseIndex
from vectorstore.fusion import Weights, fuse
from vectorstore.hits import Hit, Query
from vectorstore.lexical import LexicalIndex
from vectorstore.tokens import tokens


class HybridRetriever(BaseRetriever):
    """BM25 and nearest vectors, fused by rank.

    `passages` are in the order of the lexical index; `k` passages are given to LangChain, best first.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    passages: tuple[Any, ...]
    lexical: LexicalIndex
    dense: DenseIndex
    weights: Weights = Weights()
    k: int = 20

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each passage, by id, stands in `passages`."""
        return {p.id: i for i, p in enumerate(self.passages)}

    @cached_property
    def beside(self) -> NDArray[np.float32]:
        """For each passage but the last, 1 where the next one stands in the same field or section, else 0."""
        return np.array([a.group == b.group for a, b in pairwise(self.passages)], dtype=np.float32)

    def find(self, query: Query, k: int) -> list[Hit]:
        """The `k` best hits (fewer where fewer match); none for a query without words of its own."""
        if not tokens(query.text) or k < 1:
            return []
        scores = self._spread(self.lexical.scores(query.text))
        by_words = [int(i) for i in np.argsort(-scores, kind="stable") if scores[i] > 0]
        depth = min(len(self.passages), max(200, 2 * k))
        by_vectors = [self.positions[i] for i in self.dense.nearest(query.text, depth)]
        return fuse(self.passages, by_words, by_vectors, query, self.weights)[:k]

    def _spread(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Let each passage share its score with its neighbours in the same field or section."""
        spread = scores.copy()
        spread[1:] += self.weights.neighbour * scores[:-1] * self.beside
        spread[:-1] += self.weights.neighbour * scores[1:] * self.beside
        return spread

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
