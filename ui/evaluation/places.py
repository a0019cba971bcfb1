"""The views of the page of measures, and the links between them."""

from __future__ import annotations

from enum import StrEnum

from ui.components.ways import WayView, offer_ways
from ui.evaluation import labels
from ui.navigation import EVALUATION, Link, asked_for, link

VIEW, RUN, PART, BEFORE, AFTER = "volet", "mesure", "partie", "avant", "apres"
"""What the address calls the view, the run that is shown and what is shown of it, and the two runs compared."""


class View(StrEnum):
    """What the page shows, as the address names it."""

    RUNS = "mesures"
    COMPARE = "comparer"
    TRIALS = "essais"
    JUDGE = "juge"
    REPORT = "rapport"


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
    ways = [WayView(labels.VIEWS[view], link_to(view), view is current) for view in View]
    offer_ways("evaluation-ways", labels.VIEW, ways)
