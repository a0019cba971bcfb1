"""From a question understood to passages: one search, or one for each fiche where several are named."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.understanding import Understood
from vectorstore.hits import Hit
from vectorstore.index import Index

DEPTH = 30
"""Passages kept: a reader is given 20, the composer looks at the best of them."""
_TARGETS = 5
_EACH = 2
"""Passages of each fiche named that come before any other."""


@dataclass(frozen=True, slots=True)
class Findings:
    """A question understood, and the passages found for it, best first."""

    understood: Understood
    hits: tuple[Hit, ...]


def retrieve(index: Index, understood: Understood) -> Findings:
    """Find the passages of a question; the best of each fiche named come first."""
    query = understood.query
    if 1 < len(query.fiches) <= _TARGETS:
        found = index.retriever.find(query, len(index.passages))
        best = [h for f in sorted(query.fiches) for h in [h for h in found if h.passage.fiche == f][:_EACH]]
        # They come first, so their scores are the highest.
        first = [replace(h, score=h.score + found[0].score) for h in sorted(best, key=lambda h: -h.score)]
        chosen = {h.passage.id for h in first}
        hits = [*first, *(h for h in found if h.passage.id not in chosen)][:DEPTH]
    else:
        hits = index.retriever.find(query, DEPTH)
    return Findings(understood, tuple(hits))
