"""Two rankings into one: fusion by rank, then what the question's own mentions add."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.records import Passage
from vectorstore.hits import Hit, Query


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each side counts: chosen on the fitting half of the judged questions, never on single ones.

    A side adds its weight times `smoothing / (smoothing + rank - 1)`, a reciprocal rank (Cormack et al., 2009)
    that gives the first passage the full weight. A passage of a fiche, field or section that the question
    names gains the boost. A passage also gains `neighbour` times the words' score of the passages beside it in
    its field or section: a sentence often goes on where the matching words stood.
    """

    lexical: float = 1.0
    dense: float = 0.3
    smoothing: float = 5.0
    neighbour: float = 0.15
    fiche: float = 0.3
    field: float = 0.2
    section: float = 0.15


def fuse(
    passages: Sequence[Passage], lexical: Sequence[int], dense: Sequence[int], query: Query, weights: Weights
) -> list[Hit]:
    """Fuse two rankings of positions in `passages` (best first) into hits, best first."""
    lexical_rank = {position: rank for rank, position in enumerate(lexical, 1)}
    dense_rank = {position: rank for rank, position in enumerate(dense, 1)}
    hits = []
    for position in lexical_rank.keys() | dense_rank.keys():
        score = _boost(passages[position], query, weights)
        for ranks, weight in ((lexical_rank, weights.lexical), (dense_rank, weights.dense)):
            if rank := ranks.get(position):
                score += weight * weights.smoothing / (weights.smoothing + rank - 1)
        hits.append(Hit(passages[position], score, lexical_rank.get(position), dense_rank.get(position)))
    return sorted(hits, key=lambda h: (-h.score, h.passage.document, h.passage.start))


def _boost(passage: Passage, query: Query, weights: Weights) -> float:
    boost = 0.0
    named = passage.fiche in query.fiches
    if named:
        boost += weights.fiche
    if passage.field in query.fields and (named or not query.fiches):
        boost += weights.field
    if passage.fiche is None and passage.group in query.sections:
        boost += weights.section
    return boost
