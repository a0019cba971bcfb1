"""The road from a question to a proved answer. Read this page first.

    question → understand → retrieve → compose → prove → answer

Each step is a LangChain runnable over one frozen record; only `prove` makes the sentences of an `Answer`, and
it makes none that the citation gate did not let through.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Citation, Question
from assistant.composition import compose
from assistant.extract import Extract, read_extract
from assistant.judgement import prove_draft
from assistant.retrieval import retrieve
from assistant.understanding import understand
from ingest.errors import IndexMissing
from ingest.records import Fiche
from ingest.settings import Settings
from ingest.sources import Progress
from vectorstore.hits import Hit
from vectorstore.index import Index, build_index, open_index


def road(index: Index, timings: dict[str, float]) -> Runnable[Question, Answer]:
    """The four steps, one after the other; `timings` receives the milliseconds of each."""

    def step(name: str, function: Callable[[Any], Any]) -> Runnable[Any, Any]:
        def timed(record: Any) -> Any:
            start = time.perf_counter()
            result = function(record)
            timings[name] = (time.perf_counter() - start) * 1000
            return result

        return RunnableLambda(timed, name=name)

    return (
        step("understand", partial(understand, index))
        | step("retrieve", partial(retrieve, index))
        | step("compose", partial(compose, index))
        | step("prove", partial(prove_draft, index))
    )


class Assistant:
    """Answers questions from one open index; may be shared by many conversations."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Assistant:
        """Open the index in use; build that of the bundled report where there is none yet.

        Raises:
            PratiquesError: the index is outdated or damaged, or cannot be written; the message says what to do.
        """
        try:
            return cls(open_index(settings))
        except IndexMissing:
            return cls(build_index((), settings, progress or (lambda label, done, total: None))[0])

    def ask(self, question: Question) -> Answer:
        """Answer one question.

        Raises:
            QuestionError: the question is empty, too long, or holds no word.
        """
        start = time.perf_counter()
        timings: dict[str, float] = {}
        answer = road(self.index, timings).invoke(question)
        timings["total"] = (time.perf_counter() - start) * 1000
        rounded = {name: round(ms, 2) for name, ms in timings.items()}
        return replace(answer, trace=replace(answer.trace, timing_ms=rounded))

    def search(self, question: Question, k: int) -> list[Hit]:
        """The `k` best passages of a question, without an answer."""
        return list(retrieve(self.index, understand(self.index, question)).hits[:k])

    def extract(self, citation: Citation) -> Extract:
        """The citation in its context, its quote marked."""
        return read_extract(self.index, citation.passage, (citation.start, citation.end))

    def extract_passage(self, passage_id: str) -> Extract:
        """A passage in its context, nothing marked."""
        return read_extract(self.index, passage_id)

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        """The fiches of the documents indexed."""
        return self.index.fiches
