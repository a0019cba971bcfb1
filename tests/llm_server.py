"""A real OpenAI-compatible service on the loopback, which answers as it was told to: well, badly or not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, TypeVar

import pytest

from ingest.settings import Settings

PIECE = 24
"""Characters of one piece of a streamed reply."""


@dataclass(frozen=True, slots=True)
class Play:
    """One reply: its HTTP status, its text, and what goes wrong with it.

    `wait` is an event before which nothing is sent, `drip` the seconds between two pieces of a streamed reply.
    `sent` is how many pieces are sent before the connection is cut (`None`: all, and the reply is whole); it is
    cut with an error of the protocol, or `quietly`, as if the reply ended there.
    """

    status: int = 200
    text: str = ""
    wait: Event | None = None
    drip: float = 0
    sent: int | None = None
    quietly: bool = False


class Service(ThreadingHTTPServer):
    """The service: `plays` are given in turn, the last one for ever. What it was asked is kept in `requests`.

    `calls` counts the requests that are being answered and `most` the greatest number of them at once; `left`
    those whose client went away before the end.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, *plays: Play) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.plays = list(plays)
        self.requests: list[dict[str, Any]] = []
        self.lock = Lock()
        self.calls = self.most = self.left = 0

    def play(self, request: dict[str, Any]) -> Play:
        """The reply to this request."""
        return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]

    def settings(self, monkeypatch: pytest.MonkeyPatch, **values: Any) -> Settings:
        """Settings that name a model of this service, in the environment too."""
        monkeypatch.setenv("OPENAI_API_KEY", "test")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("PRATIQUES_LLM", "openai:m")
        monkeypatch.setenv("PRATIQUES_LLM_BASE_URL", f"http://127.0.0.1:{self.server_port}/v1")
        return Settings(**values)


_Service = TypeVar("_Service", bound=Service)


@contextmanager
def running(service: _Service) -> Iterator[_Service]:
    """The service, answering as long as the block lasts."""
    with service:
        Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield service
        service.shutdown()


class Handler(BaseHTTPRequestHandler):
    """Answers one request, whole or streamed as it asks, as the arguments of a tool where it gives one."""

    server: Service

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.requests.append(request)
            self.server.calls += 1
            self.server.most = max(self.server.most, self.server.calls)
            play = self.server.play(request)
        try:
            self._answer(play, request)
        except OSError:
            self.server.left += 1
        finally:
            with self.server.lock:
                self.server.calls -= 1

    def _answer(self, play: Play, request: dict[str, Any]) -> None:
        if play.wait is not None:
            play.wait.wait(20)
            return
        tool = request["tools"][0]["function"]["name"] if request.get("tools") else ""
        if request.get("stream") and play.status == 200:
            self._stream(play, tool)
            return
        message: dict[str, Any] = {"role": "assistant", "content": play.text}
        if tool:
            called = {"id": "1", "type": "function", "function": {"name": tool, "arguments": play.text}}
            message = {"role": "assistant", "content": None, "tool_calls": [called]}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = json.dumps({"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]})
        self._head(play.status, "application/json")
        self.wfile.write(body.encode())

    def _stream(self, play: Play, tool: str) -> None:
        pieces = [play.text[n : n + PIECE] for n in range(0, len(play.text), PIECE)]
        torn = play.sent is not None and not play.quietly
        self._head(200, "text/event-stream", "1000000" if torn else None)
        self._event({"role": "assistant", "content": ""}, None)
        for number, piece in enumerate(pieces[: play.sent]):
            called = {"index": 0, "type": "function", "function": {"name": tool, "arguments": piece}}
            if number:
                called = {"index": 0, "function": {"arguments": piece}}
            self._event({"tool_calls": [called]} if tool else {"content": piece}, None)
            time.sleep(play.drip)
        if play.sent is None:
            self._event({}, "tool_calls" if tool else "stop")
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, Any], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def _head(self, status: int, kind: str, length: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", length)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def claims(*said: tuple[int, str, str]) -> str:
    """A well-formed reply: (number of the passage, quote, sentence) for each claim."""
    keys: Sequence[str] = ("passage", "quote", "sentence")
    return json.dumps({"claims": [dict(zip(keys, claim, strict=True)) for claim in said]}, ensure_ascii=False)
