"""The words of the report: how rare they are, how they are spelt, and which fiche a name points to."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ingest.folding import fold
from ingest.records import Fiche, Passage
from vectorstore.lexical import place_of
from vectorstore.tokens import STOP_WORDS, stem, tokens, words

# A capital that does not open a sentence or a line.
_NAME = re.compile(r"(?:(?<=[^\W_] )|(?<=[,;:)(] )|(?<=[«(] )|(?<=[('’«]))[A-ZÀ-Ý]\w+(?:-\w+)*")
LEXICON = "lexicon 2"
"""Changes whenever what is read off a report would."""
_MOSTLY = 0.7
"""Share of its occurrences, its plural counted in, that a word has with a capital letter where it is a name."""
_OWN = 0.5
"""Share of a name's occurrences that one fiche holds where the name points to it."""
_SHARED = 0.25
"""The same for a fiche whose card bears the name."""
_COMMON = 3
_ELSEWHERE = ""
_SPREAD = 5
"""A name that more fiches use (an institution, an approach) points to none."""


@dataclass(frozen=True)
class Lexicon:
    """What the report's own words say; made once for an index.

    `idf` is by stem; `spelling` counts folded words; `names` gives the fiches (ids) of each folded name.
    """

    idf: dict[str, float]
    spelling: dict[str, int]
    names: dict[str, frozenset[str]]
    unknown_idf: float

    @classmethod
    def of(cls, passages: Sequence[Passage], fiches: Sequence[Fiche]) -> Lexicon:
        """Read the lexicon off the passages and the cards of the fiches."""
        frequency: Counter[str] = Counter()
        spelling: Counter[str] = Counter()
        for passage in passages:
            text = f"{place_of(passage)}\n{passage.text}"
            frequency.update(set(tokens(text)))
            for word in words(text):
                spelling[word] += 1
                if "-" in word:
                    spelling.update(word.split("-"))
        count = len(passages)
        idf = {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in frequency.items()}
        unknown = math.log(1 + (count + 0.5) / 0.5)
        return cls(idf, dict(spelling), _names(passages, fiches), unknown)

    def knows(self, word: str) -> bool:
        """Whether the report uses a folded word, in any of its forms."""
        return word in self.spelling or stem(word) in self.idf

    def weight(self, terms: Iterable[str]) -> float:
        """The summed rarity of stems; one that the report never uses weighs the most."""
        return sum(self.idf.get(t, self.unknown_idf) for t in terms)

    def corrected(self, word: str) -> str | None:
        """The report's spelling of a misspelt word (folded); `None` for a known word, or where none is near enough.

        Near means one edit for words of 6 or 7 letters and two from 8 on, the first letter kept; shorter words have
        too many neighbours. Only a word that the report uses three times or more is thought to be meant.
        """
        if len(word) < 6 or not word.isalpha() or self.knows(word):
            return None
        allowed = 1 if len(word) < 8 else 2
        candidates = [
            w
            for w, count in self.spelling.items()
            if count >= _COMMON and w[0] == word[0] and abs(len(w) - len(word)) <= allowed
        ]
        near = process.extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=10)
        best = min(near, key=lambda found: (found[1], -self.spelling[found[0]]), default=None)
        return str(best[0]) if best else None

    def named_fiches(self, text: str) -> dict[str, frozenset[str]]:
        """The names in a text that point to fiches, folded, with the fiches of each.

        The parts of a hyphenated word count only where the whole is no name: Bouches-du-Rhône is not the Rhône.
        """
        named = [part for w in words(text) for part in ([w] if w in self.names else w.split("-"))]
        return {word: self.names[word] for word in named if word in self.names}


def _names(passages: Sequence[Passage], fiches: Sequence[Fiche]) -> dict[str, frozenset[str]]:
    capital: Counter[str] = Counter()
    anyhow: Counter[str] = Counter()
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for word in words(passage.text):
            anyhow.update({word, *word.split("-")})
        for found in _NAME.findall(passage.text):
            name = fold(found)
            for piece in {name, *name.split("-")}:
                capital[piece] += 1
                held[piece][passage.fiche or _ELSEWHERE] += 1
    cards = {f.id: set(words(f"{f.title} {f.territoire or ''} {f.initiateurs or ''}")) for f in fiches}
    territories = {f.id: set(words(f.territoire or "")) for f in fiches}
    names: dict[str, frozenset[str]] = {}
    for name, counts in held.items():
        if len(name) < 3 or name in STOP_WORDS or capital[name] < _MOSTLY * (anyhow[name] + anyhow[f"{name}s"]):
            continue
        total = sum(counts.values())
        own = {f for f, n in counts.items() if f and n >= _OWN * total and n > 1}
        own |= {f for f, card in cards.items() if name in card and counts[f] >= _SHARED * total}
        own |= {f for f, territory in territories.items() if name in territory}
        if own and len(counts.keys() - {_ELSEWHERE}) <= _SPREAD:
            names[name] = frozenset(own)
    return names
