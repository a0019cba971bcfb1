"""From a question understood to passages: one search, and the best of each fiche where several are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from assistant.understanding import Understood
from vectorstore.hits import Hit, Sought
from vectorstore.index import Index

DEPTH = 30
"""Passages kept: a reader is given 20, the composer looks at the best of them."""
_TARGETS = 5
"""Fiches up to which a question that names several has a target in each."""
_BEST = 2
"""Passages of each target that are brought forward."""


@dataclass(frozen=True, slots=True)
class Findings:
    """A question understood, the passages found for it, best first, and what was searched."""

    understood: Understood
    hits: tuple[Hit, ...]
    sought: Sought


def retrieve(index: Index, understood: Understood) -> Findings:
    """Find the passages of a question; where it names several fiches, the best of each gain."""
    query = understood.query
    sought = index.retriever.sought(query)
    if not 1 < len(query.fiches) <= _TARGETS:
        return Findings(understood, tuple(index.retriever.find(query, DEPTH, sought)), sought)
    found = index.retriever.find(query, len(index.passages), sought)
    seen: Counter[str] = Counter()
    hits = []
    for hit in found:
        fiche = hit.passage.fiche
        if fiche in query.fiches and seen[fiche] < _BEST:
            seen[fiche] += 1
            hit = replace(hit, score=hit.score + index.retriever.weights.each / seen[fiche])
        hits.append(hit)
    return Findings(understood, tuple(sorted(hits, key=lambda h: -h.score)[:DEPTH]), sought)
