"""Many short texts, each compared with a question exactly: by its words and by its meaning.

Sentences and index questions are thousands, too short for BM25 to tell long from short, and the composer needs the
likeness of every one of them: one product of matrices gives it, where a nearest-neighbour search gives the first few.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, load_npz, save_npz

from vectorstore.embeddings import Embedder
from vectorstore.tokens import tokens

_BATCH = 512


@dataclass(frozen=True)
class ShortTexts:
    """Vectors of length 1, shape (texts, dimensions), and tf-idf rows of length 1, shape (texts, stems)."""

    vectors: NDArray[np.float32]
    words: csr_array
    rarity: dict[str, float]
    """The idf of each stem, in the order of the columns of `words`."""

    @cached_property
    def _column(self) -> dict[str, int]:
        return {stem: at for at, stem in enumerate(self.rarity)}

    @classmethod
    def build(cls, texts: Sequence[str], embedder: Embedder, progress: Callable[[int, int], None]) -> ShortTexts:
        """Embed and weigh the texts; their order is the order of the rows."""
        stems = [Counter(tokens(text)) for text in texts]
        held = Counter(stem for counts in stems for stem in counts)
        rarity = {stem: float(np.log(1 + len(texts) / n)) for stem, n in held.items()}
        column = {stem: at for at, stem in enumerate(rarity)}
        rows = [(row, column[s], rarity[s]) for row, counts in enumerate(stems) for s in counts]
        row_of, column_of, values = (np.array(part) for part in zip(*rows, strict=True)) if rows else ((), (), ())
        words = csr_array((values, (row_of, column_of)), shape=(len(texts), len(rarity)), dtype=np.float32)
        lengths = np.sqrt(words.multiply(words).sum(axis=1))
        words = csr_array(words.multiply(1 / np.where(lengths > 0, lengths, 1)[:, None]))
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            vectors += embedder.embed_documents(list(texts[start : start + _BATCH]))
            progress(len(vectors), len(texts))
        dimensions = len(vectors[0]) if vectors else 1
        return cls(np.array(vectors, dtype=np.float32).reshape(len(texts), dimensions), words, rarity)

    @classmethod
    def load(cls, folder: Path) -> ShortTexts:
        """Load what `save` wrote.

        Raises:
            OSError, ValueError: a file is missing or not readable.
        """
        vectors = np.load(folder / "vectors.npy", allow_pickle=False).astype(np.float32)
        rarity = json.loads((folder / "rarity.json").read_text("utf-8"))
        return cls(vectors, csr_array(load_npz(folder / "words.npz")), rarity)

    def save(self, folder: Path) -> None:
        """Write arrays and JSON, no pickle; half precision moves no cosine by more than a thousandth."""
        folder.mkdir(parents=True)
        np.save(folder / "vectors.npy", self.vectors.astype(np.float16), allow_pickle=False)
        save_npz(folder / "words.npz", self.words, compressed=False)
        (folder / "rarity.json").write_text(json.dumps(self.rarity, ensure_ascii=False), "utf-8")

    def by_meaning(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The cosine (−1 to 1) of each text with a vector, shape (texts,)."""
        length = float(np.linalg.norm(vector))
        if not length or not len(self.vectors):
            return np.zeros(len(self.vectors), dtype=np.float32)
        cosines: NDArray[np.float32] = self.vectors @ (vector / length).astype(np.float32)
        return cosines

    def nearness(self, at: int, vector: NDArray[np.float32]) -> float:
        """The cosine (−1 to 1) of one text, by its position, with a vector."""
        length = float(np.linalg.norm(vector))
        return float(self.vectors[at] @ vector) / length if length else 0.0

    def by_words(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """The cosine (0 to 1) of each text's tf-idf with that of weighted stems, shape (texts,).

        Stems that no text holds count as the rarest of all, so that a question about something else is like none.
        """
        rarest = max(self.rarity.values(), default=1.0)
        sought = np.zeros(len(self.rarity), dtype=np.float32)
        norm = 0.0
        for stem, weight in terms.items():
            value = weight * self.rarity.get(stem, rarest)
            norm += value * value
            if (at := self._column.get(stem)) is not None:
                sought[at] = value
        cosines: NDArray[np.float32] = self.words @ sought / (np.sqrt(norm) or 1.0)
        return cosines
