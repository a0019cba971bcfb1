"""Two rankings into one: reciprocal rank fusion, then what the question's own mentions add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Passage
from vectorstore.hits import Hit, Query


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each side counts: fitted on judged questions (`eval/`), never on single ones.

    Reciprocal rank fusion (Cormack et al., 2009): a side adds `weight / (smoothing + rank)`. A passage of a
    fiche, field or section that the question names has its score multiplied by one plus the boost.
    """

    lexical: float = 1.0
    dense: float = 0.3
    smoothing: float = 10.0
    fiche: float = 2.0
    field: float = 0.5
    section: float = 0.5


def fuse(
    passages: Sequence[Passage],
    lexical: Sequence[int],
    dense: Sequence[int],
    query: Query,
    weights: Weights,
) -> list[Hit]:
    """Fuse two rankings of positions in `passages` (best first) into hits, best first."""
    lexical_rank = {position: rank for rank, position in enumerate(lexical, 1)}
    dense_rank = {position: rank for rank, position in enumerate(dense, 1)}
    hits = []
    for position in lexical_rank.keys() | dense_rank.keys():
        passage = passages[position]
        score = 0.0
        if rank := lexical_rank.get(position):
            score += weights.lexical / (weights.smoothing + rank)
        if rank := dense_rank.get(position):
            score += weights.dense / (weights.smoothing + rank)
        score *= 1 + _boost(passage, query, weights)
        hits.append(Hit(passage, score, lexical_rank.get(position), dense_rank.get(position)))
    return sorted(hits, key=lambda h: (-h.score, h.passage.document, h.passage.start))


def _boost(passage: Passage, query: Query, weights: Weights) -> float:
    boost = 0.0
    if passage.fiche in query.fiches:
        boost += weights.fiche
    if passage.field in query.fields:
        boost += weights.field
    if passage.fiche is None and passage.id.rsplit("/", 1)[0] in query.sections:
        boost += weights.section
    return boost
