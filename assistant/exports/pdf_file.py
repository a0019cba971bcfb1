"""A document as a PDF, its references at the end: each number leads to its reference, each reference back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from io import BytesIO
from itertools import zip_longest
from math import ceil
from typing import Any

from fpdf import FPDF, ViewerPreferences

from assistant.answer import UNSAID
from assistant.exports import wording
from assistant.exports.document import (
    BOX,
    Block,
    Comparison,
    Document,
    Grid,
    Heading,
    Phrase,
    Reference,
    Role,
    Ruled,
    Text,
    tied,
)

UNKNOWN = BOX
"""Shown in the place of a character that the font lacks: it has all those of French, and of most of Europe."""
_SAME = str.maketrans({"\u202f": "\u00a0", "\u2010": "-", "\u2011": "-"})
_FONT = "Source Serif Pro"
_FACES = {"": "Regular", "B": "Bold"}
_INK, _SOFT, _RULE = (31, 42, 55), (75, 85, 99), (156, 163, 175)
_MARGIN, _PROSE, _HEAD, _GAP = 25.0, 160.0, 39.0, 4.0
"""Millimetres: around a sheet, of a line of text, of the column that heads a comparison, between two columns."""
_LINE = 1.4
"""The height of a line, in heights of its characters."""
_BULLET, _INDENT = "•", 6.0
_SIZES = {1: 14, 2: 12, 3: 11}
"""Points of a heading of each level."""
_FIRST_LINES, _CAPTIONED = 3, 5
"""Lines that stay on the page of their heading, and those that a caption needs under it, itself among them."""
_RULED, _COMPARED = 9.0, 50.0
"""Millimetres between two lines to write on, and of the head of a comparison with its first lines."""
_Line = tuple[str, bool, tuple[int, ...]]
"""A line of a cell: its text, whether it is bold, and the references whose marks end it."""


def pdf_file(document: Document) -> bytes:
    """The file, on A4; the same document always gives the same bytes."""
    pdf = _Pdf(document)
    pdf.title_of(document)
    for at, (block, after) in enumerate(zip_longest(document.blocks, document.blocks[1:])):
        if isinstance(block, Heading) and block.fresh:
            pdf.add_page()
        elif isinstance(block, Heading) or isinstance(after, Ruled):
            pdf.keep(pdf.depth(document.blocks[at:]))
        if isinstance(block, Comparison):
            pdf.compare(block)
        elif isinstance(block, Heading):
            pdf.open(block)
        elif isinstance(block, Grid):
            pdf.grid(block)
        elif isinstance(block, Ruled):
            pdf.ruled(block)
        else:
            pdf.say(block)
    if document.foot:
        pdf.paragraph(document.foot, ink=_SOFT)
    pdf.refer(document.references)
    made = BytesIO()
    pdf.output(made)
    return made.getvalue()


class _Pdf(FPDF):
    """Sheets of paper with what a document needs: paragraphs, lists, marks, a table, references."""

    def __init__(self, document: Document) -> None:
        super().__init__(orientation="landscape" if document.wide else "portrait", format="A4")
        fonts = resources.files("font_source_serif_pro").joinpath("files")
        for style, face in _FACES.items():
            with resources.as_file(fonts.joinpath(f"SourceSerifPro-{face}.ttf")) as path:
                self.add_font(_FONT, style, path)
        faces: Iterable[Any] = self.fonts.values()
        self.known = frozenset.intersection(*(frozenset(face.cmap) for face in faces))
        # The mark that would become the number of pages could stand in a question.
        self.str_alias_nb_pages = ""
        self.set_margin(_MARGIN)
        self.c_margin = 0
        self.set_right_margin(max(_MARGIN, self.w - _MARGIN - _PROSE))
        self.set_auto_page_break(True, _MARGIN)
        self.set_title(document.title)
        self.set_author(wording.AUTHOR)
        self.set_creator(wording.AUTHOR)
        self.set_lang(wording.LANGUAGE)
        self.set_creation_date(document.date)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.to_reference = {reference.number: self.add_link(page=1) for reference in document.references}
        self.to_call: dict[int, int] = {}
        self.add_page()

    def footer(self) -> None:
        """The number of the page."""
        self.dress(9, ink=_SOFT)
        self.set_xy(0, -15)
        self.cell(self.w, 5, str(self.page_no()), align="C")

    def dress(self, size: float, bold: bool = False, ink: tuple[int, int, int] = _INK) -> None:
        """Take a size, in points, a face and an ink."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(*ink)

    @property
    def line_height(self) -> float:
        """The height of a line of the font in use, in millimetres."""
        return self.font_size * _LINE

    def shown(self, text: str) -> str:
        """A text in the characters that the font has."""
        return "".join(map(self._shown, unicodedata.normalize("NFC", tied(text)).translate(_SAME)))

    def _shown(self, char: str) -> str:
        if ord(char) in self.known:
            return char
        if char.isspace():
            return " "
        # An accent without its letter, and what joins two letters, show nothing of their own.
        return "" if unicodedata.category(char) in ("Mn", "Me", "Cf") else UNKNOWN

    def title_of(self, document: Document) -> None:
        """The title of the document, and its date."""
        self.paragraph(document.title, 20, bold=True)
        self.paragraph(document.subtitle, ink=_SOFT)

    def paragraph(self, text: str, size: float = 11, bold: bool = False, ink: tuple[int, int, int] = _INK) -> None:
        """A paragraph of one kind of words."""
        self.dress(size, bold, ink)
        self.flow(text)
        self.ln(self.line_height + 2)

    def say(self, text: Text) -> None:
        """A question, a remark, an answer, or a list."""
        if text.role is Role.QUESTION:
            self.head(text.phrases[0].text)
            return
        if text.caption:
            self.caption(text)
        self.dress(11, ink=_SOFT if text.role is Role.REMARK else _INK)
        for at, phrase in enumerate(text.phrases):
            if text.listed:
                with self.indented(_INDENT, BOX if text.role is Role.CHOICES else _BULLET):
                    self.phrase(phrase)
            else:
                if at:
                    self.write(self.line_height, " ")
                self.phrase(phrase)
        self.ln(2 if text.listed else self.line_height + 2)

    def head(self, text: str) -> None:
        """A heading, in the outline too, never the last line of a page."""
        self.dress(14, bold=True)
        if self.will_page_break(5 * self.line_height):
            self.add_page()
        self.ln(3)
        self.start_section(text)
        self.paragraph(text, 14, bold=True)

    def keep(self, depth: float) -> None:
        """Start a new page where so many millimetres do not stand on this one."""
        if self.will_page_break(min(depth, self.eph - 1)):
            self.add_page()

    def open(self, heading: Heading) -> None:
        """A heading, in the outline too."""
        self.ln(3)
        self.dress(_SIZES[heading.level], bold=True)
        self.start_section(heading.text, heading.level - 1)
        self.flow(heading.text)
        if heading.note:
            self.dress(_SIZES[heading.level], ink=_SOFT)
            self.put(" ")
            self.flow(f"{wording.NOTED.lstrip()}{heading.note}")
        self.ln(self.line_height + 1)

    def depth(self, blocks: Sequence[Block]) -> float:
        """How deep the first block is, with what must stand on its page: what it heads or opens, lines to write on."""
        block, *after = blocks
        if isinstance(block, Ruled):
            return block.lines * _RULED
        if isinstance(block, Grid):
            return self.depth_of(block)
        if isinstance(block, Comparison):
            return _COMPARED
        followed = bool(after) and not (isinstance(after[0], Heading) and after[0].fresh)
        if isinstance(block, Heading):
            self.dress(_SIZES[block.level], bold=True)
            own = self.lines_of(block.line, self.epw) * self.line_height + 4
            return own + (self.depth(after) if followed else 0)
        self.dress(11)
        lines = sum(self.lines_of(f"{p.lead} {p.text} {p.marks}", self.epw - _INDENT) for p in block.phrases)
        own = _CAPTIONED * self.line_height if block.caption else 0.0
        if followed and (block.role is Role.REMARK or isinstance(after[0], Ruled)):
            return own + lines * self.line_height + 2 + self.depth(after)
        return own + (lines if block.role is Role.CHOICES else min(lines, _FIRST_LINES)) * self.line_height

    def depth_of(self, grid: Grid) -> float:
        """How deep a plain table is."""
        self.dress(11)
        depth = self.line_height + 4 if grid.caption else 0
        self.dress(9.5)
        for row in (grid.heads, *grid.rows):
            cells = zip(row, self.widths_of(grid), strict=True)
            depth += max(self.lines_of(text, width - _GAP) for text, width in cells) * self.line_height + 2
        return depth

    def widths_of(self, grid: Grid) -> list[float]:
        """The widths of its columns, which share those of the text."""
        return [self.epw * part / sum(grid.widths) for part in grid.widths]

    def lines_of(self, text: str, width: float) -> int:
        """How many lines a text takes in the font in use, at most: a twentieth of each is left to its uneven end."""
        return ceil(1.05 * self.get_string_width(self.shown(text)) / width)

    def caption(self, text: Text | Grid) -> None:
        """What stands over a list or a table, on the page of its first lines."""
        self.keep(_CAPTIONED * self.line_height)
        self.ln(2)
        self.dress(11, bold=True)
        self.flow(text.caption)
        self.ln(self.line_height + 0.5)

    def ruled(self, ruled: Ruled) -> None:
        """Lines to write on."""
        self.set_draw_color(*_RULE)
        for _ in range(ruled.lines):
            if self.will_page_break(_RULED):
                self.add_page()
            self.ln(_RULED)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(4)

    def grid(self, grid: Grid) -> None:
        """A plain table over the width of the text, whole on one page where it is no longer than that."""
        self.keep(self.depth_of(grid))
        if grid.caption:
            self.caption(grid)
        self.draw(grid.heads, [[[Phrase(text)] for text in row] for row in grid.rows], self.widths_of(grid))

    @contextmanager
    def indented(self, indent: float, label: str, link: int | None = None) -> Iterator[None]:
        """An item: its label, then lines under one another, `indent` millimetres further."""
        margin = self.l_margin
        self.cell(indent, self.line_height, label, link=link)
        self.set_left_margin(margin + indent)
        yield
        self.set_left_margin(margin)
        self.ln(self.line_height)

    def phrase(self, phrase: Phrase) -> None:
        """A phrase and its marks, the last word never parted from these."""
        if phrase.lead:
            self.set_font(style="B")
            self.flow(f"{phrase.lead} ")
            self.set_font(style="")
        self.flow(phrase.text, room=self.get_string_width(phrase.marks))
        self.marks(phrase.references)

    def flow(self, text: str, room: float = 0) -> None:
        """Words from the place reached on, none cut that a line can hold, with millimetres left after the last."""
        line = ""
        words = self.shown(text).split(" ")
        for at, word in enumerate(words, 1):
            longer = f"{line} {word}" if line else word
            end = self.x + self.get_string_width(longer) + (room if at == len(words) else 0)
            if end > self.w - self.r_margin and (line or self.x > self.l_margin):
                self.put(line)
                self.ln(self.line_height)
                line = word
            else:
                line = longer
        self.put(line)

    def put(self, text: str) -> None:
        """Words of one line, in one piece."""
        if text:
            self.cell(self.get_string_width(text), self.line_height, text)

    def marks(self, numbers: Sequence[int]) -> None:
        """The raised numbers of references, each a link."""
        self.char_vpos = "SUP"
        for at, number in enumerate(numbers):
            self.write(self.line_height, ", " if at else "\u00a0")
            self.called(number)
            self.write(self.line_height, str(number), link=self.to_reference[number])
        self.char_vpos = "LINE"

    def called(self, number: int) -> None:
        """Remember where a reference is called first: what leads back to."""
        if number not in self.to_call:
            self.to_call[number] = self.add_link(y=self.y, page=self.page)

    def compare(self, comparison: Comparison) -> None:
        """A table over the whole width, cut between two lines where a page ends, its heads on each page."""
        self.keep(_COMPARED)
        self.paragraph(comparison.caption, bold=True)
        width = self.w - 2 * _MARGIN - _HEAD
        widths = [_HEAD, *(width / len(comparison.heads) for _ in comparison.heads)]
        rows = [[[Phrase(row.head)], *(cell or [Phrase(UNSAID)] for cell in row.cells)] for row in comparison.rows]
        prose, self.r_margin = self.r_margin, _MARGIN
        self.draw((comparison.corner, *comparison.heads), rows, widths, headed=True)
        self.r_margin = prose

    def draw(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Sequence[Phrase]]],
        widths: Sequence[float],
        headed: bool = False,
    ) -> None:
        """Rows of cells under their heads; `headed`: the first cell of each is a head too."""
        self.dress(9.5)
        top = [
            list(self.cell_lines([Phrase(head)], width, bold=True)) for head, width in zip(heads, widths, strict=True)
        ]
        self.row(top, widths, ())
        for row in rows:
            cells = [
                list(self.cell_lines(cell, width, bold=headed and not at))
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.row(cells, widths, top)
        self.rule(widths)
        self.ln(4)

    def cell_lines(self, phrases: Sequence[Phrase], width: float, bold: bool = False) -> Iterator[_Line]:
        """The lines of a cell, the marks of each phrase on its last."""
        self.set_font(style="B" if bold else "")
        for phrase in phrases:
            marks = f"\u00a0{phrase.marks}" if phrase.references else ""
            said = self.shown(phrase.text) + marks
            lines: Any = self.multi_cell(width - _GAP, text=said, align="L", dry_run=True, output="LINES")
            yield from ((line, bold, ()) for line in lines[:-1])
            yield lines[-1], bold, phrase.references

    def row(self, cells: Sequence[Sequence[_Line]], widths: Sequence[float], top: Sequence[Sequence[_Line]]) -> None:
        """Draw a row line by line; `top` is the row of heads that a new page starts with."""
        self.rule(widths)
        total = max(map(len, cells))
        for at in range(total):
            # The first lines of a row stay together.
            if self.will_page_break(self.line_height * (1 if at else min(total, 3))):
                self.add_page()
                if top:
                    self.row(top, widths, ())
                self.rule(widths)
            x, y = _MARGIN, self.y
            for lines, width in zip(cells, widths, strict=True):
                self.set_xy(x, y)
                if at < len(lines):
                    self.cell_line(lines[at])
                x += width
            self.set_xy(_MARGIN, y + self.line_height)
        self.ln(1)

    def cell_line(self, line: _Line) -> None:
        """One line of a cell, at the place reached; its marks are links."""
        text, bold, numbers = line
        self.set_font(style="B" if bold else "")
        marks = "".join(f"[{number}]" for number in numbers)
        before = text.removesuffix(marks)
        if before:
            self.cell(self.get_string_width(before), self.line_height, before)
        for number in numbers if before != text else ():
            self.called(number)
            mark = f"[{number}]"
            self.cell(self.get_string_width(mark), self.line_height, mark, link=self.to_reference[number])

    def rule(self, widths: Sequence[float]) -> None:
        """A thin line over a row."""
        self.set_draw_color(*_RULE)
        self.line(_MARGIN, self.y, _MARGIN + sum(widths), self.y)
        self.ln(1)

    def refer(self, references: Sequence[Reference]) -> None:
        """The references, each led to from its calls, and leading back to the first."""
        if references:
            self.head(wording.REFERENCES)
        self.dress(10)
        for reference in references:
            if self.will_page_break(2 * self.line_height):
                self.add_page()
            self.set_link(self.to_reference[reference.number], y=self.y, page=self.page)
            with self.indented(_INDENT + 4, f"{reference.number}.", self.to_call.get(reference.number)):
                self.flow(reference.text)
