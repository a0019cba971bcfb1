"""What lets the comparison of a kit through: each sentence is proved, and stands in a cell of its fiche."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Citation, Sentence, Status, Table, TableCell
from assistant.comparison import COMPARABLE
from assistant.exports.wording import comparison as named_after
from assistant.kits.checking.statements import Gate, Refused
from assistant.kits.kit import Origin, Statement
from assistant.kits.places import place_of
from assistant.wording import compared

_NOT_ITS_TABLE = "le tableau n'est pas celui d'une comparaison de fiches"


def held_comparison(comparison: Answer, gate: Gate) -> Answer:
    """The comparison, its citations made anew, and everything said around its sentences said anew.

    Raises:
        Refused: one of its sentences is not held, or stands in the cell of another fiche.
    """
    table = comparison.table
    if table is None or not table.cells or [at for c in table.cells for at in c.sentences] != _all_of(comparison):
        raise Refused(_NOT_ITS_TABLE)
    cited = {citation.number: gate.cite(citation) for citation in comparison.citations}
    sentences: list[Sentence] = []
    cells = []
    for cell in table.cells:
        lead = _head(cell, gate)
        own = [comparison.sentences[at] for at in cell.sentences]
        sentences += [_held(sentence, cited, cell.fiche, lead, gate) for sentence in own]
        cells.append(TableCell(cell.fiche, cell.field, cell.sentences, lead))
    name = named_after(table.fiches)
    return replace(
        comparison,
        question=name,
        understood=name,
        status=Status.ANSWERED,
        sentences=tuple(sentences),
        citations=tuple(cited[citation.number] for citation in comparison.citations),
        message="",
        unknown_words=(),
        nearest_fiches=(),
        suggestions=(),
        opening="",
        notes=(),
        table=Table(tuple(cells)),
    )


def _all_of(comparison: Answer) -> list[int]:
    return list(range(len(comparison.sentences)))


def _head(cell: TableCell, gate: Gate) -> str:
    fiche = next((fiche for fiche in gate.index.fiches if fiche.id == cell.fiche), None)
    if fiche is None or cell.field not in COMPARABLE:
        raise Refused(_NOT_ITS_TABLE)
    return compared(fiche, cell.field)


def _held(sentence: Sentence, cited: dict[int, Citation], fiche: str, lead: str, gate: Gate) -> Sentence:
    if not sentence.text.strip():
        raise Refused(_NOT_ITS_TABLE)
    proofs = tuple(cited[number] for number in sentence.citations)
    gate.held(Statement(sentence.text, Origin.REPORT, proofs))
    if any(place_of(citation) != fiche for citation in proofs):
        raise Refused("une phrase n'est pas de la fiche sous laquelle elle est rangée")
    return Sentence(sentence.text, sentence.citations, "row", lead)
