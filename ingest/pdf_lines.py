"""Lines: the runs of a page gathered on their baselines, in reading order, with their columns apart."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.mending import mend_characters
from ingest.pdf_runs import Run

_COLUMN_GAP = 1.8  # in ems: wider than the widest space of justified text
_NARROW_GAP = 0.75  # in ems: parts columns where a line near by has one that starts at the same place
_NEAR = 3  # lines
_SMALL = 0.82  # a footnote call is at most this much of its line's size
_FEWEST_COLUMN_LINES = 8
_SHORTEST_COLUMN_LINE = 18  # characters, in the middle of the lot: below, it is a table
_CALL = re.compile(r"\d{1,3}(?:[,  ]\d{1,3})*")
MARK = re.compile(r"(?:[•●▪■◦○∙·‣▸►➢➤❖✓✔❑❒*\uf020-\uf0ff]|[-–—−]|o|(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)])(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line that no column gap cuts; `x0`/`x1` in points."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet (`sheet` is 1-based): its segments from left to right, its baseline, its look.

    `right` is where the column that holds it ends, in points; 0 where nothing stands to its right.
    """

    sheet: int
    y: float
    size: float
    bold: bool
    segments: tuple[Segment, ...]
    artifact: bool = False
    right: float = 0.0

    @property
    def x0(self) -> float:
        """Where the line starts."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where the line ends."""
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        """The words of the line, its segments parted by a space."""
        return " ".join(segment.text for segment in self.segments)


def lines_of(runs: list[Run], sheet: int) -> list[Line]:
    """Gather a page's runs into lines, from the top; of two columns, the left one comes first.

    Args:
        runs: the runs of one page.
        sheet: the 1-based number of the page in the file.
    """
    gathered = [line for rows in _baselines(runs) if (line := _line(rows, sheet)) is not None]
    return _in_reading_order(_settled(gathered))


def _settled(lines: list[Line]) -> list[Line]:
    """Join the pieces of each line that no column parts."""

    def is_wide(line: Line, before: Segment, after: Segment) -> bool:
        return after.x0 - before.x1 > _COLUMN_GAP * line.size

    starts = [
        {round(after.x0) for before, after in pairwise(line.segments) if is_wide(line, before, after)} for line in lines
    ]
    settled: list[Line] = []
    for place, line in enumerate(lines):
        near = set[int]().union(*starts[max(0, place - _NEAR) : place + _NEAR + 1])
        parts = [line.segments[0]]
        for part in line.segments[1:]:
            if is_wide(line, parts[-1], part) or {round(part.x0) + step for step in (-1, 0, 1)} & near:
                parts.append(part)
            else:
                parts[-1] = Segment(parts[-1].x0, part.x1, f"{parts[-1].text} {part.text}")
        settled.append(replace(line, segments=tuple(parts)))
    return settled


def _baselines(runs: list[Run]) -> list[list[Run]]:
    """Group runs that stand on one baseline, raised ones with the line they are raised from."""
    rows: list[list[Run]] = []
    base: list[tuple[float, float]] = []  # baseline and size of each row
    for run in runs:
        if not run.text:
            continue
        for place in range(len(rows) - 1, -1, -1):
            y, size = base[place]
            lift = run.y - y
            if abs(lift) <= 0.2 * max(size, run.size) or (
                run.size < _SMALL * size and 0 <= lift <= 0.7 * size and _CALL.fullmatch(run.text.strip())
            ):
                break
            if size < _SMALL * run.size and 0 <= -lift <= 0.7 * run.size:
                break
        else:
            rows.append([])
            base.append((run.y, run.size))
            place = len(rows) - 1
        rows[place].append(run)
        if run.text.strip() and run.size > base[place][1] * 1.05:
            base[place] = (run.y, run.size)
    order = sorted(range(len(rows)), key=lambda place: -base[place][0])
    return [sorted(rows[place], key=lambda run: run.x0) for place in order]


