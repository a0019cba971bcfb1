"""The one French tokenizer: the same for the index and for the question.

Words are folded (case, accents, ligatures) *before* the Snowball stemmer, since many questions are typed
without accents; the final `e` that the stemmer then leaves on feminine participles goes too. Elided articles
fall away, *aujourd'hui* stays whole, *n° 12* gives its number, *3 000* and *3.000* are *3000*, hyphenated words
give their parts and their joined form (« co-formation » meets « coformation »). The closed-class words of French,
and of English for questions in English, are left out. Negations are words like any other: *pas* changes an answer.
"""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from ingest.folding import fold

TOKENIZER = "fr-snowball 2"
"""Changes whenever tokens would: an index made by another tokenizer is refused."""

_WORD = re.compile(r"aujourd'hui|[a-z0-9]+(?:[.,][0-9]+)*(?:['\-][a-z0-9]+)*")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu)'")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .]\d{3})+(?!\d)")

FRENCH_STOP_WORDS = frozenset(
    """a ai aie ait alors apres as au aucun aussi autre autres aux avaient avais avait avant avec avez avoir avons
    c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de des deux donc
    dont du elle elles en entre es est et etaient etait etant ete etes etre eu eux fait faire font fut hors ici il
    ils j je l la le les leur leurs lors lui m ma mais me meme memes mes moi mon n nos notre nous on ont ou par
    parce peu peut peuvent plus plusieurs pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa se
    selon sera seront ses si soi soit son sont sous sur t ta te tel telle tes toi ton tous tout toute toutes tu un
    une vos votre vous y combien lequel laquelle lesquels lesquelles dit dire quelque quelques""".split()
)
ENGLISH_STOP_WORDS = frozenset(
    """the of and to is are was were what which who whom how does did do for from with by it its this that these those
    they their there in at be been has have had can could would should will why where when between into any""".split()
)
STOP_WORDS = FRENCH_STOP_WORDS | ENGLISH_STOP_WORDS

_stemmer = Stemmer.Stemmer("french")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed.rstrip("e") or stemmed


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without elided articles; hyphenated words whole."""
    return list(_words(text))


# The same passages and sentences are weighed at question after question.
@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    folded = _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), fold(text).replace("l'on ", "on "))
    return tuple(w for found in _WORD.findall(folded) if (w := _ELIDED.sub("", found)))


def tokens(text: str) -> list[str]:
    """The index terms of a text, in order, repeats kept; an empty text gives none."""
    return list(_tokens(text))


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    terms: list[str] = []
    for word in _words(text):
        parts = [p for p in re.split(r"['\-]", word) if p] if word != "aujourd'hui" else ["aujourdhui"]
        full = [p for p in parts if p not in STOP_WORDS]
        terms += [stem(p) for p in full if len(p) > 1 or p.isdigit()]
        if full and len(parts) > 1:
            terms.append(stem("".join(parts)))
    return tuple(terms)


def is_english(text: str) -> bool:
    """Whether a text is in English: two of its closed-class words at least, and more of them than of French ones."""
    said = words(text)
    english = sum(w in ENGLISH_STOP_WORDS - FRENCH_STOP_WORDS for w in said)
    return english >= 2 and english > sum(w in FRENCH_STOP_WORDS - ENGLISH_STOP_WORDS for w in said)
