"""The sentences that may be quoted, and the index questions that each of them answers.

A question finds a sentence in two ways: the sentence is like it, or people ask in those words what the sentence says.
The second finds what shares no word with it, and all the sentences that one answer takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from ingest.questions import IndexEntry, answers_in
from ingest.records import LEAST_QUOTE, Passage, Unit, UnitKind
from vectorstore.embeddings import Embedder
from vectorstore.hits import Sought
from vectorstore.short_texts import ShortTexts

SENTENCES = "sentences 1"
"""Changes whenever what is saved of the sentences would."""
WORDS = 0.5
"""How much likeness in words counts beside likeness in meaning; chosen on the fitting half."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An index question: the passage (its position) that it is asked of, and the sentences (theirs) that answer it."""

    text: str
    passage: int
    answers: tuple[int, ...]


def quotable(passage: Passage) -> list[Unit]:
    """The units of a passage that an answer may quote."""
    return [
        u for u in passage.units if u.kind is not UnitKind.HEADING and not u.damaged and u.end - u.start >= LEAST_QUOTE
    ]


@dataclass(frozen=True)
class SentenceIndex:
    """All quotable sentences in the order of the passages, and all index questions."""

    sentences: ShortTexts
    questions: ShortTexts
    asked: tuple[Asked, ...]
    first: tuple[int, ...]
    """The position of each passage's first sentence; one more at the end closes the last."""

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        entries: Mapping[str, IndexEntry],
        embedder: Embedder,
        progress: Callable[[int, int], None],
    ) -> SentenceIndex:
        """Index the sentences of the passages, and the questions of the entries (by passage id)."""
        texts: list[str] = []
        first = [0]
        asked: list[Asked] = []
        for position, passage in enumerate(passages):
            units = quotable(passage)
            number = {passage.units.index(u): len(texts) + n for n, u in enumerate(units)}
            texts += [passage.words_of(u) for u in units]
            first.append(len(texts))
            if entry := entries.get(passage.id):
                for question, answer in zip(entry.questions, answers_in(passage, entry), strict=True):
                    held = tuple(sorted(number[u] for u in answer if u in number))
                    asked.append(Asked(question, position, held))
        total = len(texts) + len(asked)
        sentences = ShortTexts.build(texts, embedder, lambda done, _: progress(done, total))
        questions = ShortTexts.build(
            [a.text for a in asked], embedder, lambda done, _: progress(len(texts) + done, total)
        )
        return cls(sentences, questions, tuple(asked), tuple(first))

    @classmethod
    def load(cls, folder: Path) -> SentenceIndex:
        """Load what `save` wrote.

        Raises:
            OSError, ValueError: a file is missing or not readable.
        """
        asked, first = _SAVED.validate_json((folder / "asked.json").read_bytes())
        return cls(ShortTexts.load(folder / "sentences"), ShortTexts.load(folder / "questions"), asked, first)

    def save(self, folder: Path) -> None:
        """Write the whole into a folder of its own."""
        self.sentences.save(folder / "sentences")
        self.questions.save(folder / "questions")
        (folder / "asked.json").write_bytes(_SAVED.dump_json((self.asked, self.first)))

    def likeness(self, sought: Sought) -> NDArray[np.float32]:
        """How like a query each index question is, in meaning and in words (−1 to 1 + `WORDS`), shape (questions,)."""
        likeness: NDArray[np.float32] = self.questions.by_meaning(sought.vector)
        return likeness + WORDS * self.questions.by_words(sought.terms)

    def asked_of(self, likeness: NDArray[np.float32], passages: int) -> NDArray[np.float32]:
        """The likeness of each passage's likest question (0 where it has none like it), shape (passages,)."""
        best = np.zeros(passages, dtype=np.float32)
        if len(likeness):  # the questions stand in the order of their passages
            starts = np.flatnonzero(np.diff(self.passage_of, prepend=-1))
            best[self.passage_of[starts]] = np.maximum(np.maximum.reduceat(likeness, starts), 0)
        return best

    @cached_property
    def passage_of(self) -> NDArray[np.int64]:
        """The position of the passage that each index question is asked of."""
        return np.array([a.passage for a in self.asked], dtype=np.int64)


_SAVED = TypeAdapter(tuple[tuple[Asked, ...], tuple[int, ...]])
