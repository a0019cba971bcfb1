"""A document as a Word file, its references as real footnotes.

python-docx has no footnotes of its own: the part that holds them is added here, with its separators, its styles and
what the settings say of them. A reference that comes back is not a second footnote but a field that repeats its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.story import StoryPart
from docx.shared import Cm, Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

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
from assistant.exports.package import dated

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell

_STYLES = {
    Role.QUESTION: "Heading 1",
    Role.REMARK: "Body Text",
    Role.PLACES: "List Bullet",
    Role.ANSWER: "Normal",
    Role.ITEMS: "List Bullet",
    Role.PROPOSAL: "Normal",
    Role.PROPOSALS: "List Bullet",
    Role.CHOICES: "Choix",
}
_NOTE_TEXT, _NOTE_MARK = "footnote text", "footnote reference"
_CELL, _RULED, _NOTE = "Cellule", "Lignes", "Mention"
_KEPT = re.compile(
    r"Normal|Default Paragraph Font|Normal Table|No List|Title|Subtitle|Heading 1|Body Text|Caption|Strong|Emphasis|"
    r"Table Grid|Footer|List (Bullet|Number)( [23])?"
)
"""The styles of the template that are used, that its numbering names, or that every document has."""
_KEPT_OF_PARTS = re.compile(r"Heading [23]")
"""Those that a document with headings uses besides."""
_HEAD_WIDTH, _HANGING = Cm(3.4), Cm(0.7)
_INK, _SOFT = RGBColor(0x1F, 0x2A, 0x37), RGBColor(0x4B, 0x55, 0x63)
_FONT = "Calibri"


def word_file(document: Document) -> bytes:
    """The file; the same document always gives the same bytes."""
    word = docx.Document()
    _drop_leftovers(word)
    _set_styles(word, document.parted)
    _set_language(word)
    _set_properties(word, document)
    _set_page(word, document.wide)
    if document.parted:
        _set_styles_of_parts(word)
    notes = _Notes(word, document.references)
    word.add_paragraph(tied(document.title), "Title")
    word.add_paragraph(document.subtitle, "Subtitle")
    around = zip_longest((None, *document.blocks[:-1]), document.blocks, document.blocks[1:])
    for before, block, after in around:
        if isinstance(block, Comparison):
            _add_comparison(word, block, notes)
        elif isinstance(block, Heading):
            _add_heading(word, block)
        elif isinstance(block, Grid):
            _add_grid(word, block)
        elif isinstance(block, Ruled):
            _add_lines(word, block)
        else:
            _add_text(word, block, notes, keep=_leads(before, block, after))
    if document.foot:
        word.add_paragraph(document.foot, "Body Text")
    made = BytesIO()
    word.save(made)
    return dated(made.getvalue(), document.date)


def _leads(before: Block | None, text: Text, after: Block | None) -> bool:
    """Whether a text stays on the page of what comes after it: lines to write on, or what its heading is of."""
    return isinstance(after, Ruled) or (text.role is Role.REMARK and isinstance(before, Heading))


def _add_text(word: WordDocument, text: Text, notes: _Notes, keep: bool) -> None:
    """A paragraph or a list; the choices of a question stay together."""
    if text.caption:
        word.add_paragraph(tied(text.caption), "Caption").paragraph_format.keep_with_next = True
    groups = [(phrase,) for phrase in text.phrases] if text.listed else [text.phrases]
    chosen = text.role is Role.CHOICES
    for at, phrases in enumerate(groups, 1):
        paragraph = word.add_paragraph(f"{BOX}\t" if chosen else "", _STYLES[text.role])
        if keep or (chosen and at < len(groups)):
            paragraph.paragraph_format.keep_with_next = True
        _fill(paragraph, phrases, notes)


def _add_heading(word: WordDocument, heading: Heading) -> None:
    paragraph = word.add_paragraph(tied(heading.text), f"Heading {heading.level}")
    if heading.note:
        paragraph.add_run(f"{wording.NOTED}{tied(heading.note)}", _NOTE)
    if heading.fresh:
        paragraph.paragraph_format.page_break_before = True


def _add_lines(word: WordDocument, ruled: Ruled) -> None:
    """Dotted lines over the width of the page, never parted."""
    for at in range(1, ruled.lines + 1):
        word.add_paragraph("\t", _RULED).paragraph_format.keep_with_next = at < ruled.lines


def _add_grid(word: WordDocument, grid: Grid) -> None:
    """A plain table, whole on one page where it is no longer than that."""
    if grid.caption:
        word.add_paragraph(tied(grid.caption), "Caption").paragraph_format.keep_with_next = True
    table = word.add_table(len(grid.rows) + 1, len(grid.heads), "Table Grid")
    _set_widths(table, [_room(word) * part // sum(grid.widths) for part in grid.widths])
    for at, (row, texts) in enumerate(zip(table.rows, (grid.heads, *grid.rows), strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            paragraph = _paragraph_of(cell)
            paragraph.add_run(tied(text), None if at else "Strong")
            paragraph.paragraph_format.keep_with_next = at < len(grid.rows)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph()


def _fill(paragraph: Paragraph, phrases: tuple[Phrase, ...], notes: _Notes) -> None:
    for at, phrase in enumerate(phrases):
        if at:
            paragraph.add_run(" ")
        if phrase.lead:
            paragraph.add_run(tied(phrase.lead), "Strong")
            paragraph.add_run(" ")
        paragraph.add_run(tied(phrase.text))
        for rank, number in enumerate(phrase.references):
            # A narrow space, so that the mark of « 2012 » is not read with it.
            paragraph.add_run(", " if rank else "\u202f", _NOTE_MARK)
            notes.call(paragraph, number)


def _add_comparison(word: WordDocument, comparison: Comparison, notes: _Notes) -> None:
    """A table whose first row comes back on each page."""
    word.add_paragraph(comparison.caption, "Caption").paragraph_format.keep_with_next = True
    table = word.add_table(len(comparison.rows) + 1, len(comparison.heads) + 1, "Table Grid")
    _set_widths(table, [_HEAD_WIDTH, *[(_room(word) - _HEAD_WIDTH) // len(comparison.heads)] * len(comparison.heads)])
    for cell, head in zip(table.rows[0].cells, (comparison.corner, *comparison.heads), strict=True):
        _paragraph_of(cell).add_run(head, "Strong")
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
    for row, said in zip(table.rows[1:], comparison.rows, strict=True):
        head, *cells = row.cells
        _paragraph_of(head).add_run(said.head, "Strong")
        for cell, phrases in zip(cells, said.cells, strict=True):
            paragraph = _paragraph_of(cell)
            if not phrases:
                paragraph.add_run(UNSAID, "Emphasis")
            for at, phrase in enumerate(phrases):
                _fill(cell.add_paragraph(style=_CELL) if at else paragraph, (phrase,), notes)
    word.add_paragraph()


def _room(word: WordDocument) -> int:
    """The width of a line of the page."""
    section: Any = word.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Length(width)
        for cell in column.cells:
            cell.width = column.width


def _paragraph_of(cell: _Cell) -> Paragraph:
    """The paragraph that a new cell has."""
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = _CELL
    return paragraph


class _Notes:
    """The footnotes of a Word file: one for each reference, made where it is first called."""

    def __init__(self, word: WordDocument, references: tuple[Reference, ...]) -> None:
        self.references = {reference.number: reference for reference in references}
        self.called: set[int] = set()
        root = parse_xml(
            f"<w:footnotes {nsdecls('w', 'r')}>{_separator(-1, 'separator')}{_separator(0, 'continuationSeparator')}"
            "</w:footnotes>"
        )
        name = PackURI("/word/footnotes.xml")
        self.part = StoryPart(name, CONTENT_TYPE.WML_FOOTNOTES, root, word.part.package)
        word.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        separators = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        )
        word.settings.element.find(qn("w:compat")).addprevious(separators)

    def call(self, paragraph: Paragraph, number: int) -> None:
        """Put the mark of a reference at the end of a paragraph."""
        if number in self.called:
            field = _element("w:fldSimple", {"w:instr": f" NOTEREF note{number} \\f \\h "})
            run = paragraph.add_run(str(number), _NOTE_MARK)
            run._r.addprevious(field)
            field.append(run._r)
            return
        self.called.add(number)
        self._write(self.references[number])
        run = paragraph.add_run(style=_NOTE_MARK)
        run._r.append(_element("w:footnoteReference", {"w:id": str(number)}))
        run._r.addprevious(_element("w:bookmarkStart", {"w:id": str(number), "w:name": f"note{number}"}))
        run._r.addnext(_element("w:bookmarkEnd", {"w:id": str(number)}))

    def _write(self, reference: Reference) -> None:
        note = _element("w:footnote", {"w:id": str(reference.number)})
        self.part.element.append(note)
        note.append(OxmlElement("w:p"))
        paragraph = Paragraph(note[0], self.part)
        paragraph.style = _NOTE_TEXT
        paragraph.add_run(style=_NOTE_MARK)._r.append(OxmlElement("w:footnoteRef"))
        paragraph.add_run(f" {tied(reference.text)}")


def _element(tag: str, attributes: dict[str, str]) -> Any:
    return OxmlElement(tag, {qn(name): value for name, value in attributes.items()})


def _separator(identifier: int, kind: str) -> str:
    spacing = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
    return f'<w:footnote w:type="{kind}" w:id="{identifier}"><w:p>{spacing}<w:r><w:{kind}/></w:r></w:p></w:footnote>'


def _drop_leftovers(word: WordDocument) -> None:
    """Take out what is the template's alone: the picture of its first page, and its styles for older readers."""
    for relations in (word.part.package.rels, word.part.rels):
        for name in [n for n, part in relations.items() if part.reltype.endswith(("/thumbnail", "/stylesWithEffects"))]:
            del relations[name]


