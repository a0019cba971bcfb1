"""BM25 over weighted fields of the passages, with the project's one tokenizer (bm25s)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from ingest.records import Passage
from vectorstore.tokens import tokens

FIELD_WEIGHTS = {"text": 1.0, "place": 0.6}
"""The passage itself, and the headings that it stands under."""

K1, B = 0.9, 0.5
LEXICAL = f"bm25 lucene k1={K1} b={B}"


def place_of(passage: Passage) -> str:
    """The headings of a passage as one text."""
    return " ".join(passage.path)


class LexicalIndex:
    """Scores every passage for a question; one BM25 model for each field, scores added by weight."""

    def __init__(self, models: dict[str, bm25s.BM25]) -> None:
        self._models = models

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> LexicalIndex:
        """Index passages; their order is the order of the scores."""
        texts = {"text": [p.text for p in passages], "place": [place_of(p) for p in passages]}
        models = {}
        for name, field in texts.items():
            model = bm25s.BM25(method="lucene", k1=K1, b=B)
            # An empty field would leave the model without a vocabulary.
            model.index([tokens(t) or [""] for t in field], show_progress=False)
            models[name] = model
        return cls(models)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Load a saved index."""
        return cls({name: bm25s.BM25.load(str(folder / name)) for name in FIELD_WEIGHTS})

    def save(self, folder: Path) -> None:
        """Save each field's model in a folder of its own (arrays and JSON, no pickle)."""
        for name, model in self._models.items():
            model.save(str(folder / name), show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,); zeros where no word is shared."""
        terms = tokens(text)
        total = np.zeros(int(self._models["text"].scores["num_docs"]), dtype=np.float32)
        for name, weight in FIELD_WEIGHTS.items():
            model = self._models[name]
            if known := [t for t in terms if t in model.vocab_dict]:
                total += weight * model.get_scores(known)
        return total

    def together(self, terms: Iterable[str]) -> bool:
        """Whether some passage's text holds all of these stems; not said of no stem at all."""
        model = self._models["text"]
        asked = list(terms)
        if not asked or any(t not in model.vocab_dict for t in asked):
            return False
        return bool(np.all([model.get_scores([t]) > 0 for t in asked], axis=0).any())
