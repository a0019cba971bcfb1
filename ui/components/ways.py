"""Links one beside the other to the views of a page; the one that is shown is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ui.components import define
from ui.navigation import Link, follow

_show_ways = define(Path(__file__).parent, "ways", html='<nav class="ways"></nav>')


@dataclass(frozen=True, slots=True)
class WayView:
    """A link to a view; `current` holds for the one that is shown."""

    text: str
    link: Link
    current: bool


def offer_ways(key: str, name: str, ways: Sequence[WayView]) -> None:
    """Show the links, and follow the one that is clicked; `name` is what they are together."""
    data = {"name": name, "ways": [asdict(way) for way in ways]}
    follow(_show_ways(key=key, data=data, on_go_change=lambda: None).go)
