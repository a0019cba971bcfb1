"""A kit as a PowerPoint file: one slide a sequence and what it works on, the proofs of each in its notes.

A slide holds what can be read from the back of a room; what does not fit goes on to a next one. Each statement of the
report has a number, under which the notes give its place and its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from assistant.answer import UNSAID, Answer, Citation
from assistant.exports import wording
from assistant.exports.document import cleaned, document_of, tied
from assistant.exports.package import dated
from assistant.kits.kit import Case, Discussion, Item, ItemKind, Kit, Origin, Statement
from assistant.kits.kit import Sequence as Stretch
from assistant.kits.request import AUDIENCES
from assistant.kits.timetable import clock, length, timetable
from assistant.wording import place_of
from ingest.records import Fiche

_INK, _SOFT, _ACCENT, _PAPER = map(RGBColor.from_string, ("1D2326", "4B5563", "0F5C66", "FFFFFF"))
_FONT = "Calibri"
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _TOP, _ROOM, _DEPTH = Inches(0.8), Inches(1.75), Inches(11.7), Inches(4.95)
"""Of the body of a slide: where it starts, how wide and how deep it is."""
_TITLE, _BODY, _SMALL, _LARGE = 32, 20, 16, 28
"""Points of a title, of the body, of what stands beside it and of a question for all."""
_CHARACTER = 0.5
"""The width of a character, in heights of its font; Calibri's are narrower, so that nothing runs over."""
_LINE = 1.2
_ROWS, _COLUMNS = 9, 3
"""Rows of an outline, and columns of a comparison beside its heads, on one slide."""
_CELL = 14


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a slide. `gap` is the space before it, in points."""

    text: str
    size: int = _BODY
    lead: str = ""
    mark: str = ""
    soft: bool = False
    bold: bool = False
    gap: int = 8

    @property
    def height(self) -> float:
        """How many points it takes, at most."""
        characters = len(f"{self.lead} {self.text} {self.mark}")
        per_line = _ROOM.pt / (self.size * _CHARACTER)
        return float(-(-characters // per_line)) * self.size * _LINE + self.gap


def slides_file(kit: Kit, fiches: Sequence[Fiche], date: datetime) -> bytes:
    """The file; the same kit and date always give the same bytes."""
    deck = _Deck(kit, fiches)
    deck.open(date)
    for stretch in kit.sequences:
        deck.tell(stretch)
    deck.keep_in_reserve()
    deck.answer()
    deck.close()
    return deck.saved(date)


class _Deck:
    """The slides of a kit; a quote keeps its number from the first to the last."""

    def __init__(self, kit: Kit, fiches: Sequence[Fiche]) -> None:
        self.kit = kit
        self.fiches = fiches
        self.deck: Any = pptx.Presentation()
        self.numbers: dict[tuple[str, int, str], int] = {}
        self.told: set[str] = set()
        _widen(self.deck)

    def open(self, date: datetime) -> None:
        """The title, the aims and the outline."""
        request = self.kit.request
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[0])
        _write(slide.shapes.title, [_Line(self.kit.title.text, 40, bold=True)])
        people = f"{request.participants} participant{'s' if request.participants > 1 else ''}"
        for_whom = f"{AUDIENCES[request.audience].capitalize()}, {people}, {length(self.kit.minutes)}"
        made = [_Line(for_whom, _BODY), _Line(wording.made_on(date), _SMALL, soft=True)]
        _write(slide.placeholders[1], made)
        self._slide("Objectifs", self._lines([aim.statement for aim in self.kit.aims]), [])
        slots = timetable(self.kit)
        for day, of_day in groupby(slots, key=lambda slot: slot.day):
            rows = [(clock(s.start), s.sequence.title.text, length(s.sequence.minutes)) for s in of_day]
            title = "Déroulé" if slots[-1].day == 1 else f"Déroulé, jour {day}"
            for first in range(0, len(rows), _ROWS):
                self._table(title, ("Heure", "Séquence", "Durée"), rows[first : first + _ROWS], (1.5, 8.7, 1.5))

    def tell(self, stretch: Stretch) -> None:
        """A sequence, and the cases, discussions and questions that it works on."""
        title = f"{stretch.title.text} ({length(stretch.minutes)})"
        # Where there is something to convey, it has the room; what is done stands whole in the notes.
        done = stretch.activity[:1] if stretch.points else stretch.activity
        lines = [*self._lines(done, _SMALL if stretch.points else _BODY), *self._lines(stretch.points)]
        self._slide(title, lines, stretch.points, [f"{_whose(a)} {a.text}".strip() for a in stretch.activity])
        if stretch.kind == "comparison" and self.kit.comparison is not None:
            self._compare(self.kit.comparison)
            self.told.add("comparison")
        for held in stretch.holds:
            self._tell_of(held)

    def keep_in_reserve(self) -> None:
        """What no sequence works on."""
        held = [*(case.id for case in self.kit.cases), *(discussion.id for discussion in self.kit.discussions)]
        left = [identifier for identifier in held if identifier not in self.told]
        if left or (self.kit.comparison is not None and "comparison" not in self.told):
            self._slide("En réserve", [_Line("De quoi remplacer une séquence, ou la prolonger.", soft=True)], [])
        for identifier in left:
            self._tell_of(identifier)
        if self.kit.comparison is not None and "comparison" not in self.told:
            self._compare(self.kit.comparison)
        for item in self.kit.items:
            self._tell_of(item.id)

    def answer(self) -> None:
        """The answers of the quiz, all together."""
        lines = []
        for number, item in enumerate(self.kit.items, 1):
            if said := _answer(item):
                lines.append(_Line(said, _SMALL, lead=f"{number}.", gap=4))
        if lines:
            self._slide("Quiz : les réponses", lines, [])

    def close(self) -> None:
        """Where to read on."""
        if self.kit.readings:
            lines = [_Line(r.name, _SMALL, mark=r.page, gap=4) for r in self.kit.readings]
            self._slide("À lire dans le rapport", lines, [])

    def saved(self, date: datetime) -> bytes:
        """The bytes of the file."""
        properties = self.deck.core_properties
        properties.title = cleaned(self.kit.title.text)[:255]
        properties.author = properties.last_modified_by = wording.AUTHOR
        properties.language = wording.LANGUAGE
        properties.created = properties.modified = date
        properties.revision = 1
        made = BytesIO()
        self.deck.save(made)
        return dated(made.getvalue(), date)

    def _tell_of(self, held: str) -> None:
        if held in self.told:
            return
        self.told.add(held)
        for case in (case for case in self.kit.cases if case.id == held):
            self._case(case)
        for discussion in (discussion for discussion in self.kit.discussions if discussion.id == held):
            self._discussion(discussion)
        for number, item in enumerate(self.kit.items, 1):
            if item.id == held:
                self._item(number, item)

    def _case(self, case: Case) -> None:
        self._slide(case.title.text, self._lines(case.situation), case.situation)
        self._slide("Les difficultés", self._lines(case.obstacles), case.obstacles)
        self._slide("À vous", self._lines(case.tasks), [])
        self._slide("Ce que la fiche raconte ensuite", self._lines(case.outcome), case.outcome)

    def _discussion(self, discussion: Discussion) -> None:
        self._slide(discussion.tension, self._lines([discussion.question], _LARGE), [])
        said = f"{discussion.tension} : ce que dit le rapport"
        self._slide(said, self._lines(discussion.sides), discussion.sides)

    def _item(self, number: int, item: Item) -> None:
        lines = [_Line(item.stem.text, 24, bold=True)]
        lines += [_Line(o.statement.text, lead=f"{chr(65 + at)}.") for at, o in enumerate(item.options)]
        rights = sorted((pair.right.text for pair in item.pairs), key=str.casefold)
        lines += [_Line(pair.left.text, _SMALL, lead=f"{at}.") for at, pair in enumerate(item.pairs, 1)]
        lines += [_Line(f"À relier à : {' · '.join(rights)}", _SMALL, bold=True)] if rights else []
        said = [f"Réponse : {_answer(item)}"] if _answer(item) else []
        stated = [statement for statement in (*item.proof, *item.points) if statement.citations]
        self._slide(f"Question {number}", lines, stated, said)

    def _compare(self, answer: Answer) -> None:
        document = document_of(answer.question, [answer], self.fiches, self.kit.made)
        comparison = document.comparisons[0]
        citations = {(c.passage, cleaned(c.quote)): c for c in answer.citations}
        quotes = {r.number: citations[r.passage, r.quote] for r in document.references}
        for first in range(0, len(comparison.heads), _COLUMNS):
            heads = comparison.heads[first : first + _COLUMNS]
            for row in comparison.rows:
                cells, noted = [], []
                for phrases in row.cells[first : first + _COLUMNS]:
                    cited = [quotes[number] for phrase in phrases for number in phrase.references]
                    noted += cited
                    marks = "".join(f"[{self._number(citation)}]" for citation in dict.fromkeys(cited))
                    said = _shortened(" ".join(phrase.text for phrase in phrases)) or UNSAID
                    cells.append(f"{said} {marks}".strip())
                slide = self._table(f"Comparer : {row.head}", heads, [tuple(cells)], (1.0,) * len(heads), _CELL)
                _note(slide, self._proofs(noted))

    def _lines(self, statements: Sequence[Statement], size: int = _BODY) -> list[_Line]:
        """A line for each statement; whose words they are stands once before those that are not the report's."""
        lines = []
        for whose, together in groupby(statements, key=_whose):
            lines += [_Line(whose, _SMALL, soft=True)] if whose else []
            for statement in together:
                marks = "".join(f"[{self._number(citation)}]" for citation in statement.citations)
                lines.append(_Line(statement.text, size, lead=statement.lead, mark=marks))
        return lines

    def _number(self, citation: Citation) -> int:
        span = (citation.document, citation.start, citation.quote)
        return self.numbers.setdefault(span, len(self.numbers) + 1)

    def _proofs(self, citations: Sequence[Citation]) -> list[str]:
        """A line for each quote: its number, its place, its words."""
        return [
            f"[{self._number(c)}] {place_of(c)} : «\u00a0{cleaned(c.quote)}\u00a0»" for c in dict.fromkeys(citations)
        ]

    def _slide(self, title: str, lines: Sequence[_Line], stated: Sequence[Statement], said: Sequence[str] = ()) -> None:
        """A slide, and others after it where its lines need more room; the notes of all are the same."""
        notes = [*said, *self._proofs([c for statement in stated for c in statement.citations])]
        for at, page in enumerate(_pages(lines)):
            slide = self.deck.slides.add_slide(self.deck.slide_layouts[1])
            _write(slide.shapes.title, [_Line(f"{title} (suite)" if at else title, _TITLE, bold=True)])
            _write(slide.placeholders[1], page)
            _note(slide, notes)

    def _table(
        self,
        title: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        size: int = _SMALL,
    ) -> Any:
        """A slide with a table whose columns share the room as the widths say."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])
        _write(slide.shapes.title, [_Line(title, _TITLE, bold=True)])
        shape = slide.shapes.add_table(len(rows) + 1, len(heads), _LEFT, _TOP, _ROOM, Inches(0.5) * (len(rows) + 1))
        shape.name = title
        for column, width in zip(shape.table.columns, widths, strict=True):
            column.width = Emu(int(_ROOM * width / sum(widths)))
        for at, row in enumerate((heads, *rows)):
            for cell, text in zip(shape.table.rows[at].cells, row, strict=True):
                cell.text_frame.word_wrap = True
                _fill(
                    cell.text_frame,
                    [_Line(text, size, bold=not at, gap=0)],
                    _PAPER if not at else _INK,
                )
                cell.fill.solid()
                cell.fill.fore_color.rgb = _PAPER if at else _ACCENT
        return slide


def _whose(statement: Statement) -> str:
    """Whose words these are, where they are not the report's."""
    return {Origin.TOOL: "Proposé par l'outil :", Origin.TRAINER: "Mots du formateur :"}.get(statement.origin, "")


