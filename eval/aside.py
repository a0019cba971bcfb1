"""Work that no page has to wait for: done in a thread of its own, which says how far it is and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

from ingest.errors import PratiquesError, Stopped

Tell = Callable[[int, int], None]
"""Called with how many are done, of how many."""
_Result = TypeVar("_Result")


class Aside(Generic[_Result]):
    """A piece of work under way, or over: `result` where it came to its end, `failure` (in French) where it could not.

    Neither where it was stopped.
    """

    def __init__(self, work: Callable[[Tell, Event], _Result]) -> None:
        """Start at once; the work is given whom to tell how far it is, and the event that stops it."""
        self.done = self.total = 0
        self.result: _Result | None = None
        self.failure = ""
        self._stop = Event()
        self._thread = Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    @property
    def under_way(self) -> bool:
        """Whether it is not over yet."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to stop as soon as it can."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for its end, so many seconds at most."""
        self._thread.join(seconds)

    def _run(self, work: Callable[[Tell, Event], _Result]) -> None:
        try:
            self.result = work(self._tell, self._stop)
        except Stopped:
            return
        except PratiquesError as error:
            self.failure = str(error)
        except Exception as error:  # the page says it: nobody reads what a thread raises
            self.failure = f"Une erreur imprévue a tout arrêté ({type(error).__name__} : {error}). Relancez."

    def _tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total
