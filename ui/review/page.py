"""The page of whoever checks answers: its queue, the way to each of its views, and one answer to mark."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from eval.review.store import Reviews, named
from ingest.errors import ReviewError
from ui.components.ways import offer_ways
from ui.labels import REVIEW_PAGE, page_title
from ui.opening import open_reviews
from ui.rater import ask_rater, current_rater
from ui.review import labels
from ui.review.address import Place, View, read_place, write_place
from ui.review.filters import choose_answers
from ui.review.queue import say_what_was_told, show_queue
from ui.review.views import ways

WIDTH = 1000
"""Pixels: the queue and what is done around it."""
_FILTERED = (View.QUEUE, View.SHARE, View.FILES)
"""The views that are about the filtered answers."""
_BLIND, _KEPT = "review-blind", "review-blind-kept"


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(REVIEW_PAGE), layout="wide")
    store = open_reviews()
    place = read_place(st.query_params.to_dict(), current_rater())
    opened = bool(place.item)
    # Each has a place of its own: what stood in the other's is gone at once, not when the run ends.
    places = {name: st.container() if name is opened else st.empty() for name in (True, False)}
    with places[opened]:
        if opened:
            _show_answer(place)
        else:
            _show_views(place, store)


def _show_answer(place: Place) -> None:
    """One answer, to mark it or to settle what raters differ on."""
    from ui.marking import show_answer

    if not _may_be_kept(place.queue.rater):
        st.title(REVIEW_PAGE, anchor=False)
        st.info(labels.NO_ITEM_WITHOUT_NAME)
        if ask_rater():
            st.rerun()
        return
    adjudicating = place.view is View.SETTLE
    show_answer(place.item, place.queue.rater, place.queue, blind=place.blind, adjudicating=adjudicating)


def _may_be_kept(rater: str) -> bool:
    try:
        named(rater)
    except ReviewError:
        return False
    return True


def _show_views(place: Place, store: Reviews) -> None:
    if place.view in labels.VIEWS and place.view is not View.QUEUE:
        st.set_page_config(page_title=page_title(f"{labels.VIEWS[place.view]} · {REVIEW_PAGE}"))
    st.title(REVIEW_PAGE, anchor=False)
    with st.container(width=WIDTH):
        st.write(labels.INTRODUCTION)
        place = _who_and_how(place)
        head = st.container()
        if place.view in _FILTERED:
            place = choose_answers(place, store)
        write_place(place)
        with head:
            offer_ways("review-ways", labels.VIEWS_NAME, ways(place))
            say_what_was_told()
        _show_view(place, store)


def _who_and_how(place: Place) -> Place:
    """The name of the rater, and whether configurations are hidden."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rater = ask_rater()
        if st.session_state.get(_KEPT) != place.blind or _BLIND not in st.session_state:
            st.session_state[_BLIND] = place.blind
        blind = st.toggle(labels.BLIND, key=_BLIND, help=labels.BLIND_HELP)
        st.session_state[_KEPT] = blind
    configuration = None if blind else place.queue.configuration
    return replace(place, queue=replace(place.queue, rater=rater, configuration=configuration), blind=blind)


def _show_view(place: Place, store: Reviews) -> None:
    match place.view:
        case View.ADD:
            from ui.review.adding import show_adding

            show_adding(place, store)
        case View.SHARE:
            from ui.review.sharing import show_sharing

            show_sharing(place, store)
        case View.AGREEMENT | View.SETTLE:
            from ui.review.agreement import show_agreement

            show_agreement(place, store)
        case View.SCORES:
            from ui.review.scores import show_scores

            show_scores(place, store)
        case View.FILES:
            from ui.review.files import show_files

            show_files(place, store)
        case _:
            show_queue(place, store)
