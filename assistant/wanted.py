"""What a question wants to be told: an amount, a share, a date… and whether words can be that.

« Combien ça coûte » is not answered by a sentence without an amount, however much it speaks of costs. Patterns are over
folded text (lower-case, no accents) and say what words mean in French, and in English for questions in English.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from ingest.folding import fold


class Wanted(StrEnum):
    """A sort of thing that a question may want."""

    AMOUNT = "amount"
    SHARE = "share"
    LENGTH = "length"
    AGE = "age"
    DATE = "date"
    COUNT = "count"
    CONTACT = "contact"
    LAW = "law"


_NUMBER = (
    r"(?:\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|"
    r"cinquante|soixante|cent|mille)"
)
_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"

_PAID = (
    r"(?:cout(?:e|ent|er|ait)?|pay(?:e|ee|es|ees|er|ent|ait)|touche(?:nt|r)?|gagne(?:nt|r)?|factur\w+|verse(?:e|es|nt|r)?|"
    r"defray\w*|rembours\w+)\b"
)
_HOW_MUCH = r"(?:\bcombien|\bcb\b|\bcbien\b)"
_UNITS = r"(?:ans?|annees?|mois|semaines?|jours?|journees?|heures?|minutes?|seances?)"

_ASKS = {
    Wanted.AMOUNT: (
        rf"{_HOW_MUCH} .{{0,40}}\b{_PAID}",
        rf"\b(?:{_PAID}|prend|prennent) (?:\w+ )?{_HOW_MUCH}",
        r"\b(?:montants?|budgets?|prix|tarifs?|salaires?|remunerations?|primes?|euros?|enveloppe)\b|€",
        r"\bcouts? (?:total|annuel|moyen|par)",
        r"how much|\bsalary\b|\bcost of\b",
    ),
    Wanted.SHARE: (r"pourcentage", r"\btaux\b", r"proportion", r"quelle part\b", r"percent|share of"),
    Wanted.LENGTH: (
        rf"{_HOW_MUCH} (?:de |d')?(?:temps\b|{_UNITS}\b)",
        r"\bduree|\bdelais?\b",
        r"\bdure(?:nt)? (?:\w+ )?combien",
        r"how long",
    ),
    Wanted.AGE: (r"quel(?:s|le)? ages?\b", r"tranches? d'age", r"how old|what age"),
    Wanted.DATE: (r"\bquand\b", r"quel(?:le)? (?:date|annee|jour|mois)", r"\bdate d", r"\bwhen\b|since when|what year"),
    Wanted.COUNT: (_HOW_MUCH, r"nombre d", r"\beffectifs?\b", r"how many"),
    Wanted.CONTACT: (
        r"numero de tel|telephon|coordonnees|\be-?mail\b",
        r"adresse (?:mail|postale|exacte)",
        r"telecharg|\blien (?:vers|internet|du)|\bsite (?:web|internet)",
        r"\bou (?:le |la |les |je |peut-on )?(?:peux )?(?:trouver|commander|acheter)",
        r"download|\bphone\b",
    ),
    Wanted.LAW: (
        r"quel(?:le)? (?:article|loi|decret)",
        r"texte de loi|article du code|base legale",
        r"which law",
    ),
}
_TELLS = {
    Wanted.AMOUNT: (r"\d ?(?:€|k€|m€)", r"euros?\b"),
    Wanted.SHARE: (r"%|pour ?cent", r"\b(?:moitie|tiers|quarts?)\b", r"majorit", r"\bsur (?:dix|cent|\d+)"),
    Wanted.LENGTH: (rf"\b{_NUMBER}(?: ?[a-z]+)? {_UNITS}\b", r"\b\d+ ?h\b"),
    Wanted.AGE: (rf"\b{_NUMBER} ans\b", r"\bagee?s?\b"),
    Wanted.DATE: (r"\b(?:19|20)\d\d\b", rf"\b{_MONTH}\b"),
    Wanted.COUNT: (rf"\b{_NUMBER}\b",),
    Wanted.CONTACT: (r"https?:|www\.|@", r"\b0\d(?:[ .]?\d\d){4}\b", r"\.(?:fr|org|com)\b"),
    Wanted.LAW: (r"\b(?:articles?|lois?|decrets?|code|ordonnances?)\b",),
}
_ASKED = {wanted: re.compile("|".join(patterns)) for wanted, patterns in _ASKS.items()}
_TOLD = {wanted: re.compile("|".join(patterns)) for wanted, patterns in _TELLS.items()}


@lru_cache(maxsize=20_000)
def wanted_of(text: str) -> frozenset[Wanted]:
    """What a question wants; nothing in particular for most. An amount, a length or a share is no mere count."""
    folded = fold(text)
    wanted = {w for w, pattern in _ASKED.items() if pattern.search(folded)}
    if wanted & {Wanted.AMOUNT, Wanted.SHARE, Wanted.LENGTH}:
        wanted.discard(Wanted.COUNT)
    return frozenset(wanted)


@lru_cache(maxsize=20_000)
def told_by(words: str) -> frozenset[Wanted]:
    """What words may tell."""
    folded = fold(words)
    return frozenset(w for w, pattern in _TOLD.items() if pattern.search(folded))
