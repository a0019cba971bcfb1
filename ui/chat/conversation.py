"""The conversation of one browser page: what was asked, what was answered, which source is open, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Protocol

from assistant.answer import Answer, Question, Status, Turn
from assistant.chain import Tell
from assistant.database import Feedback, KeptConversation, KeptExchange
from assistant.records import Record
from assistant.scope import EVERYWHERE, Scope
from ingest.errors import PratiquesError
from ui.chat import labels
from ui.chat.work import Work

SHOWN_PASSAGES = 5
"""How many of the found passages an unprovable answer offers to read."""


class Store(Protocol):
    """The part of the store of conversations that a page needs."""

    def add(self, record: Record, conversation: str | None = None) -> KeptExchange:
        """Keep an answer, in a new conversation where none is named."""
        ...

    def add_failure(self, question: str, failure: str, conversation: str | None = None) -> KeptExchange:
        """Keep a question, masked, that had no answer."""
        ...

    def replace_from(self, conversation: str, exchange: str) -> None:
        """Say that an exchange and those after it were asked again."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed, which may hold personal data: it lives here, in the memory of the page, only.

    `as_typed`: the reader has said yes to these data. `before` is how many exchanges come before it in what it
    follows on (`None`: all of them).
    """

    text: str
    as_typed: bool = False
    before: int | None = None
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and how it ended: the record of its answer, or the message of the failure.

    `id` names it in the store; empty where it is not kept yet.
    """

    asked: Asked
    record: Record | None = None
    failure: str = ""
    id: str = ""
    feedback: Feedback | None = None

    @classmethod
    def of(cls, kept: KeptExchange) -> Exchange:
        """An exchange read back: of its question there is only what was answered."""
        question = kept.record.question if kept.record else Question(kept.question)
        asked = Asked(question.text, question.as_typed, scope=question.scope)
        return cls(asked, kept.record, kept.failure, kept.id, kept.feedback)

    @property
    def answer(self) -> Answer | None:
        """The answer; `None` where there is none."""
        return self.record.answer if self.record else None

    @property
    def masked(self) -> tuple[str, ...]:
        """The kinds of personal data that were masked in the question that was answered."""
        return self.record.question.masked if self.record else ()

    @property
    def typed_otherwise(self) -> bool:
        """Whether the page still holds the question with the data that were masked in it."""
        return self.record is not None and bool(self.masked) and self.record.question.text != self.asked.text

    @property
    def sources(self) -> int:
        """How many places of the report can be opened: citations, or passages found that prove nothing."""
        if self.answer is None:
            return 0
        if self.answer.status is Status.UNPROVABLE:
            return min(len(self.answer.trace.passages), SHOWN_PASSAGES)
        return len(self.answer.citations)


@dataclass(frozen=True, slots=True)
class Opened:
    """The source that is being read: index of its exchange, index among that exchange's sources (from 0)."""

    exchange: int
    source: int


