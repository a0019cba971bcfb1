"""The conversation of one browser page: what was asked, what was answered, which source is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.answer import Answer, Question, Status, Turn
from ingest.errors import PratiquesError


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and how it ended: an answer, or the message of the failure."""

    question: str
    answer: Answer | None
    failure: str = ""

    @property
    def sources(self) -> int:
        """How many places of the report can be opened: citations, or passages found that prove nothing."""
        if self.answer is None:
            return 0
        if self.answer.status is Status.UNPROVABLE:
            return min(len(self.answer.trace.passages), SHOWN_PASSAGES)
        return len(self.answer.citations)


SHOWN_PASSAGES = 5
"""How many of the found passages an unprovable answer offers to read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The source that is being read: index of its exchange, index among that exchange's sources (from 0)."""

    exchange: int
    source: int


@dataclass(slots=True)
class Conversation:
    """The exchanges so far (oldest first), the questions that wait for their answer, and the open source."""

    exchanges: list[Exchange] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    opened: Opened | None = None

    @property
    def started(self) -> bool:
        """Whether anything has been asked."""
        return bool(self.exchanges or self.waiting)

    @property
    def history(self) -> tuple[Turn, ...]:
        """The earlier turns as the assistant takes them; a question that failed is left out."""
        return tuple(
            turn
            for exchange in self.exchanges
            if exchange.answer is not None
            for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer.text))
        )

    def submit(self, text: str) -> None:
        """Put a question in the queue and close the source being read."""
        self.waiting.append(text)
        self.opened = None

    def answer_next(self, ask: Callable[[Question], Answer]) -> None:
        """Answer the oldest waiting question; a failure that may be shown takes the answer's place."""
        # Taken off first: a question that breaks the program is not asked again at each drawing of the page.
        text = self.waiting.pop(0)
        try:
            exchange = Exchange(text, ask(Question(text, self.history)))
        except PratiquesError as error:
            exchange = Exchange(text, None, str(error))
        self.exchanges.append(exchange)

    def open(self, exchange: int, source: int) -> None:
        """Open a source; one that does not exist is ignored."""
        if 0 <= exchange < len(self.exchanges) and 0 <= source < self.exchanges[exchange].sources:
            self.opened = Opened(exchange, source)

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) source of the same answer; at the ends, stay."""
        if self.opened is not None:
            self.open(self.opened.exchange, self.opened.source + by)

    def close(self) -> None:
        """Close the source being read."""
        self.opened = None

    def restart(self) -> None:
        """Forget everything that was asked."""
        self.exchanges.clear()
        self.waiting.clear()
        self.opened = None
