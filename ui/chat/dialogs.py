"""The dialogs of the chat: take away, let evaluators read, rename, delete."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from assistant.chain import Assistant
from assistant.database import Conversations
from assistant.exports import file_name, markdown, pdf, word
from ingest.errors import PratiquesError
from ui.chat import labels
from ui.chat.conversation import Conversation
from ui.navigation import PRINT, go

_FORMATS = (
    (labels.WORD, word, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (labels.PDF, pdf, "pdf", "application/pdf"),
    (labels.MARKDOWN, markdown, "md", "text/markdown"),
)


@st.dialog(labels.TAKE_TITLE)
def offer_exports(conversation: Conversation, exchange: int | None, assistant: Assistant) -> None:
    """Offer an answer, or the whole conversation, in each format; a file is made when it is asked for."""
    whole = exchange is None
    if exchange is not None:
        what = st.radio(labels.TAKE_WHAT, (labels.TAKE_ANSWER, labels.TAKE_CONVERSATION))
        whole = what == labels.TAKE_CONVERSATION
    exchanges = conversation.exchanges if whole else conversation.exchanges[exchange or 0 :][:1]
    answers = [e.answer for e in exchanges if e.answer is not None]
    title = conversation.title if whole and conversation.title else answers[0].question
    document = assistant.document(title, answers, datetime.now().astimezone())
    for label, write, extension, mime in _FORMATS:
        st.download_button(
            label,
            data=partial(write, document),
            file_name=file_name(title, extension),
            mime=mime,
            on_click="ignore",
            width="stretch",
        )
    if conversation.kept and st.button(labels.PRINT, width="stretch"):
        if whole:
            go(PRINT, c=conversation.id)
        go(PRINT, c=conversation.id, reponse=exchanges[0].id)


@st.dialog(labels.RENAME_TITLE)
def ask_for_a_name(conversation: Conversation, store: Conversations) -> None:
    """Ask for the new name of a conversation."""
    with st.form("rename", border=False):
        name = st.text_input(labels.NEW_NAME, value=conversation.title, max_chars=120)
        if st.form_submit_button(labels.SAVE, type="primary"):
            try:
                store.rename(conversation.id, name)
            except PratiquesError as error:
                st.error(str(error))
                return
            conversation.title = store.read(conversation.id).title
            st.rerun()


@st.dialog(labels.SHARE_TITLE)
def ask_to_share(conversation: Conversation, store: Conversations) -> None:
    """Ask whether the evaluators may read a conversation, or take that back."""
    st.markdown(labels.SHARED_MEANS if conversation.shared else labels.SHARE_MEANS)
    with st.container(horizontal=True):
        if st.button(labels.SHARE_NO if conversation.shared else labels.SHARE_YES, type="primary"):
            try:
                store.share(conversation.id, not conversation.shared)
            except PratiquesError as error:
                st.error(str(error))
                return
            conversation.shared = not conversation.shared
            st.rerun()
        if st.button(labels.CANCEL):
            st.rerun()


@st.dialog(labels.DELETE_TITLE)
def ask_before_deleting(conversation: Conversation, store: Conversations, begin_another: Callable[[], None]) -> None:
    """Ask before a conversation is deleted for good."""
    st.markdown(labels.DELETE_MEANS)
    with st.container(horizontal=True):
        if st.button(labels.DELETE_YES, type="primary"):
            try:
                store.delete(conversation.id)
            except PratiquesError as error:
                st.error(str(error))
                return
            begin_another()
            st.rerun()
        if st.button(labels.CANCEL):
            st.rerun()
