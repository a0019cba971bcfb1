"""The words of the report: how rare they are, how they are spelt, and which fiche a name points to."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ingest.folding import fold
from ingest.questions import IndexEntry
from ingest.records import Fiche, Passage
from vectorstore import thesaurus
from vectorstore.lexical import place_of
from vectorstore.phonetic import sounds_of
from vectorstore.tokens import FRENCH_STOP_WORDS, STOP_WORDS, stem, tokens, words

# A capital that does not open a sentence or a line.
_NAME = re.compile(r"(?:(?<=[^\W_] )|(?<=[,;:)(] )|(?<=[«(] )|(?<=[('’«]))[A-ZÀ-Ý]\w+(?:-\w+)*")
LEXICON = "lexicon 3"
"""Changes whenever what is read off a report would."""
_MOSTLY = 0.7
"""Share of its occurrences, its plural counted in, that a word has with a capital letter where it is a name."""
_OWN = 0.5
"""Share of a name's occurrences that one fiche holds where the name points to it."""
_SHARED = 0.25
"""The same for a fiche whose card bears the name."""
_COMMON = 3
_ELSEWHERE = ""
_TITLE = 0.6
"""The same for two words of a fiche's title, among the fiches."""
_LEAST_SOUNDS = 2
"""Sounds up to which a word of the report says too little to be meant by its sound alone."""
_SPREAD = 5
"""A name that more fiches use (an institution, an approach) points to none."""


@dataclass(frozen=True)
class Lexicon:
    """What the report's own words say, and those of the people who ask; made once for an index.

    `idf` is by stem; `spelling` counts folded words; `names` gives the fiches (ids) of each folded name, `titles`
    those of each pair of stems, one after the other, that their titles bear; `everyday` are the folded words of the
    question index that the report does not use.
    """

    idf: dict[str, float]
    spelling: dict[str, int]
    names: dict[str, frozenset[str]]
    titles: dict[str, frozenset[str]]
    everyday: frozenset[str]
    unknown_idf: float

    @classmethod
    def of(cls, passages: Sequence[Passage], fiches: Sequence[Fiche], asked: Iterable[IndexEntry] = ()) -> Lexicon:
        """Read the lexicon off the passages, the cards of the fiches and the question index."""
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
        said = [w for entry in asked for text in (*entry.questions, *entry.words) for w in words(text)]
        everyday = {part for w in said for part in (w, *w.split("-"))}
        return cls(
            idf,
            dict(spelling),
            _names(passages, fiches),
            _titles(passages, fiches),
            frozenset(everyday - spelling.keys()),
            unknown,
        )

    def knows(self, word: str) -> bool:
        """Whether the report uses a folded word, in any of its forms."""
        return word in self.spelling or stem(word) in self.idf

    def weight(self, terms: Iterable[str]) -> float:
        """The summed rarity of stems; one that the report never uses weighs the most."""
        return sum(self.idf.get(t, self.unknown_idf) for t in terms)

    def corrected(self, word: str) -> str | None:
        """What a misspelt word (folded) means; `None` for a word that is known, or where nothing is near enough.

        A word that sounds like one of the report, or like one of the little words of French, is meant to be that one;
        so is what an article typed without its apostrophe leaves of it. Else near means one edit for words of 6 or 7
        letters and two from 8 on, the first letter kept; shorter words have too many neighbours. Only a word that the
        report uses three times or more is then thought to be meant.
        """
        if len(word) < 2 or not word.isalpha() or self.knows(word) or word in self.everyday or thesaurus.knows(word):
            return None
        if (meant := self._alike(word)) is not None:
            return meant
        if len(word) < 6:
            return None
        if word[0] in "dl" and word[1] in "aeiouh":
            rest = word[1:]  # « lassociation », typed without its apostrophe
            if (meant := rest if self.knows(rest) else self._alike(rest)) is not None:
                return meant
        allowed = 1 if len(word) < 8 else 2
        candidates = [
            w
            for w, count in self.spelling.items()
            if count >= _COMMON and w[0] == word[0] and abs(len(w) - len(word)) <= allowed
        ]
        near = process.extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=10)
        best = min(near, key=lambda found: (found[1], -self.spelling[found[0]]), default=None)
        return str(best[0]) if best else None

    def _alike(self, word: str) -> str | None:
        """The nearest in spelling of the words that sound like this one."""
        alike = self._by_sound.get(sounds_of(word), ())
        return min(
            alike, key=lambda w: (DamerauLevenshtein.distance(word, w), -self.spelling.get(w, 0), w), default=None
        )

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Words that may be meant, by how they sound: two sounds say too little, but for the little words."""
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for word, count in self.spelling.items():
            if count > 1 and word.isalpha() and len(sounds_of(word)) > _LEAST_SOUNDS:
                alike[sounds_of(word)].append(word)
        for word in FRENCH_STOP_WORDS:
            if len(word) > 2:
                alike[sounds_of(word)].append(word)
        return dict(alike)

    def named_fiches(self, text: str) -> dict[str, frozenset[str]]:
        """The names in a text that point to fiches, folded, with the fiches of each.

        The parts of a hyphenated word count only where the whole is no name: Bouches-du-Rhône is not the Rhône. Two
        words that stand together in the title of a fiche (« médiation active ») are a name too.
        """
        said = words(text)
        named = [part for w in said for part in ([w] if w in self.names else w.split("-"))]
        found = {word: self.names[word] for word in named if word in self.names}
        full = [(w, tokens(w)) for w in said if tokens(w)]
        for (first, stems), (second, following) in pairwise(full):
            pair = f"{stems[-1]} {following[0]}"
            if pair in self.titles:
                found |= {first: self.titles[pair], second: self.titles[pair]}
        return found


def _titles(passages: Sequence[Passage], fiches: Sequence[Fiche]) -> dict[str, frozenset[str]]:
    """Pairs of stems of a fiche's title, where that fiche says them in more passages than any other fiche."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for pair in {" ".join(p) for p in pairwise(tokens(passage.text))}:
            held[pair][passage.fiche or _ELSEWHERE] += 1
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for fiche in fiches:
        for pair in (" ".join(p) for p in pairwise(tokens(fiche.title))):
            counts = Counter({f: n for f, n in held[pair].items() if f})
            if counts[fiche.id] > 1 and counts[fiche.id] >= _TITLE * counts.total():
                titles[pair].add(fiche.id)
    return {pair: frozenset(own) for pair, own in titles.items()}


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
