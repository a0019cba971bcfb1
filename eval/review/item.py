"""An answer to review: where it comes from, and all that it was made with."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from enum import StrEnum

from pydantic import AwareDatetime

from assistant.answer import Status
from assistant.records import Record
from eval.questions import JudgedQuestion


class Source(StrEnum):
    """Where an answer to review comes from: a conversation that its user shared, a batch, a judged set."""

    CONVERSATION = "conversation"
    BATCH = "batch"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Item:
    """An answer to review; `id` is that of the answer, so that the same answer is never there twice.

    `origin` names the file of the batch or of the judged set, or the conversation (its id). `judged` is the question
    with what was judged of it, where it comes from a judged set. `added` is UTC.
    """

    source: Source
    origin: str
    record: Record
    judged: JudgedQuestion | None
    added: AwareDatetime

    @classmethod
    def of(cls, record: Record, source: Source, origin: str, judged: JudgedQuestion | None = None) -> Item:
        """The item of an answer, added now."""
        return cls(source, origin, record, judged, datetime.now(UTC))

    @property
    def id(self) -> str:
        """The id of the answer."""
        return self.record.answer.id

    @property
    def sentences(self) -> int:
        """How many sentences there are to mark; none of a refusal."""
        return len(self.record.answer.sentences) if self.record.answer.status is Status.ANSWERED else 0

    @property
    def configuration(self) -> str:
        """A short name of what the answer was made with: equal ones were made alike."""
        return configuration_of(self.record)


def configuration_of(record: Record) -> str:
    """A short name (6 hexadecimal digits) of what an answer was made with."""
    trace = record.answer.trace
    made = (*astuple(record.made_with), trace.index, trace.embeddings, trace.model, trace.prompt)
    return hashlib.sha256("\0".join(made).encode()).hexdigest()[:6]
