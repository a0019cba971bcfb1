"""A reply of the language model as it grows, within limits: wall-clock time, length, calls at once.

All clients are read in one event loop, where a call can be dropped at any moment: its service may say nothing, or a
byte at a time for ever, and whoever asked waits no longer than the time given, or than they want. A call keeps its
place among the calls at once until its stream is closed, so that the service never has more than the settings allow.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar, cast

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.runnables import RunnableSequence
from langchain_core.utils.json import parse_partial_json

import vectorstore  # noqa: F401  switches telemetry off before LangChain is used
from assistant.language_model import CUT, OTHER_FORM, TOO_LATE, ask_twice, in_french
from ingest.errors import LanguageModelError, ModelUnavailable, ReplyError, Stopped
from ingest.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from pydantic import BaseModel

_Given = TypeVar("_Given")
Growing = Mapping[str, Any]
"""A reply so far, as plain JSON: the last value of a list may be unfinished."""

MOST_CHARACTERS = 12_000
"""Characters of a reply beyond which it is read no further: four times what an answer needs."""
_LOOK_S = 0.05
"""How often whoever waits looks whether to stop."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which something must be over, on the monotonic clock (seconds), or sooner where `stop` is set."""

    moment: float
    stop: Event = field(default_factory=Event)

    @classmethod
    def after(cls, seconds: float, stop: Event | None = None) -> Deadline:
        """The deadline that lies so many seconds ahead."""
        return cls(time.monotonic() + seconds, stop or Event())

    @property
    def left(self) -> float:
        """Seconds left; zero where it is past."""
        return max(0.0, self.moment - time.monotonic())

    def waits(self) -> Iterator[float]:
        """Seconds to wait each time, until it is past; at least once.

        Raises:
            Stopped: `stop` is set.
        """
        left = self.left
        while True:
            if self.stop.is_set():
                raise Stopped
            yield min(left, _LOOK_S)
            if not (left := self.left):
                return


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
        Stopped: the deadline's `stop` was set; the stream is closed.
        ReplyError: the reply is empty, endless or no JSON.
        ModelUnavailable: no reply in time, no place among the calls at once, or the service fails for now.
        LanguageModelError: the service refuses.
    """
    places = _places(settings.llm, settings.llm_base_url, settings.llm_concurrency)
    if not any(places.acquire(timeout=wait) for wait in deadline.waits()):
        raise ModelUnavailable(
            "Le modèle de langue est occupé par d'autres questions. Attendez, ou augmentez PRATIQUES_LLM_CONCURRENCY."
        )
    found: _Found = SimpleQueue()
    reading = _started(_read(model, messages, form.model_json_schema(), found), places.release)
    try:
        while (reply := _next(found, deadline)) is not None:
            if isinstance(reply, LanguageModelError):
                raise reply
            if not deadline.left:
                raise ModelUnavailable(TOO_LATE)
            yield reply
    finally:
        _loop().call_soon_threadsafe(reading.cancel)


_Found = SimpleQueue[Growing | LanguageModelError | None]
"""What a call hands over as it is read; it ends with `None` or a failure."""


def _next(found: _Found, deadline: Deadline) -> Growing | LanguageModelError | None:
    for wait in deadline.waits():
        with suppress(Empty):
            return found.get(timeout=wait)
    raise ModelUnavailable(TOO_LATE)


def ask_twice_within(deadline: Deadline, ask: Callable[[], _Given], again: Callable[[], bool] = lambda: True) -> _Given:
    """Ask, and once more within the time where the failure may pass and `again` still holds.

    Raises:
        LanguageModelError: the last failure.
        Stopped: the deadline's `stop` was set.
    """

    def may_pass(error: LanguageModelError) -> bool:
        return isinstance(error, (ModelUnavailable, ReplyError)) and again() and deadline.left > 0

    # Each time a different while, and never most of the time left: all that failed at once do not come back at once.
    return ask_twice(ask, lambda: _pause(min(random.uniform(0.3, 1.2), deadline.left / 4), deadline.stop), may_pass)


def _pause(seconds: float, stop: Event) -> None:
    if stop.wait(seconds):
        raise Stopped


@lru_cache
def _places(model: str | None, base_url: str | None, size: int) -> BoundedSemaphore:
    """The places among the calls at once of one service, for the whole process."""
    return BoundedSemaphore(size)


@lru_cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all calls: clients share connections, which belong to one loop."""
    loop = asyncio.new_event_loop()
    # A daemon: a command that is interrupted does not wait for a slow model.
    Thread(target=loop.run_forever, daemon=True).start()
    return loop


def _started(reading: Coroutine[Any, Any, None], over: Callable[[], None]) -> asyncio.Task[None]:
    """Start reading in the loop; `over` is called once it has ended, however it ends."""

    async def start() -> asyncio.Task[None]:
        task = asyncio.create_task(reading)
        task.add_done_callback(lambda _: over())
        return task

    return asyncio.run_coroutine_threadsafe(start(), _loop()).result()


async def _read(
    model: BaseChatModel, messages: Sequence[tuple[str, str]], schema: dict[str, Any], found: _Found
) -> None:
    """Read a reply to its end, or until nobody waits for it."""
    said, task = _Said(), asyncio.current_task()
    try:
        structured = model.with_structured_output(schema)
        # The model bound to the form, without LangChain's parser: it reads the whole reply again at every piece,
        # closes by itself what was cut, and keeps the connection open when it is closed.
        bound = structured.first if isinstance(structured, RunnableSequence) else structured
        async with aclosing(cast("AsyncGenerator[Any, None]", bound.astream(list(messages)))) as stream:
            async for piece in stream:
                if task is not None and task.cancelling():
                    return  # a cancellation that comes with a piece is lost on the way (asyncio.wait_for before 3.12)
                if (grown := said.add(piece)) is not None:
                    found.put(grown)
        found.put(said.whole())
        found.put(None)
    except Exception as error:  # each provider's package has errors of its own
        failure = in_french(error)
        cut = (said.text or said.arguments) and isinstance(
            failure, ModelUnavailable
        )  # some clients say « connection error »
        found.put(ModelUnavailable(CUT) if cut else failure)


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