def _set_styles(word: WordDocument, parted: bool) -> None:
    """Calm styles: one font, one ink, and those of footnotes and of cells, which the template lacks."""
    styles: Any = word.styles
    for style in list(styles):
        # A hundred others would make each look-up of a style slow, and the list that a reader chooses from long.
        name = style.name.removesuffix(" Char")
        if not _KEPT.fullmatch(name) and not (parted and _KEPT_OF_PARTS.fullmatch(name)):
            style.delete()
    for fonts in styles.element.iter(qn("w:rFonts")):
        # Where a font of the theme is named, it is the one that Word takes.
        for name in [n for n in fonts.attrib if n.endswith("Theme")]:
            del fonts.attrib[name]
        fonts.set(qn("w:ascii"), _FONT)
        fonts.set(qn("w:hAnsi"), _FONT)
    mark = styles.add_style(_NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.style_id = "FootnoteReference"
    mark.font.superscript = True
    note = styles.add_style(_NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    note.style_id = "FootnoteText"
    cell = styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    for style in (note, cell):
        style.base_style = styles["Normal"]
        style.paragraph_format.line_spacing = 1.0
    _set_style(styles["Title"], 20, after=4, bold=True)
    _set_style(styles["Subtitle"], 11, after=12, ink=_SOFT)
    _set_style(styles["Heading 1"], 14, after=6, before=18, bold=True)
    _set_style(styles["Normal"], 11, after=8)
    _set_style(styles["Body Text"], 11, after=8, ink=_SOFT)
    _set_style(styles["List Bullet"], 11, after=4)
    _set_style(styles["Caption"], 11, after=6, bold=True)
    _set_style(note, 9, after=2)
    _set_style(cell, 10, before=2, after=2)
    border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
    border.getparent().remove(border)


def _set_styles_of_parts(word: WordDocument) -> None:
    """The styles of what headings part: headings under headings, choices to tick, lines to write on."""
    styles: Any = word.styles
    _set_style(styles["Heading 2"], 12, after=4, before=14, bold=True)
    _set_style(styles["Heading 3"], 11, after=4, before=8, bold=True)
    _set_style(styles["Caption"], 11, after=3, before=8, bold=True)
    note = styles.add_style(_NOTE, WD_STYLE_TYPE.CHARACTER)
    note.font.bold = False
    note.font.size = Pt(10)
    note.font.color.rgb = _SOFT
    choice = styles.add_style(_STYLES[Role.CHOICES], WD_STYLE_TYPE.PARAGRAPH)
    ruled = styles.add_style(_RULED, WD_STYLE_TYPE.PARAGRAPH)
    for style in (choice, ruled):
        style.base_style = styles["Normal"]
    _set_style(choice, 11, after=4)
    choice.paragraph_format.left_indent, choice.paragraph_format.first_line_indent = _HANGING, -_HANGING
    choice.paragraph_format.tab_stops.add_tab_stop(_HANGING)
    choice.paragraph_format.keep_together = True
    _set_style(ruled, 11, after=0, before=8, ink=_SOFT)
    ruled.paragraph_format.tab_stops.add_tab_stop(Length(_room(word)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_style(
    style: ParagraphStyle, size: float, after: float, before: float = 0, bold: bool = False, ink: RGBColor = _INK
) -> None:
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = ink
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def _set_language(word: WordDocument) -> None:
    """French for the spelling of the text, and for those who hear it."""
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), wording.LANGUAGE)
    word.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), wording.LANGUAGE)
    word.settings.element.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    word.settings.element.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _set_properties(word: WordDocument, document: Document) -> None:
    properties = word.core_properties
    # The format takes no title of more than 255 characters.
    properties.title = document.title[:255]
    properties.author = properties.last_modified_by = wording.AUTHOR
    properties.language = wording.LANGUAGE
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = document.date
    properties.revision = 1


def _set_page(word: WordDocument, wide: bool) -> None:
    """A sheet of A4, turned for a wide comparison, with its number at the foot."""
    section = word.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    footer = section.footer.paragraphs[0]
    field = _element("w:fldSimple", {"w:instr": " PAGE "})
    run = footer.add_run("1")
    footer._p.append(field)
    field.append(run._r)
