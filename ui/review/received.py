"""A file that the user hands over: its name and its bytes, kept until another is chosen or it is put aside."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ingest.errors import ReviewError
from ui.components import define
from ui.review import labels

MOST_BYTES = 50_000_000
_show_file = define(Path(__file__).parent, "file", html='<div class="received"></div>')


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it was handed over."""

    name: str
    content: bytes


def receive_file(label: str, about: str, key: str) -> Received | None:
    """Show the way to choose a file; gives the one that was chosen under this key, `None` before.

    Raises:
        ReviewError: it is too large; it is put aside.
    """
    kept = f"{key}-kept"
    component = f"{key}-component"

    def on_action() -> None:
        state: Any = st.session_state[component]
        if (received := received_of(state.get("action"))) is not None:
            st.session_state[kept] = received

    received: Received | None = st.session_state.get(kept)
    data = {
        "label": label,
        "help": about,
        "choose": labels.CHOOSE_FILE,
        "chosen": received.name if received else "",
        "accept": ".csv,.jsonl,.json,.txt,text/csv,application/json,text/plain",
    }
    _show_file(key=component, data=data, on_action_change=on_action)
    if received is not None and len(received.content) > MOST_BYTES:
        put_aside(key)
        raise ReviewError(labels.too_large(received.name, MOST_BYTES // 1_000_000))
    return received


def put_aside(key: str) -> None:
    """Forget the file that was chosen under a key."""
    st.session_state.pop(f"{key}-kept", None)


def received_of(action: object) -> Received | None:
    """The file of an action of the component; `None` for what it cannot have sent."""
    match action:
        case {"name": str(name), "content": str(coded)}:
            try:
                return Received(name, base64.b64decode(coded, validate=True))
            except ValueError:
                return None
    return None