def _answer(item: Item) -> str:
    """The right answer on one line."""
    if item.pairs:
        return " ; ".join(f"{at} – {pair.right.text}" for at, pair in enumerate(item.pairs, 1))
    if item.kind is ItemKind.OPEN:
        return " ; ".join(point.text for point in item.points)
    at, right = next((at, option) for at, option in enumerate(item.options) if option.right)
    return f"{chr(65 + at)}. {right.statement.text}"


_MOST_CELL = 420
"""Characters of a cell of a comparison on a slide; the whole of it stands in the notes."""


def _shortened(text: str) -> str:
    if len(text) <= _MOST_CELL:
        return text
    return f"{text[:_MOST_CELL].rsplit(' ', 1)[0]} […]"


def _pages(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines, as many on each slide as there is room for; one at least, and one empty slide where there is none."""
    page: list[_Line] = []
    for line in lines:
        if page and sum(one.height for one in (*page, line)) > _DEPTH.pt:
            yield page
            page = []
        page.append(line)
    yield page


def _widen(deck: Any) -> None:
    """Make the template's slides wide, their title and body where ours stand."""
    ratio = _WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    for layout in (deck.slide_master, *deck.slide_layouts):
        for shape in layout.placeholders:
            shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)
            if layout.name == "Title Slide":
                shape.left, shape.width = _LEFT, _ROOM
            elif layout.name in ("Title and Content", "Title Only") and shape.placeholder_format.idx == 0:
                shape.left, shape.top, shape.width, shape.height = _LEFT, Inches(0.55), _ROOM, Inches(1.0)
            elif layout.name == "Title and Content" and shape.placeholder_format.idx == 1:
                shape.left, shape.top, shape.width, shape.height = _LEFT, _TOP, _ROOM, _DEPTH


