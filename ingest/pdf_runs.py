"""Runs of glyphs: what a PDF page draws, piece by piece, with the place and the look of each piece."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, StreamObject

# pypdf has no public way to tell how wide a drawn string is; columns, spaces and footnote calls need it.
from pypdf.generic._font import Font

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEEPEST_FORM = 8
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|symbol|dingbats|webdings", re.IGNORECASE)
# Codes that Wingdings draws as an arrow to the right.
_WINGDINGS_ARROWS = {0xE0, 0xE8, 0xF0}
_FORCED_BOLD = 1 << 18


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text on one baseline, in points from the left and the bottom of the sheet as it is read.

    `artifact` holds where the file itself says that this is a running head, a page number or decoration.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    artifact: bool


@dataclass(frozen=True, slots=True)
class _Typeface:
    font: Font
    bold: bool
    symbols: bool


class FontShelf:
    """The fonts of one file, each read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], _Typeface] = {}

    def fonts_of(self, resources: DictionaryObject) -> dict[str, _Typeface]:
        """Give the typefaces that a page or a form names; one that cannot be read is left out."""
        named = resources.get("/Font")
        named = named.get_object() if named is not None else None
        if not isinstance(named, DictionaryObject):
            return {}
        found: dict[str, _Typeface] = {}
        for name in named:
            entry = named.raw_get(name)
            key = (entry.idnum, entry.generation) if isinstance(entry, IndirectObject) else (0, id(entry))
            if key not in self._read:
                resource = entry.get_object()
                if not isinstance(resource, DictionaryObject):
                    continue
                try:
                    self._read[key] = _typeface(resource)
                except (AttributeError, KeyError, TypeError, ValueError):
                    continue
            found[str(name)] = self._read[key]
        return found


def runs_of(page: PageObject, shelf: FontShelf) -> list[Run]:
    """Read what a page draws, in the order it is drawn; text turned on its side is left out.

    Args:
        page: a page of a file opened with pypdf.
        shelf: the fonts already read from the same file.
    """
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    if contents is None:
        return []
    stream = ContentStream(contents, page.pdf, "bytes")
    resources = _resources(page)
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    left, bottom = float(page.mediabox.left), float(page.mediabox.bottom)
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, width + left),
        180: (-1, 0, 0, -1, width + left, height + bottom),
        270: (0, 1, -1, 0, height + bottom, -left),
    }
    pen = _Pen(shelf, turned.get(page.rotation % 360, _IDENTITY))
    pen.draw(stream, resources, depth=0)
    return _without_doubles(pen.runs)


def _resources(holder: DictionaryObject) -> DictionaryObject:
    """Give the resources of a page, its own or those of the branch it hangs on."""
    node: Any = holder
    for _ in range(32):
        if not isinstance(node, DictionaryObject):
            break
        if "/Resources" in node:
            found = node["/Resources"].get_object()
            return found if isinstance(found, DictionaryObject) else DictionaryObject()
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return DictionaryObject()


def _typeface(resource: DictionaryObject) -> _Typeface:
    font = Font.from_font_resource(resource)
    descriptor = font.font_descriptor
    heavy = str(descriptor.weight).isdigit() and int(descriptor.weight) >= 600
    forced = isinstance(descriptor.flags, int) and bool(descriptor.flags & _FORCED_BOLD)
    return _Typeface(font, heavy or forced or bool(_BOLD.search(font.name)), bool(_SYMBOLS.search(font.name)))


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands[:6])
    return (a, b, c, d, e, f)


@dataclass(frozen=True, slots=True)
class _Look:
    """The text state that q and Q save and bring back."""

    ctm: Matrix
    face: _Typeface | None = None
    size: float = 12.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    heavy: bool = False


