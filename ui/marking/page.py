"""The view of one answer to review: shown, marked, and left for the next one of its queue."""

from __future__ import annotations

import streamlit as st

from eval.review.queue import Queue
from ingest.errors import RecordError, ReviewMissing
from ui.labels import page_title
from ui.marking import labels
from ui.marking.component import show_marking
from ui.marking.desk import Desk
from ui.marking.layout import marking_view
from ui.navigation import REVIEW, Link, go, link
from ui.opening import open_assistant, open_reviews

ANSWER = "reponse"
"""What the address calls the answer that is shown."""
_VIEW, _SETTLING, _AGREEMENT = "volet", "arbitrage", "accord"
_DESK = "marking-desk"


def show_answer(item: str, rater: str, queue: Queue, *, blind: bool, adjudicating: bool) -> None:
    """Show an answer to review, with what was said of it.

    Args:
        item: The id of the answer.
        rater: The name of whoever marks, or settles.
        queue: The answers to go through, those of `rater`.
        blind: Whether to hide what the answer was made with.
        adjudicating: Whether the marks are those that settle the differences between raters.

    Raises:
        PratiquesError: the assistant or the database cannot be opened or read.
    """
    title = labels.SETTLING if adjudicating else labels.TITLE
    try:
        desk = _desk(item, rater, queue, adjudicating)
        view = marking_view(
            desk.item,
            desk.review,
            desk.others,
            desk.index,
            desk.home,
            key=f"marking-{item}-{title}-{rater}",
            blind=blind,
            settling=adjudicating,
            progress=desk.progress,
            back=_back(),
            arrived=desk.arrived,
            done=desk.done,
        )
    except (ReviewMissing, RecordError) as error:
        st.title(title, anchor=False)
        st.warning(str(error))
        if st.button(labels.BACK_SETTLING if adjudicating else labels.BACK):
            go(REVIEW, **_back().query)
        return
    st.set_page_config(page_title=page_title(f"{title} : {desk.item.record.answer.question[:60]}"))

    def act_on(action: object) -> None:
        desk.act(action)
        if desk.next:
            st.query_params[ANSWER] = desk.next

    show_marking(view, act_on)


def _desk(item: str, rater: str, queue: Queue, settling: bool) -> Desk:
    """The desk of this session; another answer, or another person, begins with a new one."""
    kept: Desk | None = st.session_state.get(_DESK)
    if kept is not None and (kept.item.id, kept.rater, kept.settling) == (item, rater, settling) and not kept.next:
        kept.queue = queue
        return kept
    assistant, reviews = open_assistant(), open_reviews()
    desk = Desk(reviews.item(item), rater, queue, settling, reviews, assistant.index, assistant.settings.home)
    if kept is not None and kept.next == item:
        desk.arrived, desk.done = True, kept.done
    st.session_state[_DESK] = desk
    return desk


def _back() -> Link:
    """The way back to where the answer was chosen: the queue, or the list of differences."""
    said = {name: value for name, value in st.query_params.to_dict().items() if name != ANSWER}
    if said.get(_VIEW) == _SETTLING:
        said[_VIEW] = _AGREEMENT
    return link(REVIEW, **said)
