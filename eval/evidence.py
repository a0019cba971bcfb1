"""Where in the report the evidence of a judged question stands: found by its words, whatever is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from eval.metrics import stands
from ingest.folding import letters
from vectorstore.index import Index

_letters = lru_cache(maxsize=8192)(letters)
"""The passages are the same for every question of a run."""


def holders(groups: Sequence[Sequence[str]], index: Index) -> tuple[str, ...]:
    """The ids of the passages that hold a quote of the evidence, in the order of the index.

    A quote that no passage has whole is looked for as `eval.metrics` does, by most of it.
    """
    held = {passage for group in groups for quote in group for passage in _holding(quote, index)}
    return tuple(passage.id for passage in index.passages if passage.id in held)


def fiches_of(passages: Sequence[str], index: Index) -> tuple[str, ...]:
    """The fiches that passages of the index are of, in order."""
    return tuple(sorted({fiche for i in passages if (fiche := index.by_id[i].fiche)}))


def parts_of(passages: Sequence[str], index: Index) -> tuple[str, ...]:
    """The parts of the documents, by their headings, that passages of the index are in."""
    return tuple(dict.fromkeys(index.by_id[i].path[0] for i in passages if index.by_id[i].path))


def _holding(quote: str, index: Index) -> list[str]:
    wanted = _letters(quote)
    if not wanted:
        return []
    whole = [p.id for p in index.passages if wanted in _letters(p.text)]
    return whole or [p.id for p in index.passages if stands(wanted, _letters(p.text))]
