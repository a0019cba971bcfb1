"""What the address of the reader asks for: a part, a passage or a citation of an answer, as text or as a page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Citation, CitationState
from assistant.database import KeptExchange
from assistant.pages import find_sheets, has_pages
from assistant.reading import find_part, find_part_on, read_part
from ingest.errors import PlaceMissing
from ui.navigation import asked_for, words_asked_for
from ui.opening import open_conversations
from ui.reader import labels
from vectorstore.index import Index

VIEW, PAGE_VIEW, SHEET = "vue", "page", "feuille"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be read.

    `group` names the part, `passage` is where to go in it (empty: to its start). `citation` is the one shown, of those
    of `exchange` where there is one. `sheet` is the page of the file that is shown in place of the text. `place` is
    what the address says of all this, but how it is shown. `notices` are French lines on what of it could not be had.
    """

    group: str
    document: str
    place: dict[str, str]
    passage: str = ""
    exchange: KeptExchange | None = None
    citation: Citation | None = None
    sheet: int | None = None
    notices: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations to mark: those of the answer that is being checked, or the one that the address tells of."""
        if self.exchange is None:
            return (self.citation,) if self.citation else ()
        return self.exchange.record.answer.citations if self.exchange.record else ()


def read_address(index: Index) -> Asked:
    """What the address asks for; the start of the first document where it asks for nothing.

    Raises:
        PratiquesError: there is nothing to read there; the message says so in French.
    """
    asked = _place(index)
    if asked_for(VIEW) != PAGE_VIEW or not has_pages(index, asked.document):
        return asked
    try:
        return _on_a_sheet(index, asked)
    except PlaceMissing as error:
        return replace(asked, notices=(str(error),))


def _place(index: Index) -> Asked:
    if asked_for("reponse"):
        return _in_answer(index, asked_for("reponse"), asked_for("source"))
    if passage := asked_for("passage"):
        return _at_passage(index, passage)
    group = asked_for("partie") or index.passages[0].group
    part = read_part(index, group)
    opens = next((p.id for p in index.passages if p.group == group != part.name.group), "")
    return Asked(part.name.group, part.document, {"partie": group}, opens)


def _at_passage(index: Index, identifier: str) -> Asked:
    """A passage, and in it the words that the address tells of."""
    group, passage = find_part(index, identifier).group, index.by_id[identifier]
    place = {"passage": identifier}
    text = index.report(passage.document).text
    span = words_asked_for(text)
    if span is None or not passage.start <= span[0] < span[1] <= passage.end:
        return Asked(group, passage.document, place, identifier)
    citation = Citation(
        number=1,
        document=passage.document,
        passage=identifier,
        quote=text[slice(*span)],
        start=span[0],
        end=span[1],
        page=passage.page,
        page_exact=passage.page_exact,
        fiche=passage.fiche,
        path=passage.path,
        state=CitationState.VERIFIED,
    )
    return Asked(group, passage.document, {**place, "mots": asked_for("mots")}, identifier, citation=citation)


def _in_answer(index: Index, exchange_id: str, source: str) -> Asked:
    """The citation of an answer, by its number."""
    exchange = open_conversations().exchange(exchange_id)
    citations = exchange.record.answer.citations if exchange.record else ()
    citation = next((c for c in citations if str(c.number) == (source or "1")), None)
    if citation is None:
        raise PlaceMissing(labels.NO_CITATION)
    try:
        group = find_part(index, citation.passage).group
    except PlaceMissing as error:
        raise PlaceMissing(labels.lost_citation(citation.quote)) from error
    place = {"reponse": exchange_id, "source": str(citation.number)}
    return Asked(group, citation.document, place, citation.passage, exchange, citation)


def _on_a_sheet(index: Index, asked: Asked) -> Asked:
    """The same place as a page of the file: the page that the address names, else the one where the place starts.

    Raises:
        PlaceMissing: the file cannot be read.
    """
    named = asked_for(SHEET)
    if named.isdecimal():
        sheet = int(named)
        return replace(asked, sheet=sheet, group=find_part_on(index, asked.document, sheet).group)
    if asked.citation is not None:
        sheets = find_sheets(index, asked.citation)
    else:
        passages = (
            p for p in index.passages if asked.passage == p.id or (not asked.passage and asked.group == p.group)
        )
        sheets = next((p.physical_pages for p in passages if p.physical_pages), ())
    return replace(asked, sheet=next(iter(sheets), 1))
