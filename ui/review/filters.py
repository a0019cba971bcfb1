"""The filters of the queue, as widgets; what they are set to is in the address, which goes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from eval.review.item import Source
from eval.review.queue import MINE, Queue, State
from eval.review.store import Reviews
from ui.review import labels
from ui.review.address import Place, write_place

_Option = TypeVar("_Option")
_WIDTH = 280
"""Pixels of a field."""
_BOX, _KEPT = "review-filters", "review-kept"
_SOURCE, _ORIGIN, _KIND, _STATES, _ASSIGNED, _CONFIGURATION, _WORDS = (
    "review-source", "review-origin", "review-kind", "review-states", "review-assigned", "review-configuration",
    "review-words",
)  # fmt: skip


def choose_answers(place: Place, store: Reviews) -> Place:
    """Show the filters, set as the place says, and give the place with what they are set to now."""
    box = st.expander(labels.FILTERS, expanded=restricts(place.queue), key=_BOX, on_change="rerun")
    if box.open:  # while it is closed, the page has less to draw
        _set(place)
        with box:
            queue = _choose_queue(place, store)
        if queue != place.queue:
            place = replace(place, queue=queue, page=1)
        st.session_state[_KEPT] = place.queue
    if restricts(place.queue):
        cleared = replace(place, queue=Queue(rater=place.queue.rater), page=1)
        st.button(labels.CLEAR, on_click=write_place, args=(cleared,))
    return place


def _choose_queue(place: Place, store: Reviews) -> Queue:
    """The filters as widgets."""
    asked = place.queue
    with st.container(horizontal=True):
        words = st.text_input(labels.WORDS, key=_WORDS, max_chars=200, width=_WIDTH)
        source = _choose(labels.SOURCE, list(Source), labels.SOURCES, _SOURCE)
        origin = _choose_origin(source, store, asked.origin)
        refused = _choose(labels.KIND, list(labels.KINDS), labels.KINDS, _KIND)
        assigned = _choose_assigned(store, asked.assigned)
        configuration = None if place.blind else _choose_configuration(store, asked.configuration)
    offered = [state for state in State if asked.rater or state not in MINE]
    states = st.pills(
        labels.STATE,
        offered,
        selection_mode="multi",
        format_func=labels.STATES.__getitem__,
        key=_STATES,
        help=labels.STATE_HELP,
    )
    chosen = tuple(state for state in State if state in states)
    return Queue(asked.rater, source, origin, refused, chosen, assigned, configuration, words.strip())


def restricts(queue: Queue) -> bool:
    """Whether anything restricts a queue."""
    return queue != Queue(rater=queue.rater)


def _set(place: Place) -> None:
    """Set the widgets as the place says, where they did not say it themselves."""
    queue = place.queue
    if st.session_state.get(_KEPT) == queue and _WORDS in st.session_state:
        return
    values: dict[str, Any] = {
        _WORDS: queue.words,
        _SOURCE: queue.source,
        _ORIGIN: queue.origin,
        _KIND: queue.refused,
        _STATES: [state for state in queue.states if queue.rater or state not in MINE],
        _ASSIGNED: queue.assigned,
        _CONFIGURATION: queue.configuration,
    }
    st.session_state.update(values)


def _choose_origin(source: Source | None, store: Reviews, asked: str | None) -> str | None:
    """Which batch or judged set; a conversation has only an id, which says nothing."""
    origins = store.origins()
    named = {
        name: labels.origin(of, name)
        for of in (Source.BATCH, Source.JUDGED)
        if source in (None, of)
        for name in origins.get(of, ())
    }
    return _choose(labels.ORIGIN, _with(asked, list(named)), named, _ORIGIN) if named or asked else None


def _choose_assigned(store: Reviews, asked: str | None) -> str | None:
    options = _with(asked, ["", *store.raters()])
    return _choose(labels.ASSIGNED, options, {"": labels.NOBODY}, _ASSIGNED, labels.ANYBODY)


def _choose_configuration(store: Reviews, asked: str | None) -> str | None:
    return _choose(labels.CONFIGURATION, _with(asked, store.configurations()), {}, _CONFIGURATION)


def _choose(
    label: str, options: list[_Option], names: Mapping[_Option, str], key: str, none: str = labels.ANY
) -> _Option | None:
    """One of the options, by name where it has one; `none` is what is said while nothing is chosen."""
    return st.selectbox(
        label,
        options,
        index=None,
        format_func=lambda option: names.get(option, str(option)),
        placeholder=none,
        key=key,
        width=_WIDTH,
    )


def _with(asked: str | None, options: list[str]) -> list[str]:
    """The options, and what the address asks for, even where nothing is of it any more."""
    return options if asked is None or asked in options else [*options, asked]
