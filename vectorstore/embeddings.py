"""The embeddings seam: text to vectors, through LangChain's `Embeddings` interface."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain.embeddings import Embeddings

from ingest.errors import EmbeddingError

if TYPE_CHECKING:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer


MODEL = Path(__file__).parent / "model"
"""Where the embedding that ships with the project lies."""


class FrenchEmbeddings(Embeddings):
    """The static embedding trained for this project (`vectorstore/train.py`): no network, no torch.

    A text is the mean of the vectors of its word pieces, 256 dimensions, length 1 (0 for a text without pieces).
    """

    def __init__(self, folder: Path = MODEL) -> None:
        self.folder = folder

    @cached_property
    def name(self) -> str:
        """The model, by the hash of its weights: vectors of two trainings are never mixed."""
        return f"pratiques-fr {hashlib.sha256((self.folder / 'model.safetensors').read_bytes()).hexdigest()[:12]}"

    @cached_property
    def _loaded(self) -> StaticModel:
        from model2vec import StaticModel  # half a second

        return StaticModel.from_pretrained(self.folder)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages."""
        return self._loaded.encode(texts).astype(float).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """Embed one text."""
        return self.embed_documents([text])[0]


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


Embedder = FrenchEmbeddings | SentenceTransformerEmbeddings
"""An embedding whose `name` says what vectors it makes: two names never share an index."""


def choose_embeddings(model: str | None) -> Embedder:
    """The embedding that the settings name; without a name, the one that ships with the project."""
    return SentenceTransformerEmbeddings(model) if model else FrenchEmbeddings()
