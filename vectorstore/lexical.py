"""BM25 over the fields of the passages, with the project's one tokenizer (bm25s)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.questions import IndexEntry
from ingest.records import Fiche, Passage
from vectorstore.tokens import tokens

FIELDS = ("text", "place", "card", "questions", "words")
"""The passage itself; the headings that it stands under; the card of its fiche; the questions that people ask of it;
the everyday words for its ideas."""

K1, B_LONG, B_SHORT = 0.9, 0.5, 0.3
LEXICAL = f"bm25 lucene {' '.join(FIELDS)} k1={K1} b={B_LONG}/{B_SHORT}"


def place_of(passage: Passage) -> str:
    """The headings of a passage as one text."""
    return " ".join(passage.path)


def card_of(fiche: Fiche | None) -> str:
    """The title and the card of a fiche as one text; empty outside the fiches."""
    if fiche is None:
        return ""
    return " ".join(filter(None, (fiche.title, fiche.territoire, fiche.annee, fiche.initiateurs, fiche.publics)))


class LexicalIndex:
    """Scores every passage for weighted words; one BM25 model for each field."""

    def __init__(self, models: dict[str, bm25s.BM25]) -> None:
        self._models = models

    @classmethod
    def build(
        cls, passages: Sequence[Passage], fiches: Sequence[Fiche] = (), asked: Mapping[str, IndexEntry] | None = None
    ) -> LexicalIndex:
        """Index passages; their order is the order of the scores. `asked` is the question index, by passage id."""
        entries = [(asked or {}).get(p.id) for p in passages]
        known = {(f.document, f.id): f for f in fiches}
        texts = {
            "text": [p.text for p in passages],
            "place": [place_of(p) for p in passages],
            "card": [card_of(known.get((p.document, p.fiche or ""))) for p in passages],
            "questions": [" ".join(e.questions) if e else "" for e in entries],
            "words": [" ".join(e.words) if e else "" for e in entries],
        }
        models = {}
        for name in FIELDS:
            model = bm25s.BM25(method="lucene", k1=K1, b=B_LONG if name == "text" else B_SHORT)
            # An empty field would leave the model without a vocabulary.
            model.index([tokens(t) or [""] for t in texts[name]], show_progress=False)
            models[name] = model
        return cls(models)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Load a saved index."""
        return cls({name: bm25s.BM25.load(str(folder / name)) for name in FIELDS})

    def save(self, folder: Path) -> None:
        """Save each field's model in a folder of its own (arrays and JSON, no pickle)."""
        for name, model in self._models.items():
            model.save(str(folder / name), show_progress=False)

    def scores(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every passage in every field, shape (passages, fields), for stems and their weights.

        Zeros where no stem is shared.
        """
        count = int(self._models["text"].scores["num_docs"])
        total = np.zeros((count, len(FIELDS)), dtype=np.float32)
        for column, name in enumerate(FIELDS):
            model = self._models[name]
            matrix = model.scores
            for term, weight in terms.items():
                # bm25s keeps a column of the score matrix for each word: those of a question are added up here,
                # since its own search takes words that all weigh the same.
                if (word := model.vocab_dict.get(term)) is not None:
                    held = slice(matrix["indptr"][word], matrix["indptr"][word + 1])
                    total[matrix["indices"][held], column] += weight * matrix["data"][held]
        return total

    def holding(self, terms: Sequence[str]) -> NDArray[np.bool_]:
        """Which fields of which passages hold each stem, shape (passages, fields, terms)."""
        count = int(self._models["text"].scores["num_docs"])
        held = np.zeros((count, len(FIELDS), len(terms)), dtype=np.bool_)
        for column, name in enumerate(FIELDS):
            model = self._models[name]
            for at, term in enumerate(terms):
                if (word := model.vocab_dict.get(term)) is not None:
                    rows = slice(model.scores["indptr"][word], model.scores["indptr"][word + 1])
                    held[model.scores["indices"][rows], column, at] = True
        return held

    def together(self, terms: Iterable[str]) -> bool:
        """Whether some passage's text holds all of these stems; not said of no stem at all."""
        model = self._models["text"]
        asked = list(terms)
        if not asked or any(t not in model.vocab_dict for t in asked):
            return False
        return bool(np.all([model.get_scores([t]) > 0 for t in asked], axis=0).any())
