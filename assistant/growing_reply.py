"""A reply of the language model as it grows, within limits: wall-clock time, length, calls at once.

The client is read in a thread of its own: it may block on a service that says nothing, or be fed a byte at a time
for ever, and whoever asked waits no longer than the time given. The thread keeps its place among the calls at once
until it has closed its stream, so that the service never has more of them than the settings allow.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from queue import Empty, Full, Queue
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.runnables import RunnableSequence
from langchain_core.utils.json import parse_partial_json

import vectorstore  # noqa: F401  switches telemetry off before LangChain is used
from assistant.language_model import CUT, OTHER_FORM, TOO_LATE, ask_twice, in_french
from ingest.errors import LanguageModelError, ModelUnavailable, ReplyError
from ingest.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

_Given = TypeVar("_Given")
Growing = Mapping[str, Any]
"""A reply so far, as plain JSON: the last value of a list may be unfinished."""

MOST_CHARACTERS = 12_000
"""Characters of a reply beyond which it is read no further: four times what an answer needs."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which something must be over, on the monotonic clock (seconds)."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline that lies so many seconds ahead."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds left; zero where it is past."""
        return max(0.0, self.moment - time.monotonic())


@dataclass(slots=True)
class _Reading:
    """What the reading thread and whoever waits for it share; the queue ends with `None` or a failure."""

    found: Queue[Growing | LanguageModelError | None] = field(default_factory=lambda: Queue(maxsize=8))
    stopped: Event = field(default_factory=Event)

    def give(self, found: Growing | LanguageModelError | None) -> bool:
        """Hand something over; false where nobody waits for it any more."""
        while not self.stopped.is_set():
            try:
                self.found.put(found, timeout=0.1)
            except Full:
                continue
            return True
        return False


def growing_reply(
    model: BaseChatModel,
    messages: Sequence[tuple[str, str]],
    form: type[BaseModel],
    settings: Settings,
    deadline: Deadline,
) -> Generator[Growing, None, None]:
    """Ask the model once, and give its reply each time it has grown; the last one given is whole.

    The reply has the keys that the model gave it: its form is asked for here, and checked by whoever reads it. A
    client that cannot stream gives its reply at once. Closing this generator closes the stream.

    Raises:
        ReplyError: the reply is empty, endless or no JSON.
        ModelUnavailable: no reply in time, no place among the calls at once, or the service fails for now.
        LanguageModelError: the service refuses.
    """
    places = _places(settings.llm, settings.llm_base_url, settings.llm_concurrency)
    if not places.acquire(timeout=deadline.left):
        raise ModelUnavailable(
            "Le modèle de langue est occupé par d'autres questions. Attendez, ou augmentez PRATIQUES_LLM_CONCURRENCY."
        )
    reading = _Reading()
    arguments = (model, messages, form.model_json_schema(), reading, places)
    # A daemon: a command that is interrupted does not wait for a slow model.
    Thread(target=_read, args=arguments, daemon=True).start()
    try:
        while True:
            try:
                found = reading.found.get(timeout=deadline.left)
            except Empty:
                raise ModelUnavailable(TOO_LATE) from None
            if found is None:
                return
            if isinstance(found, LanguageModelError):
                raise found
            if not deadline.left:
                raise ModelUnavailable(TOO_LATE)
            yield found
    finally:
        reading.stopped.set()


def ask_twice_within(deadline: Deadline, ask: Callable[[], _Given], again: Callable[[], bool] = lambda: True) -> _Given:
    """Ask, and once more within the time where the failure may pass and `again` still holds.

    Raises:
        LanguageModelError: the last failure.
    """

    def may_pass(error: LanguageModelError) -> bool:
        return isinstance(error, (ModelUnavailable, ReplyError)) and again() and deadline.left > 0

    # Each time a different while, and never most of the time left: all that failed at once do not come back at once.
    return ask_twice(ask, lambda: time.sleep(min(random.uniform(0.3, 1.2), deadline.left / 4)), may_pass)


@lru_cache
def _places(model: str | None, base_url: str | None, size: int) -> BoundedSemaphore:
    """The places among the calls at once of one service, for the whole process."""
    return BoundedSemaphore(size)


def _read(
    model: BaseChatModel,
    messages: Sequence[tuple[str, str]],
    schema: dict[str, Any],
    reading: _Reading,
    places: BoundedSemaphore,
) -> None:
    """Read a reply to its end, or until nobody waits for it, then leave the place taken."""
    said = _Said()
    try:
        structured = model.with_structured_output(schema)
        # The model bound to the form, without LangChain's parser: it reads the whole reply again at every piece,
        # closes by itself what was cut, and keeps the connection open when it is closed.
        bound = structured.first if isinstance(structured, RunnableSequence) else structured
        with closing(cast("Generator[Any, None, None]", bound.stream(list(messages)))) as stream:
            for piece in stream:
                grown = said.add(piece)
                if reading.stopped.is_set() or (grown is not None and not reading.give(grown)):
                    return
        reading.give(said.whole())
        reading.give(None)
    except Exception as error:  # each provider's package has errors of its own
        failure = in_french(error)
        cut = (said.text or said.arguments) and isinstance(
            failure, ModelUnavailable
        )  # some clients say « connection error »
        reading.give(ModelUnavailable(CUT) if cut else failure)
    finally:
        places.release()


@dataclass(slots=True)
class _Said:
    """What a model has said so far: its text, and the arguments of the tool that it calls, where the form is one."""

    text: str = ""
    arguments: str = ""
    tool: int | str | None = None

    @property
    def json(self) -> str:
        """What should be JSON, without the fence or the words that some models put before it."""
        said = self.arguments or self.text
        return said[said.find("{") :] if "{" in said else ""

    def add(self, piece: Any) -> Growing | None:
        """Take one more piece; the reply so far, where a value of it may just have been completed.

        Raises:
            ReplyError: the reply is endless, or will never be JSON.
        """
        if not isinstance(piece, AIMessage):
            raise ReplyError(OTHER_FORM)
        new = self._arguments_of(piece)
        self.arguments += new
        if not new:
            new = piece.text
            self.text += new
        if len(self.text) + len(self.arguments) > MOST_CHARACTERS:
            raise ReplyError("La réponse du modèle de langue ne finit pas.")
        return _parsed(self.json, parse_partial_json) if "}" in new else None

    def _arguments_of(self, piece: AIMessage) -> str:
        if isinstance(piece, AIMessageChunk):
            calls = piece.tool_call_chunks
            if self.tool is None and calls:
                self.tool = calls[0]["index"]
            return "".join(call["args"] or "" for call in calls if call["index"] == self.tool)
        return json.dumps(piece.tool_calls[0]["args"]) if piece.tool_calls else ""

    def whole(self) -> Growing:
        """The reply, once it has ended.

        Raises:
            ReplyError: it is no JSON.
            ModelUnavailable: it was cut.
        """
        said = self.json
        try:
            return _parsed(said[: said.rfind("}") + 1], partial(json.loads, strict=False))
        except ReplyError:
            _parsed(said, parse_partial_json)
            raise ModelUnavailable(CUT) from None


def _parsed(text: str, parse: Callable[[str], Any]) -> Growing:
    try:
        found = parse(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ReplyError(OTHER_FORM)
    return found
