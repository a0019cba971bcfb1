"""A conversation, or one of its answers, laid out for paper."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from ui.labels import PRINT_PAGE, page_title
from ui.navigation import CHAT, asked_for, go
from ui.opening import open_assistant, open_conversations
from ui.printing import labels
from ui.printing.sheet import show_sheet


def page() -> None:
    """Draw the page.

    Raises:
        PratiquesError: the conversation is not there, or the database cannot be read.
    """
    st.set_page_config(page_title=page_title(PRINT_PAGE), layout="centered")
    identifier, only = asked_for("c"), asked_for("reponse")
    if not identifier:
        st.title(PRINT_PAGE, anchor=False)
        st.write(labels.NOTHING)
        if st.button(labels.TO_CHAT):
            go(CHAT)
        return
    conversation = open_conversations().read(identifier)
    exchanges = [e for e in conversation.exchanges if e.id == only] or conversation.exchanges
    answers = [e.record.answer for e in exchanges if e.record]
    title = answers[0].question if len(exchanges) == 1 and answers else conversation.title
    document = open_assistant().document(title, answers, datetime.now().astimezone())
    show_sheet(document, identifier)
