"""The record of a run: what was measured, when, on what and how; one JSON file, written in one step."""

from __future__ import annotations

import errno
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from itertools import chain, count
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from assistant.records import MadeWith
from eval.run import Figures, Outcome, by, figures
from ingest.errors import PratiquesError, StorageError
from ingest.saving import save_whole
from ingest.settings import Settings, load_settings
from ingest.sources import sha256_of
from vectorstore.fusion import fitted_weights
from vectorstore.index import Index

FORMAT = 2
"""The layout of the file; a newer one is refused, and of an older one what it did not have is `None`, or empty."""
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-(?:fit|held|all)(?:-\d+)?\.json")


Portion = Literal["fit", "held", "all"]
"""Which of the judged questions a run asks."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The state of the code: the short hash of a commit, and whether the tree differed from it (`dirty`)."""

    hash: str
    dirty: bool


@dataclass(frozen=True, slots=True)
class Conditions:
    """On what a run was made: equal ones give equal figures, but for the times."""

    embeddings: str
    index: str
    """Fingerprint of the index."""
    weights: dict[str, float]
    split: Portion
    questions: str
    """Name of the file of judged questions."""
    questions_sha256: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run, over all its questions and by group of them."""

    overall: Figures
    by_type: dict[str, Figures]
    by_persona: dict[str, Figures]
    by_split: dict[str, Figures]
    by_fiche: dict[str, Figures] = field(default_factory=dict)
    """Of the questions whose evidence is in each fiche; a question may be of several."""
    by_part: dict[str, Figures] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. `date` is UTC; `commit` is `None` outside a checkout of the project, or without git.

    `made_with` says the rest of what the answers were made with; `None` in a run of format 1.
    """

    kind: Literal["pratiques eval run"]
    format: int
    date: AwareDatetime
    commit: Commit | None
    version: str
    settings: Conditions
    figures: Summary
    outcomes: tuple[Outcome, ...]
    made_with: MadeWith | None = None

    @property
    def name(self) -> str:
        """The name of the file, by which runs sort by date: « 2026-11-24T04-30-00Z-held.json »."""
        return f"{self.date:%Y-%m-%dT%H-%M-%SZ}-{self.settings.split}.json"


@dataclass(frozen=True, slots=True)
class _Header:
    """What says whether a file is a run, and of which layout."""

    kind: Literal["pratiques eval run"]
    format: int


_HEADER = TypeAdapter(_Header)
_RUN = TypeAdapter(Run)


def record(
    outcomes: Sequence[Outcome],
    index: Index,
    questions: Path,
    split: Portion,
    date: datetime,
    settings: Settings | None = None,
    sha256: str = "",
) -> Run:
    """The record of outcomes that were measured on an index.

    Args:
        outcomes: What the questions gave.
        index: What they were asked of.
        questions: The file that they were read from.
        split: Which of them.
        date: When the first was asked.
        settings: Those of the assistant; by default those in use.
        sha256: The hash of the file as it was read; by default as it is now.
    """
    return Run(
        kind="pratiques eval run",
        format=FORMAT,
        date=date.astimezone(UTC).replace(microsecond=0),
        commit=commit_of(Path(__file__).with_name("__init__.py")),
        version=metadata.version("pratiques"),
        settings=Conditions(
            embeddings=index.manifest.embeddings,
            index=index.manifest.fingerprint,
            weights=asdict(fitted_weights()),
            split=split,
            questions=questions.name,
            questions_sha256=sha256 or sha256_of(questions),
        ),
        figures=summary(outcomes),
        outcomes=tuple(outcomes),
        made_with=MadeWith.today(settings or load_settings()),
    )


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of some outcomes, over all of them and by group."""
    return Summary(
        overall=figures(outcomes),
        by_type=by(lambda o: o.type, outcomes),
        by_persona=by(lambda o: o.persona, outcomes),
        by_split=by(lambda o: o.split, outcomes),
        by_fiche=by(lambda o: o.fiches or (), outcomes),
        by_part=by(lambda o: o.parts or (), outcomes),
    )


def commit_of(file: Path) -> Commit | None:
    """The commit of the checkout that has this file; `None` where none has, or without git."""
    try:
        _git(file, "ls-files", "--error-unmatch", "--", file.name)
        return Commit(_git(file, "rev-parse", "--short", "HEAD").strip(), bool(_git(file, "status", "--porcelain")))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def _git(file: Path, *arguments: str) -> str:
    # Without its optional locks, git only reads.
    command = ["git", "--no-optional-locks", "-C", str(file.parent), *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60).stdout


def write_run(run: Run, out: str | None, home: Path) -> Path:
    """Write a run in one step: whoever reads the file finds it whole or not at all.

    Args:
        run: The run.
        out: A file, or a folder (there already, or with a slash at its end); by default `runs` under `home`.
        home: The data folder.

    Returns:
        The file. In a folder it is named for its date, and never takes the place of another.

    Raises:
        StorageError: it cannot be written.
    """
    target = Path(out) if out else home / "runs"
    try:
        if not out or out.endswith(("/", os.sep)) or target.is_dir():
            target = _free(target / run.name)
        elif target.exists() and not target.is_file():
            raise OSError(errno.EINVAL, "ce n'est pas un fichier ordinaire")
        target.parent.mkdir(parents=True, exist_ok=True)
        save_whole(target, _RUN.dump_json(run, indent=1) + b"\n")
    except OSError as error:
        raise StorageError(
            f"Les mesures n'ont pas pu être écrites dans « {target} » ({error.strerror}). Vérifiez la place et vos "
            "droits, ou choisissez un autre endroit avec --out."
        ) from error
    return target


def _free(path: Path) -> Path:
    numbered = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return next(p for p in chain([path], numbered) if not p.exists())


def read_run(path: Path) -> Run:
    """Read a run.

    Raises:
        PratiquesError: the file cannot be read, is not a run, or was written by a newer version.
    """
    try:
        written = path.read_bytes()
    except OSError as error:
        raise PratiquesError(f"Les mesures « {path} » ne peuvent pas être lues. Vérifiez le chemin.") from error
    try:
        if _HEADER.validate_json(written).format > FORMAT:
            raise PratiquesError(f"« {path} » vient d'une version plus récente de Pratiques. Mettez celle-ci à jour.")
        return _RUN.validate_json(written)
    except ValidationError as error:
        raise PratiquesError(
            f"« {path} » n'est pas un fichier de mesures. Nommez un fichier que « pratiques eval run » a écrit."
        ) from error


def run_files(home: Path) -> list[Path]:
    """The runs in the data folder, the oldest first.

    Raises:
        StorageError: the folder cannot be read.
    """
    folder = home / "runs"
    try:
        return sorted((p for p in folder.iterdir() if _NAME.fullmatch(p.name)), key=lambda p: p.stem)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"Le dossier « {folder} » ne peut pas être lu. Vérifiez vos droits.") from error


def delete_run(path: Path) -> None:
    """Delete a run for good; one that is gone already stays so.

    Raises:
        StorageError: it cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"Les mesures « {path} » ne peuvent pas être supprimées. Vérifiez vos droits.") from error


def newest_runs(home: Path) -> tuple[Path, Path]:
    """The two newest runs in the data folder, the older one first.

    Raises:
        PratiquesError: there are not two of them, or the folder cannot be read.
    """
    dated = run_files(home)
    if len(dated) < 2:
        raise PratiquesError(
            f"Il faut deux mesures dans « {home / 'runs'} » pour les comparer : lancez « pratiques eval run », ou "
            "nommez les deux fichiers."
        )
    return dated[-2], dated[-1]
