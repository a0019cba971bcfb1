"""The component of a kit: what it shows, and what the trainer does in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import define
from ui.navigation import follow
from ui.workshop.views import KitView

_kit = define(Path(__file__).parent, "kit", '<article class="kit"></article>', parts=("table", "hint"))


def show_kit(view: KitView, key: str, act_on: Callable[[object], None]) -> None:
    """Show a kit, and go where a link in it leads.

    Args:
        view: what to show.
        key: the kit's own, so that another starts afresh.
        act_on: called with each action of the trainer, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[key]
        act_on(state.get("action"))

    follow(_kit(key=key, data=asdict(view), on_action_change=on_action, on_go_change=lambda: None).go)
