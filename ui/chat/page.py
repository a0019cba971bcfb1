"""The chat page: a question, its answer, the source of each sentence beside it, and the conversations kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from threading import Event

import streamlit as st

from assistant.answer import Question
from assistant.chain import Assistant, Tell
from assistant.database import Conversations
from assistant.personal import find_personal
from assistant.records import Record
from assistant.scope import Scope
from assistant.wording import EXAMPLE_QUESTIONS
from ingest.errors import ConversationMissing, PratiquesError
from ui.chat import labels
from ui.chat.component import Wish, act, show_conversation
from ui.chat.conversation import Conversation
from ui.chat.dialogs import ask_before_deleting, ask_for_a_name, ask_to_share, offer_exports
from ui.chat.layout import conversation_view, protected
from ui.chat.scope import choose_scope
from ui.chat.shelf import group_lines, show_shelf
from ui.labels import CHAT_PAGE, page_title
from ui.navigation import asked_for
from ui.opening import open_assistant, open_conversations

PATIENCE_S = 0.5
"""How long the page waits for news of a language model before it looks at what the reader does."""
_SHELF_PX = 270
_CONVERSATION, _WISH, _WORDS, _TROUBLE, _EMPTY = "conversation", "wish", "shelf-words", "trouble", "empty"


def page() -> None:
    """Draw the chat page."""
    assistant = open_assistant()
    store = _store()
    conversation = _current(store)
    st.set_page_config(
        page_title=page_title(conversation.title or CHAT_PAGE), layout="wide", initial_sidebar_state=_SHELF_PX
    )
    with st.sidebar:
        _shelf(store, conversation)
    with st.bottom:
        if st.session_state.pop(_EMPTY, False):
            st.warning(labels.EMPTY_QUESTION)
        choose_scope(conversation, assistant.index)
        st.chat_input(labels.ASK, key="question", on_submit=_submit, args=(conversation,))
    if conversation.started:
        _talk(conversation, assistant, store)
    else:
        _welcome(conversation)


def _submit(conversation: Conversation) -> None:
    """Put what was typed in the queue; of spaces alone no conversation is begun."""
    typed = st.session_state["question"]
    if typed.strip():
        conversation.submit(typed)
    else:
        st.session_state[_EMPTY] = True


def _store() -> Conversations | None:
    """The store; `None` where its database cannot be opened, which is said under the conversation."""
    try:
        return open_conversations()
    except PratiquesError as error:
        st.session_state[_TROUBLE] = str(error)
        return None


def _current(store: Conversations | None) -> Conversation:
    """The conversation that the address asks for, else the one of this page."""
    conversation: Conversation = st.session_state.setdefault(_CONVERSATION, Conversation())
    wanted, fiche = asked_for("c"), asked_for("fiche")
    if fiche:
        conversation = Conversation(scope=Scope(fiches=(fiche,)))
        del st.query_params["fiche"]
    elif wanted and wanted != conversation.id and store is not None:
        try:
            conversation = Conversation.of(store.read(wanted))
        except ConversationMissing as error:
            st.warning(f"{error} {labels.UNKNOWN_CONVERSATION}")
            conversation = Conversation()
            del st.query_params["c"]
    if conversation.id and not wanted:
        st.query_params["c"] = conversation.id
    st.session_state[_CONVERSATION] = conversation
    return conversation


def _shelf(store: Conversations | None, conversation: Conversation) -> None:
    if store is None:
        return
    words = st.session_state.get(_WORDS, "")
    show_shelf(group_lines(store.lines(words), conversation.id, _now()), bool(words.strip()), _act_on_shelf)


def _now() -> datetime:
    """The time where the reader is; a browser counts the minutes that its time zone is behind UTC."""
    return datetime.now(timezone(timedelta(minutes=-(st.context.timezone_offset or 0))))


def _act_on_shelf(action: object) -> None:
    match action:
        case {"kind": "search", "words": str(words)}:
            st.session_state[_WORDS] = words
        case {"kind": "new"}:
            st.session_state[_CONVERSATION] = Conversation()
            st.query_params.clear()


def _welcome(conversation: Conversation) -> None:
    with st.container(width=720):
        st.title(labels.WELCOME_TITLE, anchor=False)
        st.write(labels.WELCOME)
        st.subheader(labels.EXAMPLES_TITLE, anchor=False)
        for rank, question in enumerate(EXAMPLE_QUESTIONS):
            st.button(question, key=f"example-{rank}", on_click=conversation.submit, args=(question,))


def _talk(conversation: Conversation, assistant: Assistant, store: Conversations | None) -> None:
    def act_on(action: object) -> None:
        if wish := act(conversation, action):
            st.session_state[_WISH] = wish

    trouble = "" if conversation.kept else st.session_state.get(_TROUBLE, "")
    view = conversation_view(conversation, assistant, labels.not_kept(trouble) if trouble else "")
    show_conversation(view, act_on)
    if wish := st.session_state.pop(_WISH, None):
        _grant(wish, conversation, assistant, store)
    if conversation.waiting:
        _answer(conversation, assistant)
        if not conversation.waiting:
            _keep(conversation, assistant, store)
        st.rerun()


def _answer(conversation: Conversation, assistant: Assistant) -> None:
    if assistant.settings.llm:
        conversation.work_on_next(lambda *asked: _record(assistant, *asked), PATIENCE_S)
    else:
        conversation.answer_next(lambda question: _record(assistant, question))


def _record(assistant: Assistant, question: Question, tell: Tell | None = None, stop: Event | None = None) -> Record:
    """The answer to a question with the next ones to ask, and all that it was made with."""
    answer, judged = assistant.explain(question, tell, stop)
    answer = replace(answer, suggestions=assistant.next_questions(judged))
    return Record.of(answer, judged, assistant.settings)


def _keep(conversation: Conversation, assistant: Assistant, store: Conversations | None) -> None:
    """Keep what was said; where that fails it stays on the screen, and the page says so."""
    if store is None:
        return
    try:
        conversation.keep(store, lambda asked: protected(asked, assistant).text)
    except PratiquesError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    st.session_state.pop(_TROUBLE, None)
    if not conversation.title and conversation.id:
        conversation.title = store.read(conversation.id).title
    st.query_params["c"] = conversation.id


def _grant(wish: Wish, conversation: Conversation, assistant: Assistant, store: Conversations | None) -> None:
    """Do what the reader asked of the page."""
    if wish.kind == "take":
        offer_exports(conversation, wish.exchange, assistant)
    if store is None:
        return
    if wish.kind == "keep":
        _keep(conversation, assistant, store)
        st.rerun()
    elif wish.kind == "rename" and conversation.id:
        ask_for_a_name(conversation, store)
    elif wish.kind == "share" and conversation.id:
        ask_to_share(conversation, store)
    elif wish.kind == "delete" and conversation.id:
        ask_before_deleting(conversation, store, lambda: _act_on_shelf({"kind": "new"}))
    elif wish.kind == "judge" and wish.exchange is not None:
        exchange = conversation.exchanges[wish.exchange]
        if exchange.id and exchange.feedback:
            comment = find_personal(exchange.feedback.comment, assistant.index.names).masked
            store.judge(exchange.id, replace(exchange.feedback, comment=comment))
