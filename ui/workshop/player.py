"""The quiz of a kit, played in the browser: nothing is asked of the server until a link is followed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.kits.kit import Kit
from ui.components import define
from ui.navigation import follow
from ui.workshop.quiz_views import quiz_view

_quiz = define(Path(__file__).parent, "quiz", parts=("hint",))


def show_quiz(kit: Kit, key: str) -> None:
    """Show the quiz of a kit to be played; `key` is the component's on this page.

    The browser keeps the answers as long as its tab is open, each for as long as its question says the same.
    """
    follow(_quiz(key=key, data=asdict(quiz_view(kit)), on_go_change=lambda: None).go)
