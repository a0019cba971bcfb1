"""What the component of an answer to review is given to show: plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.navigation import Link


@dataclass(frozen=True, slots=True)
class RunView:
    """A run of text; `quoted` where it is the cited words."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class BlockView:
    """A heading, sentence, item or row; `role` is `before`, `passage` or `after`."""

    kind: str
    role: str
    runs: tuple[RunView, ...]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of the report, in its context: its id, what it is here, and its words.

    `notice` is said where it is not in the index any more; `link` leads to it in the reader.
    """

    id: str
    name: str
    place: str
    state: str
    blocks: tuple[BlockView, ...]
    link: Link | None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of the answer and the passages that are to prove it."""

    position: int
    name: str
    lead: str
    text: str
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class RefusalView:
    """What was said instead of an answer, the fiches that are near, the first passages that were found."""

    message: str
    fiches: tuple[tuple[str, Link], ...]
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """What was judged of the question before: the right answer, where the report says it, and its words."""

    answerable: bool
    answer: str
    where: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """All of an answer that stays as it is; `whole` is the name of its part about the answer as a whole."""

    question: str
    understood: str
    history: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    opening: str
    sentences: tuple[SentenceView, ...]
    refusal: RefusalView | None
    notes: tuple[str, ...]
    whole: str
    whole_help: str
    expected: ExpectedView | None


@dataclass(frozen=True, slots=True)
class OtherView:
    """What a rater said at one position, in words; `take` is the button that takes it over."""

    rater: str
    said: tuple[str, ...]
    take: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """The mark kept at a position, what is missing in it (a sentence, empty where nothing is), what others said."""

    position: int
    sentence: int | None
    citation: int | None
    kinds: tuple[str, ...]
    reason: str
    version: int
    missing: str
    others: tuple[OtherView, ...] = ()
    differ: str = ""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote of the judged question; `note` says what may be wrong with it."""

    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class PromotionView:
    """The judged question that the answer gave, if it did (`state` says so); `trouble`: the set cannot be read."""

    inside: bool
    state: str
    persona: str
    personas: dict[str, str]
    evidence: tuple[tuple[QuoteView, ...], ...]
    facts: tuple[str, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ScaleView:
    """The marks that can be given and the kinds of error, each with its French name, best first."""

    name: str
    marks: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DoneView:
    """What came of the last action, by its number: what was done, or why it could not be.

    `position` is that of the mark concerned, or -1; `changed` holds where it was changed elsewhere meanwhile.
    """

    number: int
    said: str = ""
    trouble: str = ""
    position: int = -1
    changed: bool = False


@dataclass(frozen=True, slots=True)
class MarkingView:
    """Everything that the component shows.

    `key` is that of the answer and of whoever marks it. `most_reason`: characters of a reason. `lengths`: words of a
    quote that is picked, the least, then the usual least and most. `arrived`: from the answer before, which was
    finished or left.
    """

    key: str
    answer: AnswerView
    marks: tuple[MarkView, ...]
    sentence_scale: ScaleView
    citation_scale: ScaleView
    kinds: dict[str, str]
    whole_kinds: dict[str, str]
    most_reason: int
    lengths: tuple[int, int, int]
    notice: str
    progress: str
    total: str
    settling: bool
    promotion: PromotionView
    back: tuple[str, Link]
    arrived: bool
    done: DoneView
    keys: tuple[tuple[str, str], ...]
    labels: dict[str, str] = field(default_factory=dict)
