"""What the next question is limited to: chosen beside the question, shown as chips."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.scope import EVERYWHERE, Scope, choices, scope_names
from ui.chat import labels
from ui.chat.conversation import Conversation
from vectorstore.index import Index

_CHIPS = "scope-chips"
_KEYS = {"themes": "scope-themes", "fiches": "scope-fiches", "parts": "scope-parts", "documents": "scope-documents"}
_HEADS = {
    "themes": labels.SCOPE_THEMES,
    "fiches": labels.SCOPE_FICHES,
    "parts": labels.SCOPE_PARTS,
    "documents": labels.SCOPE_DOCUMENTS,
}


def choose_scope(conversation: Conversation, index: Index) -> None:
    """Let the reader choose what the next question is limited to, and show it as chips that a click takes off."""
    known = choices(index)
    offered: dict[str, Mapping[str, str]] = {kind: getattr(known, kind) for kind in _KEYS if getattr(known, kind)}
    # The widgets follow the conversation, which may have been opened, or begun from a fiche.
    for kind in offered:
        st.session_state[_KEYS[kind]] = list(getattr(conversation.scope, kind))

    def choose() -> None:
        chosen = {kind: tuple(st.session_state[_KEYS[kind]]) for kind in offered}
        conversation.scope = Scope(**chosen)

    def everywhere() -> None:
        conversation.scope = EVERYWHERE

    names = scope_names(conversation.scope, index)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scope"):
        with st.popover(labels.scoped(names), type="tertiary"):
            st.write(labels.SCOPE_HELP)
            for kind, there in offered.items():
                st.multiselect(
                    _HEADS[kind],
                    options=list(there),
                    format_func=there.__getitem__,
                    key=_KEYS[kind],
                    placeholder=labels.CHOOSE,
                    filter_mode="contains",
                    select_all=False,
                    on_change=choose,
                )
        for kind in offered:
            for identifier in getattr(conversation.scope, kind):
                _chip(conversation, kind, identifier, offered[kind].get(identifier, identifier))
        if len(names) > 1:
            st.button(labels.SCOPE_CLEAR, type="tertiary", on_click=everywhere)


def _chip(conversation: Conversation, kind: str, identifier: str, name: str) -> None:
    def take_off() -> None:
        left = tuple(i for i in getattr(conversation.scope, kind) if i != identifier)
        kept = {k: getattr(conversation.scope, k) for k in _KEYS}
        conversation.scope = Scope(**{**kept, kind: left})

    st.button(labels.without(name), key=f"{_CHIPS}-{kind}-{identifier}", on_click=take_off)
