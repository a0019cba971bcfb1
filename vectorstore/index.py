"""The saved index: built aside, swapped in one step, checked when opened.

    <home>/index/CURRENT            the name of the build in use
    <home>/index/builds/<name>/     manifest.json · reports.json · lexicon.json · bm25/ · sentences/ · chroma/

A build is never changed once CURRENT names it, so a process killed at any moment leaves the former one in use.
"""

from __future__ import annotations

import errno
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from pydantic import TypeAdapter

from ingest.errors import IndexDamaged, IndexMissing, IndexOutdated, StorageError
from ingest.folding import fold
from ingest.questions import IndexEntry, read_asked
from ingest.records import Fiche, Passage, Report
from ingest.saving import save_whole
from ingest.settings import Settings
from ingest.sources import Progress, find_sources, read_sources
from vectorstore.dense import DenseIndex, text_of
from vectorstore.embeddings import choose_embeddings
from vectorstore.lexical import LexicalIndex
from vectorstore.lexicon import Lexicon
from vectorstore.manifest import Manifest, load_manifest, save_manifest, state_of_questions
from vectorstore.retriever import HybridRetriever
from vectorstore.sentences import SentenceIndex

_REPORTS = TypeAdapter(tuple[Report, ...])
_LEXICON = TypeAdapter(Lexicon)
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]+")
_NEEDED_BYTES = 60_000_000
"""Free space asked for before a build starts: Chroma alone takes some 10 MB for a report."""
_ABANDONED_S = 3600
"""A build without a manifest that nothing has touched for so long was left by a process that ended."""
_REPLACED_S = 60
"""A whole build that is not in use stays for so long: another process may be about to use or to open it."""


