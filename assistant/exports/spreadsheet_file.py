"""The comparisons of a document as a spreadsheet: each on a sheet, its references as notes, and a list of these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from assistant.answer import UNSAID
from assistant.exports import wording
from assistant.exports.document import Comparison, Document, Phrase, Reference
from assistant.exports.package import dated

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@")
_LONGEST = 32_767
"""Characters that a cell holds at most."""
_HEAD_FILL = PatternFill("solid", start_color="E5E7EB")
_WIDTHS = (6, 34, 44, 28, 80, 20, 12, 30)
"""Of the columns of the list, in characters."""
_NOTE_PX = (320, 480)
"""Height and width of a note."""
_LINE_PT, _TALLEST_PT = 15, 409
"""Points of a line, and of a row at most."""


def spreadsheet_file(document: Document) -> bytes:
    """The file; the same document always gives the same bytes. Every cell holds text or a number, never a formula."""
    book = Workbook()
    book.remove(book.active)
    references = {reference.number: reference for reference in document.references}
    for rank, comparison in enumerate(document.comparisons, 1):
        name = wording.COMPARISON_SHEET if rank == 1 else f"{wording.COMPARISON_SHEET} {rank}"
        _fill_comparison(book.create_sheet(name), comparison, references)
    _fill_citations(book.create_sheet(wording.CITATIONS_SHEET), document)
    return dated(_saved(book, document), document.date)


def _fill_comparison(sheet: Worksheet, comparison: Comparison, references: Mapping[int, Reference]) -> None:
    for column, head in enumerate((comparison.corner, *comparison.heads), 1):
        _write_head(sheet, 1, column, head)
    for row, said in enumerate(comparison.rows, 2):
        _write_head(sheet, row, 1, said.head)
        for column, phrases in enumerate(said.cells, 2):
            cell = _write(sheet, row, column, "\n".join(map(_marked, phrases)) or UNSAID)
            numbers = dict.fromkeys(number for phrase in phrases for number in phrase.references)
            if numbers:
                note = "\n".join(f"[{number}] {references[number].text}" for number in numbers)
                cell.comment = Comment(note, wording.AUTHOR, *_NOTE_PX)
    _lay_out(sheet, (28, *(50 for _ in comparison.heads)), frozen="B2")


def _fill_citations(sheet: Worksheet, document: Document) -> None:
    for column, head in enumerate(wording.CITATION_HEADS, 1):
        _write_head(sheet, 1, column, head)
    for row, reference in enumerate(document.references, 2):
        state = wording.REPAIRED if reference.repaired else wording.VERIFIED
        places = (reference.document, reference.fiche, reference.heading, reference.quote, reference.page)
        sheet.cell(row, 1, reference.number).alignment = Alignment(vertical="top")
        for column, value in enumerate((*places, state, reference.passage), 2):
            _write(sheet, row, column, value)
    _write(sheet, len(document.references) + 3, 2, document.foot)
    _lay_out(sheet, _WIDTHS, frozen="A2")


def _write_head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = _write(sheet, row, column, text)
    cell.font = Font(bold=True)
    cell.fill = _HEAD_FILL


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that stays one, whatever it starts with, also where the cell is edited or saved as CSV."""
    cell: Cell = sheet.cell(row, column)
    cell.value = text[:_LONGEST]
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = text.startswith(_FORMULA)
    return cell


def _marked(phrase: Phrase) -> str:
    return f"{phrase.text} {phrase.marks}"


def _lay_out(sheet: Worksheet, widths: tuple[int, ...], frozen: str) -> None:
    """Set the widths, and heights that show all lines, since not every program finds these by itself."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        lines = max(_lines(str(value or ""), width) for value, width in zip(cells, widths, strict=True))
        sheet.row_dimensions[row].height = min(_TALLEST_PT, lines * _LINE_PT + 3)
    sheet.freeze_panes = frozen
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many digits wide, which letters are a little narrower than."""
    return sum(max(1, len(wrap(line, width * 9 // 8))) for line in text.split("\n"))


def _saved(book: Workbook, document: Document) -> bytes:
    """Save the workbook as made on the date of the document; its own way of saving writes today's."""
    properties = book.properties
    properties.title = document.title
    properties.creator = properties.lastModifiedBy = wording.AUTHOR
    properties.language = wording.LANGUAGE
    properties.created = properties.modified = document.date.astimezone(UTC).replace(tzinfo=None)
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        ExcelWriter(book, archive).save()
    return made.getvalue()
