"""The chat page: a question, its answer, and the source of each sentence beside it."""

from __future__ import annotations

import streamlit as st

from assistant.chain import Assistant
from assistant.wording import EXAMPLE_QUESTIONS
from ingest.errors import PratiquesError
from ui import labels
from ui.citations import act, show_conversation
from ui.conversation import Conversation
from ui.opening import Desk
from ui.views import conversation_view

PATIENCE_S = 0.5
"""How long the page waits for news of a language model before it looks at what the reader does."""


@st.cache_resource(show_spinner=False)
def _desk() -> Desk:
    return Desk()


def _open_assistant() -> Assistant:
    desk = _desk()
    if desk.ready:
        return desk.open(lambda step, done, total: None)
    place = st.empty()

    def progress(step: str, done: int, total: int) -> None:
        with place.container():
            st.write(labels.BUILDING)
            st.progress(min(done / total, 1.0) if total else 0.0, text=step)

    with place, st.spinner(labels.OPENING):
        assistant = desk.open(progress)
    place.empty()
    return assistant


def _welcome(conversation: Conversation) -> None:
    st.title(labels.WELCOME_TITLE, anchor=False)
    st.write(labels.WELCOME)
    st.subheader(labels.EXAMPLES_TITLE, anchor=False)
    for rank, question in enumerate(EXAMPLE_QUESTIONS):
        st.button(question, key=f"example-{rank}", on_click=conversation.submit, args=(question,))


def _chat(conversation: Conversation, assistant: Assistant) -> None:
    view = conversation_view(conversation, assistant)
    show_conversation(view, lambda action: act(conversation, action))
    if conversation.waiting:
        if assistant.settings.llm:
            conversation.work_on_next(assistant.ask, PATIENCE_S)
        else:
            conversation.answer_next(assistant.ask)
        st.rerun()


def page() -> None:
    """Draw the chat page."""
    conversation: Conversation = st.session_state.setdefault("conversation", Conversation())
    title = f"{labels.CHAT_PAGE} · {labels.PRODUCT}"
    st.set_page_config(page_title=title, layout="wide" if conversation.started else "centered")
    try:
        assistant = _open_assistant()
        st.chat_input(labels.ASK, key="question", on_submit=lambda: conversation.submit(st.session_state["question"]))
        if conversation.started:
            _chat(conversation, assistant)
        else:
            _welcome(conversation)
    except PratiquesError as error:
        conversation.close()
        st.error(str(error))
