"""The component of an answer to review: what it shows, and what is done in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import define
from ui.marking.views import MarkingView
from ui.navigation import follow

_marking = define(Path(__file__).parent, "marking", '<article class="marking"></article>')


def show_marking(view: MarkingView, act_on: Callable[[object], None]) -> None:
    """Show an answer to review, and go where a link in it leads.

    Args:
        view: what to show.
        act_on: called with each action, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[view.key]
        act_on(state.get("action"))

    # Another answer, or another person, starts afresh.
    follow(_marking(key=view.key, data=asdict(view), on_action_change=on_action, on_go_change=lambda: None).go)
