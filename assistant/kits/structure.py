"""Points of a fiche that nobody has read by hand: its own sentences, taken by the fields in which they stand.

So a document of other fiches gives a session too. What a field tells is told by its name; a difficulty, by words that
French says difficulties with.
"""

from __future__ import annotations

import re

from assistant.answer import Citation, CitationState
from assistant.conclusion import as_sentence
from assistant.kits.aspects import Aspect
from assistant.kits.points import Point
from ingest.folding import fold
from ingest.records import Fiche, Passage, Unit, UnitKind
from vectorstore.index import Index
from vectorstore.sentences import quotable

_ASPECTS = {
    "definition": Aspect.IDEA,
    "descriptif": Aspect.IDEA,
    "objectif": Aspect.AIM,
    "genese": Aspect.ORIGIN,
    "repere": Aspect.STEPS,
    "gouvernance": Aspect.ACTORS,
    "financements": Aspect.FUNDING,
    "participation": Aspect.PARTICIPATION,
    "deploiement": Aspect.STEPS,
    "conditions": Aspect.CONDITION,
    "perspectives": Aspect.NEXT,
    "mise-en-oeuvre": Aspect.STEPS,
    "effets": Aspect.EFFECT,
    "evaluation": Aspect.EVALUATION,
}
_DIFFICULT = re.compile(
    r"\b(?:freins?|difficultes?|obstacles?|limites?|resistances?|reticences?|ecueils?|craintes?|manqu\w+|risques?)\b"
)
_LIVED = ("deploiement", "conditions", "mise-en-oeuvre", "effets", "evaluation")
"""Fields that tell of the practice as it is lived; before it, difficulties are those that it answers."""
_WORDS = (6, 38)
"""Words of a sentence that can be told as it stands."""
_SHORT = 18
"""Words of an item that can be one answer among others."""
_OF_FIELD = 4
"""Points of a field at most."""


def structural_points(index: Index, fiche: Fiche) -> list[Point]:
    """The points of a fiche, in the report's order."""
    points: list[Point] = []
    for field in fiche.fields:
        if field not in _ASPECTS:
            continue
        own = [p for p in index.passages if (p.document, p.fiche, p.field) == (fiche.document, fiche.id, field)]
        points += [_point(p, u, field) for p in own for u in quotable(p) if _told(p, u)][:_OF_FIELD]
    return points


def _told(passage: Passage, unit: Unit) -> bool:
    words = passage.words_of(unit)
    return _WORDS[0] <= len(words.split()) <= _WORDS[1] and words.rstrip()[-1] not in ":,;"


def _point(passage: Passage, unit: Unit, field: str) -> Point:
    words = " ".join(passage.words_of(unit).split())
    short = words[:1].lower() + words[1:].rstrip(" .;,") if unit.kind is UnitKind.ITEM else ""
    return Point(
        place=passage.fiche or passage.group,
        aspect=Aspect.OBSTACLE if field in _LIVED and _DIFFICULT.search(fold(words)) else _ASPECTS[field],
        text=as_sentence(words, UnitKind.SENTENCE),
        short=short if len(short.split()) <= _SHORT else "",
        figure=None,
        citation=Citation.of(passage, unit.start, unit.end, CitationState.VERIFIED),
    )
