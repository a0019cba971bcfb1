"""Opening the assistant once for all the pages of the server, its progress shown to whoever waits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from assistant.chain import Assistant
from ingest.settings import load_settings


class Desk:
    """Where the server keeps its one assistant; it is opened by the first who needs it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._assistant: Assistant | None = None

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
