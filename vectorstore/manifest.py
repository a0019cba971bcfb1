"""What an index was made of, saved beside it; opening compares and refuses."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from ingest.errors import IndexDamaged, IndexOutdated
from ingest.passages import RULES
from ingest.questions import bundled_questions, questions_of
from ingest.settings import Settings
from ingest.sources import Source, bundled_path, sha256_of
from vectorstore.lexical import LEXICAL
from vectorstore.lexicon import LEXICON
from vectorstore.tokens import TOKENIZER

FORMAT = 3
"""The layout of the saved files."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that changes an index, and what it holds; `questions` are hashes of question indexes."""

    sources: tuple[Source, ...]
    embeddings: str
    questions: tuple[str, ...] = ()
    rules: str = RULES
    tokenizer: str = TOKENIZER
    lexical: str = LEXICAL
    lexicon: str = LEXICON
    format: int = FORMAT
    passages: int = 0

    @property
    def fingerprint(self) -> str:
        """A short hash of what the index was made of: equal ones give equal answers."""
        sources = (s.sha256 for s in self.sources)
        made_of = [str(self.format), *self._rules, self.embeddings, *self.questions, *sources]
        return hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]

    @property
    def _rules(self) -> tuple[str, ...]:
        return (self.rules, self.tokenizer, self.lexical, self.lexicon)

    @property
    def command(self) -> str:
        """The command that makes this index anew, ready to be pasted into a shell."""
        return shlex.join(["pratiques", "ingest", *(s.path for s in self.sources if s.path)])

    def check(self, embeddings: str, settings: Settings) -> None:
        """Compare with what today's settings, rules and documents would give.

        Raises:
            IndexOutdated: something differs; the message says what and which command mends it.
        """
        if (self.format, *self._rules) != (FORMAT, RULES, TOKENIZER, LEXICAL, LEXICON):
            raise IndexOutdated(f"L'index vient d'une autre version de Pratiques. Lancez « {self.command} ».")
        if self.embeddings != embeddings:
            raise IndexOutdated(
                f"L'index a été construit avec un autre modèle de plongement ({self.embeddings}) que celui des "
                f"réglages ({embeddings}). Lancez « {self.command} », ou changez PRATIQUES_EMBEDDINGS."
            )
        for source in self.sources:
            path = Path(source.path) if source.path else bundled_path()
            if (state := _state(path)) is not None and state != source.sha256:
                raise IndexOutdated(
                    f"L'index a été construit avec un autre état de « {path.name} ». Lancez « {self.command} »."
                )
        if self.questions != state_of_questions(self.sources, settings):
            raise IndexOutdated(
                f"L'index a été construit avec un autre index des questions. Lancez « {self.command} »."
            )


def state_of_questions(sources: Sequence[Source], settings: Settings) -> tuple[str, ...]:
    """The hashes of the question indexes that these documents may take: the bundled one, and their own."""
    own = [questions_of(source, None, settings) for source in sources if source.path]
    return tuple(_state(path) or "" for path in (bundled_questions(), *own))


def _state(path: Path) -> str | None:
    """The hash of a document; `None` where it is gone: its index goes on serving."""
    try:
        return sha256_of(path)
    except OSError:
        return None


_MANIFEST = TypeAdapter(Manifest)


def save_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest: the last file of a build, whose presence says that the build is whole."""
    (folder / "manifest.json").write_bytes(_MANIFEST.dump_json(manifest, indent=2))


def load_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build.

    Raises:
        IndexDamaged: it is not there or not readable.
    """
    try:
        return _MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise IndexDamaged("L'index est incomplet. Lancez « pratiques ingest » pour le reconstruire.") from error
