"""The key facts of sentences that were marked good: the figures and the proper names that a right answer states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.answer import Sentence
from ingest.folding import letters

MOST_FACTS = 8
"""Key facts of an answer: those that come first, not each word that has a capital."""
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[ \u00a0\u202f.,]\d+)*(?:[ \u00a0\u202f]?(?:%|€|euros?\b))?(?![\w])")
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ][\w'’-]*"
_NAME = re.compile(rf"(?<!\w){_CAPITAL}(?: (?:(?:de|du|des|la|le|les) ){{0,2}}{_CAPITAL})*")
_ELIDED = re.compile(r"^(?:[LD]|Qu)['’]")
_LINKED = re.compile(r"^(?:(?:de|du|des|la|le|les) )+")
_OPENS = re.compile(r"(?:^|[.!?:;…]\s)[\s«»\"“”(\-–—•]*$")


def key_facts(sentences: Iterable[Sentence]) -> tuple[tuple[str, ...], ...]:
    """The figures of sentences, then their proper names, each once.

    A digit alone and the first word of a sentence are left out: they are found in any answer, or are no name.
    """
    texts = [sentence.text for sentence in sentences]
    figures = [found[0] for text in texts for found in _FIGURE.finditer(text) if len(found[0]) > 1]
    names = [name for text in texts for name in _names(text)]
    distinct: dict[str, str] = {}
    for fact in (*figures, *names):
        distinct.setdefault(letters(fact), fact)
    return tuple((fact,) for fact in [*distinct.values()][:MOST_FACTS])


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        name = _ELIDED.sub("", found[0])
        opens = _OPENS.search(text[: found.start()]) is not None
        if opens and not name.partition(" ")[0].isupper():
            name = _LINKED.sub("", name.partition(" ")[2])
        if name[:1].isupper() and len(name) > 1:
            yield name
