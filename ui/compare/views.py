"""What the comparison component is handed: the table as it is taken away, or comparisons to begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import UNSAID, Answer
from assistant.comparison import Offer
from assistant.exports.document import Comparison, Document, Phrase, cleaned
from assistant.proof_count import proof_count
from assistant.wording import place_of
from ui.compare import labels
from ui.components.table import HeadView, RowView, TableView
from ui.navigation import COMPARE, Link, link, link_to_words


@dataclass(frozen=True, slots=True)
class SourceView:
    """The link that follows a quote: its number and page, its name for who does not see it, and its whole reference."""

    number: int
    page: str
    name: str
    reference: str
    link: Link


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote of a cell and its sources."""

    text: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """A comparison to begin with."""

    name: str
    link: Link


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """The page under its choices: a table and what it holds in a few words, or else the offers."""

    said: str
    table: TableView[QuoteView] | None
    unsaid: str
    offers_head: str
    offers: tuple[OfferView, ...]


def comparison_view(answer: Answer, document: Document) -> ComparisonView:
    """The table of a comparison, numbered as the document that is taken away; `document` holds this answer alone."""
    comparison = document.comparisons[0]
    cited = {(citation.passage, cleaned(citation.quote)): citation for citation in answer.citations}
    sources = {
        reference.number: SourceView(
            number=reference.number,
            page=reference.page.replace("p. ", "p.\u00a0") or labels.READ,
            name=labels.source_name(reference.number, place_of(citation)),
            reference=reference.place,
            link=link_to_words(citation),
        )
        for reference in document.references
        for citation in (cited[reference.passage, reference.quote],)
    }
    cells = [cell for row in comparison.rows for cell in row.cells]
    said = labels.filled(sum(map(bool, cells)), cells.count(()), proof_count([answer]))
    return ComparisonView(said, _table(comparison, sources), UNSAID, "", ())


def offers_view(offers: Sequence[Offer]) -> ComparisonView:
    """Comparisons to begin with, each a link to itself."""
    views = tuple(
        OfferView(labels.offer(o), link(COMPARE, fiches=",".join(o.fiches), rubriques=",".join(o.fields)))
        for o in offers
    )
    return ComparisonView("", None, UNSAID, labels.OFFERS if views else "", views)


def _table(comparison: Comparison, sources: Mapping[int, SourceView]) -> TableView[QuoteView]:
    def quotes(cell: Sequence[Phrase]) -> tuple[QuoteView, ...]:
        return tuple(QuoteView(said.text, tuple(sources[number] for number in said.references)) for said in cell)

    rows = tuple(RowView(HeadView(row.head), tuple(map(quotes, row.cells))) for row in comparison.rows)
    return TableView(comparison.caption, comparison.corner, tuple(map(HeadView, comparison.heads)), rows)
