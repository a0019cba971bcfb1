"""What other people say for the words of the trade: English words, everyday French, abbreviations, departments.

`thesaurus.tsv` has a line for each word of the report: the word, how it is said in English, how it is said in
everyday French (commas between). `abbreviations.tsv` has a line for each abbreviation of social work, and for each
number of a French department, with what it stands for. Both are about the language, not about one question.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

import Stemmer

from ingest.folding import fold
from vectorstore.tokens import STOP_WORDS, is_english, stem, tokens, words

_LONGEST = 4
"""Words of the longest expression looked up."""
_MOST = 6
"""Words of the report that one word stands for, at the most: the nearest."""
_NUMBER = re.compile(
    r"\b(?:le|la|du|au|en|cd|cg|departement|dept)\s?(\d{2,3}|2[ab])\b"
    r"(?! (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|ans|%))"
)
_BRIEF = 2
"""An abbreviation of so few letters is one only in capitals: « as » and « pa » are words."""


def gloss(text: str) -> str:
    """The words of the report that a text may mean, as one text; empty where the thesaurus adds nothing.

    For a text in English, its French; for one in French, what is said in the report for its everyday words.
    """
    english = is_english(text)
    said = _english_stems(text) if english else tokens(text)
    table = _tables()[0 if english else 1]
    there = set(tokens(text))
    found: dict[str, None] = {}
    for start in range(len(said)):
        for length in range(min(_LONGEST, len(said) - start), 0, -1):
            meant = table.get(" ".join(said[start : start + length]), ())
            if meant:
                found |= dict.fromkeys(w for w in meant if not set(tokens(w)) <= there)
                if length > 1:
                    break
    return " ".join(found)


def knows(word: str) -> bool:
    """Whether a folded French word is an everyday one that the thesaurus explains."""
    stems = tokens(word)
    return bool(stems) and " ".join(stems) in _tables()[1]


def expansions(text: str) -> list[str]:
    """What the abbreviations and the department numbers of a text stand for, and the abbreviations of what it spells.

    « CF » gives « conférence familiale »; « aide sociale à l'enfance » gives « ASE »; « le 93 », « Seine-Saint-Denis ».
    """
    short, numbers = _abbreviations()
    typed = set(re.findall(r"[^\W_]+", text))
    folded = fold(text)
    said = words(text)
    spelled, apart = f" {' '.join(said)} ", set(said)
    found = []
    for abbreviation, meanings in short.items():
        known = abbreviation in typed if len(abbreviation) <= _BRIEF else fold(abbreviation) in apart
        if known:
            found += [m for m in meanings if fold(m) not in folded]
        elif any(f" {' '.join(words(m))} " in spelled for m in meanings):
            found.append(abbreviation)
    return found + [name for n in _NUMBER.findall(folded) for name in numbers.get(n, ()) if fold(name) not in folded]


def in_english(text: str, choose: Callable[[Sequence[str]], str]) -> str:
    """The English of the words of a text that the thesaurus knows, in order; `choose` takes one of several."""
    table = _english_of()
    return " ".join(choose(table[term]) for term in tokens(text) if term in table)


def pairs() -> Iterator[tuple[str, str]]:
    """What is said for a word of the report, and that word: lessons for the embedding."""
    for french, english, everyday in _rows("thesaurus.tsv", 3):
        yield from ((said, french) for said in _split(english) + _split(everyday))
    short, _ = _abbreviations()
    yield from ((abbreviation, meaning) for abbreviation, meanings in short.items() for meaning in meanings)


@cache
def _english_of() -> dict[str, tuple[str, ...]]:
    """The English of each stem of the report."""
    table: dict[str, tuple[str, ...]] = {}
    for french, english, _ in _rows("thesaurus.tsv", 3):
        for term in tokens(french):
            table[term] = (*table.get(term, ()), *_split(english))
    return {term: said for term, said in table.items() if said}


@cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """From English stems and from everyday French stems to words of the report."""
    english: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    everyday: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for french, in_english, in_everyday in _rows("thesaurus.tsv", 3):
        for place, said in enumerate(_split(in_english)):
            english[" ".join(_english_stems(said))].append((place, french))
        for place, said in enumerate(_split(in_everyday)):
            everyday[" ".join(tokens(said))].append((place, french))
    return _nearest(english), _nearest(everyday)


def _nearest(table: dict[str, list[tuple[int, str]]]) -> dict[str, tuple[str, ...]]:
    """The nearest meanings: those in whose line the word stands first; one of each family."""
    few = {}
    for said, meant in table.items():
        by_family = {stem(french): french for _, french in sorted(meant, reverse=True)}
        few[said] = tuple(sorted(by_family.values(), key=[french for _, french in sorted(meant)].index)[:_MOST])
    return {said: meant for said, meant in few.items() if said}


@cache
def _abbreviations() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The meanings of abbreviations, and the names of departments by their folded number."""
    rows = [(short, tuple(_split(meanings))) for short, meanings in _rows("abbreviations.tsv", 2)]
    return {s: m for s, m in rows if not s[0].isdigit()}, {fold(s): m for s, m in rows if s[0].isdigit()}


def _rows(name: str, columns: int) -> Iterator[Sequence[str]]:
    lines = resources.files("vectorstore").joinpath(name).read_text("utf-8").splitlines()
    for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield (*row, *[""] * (columns - len(row)))


def _split(cell: str) -> list[str]:
    return [said.strip() for said in cell.split(",") if said.strip()]


_english_stemmer = Stemmer.Stemmer("english")


def _english_stems(text: str) -> list[str]:
    parts: Iterable[str] = (p for w in words(text) for p in w.split("-"))
    return [_english_stemmer.stemWord(p) for p in parts if p not in STOP_WORDS and len(p) > 1]
