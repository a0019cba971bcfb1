"""An answer under way: what a language model has written and code has proved so far, then the record of the answer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread
from typing import TYPE_CHECKING

from assistant.chain import Tell
from assistant.records import Record

if TYPE_CHECKING:
    from assistant.writing import ProvedClaim

Ask = Callable[[Tell, Event], Record]
"""Answers a question; it is given what to call with each sentence proved, and the event that stops it."""


class Work:
    """One question being answered in a thread of its own, so that what the reader does meanwhile does not stop it."""

    def __init__(self, ask: Ask) -> None:
        """Start at once."""
        self._proved: list[str] = []
        self._news = Event()
        self._stop = Event()
        self._future: Future[Record] = Future()
        Thread(target=self._run, args=(ask,), daemon=True).start()

    @property
    def proved(self) -> tuple[str, ...]:
        """The sentences proved so far; the answer may be another one in the end."""
        return tuple(self._proved)

    @property
    def record(self) -> Record:
        """The record of the answer, waited for.

        Raises:
            Exception: whatever asking raised.
        """
        return self._future.result()

    def finished_within(self, seconds: float) -> bool:
        """Wait for a new sentence or for the end, so many seconds at most; whether it has ended."""
        self._news.wait(seconds)
        self._news.clear()
        return self._future.done()

    def stop(self) -> None:
        """Stop it: nothing is written any more, and its record will never come."""
        self._stop.set()

    def _tell(self, claim: ProvedClaim) -> None:
        self._proved.append(claim.text)
        self._news.set()

    def _run(self, ask: Ask) -> None:
        try:
            self._future.set_result(ask(self._tell, self._stop))
        except BaseException as error:  # raised again where the record is taken
            self._future.set_exception(error)
        self._news.set()
