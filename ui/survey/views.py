"""What stands under a chart: the sentences that prove it, and its numbers as a table. Plain values, no markup."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Citation
from assistant.survey import SurveyFigure
from assistant.wording import page_label
from ui.navigation import Link, link_to_words
from ui.survey import labels


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Sentences of one passage, their place, and the way to read them in the report."""

    sentences: tuple[str, ...]
    place: str
    link: Link
    name: str


@dataclass(frozen=True, slots=True)
class TableView:
    """The numbers of a figure; the first cell of a row is its head."""

    summary: str
    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProofView:
    """Everything under a chart."""

    heading: str
    quotes: tuple[QuoteView, ...]
    read: str
    table: TableView


def proof_view(figure: SurveyFigure) -> ProofView:
    """What stands under the chart of a figure."""
    quotes = tuple(_quote(tuple(held)) for _, held in groupby(figure.citations, lambda c: c.passage))
    return ProofView(labels.SOURCES, quotes, labels.READ, _table(figure))


def _quote(citations: tuple[Citation, ...]) -> QuoteView:
    first = citations[0]
    place = ", ".join(part for part in (first.path[-1], page_label(first.page, first.page_exact)) if part)
    sentences = tuple(line for citation in citations for line in citation.quote.split("\n") if line)
    return QuoteView(sentences, place, link_to_words(first), labels.reading_name(place))


def _table(figure: SurveyFigure) -> TableView:
    counted = any(value.count is not None for value in figure.values)
    heads = (labels.ANSWER, labels.KINDS[figure.kind], *([labels.COUNT] if counted else []))
    rows = []
    for value, number in zip(figure.values, labels.said(figure), strict=True):
        count = "" if value.count is None else labels.integer(value.count)
        rows.append((value.label, number, *([count] if counted else [])))
    return TableView(labels.TABLE, labels.table_name(figure.title), heads, tuple(rows))
