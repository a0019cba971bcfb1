"""Signals into one ranking: what each passage has in its favour, weighed and added up.

Reciprocal ranks, which need no weights, were tried first; with a question index and an embedding of its own the
sum of scores finds more (README, ablation), since how much better the first passage is counts too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from ingest.records import Passage
from vectorstore.hits import Query
from vectorstore.lexical import FIELDS


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts, and each part of a query: fitted by `eval/fitting/search.py`, never by hand.

    The lexical fields, the vector and `asked` (the likest index question) are shares (0 to 1) of the best score of the
    query; `neighbour` is the text's score of the passages beside it in its field or section. The others are 1 where
    they hold, else 0: the passage is of a fiche that the question names; of a field that it asks about; of both; of a
    section that it points to; it is the card of a fiche and no value of a card is asked. `names`, `context`, `gloss`
    and `translation` weigh those parts of a query, beside 1 for the question's own words; `each` is what the best
    passages of each fiche gain where several are named.
    """

    text: float = 0.0
    place: float = 0.0
    card: float = 0.0
    questions: float = 0.0
    words: float = 0.0
    neighbour: float = 0.0
    vector: float = 0.0
    asked: float = 0.0
    fiche: float = 0.0
    field: float = 0.0
    fiche_field: float = 0.0
    section: float = 0.0
    unasked_card: float = 0.0
    names: float = 0.0
    context: float = 0.0
    gloss: float = 0.0
    translation: float = 0.0
    each: float = 0.0


SIGNALS = (*FIELDS, "neighbour", "vector", "asked", "fiche", "field", "fiche_field", "section", "unasked_card")
"""The columns of a matrix of signals, named as their weights are."""

_WEIGHTS = TypeAdapter(Weights)


@cache
def fitted_weights() -> Weights:
    """The weights that ship with the project (`vectorstore/weights.json`)."""
    return _WEIGHTS.validate_json(resources.files("vectorstore").joinpath("weights.json").read_bytes())


def dump_weights(weights: Weights) -> bytes:
    """Weights as they are saved."""
    return _WEIGHTS.dump_json(weights, indent=2) + b"\n"


def signals(
    passages: Sequence[Passage],
    lexical: NDArray[np.float32],
    beside: NDArray[np.float32],
    cosines: NDArray[np.float32],
    asked: NDArray[np.float32],
    query: Query,
) -> NDArray[np.float32]:
    """What each passage has in its favour, shape (passages, signals), each from 0 to 1.

    `lexical` are the scores by field, shape (passages, fields); `beside` is 1 for each passage but the last where the
    next one stands in the same field or section; `cosines` is the nearness of meaning, and `asked` how like the
    question the likest index question of each passage is, both of shape (passages,).
    """
    text = lexical[:, 0]
    neighbour = np.zeros_like(text)
    neighbour[1:] = text[:-1] * beside
    neighbour[:-1] = np.maximum(neighbour[:-1], text[1:] * beside)
    scores = np.column_stack([lexical, neighbour, np.maximum(cosines, 0), np.maximum(asked, 0)])
    best = scores.max(axis=0, initial=0)
    shares = scores / np.where(best > 0, best, 1)
    held = np.array([_held(p, query) for p in passages], dtype=np.float32).reshape(len(passages), -1)
    return np.hstack([shares, held]).astype(np.float32)


def _held(passage: Passage, query: Query) -> tuple[bool, ...]:
    named = passage.fiche in query.fiches
    asked = passage.field in query.fields
    return (
        named,
        asked and (named or not query.fiches),
        named and asked,
        passage.fiche is None and passage.group in query.sections,
        passage.field == "carte" and not asked,
    )


def weigh(matrix: NDArray[np.float32], weights: Weights) -> NDArray[np.float32]:
    """The score of each passage, shape (passages,)."""
    by_name = np.array([getattr(weights, name) for name in SIGNALS], dtype=np.float32)
    total: NDArray[np.float32] = matrix @ by_name
    return total


assert set(SIGNALS) <= {f.name for f in fields(Weights)}
