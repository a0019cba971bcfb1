"""On what runs were made: whether they asked the same questions, and what else sets two of them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.record import Run


@dataclass(frozen=True, slots=True)
class Apart:
    """A condition that differs between two runs: its key, and its value in each, as it may be shown."""

    key: str
    before: str
    after: str


CONDITIONS = (
    *("questions", "questions_sha256", "split", "index", "embeddings", "weights"),
    *("version", "commit", "answer_weights", "llm", "llm_base_url"),
)
"""The keys of the conditions, in the order in which they are told."""
_HASH = 12
"""Digits of a hash that are shown."""


def conditions(run: Run) -> dict[str, str]:
    """The conditions of a run; a value that a run of format 1 did not keep is empty."""
    settings, made = run.settings, run.made_with
    commit = "" if run.commit is None else run.commit.hash + ("+" if run.commit.dirty else "")
    values = (
        settings.questions,
        settings.questions_sha256[:_HASH],
        settings.split,
        settings.index[:_HASH],
        settings.embeddings,
        ", ".join(f"{name} {value:g}" for name, value in settings.weights.items()),
        run.version,
        commit,
        made.weights[:_HASH] if made else "",
        made.llm if made else "",
        made.llm_base_url if made else "",
    )
    return dict(zip(CONDITIONS, values, strict=True))


def apart(before: Run, after: Run) -> list[Apart]:
    """What differs in the conditions of two runs."""
    one, other = conditions(before), conditions(after)
    return [Apart(key, one[key], other[key]) for key in CONDITIONS if one[key] != other[key]]


def same_questions(run: Run) -> tuple[str, str]:
    """What runs of the very same questions have in common: the hash of their file, and the part of it."""
    return run.settings.questions_sha256, run.settings.split


def alike(runs: Sequence[Run], run: Run) -> list[Run]:
    """The runs of the same questions as one, oldest first."""
    wanted = same_questions(run)
    return sorted((r for r in runs if same_questions(r) == wanted), key=lambda r: r.date)
