"""The fiches near a fiche: in meaning, by the theme and the publics that they share, and what they have in common."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.fiches.cards import Card
from assistant.fiches.places import Place
from assistant.fiches.publics import OTHER, Public
from ingest.folding import fold
from ingest.records import Fiche, Passage
from vectorstore.dense import text_of
from vectorstore.index import Index
from vectorstore.tokens import STOP_WORDS, stem

_MEANING, _THEME, _PUBLICS = 1.0, 0.1, 0.1
"""Weights of the cosine, of the same theme, and of the share of publics in common."""
_COMMON = 0.4
"""A word that more than this share of the fiches use says nothing of two of them."""
_OFTEN = 3
"""A word is shared where both fiches use it so many times at least: once may be by the way."""
_SHARED = 3
"""Words shown at most as shared."""
_WORD = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True)
class NearFiche:
    """A near fiche and what it shares: theme, publics, departments, and words that few other fiches use, best first."""

    fiche: Fiche
    same_theme: bool
    publics: tuple[Public, ...]
    places: tuple[Place, ...]
    words: tuple[str, ...]
    score: float


class Neighbourhood:
    """How near the fiches of an index are to each other; computed once, then read."""

    def __init__(self, index: Index, cards: Sequence[Card]) -> None:
        passages = [_passages_of(index, card.fiche) for card in cards]
        self._cards = tuple(cards)
        self._cosines = _cosines([index.retriever.dense.vector([(text_of(p), 1.0) for p in ps]) for ps in passages])
        self._vocabulary = [_Vocabulary.of(ps) for ps in passages]
        self._use = Counter(s for vocabulary in self._vocabulary for s in vocabulary.counts)

    def near(self, card: Card, k: int = 4) -> tuple[NearFiche, ...]:
        """The `k` fiches nearest to one, best first; of equal ones, in the report's order."""
        at = self._cards.index(card)
        others = [self._compare(at, other) for other in range(len(self._cards)) if other != at]
        return tuple(sorted(others, key=lambda near: -near.score)[:k])

    def _compare(self, at: int, other: int) -> NearFiche:
        mine, theirs = self._cards[at], self._cards[other]
        keys = {p.key for p in theirs.publics} - {OTHER.key}
        shared = tuple(Public(p.key, p.name) for p in mine.publics if p.key in keys)
        same_theme = mine.fiche.theme == theirs.fiche.theme
        share = len(shared) / len({p.key for p in (*mine.publics, *theirs.publics)})
        score = _MEANING * float(self._cosines[at, other]) + _THEME * same_theme + _PUBLICS * share
        codes = {p.code for p in theirs.places}
        places = tuple(p for p in mine.places if p.code in codes)
        return NearFiche(theirs.fiche, same_theme, shared, places, self._words(at, other), round(score, 6))

    def _words(self, at: int, other: int) -> tuple[str, ...]:
        mine, theirs = self._vocabulary[at], self._vocabulary[other]
        used = {s: min(mine.counts[s], theirs.counts[s]) for s in mine.counts.keys() & theirs.counts.keys()}
        weights = {
            s: count * math.log(len(self._cards) / self._use[s])
            for s, count in used.items()
            if count >= _OFTEN and self._use[s] <= _COMMON * len(self._cards)
        }
        best = sorted(weights, key=lambda s: (-weights[s], s))[:_SHARED]
        return tuple(mine.written[s] for s in best)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The stems of a fiche, how often each stands in it, and the form in which it stands most often."""

    counts: Counter[str]
    written: dict[str, str]

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> _Vocabulary:
        forms: dict[str, Counter[str]] = {}
        for word in (w for p in passages for w in _WORD.findall(p.text)):
            if (folded := fold(word)) not in STOP_WORDS:
                forms.setdefault(stem(folded), Counter())[word] += 1
        written = {s: max(found, key=lambda form: (found[form], form)) for s, found in forms.items()}
        return cls(Counter({s: found.total() for s, found in forms.items()}), written)


def _passages_of(index: Index, fiche: Fiche) -> list[Passage]:
    return [p for p in index.passages if (p.document, p.fiche) == (fiche.document, fiche.id)]


def _cosines(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    """The cosine of each pair, shape (vectors, vectors)."""
    rows = np.array(vectors, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.where(lengths == 0, 1, lengths)
    return np.asarray(rows @ rows.T)
