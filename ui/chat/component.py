"""The conversation component: what it shows, and what the reader does in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from assistant.database import REASONS, Feedback
from ui.chat.conversation import Conversation
from ui.chat.views import ConversationView
from ui.components import define
from ui.navigation import follow

_FOLDER = Path(__file__).parent
_KEY = "conversation-component"
_HTML = (_FOLDER / "conversation.html").read_text(encoding="utf-8")
_conversation = define(_FOLDER, "conversation", _HTML, parts=("table", "hint"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asks of the page itself: a dialog, or something of the store.

    `exchange` is the index of the exchange that it is about, where it is about one.
    """

    kind: Literal["take", "share", "rename", "delete", "keep", "judge"]
    exchange: int | None = None


def act(conversation: Conversation, action: object) -> Wish | None:
    """Apply what the reader did in the component; what it cannot have sent is ignored.

    Returns:
        What is left to the page to do.
    """
    match action:
        case {"kind": "open", "exchange": int(exchange), "source": int(source)}:
            conversation.open(exchange, source)
        case {"kind": "step", "by": 1 | -1 as by}:
            conversation.step(by)
        case {"kind": "close"}:
            conversation.close()
        case {"kind": "ask", "text": str(text)}:
            conversation.submit(text)
        case {"kind": "edit", "exchange": int(exchange), "text": str(text)}:
            conversation.submit_instead(exchange, text)
        case {"kind": "as-typed", "exchange": int(exchange)}:
            conversation.submit_as_typed(exchange)
        case {"kind": "everywhere", "exchange": int(exchange)}:
            conversation.submit_everywhere(exchange)
        case {"kind": "stop"}:
            conversation.stop()
        case {
            "kind": "judge",
            "exchange": int(exchange),
            "good": bool(good),
            "reasons": list(said),
            "comment": str(comment),
        }:
            reasons = tuple(reason for reason in REASONS if reason in said)
            if conversation.judge(exchange, Feedback(good, reasons, comment.strip())):
                return Wish("judge", exchange)
        case {"kind": "take", "exchange": int(exchange)} if 0 <= exchange < len(conversation.exchanges):
            return Wish("take", exchange)
        case {"kind": "take" | "share" | "rename" | "delete" | "keep" as kind}:
            return Wish(kind)
    return None


def show_conversation(view: ConversationView, act_on: Callable[[object], None]) -> None:
    """Show the conversation, and go where a link in it leads.

    Args:
        view: what to show.
        act_on: called with each action of the reader, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[_KEY]
        act_on(state.get("action"))

    shown = _conversation(key=_KEY, data=asdict(view), on_action_change=on_action, on_go_change=lambda: None)
    follow(shown.go)
