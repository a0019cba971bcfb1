"""The list of kept conversations, in the side bar: search, open, begin another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.database import ConversationLine
from ui.chat import labels
from ui.components import define
from ui.navigation import CHAT, Link, follow, link

_KEY = "shelf-component"
_shelf = define(Path(__file__).parent, "shelf", '<div class="shelf"></div>')


@dataclass(frozen=True, slots=True)
class LineView:
    """A conversation in the list; `current` is the one being shown."""

    title: str
    link: Link
    current: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """The conversations of one stretch of time."""

    name: str
    lines: tuple[LineView, ...]


def group_lines(lines: Sequence[ConversationLine], current: str, now: datetime) -> tuple[GroupView, ...]:
    """Group conversations, newest first, by how long ago they were; `now` is in the time zone of the reader."""
    groups: dict[str, list[LineView]] = {}
    for line in lines:
        view = LineView(line.title, link(CHAT, c=line.id), line.id == current)
        groups.setdefault(_age(line.updated.astimezone(now.tzinfo).date(), now.date()), []).append(view)
    return tuple(GroupView(name, tuple(views)) for name, views in groups.items())


def _age(day: date, today: date) -> str:
    if day >= today:
        return labels.TODAY
    if day == today - timedelta(days=1):
        return labels.YESTERDAY
    if day > today - timedelta(days=7):
        return labels.THIS_WEEK
    return labels.THIS_MONTH if day > today - timedelta(days=30) else labels.EARLIER


def show_shelf(groups: Sequence[GroupView], searched: bool, act_on: Callable[[object], None]) -> None:
    """Show the list, and go where a conversation chosen leads.

    Args:
        groups: what to list.
        searched: whether the list is what a search found.
        act_on: called with each action of the reader, before the page is drawn again.
    """

    def on_action() -> None:
        state: Any = st.session_state[_KEY]
        act_on(state.get("action"))

    names = ("NEW_CONVERSATION", "SEARCH_CONVERSATIONS", "CONVERSATIONS")
    data = {
        "groups": [asdict(group) for group in groups],
        "nothing": labels.NONE_FOUND if searched else labels.NO_CONVERSATION,
        "labels": {name.lower(): getattr(labels, name) for name in names},
    }
    follow(_shelf(key=_KEY, data=data, on_action_change=on_action, on_go_change=lambda: None).go)
