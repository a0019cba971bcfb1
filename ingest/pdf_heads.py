"""Running heads and page numbers: lines that repeat at the edge of the sheets, and the number they print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ingest.pdf_lines import Line

_EDGE = 4
"""How many lines from the top and from the bottom a running head may reach into a sheet."""
_FEWEST = 3
_SHARE = 0.3
_BAND = 0.5
_SAME_HEIGHT = 3.0  # points
_APART = 2.5  # ems
_NEAR = 1.5  # ems
_SHORTEST_TEXT = 60  # characters
_NUMBER = re.compile(r"\d{1,4}|\b[ivxlc]{1,7}\b", re.IGNORECASE)
_LONE = re.compile(
    r"[\s|.\-–—·•\[(]*(?:p(?:age|\.)?\s*)?(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|sur|of|de)\s*\d{1,4})?[\s|.\-–—·•\])]*",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet without its running heads; `printed` is the number on it, as printed, if there is one."""

    lines: tuple[Line, ...]
    printed: str | None


def strip_heads(pages: Sequence[Sequence[Line]]) -> list[Sheet]:
    """Take the running heads and page numbers off the sheets.

    A line goes where it repeats, up to its digits, at the same height of several sheets with nothing but such
    lines between it and the edge. A number is the page's where it counts up with the sheets.

    Args:
        pages: the lines of each sheet of the file, from the top.
    """
    repeated = _repeated(pages)
    edges = [_edge_places(lines, repeated) for lines in pages]
    shift = _shifts(pages, edges) or _only_shift(pages, edges)
    sheets: list[Sheet] = []
    for number, (lines, taken) in enumerate(zip(pages, edges, strict=True), start=1):
        printed: str | None = None
        gone = set(taken.repeated)
        for place in sorted(taken.repeated | taken.lone):
            labels = _labels(lines[place].text, number, shift)
            if labels and printed is None:
                printed = labels[0]
            if labels and place in taken.lone:
                gone.add(place)
        sheets.append(Sheet(tuple(line for place, line in enumerate(lines) if place not in gone), printed))
    return _between_numbered(sheets, shift)


@dataclass(frozen=True, slots=True)
class _Edges:
    repeated: frozenset[int]
    lone: frozenset[int]


def _key(line: Line) -> str:
    return " ".join(re.sub(r"\d+", "#", line.text).casefold().split())


def _edges_of(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    order = sorted(range(len(lines)), key=lambda place: -lines[place].y)
    half = (len(order) + 1) // 2
    return order[: min(_EDGE, half)], list(reversed(order))[: min(_EDGE, half)]


def _repeated(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Find the lines, each with its height, that stand at the edge of enough sheets to be running heads."""
    heights: Counter[tuple[str, int]] = Counter()
    band: Counter[int] = Counter()
    for lines in pages:
        seen: set[tuple[str, int]] = set()
        for place in {place for edge in _edges_of(lines) for place in edge}:
            level = round(lines[place].y / _SAME_HEIGHT)
            seen |= {(_key(lines[place]), level + near) for near in (-1, 0, 1)}
        heights.update(seen)
    filled = sum(bool(lines) for lines in pages)
    often = max(2 if filled < 2 * _FEWEST else _FEWEST, round(_SHARE * filled))
    for (_, level), count in heights.items():
        if count >= 2:
            band[level] += count
    # A head that changes with the chapter: most sheets have, at that height, a line that others have too.
    return {
        (key, level)
        for (key, level), count in heights.items()
        if count >= often or (count >= 2 and filled >= 6 and band[level] >= _BAND * filled)
    }


def _edge_places(lines: Sequence[Line], repeated: set[tuple[str, int]]) -> _Edges:
    """Find which lines of a sheet are running heads, and which are numbers alone at its edge."""
    heads: set[int] = set()
    lone: set[int] = set()
    for edge in _edges_of(lines):
        for place, inner in zip_longest(edge, edge[1:]):
            line = lines[place]
            if inner is not None and not line.artifact and _goes_on(line, lines[inner]):
                break
            if line.artifact or (_key(line), round(line.y / _SAME_HEIGHT)) in repeated:
                heads.add(place)
            elif _LONE.fullmatch(line.text):
                lone.add(place)
            else:
                break
    return _Edges(frozenset(heads), frozenset(lone))


def _goes_on(line: Line, inner: Line) -> bool:
    """Whether a line at the edge is set like the next one and as near as text is: it belongs to the text."""
    alike = abs(line.size - inner.size) < 0.3 and line.bold == inner.bold and line.x0 == inner.x0
    return alike and abs(line.y - inner.y) < _NEAR * line.size and len(line.text) > _SHORTEST_TEXT


def _value(label: str) -> int:
    if label.isdigit():
        return int(label)
    digits = [_ROMAN[letter] for letter in label.lower()]
    return sum(-value if value < max(digits[place:]) else value for place, value in enumerate(digits))


def _shifts(pages: Sequence[Sequence[Line]], edges: Sequence[_Edges]) -> set[tuple[bool, int]]:
    """Find how far the printed numbers run behind the sheets; a numbering is in Roman numerals or not."""
    found: Counter[tuple[bool, int]] = Counter()
    for number, (lines, taken) in enumerate(zip(pages, edges, strict=True), start=1):
        texts = [lines[place].text for place in taken.repeated | taken.lone]
        found.update(
            {(not label.isdigit(), number - _value(label)) for text in texts for label in _NUMBER.findall(text)}
        )
    numbered = sum(bool(taken.repeated | taken.lone) for taken in edges)
    if not found:
        return set()
    best, count = found.most_common(1)[0]
    kept = {shift for shift, times in found.items() if times >= max(_FEWEST, 0.2 * numbered)}
    if count >= 2 and count >= 0.5 * numbered:
        kept.add(best)
    # « 12 / 140 » and the years of a head do not count up; a numbering that most sheets follow is certain.
    return {best} if count >= 0.8 * numbered and best in kept else kept


def _only_shift(pages: Sequence[Sequence[Line]], edges: Sequence[_Edges]) -> set[tuple[bool, int]]:
    """Take the number of the only sheet with text as its page's, where it stands well apart from the text."""
    written = [number for number, lines in enumerate(pages) if lines]
    if len(written) != 1:
        return set()
    lines, taken = pages[written[0]], edges[written[0]]
    found: set[tuple[bool, int]] = set()
    for place in taken.lone:
        near = [abs(line.y - lines[place].y) for at, line in enumerate(lines) if at != place]
        label = _NUMBER.search(lines[place].text)
        if label and min(near, default=_APART * lines[place].size) >= _APART * lines[place].size:
            found.add((not label.group().isdigit(), written[0] + 1 - _value(label.group())))
    return found


def _labels(text: str, sheet: int, shifts: set[tuple[bool, int]]) -> list[str]:
    return [label for label in _NUMBER.findall(text) if (not label.isdigit(), sheet - _value(label)) in shifts]


def _between_numbered(sheets: list[Sheet], shifts: set[tuple[bool, int]]) -> list[Sheet]:
    """Give a number to the sheets that print none between two that do and agree."""
    last: int | None = None
    for place, sheet in enumerate(sheets):
        if sheet.printed is None or not sheet.printed.isdigit():
            last = None if sheet.printed is not None else last
            continue
        shift = place - int(sheet.printed)
        if last is not None and last < place - 1 and last - int(sheets[last].printed or 0) == shift:
            for between in range(last + 1, place):
                sheets[between] = Sheet(sheets[between].lines, str(between - shift))
        last = place
    return sheets
