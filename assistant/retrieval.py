"""From a question understood to passages: one search, and the best of each fiche where several are named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from assistant.scope import EVERYWHERE
from assistant.understanding import Understood, understand
from vectorstore.hits import Hit, Sought
from vectorstore.index import Index
from vectorstore.tokens import tokens

DEPTH = 30
"""Passages kept: a reader is given 20, the composer looks at the best of them."""
_TARGETS = 5
"""Fiches up to which a question that names several has a target in each."""
_BEST = 2
"""Passages of each target that are brought forward."""
_MOST_NAMED = 6
"""Fiches of a scope, those of a theme at most, of which a question that names none is asked."""
_ANY_FICHE = frozenset(tokens("action démarche dispositif fiche pratique projet"))
"""What any fiche may be called."""


@dataclass(frozen=True, slots=True)
class Findings:
    """A question understood, the passages found for it, best first, and what was searched.

    `everywhere` is what it finds in the whole index, where it is asked of a scope.
    """

    understood: Understood
    hits: tuple[Hit, ...]
    sought: Sought
    everywhere: Findings | None = None


def retrieve(index: Index, understood: Understood) -> Findings:
    """Find the passages of a question in its scope; where it names several fiches, the best of each gain."""
    question = understood.question
    if question.scope == EVERYWHERE:
        return _found(index, understood)
    everywhere = _found(index, replace(understood, question=replace(question, scope=EVERYWHERE)))
    return replace(_found(index, _within_scope(index, understood)), everywhere=everywhere)


def _found(index: Index, understood: Understood) -> Findings:
    query, scope = understood.query, understood.question.scope
    sought = index.retriever.sought(query)
    several = 1 < len(query.fiches) <= _TARGETS
    depth = DEPTH if scope == EVERYWHERE and not several else len(index.passages)
    found = [h for h in index.retriever.find(query, depth, sought) if scope.holds(h.passage)]
    if not several:
        return Findings(understood, tuple(found[:DEPTH]), sought)
    seen: Counter[str] = Counter()
    hits = []
    for hit in found:
        fiche = hit.passage.fiche
        if fiche in query.fiches and seen[fiche] < _BEST:
            seen[fiche] += 1
            hit = replace(hit, score=hit.score + index.retriever.weights.each / seen[fiche])
        hits.append(hit)
    return Findings(understood, tuple(sorted(hits, key=lambda h: -h.score)[:DEPTH]), sought)


def _within_scope(index: Index, understood: Understood) -> Understood:
    """A question as its scope makes it understood.

    Of the fiches that it names, it is about those in the scope; where there is none, it stays as it is. Where it names
    nothing and only asks for a field (« qui finance ? »), it is asked as if it named the fiches of the scope.
    """
    question, query = understood.question, understood.query
    held = {p.fiche for p in index.passages if p.fiche and question.scope.holds(p)}
    if query.fiches:
        return replace(understood, query=replace(query, fiches=query.fiches & held or query.fiches))
    if understood.context or not 0 < len(held) <= _MOST_NAMED or not _asks_for_a_field_alone(understood):
        return understood
    names = ", ".join(f"fiche {fiche}" for fiche in sorted(held))
    named = understand(index, replace(question, text=f"{question.text} ({names})", history=()))
    return replace(named, question=question, text=understood.text, unknown=understood.unknown)


def _asks_for_a_field_alone(understood: Understood) -> bool:
    """Whether a question says nothing but which field of a fiche it is about."""
    rest = understood.cued
    for cue in understood.cues:
        rest = cue.words.sub(" ", rest)
    return bool(understood.query.fields) and understood.terms.isdisjoint(set(tokens(rest)) - _ANY_FICHE)
