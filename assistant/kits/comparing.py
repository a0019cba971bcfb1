"""The comparison of a session: its fiches side by side, in the sentences that were read of them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence, Table, TableCell
from assistant.comparison import LEAST_FICHES, table_answer
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Audience
from assistant.kits.points import Teaching
from assistant.kits.statements import choose
from assistant.wording import compared
from ingest.records import Fiche
from vectorstore.index import Index

_FIELDS = {
    Aspect.AIM: "objectif",
    Aspect.ACTORS: "gouvernance",
    Aspect.FUNDING: "financements",
    Aspect.PARTICIPATION: "participation",
    Aspect.CONDITION: "conditions",
    Aspect.EFFECT: "effets",
    Aspect.EVALUATION: "evaluation",
}
"""The field of the report by whose name each aspect goes in the table."""
_COMPARED = {
    Audience.STUDENTS: (Aspect.AIM, Aspect.PARTICIPATION, Aspect.CONDITION, Aspect.EFFECT),
    Audience.PROFESSIONALS: (Aspect.CONDITION, Aspect.PARTICIPATION, Aspect.EFFECT, Aspect.AIM),
    Audience.MANAGERS: (Aspect.FUNDING, Aspect.CONDITION, Aspect.EVALUATION, Aspect.EFFECT, Aspect.ACTORS),
    Audience.MIXED: (Aspect.PARTICIPATION, Aspect.EFFECT, Aspect.CONDITION, Aspect.AIM),
}
"""What fiches are compared on for each audience, the most telling first."""
_MOST_FICHES, _ASPECTS, _POINTS = 4, 3, 2
"""Fiches, aspects and points of a cell at most."""


def compare_points(index: Index, teaching: Teaching, fiches: Sequence[Fiche], audience: Audience) -> Answer | None:
    """An answer that is a table, as `assistant/comparison.py` gives; `None` where there is nothing to compare."""
    said = {(point.place, point.aspect) for point in teaching.points}
    wanted = _COMPARED[audience]
    # Those that speak of most of what is asked.
    fullest = sorted(fiches, key=lambda f: -sum((f.id, aspect) in said for aspect in wanted))[:_MOST_FICHES]
    chosen = [fiche for fiche in fiches if fiche in fullest]
    aspects = [a for a in wanted if sum((f.id, a) in said for f in chosen) >= LEAST_FICHES][:_ASPECTS]
    if len(chosen) < LEAST_FICHES or not aspects:
        return None
    sentences: list[Sentence] = []
    citations: dict[tuple[str, int, int], Citation] = {}
    cells = []
    for aspect in aspects:
        for fiche in chosen:
            own = [point for point in teaching.points if point.place == fiche.id]
            first = len(sentences)
            lead = compared(fiche, _FIELDS[aspect])
            for point in choose(own, (aspect,), _POINTS):
                span = (point.citation.document, point.citation.start, point.citation.end)
                known = citations.setdefault(span, replace(point.citation, number=len(citations) + 1))
                sentences.append(Sentence(point.text, (known.number,), "row", lead))
            cells.append(TableCell(fiche.id, _FIELDS[aspect], tuple(range(first, len(sentences))), lead))
    ids = [fiche.id for fiche in chosen]
    return table_answer(index, ids, Table(tuple(cells)), sentences, list(citations.values()))
