"""The queue: which answers there are to review, how far each is, and the way to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import streamlit as st

from eval.review.queue import MINE, Queue
from eval.review.store import Reviews
from ui.components import define
from ui.navigation import REVIEW, follow, go
from ui.review import labels
from ui.review.address import Place, query
from ui.review.filters import restricts
from ui.review.views import PAGE_SIZE, pages, queue_view

_TOLD = "review-told"
_show_queue = define(Path(__file__).parent, "queue", html='<div class="queue"></div>')
_LABELS = ("SETTLE", "PREVIOUS", "NEXT", "PAGES", "YOURS")


def tell(words: str) -> None:
    """Say something over the page when it is drawn again."""
    st.session_state[_TOLD] = words


def say_what_was_told() -> None:
    """Say what was to be said, once."""
    if words := st.session_state.pop(_TOLD, ""):
        st.success(words)


def show_queue(place: Place, store: Reviews) -> None:
    """Draw the queue of a place."""
    found = store.count(place.queue)
    place = replace(place, page=min(place.page, pages(found)))
    _offer_to_review(place, store)
    st.header(labels.count(found, restricts(place.queue)), anchor=False)
    if not found:
        st.write(labels.NOTHING_HERE if restricts(place.queue) else labels.NOTHING_YET)
        return
    lines = store.lines(place.queue, PAGE_SIZE, (place.page - 1) * PAGE_SIZE)
    said = {name.lower(): getattr(labels, name) for name in _LABELS}
    data = {"view": asdict(queue_view(lines, found, place)), "labels": said}
    follow(_show_queue(key="review-queue", data=data, on_go_change=lambda: None).go)
    if st.button(labels.REMOVE):
        _ask_before_removing(store.identifiers(place.queue), store)


def _offer_to_review(place: Place, store: Reviews) -> None:
    """How far the rater is, and the way to the next answer."""
    if not place.queue.rater:
        st.info(labels.WHO_FIRST)
        return
    progress = store.progress(place.queue)
    if not progress.all:
        return
    st.write(labels.progress(progress))
    st.progress(progress.finished / progress.all)
    with st.container(horizontal=True, vertical_alignment="center"):
        if progress.finished == progress.all:
            st.write(labels.ALL_DONE)
        elif st.button(labels.RESUME if progress.finished or progress.begun else labels.BEGIN):
            # Whatever the states that are looked at, what is to do is what is not finished.
            queue = replace(place.queue, states=tuple(s for s in place.queue.states if s not in MINE))
            if following := store.next(queue):
                go(REVIEW, **query(replace(place, item=following)))
        _offer_mine(place, store)


def _offer_mine(place: Place, store: Reviews) -> None:
    """The way to what is assigned to the rater, where something is and other answers stand in between."""
    if place.queue.assigned is not None:
        return
    own = Queue(rater=place.queue.rater, assigned=place.queue.rater)
    if (assigned := store.count(own)) and st.button(labels.yours(assigned)):
        go(REVIEW, **query(Place(queue=own, blind=place.blind)))


@st.dialog(labels.REMOVE_TITLE)
def _ask_before_removing(identifiers: Sequence[str], store: Reviews) -> None:
    """Ask before answers leave the queue with their marks."""
    st.markdown(labels.removal(len(identifiers)))
    with st.container(horizontal=True):
        if st.button(labels.REMOVE_YES):
            store.remove(identifiers)
            tell(labels.removed(len(identifiers)))
            st.rerun()
        if st.button(labels.CANCEL):
            st.rerun()
