"""What the list of pages is handed: the way to each, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass

from ui import labels as shared
from ui.guide import labels
from ui.navigation import CHAT, COMPARE, COVERAGE, EVALUATION, FICHES, READER, REVIEW, SURVEY, WORKSHOP, Link, link

_NAMES = {
    CHAT: shared.CHAT_PAGE,
    READER: shared.READER_PAGE,
    FICHES: shared.FICHES_PAGE,
    SURVEY: shared.SURVEY_PAGE,
    COMPARE: shared.COMPARE_PAGE,
    WORKSHOP: shared.WORKSHOP_PAGE,
    COVERAGE: shared.COVERAGE_PAGE,
    REVIEW: shared.REVIEW_PAGE,
    EVALUATION: shared.EVALUATION_PAGE,
}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A page of the application."""

    name: str
    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class PlacesView:
    """All of them, in the order of the menu."""

    places: tuple[PlaceView, ...]


def places_view() -> PlacesView:
    """The pages that the help speaks of."""
    return PlacesView(tuple(PlaceView(_NAMES[page], link(page), text) for page, text in labels.PLACES.items()))
