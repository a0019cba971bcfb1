"""From what the address asks for to what is shown."""

from __future__ import annotations

import base64

from assistant.pages import PagePicture, has_pages, page_picture
from assistant.reading import Entry, Note, Part, contents, read_part
from ingest.errors import PlaceMissing
from ui.navigation import CHAT, FICHES, READER, Link, link
from ui.reader import labels
from ui.reader.asked import PAGE_VIEW, SHEET, VIEW, Asked
from ui.reader.views import CitationView, EntryView, NamedLink, NoteView, ReaderView, SheetView
from vectorstore.index import Index

_LABELS = (
    "CONTENTS",
    "DOCUMENTS",
    "NOTES",
    "NEIGHBOURS",
    "CITATIONS",
    "PREVIOUS_CITATION",
    "NEXT_CITATION",
    "BACK",
    "VIEWS",
    "SHEETS",
    "PREVIOUS_SHEET",
    "NEXT_SHEET",
)
"""The words that the component says itself."""


def reader_view(asked: Asked, index: Index, moved: bool) -> ReaderView:
    """Lay out what is to be read.

    Raises:
        PlaceMissing: there is nothing to read there.
    """
    part = read_part(index, asked.group, asked.citations)
    sheet, notices = None, asked.notices
    if asked.sheet is not None:
        try:
            picture = page_picture(index, asked.document, asked.sheet, asked.citations)
            sheet, notices = _sheet_view(picture, asked), picture.unmarked
        except PlaceMissing as error:
            notices = (str(error),)
    if sheet is None:
        notices += part.unmarked
    return ReaderView(
        address=_here(asked).address,
        moved=moved,
        first=part.previous is None,
        title=part.name.title,
        path=part.path,
        page=part.page,
        contents=tuple(
            _entry_view(entry, part)
            for entry in contents(index, part.document)
            if entry.part == part.name.group or not entry.within
        ),
        documents=_documents(index, part.document),
        fiche=NamedLink(labels.see_fiche(part.fiche), link(FICHES, fiche=part.fiche)) if part.fiche else None,
        blocks=() if sheet else part.blocks,
        notes=() if sheet else tuple(map(_note_view, part.notes)),
        passage=asked.passage,
        citation=_citation_view(asked),
        sheet=sheet,
        views=_views(asked, shown_as_page=sheet is not None) if has_pages(index, asked.document) else (),
        notices=notices,
        neighbours=_neighbours(part),
        labels={name.lower(): getattr(labels, name) for name in _LABELS},
    )


def _here(asked: Asked) -> Link:
    """The address of what is shown."""
    return _sheet_link(asked, asked.sheet) if asked.sheet else link(READER, **asked.place)


def _sheet_link(asked: Asked, sheet: int) -> Link:
    return link(READER, **asked.place, **{VIEW: PAGE_VIEW, SHEET: str(sheet)})


def _views(asked: Asked, shown_as_page: bool) -> tuple[NamedLink, ...]:
    """The text of what is shown, and its page; both of the page that has been turned to."""
    turned = shown_as_page and asked.citation is None
    text = link(READER, partie=asked.group) if turned else link(READER, **asked.place)
    page = _here(asked) if shown_as_page else link(READER, **asked.place, **{VIEW: PAGE_VIEW})
    return NamedLink(labels.TEXT, text, not shown_as_page), NamedLink(labels.PAGE, page, shown_as_page)


def _entry_view(entry: Entry, part: Part) -> EntryView:
    where = link(READER, passage=entry.passage) if entry.within else link(READER, partie=entry.group)
    current = entry.part == part.name.group and not entry.within and entry.level == max(1, len(part.path) + 1)
    return EntryView(entry.title, entry.level, where, current)


def _documents(index: Index, document: str) -> tuple[NamedLink, ...]:
    """The documents of the index, where there are several."""
    if len(index.reports) == 1:
        return ()
    return tuple(
        NamedLink(r.title, link(READER, partie=r.passages[0].group), r.document == document) for r in index.reports
    )


def _note_view(note: Note) -> NoteView:
    name, back = labels.note(note.number), labels.back_to_call(note.number)
    return NoteView(note.number, name, back, note.lines, note.passages)


def _citation_view(asked: Asked) -> CitationView | None:
    exchange, citation = asked.exchange, asked.citation
    if citation is None:
        return None
    start, end = labels.citation_start(citation.number), labels.citation_end(citation.number)
    if exchange is None:
        return CitationView(citation.number, start, end)
    shown = {VIEW: PAGE_VIEW} if asked.sheet else {}
    links = [link(READER, reponse=exchange.id, source=c.number, **shown) for c in asked.citations]
    at = asked.citations.index(citation)
    return CitationView(
        number=citation.number,
        start=start,
        end=end,
        heading=labels.citation_heading(at + 1, len(links)),
        question=exchange.question,
        previous=links[at - 1] if at else None,
        next=links[at + 1] if at + 1 < len(links) else None,
        back=link(CHAT, c=exchange.conversation),
    )


def _sheet_view(picture: PagePicture, asked: Asked) -> SheetView:
    number = picture.sheet
    return SheetView(
        picture=f"data:image/png;base64,{base64.b64encode(picture.png).decode()}",
        alternative=picture.alternative,
        heading=labels.sheet(number, picture.sheets),
        width=picture.width,
        height=picture.height,
        boxes=picture.boxes,
        previous=_sheet_link(asked, number - 1) if number > 1 else None,
        next=_sheet_link(asked, number + 1) if number < picture.sheets else None,
    )


def _neighbours(part: Part) -> tuple[NamedLink, ...]:
    before = (labels.previous_part, part.previous)
    after = (labels.next_part, part.next)
    return tuple(
        NamedLink(name(other.title), link(READER, partie=other.group)) for name, other in (before, after) if other
    )
