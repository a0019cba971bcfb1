"""The embeddings seam: text to vectors, through LangChain's `Embeddings` interface."""

from __future__ import annotations

import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain.embeddings import Embeddings

from ingest.errors import EmbeddingError
from vectorstore.tokens import TOKENIZER, tokens

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SubwordEmbeddings(Embeddings):
    """Hashed character n-grams of stems: no model, nothing learned, strong where words are misspelt.

    Feature hashing (Weinberger et al., 2009) of the 3- to 5-grams of each stem, with signs; each stem counts
    with the square root of its occurrences. Vectors have 1,024 dimensions and length 1 (or 0 for no words).
    """

    dimensions = 1024
    name = f"subwords-1024 1, {TOKENIZER}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""
        counts: dict[str, int] = {}
        for term in tokens(text):
            counts[term] = counts.get(term, 0) + 1
        vector = np.zeros(self.dimensions)
        for term, count in counts.items():
            grams = _grams(term)
            for gram in grams:
                code = zlib.crc32(gram.encode())
                sign = 1.0 if code & 1 else -1.0
                vector[(code >> 1) % self.dimensions] += sign * (count**0.5) / len(grams) ** 0.5
        length = float(np.linalg.norm(vector))
        return (vector / length if length else vector).tolist()  # type: ignore[no-any-return]


def _grams(term: str) -> list[str]:
    framed = f"<{term}>"
    return [framed[i : i + n] for n in (3, 4, 5) for i in range(len(framed) - n + 1)] or [framed]


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model, by hub name or folder; loaded when the first text comes.

    Models of the E5 family get the prefixes that they were trained with.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        e5 = "e5" in Path(model).name.lower()
        self.query_prefix, self.passage_prefix = ("query: ", "passage: ") if e5 else ("", "")

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return f"sentence-transformers {self.model}"

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer  # brings torch: seconds

        try:
            return SentenceTransformer(self.model)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EmbeddingError(
                f"Le modèle de plongement « {self.model} » ne se charge pas. Vérifiez PRATIQUES_EMBEDDINGS "
                "(nom ou dossier d'un modèle sentence-transformers), ou retirez ce réglage."
            ) from error

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        return self._encode([self.passage_prefix + text for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """Embed a question."""
        return self._encode([self.query_prefix + text])[0]

    def _encode(self, texts: list[str]) -> list[list[float]]:
        vectors = self._loaded.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors).tolist()  # type: ignore[no-any-return]


Embedder = SubwordEmbeddings | SentenceTransformerEmbeddings
"""An embedding whose `name` says what vectors it makes: two names never share an index."""


def choose_embeddings(model: str | None) -> Embedder:
    """The embedding that the settings name; without a name, the one that needs no model."""
    return SentenceTransformerEmbeddings(model) if model else SubwordEmbeddings()
