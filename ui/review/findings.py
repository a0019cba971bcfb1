"""What was found, as tables and as lists of plain text: the component that the views around the queue share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from ui.components import define
from ui.navigation import Link, follow

_show = define(Path(__file__).parent, "findings", html='<div class="findings"></div>', parts=("figures",))


@dataclass(frozen=True, slots=True)
class TableView:
    """A table; the first cell of each row heads it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry of a list: a text, a link where it leads somewhere, what is said beside it, and a table under it."""

    text: str
    link: Link | None = None
    beside: str = ""
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class ListView:
    """Entries under a heading, which may be empty."""

    heading: str
    entries: tuple[EntryView, ...]


def show_findings(key: str, *, tables: Iterable[TableView] = (), lists: Iterable[ListView] = ()) -> None:
    """Show tables, then lists, and go where a link in them leads."""
    data = {"tables": [asdict(table) for table in tables], "lists": [asdict(one) for one in lists]}
    follow(_show(key=key, data=data, on_go_change=lambda: None).go)
