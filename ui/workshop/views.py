"""What the workshop's components are given to show: plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from ui.components.table import TableView
from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source of a statement: its number, its name for who does not see it, its words, its place, the way there."""

    number: int
    name: str
    quote: str
    place: str
    link: Link


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement, whose words it is made of and what can be done with it.

    `where` is its address in the kit, empty where it cannot be rewritten. `notes` are said after it (« mots du
    formateur »). `another` names what can be put in its place, `was` the words of the report that can come back.
    """

    where: str
    text: str
    lead: str = ""
    sources: tuple[SourceView, ...] = ()
    notes: tuple[str, ...] = ()
    another: str = ""
    was: str = ""
    removable: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Statements under one head; `origin` is said once for those that have no note of their own.

    `add` is the address at which the trainer can add one, `adding` the words of the button; empty where none can be.
    """

    name: str
    statements: tuple[StatementView, ...]
    origin: str = ""
    add: str = ""
    adding: str = ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A case, a discussion, a quiz item or the comparison.

    `name` is said of it by its buttons, `kicker` over its head, `origin` beside that where the head is the tool's.
    `another` names what can be put in its place; `first` and `last` say where it cannot be moved any further. A block
    without `id` can be neither moved nor removed.
    """

    id: str
    name: str
    kicker: str
    head: StatementView | None
    origin: str = ""
    groups: tuple[GroupView, ...] = ()
    table: TableView[StatementView] | None = None
    another: str = ""
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class SequenceView:
    """A sequence: its number, when it is (« de 9 h 20 à 10 h 05 »), its groups and the blocks that it works on.

    `origin` is said where its title is the tool's, and so its time. `asking` is the words of the button that adds a
    question of the trainer's, empty where there is no quiz.
    """

    id: str
    name: str
    title: StatementView
    when: str
    length: str
    origin: str
    groups: tuple[GroupView, ...]
    blocks: tuple[BlockView, ...]
    asking: str = ""


@dataclass(frozen=True, slots=True)
class SlotView:
    """A sequence in the outline; `lunch` is said before it where lunch is taken then."""

    id: str
    clock: str
    title: str
    minutes: int
    length: str
    lunch: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """The sequences of a day; `name` is empty where there is one day only."""

    name: str
    slots: tuple[SlotView, ...]


@dataclass(frozen=True, slots=True)
class OutlineView:
    """The timed outline; `difference` says what is missing or too much, empty where it fits."""

    days: tuple[DayView, ...]
    total: str
    difference: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A place of the report to read."""

    name: str
    page: str
    link: Link


@dataclass(frozen=True, slots=True)
class DoneView:
    """What came of the last action, by its number: what was done, or why it could not be."""

    number: int
    said: str = ""
    trouble: str = ""
    outdated: bool = False
    """Whether the kit has a newer version, that can be read again."""


@dataclass(frozen=True, slots=True)
class KitView:
    """Everything that the component of a kit shows; `told` is what became of the file that it comes from."""

    title: str
    asked: str
    count: str
    note: str
    told: tuple[str, ...]
    version: str
    undoable: bool
    aims: GroupView
    outline: OutlineView
    sequences: tuple[SequenceView, ...]
    reserve: tuple[BlockView, ...]
    readings: tuple[ReadingView, ...]
    back: Link
    play: Link | None
    done: DoneView
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeptView:
    """A kept kit in the list: its title, what it is made for and when it was changed."""

    title: str
    about: str
    link: Link
