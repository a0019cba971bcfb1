"""The records of a conversation: what is asked, and what may be shown as an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.scope import EVERYWHERE, Scope
from ingest.records import Passage

UNSAID = "non précisé"
"""What a comparison says of a fiche where the report says nothing."""


class Status(StrEnum):
    """How a question ends: proved sentences, nothing in the report, or passages that prove nothing."""

    ANSWERED = "answered"
    SILENT = "silent"
    UNPROVABLE = "unprovable"


class CitationState(StrEnum):
    """What comparing a quote with the report by code gave."""

    VERIFIED = "verified"
    REPAIRED = "repaired"
    UNPROVED = "unproved"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as typed, with the earlier turns of its conversation (oldest first).

    `as_typed`: the user has said yes to its personal data going as they are to a language model and into the records;
    otherwise they are masked before anything else. `scope` is what it is asked of.
    """

    text: str
    history: tuple[Turn, ...] = ()
    as_typed: bool = False
    masked: tuple[str, ...] = ()
    """The kinds of personal data that were masked in the text; the data themselves are gone."""
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote of the report, and where it stands.

    `start`/`end` are offsets in the cleaned text of `document`; `quote` is that very slice.
    """

    number: int
    document: str
    passage: str
    quote: str
    start: int
    end: int
    page: str | None
    page_exact: bool
    fiche: str | None
    path: tuple[str, ...]
    state: CitationState

    def __post_init__(self) -> None:
        if self.state is CitationState.UNPROVED:
            raise ValueError("an unproved quote is never a citation of an answer")
        if self.number < 1 or self.end - self.start != len(self.quote):
            raise ValueError(f"citation {self.number} of {self.passage} is not its span")

    @classmethod
    def of(cls, passage: Passage, start: int, end: int, state: CitationState, number: int = 1) -> Citation:
        """Cite a span of a passage, by its offsets in the document."""
        return cls(
            number=number,
            document=passage.document,
            passage=passage.id,
            quote=passage.text[start - passage.start : end - passage.start],
            start=start,
            end=end,
            page=passage.page,
            page_exact=passage.page_exact,
            fiche=passage.fiche,
            path=passage.path,
            state=state,
        )


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or row of an answer, and the numbers of the citations that prove it.

    `kind` is `sentence`, `item` or `row`: how to lay it out. `lead` is a French phrase said before it that
    claims nothing (a fiche's name, « Conditions de mise en œuvre »), or empty.
    """

    text: str
    citations: tuple[int, ...]
    kind: str = "sentence"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a comparison: a fiche (`1c`), a field or a value of its card, and the positions of its sentences.

    No sentence: the report does not say. `lead` names the cell in French (« Fiche 4b, financements : »).
    """

    fiche: str
    field: str
    sentences: tuple[int, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison, field by field and in each for every fiche."""

    cells: tuple[TableCell, ...]

    @property
    def fiches(self) -> tuple[str, ...]:
        """The fiches compared, in order."""
        return tuple(dict.fromkeys(c.fiche for c in self.cells))

    @property
    def fields(self) -> tuple[str, ...]:
        """What they are compared on, in order."""
        return tuple(dict.fromkeys(c.field for c in self.cells))


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that the question found: 1-based ranks (`None`: not found by that side) and fused score."""

    id: str
    score: float
    lexical_rank: int | None
    dense_rank: int | None


@dataclass(frozen=True, slots=True)
class Trace:
    """What lets an evaluator replay an answer."""

    index: str
    """Fingerprint of the index."""
    embeddings: str
    passages: tuple[FoundPassage, ...]
    """Best first."""
    answerable: float = 0.0
    """The chance (0 to 1) that the report answers, as it was judged."""
    dropped: int = 0
    """Claims of the language model that were not proved."""
    model: str = ""
    """The language model of the settings; empty where none is named."""
    prompt: str = ""
    """The version of the prompt, where a language model wrote the answer."""
    timing_ms: dict[str, float] = field(default_factory=dict)
    """Milliseconds of each step, and `total`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question was answered, with its proofs.

    `id` is its own; `question` is masked where it held personal data and the user did not say yes to them.
    `understood` is the question as it was searched (follow-up resolved, words corrected), equal to the question where
    nothing was changed. `unknown_words` are the question's words that the report never
    uses. `nearest_fiches` are ids (`1c`), best first. `suggestions` are questions that the report answers.
    """

    id: str
    question: str
    understood: str
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    message: str
    """What is said to the user in place of an answer (refusals), else empty; it claims nothing."""
    unknown_words: tuple[str, ...]
    nearest_fiches: tuple[str, ...]
    suggestions: tuple[str, ...]
    trace: Trace
    opening: str = ""
    """What is said before the sentences; it claims nothing."""
    notes: tuple[str, ...] = ()
    """What the user has to know about the answer, said after it; it claims nothing of the report."""
    table: Table | None = None
    """Where the answer is a comparison: how its sentences stand in it; only then may there be none."""

    def __post_init__(self) -> None:
        known = {citation.number for citation in self.citations}
        for sentence in self.sentences:
            if not sentence.citations or not known.issuperset(sentence.citations):
                raise ValueError(f"a sentence without proof: {sentence.text!r}")
        if (self.status is Status.ANSWERED) != bool(self.sentences or self.table):
            raise ValueError(f"{self.status} with {len(self.sentences)} sentences")

    @property
    def text(self) -> str:
        """The answer, or the refusal, as plain text without citation marks."""
        if self.status is not Status.ANSWERED:
            return " ".join([self.message, *self.notes])
        lines: list[str] = [self.opening] if self.opening else []
        if self.table is not None:
            return "\n".join([*lines, *self._rows(self.table), *self.notes])
        for sentence in self.sentences:
            body = f"{sentence.lead} {sentence.text}".strip()
            if sentence.kind == "sentence" and lines and not lines[-1].startswith("- ") and not sentence.lead:
                lines[-1] = f"{lines[-1]} {body}"
            else:
                lines.append(body if sentence.kind == "sentence" else f"- {body}")
        return "\n".join([*lines, *self.notes])

    def _rows(self, table: Table) -> list[str]:
        """The cells of a comparison, one line for each sentence, and one where the report does not say."""
        rows = []
        for cell in table.cells:
            said = [self.sentences[at] for at in cell.sentences]
            rows += [f"- {f'{s.lead} {s.text}'.strip()}" for s in said] or [f"- {cell.lead} {UNSAID}"]
        return rows
