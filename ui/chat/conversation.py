"""The conversation of one browser page: what was asked, what was answered, which source is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.answer import Answer, Question, Status, Turn
from assistant.chain import Tell
from ingest.errors import PratiquesError
from ui.chat.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, which may hold personal data: it lives here, in the memory of the page, only.

    `as_typed`: the reader has said yes to these data. `before` is how many exchanges come before it in what it
    follows on (`None`: all of them).
    """

    text: str
    as_typed: bool = False
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and how it ended: an answer, or the message of the failure."""

    asked: Asked
    answer: Answer | None
    failure: str = ""

    @property
    def masked(self) -> bool:
        """Whether personal data were masked in the question that was answered."""
        return self.answer is not None and self.answer.question != self.asked.text

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
    """The exchanges so far (oldest first), the questions that wait for their answer, and the open source.

    `work` is under way for the first of the waiting questions, where a language model answers it.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    waiting: list[Asked] = field(default_factory=list)
    opened: Opened | None = None
    work: Work | None = None

    @property
    def started(self) -> bool:
        """Whether anything has been asked."""
        return bool(self.exchanges or self.waiting)

    def history(self, before: int | None = None) -> tuple[Turn, ...]:
        """The turns of the first `before` exchanges as the assistant takes them; a question that failed is left out.

        Each question is as it was answered: masked, unless the reader said yes to its data.
        """
        return tuple(
            turn
            for exchange in self.exchanges[:before]
            if exchange.answer is not None
            for turn in (Turn("user", exchange.answer.question), Turn("assistant", exchange.answer.text))
        )

    def submit(self, text: str) -> None:
        """Put a question in the queue and close the source being read."""
        self._wait(Asked(text))

    def submit_as_typed(self, exchange: int) -> None:
        """Ask again, as it was typed, a question in which something was masked; any other is ignored."""
        if 0 <= exchange < len(self.exchanges) and self.exchanges[exchange].masked:
            self._wait(Asked(self.exchanges[exchange].asked.text, as_typed=True, before=exchange))

    def _wait(self, asked: Asked) -> None:
        self.waiting.append(asked)
        self.opened = None

    def answer_next(self, ask: Callable[[Question], Answer]) -> None:
        """Answer the oldest waiting question; a failure that may be shown takes the answer's place."""
        # Taken off first: a question that breaks the program is not asked again at each drawing of the page.
        asked = self.waiting.pop(0)
        try:
            exchange = Exchange(asked, ask(self._question(asked)))
        except PratiquesError as error:
            exchange = Exchange(asked, None, str(error))
        self.exchanges.append(exchange)

    def work_on_next(self, ask: Callable[[Question, Tell], Answer], patience_s: float) -> None:
        """Have the oldest waiting question answered aside, and wait for news; once it is answered, take the answer.

        The page can be drawn again meanwhile: whatever the reader does there, the work goes on.
        """
        if self.work is None:
            question = self._question(self.waiting[0])
            self.work = Work(lambda tell: ask(question, tell))
        if self.work.finished_within(patience_s):
            work, self.work = self.work, None
            self.answer_next(lambda question: work.answer)

    def _question(self, asked: Asked) -> Question:
        return Question(asked.text, self.history(asked.before), as_typed=asked.as_typed)

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
        self.work = None
