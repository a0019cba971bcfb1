"""The conversation component: answers with inline citations, and the panel where a source is read.

Streamlit's own widgets have neither buttons inside a sentence nor highlighted reading. The component
builds every node from plain text (`components/conversation.js`), so nothing of a question or of the
report is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from ui.chat.conversation import Conversation
from ui.chat.views import ConversationView
from ui.components import define

_FOLDER = Path(__file__).parent
_KEY = "conversation-component"
_conversation = define(_FOLDER, "conversation", (_FOLDER / "conversation.html").read_text(encoding="utf-8"))


def act(conversation: Conversation, action: object) -> None:
    """Apply what the reader did in the component; what it cannot have sent is ignored."""
    match action:
        case {"kind": "open", "exchange": int(exchange), "source": int(source)}:
            conversation.open(exchange, source)
        case {"kind": "step", "by": 1 | -1 as by}:
            conversation.step(by)
        case {"kind": "close"}:
            conversation.close()
        case {"kind": "restart"}:
            conversation.restart()
        case {"kind": "ask", "text": str(text)}:
            conversation.submit(text)
        case {"kind": "as-typed", "exchange": int(exchange)}:
            conversation.submit_as_typed(exchange)


def show_conversation(view: ConversationView, act_on: Callable[[object], None]) -> None:
    """Show the conversation.

    Args:
        view: what to show.
        act_on: called with each action of the reader, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[_KEY]
        act_on(state.get("action"))

    _conversation(key=_KEY, data=asdict(view), on_action_change=on_action)
