"""A conversation, one of its answers, or a document of a session, laid out for paper."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from assistant.exports.kit_files import Content
from ui.labels import PRINT_PAGE, page_title
from ui.navigation import CHAT, WORKSHOP, asked_for, go, link
from ui.opening import open_assistant, open_conversations, open_kits
from ui.printing import labels
from ui.printing.sheet import show_sheet


def page() -> None:
    """Draw the page.

    Raises:
        PratiquesError: what is to be printed is not there, or the database cannot be read.
    """
    st.set_page_config(page_title=page_title(PRINT_PAGE), layout="centered")
    if conversation := asked_for("c"):
        _print_conversation(conversation, asked_for("reponse"))
    elif session := asked_for("seance"):
        _print_kit(session, asked_for("contenu"))
    else:
        st.title(PRINT_PAGE, anchor=False)
        st.write(labels.NOTHING)
        if st.button(labels.TO_CHAT):
            go(CHAT)


def _print_conversation(identifier: str, only: str) -> None:
    conversation = open_conversations().read(identifier)
    exchanges = [e for e in conversation.exchanges if e.id == only] or conversation.exchanges
    answers = [e.record.answer for e in exchanges if e.record]
    title = answers[0].question if len(exchanges) == 1 and answers else conversation.title
    document = open_assistant().document(title, answers, _now())
    show_sheet(document, link(CHAT, c=identifier), labels.TO_CONVERSATION)


def _print_kit(identifier: str, wanted: str) -> None:
    kit = open_kits().read(identifier).kit
    content = Content(wanted) if wanted in set(Content) else Content.GUIDE
    document = open_assistant().kit_document(kit, content, _now())
    show_sheet(document, link(WORKSHOP, seance=identifier), labels.TO_SESSION)


def _now() -> datetime:
    return datetime.now().astimezone()
