"""Asking many questions to fill the queue: one after the other, each answer kept as soon as it is there."""

from __future__ import annotations

import random
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.records import Record
from assistant.serial import BadLine, read_batch_line
from eval.aside import Tell
from eval.questions import JudgedQuestion, load_questions
from eval.review.item import Item, Source
from eval.review.store import Reviews
from ingest.errors import PratiquesError, ReviewError, Stopped

MOST_QUESTIONS = 5000
"""Questions that are asked in one go."""
_BREATH_S = 0.005
"""Seconds left to the other windows between two questions."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to ask, with what was judged of it, where it comes from a judged set."""

    question: Question
    judged: JudgedQuestion | None = None


@dataclass(frozen=True, slots=True)
class BadQuestion:
    """A line (from 1) that holds no question, and why, in French."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that could not be answered, and why, in French."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to: how many answers are in the queue, and the questions that have none."""

    answered: int
    unanswered: tuple[Unanswered, ...]


def read_typed(text: str) -> list[Wanted]:
    """The questions of a text that has one a line, each once.

    Raises:
        ReviewError: there are too many.
    """
    lines = dict.fromkeys(" ".join(line.split()) for line in text.splitlines())
    return _not_too_many([Wanted(Question(line)) for line in lines if line])


def read_batch(content: bytes) -> tuple[list[Wanted], list[BadQuestion]]:
    """The questions of a file as `pratiques batch` reads it, and the lines that hold none.

    Raises:
        ReviewError: there are too many questions.
    """
    wanted, bad = [], []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            wanted.append(Wanted(read_batch_line(line)[1]))
        except BadLine as error:
            bad.append(BadQuestion(number, str(error)))
    return _not_too_many(wanted), bad


def read_judged_file(name: str, content: bytes) -> list[JudgedQuestion]:
    """The judged questions of a file that was received.

    Raises:
        ReviewError: it is not a file of judged questions; the message says where and why.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "questions.jsonl"
        path.write_bytes(content)
        try:
            return load_questions(path)
        except PratiquesError as error:
            raise ReviewError(str(error).replace(str(path), name)) from error


def drawn(
    questions: Sequence[JudgedQuestion], count: int, seed: int, without: Collection[str] = frozenset()
) -> list[Wanted]:
    """So many judged questions drawn at random, in their order; all that there are, where there are fewer.

    The same seed always draws the same ones; where some are in the queue already (`without`, their texts), it draws
    those that would have come next.
    """
    at = random.Random(seed).sample(range(len(questions)), len(questions))
    left = [i for i in at if questions[i].question not in without]
    return [Wanted(questions[i].asked(), questions[i]) for i in sorted(left[:count])]


def ask_all(
    wanted: Sequence[Wanted],
    source: Source,
    origin: str,
    assistant: Assistant,
    reviews: Reviews,
    tell: Tell = lambda done, total: None,
    stop: Event | None = None,
) -> Asked:
    """Ask questions one after the other, and put each answer in the queue at once; `origin` says where they come from.

    Where `stop` is set, no further question is asked; what was answered stays.

    Raises:
        StorageError: an answer cannot be kept; those before it are.
    """
    answered, unanswered = 0, []
    for done, one in enumerate(wanted):
        tell(done, len(wanted))
        try:
            record = _answer(one.question, assistant, stop)
        except Stopped:
            break
        except Exception as error:  # a fault at one question is told at the end, and keeps none of the others back
            reason = str(error) if isinstance(error, PratiquesError) else f"{type(error).__name__} : {error}"
            unanswered.append(Unanswered(one.question.text, reason))
            continue
        reviews.add([Item.of(record, source, origin, one.judged)])
        answered += 1
        time.sleep(_BREATH_S)
    else:
        tell(len(wanted), len(wanted))
    return Asked(answered, tuple(unanswered))


def _answer(question: Question, assistant: Assistant, stop: Event | None) -> Record:
    answer, decided = assistant.explain(question, stop=stop)
    return Record.of(answer, decided, assistant.settings)


def _not_too_many(wanted: list[Wanted]) -> list[Wanted]:
    if len(wanted) > MOST_QUESTIONS:
        raise ReviewError(f"Il y a {len(wanted)} questions, et {MOST_QUESTIONS} au plus à la fois. Partagez-les.")
    return wanted
