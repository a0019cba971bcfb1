"""The citation gate: code compares every quote with the source, and says in which of three states it is.

- `verified`: the quote stands in the source, word for word, once typography is folded (case, ligatures, soft
  hyphens, apostrophes, quotation marks, dashes, spaces).
- `repaired`: one contiguous run of at least 85 % of the quote stands there, and what differs at its edges is
  harmless: a link or a word or two of the quoter's own, neither a figure, nor a negation, nor a name, nor words
  of another place of the source; the source's own words take the quote's place.
- `unproved`: anything else. It is never shown as an answer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.answer import CitationState
from ingest.folding import fold
from ingest.records import LEAST_QUOTE
from vectorstore.tokens import STOP_WORDS, words

LEAST_RUN = 0.85
MOST_OWN_WORDS = 2
"""Words of its own, besides links, that a repaired quote may have at its edges: more would make a claim."""

_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "œ": "oe", "æ": "ae", "…": "...",
}  # fmt: skip
_NEGATION = re.compile(
    r"\b(?:ne|n|pas|non|ni|jamais|rien|aucun(?:e|s|es|ement)?|sans|personne|nul(?:le|s|les|lement)?|guere|plus|moins|"
    r"point|sauf|excepte|hormis|hors)\b"
)
_NAME = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ]\w*")
_FOREIGN = re.compile(r"[^\W\d_a-zß-öø-ÿœæ]")
_LINKS = STOP_WORDS | frozenset(
    "ainsi enfin ensuite puis cependant toutefois neanmoins egalement notamment effet outre etc or bref".split()
)
_INSIDE = re.compile(
    r"(?<=\w)(?=\w)|(?<=\w-)(?=\w)|(?<=\w)(?=-\w)|(?<=\d[.,])(?=\d)|(?<=\d)(?=[.,]\d)|"
    r"(?<=\d )(?<!\d{4} )(?=\d{3}(?!\d))|(?<=\d)(?<!\d{4})(?= \d{3}(?!\d))"
)
"""A place inside a word, a compound or a figure (« 3,57 », « 10 000 »)."""
_OPENS = re.compile(r"(?:^|\n|[.!?:;])[\s\-]*$")
_CLOSES = re.compile(r"^(?:.?\s*$|.\n|.?[.!?:;])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the gate says of a quote.

    `start`/`end` are offsets in the source, and `quote` that very slice; all three are `None` where unproved.
    `why` says in French what decided.
    """

    state: CitationState
    quote: str | None
    start: int | None
    end: int | None
    why: str


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text without typography, and the span in the text as written of each of its characters."""

    written: str
    text: str
    spans: list[tuple[int, int]]

    def cuts(self, at: int) -> bool:
        """Whether a quote that starts or ends at `at` cuts a word, a figure or a character in two."""
        if not 0 < at < len(self.text):
            return False
        return self.spans[at - 1] == self.spans[at] or _INSIDE.match(self.text, at) is not None

    def as_written(self, start: int, end: int) -> str:
        return self.written[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""


def prove(quote: str, source: str) -> Proof:
    """Compare a quote with the text that it is said to come from."""
    wanted, given = _plain(quote), _plain(source)
    length = len(wanted.text)
    if length < LEAST_QUOTE:
        return _unproved(f"citation trop courte (moins de {LEAST_QUOTE} caractères)")
    places = [
        m.start()
        for m in re.finditer(f"(?={re.escape(wanted.text)})", given.text)
        if not given.cuts(m.start()) and not given.cuts(m.start() + length)
    ]
    if not places:
        return _repair(wanted, given)
    # Where the words stand more than once, the place that is written like the quote is the one meant.
    at = next((at for at in places if given.as_written(at, at + length) == quote), places[0])
    return _proved(CitationState.VERIFIED, given, at, at + length, "mot pour mot dans la source")


def _repair(wanted: _Plain, given: _Plain) -> Proof:
    run = SequenceMatcher(None, wanted.text, given.text, autojunk=False).find_longest_match()
    least = LEAST_RUN * len(wanted.text)
    if run.size < least:
        share = run.size / len(wanted.text)
        return _unproved(f"la plus longue suite commune couvre {share:.0%} de la citation, il en faut {LEAST_RUN:.0%}")
    # Whole words only: a word that the run cuts is among those that differ.
    a, b, size = run
    while size and (wanted.cuts(a) or given.cuts(b) or given.text[b] == " "):
        a, b, size = a + 1, b + 1, size - 1
    while size and (wanted.cuts(a + size) or given.cuts(b + size) or given.text[b + size - 1] == " "):
        size -= 1
    if size < max(least, LEAST_QUOTE):
        return _unproved("trop peu de mots entiers en commun avec la source")
    before, after = wanted.as_written(0, a), wanted.as_written(a + size, len(wanted.text))
    outside = words(given.text[:b]), words(given.text[b + size :])
    if _cut(words(before)[-1:], outside[0][-1:]) or _cut(words(after)[:1], outside[1][:1]):
        return _unproved("un mot de la source est coupé ou prolongé")
    start, end = b, b + size
    # What the source has in the place of each edge that holds words; a whole sentence leaves it nothing to replace.
    if words(before) and not _OPENS.search(given.written[: given.spans[b][0]]):
        start = _word_edge(given, max(0, b - a), -1)
    if words(after) and not _CLOSES.search(given.written[given.spans[b + size - 1][0] :]):
        end = _word_edge(given, min(len(given.text), b + size + len(wanted.text) - a - size), 1)
    instead = given.as_written(start, b), given.as_written(b + size, end)
    if why := _harm((before, after), instead, {*outside[0], *outside[1]}):
        return _unproved(why)
    return _proved(CitationState.REPAIRED, given, b, b + size, "rétablie dans les mots de la source")


def _harm(edges: tuple[str, str], instead: tuple[str, str], elsewhere: set[str]) -> str:
    """Why what differs at the edges may change what is said (empty: it may not)."""
    own = [w for edge in edges for w in words(edge) if w not in _LINKS]
    for text in (*edges, *instead):
        if re.search(r"\d", text):
            return "un chiffre diffère de la source"
        if _NEGATION.search(fold(text).replace("'", " ")):
            return "une négation diffère de la source"
        if any(fold(name) not in _LINKS for name in _NAME.findall(text)):
            return "un nom propre diffère de la source"
    if any(_FOREIGN.search(edge.lower()) for edge in edges):
        return "des lettres d'un autre alphabet remplacent celles de la source"
    if elsewhere.intersection(own):
        return "des mots d'un autre endroit de la source sont joints à la citation"
    if len(own) > MOST_OWN_WORDS:
        return "les bords de la citation ne sont pas dans la source"
    return ""


def _cut(quoted: list[str], printed: list[str]) -> bool:
    """Whether one of two words that differ is the head or the tail of the other."""
    for short, long in (*zip(quoted, printed, strict=False), *zip(printed, quoted, strict=False)):
        article = len(short) < 3 and {short, long} <= _LINKS  # « de » for « des » cuts nothing
        if short != long and (long.startswith(short) or long.endswith(short)) and not article:
            return True
    return False


def _word_edge(given: _Plain, at: int, step: int) -> int:
    while given.cuts(at):
        at += step
    return at


def _proved(state: CitationState, given: _Plain, a: int, b: int, why: str) -> Proof:
    start, end = given.spans[a][0], given.spans[b - 1][1]
    return Proof(state, given.written[start:end], start, end, why)


def _unproved(why: str) -> Proof:
    return Proof(CitationState.UNPROVED, None, None, None, why)


# The same passages come back at question after question; the record is never changed.
@lru_cache(maxsize=256)
def _plain(text: str) -> _Plain:
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    for i, raw in enumerate(text):
        if unicodedata.category(raw) == "Cf":  # soft hyphens, zero-width and right-to-left marks
            continue
        for char in _SAME.get(raw) or unicodedata.normalize("NFKC", raw).lower():
            folded = _SAME.get(char, char)
            if folded.isspace():
                # Spaces fold into one, and none stands beside a quotation mark.
                if not out or out[-1] in ' "':
                    continue
                folded = " "
            elif folded == '"' and out and out[-1] == " ":
                out.pop()
                spans.pop()
            if unicodedata.combining(folded[0]) and out:
                composed = unicodedata.normalize("NFC", out[-1] + folded)
                if len(composed) == 1:
                    out[-1], spans[-1] = composed, (spans[-1][0], i + 1)
                    continue
            out += list(folded)
            spans += [(i, i + 1)] * len(folded)
    while out and out[-1] == " ":
        out.pop()
        spans.pop()
    return _Plain(text, "".join(out), spans)