class _Pen:
    """Follows the drawing operators of a page and notes each piece of text."""

    def __init__(self, shelf: FontShelf, start: Matrix) -> None:
        self.runs: list[Run] = []
        self._shelf = shelf
        self._look = _Look(start)
        self._line = self._text = _IDENTITY
        self._marked: list[bool] = []

    def draw(self, stream: ContentStream, resources: DictionaryObject, depth: int) -> None:
        """Follow the operators of a page (depth 0) or of a form drawn on it."""
        fonts = self._shelf.fonts_of(resources)
        saved: list[_Look] = []
        for operands, operator in stream.operations:
            try:
                if operator == b"q":
                    saved.append(self._look)
                elif operator == b"Q":
                    self._look = saved.pop() if saved else self._look
                elif operator == b"Do":
                    self._draw_form(operands, resources, depth)
                elif operator == b"Tf":
                    self._set(face=fonts.get(str(operands[0])), size=float(operands[1]))
                else:
                    self._follow(operator, operands)
            except (IndexError, KeyError, TypeError, ValueError):
                # One malformed operator loses its own text, not the page.
                continue

    def _set(self, **changes: Any) -> None:
        values = {name: getattr(self._look, name) for name in _Look.__slots__}
        self._look = _Look(**{**values, **changes})

    def _follow(self, operator: bytes, operands: list[Any]) -> None:
        match operator:
            case b"cm":
                self._set(ctm=_times(_matrix(operands), self._look.ctm))
            case b"BT":
                self._line = self._text = _IDENTITY
            case b"Tm":
                self._line = self._text = _matrix(operands)
            case b"Td":
                self._move(float(operands[0]), float(operands[1]))
            case b"TD":
                self._set(leading=-float(operands[1]))
                self._move(float(operands[0]), float(operands[1]))
            case b"T*":
                self._move(0.0, -self._look.leading)
            case b"Tc":
                self._set(spacing=float(operands[0]))
            case b"Tw":
                self._set(word_spacing=float(operands[0]))
            case b"Tz":
                self._set(stretch=float(operands[0]) / 100)
            case b"TL":
                self._set(leading=float(operands[0]))
            case b"Ts":
                self._set(rise=float(operands[0]))
            case b"Tr":
                self._set(heavy=int(operands[0]) == 2)
            case b"Tj":
                self._show([operands[0]])
            case b"TJ":
                self._show(operands[0])
            case b"'":
                self._move(0.0, -self._look.leading)
                self._show([operands[0]])
            case b'"':
                self._set(word_spacing=float(operands[0]), spacing=float(operands[1]))
                self._move(0.0, -self._look.leading)
                self._show([operands[2]])
            case b"BMC" | b"BDC":
                self._marked.append(str(operands[0]) == "/Artifact")
            case b"EMC":
                if self._marked:
                    self._marked.pop()

    def _move(self, x: float, y: float) -> None:
        self._line = self._text = _times((1, 0, 0, 1, x, y), self._line)

    def _draw_form(self, operands: list[Any], resources: DictionaryObject, depth: int) -> None:
        drawn = resources["/XObject"].get_object()[operands[0]].get_object()  # type: ignore[index]
        if depth >= _DEEPEST_FORM or not isinstance(drawn, StreamObject) or drawn.get("/Subtype") != "/Form":
            return
        look, line, text = self._look, self._line, self._text
        if "/Matrix" in drawn:
            placed = drawn["/Matrix"].get_object()
            if isinstance(placed, ArrayObject):
                self._set(ctm=_times(_matrix(list(placed)), self._look.ctm))
        own = _resources(drawn) if "/Resources" in drawn else resources
        self.draw(ContentStream(drawn, None, "bytes"), own, depth + 1)
        self._look, self._line, self._text = look, line, text

    def _show(self, pieces: list[Any]) -> None:
        look = self._look
        if look.face is None:
            return
        # Half a space is a gap between words, less is kerning.
        gap = max(0.1, min(0.2, look.face.font.space_width / 2000))
        words: list[str] = []
        start = end = self._text
        for piece in pieces:
            if isinstance(piece, bytes):
                for character, advance in _glyphs(piece, look):
                    words.append(character)
                    end = _times((1, 0, 0, 1, advance, 0), end)
            elif isinstance(piece, (int, float)):
                shift = -float(piece) / 1000 * look.size * look.stretch
                if abs(shift) > gap * abs(look.size):
                    self._note("".join(words), start, end)
                    words = []
                    start = end = _times((1, 0, 0, 1, shift, 0), end)
                else:
                    end = _times((1, 0, 0, 1, shift, 0), end)
        self._note("".join(words), start, end)
        self._text = end

    def _note(self, text: str, start: Matrix, end: Matrix) -> None:
        look = self._look
        if not text or look.face is None:
            return
        first = _times(_times((1, 0, 0, 1, 0, look.rise), start), look.ctm)
        last = _times(end, look.ctm)
        upright = first[0] > 0 and abs(first[1]) < 0.1 * abs(first[0])
        if not upright:
            return
        size = abs(look.size) * math.hypot(first[2], first[3])
        if look.face.symbols:
            text = "".join(_symbol(character) for character in text)
        bold = look.face.bold or look.heavy
        self.runs.append(Run(text, first[4], last[4], first[5], size, bold, any(self._marked)))


def _glyphs(shown: bytes, look: _Look) -> Iterator[tuple[str, float]]:
    """Give each character of a shown string and how far it moves the pen, in text space."""
    assert look.face is not None
    font = look.face.font
    if isinstance(font.encoding, str):
        raw = shown.decode(font.encoding, "replace")
        decoded: list[str] = list(raw)
    else:
        raw = "".join(chr(code) for code in shown)
        decoded = [font.encoding.get(code, chr(code)) for code in shown]
    for code, character in zip(raw, decoded, strict=True):
        is_space = code == font.space_char
        width = font.space_width if is_space else font.get_text_width(code)
        advance = width / 1000 * look.size + look.spacing + (look.word_spacing if is_space else 0.0)
        yield str(font.character_map.get(character, character)), advance * look.stretch


def _symbol(character: str) -> str:
    """Give what a symbol font draws for a code: an arrow, a space, or some bullet."""
    code = ord(character) & 0xFF
    if character.isspace() or character in "→➔➢❖•▪■◦○✓✔●":
        return character
    return "→" if code in _WINGDINGS_ARROWS else "•"


def _without_doubles(runs: list[Run]) -> list[Run]:
    """Leave out what is drawn twice at one place to look bold or shadowed."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[Run] = []
    for run in runs:
        places = {(run.text, round((run.x0 + dx) / 2), round((run.y + dy) / 2)) for dx in (-1, 1) for dy in (-1, 1)}
        if run.text.strip() and len(run.text) > 2 and places & seen:
            continue
        seen.add((run.text, round(run.x0 / 2), round(run.y / 2)))
        kept.append(run)
    return kept