def _line(runs: list[Run], sheet: int) -> Line | None:
    weights = Counter[float]()
    for run in runs:
        weights[round(run.size, 1)] += len(run.text.strip())
    size = max(weights, key=lambda found: (weights[found], found))
    if not weights[size]:
        return None
    main = [run for run in runs if run.size > _SMALL * size and run.text.strip()]
    y = median(run.y for run in main)
    letters = [run for run in main if any(sign.isalnum() for sign in run.text)]
    segments: list[Segment] = []
    text, start, end = "", 0.0, 0.0
    for run in runs:
        words = run.text.strip()
        if not words:
            # A drawn space tells that words part there; its own width makes no column.
            if text and run.x0 - end < _NARROW_GAP * size:
                text = text.rstrip() + " "
                end = max(end, min(run.x1, run.x0 + size))
            continue
        gap = run.x0 - end
        raised = run.size <= _SMALL * size and run.y > y + 0.1 * size and bool(_CALL.fullmatch(words))
        if text and gap > _NARROW_GAP * size and not MARK.fullmatch(text.strip()):
            segments.append(Segment(start, end, text.strip()))
            text = ""
        if not text:
            start = run.x0
        elif gap > 0.15 * size or run.text[0].isspace():
            text = text.rstrip() + " "
        if raised and text.strip():
            text = f"{text.rstrip()}<sup>{words}</sup>"
        elif raised:
            text = f"<sup>{words}</sup> "
        else:
            text += words
        if run.text[-1].isspace():
            text += " "
        end = max(end, run.x1) if text else run.x1
    if text.strip():
        segments.append(Segment(start, end, text.strip()))
    mended = tuple(replace(part, text=kept) for part in segments if (kept := _mended(part.text)))
    if not mended:
        return None
    bold = bool(letters) and all(run.bold for run in letters)
    return Line(sheet, y, size, bold, mended, all(run.artifact for run in runs if run.text.strip()))


def _mended(text: str) -> str:
    # What is drawn inside a line is no soft hyphen, whatever its code: some fonts have no other hyphen.
    drawn = text[:-1].replace("\u00ad", "-") + text[-1:]
    return mend_characters(drawn).strip()


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Put the lines of a sheet in the order they are read, and note where a left column ends."""
    if not lines:
        return []
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    inside = [line for line in lines if len(_halves(line, gutter)) == 2 or line.x0 >= gutter - 2]
    top, bottom = max(line.y for line in inside), min(line.y for line in inside)
    middle = max((part.x1 for line in inside for part in line.segments if part.x1 < gutter), default=gutter)
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        crossing = any(part.x0 < gutter - 4 and part.x1 > gutter for part in line.segments)
        if crossing or not bottom <= line.y <= top:
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        for half in _halves(line, gutter):
            if half.x0 < gutter - 2:
                left.append(replace(half, right=middle))
            else:
                right.append(half)
    return [*ordered, *left, *right]


def _halves(line: Line, gutter: float) -> list[Line]:
    left = tuple(part for part in line.segments if part.x0 < gutter - 2)
    right = tuple(part for part in line.segments if part.x0 >= gutter - 2)
    return [replace(line, segments=parts) for parts in (left, right) if parts]


def _gutter(lines: list[Line]) -> float | None:
    """Find where the right one of two columns of running text starts, if the sheet has two."""
    starts = Counter(round(part.x0) for line in lines for part in line.segments)
    leftmost = min(line.x0 for line in lines)
    edge = max(line.x1 for line in lines)
    candidates = [x for x in starts if leftmost + 0.35 * (edge - leftmost) < x < edge - 0.2 * (edge - leftmost)]
    if not candidates:
        return None
    gutter = max(candidates, key=lambda x: starts[x])
    parts = [part for line in lines for part in line.segments]
    right = [part for part in parts if abs(part.x0 - gutter) <= 2]
    left = [part for part in parts if part.x1 < gutter and part.x0 < gutter - 20]
    if min(len(right), len(left)) < _FEWEST_COLUMN_LINES:
        return None
    if min(median(len(part.text) for part in side) for side in (left, right)) < _SHORTEST_COLUMN_LINE:
        return None
    full = sum(part.x1 > gutter - 0.12 * (edge - leftmost) for part in left)
    return float(gutter) if full >= 0.5 * len(left) else None
