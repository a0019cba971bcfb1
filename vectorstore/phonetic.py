"""How a French word sounds, for words written as they are heard (« kel », « servisse », « finanse »).

A key of sounds in the manner of the French soundexes: letters that sound alike are one, silent letters and doubled
ones fall away. Two words with one key sound alike; the key is not meant to be read.
"""

from __future__ import annotations

import re
from functools import lru_cache

# In order: each rule reads what the former ones left.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"ph", "f"),
        (r"ch|sh", "S"),
        (r"(?<=[aeioucpn])tion", "sion"),
        (r"sc(?=[eiy])|c(?=[eiy])|x(?=ion)|z", "s"),
        (r"qu|q|ck|c|k", "k"),
        (r"gu(?=[eiy])|gg", "g"),
        (r"g(?=[eiy])", "j"),
        (r"h", ""),
        (r"eau|au", "o"),
        (r"ill(?=[eao])|ll(?=[eao])|y", "i"),
        (r"(?:ain|ein|aim|in|im|un|um)(?![aeiounm])", "1"),
        (r"(?:an|am|en|em)(?![aeiounm])", "2"),
        (r"(?:on|om)(?![aeiounm])", "3"),
        (r"oi", "4"),
        (r"ou|oo", "5"),
        (r"oeu|eu|oe", "6"),
        (r"ai|ei", "e"),
        (r"w", "v"),
        (r"(.)\1+", r"\1"),
        (r"(?:2t|er|ez|es|et|e|[tdpsx]+)$", ""),
    )
)


@lru_cache(maxsize=50_000)
def sounds_of(folded: str) -> str:
    """The key of a folded word; empty for one without letters that sound."""
    key = folded
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key
