"""The component of the page: it draws tables, lists, questions to look into and the progress of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ui.components import define
from ui.evaluation.views import ListView, NotesView, ProgressView, QuestionView, TableView
from ui.navigation import follow

_show = define(Path(__file__).parent, "blocks", html='<div class="blocks"></div>', parts=("figures",))


def show_blocks(
    key: str,
    tables: Sequence[TableView] = (),
    notes: Sequence[NotesView] = (),
    lists: Sequence[ListView] = (),
    questions: Sequence[QuestionView] = (),
) -> None:
    """Draw blocks one after the other, and go where a link of theirs leads."""
    data = {
        "tables": [asdict(table) for table in tables],
        "notes": [asdict(one) for one in notes],
        "lists": [asdict(one) for one in lists],
        "questions": [asdict(question) for question in questions],
    }
    follow(_show(key=key, data=data, on_go_change=lambda: None).go)


def show_progress(key: str, progress: ProgressView) -> None:
    """Draw how far a run is."""
    _show(key=key, data={"progress": asdict(progress)}, on_go_change=lambda: None)
