"""Passages: runs of blocks under one heading, of 40 to 180 words where the text allows.

A passage never crosses a fiche or a field; a list stays with the line that opens it, a table stays whole,
where 180 words allow. Every block of the report belongs to exactly one passage.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

import sentencex

from ingest.damage import is_damaged
from ingest.folding import fold
from ingest.records import LEAST_QUOTE, BlockKind, Page, Passage, Unit, UnitKind

T = TypeVar("T")
LEAST, MOST = 40, 180  # words
RULES = "passages 3"
"""Changes whenever passages would be cut differently: an index made by other rules is refused."""

_INITIAL = re.compile(r"(?:^|[\s(«'’])(?:[A-ZÀ-Ý]|MM|Mme|Mlle|Dr|cf|ex|art|al|vol|éd|dir|pp?|n°|No)\.\s*$")
_AFTER_ETC = re.compile(r"(?<=\betc\. )(?=[A-ZÀ-Ý])")
_GOES_ON = re.compile(r"\s*(?:[,;:)\]»…]|[a-zà-ÿœ])")
_LABEL = re.compile(r"[^:.!?]{3,90}?\s?[:?]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\.)\s+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A clean block, and where it stands: what the structure step gives.

    `label` counts the first characters that only name what follows (« Financements : »); `damaged` holds for
    a row whose figures are torn; `runs_on` for what goes on with the paragraph of the block before it.
    """

    kind: BlockKind
    text: str
    group: str
    path: tuple[str, ...]
    level: int = 0
    fiche: str | None = None
    field: str | None = None
    theme: str | None = None
    page: Page = Page()
    pages: tuple[str, ...] = ()
    label: int = 0
    damaged: bool = False
    runs_on: bool = False

    @property
    def words(self) -> int:
        """How many words the block holds."""
        return len(self.text.split())


def cut_passages(
    placed: Sequence[Placed], document: str, prefix: str = ""
) -> tuple[str, tuple[Passage, ...], list[int]]:
    """Lay the blocks out as one text and cut it into passages.

    Returns:
        The cleaned text, its passages in reading order, and the offset in the text of each block.
    """
    text, starts = _lay_out(placed)
    numbers: dict[str, int] = {}
    passages = []
    for run in _runs(placed):
        first, last = placed[run[0]], run[-1]
        numbers[first.group] = numbers.get(first.group, 0) + 1
        start, end = starts[run[0]] - len(_bullet(first)), starts[last] + len(placed[last].text)
        exact = any(placed[i].page.printed or placed[i].page.physical for i in run)
        passages.append(
            Passage(
                id=f"{prefix}{first.group}/{numbers[first.group]}",
                document=document,
                text=text[start:end],
                start=start,
                end=end,
                path=_shared_path(run, placed),
                units=tuple(u for i in run for u in _units(placed[i], starts[i])),
                fiche=first.fiche,
                field=first.field,
                theme=first.theme,
                pages=_unique(placed[i].page.printed for i in run) if exact else first.pages,
                physical_pages=_unique(placed[i].page.physical for i in run),
                page_exact=exact and any(placed[i].page.printed for i in run),
            )
        )
    return text, tuple(passages), starts


def part_long_paragraphs(placed: Sequence[Placed]) -> list[Placed]:
    """Part each block of more than 180 words between two sentences, as evenly as they allow."""
    parted: list[Placed] = []
    for block in placed:
        spans = sentence_spans(block.text)
        count = math.ceil(block.words / MOST)
        cuts: list[int] = []
        for a, _ in spans[1:]:
            if len(cuts) + 1 < count and len(block.text[:a].split()) >= block.words * (len(cuts) + 1) / count * 0.9:
                cuts.append(a)
        for n, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(block.text)], strict=True)):
            parted.append(replace(block, text=block.text[a:b].rstrip(), label=0 if n else block.label, runs_on=n > 0))
    return parted


def _unique(values: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(v for v in values if v is not None))


