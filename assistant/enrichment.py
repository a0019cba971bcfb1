"""The question index of a document, written by the language model, passage by passage.

Each entry is appended at once to `<final>.partial`, which takes the place of the final file when no passage is left
to ask for: whatever stops the run, the next one asks only for what is missing. What the model writes serves to find
passages and is never shown as an answer.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, Field, field_validator

from assistant.enrichment_prompt import INSTRUCTIONS, passage_message
from assistant.language_model import ask_model, ask_twice, open_model
from ingest.errors import IndexMissing, LanguageModelError, PratiquesError, ReplyError, StorageError
from ingest.folding import letters
from ingest.questions import IndexEntry, anchor_of, dump_entry, load_entries, place_entries, questions_of
from ingest.records import Passage, Report
from ingest.settings import Settings
from ingest.sources import Progress, bundled_path, find_sources, read_sources
from vectorstore.index import build_index, open_index

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LEAST_QUESTIONS, LEAST_WORDS = 10, 12
_MOST, _LONGEST = 40, 300
"""Questions or words of a passage, and characters of one, beyond which the rest is left out."""
_PATIENCE = 5
"""Passages in a row without an answer of the service after which it is taken to be down."""


_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


class Asked(BaseModel):
    """What people ask of a passage, and their everyday words for its ideas."""

    questions: tuple[str, ...] = Field(description="12 à 20 questions auxquelles le passage répond, sans ses mots")
    words: tuple[str, ...] = Field(description="14 à 20 mots et expressions courants pour les idées du passage")

    @field_validator("questions")
    @classmethod
    def _enough_questions(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return _at_least(LEAST_QUESTIONS, given, "questions")

    @field_validator("words")
    @classmethod
    def _enough_words(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        return _at_least(LEAST_WORDS, given, "mots")


def _at_least(least: int, given: Sequence[str], what: str) -> tuple[str, ...]:
    """The texts without the empty, the endless and the repeated; refused where too few are left."""
    kept: dict[str, str] = {}
    for text in given:
        plain = " ".join(text.split())
        if len(plain) <= _LONGEST and (key := letters(plain)):
            kept.setdefault(key, plain)
    if len(kept) < least:
        raise ValueError(f"{what} : {len(kept)} au lieu de {least} au moins")
    return tuple(kept.values())[:_MOST]


@dataclass(slots=True)
class Enriched:
    """A document, and what a run did for it.

    `failed` are the passages left without an entry and, in French, why. `nameless` ones say nothing but what others
    say word for word: no entry can be bound to them.
    """

    report: Report
    file: Path
    todo: list[Passage] = field(default_factory=list)
    written: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    nameless: int = 0

    @property
    def partial(self) -> Path:
        """Where entries are appended as they come."""
        return self.file.with_name(f"{self.file.name}.partial")


def _pause() -> None:
    time.sleep(random.uniform(1, 3))


def enrich(
    paths: Sequence[Path], settings: Settings, progress: Progress, pause: Callable[[], None] = _pause
) -> list[Enriched]:
    """Write the question index of these documents, then rebuild the index with them and all that it held.

    Without paths: of the documents of the index in use, save the report. `pause` is called before a passage is asked
    for again.

    Raises:
        LanguageModelError: no model can be opened, or it wrote nothing that could be kept.
        SourceError: a document cannot be read.
        StorageError: the data folder cannot be written.
        PratiquesError: there is no document to enrich, or it is the report; the index in use is not sound.
    """
    in_use = _in_use(settings)
    everything = [*in_use, *paths]
    find_sources(everything, settings)  # a document that is gone is told before the model is asked
    documents = _documents(paths, in_use, settings, progress)
    model = open_model(settings)
    with _storage(settings.home):
        for document in documents:
            _gather(document)
        _fill(documents, model, settings, progress, pause)
        kept = [_put_in_place(document) for document in documents if document.partial.exists()]
    failures = [why for document in documents for why in document.failed.values()]
    if failures and not any(kept):
        raise LanguageModelError(f"Aucune question n'a été écrite. {failures[0]}")
    index, _ = build_index(everything, settings, progress)
    index.close()
    return documents


def _in_use(settings: Settings) -> list[Path]:
    """The documents of the index in use; none where none was built."""
    try:
        with closing(open_index(settings)) as index:
            return [Path(source.path) if source.path else bundled_path() for source in index.manifest.sources]
    except IndexMissing:
        return []


def _documents(paths: Sequence[Path], in_use: Sequence[Path], settings: Settings, progress: Progress) -> list[Enriched]:
    documents = []
    for source in find_sources(paths or in_use, settings):
        (report,) = read_sources([source], settings, progress)
        if not report.fiches:
            documents.append(Enriched(report, questions_of(source, report, settings)))
        elif paths:
            raise PratiquesError(
                f"« {report.title} » est le rapport fourni, qui a déjà ses questions. Nommez un autre document."
            )
    if not documents:
        raise PratiquesError(
            "L'index ne contient pas d'autre document que le rapport, qui a déjà ses questions. Nommez-en un : "
            "« pratiques enrich DOCUMENT.md »."
        )
    return documents


def _gather(document: Enriched) -> None:
    """Bring together what former runs wrote, without a last line that was torn, and list what is missing."""
    document.file.parent.mkdir(parents=True, exist_ok=True)
    if document.partial.exists():
        os.truncate(document.partial, document.partial.read_bytes().rfind(b"\n") + 1)
    entries = [*load_entries(document.file), *load_entries(document.partial)]
    missing = set(place_entries(entries, document.report).without)
    document.todo = [p for p in document.report.passages if p.id in missing]
    if document.todo:
        beside = document.partial.with_suffix(".new")
        beside.write_text("".join(f"{dump_entry(entry)}\n" for entry in dict.fromkeys(entries)), "utf-8")
        beside.replace(document.partial)


def _put_in_place(document: Enriched) -> bool:
    """Let the partial file take the place of the final one, unless nothing stands in it."""
    if document.partial.stat().st_size == 0:
        document.partial.unlink()
        return False
    document.partial.replace(document.file)
    return True


def _fill(
    documents: Sequence[Enriched],
    model: BaseChatModel,
    settings: Settings,
    progress: Progress,
    pause: Callable[[], None],
) -> None:
    """Ask for every missing entry; a service that answers no more is not asked any further."""
    jobs = [(document, passage) for document in documents for passage in document.todo]
    for document, passage in jobs:
        document.failed[passage.id] = "Le modèle de langue ne répondait plus : ce passage n'a pas été demandé."
    label, total = f"Questions écrites par {settings.llm}", sum(len(d.report.passages) for d in documents)
    done, unanswered = total - len(jobs), 0
    progress(label, done, total)

    def ask(job: tuple[Enriched, Passage]) -> IndexEntry | None:
        return _entry(model, job[0].report, job[1], pause)

    with closing(_as_they_come(ask, jobs, settings.llm_concurrency)) as results:
        for (document, passage), result in results:
            done += 1
            progress(label, done, total)
            if isinstance(result, LanguageModelError):
                document.failed[passage.id] = str(result)
                unanswered = 0 if isinstance(result, ReplyError) else unanswered + 1
                if unanswered == _PATIENCE:
                    return
                continue
            unanswered = 0
            del document.failed[passage.id]
            if result is None:
                document.nameless += 1
            else:
                _append(result, document.partial)
                document.written += 1


def _entry(model: BaseChatModel, report: Report, passage: Passage, pause: Callable[[], None]) -> IndexEntry | None:
    """What is asked of a passage; `None` where it has no words of its own. Asked for a second time on a failure.

    Raises:
        LanguageModelError: the model failed twice.
    """
    anchor = anchor_of(report, passage.start, passage.end)
    if anchor is None:
        return None
    messages = [("system", INSTRUCTIONS), ("human", passage_message(report, passage))]
    asked = ask_twice(lambda: ask_model(model, messages, Asked), pause)
    return IndexEntry(anchor, asked.questions, asked.words)


def _append(entry: IndexEntry, partial: Path) -> None:
    with partial.open("a", encoding="utf-8") as stream:
        stream.write(f"{dump_entry(entry)}\n")
        stream.flush()
        os.fsync(stream.fileno())


def _as_they_come(
    call: Callable[[_Job], _Result], jobs: Sequence[_Job], workers: int
) -> Generator[tuple[_Job, _Result | LanguageModelError], None, None]:
    """Call for each job, several at once; results as they come.

    The threads are daemons, which no executor has: an interrupted command does not wait for a slow model.
    """
    todo: SimpleQueue[_Job] = SimpleQueue()
    done: SimpleQueue[tuple[_Job, _Result | Exception]] = SimpleQueue()
    stopped = Event()

    def work() -> None:
        while not stopped.is_set():
            try:
                job = todo.get_nowait()
            except Empty:
                return
            try:
                done.put((job, call(job)))
            except Exception as error:
                done.put((job, error))

    for job in jobs:
        todo.put(job)
    for _ in range(min(workers, len(jobs))):
        Thread(target=work, daemon=True).start()
    try:
        for _ in jobs:
            job, result = done.get()
            if isinstance(result, Exception) and not isinstance(result, LanguageModelError):
                raise result
            yield job, result
    finally:
        stopped.set()


@contextmanager
def _storage(home: Path) -> Iterator[None]:
    """Translate what goes wrong when writing under the data folder."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"Le dossier de données « {home} » ne peut pas être écrit ({error.strerror}). Vérifiez la place et vos "
            "droits, puis relancez : ce qui est déjà écrit est gardé."
        ) from error
