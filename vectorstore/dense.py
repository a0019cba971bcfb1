"""The passages' vectors in a Chroma collection, through LangChain's integration."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import chromadb
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma

from ingest.errors import IndexDamaged, StorageError
from ingest.records import Passage
from vectorstore.embeddings import Embedder
from vectorstore.lexical import place_of

_COLLECTION = "passages"
_BATCH = 64
# A few hundred vectors: a search wide enough to be exact costs nothing.
_HNSW = {"hnsw": {"space": "cosine", "ef_search": 1000}}


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
        self._store = Chroma(
            collection_name=_COLLECTION,
            client=self._client,
            embedding_function=embedder,
            collection_configuration=_HNSW,  # type: ignore[arg-type]
        )

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
            self._store.add_texts([text_of(p) for p in batch], ids=[p.id for p in batch])
            progress(min(start + _BATCH, len(passages)), len(passages))

    def nearest(self, text: str, k: int) -> list[str]:
        """The ids of the `k` nearest passages, best first.

        Raises:
            IndexDamaged: Chroma cannot answer.
        """
        with _answering():
            found = self._store.similarity_search(text, k=k)
        return [document.id for document in found if document.id]

    def count(self) -> int:
        """How many passages are stored.

        Raises:
            IndexDamaged: Chroma cannot answer.
        """
        with _answering():
            return int(self._client.get_collection(_COLLECTION).count())

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
