"""The runs that are kept in the data folder, each read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import streamlit as st

from eval.record import Run, read_run, run_files
from ingest.errors import PratiquesError


@dataclass(frozen=True, slots=True)
class Kept:
    """A run in its file; the name of the file, without its ending, is how the address calls it."""

    path: Path
    run: Run

    @property
    def name(self) -> str:
        """How the address calls it."""
        return self.path.stem

    @property
    def date(self) -> datetime:
        """When it was made, where the reader is."""
        return self.run.date.astimezone(_zone())


def kept_runs(home: Path) -> tuple[list[Kept], list[str]]:
    """The runs that can be read, newest first, and what is said of each of the others.

    Raises:
        StorageError: the folder cannot be read.
    """
    kept, damaged = [], []
    for path in reversed(run_files(home)):
        try:
            kept.append(Kept(path, _read(str(path), path.stat().st_mtime_ns)))
        except FileNotFoundError:
            continue  # deleted meanwhile
        except PratiquesError as error:
            damaged.append(str(error))
    return kept, damaged


@st.cache_resource(show_spinner=False, max_entries=60)
def _read(path: str, changed: int) -> Run:
    return read_run(Path(path))


def _zone() -> timezone:
    """A browser counts the minutes that its time zone is behind UTC."""
    return timezone(timedelta(minutes=-(st.context.timezone_offset or 0)))