def _write(shape: Any, lines: Sequence[_Line]) -> None:
    """Lines in a placeholder; what it cannot hold by our count would shrink, never run over."""
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    is_title = shape.placeholder_format.idx == 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if is_title else MSO_ANCHOR.TOP
    _fill(frame, lines, _ACCENT if is_title else _INK)


def _fill(frame: Any, lines: Sequence[_Line], ink: RGBColor) -> None:
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        paragraph.space_before = Pt(line.gap if at else 0)
        paragraph.alignment = None
        properties = paragraph._p.get_or_add_pPr()
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.set("algn", "l")
        properties.insert(len(properties), properties.makeelement(qn("a:buNone"), {}))
        colour = _SOFT if line.soft else ink
        if line.lead:
            _run(paragraph, f"{tied(cleaned(line.lead))} ", line.size, colour, bold=True)
        _run(paragraph, tied(cleaned(line.text)), line.size, colour, bold=line.bold)
        if line.mark:
            _run(paragraph, f"\u00a0{line.mark}", min(line.size, _SMALL), _SOFT)


def _run(paragraph: Any, text: str, size: int, colour: RGBColor, bold: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.name = _FONT
    run.font.color.rgb = colour
    run._r.get_or_add_rPr().set("lang", wording.LANGUAGE)


def _note(slide: Any, lines: Sequence[str]) -> None:
    if lines:
        slide.notes_slide.notes_text_frame.text = "\n".join(map(cleaned, lines))
