"""The road from a question to a proved answer. Read this page first.

    question → protect → understand → retrieve → weigh → compose → judge → (write) → conclude → answer

Each step is a LangChain runnable over one frozen record that holds the one before; only `conclude` makes the sentences
of an `Answer`, and it makes none that the citation gate did not let through. Where a language model is configured it
rewords the question before the search and writes the answer after the judgement, through the same gate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from threading import Event
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Citation, Question
from assistant.composition import compose
from assistant.conclusion import conclude
from assistant.extract import Extract, read_extract
from assistant.judgement import Judged, judge
from assistant.next_questions import next_questions
from assistant.personal import protect
from assistant.retrieval import retrieve
from assistant.scope import check_scope
from assistant.understanding import understand
from assistant.weighing import weigh
from ingest.errors import IndexMissing, Stopped
from ingest.records import Fiche
from ingest.settings import Settings
from ingest.sources import Progress
from vectorstore.hits import Hit
from vectorstore.index import Index, build_index, open_index

if TYPE_CHECKING:
    from assistant.author import Author
    from assistant.exports import Document
    from assistant.exports.kit_files import Content
    from assistant.kits.kit import Kit
    from assistant.kits.workshop import Workshop
    from assistant.writing import ProvedClaim

Tell = Callable[["ProvedClaim"], None]
"""Called with each sentence of the language model as soon as it is proved."""


def road(
    index: Index,
    timings: dict[str, float],
    author: Author | None = None,
    tell: Tell | None = None,
    stop: Event | None = None,
) -> Road:
    """The steps, one after the other; `timings` receives the milliseconds of each. Where `stop` is set, none begins."""

    def step(name: str, function: Callable[[Any], Any]) -> Runnable[Any, Any]:
        def timed(record: Any) -> Any:
            if stop is not None and stop.is_set():
                raise Stopped
            start = time.perf_counter()
            result = function(record)
            timings[name] = (time.perf_counter() - start) * 1000
            return result

        return RunnableLambda(timed, name=name)

    understood = step("protect", partial(protect, index)) | step("understand", partial(understand, index))
    if author is not None:
        understood |= step("reword", partial(author.reword, index, stop=stop))
    judged = (
        understood
        | step("retrieve", partial(retrieve, index))
        | step("weigh", partial(weigh, index))
        | step("compose", partial(compose, index))
        | step("judge", partial(judge, index))
    )
    if author is not None:
        judged |= step("write", partial(author.write, tell=tell, stop=stop))
    return Road(judged, step("conclude", partial(conclude, index)))


@dataclass(frozen=True, slots=True)
class Road:
    """The road in two halves: up to what was decided, and the answer made of it."""

    decide: Runnable[Question, Judged]
    conclude: Runnable[Judged, Answer]


class Assistant:
    """Answers questions from one open index; may be shared by many conversations."""

    def __init__(self, index: Index, settings: Settings | None = None) -> None:
        self.index = index
        self.settings = settings or Settings()

    @classmethod
    def open(cls, settings: Settings, progress: Progress | None = None) -> Assistant:
        """Open the index in use; build that of the bundled report where there is none yet.

        Raises:
            PratiquesError: the index is outdated or damaged, or cannot be written; the message says what to do.
        """
        try:
            return cls(open_index(settings), settings)
        except IndexMissing:
            return cls(build_index((), settings, progress or (lambda label, done, total: None))[0], settings)

    @cached_property
    def author(self) -> Author | None:
        """The language model of the settings; `None` where none is named."""
        if not self.settings.llm:
            return None
        from assistant.author import Author

        return Author.open(self.settings)

    def ask(self, question: Question, tell: Tell | None = None, stop: Event | None = None) -> Answer:
        """Answer one question; `tell` is called with each sentence of a language model as soon as it is proved.

        Setting `stop`, from another thread, ends it at once, whatever the language model does.

        Raises:
            QuestionError: the question is empty, too long, or holds no word.
            ScopeError: it is asked of what the index does not have.
            LanguageModelError: the language model of the settings cannot be opened.
            Stopped: `stop` was set.
        """
        return self.explain(question, tell, stop)[0]

    def explain(self, question: Question, tell: Tell | None = None, stop: Event | None = None) -> tuple[Answer, Judged]:
        """The answer, and all that decided it.

        Raises:
            QuestionError, ScopeError, LanguageModelError, Stopped: as `ask`.
        """
        start = time.perf_counter()
        check_scope(question.scope, self.index)
        timings: dict[str, float] = {}
        steps = road(self.index, timings, self.author, tell, stop)
        judged = steps.decide.invoke(question)
        answer = steps.conclude.invoke(judged)
        timings["total"] = (time.perf_counter() - start) * 1000
        rounded = {name: round(ms, 2) for name, ms in timings.items()}
        trace = replace(answer.trace, timing_ms=rounded, model=self.settings.llm or "")
        return replace(answer, trace=trace), judged

    def next_questions(self, judged: Judged) -> tuple[str, ...]:
        """Up to three questions to ask next, each tried: by the report's own sentences, the index answers it."""
        return next_questions(self.index, judged, road(self.index, {}).decide.invoke)

    def search(self, question: Question, k: int) -> list[Hit]:
        """The `k` best passages of a question, without an answer.

        Raises:
            QuestionError, ScopeError: as `ask`.
        """
        check_scope(question.scope, self.index)
        return list(retrieve(self.index, understand(self.index, question)).hits[:k])

    def extract(self, citation: Citation) -> Extract:
        """The citation in its context, its quote marked."""
        return read_extract(self.index, citation.passage, (citation.start, citation.end))

    def extract_passage(self, passage_id: str) -> Extract:
        """A passage in its context, nothing marked."""
        return read_extract(self.index, passage_id)

    def document(self, title: str, answers: Sequence[Answer], date: datetime) -> Document:
        """Answers, oldest first, as they are taken away; `date` is when."""
        from assistant.exports import document_of

        return document_of(title, answers, self.fiches, date, titles=self._titles, passages=self.index.by_id)

    def kit_document(self, kit: Kit, content: Content, date: datetime) -> Document:
        """A document of a session kit, as it is taken away."""
        from assistant.exports.kit_files import kit_document

        return kit_document(kit, content, self.fiches, date, titles=self._titles)

    def kit_file(self, kit: Kit, extension: str, content: Content, date: datetime) -> bytes:
        """A session kit as a file, in the format that its extension (`docx`) names.

        Raises:
            KitError: the format is not known.
        """
        from assistant.exports.kit_files import kit_file

        return kit_file(kit, extension, content, self.fiches, date, titles=self._titles)

    @property
    def _titles(self) -> dict[str, str]:
        return {report.document: report.title for report in self.index.reports}

    @cached_property
    def workshop(self) -> Workshop:
        """The trainers' workshop over this index.

        Raises:
            LanguageModelError: the language model of the settings cannot be opened.
        """
        from assistant.kits.workshop import Workshop

        return Workshop(self.index, self.author)

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        """The fiches of the documents indexed."""
        return self.index.fiches
