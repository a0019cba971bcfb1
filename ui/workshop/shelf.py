"""The kept kits, and the way in for one that was received as a file."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.database import KitLine
from ui.components import define
from ui.navigation import WORKSHOP, follow, link
from ui.workshop import labels
from ui.workshop.layout import SESSION
from ui.workshop.views import KeptView

_KEY = "kits-component"
_kits = define(Path(__file__).parent, "kits", '<div class="kits"></div>')
_LABELS = ("KEPT", "SEARCH", "OPEN", "OPEN_HELP", "CHOOSE_FILE")


def kept_views(lines: Sequence[KitLine], now: datetime) -> tuple[KeptView, ...]:
    """Kept kits as they are listed; `now` is in the time zone of the reader."""
    return tuple(
        KeptView(
            line.title,
            labels.kept(line.audience, line.minutes, line.updated.astimezone(now.tzinfo), line.versions),
            link(WORKSHOP, **{SESSION: line.id}),
        )
        for line in lines
    )


def file_of(action: object) -> bytes | None:
    """The bytes of the file that the trainer opened; `None` for another action, or what cannot have been sent."""
    match action:
        case {"kind": "open", "file": str(coded)}:
            try:
                return base64.b64decode(coded, validate=True)
            except ValueError:
                return None
    return None


def show_shelf(views: Sequence[KeptView], searched: bool, act_on: Callable[[object], None]) -> None:
    """Show the list, and go where a kit chosen leads.

    Args:
        views: what to list.
        searched: whether the list is what a search found.
        act_on: called with each action of the trainer, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[_KEY]
        act_on(state.get("action"))

    data = {
        "kits": [asdict(view) for view in views],
        "searched": searched,
        "nothing": labels.NONE_FOUND if searched else labels.NONE_KEPT,
        "labels": {name.lower(): getattr(labels, name) for name in _LABELS},
    }
    follow(_kits(key=_KEY, data=data, on_action_change=on_action, on_go_change=lambda: None).go)