@dataclass(slots=True)
class Conversation:
    """The exchanges so far (oldest first), the questions that wait for their answer, and the open source.

    `id` and `title` are those of the store, empty until something is kept. `scope` is what the next question is
    limited to. `work` is under way for the first of the waiting questions, where a language model answers it.
    `replaced` names the exchange of the store that was asked again, until its new answer is kept. `shared`: the reader
    lets the evaluators read it.
    """

    id: str = ""
    title: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    waiting: list[Asked] = field(default_factory=list)
    opened: Opened | None = None
    scope: Scope = EVERYWHERE
    work: Work | None = None
    replaced: str = ""
    shared: bool = False

    @classmethod
    def of(cls, kept: KeptConversation) -> Conversation:
        """A conversation read back from the store, limited as its last question was."""
        exchanges = [Exchange.of(e) for e in kept.exchanges]
        scope = exchanges[-1].asked.scope if exchanges else EVERYWHERE
        return cls(kept.id, kept.title, exchanges, scope=scope, shared=kept.shared)

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
        self._wait(Asked(text, scope=self.scope))

    def submit_as_typed(self, exchange: int) -> None:
        """Ask again, as it was typed, a question in which something was masked; any other is ignored."""
        if self._holds(exchange) and self.exchanges[exchange].typed_otherwise:
            asked = self.exchanges[exchange].asked
            self._wait(replace(asked, as_typed=True, before=exchange))

    def submit_everywhere(self, exchange: int) -> None:
        """Ask again in the whole report a question that was limited to a part of it; any other is ignored."""
        if self._holds(exchange) and self.exchanges[exchange].asked.scope != EVERYWHERE:
            self.scope = EVERYWHERE
            self._wait(replace(self.exchanges[exchange].asked, scope=EVERYWHERE, before=exchange))

    def submit_instead(self, exchange: int, text: str) -> None:
        """Ask a question in the place of an earlier one, and of all that followed it."""
        if not self._holds(exchange) or self.waiting:
            return
        kept = [e.id for e in self.exchanges[exchange:] if e.id]
        self.replaced = self.replaced or (kept[0] if kept else "")
        del self.exchanges[exchange:]
        self.submit(text)

    def _holds(self, exchange: int) -> bool:
        return 0 <= exchange < len(self.exchanges)

    def _wait(self, asked: Asked) -> None:
        self.waiting.append(asked)
        self.opened = None

    def answer_next(self, ask: Callable[[Question], Record]) -> None:
        """Answer the oldest waiting question; a failure that may be shown takes the answer's place."""
        # Taken off first: a question that breaks the program is not asked again at each drawing of the page.
        asked = self.waiting.pop(0)
        try:
            exchange = Exchange(asked, ask(self._question(asked)))
        except PratiquesError as error:
            exchange = Exchange(asked, failure=str(error))
        self.exchanges.append(exchange)

    def work_on_next(self, ask: Callable[[Question, Tell, Event], Record], patience_s: float) -> None:
        """Have the oldest waiting question answered aside, and wait for news; once it is answered, take the answer.

        The page can be drawn again meanwhile: whatever the reader does there, the work goes on.
        """
        if self.work is None:
            question = self._question(self.waiting[0])
            self.work = Work(lambda tell, stop: ask(question, tell, stop))
        if self.work.finished_within(patience_s):
            work, self.work = self.work, None
            self.answer_next(lambda question: work.record)

    def stop(self) -> None:
        """Stop the answer under way; its question stays, to be asked again."""
        if self.work is not None and self.waiting:
            self.work.stop()
            self.work = None
            self.exchanges.append(Exchange(self.waiting.pop(0), failure=labels.STOPPED))

    def _question(self, asked: Asked) -> Question:
        return Question(asked.text, self.history(asked.before), as_typed=asked.as_typed, scope=asked.scope)

    def keep(self, store: Store, masked: Callable[[Asked], str]) -> None:
        """Keep in the store what it does not hold yet; what could not be kept stays here, and is tried again next time.

        `masked` gives a question without its personal data.

        Raises:
            PratiquesError: the store cannot be written.
        """
        if self.replaced and self.id:
            store.replace_from(self.id, self.replaced)
        self.replaced = ""
        for at, exchange in enumerate(self.exchanges):
            if exchange.id:
                continue
            if exchange.record is not None:
                kept = store.add(exchange.record, self.id or None)
            else:
                kept = store.add_failure(masked(exchange.asked), exchange.failure, self.id or None)
            self.id = kept.conversation
            self.exchanges[at] = replace(exchange, id=kept.id)

    @property
    def kept(self) -> bool:
        """Whether the store holds every exchange."""
        return all(exchange.id for exchange in self.exchanges)

    def judge(self, exchange: int, feedback: Feedback | None) -> str:
        """Say what the reader thinks of an answer; the id of its exchange, empty where it has none in the store."""
        if not self._holds(exchange):
            return ""
        self.exchanges[exchange] = replace(self.exchanges[exchange], feedback=feedback)
        return self.exchanges[exchange].id

    def open(self, exchange: int, source: int) -> None:
        """Open a source; one that does not exist is ignored."""
        if self._holds(exchange) and 0 <= source < self.exchanges[exchange].sources:
            self.opened = Opened(exchange, source)

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) source of the same answer; at the ends, stay."""
        if self.opened is not None:
            self.open(self.opened.exchange, self.opened.source + by)

    def close(self) -> None:
        """Close the source being read."""
        self.opened = None
