"""The record of a run: what was measured, when, on what and how; one JSON file, written in one step."""

from __future__ import annotations

import os
import re
import subprocess
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from eval.run import Figures, Outcome, by, figures
from ingest.errors import PratiquesError, StorageError
from ingest.sources import sha256_of
from vectorstore.fusion import fitted_weights
from vectorstore.index import Index

FORMAT = 1
"""The layout of the file; a newer one is refused."""
_KIND: Literal["pratiques eval run"] = "pratiques eval run"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-(?:fit|held|all)(?:-\d+)?\.json")


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
    split: Literal["fit", "held", "all"]
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


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. `date` is UTC; `commit` is `None` outside a checkout of the project, or without git."""

    kind: Literal["pratiques eval run"]
    format: Annotated[int, Field(ge=1)]
    date: datetime
    commit: Commit | None
    version: str
    settings: Conditions
    figures: Summary
    outcomes: tuple[Outcome, ...]

    @property
    def name(self) -> str:
        """The name of the file, by which runs sort by date: « 2026-11-24T04-30-00Z-held.json »."""
        return f"{self.date:%Y-%m-%dT%H-%M-%SZ}-{self.settings.split}.json"


class _Header(BaseModel):
    """What says whether a file is a run, and of which layout."""

    kind: Literal["pratiques eval run"]
    format: int


_RUN = TypeAdapter(Run)


def record(
    outcomes: Sequence[Outcome], index: Index, questions: Path, split: Literal["fit", "held", "all"], date: datetime
) -> Run:
    """The record of outcomes that were measured on an index; `questions` is the file that they were read from."""
    return Run(
        kind=_KIND,
        format=FORMAT,
        date=date.astimezone(UTC).replace(microsecond=0),
        commit=commit_of(Path(__file__)),
        version=metadata.version("pratiques"),
        settings=Conditions(
            embeddings=index.manifest.embeddings,
            index=index.manifest.fingerprint,
            weights=asdict(fitted_weights()),
            split=split,
            questions=questions.name,
            questions_sha256=sha256_of(questions),
        ),
        figures=summary(outcomes),
        outcomes=tuple(outcomes),
    )


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The figures of some outcomes, over all of them and by group."""
    return Summary(
        overall=figures(outcomes),
        by_type=by(lambda o: o.type, outcomes),
        by_persona=by(lambda o: o.persona, outcomes),
        by_split=by(lambda o: o.split, outcomes),
    )


def commit_of(file: Path) -> Commit | None:
    """The commit of the checkout that a file of the project belongs to; `None` outside one, or without git."""
    try:
        top = _git(file.parent, "rev-parse", "--show-prefix").strip()
        status = _git(file.parent, "status", "--porcelain=v2", "--branch", "--untracked-files=normal").splitlines()
        _git(file.parent, "ls-files", "--error-unmatch", "--", "__init__.py")
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return None


def _git(folder: Path, *arguments: str) -> str:
    # Without its optional locks, git only reads.
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=30).stdout
