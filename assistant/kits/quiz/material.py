"""What a quiz is made from: points by place and aspect, and all that the report says of each place.

Made once for an index and its teaching, and kept: a second quiz, or another question, finds all of it there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Citation, CitationState
from assistant.fiches.places import bundled_places, prove_places
from assistant.figures import Figure
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Statement
from assistant.kits.points import Point, Teaching
from assistant.kits.quiz.told import Line, Told, figures_in
from assistant.kits.request import SECTION_OF
from assistant.kits.statements import card_value
from assistant.proof import prove
from ingest.outline import THEMES
from vectorstore.index import Index
from vectorstore.sentences import quotable
from vectorstore.tokens import tokens

_KIN = 0.2
"""The cosine from which two fiches of a theme are of one practice: five on family conferences have 0.31 to 0.52."""


class Material:
    """The points of a teaching and the lines of an index, each measured once."""

    def __init__(self, index: Index, teaching: Teaching) -> None:
        self.index = index
        self.teaching = teaching
        self.fiches = {fiche.id: fiche for fiche in reversed(index.fiches)}
        self.refusals: dict[tuple[str, str, int, bool], str] = {}
        """What `distractors.py` found, by all that it was asked."""
        self._lines: dict[str, Line] = {}
        self._sentences: dict[str, Told] = {}
        self._told: dict[tuple[str, bool], Told] = {}
        self._means: dict[str, NDArray[np.float32]] = {}
        self._cards: dict[tuple[str, str], Statement | None] = {}
        self._verified: dict[Citation, bool] = {}
        self._measure(dict.fromkeys(point.short or point.text for point in teaching.points))

    @cached_property
    def points(self) -> dict[tuple[str, Aspect], list[Point]]:
        """The points of each place and aspect, in the report's order."""
        found: dict[tuple[str, Aspect], list[Point]] = defaultdict(list)
        for point in sorted(self.teaching.points, key=lambda p: p.citation.start):
            found[point.place, point.aspect].append(point)
        return found

    @cached_property
    def departments(self) -> dict[str, frozenset[str]]:
        """The names of the departments where each fiche is proved to take place."""
        proved = prove_places(bundled_places(), tuple(self.fiches.values()), self.index.passages)
        return {fiche: frozenset(place.name for place in places) for fiche, places in proved.by_fiche.items()}

    @cached_property
    def numbers(self) -> tuple[tuple[str, Figure, Citation], ...]:
        """The figures that the report writes in digits, each with its place and its sentence: fiches come first."""
        found = []
        for passage in sorted(self.index.passages, key=lambda passage: passage.fiche is None):
            for unit in quotable(passage):
                words = passage.words_of(unit)
                citation = Citation.of(passage, unit.start, unit.end, CitationState.VERIFIED)
                figures = figures_in(words) if any(map(str.isdigit, words)) else ()
                found += [(passage.fiche or passage.group, figure, citation) for figure in figures]
        return tuple(found)

    def sentences(self, place: str) -> Told:
        """The sentences of a fiche or a section."""
        if place not in self._sentences:
            self._sentences[place] = Told(self._sentence_lines(place))
        return self._sentences[place]

    def told(self, place: str, kin: bool = False) -> Told:
        """All that the report says of a place.

        Of a fiche, that is what it says itself and what the section on its theme says, with `kin` also what fiches of
        the same practice say; of the section on a theme, what it says and what the fiches of the theme say.
        """
        if (place, kin) not in self._told:
            around = [*self._around(place), *(self.kin(place) if kin else ())]
            lines = [(*self.sentences(other).lines, *self._point_lines(other)) for other in around]
            self._told[place, kin] = Told(list(chain.from_iterable(lines)))
        return self._told[place, kin]

    def kin(self, place: str) -> list[str]:
        """The other fiches of the same practice, as well as can be told: of one theme, and near as a whole."""
        if place not in self.fiches:
            return []
        theme, own = self.fiches[place].theme, self._mean(place)
        others = [f.id for f in self.fiches.values() if f.theme == theme and f.id != place]
        return [other for other in others if float(own @ self._mean(other)) >= _KIN]

    @cached_property
    def fiches_using(self) -> Counter[str]:
        """How many fiches use each stem."""
        stems = (frozenset[str]().union(*(x.stems for x in self.sentences(fiche).lines)) for fiche in self.fiches)
        return Counter(chain.from_iterable(stems))

    def line(self, text: str) -> Line:
        """A text, measured."""
        if text not in self._lines:
            self._measure([text])
        return self._lines[text]

    def _measure(self, texts: Collection[str]) -> None:
        vectors = self.index.retriever.dense.vectors(list(texts)) if texts else ()
        for text, vector in zip(texts, vectors, strict=True):
            length = float(np.linalg.norm(vector)) or 1.0
            self._lines[text] = Line(text, frozenset(tokens(text)), (vector / length).astype(np.float32))

    def card(self, fiche: str, key: str) -> Statement | None:
        """A value of a fiche's card with its row cited; `None` where the card has none."""
        if (fiche, key) not in self._cards:
            self._cards[fiche, key] = card_value(self.index, self.fiches[fiche], key)
        return self._cards[fiche, key]

    def verified(self, citations: Iterable[Citation]) -> bool:
        """Whether every citation stands in its passage, word for word and where it says."""
        return all(self._is_verified(citation) for citation in citations)

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        """Where the passages of each fiche and section stand among all."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, passage in enumerate(self.index.passages):
            found[passage.fiche or passage.group].append(at)
        return found

    def _mean(self, place: str) -> NDArray[np.float32]:
        """The mean of the vectors of a place's sentences, of length 1."""
        if place not in self._means:
            mean = np.array([line.vector for line in self.sentences(place).lines], dtype=np.float32).mean(axis=0)
            self._means[place] = (mean / (float(np.linalg.norm(mean)) or 1.0)).astype(np.float32)
        return self._means[place]

    def _around(self, place: str) -> list[str]:
        """The place, and those that speak of it as well."""
        if fiche := self.fiches.get(place):
            return [place, *(section for number, section in SECTION_OF.items() if THEMES[number] == fiche.theme)]
        themes = {THEMES[number] for number, section in SECTION_OF.items() if section == place}
        return [place, *(fiche.id for fiche in self.fiches.values() if fiche.theme in themes)]

    def _sentence_lines(self, place: str) -> list[Line]:
        sentences = self.index.sentences
        lines = []
        for at in self._positions.get(place, []):
            passage = self.index.passages[at]
            for number, unit in enumerate(quotable(passage), sentences.first[at]):
                words = passage.words_of(unit)
                lines.append(Line(words, frozenset(tokens(words)), sentences.sentences.vectors[number]))
        return lines

    def _point_lines(self, place: str) -> list[Line]:
        points = [point for (of, _), several in self.points.items() if of == place for point in several]
        return [self.line(point.short or point.text) for point in points]

    def _is_verified(self, citation: Citation) -> bool:
        if citation not in self._verified:
            passage = self.index.by_id.get(citation.passage)
            self._verified[citation] = passage is not None and (
                passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote
                and prove(citation.quote, passage.text).state is CitationState.VERIFIED
            )
        return self._verified[citation]


_MOST_KEPT = 2
_kept: list[Material] = []


def material_of(index: Index, teaching: Teaching) -> Material:
    """The material of an index and its teaching, the same one each time."""
    for material in _kept:
        if material.index is index and material.teaching is teaching:
            return material
    _kept.append(Material(index, teaching))
    del _kept[:-_MOST_KEPT]
    return _kept[-1]
