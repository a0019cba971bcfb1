"""The pages of a document that was read from a PDF, as pictures, with boxes over the cited words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.answer import Citation
from assistant.locating import Sheet, Stretch, letters_of, locate, sheets_of, words_around
from ingest.errors import PlaceMissing
from ingest.records import Report
from vectorstore.index import Index

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MOST_PIXELS = 12_000_000
"""Of a picture: a very long sheet is drawn smaller."""
_UNITS = 1_000_000
"""The side of the imaginary picture on which places are computed; pdfium gives them as whole numbers."""
_GAP = 2.5
"""A gap between two letters, in heights of their line, from which they stand in different columns."""
_LINE_ENDS = ("\r", "\n", "\x02", "\ufffe")
"""Where pdfium says that a line ends: the last two stand for the hyphen of a word that is cut there."""
_UNICODES = 0x110000
_PDFIUM = Lock()
"""pdfium is not made for threads."""

_NO_PDF = "Ce document ne vient pas d'un PDF : il n'a pas de pages à montrer. Lisez-en le texte."
_GONE = (
    "Le fichier PDF de ce document n'est plus à sa place, ou ne peut plus être lu. Lisez-en le texte, ou remettez le "
    "fichier pour revoir ses pages."
)
_CHANGED = (
    "Le fichier PDF de ce document a changé depuis qu'il a été indexé. Lisez-en le texte, ou relancez "
    "« pratiques ingest » pour revoir ses pages."
)
_UNREADABLE = "Le fichier PDF de ce document ne peut pas être ouvert pour en montrer les pages. Lisez-en le texte."
_NO_SHEET = "Ce document n'a pas de page {}. Choisissez-en une autre."
_NOT_FOUND = (
    "Les mots de la citation {} n'ont pas été retrouvés à la lettre et en un seul endroit : ils ne sont pas encadrés "
    "sur la page. Ils sont surlignés dans le texte."
)
_ALTERNATIVE = "Image de la page {} du document, telle qu'elle est imprimée. Le même texte se lit sans l'image."
_ALTERNATIVE_QUOTED = "Image de la page {} du document, telle qu'elle est imprimée. Y sont encadrés : {}."


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle over cited words of one line, in fractions (0 to 1) of the picture's width and height.

    `number` is that of the citation; `left` and `top` are counted from the upper left corner.
    """

    number: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A sheet (`sheet` from 1, of `sheets`) as it is read: a PNG of `width` by `height` pixels.

    `alternative` says in French what it shows; `unmarked` has one French line for each citation without boxes.
    """

    sheet: int
    sheets: int
    png: bytes
    width: int
    height: int
    boxes: tuple[Box, ...]
    alternative: str
    unmarked: tuple[str, ...]


def has_pages(index: Index, document: str) -> bool:
    """Whether a document was read from a PDF."""
    path = _path(index, document)
    return path is not None and path.suffix.lower() == ".pdf"


def find_sheets(index: Index, citation: Citation) -> tuple[int, ...]:
    """The sheets on which the cited words stand; where that is not sure, the one on which their passage starts.

    Raises:
        PlaceMissing: there is no such passage or PDF, or it has changed.
    """
    with _opened(index, citation.document) as pdf:
        found = _find(index, citation, pdf)
    if found:
        return tuple(stretch.sheet for stretch in found)
    passage = index.by_id.get(citation.passage)
    return passage.physical_pages[:1] if passage else ()


def page_picture(
    index: Index, document: str, sheet: int, marks: Sequence[Citation] = (), width: int = 1200
) -> PagePicture:
    """Draw a sheet, with boxes over the words of the citations that stand on it.

    Args:
        index: the index that holds the document.
        document: the document, read from a PDF.
        sheet: the number of the sheet in the file, from 1.
        marks: the citations; those of other documents or sheets are left out.
        width: of the picture, in pixels.

    Raises:
        PlaceMissing: there is no such sheet or PDF, or it has changed or cannot be read.
    """
    boxes: list[Box] = []
    unmarked: list[str] = []
    quotes: dict[int, str] = {}
    with _opened(index, document) as pdf:
        if not 1 <= sheet <= pdf.count:
            raise PlaceMissing(_NO_SHEET.format(sheet))
        for citation in (c for c in marks if _may_stand(index, c, document, sheet)):
            found = _find(index, citation, pdf)
            for stretch in found:
                if stretch.sheet == sheet:
                    boxes += _boxes(pdf.page(sheet), stretch, citation.number)
                    quotes[citation.number] = f"« {citation.quote} »"
            if not found:
                unmarked.append(_NOT_FOUND.format(citation.number))
        png, size = _drawn(pdf.page(sheet), width)
    said = _ALTERNATIVE_QUOTED.format(sheet, ", ".join(quotes.values())) if quotes else _ALTERNATIVE.format(sheet)
    return PagePicture(sheet, pdf.count, png, *size, tuple(boxes), said, tuple(unmarked))


def _path(index: Index, document: str) -> Path | None:
    """The file that a document was read from; none for the bundled report and for an unknown document."""
    sources = zip(index.reports, index.manifest.sources, strict=True)
    path = next((source.path for report, source in sources if report.document == document), None)
    return Path(path) if path else None


def _report(index: Index, document: str) -> Report:
    return next(r for r in index.reports if r.document == document)


def _may_stand(index: Index, citation: Citation, document: str, sheet: int) -> bool:
    """Whether the words of a citation may stand on a sheet of a document."""
    passage = index.by_id.get(citation.passage)
    if citation.document != document or passage is None:
        return False
    return sheet in sheets_of(_report(index, document), passage)


class _Pdf:
    """An open PDF, each of its sheets read once; they are numbered from 1."""

    def __init__(self, document: PdfDocument) -> None:
        self.count = len(document)
        self.page = cache(lambda number: document[number - 1])
        self.sheet = cache(lambda number: _sheet(self.page(number), number))


@contextmanager
def _opened(index: Index, document: str) -> Iterator[_Pdf]:
    """The PDF of a document, no other thread at work on any."""
    import pypdfium2

    path = _path(index, document)
    if path is None or path.suffix.lower() != ".pdf":
        raise PlaceMissing(_NO_PDF)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PlaceMissing(_GONE) from error
    if hashlib.sha256(data).hexdigest() not in {source.sha256 for source in index.manifest.sources}:
        raise PlaceMissing(_CHANGED)
    with _PDFIUM:
        try:
            with closing(pypdfium2.PdfDocument(data)) as opened:
                yield _Pdf(opened)
        except pypdfium2.PdfiumError as error:
            raise PlaceMissing(_UNREADABLE) from error


def _find(index: Index, citation: Citation, pdf: _Pdf) -> tuple[Stretch, ...]:
    """Where the words of a citation stand; nowhere where the document no longer holds them at their place."""
    report, passage = _report(index, citation.document), index.by_id.get(citation.passage)
    if passage is None or report.text[citation.start : citation.end] != citation.quote:
        return ()
    words = words_around(report, passage, (citation.start, citation.end))
    return locate(words, [pdf.sheet(number) for number in sheets_of(report, passage) if number <= pdf.count])


def _characters(page: PdfPage) -> tuple[PdfTextPage, list[str]]:
    """The characters of a page in the order of the file, and what knows their places."""
    from pypdfium2 import raw

    text = page.get_textpage()
    codes = (raw.FPDFText_GetUnicode(text, at) for at in range(text.count_chars()))
    return text, [chr(code) if code < _UNICODES else "" for code in codes]


def _sheet(page: PdfPage, number: int) -> Sheet:
    read: list[str] = []
    breaks = {0}
    for char in _characters(page)[1]:
        if char in _LINE_ENDS:
            breaks.add(len(read))
        read += letters_of(char)
    return Sheet(number, "".join(read), frozenset(breaks | {len(read)}))


def _boxes(page: PdfPage, stretch: Stretch, number: int) -> list[Box]:
    """The places of these letters, one box for each run of them on a line."""
    from pypdfium2 import PdfPosConv

    text, chars = _characters(page)
    # A ligature is several letters in one place.
    places = [at for at, char in enumerate(chars) for _ in letters_of(char)][stretch.first : stretch.last]
    canvas = PdfPosConv(page, (0, 0, _UNITS, _UNITS, 0))
    width, height = page.get_size()
    lines: list[_Rectangle] = []
    for at in dict.fromkeys(places):
        left, bottom, right, top = text.get_charbox(at)
        corners = canvas.to_bitmap(left, bottom), canvas.to_bitmap(right, top)
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
        x, y = width / _UNITS, height / _UNITS
        letter = _Rectangle(x0 * x, y0 * y, x1 * x, y1 * y)
        if lines and lines[-1].goes_on_with(letter):
            lines[-1] = lines[-1].joined(letter)
        else:
            lines.append(letter)
    return [Box(number, r.x0 / width, r.y0 / height, (r.x1 - r.x0) / width, (r.y1 - r.y0) / height) for r in lines]


@dataclass(frozen=True, slots=True)
class _Rectangle:
    """Where letters stand on the sheet as it is read, in points from its upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    def goes_on_with(self, letter: _Rectangle) -> bool:
        """Whether a letter stands to the right on the same line, and in the same column."""
        height = max(self.y1 - self.y0, letter.y1 - letter.y0)
        shared = min(self.y1, letter.y1) - max(self.y0, letter.y0)
        gap = letter.x0 - self.x1
        return shared > 0 and -height < gap < _GAP * height

    def joined(self, letter: _Rectangle) -> _Rectangle:
        """Both in one."""
        return _Rectangle(
            min(self.x0, letter.x0), min(self.y0, letter.y0), max(self.x1, letter.x1), max(self.y1, letter.y1)
        )


def _drawn(page: PdfPage, width: int) -> tuple[bytes, tuple[int, int]]:
    """The PNG of a page, and its size in pixels."""
    scale = min(width / page.get_width(), (MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5)
    picture = page.render(scale=scale).to_pil()
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue(), picture.size
