"""What is searched, and what every searcher gives."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """Words to search, and the places of the report that the question names (empty: none named).

    `fiches` are ids (`1c`), `fields` slugs (`financements`), `sections` slugs of the report's outline.
    """

    text: str
    fiches: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `score` grows with relevance; ranks are 1-based, `None` where that side missed it."""

    passage: Passage
    score: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
