"""The records of a session kit: what is asked for, and what a trainer takes into the room.

Every sentence of a kit says whose it is. What is attributed to the report carries the words that prove it; timing,
activities and questions are the tool's proposals; what the trainer writes is the trainer's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.answer import Answer, Citation


class Origin(StrEnum):
    """Whose words a statement is made of."""

    REPORT = "report"
    TOOL = "tool"
    TRAINER = "trainer"


class Audience(StrEnum):
    """Whom a session is for; `MIXED`: professionals together with persons concerned."""

    STUDENTS = "students"
    PROFESSIONALS = "professionals"
    MANAGERS = "managers"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a kit. One of the report has a citation at least, any other has none.

    `lead` is said before it and claims nothing (« Territoire : »). `was` is the statement of the report that the
    trainer put other words in the place of, so that it can come back.
    """

    text: str
    origin: Origin
    citations: tuple[Citation, ...] = ()
    lead: str = ""
    was: Statement | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a statement says something")
        if (self.origin is Origin.REPORT) != bool(self.citations):
            raise ValueError(f"what the report says is proved, and nothing else is: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Aim:
    """What participants can do afterwards: a pedagogical verb of `assistant/kits/aims.py`, or the trainer's own words.

    `verb` is empty for own words.
    """

    verb: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Request:
    """What a kit is made for.

    `themes` are numbers of the report's (`3`), `fiches` ids (`1c`); a theme brings its fiches. `minutes` is the whole
    duration, lunch left out. `start` is the hour at which a day begins, in minutes after midnight.
    """

    themes: tuple[str, ...]
    fiches: tuple[str, ...]
    audience: Audience
    minutes: int
    participants: int
    verbs: tuple[str, ...] = ()
    own_aims: tuple[str, ...] = ()
    start: int = 9 * 60


class SequenceKind(StrEnum):
    """What happens in a sequence."""

    WELCOME = "welcome"
    BASICS = "basics"
    PRACTICES = "practices"
    COMPARISON = "comparison"
    CASE = "case"
    DISCUSSION = "discussion"
    QUIZ = "quiz"
    TRANSFER = "transfer"
    CLOSING = "closing"
    BREAK = "break"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Sequence:
    """A stretch of the session. `id` is its own in the kit.

    `activity` says what is done, `points` what is to be conveyed. `holds` are the ids of the cases, discussions or quiz
    items that are worked on.
    """

    id: str
    kind: SequenceKind
    title: Statement
    minutes: int
    activity: tuple[Statement, ...] = ()
    points: tuple[Statement, ...] = ()
    holds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"{self.id}: {self.minutes} minutes")


@dataclass(frozen=True, slots=True)
class Case:
    """A case study, drawn from one or two fiches: what is given out, what is asked, and what is told afterwards.

    `situation` holds the place, the public and the need; `tasks` are the tool's questions; `outcome` what was done and
    its effects.
    """

    id: str
    fiches: tuple[str, ...]
    title: Statement
    situation: tuple[Statement, ...]
    obstacles: tuple[Statement, ...]
    tasks: tuple[Statement, ...]
    outcome: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question taken from a tension that the report names, and what it says on either side."""

    id: str
    tension: str
    question: Statement
    sides: tuple[Statement, ...]


class ItemKind(StrEnum):
    """How a quiz item is answered."""

    CHOICE = "choice"
    TRUTH = "truth"
    FIGURE = "figure"
    MATCHING = "matching"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose from: what the report says of this fiche or, for a wrong one, of the fiche it comes from.

    `of` is that fiche; empty for « Vrai » and « Faux », which are the tool's.
    """

    statement: Statement
    right: bool
    of: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things of one fiche that belong together."""

    left: Statement
    right: Statement
    of: str


@dataclass(frozen=True, slots=True)
class Item:
    """A quiz item.

    `fiche` and `field` say what it is about (a place and an aspect, or a value of the card). `options` are in the order
    to be shown, one right and two wrong at least (true or false: one and one); `pairs` are those of a matching item;
    `points` what an open answer is expected to hold. `proof` has the statements that prove the right answer, in the
    report's words or held by them; there is one at least, save where the item is the trainer's own.
    """

    id: str
    kind: ItemKind
    fiche: str
    field: str
    stem: Statement
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    points: tuple[Statement, ...] = ()
    proof: tuple[Statement, ...] = ()

    def __post_init__(self) -> None:
        if not self.own and not any(statement.citations for statement in self.proof):
            raise ValueError(f"{self.id}: an item without proof")
        if self.options and sum(option.right for option in self.options) != 1:
            raise ValueError(f"{self.id}: one right answer")

    @property
    def own(self) -> bool:
        """Whether the trainer wrote it, answers and all: it says nothing of the report."""
        said = [self.stem, *(option.statement for option in self.options), *self.points]
        return not self.pairs and all(statement.origin is Origin.TRAINER for statement in said)


@dataclass(frozen=True, slots=True)
class Reading:
    """A place of the report to read: its passage, its name (« Fiche 4a · Financements ») and its page."""

    passage: str
    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a session needs. As made, it lasts as long as was asked; the trainer may time its sequences again.

    `index` is the fingerprint of the index, `model` the language model that smoothed the wording, if any; `note` says
    in French why it could not.
    """

    id: str
    title: Statement
    request: Request
    aims: tuple[Aim, ...]
    sequences: tuple[Sequence, ...]
    cases: tuple[Case, ...]
    discussions: tuple[Discussion, ...]
    comparison: Answer | None
    items: tuple[Item, ...]
    readings: tuple[Reading, ...]
    made: datetime
    index: str
    model: str = ""
    note: str = ""

    @property
    def minutes(self) -> int:
        """How long the sequences last together."""
        return sum(sequence.minutes for sequence in self.sequences)

    @property
    def attributed(self) -> int:
        """How many statements it attributes to the report, each counted once."""
        compared = self.comparison.sentences if self.comparison else ()
        said = {statement.text for statement in self.statements() if statement.origin is Origin.REPORT}
        return len(said.union(sentence.text for sentence in compared))

    def statements(self) -> Iterator[Statement]:
        """Every statement of the kit, in the order in which it is read."""
        yield self.title
        yield from (aim.statement for aim in self.aims)
        for sequence in self.sequences:
            yield from (sequence.title, *sequence.activity, *sequence.points)
        for case in self.cases:
            yield from (case.title, *case.situation, *case.obstacles, *case.tasks, *case.outcome)
        for discussion in self.discussions:
            yield from (discussion.question, *discussion.sides)
        for item in self.items:
            yield item.stem
            yield from (option.statement for option in item.options)
            for pair in item.pairs:
                yield from (pair.left, pair.right)
            yield from (*item.points, *item.proof)

    def citations(self) -> Iterator[Citation]:
        """Every citation of the kit, those of the comparison last."""
        for statement in self.statements():
            yield from statement.citations
        if self.comparison is not None:
            yield from self.comparison.citations
