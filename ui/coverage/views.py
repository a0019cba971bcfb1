"""What the coverage component shows under the strip: its numbers as a table, and two lists. Plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coverage import Coverage, Place, Refusals
from ui.coverage import labels
from ui.labels import fiche_line
from ui.navigation import CHAT, FICHES, READER, Link, link


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the table: a place that opens in the reader, and its numbers."""

    title: str
    link: Link
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """A link of a list, with what is said beside it."""

    text: str
    link: Link
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ListView:
    """A heading, groups of links under it (their own heading may be empty), and what is said where there is none."""

    heading: str
    groups: tuple[tuple[str, tuple[LineView, ...]], ...]
    none: str


@dataclass(frozen=True, slots=True)
class CoverageView:
    """Everything under the strip."""

    summary: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[RowView, ...]
    lists: tuple[ListView, ...]


def coverage_view(coverage: Coverage) -> CoverageView:
    """What stands under the strip."""
    never = tuple(LineView(fiche_line(f.id, f.title), link(FICHES, fiche=f.id)) for f in coverage.never_cited)
    return CoverageView(
        summary=labels.TABLE,
        name=labels.TABLE_NAME,
        heads=labels.HEADS,
        rows=tuple(map(_row, coverage.places)),
        lists=(
            ListView(labels.NEVER, (("", never),) if never else (), labels.ALL_CITED),
            ListView(labels.REFUSED, tuple(map(_refusals, coverage.refusals)), labels.NONE_REFUSED),
        ),
    )


def _row(place: Place) -> RowView:
    cells = (labels.page(place), str(place.cited), labels.share(place), str(place.found))
    return RowView(place.title, link(READER, passage=place.passage), cells)


def _refusals(refusals: Refusals) -> tuple[str, tuple[LineView, ...]]:
    lines = tuple(
        LineView(" ".join(q.question.split()), link(CHAT, c=q.conversation), labels.day(q.asked))
        for q in refusals.questions
    )
    return labels.REFUSALS[refusals.status], lines
