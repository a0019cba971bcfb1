"""The address of the review page: the view that is shown, the answers it is about, and the one that is open.

All that is chosen on the page is in its address, so that a refresh, a link and the way back keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import streamlit as st

from eval.review.item import Source
from eval.review.queue import Queue, State
from ui.navigation import REVIEW, Link, link
from ui.rater import RATER

_Key = TypeVar("_Key")
_ITEM, _VIEW, _BLIND, _PAGE, _FIRST, _SECOND = "reponse", "volet", "aveugle", "feuille", "lecture1", "lecture2"
_SOURCE, _ORIGIN, _KIND, _STATES, _ASSIGNED, _CONFIGURATION, _WORDS = (
    "source", "origine", "nature", "etat", "pour", "configuration", "mots",
)  # fmt: skip
_NOBODY, _SEEN = "-", "non"
_SOURCES = {Source.CONVERSATION: "conversation", Source.BATCH: "lot", Source.JUDGED: "juge"}
_KINDS = {False: "reponse", True: "refus"}
_STATE_NAMES = {
    State.TO_DO: "a-faire",
    State.BEGUN: "commencee",
    State.DONE: "terminee",
    State.ONCE: "relue-1",
    State.TWICE: "relue-2",
    State.DIFFER: "desaccord",
    State.SETTLED: "arbitree",
}


class View(StrEnum):
    """What the page shows: the queue, or what is done around it; `SETTLE` is of one answer."""

    QUEUE = ""
    ADD = "ajouter"
    SHARE = "repartir"
    AGREEMENT = "accord"
    SCORES = "notes"
    FILES = "fichiers"
    SETTLE = "arbitrage"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is on the page; `item` is the answer that is open, or empty, `page` that of the list (from 1).

    `compared` are the names of the two raters whose marks are compared, empty where none are. While it is `blind`,
    nothing is restricted to a configuration.
    """

    view: View = View.QUEUE
    item: str = ""
    queue: Queue = Queue()
    page: int = 1
    blind: bool = True
    compared: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        if self.page < 1:
            raise ValueError(f"pages are counted from 1: {self.page}")
        if self.blind and self.queue.configuration is not None:
            raise ValueError("a configuration is asked for while it is hidden")


def read_place(asked: Mapping[str, str], rater: str) -> Place:
    """The place that an address asks for; what it cannot have been given by the page is ignored."""
    blind = asked.get(_BLIND) != _SEEN
    named = asked.get(_STATES, "").split(",")
    assigned = asked.get(_ASSIGNED)
    page = asked.get(_PAGE, "")
    queue = Queue(
        rater=rater,
        source=_named(_SOURCES, asked.get(_SOURCE)),
        origin=asked.get(_ORIGIN) or None,
        refused=_named(_KINDS, asked.get(_KIND)),
        states=tuple(state for state, name in _STATE_NAMES.items() if name in named),
        assigned="" if assigned == _NOBODY else assigned or None,
        configuration=None if blind else asked.get(_CONFIGURATION) or None,
        words=asked.get(_WORDS, "").strip(),
    )
    return Place(
        view=next((view for view in View if view.value == asked.get(_VIEW)), View.QUEUE),
        item=asked.get(_ITEM, ""),
        queue=queue,
        page=int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 7 and int(page) else 1,
        blind=blind,
        compared=(asked.get(_FIRST, ""), asked.get(_SECOND, "")),
    )


def query(place: Place) -> dict[str, str]:
    """What the address of a place says; nothing of what goes without saying."""
    queue = place.queue
    said = {
        RATER: queue.rater,
        _ITEM: place.item,
        _VIEW: place.view.value,
        _SOURCE: _SOURCES[queue.source] if queue.source else "",
        _ORIGIN: queue.origin or "",
        _KIND: _KINDS[queue.refused] if queue.refused is not None else "",
        _STATES: ",".join(name for state, name in _STATE_NAMES.items() if state in queue.states),
        _ASSIGNED: _NOBODY if queue.assigned == "" else queue.assigned or "",
        _CONFIGURATION: queue.configuration or "",
        _WORDS: queue.words,
        _BLIND: "" if place.blind else _SEEN,
        _FIRST: place.compared[0],
        _SECOND: place.compared[1],
        _PAGE: str(place.page) if place.page > 1 else "",
    }
    return {name: value for name, value in said.items() if value}


def link_to(place: Place, view: View | None = None, item: str = "") -> Link:
    """The link to a place; or, from there, to another view or an answer of the same queue."""
    there = replace(place, view=place.view if view is None else view, item=item)
    if not item and there.view is not place.view:
        there = replace(there, page=1)  # each view counts its own pages
    return link(REVIEW, **query(there))


def write_place(place: Place) -> None:
    """Make the address say the place, so that it can be copied and come back to."""
    if (said := query(place)) != st.query_params.to_dict():
        st.query_params.from_dict(said)


def _named(names: Mapping[_Key, str], said: str | None) -> _Key | None:
    return next((key for key, name in names.items() if name == said), None)
