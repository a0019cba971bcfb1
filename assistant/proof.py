"""The citation gate: code compares every quote with the source, and says in which of three states it is.

- `verified`: the quote stands in the source, word for word, once typography is folded (case, ligatures, soft
  hyphens, apostrophes, quotation marks, dashes, spaces).
- `repaired`: one contiguous run of at least 85 % of the quote stands there, and what differs at its edges is
  neither a figure, nor a negation, nor a name; the source's own words take the quote's place.
- `unproved`: anything else. It is never shown as an answer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.answer import CitationState

LEAST_CHARACTERS = 12
"""A shorter quote stands in any text and proves nothing."""
LEAST_RUN = 0.85

_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "«": '"', "»": '"', "“": '"', "”": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
    "œ": "oe", "æ": "ae", "…": "...",
}  # fmt: skip
_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
_NEGATION = re.compile(
    r"\b(?:ne|n|pas|non|ni|jamais|rien|aucune?s?|sans|personne|nulle?s?|guere|guère|plus|point|sauf|excepté|hors)\b"
)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÀ-Ý]\w+")


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


def prove(quote: str, source: str) -> Proof:
    """Compare a quote with the text that it is said to come from."""
    wanted, _ = _normalise(quote)
    given, offsets = _normalise(source)
    if len(wanted) < LEAST_CHARACTERS:
        return _unproved(f"citation trop courte (moins de {LEAST_CHARACTERS} caractères)")
    at = given.find(wanted)
    while at >= 0:
        if _whole_words(given, at, at + len(wanted)):
            start, end = offsets[at], offsets[at + len(wanted) - 1] + 1
            return Proof(CitationState.VERIFIED, source[start:end], start, end, "mot pour mot dans la source")
        at = given.find(wanted, at + 1)
    return _repair(quote, wanted, given, offsets, source)


def _repair(quote: str, wanted: str, given: str, offsets: list[int], source: str) -> Proof:
    run = SequenceMatcher(None, wanted, given, autojunk=False).find_longest_match()
    if run.size < LEAST_RUN * len(wanted):
        share = run.size / len(wanted)
        return _unproved(f"la plus longue suite commune couvre {share:.0%} de la citation, il en faut {LEAST_RUN:.0%}")
    # Whole words only: a word that the run cuts is among those that differ.
    first, last = run.b, run.b + run.size
    while first < last and not _whole_words(given, first, last) and given[first - 1 : first].isalnum():
        first += 1
    while last > first and last < len(given) and given[last].isalnum() and given[last - 1].isalnum():
        last -= 1
    lead = len(wanted[: run.a]) + (first - run.b)
    tail = len(wanted) - (run.a + run.size) + (run.b + run.size - last)
    differing = wanted[:lead] + " " + wanted[len(wanted) - tail :] if tail else wanted[:lead]
    replaced = given[max(0, first - lead) : first] + " " + given[last : last + tail]
    for words in (differing, replaced):
        if re.search(r"\d", words):
            return _unproved("un chiffre diffère de la source")
        if _NEGATION.search(words.replace("'", " ")):
            return _unproved("une négation diffère de la source")
    names = {n.lower() for n in _NAME.findall(quote)}
    if any(n in differing and n not in given for n in names):
        return _unproved("un nom propre diffère de la source")
    text = given[first:last].strip()
    if len(text) < LEAST_CHARACTERS or len(text) < LEAST_RUN * len(wanted):
        return _unproved("trop peu de mots entiers en commun avec la source")
    first = given.index(text, first)
    start, end = offsets[first], offsets[first + len(text) - 1] + 1
    return Proof(CitationState.REPAIRED, source[start:end], start, end, "rétablie dans les mots de la source")


def _unproved(why: str) -> Proof:
    return Proof(CitationState.UNPROVED, None, None, None, why)


def _whole_words(text: str, start: int, end: int) -> bool:
    opens = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    closes = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return opens and closes


def _normalise(text: str) -> tuple[str, list[int]]:
    """The text without typography, and the offset in `text` of each of its characters."""
    out: list[str] = []
    offsets: list[int] = []
    for i, raw in enumerate(text):
        if raw in _INVISIBLE:
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
                offsets.pop()
            if unicodedata.combining(folded[0]) and out:
                composed = unicodedata.normalize("NFC", out[-1] + folded)
                if len(composed) == 1:
                    out[-1] = composed
                    continue
            out += list(folded)
            offsets += [i] * len(folded)
    while out and out[-1] == " ":
        out.pop()
        offsets.pop()
    return "".join(out), offsets
