"""All that the report says of a place, laid out so that a text is held against every line of it at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.figures import Figure, figures_of
from ingest.folding import fold


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the report, or what a point says: its stems, its vector of length 1 (0 where it has no words)."""

    text: str
    stems: frozenset[str]
    vector: NDArray[np.float32]


class Told:
    """The lines that tell of one place."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = tuple(lines)
        self._vectors = np.array([line.vector for line in lines], dtype=np.float32)

    def nearest(self, line: Line) -> float:
        """The cosine (−1 to 1) of a line with the nearest of these in meaning; 0 where there are none."""
        return float(np.max(self._vectors @ line.vector)) if self.lines else 0.0

    def shares(self, line: Line) -> NDArray[np.float64]:
        """The share (0 to 1) of a line's stems that each of these has, shape (lines,)."""
        counts = np.zeros(len(self.lines))
        for stem in line.stems:
            if (at := self._holding.get(stem)) is not None:
                counts[at] += 1
        return counts / (len(line.stems) or 1)

    @cached_property
    def _holding(self) -> dict[str, NDArray[np.int64]]:
        """The positions of the lines that hold each stem."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(self.lines):
            for stem in line.stems:
                places[stem].append(at)
        return {stem: np.array(at) for stem, at in places.items()}

    @property
    def stems(self) -> Collection[str]:
        """The stems of all the lines."""
        return self._holding.keys()

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of all the lines."""
        return frozenset(word for line in self.lines for word in words_of(line.text))

    @cached_property
    def figures(self) -> frozenset[tuple[str, str]]:
        """What the figures of all the lines say: value and unit."""
        return frozenset(figure.said for line in self.lines for figure in figures_in(line.text))


def words_of(text: str) -> list[str]:
    """The folded words of a text, names and numbers as they are written."""
    return re.findall(r"[a-z0-9]+", fold(text))


@lru_cache(maxsize=5_000)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text, « un » and « une » left out."""
    return tuple(figure for figure in figures_of(text) if not figure.article)
