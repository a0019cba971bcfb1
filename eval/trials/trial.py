"""The records of a blind trial: two configurations, the pairs of their answers, and the votes.

Whoever votes sees two answers, left and right, without their configurations: which one stands on the left is drawn for
each pair and each rater, from their names alone, so that it is the same after a refresh and nobody can guess it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from pydantic import AwareDatetime

from assistant.answer import Answer
from assistant.records import Record
from eval.questions import JudgedQuestion
from ingest.errors import ReviewError
from ingest.folding import fold

MOST_NAME = 60
"""Characters of the name of a configuration, or of a trial."""
MOST_REASON = 2000
"""Characters of the reason of a vote."""


class Search(StrEnum):
    """Which signals the search for passages counts: all of them, or the rest where some are left out."""

    ALL = "all"
    WORDS = "words"
    MEANING = "meaning"
    NO_QUESTIONS = "no_questions"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Configuration:
    """How questions are answered.

    `llm` names a language model as the settings do, empty for none; `embeddings` a sentence-transformers model, empty
    for that of the settings.
    """

    name: str
    search: Search = Search.ALL
    llm: str = ""
    embeddings: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > MOST_NAME:
            raise ReviewError(f"Donnez un nom à chaque configuration, en {MOST_NAME} caractères au plus.")

    @property
    def what(self) -> tuple[str, ...]:
        """What it changes, its name aside."""
        return (self.search, self.llm, self.embeddings)


def check_two(first: Configuration, second: Configuration) -> None:
    """Check that two configurations can be told apart.

    Raises:
        ReviewError: they have one name, or change the same things.
    """
    if fold(first.name.strip()) == fold(second.name.strip()):
        raise ReviewError("Les deux configurations portent le même nom. Donnez un autre nom à l'une d'elles.")
    if first.what == second.what:
        raise ReviewError("Les deux configurations sont les mêmes : leurs réponses le seraient aussi. Changez l'une.")


class Origin(StrEnum):
    """Where the questions of a trial come from: the judged set of the project, lines, the test set, a file."""

    OWN = "own"
    TYPED = "typed"
    TEST_SET = "test_set"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that was not answered, by its number (from 1) among those asked, and why, in French."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The questions of a trial: drawn by `seed` from `available` ones of a file (`name`), or all of them.

    `judged` has what was judged of each pair, by its position, where something was.
    """

    origin: Origin
    name: str
    available: int
    seed: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    judged: dict[int, JudgedQuestion] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A question (positions from 1) and its two answers."""

    position: int
    first: Record
    second: Record

    @property
    def question(self) -> str:
        """The question, without personal data."""
        return self.first.answer.question

    @property
    def alike(self) -> bool:
        """Whether both answers say the same with the same proofs: there is nothing to choose."""
        return _said(self.first.answer) == _said(self.second.answer)


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial; `id` is 12 hexadecimal digits, `made` is UTC."""

    id: str
    name: str
    first: Configuration
    second: Configuration
    sample: Sample
    pairs: tuple[Pair, ...]
    made: AwareDatetime

    @property
    def to_vote(self) -> tuple[Pair, ...]:
        """The pairs that are shown to raters: those whose answers differ."""
        return tuple(pair for pair in self.pairs if not pair.alike)

    def pair(self, position: int) -> Pair | None:
        """The pair at a position; `None` where there is none to vote on."""
        return next((pair for pair in self.to_vote if pair.position == position), None)


class Choice(StrEnum):
    """What a rater says of a pair: the answer of the first configuration, of the second, both alike, neither.

    `NONE`: no opinion; it closes the pair for the rater, and counts for nothing.
    """

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Vote:
    """What a rater says of a pair; `voted` is UTC."""

    position: int
    rater: str
    choice: Choice
    reason: str
    voted: AwareDatetime


class Side(StrEnum):
    """What a rater presses, who knows nothing of first and second."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NEITHER = "neither"
    NONE = "none"


def first_is_left(trial: str, position: int, rater: str) -> bool:
    """Whether the answer of the first configuration stands on the left, for a rater."""
    drawn = hashlib.sha256("\0".join((trial, str(position), fold(" ".join(rater.split())))).encode()).digest()
    return drawn[0] % 2 == 0


def choice_of(side: Side, first_left: bool) -> Choice:
    """The choice that a side stands for."""
    if side in (Side.LEFT, Side.RIGHT):
        return Choice.FIRST if (side is Side.LEFT) == first_left else Choice.SECOND
    return Choice(side.value)


def side_of(choice: Choice, first_left: bool) -> Side:
    """The side on which a choice stands."""
    if choice in (Choice.FIRST, Choice.SECOND):
        return Side.LEFT if (choice is Choice.FIRST) == first_left else Side.RIGHT
    return Side(choice.value)


def _said(answer: Answer) -> tuple[object, ...]:
    proofs = tuple((c.document, c.start, c.end) for c in answer.citations)
    return (answer.status, answer.opening, answer.message, answer.sentences, answer.table, proofs)
