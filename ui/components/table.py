"""What `table.js` draws: a comparison whose cells hold lines of any sort. Plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

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
