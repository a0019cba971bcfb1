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

_ASKS = {
    Wanted.AMOUNT: r"combien .{0,40}(?:cout|pay|touch|gagn|factur|defray|verse|rembours|regl|eur)\w*|(?:cout|pay|touch|gagn|"
    r"factur|prend|prennent|verse|defraye|rembours|regl)\w* (?:\w+ )?combien|montants?\b|budgets?\b|prix\b|tarifs?\b|"
    r"salaires?\b|remuneration|primes?\b|euros?\b|€|enveloppe|cout (?:total|annuel|moyen|par)|how much|salary|cost of",
    Wanted.SHARE: r"pourcentage|\btaux\b|proportion|quelle part\b|percent|share of|combien (?:de )?%",
    Wanted.LENGTH: r"combien (?:de |d')?(?:temps|jours?|heures?|mois|semaines?|annees?|ans\b|seances?|journees?)|\bduree|"
    r"\bdelais?\b|dure(?:nt)? (?:\w+ )?combien|how long",
    Wanted.AGE: r"quel(?:s|le)? ages?\b|tranches? d'age|how old|what age",
    Wanted.DATE: r"\bquand\b|quelle date|quelle annee|quel jour|quel mois|date d|\bwhen\b|since when|what year",
    Wanted.COUNT: r"combien|\bcb\b|\bcbien\b|nombre d|how many|\beffectifs?\b",
    Wanted.CONTACT: r"numero de tel|telephon|coordonnees|adresse (?:mail|postale|exacte|e-mail)|e-mail|\bmail\b|telecharg|"
    r"\blien (?:vers|internet|du)|site (?:web|internet)|ou (?:le |la )?(?:trouver|commander|acheter)|download|phone",
    Wanted.LAW: r"quel(?:le)? (?:article|loi|decret|texte de loi)|texte de loi|article du code|base legale|which law",
}
_TELLS = {
    Wanted.AMOUNT: r"\d ?(?:€|euros?|k€|m€)|euros?\b",
    Wanted.SHARE: r"%|pour ?cent|\bmoitie\b|\btiers\b|\bquarts?\b|majorit|\bsur (?:dix|cent|\d+)",
    Wanted.LENGTH: rf"\b{_NUMBER}(?: ?[a-z]+)? (?:ans?|annees?|mois|semaines?|jours?|journees?|heures?|minutes?|seances?)\b|"
    r"\b\d+ ?h\b",
    Wanted.AGE: rf"\b{_NUMBER} ans\b|\bage",
    Wanted.DATE: rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b",
    Wanted.COUNT: rf"\b{_NUMBER}\b",
    Wanted.CONTACT: r"https?:|www\.|@|\b0\d(?:[ .]?\d\d){4}\b|\.fr\b|\.org\b",
    Wanted.LAW: r"\barticles?\b|\blois?\b|\bdecrets?\b|\bcode\b|\bordonnance",
}
_ASKED = {wanted: re.compile(pattern) for wanted, pattern in _ASKS.items()}
_TOLD = {wanted: re.compile(pattern) for wanted, pattern in _TELLS.items()}


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
