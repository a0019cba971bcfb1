"""The chat page: a question, its answer, and the source of each sentence beside it."""

from __future__ import annotations

import streamlit as st

from assistant.chain import Assistant
from assistant.wording import EXAMPLE_QUESTIONS
from ui.chat import labels
from ui.chat.component import act, show_conversation
from ui.chat.conversation import Conversation
from ui.chat.views import conversation_view
from ui.labels import CHAT_PAGE, page_title
from ui.opening import open_assistant

PATIENCE_S = 0.5
"""How long the page waits for news of a language model before it looks at what the reader does."""


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
    st.set_page_config(page_title=page_title(CHAT_PAGE), layout="wide" if conversation.started else "centered")
    assistant = open_assistant()
    st.chat_input(labels.ASK, key="question", on_submit=lambda: conversation.submit(st.session_state["question"]))
    if conversation.started:
        _chat(conversation, assistant)
    else:
        _welcome(conversation)