def _lay_out(placed: Sequence[Placed]) -> tuple[str, list[int]]:
    text, starts = "", []
    together = (BlockKind.ITEM, BlockKind.ROW)
    for i, block in enumerate(placed):
        if block.runs_on:
            text += " "
        elif i:
            text += "\n" if block.kind in together or placed[i - 1].kind is BlockKind.HEADING else "\n\n"
        text += "  " * block.level * bool(_bullet(block)) + _bullet(block)
        starts.append(len(text))
        text += block.text
    return text, starts


def _bullet(block: Placed) -> str:
    """What is printed before a list item that has no number of its own."""
    numbered = block.runs_on or _NUMBER.match(block.text)
    return "- " if block.kind is BlockKind.ITEM and not numbered else ""


def _runs(placed: Sequence[Placed]) -> list[list[int]]:
    """The blocks of each passage, by index."""
    runs: list[list[int]] = []
    for _, members in groupby(range(len(placed)), key=lambda i: (placed[i].group, placed[i].path)):
        packed = _pack(_atoms(list(members), placed), placed)
        if runs and _only_heads(runs[-1], placed) and placed[runs[-1][0]].group == placed[packed[0][0]].group:
            packed[0] = runs.pop() + packed[0]
        runs += packed
    return _merge_small(runs, placed)


def _only_heads(run: Sequence[int], placed: Sequence[Placed]) -> bool:
    return all(placed[i].kind is BlockKind.HEADING for i in run)


def _atoms(members: list[int], placed: Sequence[Placed]) -> list[list[int]]:
    """Blocks that belong together: a heading with what follows it, a list with the line that opens it."""
    atoms: list[list[int]] = []
    open_list = False
    for i in members:
        block = placed[i]
        listed = block.kind in (BlockKind.ITEM, BlockKind.ROW)
        after_heading = bool(atoms) and _only_heads(atoms[-1], placed)
        if atoms and (after_heading or (listed and open_list)):
            atoms[-1].append(i)
        else:
            atoms.append([i])
        open_list = listed or block.text.rstrip().endswith(":") or block.kind is BlockKind.HEADING
    return atoms


def _pack(atoms: list[list[int]], placed: Sequence[Placed]) -> list[list[int]]:
    """Fill passages with whole atoms, evenly; an atom that is too long is parted between its blocks."""
    pieces: list[list[int]] = []
    for atom in atoms:
        size = _size(atom, placed)
        if size > MOST and len(atom) > 1:
            pieces += _part(atom, placed, math.ceil(size / MOST))
        else:
            pieces.append(atom)
    total = sum(_size(p, placed) for p in pieces)
    aim = total / max(1, math.ceil(total / MOST))
    runs: list[list[int]] = []
    for piece in pieces:
        if runs:
            filled, more = _size(runs[-1], placed), _size(piece, placed)
            if filled + more <= MOST and (filled + more / 2 <= aim or filled < LEAST or more < LEAST):
                runs[-1] = runs[-1] + piece
                continue
        runs.append(piece)
    return runs


def _part(atom: list[int], placed: Sequence[Placed], count: int) -> list[list[int]]:
    aim = _size(atom, placed) / count
    parts: list[list[int]] = [[]]
    for piece in _whole_tables(atom, placed):
        filled = _size(parts[-1], placed)
        opening = bool(parts[-1]) and placed[parts[-1][-1]].text.rstrip().endswith(":")
        if parts[-1] and not opening and filled + _size(piece, placed) / 2 > aim and filled >= LEAST:
            parts.append([])
        parts[-1] += piece
    if len(parts) > 1 and _size(parts[-1], placed) < LEAST and _size(parts[-2] + parts[-1], placed) <= MOST:
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts


