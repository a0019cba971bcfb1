"""What `table.js` draws: a comparison whose cells hold lines of any sort. Plain values, no markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.answer import Table
from assistant.exports.wording import FICHE, FIELD, comparison
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche
from ui.labels import fiche_name

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class HeadView:
    """What heads a row or a column of a comparison: a field, or a fiche with its place."""

    name: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class RowView(Generic[Line]):
    """A row of a comparison: for each column its lines, none where the report does not say."""

    head: HeadView
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class TableView(Generic[Line]):
    """A comparison; `corner` heads the column of the heads of the rows."""

    caption: str
    corner: str
    columns: tuple[HeadView, ...]
    rows: tuple[RowView[Line], ...]


def table_of(
    table: Table, lines: Sequence[Line], fiches: Sequence[Fiche], bare: Callable[[Line, str], Line]
) -> TableView[Line]:
    """Lay out a comparison with its longer side down, so that a page of any width holds it.

    `lines` are those of the answer's sentences; `bare` takes from one what its head says already.
    """
    places = {fiche.id: (fiche.territoire or "").split("\n")[0] for fiche in fiches}
    heads = {name: HeadView(fiche_name(name), places.get(name, "")) for name in table.fiches}
    fields = {name: HeadView(CARD.get(name) or FIELDS[name]) for name in table.fields}
    cells = {
        (cell.fiche, cell.field): tuple(bare(lines[at], fields[cell.field].name) for at in cell.sentences)
        for cell in table.cells
    }
    caption = comparison(table.fiches)
    if len(heads) > len(fields):
        rows = tuple(RowView(head, tuple(cells.get((name, f), ()) for f in fields)) for name, head in heads.items())
        return TableView(caption, FICHE, tuple(fields.values()), rows)
    rows = tuple(RowView(head, tuple(cells.get((f, name), ()) for f in heads)) for name, head in fields.items())
    return TableView(caption, FIELD, tuple(heads.values()), rows)
