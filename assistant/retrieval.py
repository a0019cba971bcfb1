"""From a question understood to passages: one search, or one for each fiche where several are named."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

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
    """Find the passages of a question; the best of each fiche named come first, in turn."""
    query = understood.query
    if 1 < len(query.fiches) <= _TARGETS:
        found = index.retriever.find(query, len(index.passages))
        best = [[h for h in found if h.passage.fiche == f][:_EACH] for f in sorted(query.fiches)]
        in_turn = [h for row in zip_longest(*best) for h in row if h is not None]
        chosen = {h.passage.id for h in in_turn}
        hits = [*in_turn, *(h for h in found if h.passage.id not in chosen)][:DEPTH]
    else:
        hits = index.retriever.find(query, DEPTH)
    return Findings(understood, tuple(hits))
