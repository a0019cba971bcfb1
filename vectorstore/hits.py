"""What is searched, and what every searcher gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """Words to search, and the places of the report that the question names (empty: none named).

    `text` is what is asked; beside it stand, each with a weight of its own in the search, `names` (the words that
    name fiches: they tell the fiche, not the passage), `context` (what was said before, where the question leans on
    it), `gloss` (the report's words for everyday ones, by the thesaurus) and `translation` (for English ones).
    `fiches` are ids (`1c`), `fields` slugs (`financements`), `sections` slugs of the report's outline.
    """

    text: str
    names: str = ""
    context: str = ""
    gloss: str = ""
    translation: str = ""
    fiches: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """A query as it is searched: its stems with their weights, and its vector, shape (dimensions,).

    `likeness` says how like each index question is, shape (questions,): the search and the weighing both ask.
    """

    terms: Mapping[str, float]
    vector: NDArray[np.float32]
    likeness: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `score` grows with relevance; ranks are 1-based, `None` where that side missed it."""

    passage: Passage
    score: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