def _whole_tables(atom: list[int], placed: Sequence[Placed]) -> list[list[int]]:
    """The blocks of an atom one by one, but the rows of a table together where 180 words allow."""
    pieces: list[list[int]] = []
    for is_row, members in groupby(atom, key=lambda i: placed[i].kind is BlockKind.ROW):
        table = list(members)
        pieces += [table] if is_row and _size(table, placed) <= MOST else [[i] for i in table]
    return pieces


def _merge_small(runs: list[list[int]], placed: Sequence[Placed]) -> list[list[int]]:
    """A run too short to stand alone joins the one before it in the same field or section."""
    merged: list[list[int]] = []
    for run in runs:
        if merged and placed[merged[-1][0]].group == placed[run[0]].group:
            small = min(_size(run, placed), _size(merged[-1], placed)) < LEAST
            if small and _size(merged[-1] + run, placed) <= MOST:
                merged[-1] = merged[-1] + run
                continue
        merged.append(run)
    return merged


def _shared_path(run: Sequence[int], placed: Sequence[Placed]) -> tuple[str, ...]:
    """The headings that all blocks of a run stand under; those it opens with stand under themselves alone."""
    shared = placed[run[-1]].path
    body = next((n for n, i in enumerate(run) if placed[i].kind is not BlockKind.HEADING), 0)
    for i in run[body:]:
        path = placed[i].path
        while shared != path[: len(shared)]:
            shared = shared[:-1]
    return shared


def _size(run: Sequence[int], placed: Sequence[Placed]) -> int:
    return sum(placed[i].words for i in run)


def _units(block: Placed, start: int) -> list[Unit]:
    if block.kind is BlockKind.HEADING and not _opens_list(block):
        return [Unit(start, start + len(block.text), UnitKind.HEADING)]
    if block.kind is BlockKind.ROW:
        return [
            Unit(start + block.label, start + len(block.text), UnitKind.ROW, block.damaged or is_damaged(block.text))
        ]
    kind = UnitKind.ITEM if block.kind is BlockKind.ITEM else UnitKind.SENTENCE
    number = _NUMBER.match(block.text, block.label)
    said_from = number.end() if number else block.label
    spans = sentence_spans(block.text, said_from)
    if spans and len(block.text) - said_from < LEAST_QUOTE:
        # Too short to be quoted without what announces it: « 2. Le repérage », « Financements: aucun. »
        spans[0] = (block.label if number else 0, spans[0][1])
    return [Unit(start + a, start + b, kind, is_damaged(block.text[a:b])) for a, b in spans]


def _opens_list(block: Placed) -> bool:
    """Whether a heading is the sentence that opens a list (« … suppose : »), which an answer may quote."""
    return block.text.rstrip().endswith(":") and block.words >= 5 and block.field is None


def sentence_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """The spans of the sentences of a text, from `start` on; a quotation is never cut."""
    spans: list[tuple[int, int]] = []
    position = start
    pending: int | None = None
    for segment in _segments(text[start:]):
        begin = position if pending is None else pending
        position += len(segment)
        words = text[begin:position]
        unclosed = words.count("«") > words.count("»") and len(words) < 700
        if (_INITIAL.search(words) or unclosed) and position < len(text):
            pending = begin
            continue
        pending = None
        stripped = words.strip()
        if re.search(r"\w", stripped):
            offset = begin + words.index(stripped)
            first = spans.pop()[0] if spans and _GOES_ON.match(stripped) else offset
            spans.append((first, offset + len(stripped)))
    if pending is not None and text[pending:].strip():
        spans.append((pending, len(text.rstrip())))
    return spans


def _segments(text: str) -> Iterable[str]:
    for segment in sentencex.segment("fr", text):
        yield from _AFTER_ETC.split(segment)


def slug(text: str) -> str:
    """A readable, stable name for a heading: `financements-de-la-pratique`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:60].strip("-") or "texte"


def label_length(text: str) -> int:
    """How many characters at the head of a block only name its field (« Financements : »); 0 where none do."""
    found = _LABEL.match(text)
    return found.end() if found else 0
