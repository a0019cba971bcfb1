"""Runs made by a server: the sets of judged questions that can be chosen, and one run at a time, in a thread.

A run under way survives the page that started it; any window sees how far it is and may cancel it. What a cancelled
run has measured is discarded: figures of some of the questions would look like those of all.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock

from assistant.chain import Assistant
from eval.aside import Aside, Tell
from eval.questions import JudgedQuestion, load_questions, own_questions
from eval.record import Portion, record, write_run
from eval.review.judged_set import judged_set
from eval.run import Outcome, ask
from ingest.errors import PratiquesError, Stopped, StorageError
from ingest.saving import save_whole
from ingest.sources import sha256_of

_FOLDER = "questions"
"""Where, in the data folder, the files of judged questions that were sent are kept."""


class Stage(StrEnum):
    """Where a run is."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The questions of a run, the file that they were read from, and its hash then."""

    file: Path
    sha256: str
    split: Portion
    questions: tuple[JudgedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` questions, and the `seconds` that it has taken.

    `broken` counts the questions that failed. `written` is the file of a run that is done; `message` says in French
    why one failed.
    """

    name: str
    stage: Stage
    done: int
    total: int
    seconds: float
    broken: int = 0
    written: Path | None = None
    message: str = ""

    @property
    def left(self) -> float | None:
        """The seconds that the other questions will take, if they take as long as these; `None` before the first."""
        return self.seconds / self.done * (self.total - self.done) if self.done else None


def question_files(home: Path) -> list[Path]:
    """The files of judged questions that a run can ask: the project's own, that of the reviews, those sent."""
    reviewed, sent = judged_set(home), home / _FOLDER
    kept = sorted(sent.glob("*.jsonl")) if sent.is_dir() else []
    return [own_questions(), *([reviewed] if reviewed.is_file() else []), *kept]


def keep_questions(name: str, content: bytes, home: Path) -> Path:
    """Keep a file of judged questions that was sent, in the place of one of the same name.

    Raises:
        PratiquesError: it is not one; nothing is kept, and the message says which line is wrong.
        StorageError: it cannot be written.
    """
    plain = Path(name.replace("\\", "/")).name.lstrip(".") or "questions"
    target = (home / _FOLDER / plain).with_suffix(".jsonl")
    try:
        with tempfile.TemporaryDirectory() as folder:
            received = Path(folder) / plain
            received.write_bytes(content)
            try:
                load_questions(received)
            except PratiquesError as error:
                raise PratiquesError(str(error).replace(str(received), plain)) from error
        target.parent.mkdir(parents=True, exist_ok=True)
        save_whole(target, content)
    except OSError as error:
        raise StorageError(
            f"Les questions n'ont pas pu être gardées dans « {target} » ({error.strerror}). Vérifiez la place et vos "
            "droits."
        ) from error
    return target


def choose(file: Path, split: Portion) -> Chosen:
    """The questions of a file that are of a part of it.

    Raises:
        PratiquesError: the file cannot be read, or has none of them.
    """
    questions = tuple(q for q in load_questions(file) if split in ("all", q.split))
    sha256 = sha256_of(file)
    if not questions:
        raise PratiquesError(f"« {file.name} » n'a aucune question de cette partie. Choisissez toutes les questions.")
    return Chosen(file, sha256, split, questions)


class _Run:
    """One run, made aside: how far it is, and what it came to."""

    def __init__(self, chosen: Chosen, assistant: Assistant, home: Path) -> None:
        """Start at once."""
        self._chosen = chosen
        self._seconds, self._broken = 0.0, 0
        self.work = Aside(lambda tell, stop: self._measure(assistant, home, tell, stop))

    @property
    def progress(self) -> Progress:
        work = self.work
        over = Stage.DONE if work.result else Stage.FAILED if work.failure else Stage.CANCELLED
        return Progress(
            name=self._chosen.file.name,
            stage=Stage.RUNNING if work.under_way else over,
            done=work.done,
            total=len(self._chosen.questions),
            seconds=self._seconds,
            broken=self._broken,
            written=work.result,
            message=work.failure,
        )

    def _measure(self, assistant: Assistant, home: Path, tell: Tell, stop: Event) -> Path:
        """Ask the questions and write what they gave.

        Raises:
            Stopped: it was cancelled.
            StorageError: it cannot be written.
        """
        chosen, date, start = self._chosen, datetime.now(UTC), time.monotonic()
        outcomes: list[Outcome] = []
        for question in chosen.questions:
            if stop.is_set():
                raise Stopped
            outcomes.append(ask(question, assistant))
            self._seconds, self._broken = time.monotonic() - start, sum(bool(o.error) for o in outcomes)
            tell(len(outcomes), len(chosen.questions))
        if stop.is_set():
            raise Stopped
        made = record(outcomes, assistant.index, chosen.file, chosen.split, date, assistant.settings, chosen.sha256)
        return write_run(made, None, home)


class Runner:
    """Makes runs, one at a time; may be shared by many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._run: _Run | None = None

    @property
    def progress(self) -> Progress | None:
        """How far the run is, or how the last one ended; `None` where there is none to tell of."""
        run = self._run
        return None if run is None else run.progress

    @property
    def cancelling(self) -> bool:
        """Whether the run is to stop after the question that it is at."""
        run = self._run
        return run is not None and run.work.stopped

    def start(self, chosen: Chosen, assistant: Assistant, home: Path) -> None:
        """Start a run, which is written in the data folder when it is done.

        Raises:
            PratiquesError: another one is under way.
        """
        with self._lock:
            if self._run is not None and self._run.work.under_way:
                raise PratiquesError("Une mesure est déjà en cours. Attendez qu'elle finisse, ou arrêtez-la.")
            self._run = _Run(chosen, assistant, home)

    def cancel(self) -> None:
        """Stop the run after the question that it is at; what it has measured is discarded."""
        if (run := self._run) is not None:
            run.work.stop()

    def wait(self, seconds: float) -> bool:
        """Wait for the run to end, so many seconds at most; whether it has."""
        if (run := self._run) is not None:
            run.work.wait(seconds)
        return run is None or not run.work.under_way

    def forget(self) -> None:
        """Tell no more of a run that has ended."""
        with self._lock:
            if self._run is not None and not self._run.work.under_way:
                self._run = None
