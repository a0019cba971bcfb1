"""Real PDF files for tests, drawn with fpdf2: paginated, with running heads, page numbers and cut words."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod
from fpdf.fonts import TTFFont

from ingest.records import Block, BlockKind

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_REGULAR, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
_MARGIN = 25.0  # millimetres
_FOOT = 22.0
_BODY = 10.5  # points
_PITCH = 5.2  # millimetres
_CALL = re.compile(r"(<sup>\d+</sup>)")
_VOWEL = "aeiouyàâéèêëîïôöùûü"
# Where French may cut a word: between two consonants that stand between vowels.
_CUT = re.compile(rf"(?<=[{_VOWEL}][b-df-hj-np-tv-z])(?=[b-df-hj-np-tv-z][{_VOWEL}]\w)", re.IGNORECASE)


@cache
def _font(name: str) -> Path:
    """Find a DejaVu font in the usual folders, or by fontconfig; the test is skipped where there is none."""
    for folder in _FOLDERS:
        found = next(Path(folder).expanduser().rglob(name), None) if Path(folder).expanduser().is_dir() else None
        if found is not None:
            return found
    try:
        listed = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        listed = ""
    for line in listed.splitlines():
        if line.strip(": ").endswith(f"/{name}"):
            return Path(line.strip(": "))
    pytest.skip(f"{name} est introuvable : installez les polices DejaVu (fonts-dejavu-core) pour ces tests.")


@dataclass(frozen=True)
class Look:
    """How a PDF is laid out: see `make_pdf`."""

    running_head: str | None
    numbers: bool
    first_printed: int
    numbered_from: int
    justify: bool
    hyphenate: bool


class _Sheets(FPDF):
    def __init__(self, look: Look) -> None:
        super().__init__(format="A4")
        self.look = look
        self.printed_now = look.first_printed - 1
        self.notes: list[str] = []
        self.drawn: set[str] = set()
        self.add_font("Body", "", _font(_REGULAR))
        self.add_font("Body", "B", _font(_BOLD))
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(False)
        self.set_compression(True)

    def header(self) -> None:
        if self.page_no() >= self.look.numbered_from:
            self.printed_now += 1
        if self.look.running_head:
            self.set_font("Body", "", 8)
            self.set_xy(_MARGIN, 10)
            self.cell(0, 5, self.look.running_head)
        self.set_y(_MARGIN)

    def footer(self) -> None:
        if self.look.numbers and self.page_no() >= self.look.numbered_from:
            self.set_font("Body", "", 8)
            self.set_y(-14)
            self.cell(0, 5, str(self.printed_now), align="C")

    def next_sheet(self) -> None:
        self.draw_notes()
        self.add_page()

    def room(self, height: float) -> None:
        if self.get_y() + height > self.h - _FOOT - self.notes_height():
            self.next_sheet()

    # --- footnotes

    def notes_height(self) -> float:
        self.set_font("Body", "", 8)
        return sum(4.0 * len(self.cut_lines(self.note_words(text), self.epw)) for text in self.notes) + 2

    @staticmethod
    def note_words(text: str) -> list[str]:
        return text.split(" ", 1)[1].split()

    def draw_notes(self) -> None:
        if not self.notes:
            return
        y = self.h - _FOOT - self.notes_height() + 2
        for note in self.notes:
            number = note.split(" ", 1)[0]
            self.set_font("Body", "", 8)
            lines = self.cut_lines(self.note_words(note), self.epw)
            for place, line in enumerate(lines):
                x = _MARGIN
                if place == 0:
                    self.set_font("Body", "", 5.5)
                    self.text(x, y + 1.8, number)
                    x += self.get_string_width(number) + 1
                    self.set_font("Body", "", 8)
                self.text(x, y + 3, " ".join(line))
                y += 4.0
        self.drawn.update(self.notes)
        self.notes = []

    # --- running text

    def width_of(self, word: str) -> float:
        total = 0.0
        for piece in _CALL.split(word):
            if _CALL.fullmatch(piece):
                total += 0.65 * self.get_string_width(piece[5:-6])
            else:
                total += self.get_string_width(piece)
        return total

    def cut_lines(self, words: Sequence[str], width: float) -> list[list[str]]:
        space = self.get_string_width(" ")
        lines: list[list[str]] = [[]]
        taken = 0.0
        queue = list(words)
        while queue:
            word = queue.pop(0)
            gap = space if lines[-1] else 0.0
            if taken + gap + self.width_of(word) <= width or (not lines[-1] and not self.halves(word, width)):
                lines[-1].append(word)
                taken += gap + self.width_of(word)
                continue
            cut = self.halves(word, width - taken - gap)
            if cut:
                lines[-1].append(cut[0])
                queue.insert(0, cut[1])
            else:
                queue.insert(0, word)
            lines.append([])
            taken = 0.0
        return lines

    def halves(self, word: str, width: float) -> tuple[str, str] | None:
        """Cut a word where its head still fits: at its own hyphen, or with one added between syllables."""
        if "<" in word or "/" in word:
            return None
        places = [(match.end(), "") for match in re.finditer(r"(?<=\w\w)-(?=\w\w)", word)]
        if self.look.hyphenate:
            places += [(match.start(), "-") for match in _CUT.finditer(word)]
        for at, hyphen in sorted(places, reverse=True):
            if self.get_string_width(word[:at] + hyphen) <= width:
                return word[:at] + hyphen, word[at:]
        return None

    def draw_line(self, words: Sequence[str], x: float, width: float, *, stretched: bool) -> None:
        space = self.get_string_width(" ")
        if stretched and len(words) > 1:
            space = (width - sum(self.width_of(word) for word in words)) / (len(words) - 1)
        size, style = self.font_size_pt, self.font_style
        baseline = self.get_y() + 3.8
        for word in words:
            for piece in _CALL.split(word):
                if _CALL.fullmatch(piece):
                    self.set_font("Body", style, 0.65 * size)
                    self.text(x, baseline - 1.3, piece[5:-6])
                    x += self.get_string_width(piece[5:-6])
                    self.set_font("Body", style, size)
                elif piece:
                    self.text(x, baseline, piece)
                    x += self.get_string_width(piece)
            x += space

    def flow(self, text: str, *, indent: float = 0.0, mark: str = "", notes: Mapping[str, str]) -> None:
        size, style = self.font_size_pt, self.font_style
        width = self.epw - indent
        pitch = _PITCH * max(1.0, size / _BODY)
        lines = self.cut_lines(text.split(), width)
        for place, words in enumerate(lines):
            called = [notes[number] for number in re.findall(r"<sup>(\d+)</sup>", " ".join(words)) if number in notes]
            self.notes += called
            if called and self.get_y() + pitch > self.h - _FOOT - self.notes_height():
                self.notes = self.notes[: -len(called)]
                self.next_sheet()
                self.notes += called
            self.room(pitch)
            self.set_font("Body", style, size)
            if mark and place == 0:
                self.text(_MARGIN + indent - 5, self.get_y() + 3.8, mark)
            last = place == len(lines) - 1
            self.draw_line(words, _MARGIN + indent, width, stretched=self.look.justify and not last)
            self.set_y(self.get_y() + pitch)


def make_pdf(
    path: Path,
    blocks: Iterable[Block],
    *,
    running_head: str | None = None,
    page_numbers: bool = True,
    first_printed: int = 1,
    numbered_from: int = 1,
    start_pages: Mapping[int, int] | None = None,
    justify: bool = True,
    hyphenate: bool = True,
    outline: bool = False,
    password: str | None = None,
    owner_password: str | None = None,
    image_pages: int = 0,
    heading_sizes: Sequence[float] = (18, 15, 13, 11.5),
    page_labels: bool = False,
) -> Path:
    """Draw blocks as a paginated PDF, as a word processor would print them.

    Args:
        path: the file to write.
        blocks: what to draw; a note stands at the foot of the sheet that calls it or that it falls on.
        running_head: a line at the head of every sheet.
        page_numbers: whether the foot of each sheet prints its number.
        first_printed: the number printed on the first numbered sheet.
        numbered_from: the 1-based sheet from which numbers are printed.
        start_pages: by index of a block, the printed page where it must start, at the top.
        justify: whether lines are stretched to the right margin.
        hyphenate: whether words are cut at the ends of lines.
        outline: whether headings are bookmarked, at their level.
        password: the password that opens the file.
        owner_password: a password for rights alone: the file opens without it.
        image_pages: how many sheets that hold only a picture come first.
        heading_sizes: size of each level of heading, in points; the body's is 10.5.
        page_labels: whether the file itself labels its sheets in Roman numerals.

    Returns:
        The path.

    Raises:
        ValueError: a block cannot start on a page that is already past.
    """
    blocks = list(blocks)
    sheets = _Sheets(Look(running_head, page_numbers, first_printed, numbered_from, justify, hyphenate))
    notes = {b.text.split(" ", 1)[0]: b.text for b in blocks if b.kind is BlockKind.NOTE}
    for _ in range(image_pages):
        sheets.add_page()
        sheets.rect(_MARGIN, _MARGIN, 100, 60, style="F")
    if blocks:
        sheets.add_page(label_style="r" if page_labels else None)
    for index, block in enumerate(blocks):
        wanted = (start_pages or {}).get(index)
        if wanted is not None:
            if wanted < sheets.printed_now or (wanted == sheets.printed_now and sheets.get_y() > _MARGIN + 1):
                raise ValueError(f"block {index} cannot start on page {wanted}: {sheets.printed_now} is under way")
            while sheets.printed_now < wanted:
                sheets.next_sheet()
        _draw(sheets, block, notes, outline=outline, sizes=heading_sizes)
    sheets.draw_notes()
    if password is not None or owner_password is not None:
        sheets.set_encryption(
            owner_password=owner_password or f"{password}-owner",
            user_password=password or "",
            encryption_method=EncryptionMethod.RC4,
            permissions=AccessPermission.all(),
        )
    sheets.output(str(path))
    # fpdf2 leaves the font files open.
    for font in sheets.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()
    return path


def _draw(sheets: _Sheets, block: Block, notes: Mapping[str, str], *, outline: bool, sizes: Sequence[float]) -> None:
    if block.kind is BlockKind.NOTE:
        if block.text not in sheets.drawn and block.text not in sheets.notes:
            sheets.notes.append(block.text)
        return
    if block.kind is BlockKind.HEADING:
        size = sizes[min(block.level, len(sizes)) - 1]
        sheets.set_y(sheets.get_y() + (3 if sheets.get_y() > _MARGIN + 1 else 0))
        sheets.room(4 * _PITCH)
        sheets.set_font("Body", "B", size)
        if outline:
            sheets.start_section(block.text, level=block.level - 1, strict=False)
            sheets.set_font("Body", "B", size)
        usual, sheets.look = sheets.look, replace(sheets.look, justify=False, hyphenate=False)
        sheets.flow(block.text, notes=notes)
        sheets.look = usual
        sheets.set_y(sheets.get_y() + 1.5)
        return
    sheets.set_font("Body", "", _BODY)
    if block.kind is BlockKind.ITEM:
        mark = "•" if block.level == 0 else "o"
        sheets.flow(block.text, indent=6 + 6 * block.level, mark=mark, notes=notes)
    elif block.kind is BlockKind.ROW:
        _draw_row(sheets, block.text.split("\t"))
    else:
        sheets.flow(block.text, notes=notes)
        sheets.set_y(sheets.get_y() + 2.5)


def _draw_row(sheets: _Sheets, cells: Sequence[str]) -> None:
    # As authors do, a table of many columns is set smaller.
    size = _BODY if len(cells) < 5 else 7.5
    sheets.set_font("Body", "", size)
    pitch = _PITCH * size / _BODY
    width = sheets.epw / max(2, len(cells))
    cut = [sheets.cut_lines(cell.split(), width - 6) for cell in cells]
    height = max(len(lines) for lines in cut) * pitch
    sheets.room(height)
    sheets.set_font("Body", "", size)
    top = sheets.get_y()
    for column, lines in enumerate(cut):
        for place, words in enumerate(lines):
            sheets.set_y(top + place * pitch)
            sheets.draw_line(words, _MARGIN + column * width, width, stretched=False)
    sheets.set_y(top + height + 2)