@dataclass(frozen=True)
class Index:
    """An index that can be trusted: the reports it was made of, and a retriever over their passages."""

    folder: Path
    manifest: Manifest
    reports: tuple[Report, ...]
    lexicon: Lexicon
    retriever: HybridRetriever

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order of the lexical index."""
        return self.retriever.passages

    @property
    def sentences(self) -> SentenceIndex:
        """The sentences that may be quoted, and the index questions that they answer."""
        return self.retriever.sentences

    @property
    def fiches(self) -> tuple[Fiche, ...]:
        """The fiches of all documents."""
        return tuple(f for r in self.reports for f in r.fiches)

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """Passages by id."""
        return {p.id: p for p in self.passages}

    @cached_property
    def names(self) -> frozenset[str]:
        """The words, folded, that the documents write with a capital letter: people, organisations, places."""
        texts = (f"{' '.join(p.path)} {p.text}" for p in self.passages)
        return frozenset(fold(word) for text in texts for word in _CAPITAL.findall(text))

    def report(self, document: str) -> Report:
        """The report that a passage or citation belongs to."""
        return next(r for r in self.reports if r.document == document)

    def close(self) -> None:
        """Let go of the files."""
        self.retriever.dense.close()


def open_index(settings: Settings) -> Index:
    """Open the index in use.

    Raises:
        IndexMissing: none was built.
        IndexOutdated: it was made by other rules, another embedding or another state of its documents.
        IndexDamaged: a file is missing or does not agree with the others.
    """
    folder = _current(settings.home)
    if folder is None:
        raise IndexMissing("Aucun index n'a encore été construit. Lancez « pratiques ingest ».")
    embedder = choose_embeddings(settings.embeddings)
    manifest = load_manifest(folder)
    manifest.check(embedder.name, settings)
    mend = f"Lancez « {manifest.command} » pour le reconstruire."
    try:
        reports = _REPORTS.validate_json((folder / "reports.json").read_bytes())
        lexicon = _LEXICON.validate_json((folder / "lexicon.json").read_bytes())
        lexical = LexicalIndex.load(folder / "bm25")
        sentences = SentenceIndex.load(folder / "sentences")
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise IndexDamaged(f"Un fichier de l'index manque ou est abîmé. {mend}") from error
    passages = tuple(p for r in reports for p in r.passages)
    if not (folder / "chroma" / "chroma.sqlite3").exists():
        raise IndexDamaged(f"La base de vecteurs manque. {mend}")
    dense = DenseIndex.open(folder / "chroma", embedder)
    stored = dense.count()
    if not stored == len(passages) == manifest.passages:
        dense.close()
        raise IndexDamaged(f"L'index annonce {manifest.passages} passages et en contient {stored}. {mend}")
    retriever = HybridRetriever(passages=passages, lexical=lexical, dense=dense, sentences=sentences)
    return Index(folder, manifest, reports, lexicon, retriever)


def build_index(paths: Sequence[Path], settings: Settings, progress: Progress) -> tuple[Index, bool]:
    """Build the index of these documents (the bundled report where none is named) and put it in use.

    Returns:
        The index, and whether anything was written: unchanged documents under unchanged rules write nothing.

    Raises:
        SourceError: a document cannot be read; the index in use stays as it was.
        StorageError: the data folder cannot be written.
    """
    sources = find_sources(paths, settings)
    embedder = choose_embeddings(settings.embeddings)
    manifest = Manifest(tuple(sources), embedder.name, questions=state_of_questions(sources, settings))
    if (kept := _unchanged(manifest, settings)) is not None:
        return kept, False
    reports = tuple(read_sources(sources, settings, progress))
    passages = tuple(p for r in reports for p in r.passages)
    with _storage(settings.home):
        home = settings.home / "index"
        home.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(home).free < _NEEDED_BYTES:
            raise OSError(errno.ENOSPC, "too little space")
        folder = home / "builds" / f"{manifest.fingerprint}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        try:
            (folder / "reports.json").write_bytes(_REPORTS.dump_json(reports))
            progress("Index des mots", 0, 1)
            fiches = [f for r in reports for f in r.fiches]
            asked: dict[str, IndexEntry] = {}
            for source, report in zip(sources, reports, strict=True):
                asked |= read_asked(source, report, settings).by_passage
            LexicalIndex.build(passages, fiches, asked).save(folder / "bm25")
            lexicon = Lexicon.of(passages, fiches, asked.values())
            (folder / "lexicon.json").write_bytes(_LEXICON.dump_json(lexicon))
            progress("Index des mots", 1, 1)
            with closing(DenseIndex(folder / "chroma", embedder)) as dense:
                dense.add(passages, lambda done, total: progress("Index des sens", done, total))
            sentences = SentenceIndex.build(passages, asked, embedder, partial(progress, "Phrases et questions"))
            sentences.save(folder / "sentences")
            save_manifest(replace(manifest, passages=len(passages)), folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        former = _current(settings.home)
        _swap(home, folder)
        _sweep(home, keep={folder, former})
    return open_index(settings), True


def verify_index(index: Index) -> list[str]:
    """Check an open index from end to end; each fault is one French line, none means that it is sound."""
    faults = []
    for report in index.reports:
        for passage in report.passages:
            if report.text[passage.start : passage.end] != passage.text:
                faults.append(f"{passage.id} : le texte du passage n'est pas à sa place dans le document.")
    if len(index.by_id) != len(index.passages):
        faults.append("Deux passages portent le même identifiant.")
    for passage in index.passages[:: max(1, len(index.passages) // 20)]:
        if passage.id not in index.retriever.dense.nearest(text_of(passage), 5):
            faults.append(f"{passage.id} : la base de vecteurs ne retrouve pas ce passage par son propre texte.")
    return faults


def check_questions(index: Index, settings: Settings) -> tuple[int, list[str]]:
    """How many passages have an entry of the question index, and one French line for each place or entry missing.

    A document that has no question index at all lacks nothing: it has been indexed without.

    Raises:
        PratiquesError: a question index cannot be read.
    """
    count, missing = 0, []
    for source, report in zip(index.manifest.sources, index.reports, strict=True):
        placed = read_asked(source, report, settings)
        count += len(placed.by_passage)
        if placed.by_passage or placed.lost:
            missing += placed.faults
    return count, missing


def _unchanged(manifest: Manifest, settings: Settings) -> Index | None:
    try:
        folder = _current(settings.home)
        if folder is None or load_manifest(folder).fingerprint != manifest.fingerprint:
            return None
        return open_index(settings)
    except (IndexMissing, IndexOutdated, IndexDamaged):
        return None


def _current(home: Path) -> Path | None:
    try:
        name = (home / "index" / "CURRENT").read_text("utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            f"Le dossier de données « {home} » ne peut pas être lu. Vérifiez vos droits, ou choisissez un autre "
            "dossier avec PRATIQUES_HOME."
        ) from error
    return home / "index" / "builds" / name


def _swap(home: Path, folder: Path) -> None:
    """Point CURRENT at a build, in one step."""
    save_whole(home / "CURRENT", folder.name.encode())


def _sweep(home: Path, keep: set[Path | None]) -> None:
    """Remove what nothing uses any more; the build just replaced may still be read."""
    for folder in (home / "builds").iterdir():
        whole = (folder / "manifest.json").exists()
        if folder not in keep and _idle(folder) > (_REPLACED_S if whole else _ABANDONED_S):
            shutil.rmtree(folder, ignore_errors=True)
    for beside in home.glob(".current-*"):
        if _idle(beside) > _ABANDONED_S:
            beside.unlink(missing_ok=True)


def _idle(path: Path) -> float:
    """Seconds since something was written; none where another process has just removed it."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


@contextmanager
def _storage(home: Path) -> Iterator[None]:
    """Translate what goes wrong when writing under the data folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageError(
                f"Il n'y a plus assez de place sous « {home} » ({_NEEDED_BYTES // 1_000_000} Mo demandés). Libérez "
                "de l'espace, ou choisissez un autre dossier avec PRATIQUES_HOME. L'index en place est intact."
            ) from error
        raise StorageError(
            f"Le dossier de données « {home} » ne peut pas être écrit ({error.strerror}). Vérifiez vos droits, ou "
            "choisissez un autre dossier avec PRATIQUES_HOME. L'index en place est intact."
        ) from error
    except Exception as error:  # Chroma's own errors share no base class
        if type(error).__module__.startswith("chromadb"):
            raise StorageError(
                f"La base de vecteurs n'a pas pu être écrite sous « {home} » : {error}. Vérifiez la place et les "
                "droits, puis relancez « pratiques ingest ». L'index en place est intact."
            ) from error
        raise
