"""The views of the page of measures, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from ui.components import define
from ui.evaluation import labels
from ui.navigation import EVALUATION, Link, asked_for, follow, link

VIEW, RUN, PART, BEFORE, AFTER = "volet", "mesure", "partie", "avant", "apres"
"""What the address calls the view, the run that is shown and what is shown of it, and the two runs compared."""
_show_ways = define(Path(__file__).parent, "ways", html='<nav class="ways"></nav>')


class View(StrEnum):
    """What the page shows, as the address names it."""

    RUNS = "mesures"
    COMPARE = "comparer"
    TRIALS = "essais"
    JUDGE = "juge"
    REPORT = "rapport"


@dataclass(frozen=True, slots=True)
class WayView:
    """A link to a view; `current` holds for the one that is shown."""

    text: str
    link: Link
    current: bool


def asked_view() -> View:
    """The view that the address asks for."""
    try:
        return View(asked_for(VIEW))
    except ValueError:
        return View.RUNS


def link_to(view: View, **query: str) -> Link:
    """The link to a view; `query` says what it is to show."""
    return link(EVALUATION, **({} if view is View.RUNS else {VIEW: view.value}), **query)


def offer_views(current: View) -> None:
    """Show the links to the views of the page, and follow the one that is clicked."""
    ways = {view.value: (labels.VIEWS[view], link_to(view)) for view in View}
    offer_ways("evaluation-ways", labels.VIEW, ways, current)


def offer_ways(key: str, name: str, ways: Mapping[str, tuple[str, Link]], current: str) -> None:
    """Show links one beside the other, and follow the one that is clicked; `name` is what they are together."""
    views = [asdict(WayView(text, where, way == current)) for way, (text, where) in ways.items()]
    follow(_show_ways(key=key, data={"name": name, "ways": views}, on_go_change=lambda: None).go)
