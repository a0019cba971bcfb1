"""What the tests share: an environment of their own, and one index of the bundled report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click
import pytest
from browser import chromium, server, visit  # noqa: F401  fixtures of all files of tests
from databases import database, settings_of_store  # noqa: F401

from assistant.chain import Assistant
from assistant.cli import cli, run
from assistant.kits.kit import Audience, Kit, Request
from ingest.settings import Settings
from vectorstore.index import Index, build_index

RunCli = Callable[..., "subprocess.CompletedProcess[bytes]"]
Ran = tuple[int, str, str]


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    """No setting of whoever runs the tests reaches them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith(("PRATIQUES_", "LANGSMITH_", "LANGCHAIN_"))]:
            patch.delenv(name)
        patch.setenv("LANGSMITH_TRACING", "false")
        patch.setenv("LANGCHAIN_TRACING_V2", "false")
        # A model or a tokenizer that a test did not make itself is never fetched.
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a data folder of its own, and leaves the environment as it found it."""
    monkeypatch.setenv("PRATIQUES_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the shared index; read it, never write to its data folder."""
    return Settings(home=tmp_path_factory.mktemp("pratiques"))


@pytest.fixture(scope="session")
def index(settings: Settings) -> Iterator[Index]:
    """The index of the bundled report, built once for all tests."""
    built, _ = build_index((), settings, lambda label, done, total: None)
    yield built
    built.close()


@pytest.fixture(scope="session")
def assistant(index: Index) -> Assistant:
    """The assistant over the shared index."""
    return Assistant(index)


@pytest.fixture(scope="session")
def kit(assistant: Assistant) -> Kit:
    """Three hours on pair aidance for students, as the workshop makes them."""
    return assistant.workshop.make(Request(("3",), (), Audience.STUDENTS, 180, 12))


@pytest.fixture
def indexed(settings: Settings, index: Index, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the shared index: what is kept of answers stays in it."""
    home = tmp_path / "indexed"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    return home


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    """Run a command in this process, over a data folder: its exit code, output and error output."""

    def call(command: click.Command, home: Path, *arguments: str | Path) -> Ran:
        monkeypatch.setenv("PRATIQUES_HOME", str(home))
        with pytest.raises(SystemExit) as leaving:
            run(command, [str(a) for a in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return int(leaving.value.code or 0), out.decode("utf-8"), err.decode("utf-8")

    return call


@pytest.fixture
def pratiques(indexed: Path, in_process: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run `pratiques …` in this process over the shared index."""

    def call(*arguments: str | Path, home: Path = indexed) -> Ran:
        return in_process(cli, home, *arguments)

    return call


@pytest.fixture(scope="session")
def run_cli(settings: Settings, index: Index) -> RunCli:
    """Run `pratiques …` in a process of its own, over the shared index unless `env` names another home.

    `run_cli(["ask", "…"], stdin=b"", env={"NAME": "value"}, cwd=None)` gives what was written as bytes.
    """

    def run(
        args: Sequence[str | Path], stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, args)]
        variables = {**os.environ, "PRATIQUES_HOME": str(settings.home), **(env or {})}
        return subprocess.run(
            command, input=stdin, env=variables, cwd=cwd, capture_output=True, timeout=120, check=False
        )

    return run
