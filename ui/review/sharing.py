"""Sharing out the filtered answers among raters; it is shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from eval.review.sharing_out import Share, share_out
from eval.review.store import Reviews
from ingest.errors import ReviewError
from ui.review import labels
from ui.review.address import Place
from ui.review.findings import TableView, show_findings
from ui.review.queue import tell

_USUAL_DOUBLES = 20
"""Percent of the answers that two raters are proposed to read."""


def show_sharing(place: Place, store: Reviews) -> None:
    """Draw what there is to share out, among whom, and what comes of it."""
    st.write(labels.SHARE_INTRODUCTION)
    free_only = st.checkbox(labels.ONLY_FREE, value=True)
    items = _items(place, store, free_only)
    st.write(labels.to_share(len(items), store.count(place.queue) - len(items)))
    raters = st.multiselect(
        labels.RATERS,
        store.raters(),
        accept_new_options=True,
        placeholder=labels.CHOOSE_RATERS,
        help=labels.RATERS_HELP,
        select_all=False,
    )
    doubles = st.number_input(labels.DOUBLES, 0, 100, _USUAL_DOUBLES, step=5, width=320)
    if raters and items:
        _offer(items, raters, doubles / 100, store)
    _offer_to_take_back(place, store)


def _items(place: Place, store: Reviews, free_only: bool) -> list[str]:
    """The answers of the queue; or those of them that nobody was given."""
    if not free_only:
        return store.identifiers(place.queue)
    if place.queue.assigned:
        return []
    return store.identifiers(replace(place.queue, assigned=""))


def _offer(items: Sequence[str], raters: Sequence[str], doubles: float, store: Reviews) -> None:
    try:
        shares = share_out(items, raters, doubles)
    except ReviewError as error:
        st.info(str(error))
        return
    show_findings("review-shares", tables=[shares_view(shares)])
    if st.button(labels.SHARE_OUT):
        for share in shares:
            store.assign(share.items, share.rater)
        tell(labels.shared_out(len(items), len(shares)))
        st.rerun()


def shares_view(shares: Sequence[Share]) -> TableView:
    """What each rater would be given."""
    rows = ((s.rater, len(s.items), len(s.doubles), len(s.items) - len(s.doubles)) for s in shares)
    return TableView(labels.SHARED_OUT_NAME, labels.SHARE_HEADS, tuple(tuple(map(str, row)) for row in rows))


def _offer_to_take_back(place: Place, store: Reviews) -> None:
    raters = store.raters()
    if not raters:
        return
    with st.expander(labels.TAKE_BACK_TITLE):
        st.write(labels.TAKE_BACK_HELP)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            rater = st.selectbox(labels.TAKE_BACK_FROM, raters, width=320)
            if st.button(labels.TAKE_BACK):
                store.unassign(store.identifiers(place.queue), rater)
                tell(labels.taken_back(rater))
                st.rerun()
