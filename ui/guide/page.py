"""The help page, and the one place where all conversations can be deleted."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from assistant.database import Conversations
from ingest.errors import PratiquesError
from ui.components import define
from ui.guide import labels
from ui.guide.views import places_view
from ui.labels import HELP_PAGE, page_title
from ui.navigation import follow
from ui.opening import open_conversations

_DELETED = "guide-deleted"
_places = define(Path(__file__).parent, "places")


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(HELP_PAGE), layout="centered")
    st.title(HELP_PAGE, anchor=False)
    st.markdown(f"**{labels.CONTENTS}**")
    st.markdown("\n".join(f"- [{chapter.title}](#{chapter.anchor})" for chapter in labels.CHAPTERS))
    for chapter in labels.CHAPTERS:
        st.header(chapter.title, anchor=chapter.anchor)
        if chapter is labels.PAGES:
            follow(_places(key="guide-places", data=asdict(places_view()), on_go_change=lambda: None).go)
        else:
            st.markdown(chapter.text)
        if chapter is labels.STORED:
            _offer_to_delete()


def _offer_to_delete() -> None:
    """Say how many conversations are kept, and offer to delete them; where that cannot be known, say why."""
    if st.session_state.pop(_DELETED, False):
        st.success(labels.DELETED)
    try:
        store = open_conversations()
        count = store.count()
    except PratiquesError as error:
        st.error(str(error))
        return
    st.markdown(labels.kept(count))
    if st.button(labels.DELETE_ALL, disabled=not count):
        _ask_before_deleting(store, count)


@st.dialog(labels.DELETE_TITLE)
def _ask_before_deleting(store: Conversations, count: int) -> None:
    st.markdown(labels.delete_means(count))
    with st.container(horizontal=True):
        if st.button(labels.DELETE_YES, type="primary"):
            try:
                store.delete_all()
            except PratiquesError as error:
                st.error(str(error))
                return
            st.session_state.clear()  # the conversation that is still on the screen of the chat goes too
            st.session_state[_DELETED] = True
            st.rerun()
        if st.button(labels.CANCEL):
            st.rerun()
