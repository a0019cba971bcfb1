"""What the parts of a report are made of: paragraphs, lists, tables; none of it claims anything of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.exports.document import Grid, Phrase, Role, Text, cleaned, spoken


def paragraph(text: str) -> Text:
    """A paragraph."""
    return spoken(Role.PROPOSAL, cleaned(text))


def remark(text: str) -> Text:
    """A paragraph beside the main ones."""
    return spoken(Role.REMARK, cleaned(text))


def points(texts: Iterable[str]) -> Text:
    """A list; there is at least one of them."""
    return spoken(Role.PROPOSALS, *map(cleaned, texts))


def terms(pairs: Iterable[tuple[str, str]]) -> Text:
    """A list in which a term is said before what is said of it; there is at least one of them."""
    return Text(Role.PROPOSALS, tuple(Phrase(cleaned(said), lead=f"{cleaned(term)} :") for term, said in pairs))


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int], caption: str = "") -> Grid:
    """A table; `widths` are in parts of its own."""
    return Grid(tuple(heads), tuple(tuple(map(cleaned, row)) for row in rows), tuple(widths), cleaned(caption))
