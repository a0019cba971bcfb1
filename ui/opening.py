"""Opening the assistant once for all the pages of the server, its progress shown to whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from assistant.chain import Assistant
from ingest.settings import load_settings
from ui import labels

if TYPE_CHECKING:
    from assistant.database import Conversations, Database, Kits
    from eval.review.store import Reviews


class Desk:
    """Where the server keeps its one assistant and its one database; each is opened by the first who needs it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._assistant: Assistant | None = None
        self._database: Database | None = None

    @property
    def ready(self) -> bool:
        """Whether the assistant is open."""
        return self._assistant is not None

    def open(self, progress: Callable[[str, int, int], None]) -> Assistant:
        """Give the assistant, building a missing index first; others wait meanwhile.

        Raises:
            PratiquesError: the assistant cannot be opened; the next call tries again.
        """
        with self._lock:
            if self._assistant is None:
                self._assistant = Assistant.open(load_settings(), progress=progress)
            return self._assistant

    def database(self) -> Database:
        """Give the database, opened and brought up to date.

        Raises:
            PratiquesError: it cannot be opened; the next call tries again.
        """
        from assistant.database import Database

        with self._lock:
            if self._database is None:
                self._database = Database.open(load_settings())
            return self._database


@st.cache_resource(show_spinner=False)
def _desk() -> Desk:
    return Desk()


def open_conversations() -> Conversations:
    """The store of conversations.

    Raises:
        PratiquesError: the database cannot be opened.
    """
    from assistant.database import Conversations

    return Conversations(_desk().database())


def open_kits() -> Kits:
    """The store of session kits.

    Raises:
        PratiquesError: the database cannot be opened.
    """
    from assistant.database import Kits

    return Kits(_desk().database())


def open_database() -> Database:
    """The database of this server.

    Raises:
        PratiquesError: it cannot be opened.
    """
    return _desk().database()


def open_reviews() -> Reviews:
    """The store of reviews.

    Raises:
        PratiquesError: the database cannot be opened.
    """
    from eval.review.store import Reviews

    return Reviews(_desk().database())


def open_assistant() -> Assistant:
    """The assistant of this server; whoever comes first sees the index being built.

    Raises:
        PratiquesError: the assistant cannot be opened.
    """
    desk = _desk()
    if desk.ready:
        return desk.open(lambda step, done, total: None)
    place = st.empty()

    def progress(step: str, done: int, total: int) -> None:
        with place.container():
            st.write(labels.BUILDING)
            st.progress(min(done / total, 1.0) if total else 0.0, text=step)

    with place, st.spinner(labels.OPENING):
        assistant = desk.open(progress)
    place.empty()
    return assistant
