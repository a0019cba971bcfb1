"""The components of the blind trials: the list, a pair to vote on, the result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import define
from ui.navigation import follow
from ui.trials import labels
from ui.trials.views import KeptView, ResultView, VoteView

_FOLDER = Path(__file__).parent
_kept = define(_FOLDER, "kept", '<div class="kept"></div>')
_vote = define(_FOLDER, "vote", '<article class="pair"></article>')
_result = define(_FOLDER, "result", '<div class="result"></div>')
_VOTE = "trial-vote"


def show_kept(views: Sequence[KeptView]) -> None:
    """Show the list of trials, and go where one of them leads."""
    data = {"trials": [asdict(view) for view in views], "nothing": labels.NONE_KEPT}
    follow(_kept(key="trials-kept", data=data, on_go_change=lambda: None).go)


def show_pair(view: VoteView, act_on: Callable[[object], None]) -> None:
    """Show a pair to vote on; `act_on` is called with each action of the rater, before the page is drawn again."""

    def on_action() -> None:
        state: Any = st.session_state[_VOTE]
        act_on(state.get("action"))

    follow(_vote(key=_VOTE, data=asdict(view), on_action_change=on_action, on_go_change=lambda: None).go)


def show_result(view: ResultView, key: str) -> None:
    """Show the result of a trial."""
    _result(key=f"trial-result-{key}", data=asdict(view))
