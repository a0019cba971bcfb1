"""The passages' vectors in a Chroma collection."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from numpy.typing import NDArray

from ingest.errors import IndexDamaged, StorageError
from ingest.records import Passage
from vectorstore.embeddings import Embedder
from vectorstore.lexical import place_of

_COLLECTION = "passages"
_BATCH = 64
_WIDTH = 1000
"""How wide Chroma searches: at a few hundred passages, among all of them, and the search is exact."""
_NEAREST = 150
"""Passages that count as near at all; those behind them have no part in an answer."""


def text_of(passage: Passage) -> str:
    """What the vector of a passage stands for: its headings and its text."""
    return f"{place_of(passage)}\n{passage.text}"


class DenseIndex:
    """Nearest passages by cosine."""

    _discard: Callable[[], object] | None = None

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._client = chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False, allow_reset=False)
        )
        self._collection = self._client.get_or_create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": _WIDTH}}
        )
        self._embedder = embedder

    @classmethod
    def open(cls, folder: Path, embedder: Embedder) -> DenseIndex:
        """Open a saved collection, on a copy of its own.

        Chroma writes to every collection that it opens. A saved one stays as it was built, may lie on a disk that
        is read-only, and any number of processes may read it.

        Raises:
            IndexDamaged: Chroma cannot open it.
            StorageError: the folder of temporary files cannot be written.
        """
        with ExitStack() as undo:
            try:
                copy = Path(tempfile.mkdtemp(prefix="pratiques-"))
                undo.callback(shutil.rmtree, copy, ignore_errors=True)
                shutil.copytree(folder, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
            except OSError as error:
                raise StorageError(
                    "La base de vecteurs n'a pas pu être copiée dans le dossier des fichiers temporaires. Libérez-y de "
                    "la place, ou choisissez un autre dossier avec TMPDIR."
                ) from error
            with _answering():
                dense = cls(copy, embedder)
            dense._discard = weakref.finalize(dense, undo.pop_all().close)
        return dense

    def add(self, passages: Sequence[Passage], progress: Callable[[int, int], None]) -> None:
        """Embed passages and store them under their ids."""
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            vectors = self._embedder.embed_documents([text_of(p) for p in batch])
            self._collection.add(ids=[p.id for p in batch], embeddings=vectors)  # type: ignore[arg-type]
            progress(min(start + _BATCH, len(passages)), len(passages))

    def cosines(self, vector: NDArray[np.float32], positions: Mapping[str, int]) -> NDArray[np.float32]:
        """How near in meaning each passage is (−1 to 1), shape (positions,): 0 where Chroma does not give it.

        `positions` says where each passage, by id, stands in the result.

        Raises:
            IndexDamaged: Chroma cannot answer.
        """
        cosines = np.zeros(len(positions), dtype=np.float32)
        if np.any(vector):
            for passage_id, cosine in self._search(vector.tolist(), _NEAREST):
                cosines[positions[passage_id]] = cosine
        return cosines

    def vector(self, parts: Sequence[tuple[str, float]]) -> NDArray[np.float32]:
        """The weighted sum of the vectors of some texts, shape (dimensions,); no text gives a single 0."""
        vectors = [weight * np.array(self._embedder.embed_query(text), dtype=np.float32) for text, weight in parts]
        return np.sum(vectors, axis=0, dtype=np.float32) if vectors else np.zeros(1, dtype=np.float32)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of several texts at once, shape (texts, dimensions)."""
        return np.array(self._embedder.embed_documents(list(texts)), dtype=np.float32)

    def nearest(self, text: str, k: int) -> list[str]:
        """The ids of the `k` nearest passages, best first.

        Raises:
            IndexDamaged: Chroma cannot answer.
        """
        return [passage_id for passage_id, _ in self._search(self._embedder.embed_query(text), k)]

    def _search(self, vector: list[float], k: int) -> list[tuple[str, float]]:
        with _answering():
            found = self._collection.query(
                query_embeddings=np.array([vector], dtype=np.float32), n_results=k, include=["distances"]
            )
        distances = found["distances"] or [[]]
        return [(i, 1 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def count(self) -> int:
        """How many passages are stored.

        Raises:
            IndexDamaged: Chroma cannot answer.
        """
        with _answering():
            return int(self._collection.count())

    def close(self) -> None:
        """Let go of the files, and remove the copy that was searched."""
        close: Callable[[], None] = self._client.close  # type: ignore[attr-defined]  # typed as the bare API
        close()
        if self._discard is not None:
            self._discard()


@contextmanager
def _answering() -> Iterator[None]:
    """Translate the errors of a collection that is only read."""
    try:
        yield
    except Exception as error:  # Chroma's own errors share no base class
        if type(error).__module__.startswith("chromadb"):
            raise IndexDamaged(
                "La base de vecteurs ne répond plus. Lancez « pratiques ingest » pour reconstruire l'index."
            ) from error
        raise
