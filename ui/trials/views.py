"""What the components of the blind trials show. Plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class LineView:
    """A sentence of an answer, and the numbers of its sources; `item`: one of a list."""

    lead: str
    text: str
    sources: tuple[int, ...]
    item: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A citation: its number, its place, its words (none where the answer says them), and the way to the report."""

    number: int
    place: str
    quote: str
    link: Link


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One of the two answers; a refusal has its message and nothing else."""

    heading: str
    message: str
    opening: str
    lines: tuple[LineView, ...]
    sources_heading: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What may be chosen, and the key for it."""

    side: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class DoneView:
    """What came of the last action; a greater `number` is a newer one."""

    number: int
    said: str = ""
    trouble: str = ""
    outdated: bool = False


@dataclass(frozen=True, slots=True)
class VoteView:
    """A pair to vote on.

    `earlier` are the turns of the conversation that the question goes on with, oldest first.
    `draft` is the key under which what is not saved yet is kept in the browser; `seen` the moment of the vote that is
    shown, empty where there is none. `previous` and `next` are positions, 0 where there is none.
    """

    draft: str
    position: int
    heading: str
    voted: str
    earlier: tuple[str, ...]
    question: str
    answers: tuple[AnswerView, AnswerView]
    choices: tuple[ChoiceView, ...]
    side: str
    reason: str
    seen: str
    last: str
    previous: int
    next: int
    done: DoneView
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table; the first cell of a row is its head."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the result: its heading, its sentences, its table where it has one."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair with the names: its preference, both answers as text, and the votes."""

    question: str
    preference: str
    answers: tuple[tuple[str, str], ...]
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result of a trial."""

    sections: tuple[SectionView, ...]
    pairs_heading: str
    pairs: tuple[PairView, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptView:
    """A trial in the list."""

    title: str
    about: str
    link: Link
