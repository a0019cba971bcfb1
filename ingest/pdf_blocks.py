"""Blocks of a PDF: lines joined into headings, paragraphs, items, rows and footnotes."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.mending import Vocabulary, join_lines, mend_hyphens, mend_spaces
from ingest.pdf_heads import Sheet
from ingest.pdf_lines import MARK, Line, Segment
from ingest.records import Block, BlockKind, Page

FICHE = re.compile(r"FICHE\s+(N°\s*)?\d[A-Fa-f]\b")
_ARROW = re.compile(r"(?:→|➔|➜|->)\s*\S")
_NOTE = re.compile(r"(?:<sup>(?P<raised>\d{1,3})</sup>|(?P<plain>\d{1,3}))[.)]?\s*(?P<text>\D.*)", re.DOTALL)
_CALL = re.compile(r"<sup>(\d{1,3})</sup>")
_CONTENTS = re.compile(r"(?P<title>.*?\S)\s*(?:\.\s?){5,}\s*(?P<page>\d{1,4})")
_NUMBERED = re.compile(r"(?P<number>(?:\d{1,2}\.)+\d{0,2}|[IVX]{1,4}\.)\s+[^\W\d_a-z]")
_FIRST_WORD = re.compile(r"\S+(?:\s[:;!?»%])?")
_CUT_HEAD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_CUT_TAIL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DANGLING = re.compile(
    r"(?:^|[\s'’])(?:[dl]['’]|à|aux?|avec|ces?|d[eu]s?|dans|en|et|la|les?|ou|par|pour|que|qui|sur|une?|vers)$"
)
_KEPT_MARK = re.compile(r"[\da-hA-Hivx]{1,4}[.)]")
_SENTENCE_END = (".", "!", "?", "…", ".»", ". »", "! »", "? »", ".)")
_OPEN_END = (",", ";", "(", "«")

_SMALLER = 0.93  # of the body's size: a footnote
_LARGER = 1.1  # of the body's size: a heading
_LONGEST_HEADING = 220
_LONGEST_BOLD_HEADING = 130
_LOOSE = 1.3  # of the usual pitch: the space between two paragraphs
_DEEPEST = 6
_ENOUGH_REAL_HYPHENS = 3
_NARROW = " iljtfr'’.,:;!|()[]"
_WIDE = "mwœæ%—@"
_ROW_REACH = 3
"""How many lines away another row may be whose columns a row shares."""


@dataclass(slots=True)
class _Draft:
    """A block while its lines are gathered."""

    kind: BlockKind
    lines: list[Line]
    mark: str = ""
    level: int = 0

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the document, those seen more than once, and whether its lines cut words at their ends."""

    all: Vocabulary
    common: Vocabulary
    cut: bool


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in the document: the body's size (points) and, by size, the pitch of its lines (ems)."""

    body: float
    pitch: Mapping[float, float] = field(default_factory=dict)


def blocks_of(
    sheets: Sequence[Sheet], labels: Sequence[str | None], outline: Mapping[int, Sequence[tuple[str, int]]]
) -> list[Block]:
    """Gather the lines of a document into blocks, in reading order.

    Args:
        sheets: the sheets without their running heads.
        labels: for each sheet, the label that the file gives it, for want of a printed number.
        outline: by 1-based sheet, the titles of the file's bookmarks and their level (1 is the highest).
    """
    sheets = _with_edges(sheets)
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return []
    measures = _measures(lines)
    drafts = _drafts(sheets, measures, outline)
    vocabulary = Vocabulary.of(text for draft in drafts for text in _columns(draft))
    _judge_headings(drafts, measures)
    _nest_items(drafts)
    pages = {
        number: Page(sheet.printed or label, number)
        for number, (sheet, label) in enumerate(zip(sheets, labels, strict=True), start=1)
    }
    words = _Words(vocabulary, vocabulary.seen(2), _cuts_words(drafts, vocabulary))
    return [block for draft in drafts if (block := _block(draft, pages, words)) is not None]


def _with_edges(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Note where the lines outside columns could have run to: on a sheet of a few words, as on the others."""
    edges = [max((line.x1 for line in sheet.lines), default=0.0) for sheet in sheets]
    usual = median([edge for edge in edges if edge] or [0.0])
    return [
        replace(sheet, lines=tuple(replace(line, right=line.right or max(edge, usual)) for line in sheet.lines))
        for sheet, edge in zip(sheets, edges, strict=True)
    ]


def _measures(lines: Sequence[Line]) -> _Measures:
    weight = Counter[float]()
    for line in lines:
        weight[round(line.size * 2) / 2] += len(line.text)
    body = weight.most_common(1)[0][0]
    steps: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        step = (above.y - below.y) / below.size
        if above.sheet == below.sheet and 0.8 < step < 2.5 and abs(above.size - below.size) < 0.5:
            steps.setdefault(round(below.size), []).append(step)
    # The usual pitch is that of lines inside a paragraph: a list of one-line items would widen the median.
    pitch = {size: sorted(found)[len(found) // 4] for size, found in steps.items() if len(found) > 3}
    return _Measures(body, pitch)


def _drafts(
    sheets: Sequence[Sheet], measures: _Measures, outline: Mapping[int, Sequence[tuple[str, int]]]
) -> list[_Draft]:
    drafts: list[_Draft] = []
    notes: list[_Draft] = []
    for number, sheet in enumerate(sheets, start=1):
        body, foot = _part_foot(sheet.lines, measures)
        titles = _titled(body, [*outline.get(number, ()), *outline.get(number - 1, ())])
        rows = _rows(body)
        for place, line in enumerate(body):
            if place in titles:
                level, starts = titles[place]
                if starts:
                    drafts.append(_Draft(BlockKind.HEADING, [line], level=level))
                else:
                    drafts[-1].lines.append(line)
            elif place in rows:
                _add_row(drafts, line, measures)
            else:
                _add_line(drafts, line, measures)
        page_notes = _notes(foot, notes[-1] if notes else None)
        drafts += page_notes
        notes += page_notes
    return drafts


# --- footnotes


def _part_foot(lines: Sequence[Line], measures: _Measures) -> tuple[list[Line], list[Line]]:
    """Part the body of a sheet from the small lines at its foot, if these are footnotes."""
    cut = len(lines)
    while cut and lines[cut - 1].size <= _SMALLER * measures.body and len(lines[cut - 1].segments) == 1:
        cut -= 1
    called = {number for line in lines[:cut] for number in _CALL.findall(line.text)}
    for place in range(cut, len(lines)):
        found = _NOTE.fullmatch(lines[place].text)
        if found and (found["raised"] or found["plain"] in called):
            # Small lines above the first number go on with the last note of the sheet before.
            return list(lines[:cut]), list(lines[cut:])
    return list(lines), []


def _notes(lines: Sequence[Line], before: _Draft | None) -> list[_Draft]:
    notes: list[_Draft] = []
    current = before
    for line in lines:
        found = _NOTE.fullmatch(line.text)
        number = (found["raised"] or found["plain"]) if found else ""
        follows = current is None or not current.mark or 0 < int(number or 0) - int(current.mark) <= 3
        if found and (found["raised"] or follows):
            text = found["text"]
            parts = (Segment(line.x0, line.x1, text),)
            current = _Draft(BlockKind.NOTE, [_with(line, parts)], mark=number)
            notes.append(current)
        elif current is not None:
            current.lines.append(line)
        else:
            current = _Draft(BlockKind.PARAGRAPH, [line])
            notes.append(current)
    return notes


def _with(line: Line, segments: tuple[Segment, ...]) -> Line:
    return Line(line.sheet, line.y, line.size, line.bold, segments, line.artifact, line.right)


# --- bookmarks


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", _CALL.sub("", text)).casefold()
    return "".join(sign for sign in letters if sign.isalnum())


def _titled(lines: Sequence[Line], titles: Sequence[tuple[str, int]]) -> dict[int, tuple[int, bool]]:
    """Find the lines that a bookmark names: the level of each, and whether the title starts on it."""
    found: dict[int, tuple[int, bool]] = {}
    bare = [_bare(line.text) for line in lines]
    # The words of a title may also end a sentence: lines that look like a title are tried first.
    order = sorted(range(len(lines)), key=lambda at: (not lines[at].bold, -lines[at].size, at))
    for title, level in titles:
        wanted = _bare(title)
        for place in order:
            if lines[place].text.endswith(".") and not title.endswith("."):
                continue
            for count in (1, 2, 3):
                span = range(place, min(place + count, len(lines)))
                if wanted and "".join(bare[at] for at in span) == wanted and not any(at in found for at in span):
                    found.update({at: (level, at == place) for at in span})
                    break
            else:
                continue
            break
    return found


# --- rows


def _rows(lines: Sequence[Line]) -> set[int]:
    """Find the lines of tables: their columns stand far apart, or well under each other."""
    wide = {place for place, line in enumerate(lines) if len(line.segments) > 1}
    rows: set[int] = set()
    for place in wide:
        line = lines[place]
        gaps = [right.x0 - left.x1 for left, right in pairwise(line.segments)]
        near_by = range(max(0, place - _ROW_REACH), min(len(lines), place + _ROW_REACH + 1))
        neighbours = [lines[at] for at in near_by if at != place and (at in wide or abs(at - place) == 1)]
        starts = {round(part.x0 / 3) for near in neighbours for part in near.segments[len(near.segments) > 1 :]}
        ends = {round(part.x1 / 3) for near in neighbours if len(near.segments) > 1 for part in near.segments}
        aligned = any(
            round(part.x0 / 3) + near in starts or round(part.x1 / 3) + near in ends
            for part in line.segments[1:]
            for near in (-1, 0, 1)
        )
        if aligned or max(gaps) > 4 * line.size:
            rows.add(place)
    # The lines of a cell that runs over several lines stand under its column.
    for place, line in enumerate(lines):
        above = place - 1
        if place in rows or above not in rows or len(line.segments) > 1:
            continue
        first, *others = _widest(lines, rows, above).segments
        under_first = abs(line.x0 - first.x0) < 3 and line.text[0].islower() and line.x1 < others[0].x0
        if under_first or any(abs(line.x0 - part.x0) < 3 for part in others):
            rows.add(place)
    return rows


def _widest(lines: Sequence[Line], rows: set[int], last: int) -> Line:
    first = last
    while len(lines[first].segments) < 2 and first - 1 in rows:
        first -= 1
    return lines[first]


def _add_row(drafts: list[_Draft], line: Line, measures: _Measures) -> None:
    """Add a table's line: a row of its own, or more of the cells of the row above."""
    row = drafts[-1] if drafts else None
    if (
        row is not None
        and row.kind is BlockKind.ROW
        and row.last.sheet == line.sheet
        and row.last.y - line.y < _LOOSE * measures.pitch.get(round(line.size), 1.3) * line.size
    ):
        placed = _placed(row, line)
        goes_on = placed[0][0] > 0 or line.segments[0].text[0].islower()
        if goes_on and all(abs(row.first.segments[at].x0 - part.x0) < 4 for at, part in placed):
            row.lines.append(line)
            return
    drafts.append(_Draft(BlockKind.ROW, [line]))


# --- paragraphs and items


def _add_line(drafts: list[_Draft], line: Line, measures: _Measures) -> None:
    draft = _open_draft(drafts)
    contents = _CONTENTS.fullmatch(line.text)
    if contents:
        cells = [Segment(line.x0, line.x1, contents["title"])]
        cells.append(Segment(line.x1, line.x1, contents["page"]))
        drafts.append(_Draft(BlockKind.ROW, [_with(line, tuple(cells))]))
        return
    mark = MARK.match(line.text)
    # A dash, an « o » or a number that opens a line may be the middle of a sentence.
    if mark and not (draft is not None and mark.group() not in "•●▪■◦○❖➢" and _flows(draft, line, measures)):
        rest = line.text[mark.end() :].strip()
        kept = f"{mark.group()} {rest}" if _KEPT_MARK.fullmatch(mark.group()) else rest
        item = _with(line, (Segment(line.x0, line.x1, kept),) if kept else line.segments)
        drafts.append(_Draft(BlockKind.ITEM, [item], mark=mark.group() if kept else ""))
        return
    if draft is not None and not _starts_anew(draft, line, measures):
        draft.lines.append(line)
        return
    drafts.append(_Draft(BlockKind.PARAGRAPH, [line]))


def _open_draft(drafts: Sequence[_Draft]) -> _Draft | None:
    """Give the block that the next line may go on with, over the footnotes of the sheet before."""
    for draft in reversed(drafts):
        if draft.kind is BlockKind.NOTE:
            continue
        return draft if draft.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None
    return None


def _flows(draft: _Draft, line: Line, measures: _Measures) -> bool:
    """Whether a line that opens with a possible mark rather goes on with the sentence above."""
    last = draft.last
    # An item's own first line starts at its mark, where the mark of the next item stands too.
    same_edge = abs(line.x0 - last.x0) < 2 and (len(draft.lines) > 1 or draft.kind is BlockKind.PARAGRAPH)
    return same_edge and not _is_short(last, line) and not last.text.endswith((*_SENTENCE_END, ":", ";"))


def _is_short(line: Line, following: Line) -> bool:
    """Whether the first word of the next line would have fitted on this one: its author ended it here."""
    opening = _CALL.sub("", following.segments[0].text)
    word = _FIRST_WORD.match(opening)
    if word is None or line.text.endswith(("-", "\u00ad", "\u2010")):
        return False
    width = (following.segments[0].x1 - following.x0) * _breadth(word.group()) / _breadth(opening)
    # The words of a title are wider than its average: only a good gap tells.
    slack = (2.0 if line.bold else 0.2) * line.size
    return line.x1 + 0.25 * line.size + width + slack < line.right


def _breadth(text: str) -> float:
    """Estimate how wide a text is, against others in the same font."""
    return sum(0.5 if sign in _NARROW else 1.4 if sign in _WIDE or sign.isupper() else 1.0 for sign in text)


def _starts_anew(draft: _Draft, line: Line, measures: _Measures) -> bool:
    """Whether a line starts a block of its own rather than going on with the one above."""
    last = draft.last
    if abs(line.size - last.size) > 0.08 * last.size or line.text.startswith("→") or FICHE.match(line.text):
        return True
    ended = _is_short(last, line) or last.text.endswith((*_SENTENCE_END, ":"))
    heads = draft.kind is not BlockKind.ITEM and _is_heading(draft, measures)
    # One bold line in the middle of a flowing paragraph is emphasis.
    if (heads and not line.bold) or (line.bold and not last.bold and ended):
        return True
    lower = line.text[:1].islower() or bool(_DANGLING.search(last.text))
    short = _is_short(last, line)
    if line.sheet > last.sheet + 1:
        return True
    if line.sheet != last.sheet or line.y > last.y:
        if last.text.endswith((*_SENTENCE_END, ":")):
            return True
        return short and not lower and not last.text.endswith(_OPEN_END)
    step = (last.y - line.y) / line.size
    if step > _LOOSE * measures.pitch.get(round(line.size), 1.3):
        return True
    if draft.kind is BlockKind.ITEM:
        outside = line.x0 < draft.first.x0 - 2
        return (short and not lower) or outside
    if line.x0 > last.x0 + 0.9 * line.size and not lower and last.text.endswith((*_SENTENCE_END, ":")):
        return True
    return short and not (lower and not last.text.endswith(_SENTENCE_END))


# --- headings


def _is_heading(draft: _Draft, measures: _Measures) -> bool:
    text = " ".join(line.text for line in draft.lines)
    if not any(sign.isalpha() for sign in text) or len(text) > _LONGEST_HEADING:
        return False
    if draft.first.size > _LARGER * measures.body:
        return True
    bold = all(line.bold for line in draft.lines)
    return bold and len(text) <= _LONGEST_BOLD_HEADING and not text.endswith((".", ",", ";"))


def _judge_headings(drafts: Sequence[_Draft], measures: _Measures) -> None:
    """Tell the headings among the paragraphs, and give each that no bookmark names its level."""
    marked = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    ranked: list[_Draft] = []
    for draft in drafts:
        text = " ".join(line.text for line in draft.lines)
        arrow = bool(_ARROW.match(text)) and not text.endswith(".") and len(text) <= _LONGEST_HEADING
        numbered = draft.kind is BlockKind.ITEM and bool(_NUMBERED.match(text))
        if (
            draft.kind is BlockKind.PARAGRAPH and (arrow or FICHE.match(text) or _is_styled(draft, measures, text))
        ) or (numbered and _is_heading(draft, measures)):
            draft.kind, draft.mark = BlockKind.HEADING, ""
            ranked.append(draft)
    if not marked and not ranked:
        ranked = _numbered_headings(drafts)
    sizes = {_rank(draft, measures) for draft in ranked}
    order = {size: level for level, size in enumerate(sorted(sizes, reverse=True), start=1)}
    known = {_rank(draft, measures): draft.level for draft in marked}
    for draft in ranked:
        if draft.level == 0:
            rank = _rank(draft, measures)
            deeper = [level for size, level in known.items() if size > rank]
            level = known.get(rank) or (max(deeper) + 1 if deeper else order[rank])
            draft.level = min(_DEEPEST, level)


def _is_styled(draft: _Draft, measures: _Measures, text: str) -> bool:
    return _is_heading(draft, measures) and not text.startswith("→")


def _rank(draft: _Draft, measures: _Measures) -> float:
    """How high a heading stands: its size, and below all larger ones the bold, then the plain ones."""
    size = round(draft.first.size * 2) / 2
    if size > _LARGER * measures.body:
        return size
    return 0.5 if draft.first.bold else 0.25


def _numbered_headings(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Tell headings by their numbers alone, in a document with a single size and weight."""
    found: list[_Draft] = []
    for draft, following in pairwise(drafts):
        text = " ".join(line.text for line in draft.lines)
        number = _NUMBERED.match(text)
        alone = len(draft.lines) == 1 and following.kind is BlockKind.PARAGRAPH
        if number and alone and len(text) <= _LONGEST_BOLD_HEADING and not text.endswith((".", ";", ",")):
            draft.kind, draft.mark = BlockKind.HEADING, ""
            draft.level = max(1, len([part for part in number["number"].split(".") if part]))
            found.append(draft)
    return found


# --- the blocks


def _nest_items(drafts: Sequence[_Draft]) -> None:
    """Give each item its depth in its list, by how far its mark is indented."""
    indents: list[float] = []
    for draft in drafts:
        if draft.kind is BlockKind.NOTE:
            continue
        if draft.kind is not BlockKind.ITEM:
            indents = []
            continue
        x = draft.first.x0
        while indents and x < indents[-1] - 4:
            indents.pop()
        if not indents or x > indents[-1] + 4:
            indents.append(x)
        draft.level = len(indents) - 1


def _cuts_words(drafts: Sequence[_Draft], vocabulary: Vocabulary) -> bool:
    """Whether hyphens at line ends part words, told by those that also stand whole elsewhere."""
    glued = kept = 0
    for draft in drafts:
        for above, below in pairwise(draft.lines):
            left, right = _CUT_HEAD.search(above.text), _CUT_TAIL.match(below.text)
            if left and right:
                whole = vocabulary.count(left.group(1) + right.group())
                hyphenated = vocabulary.count(f"{left.group(1)}-{right.group()}")
                glued += whole > hyphenated
                kept += hyphenated > whole
    return kept < _ENOUGH_REAL_HYPHENS or glued > 0.2 * (glued + kept)


def _columns(draft: _Draft) -> list[str]:
    """Give the lines of a block under each other, those of each column of a row apart."""
    if draft.kind is not BlockKind.ROW:
        return ["\n".join(line.text for line in draft.lines)]
    columns: list[list[str]] = [[] for _ in draft.first.segments]
    for line in draft.lines:
        for at, part in _placed(draft, line):
            columns[at].append(part.text)
    return ["\n".join(column) for column in columns]


def _placed(row: _Draft, line: Line) -> list[tuple[int, Segment]]:
    """Give the column of the row's first line under which each piece of a line stands."""
    starts = [part.x0 for part in row.first.segments]
    return [(min(range(len(starts)), key=lambda at: abs(starts[at] - part.x0)), part) for part in line.segments]


def _block(draft: _Draft, pages: Mapping[int, Page], words: _Words) -> Block | None:
    def mended(text: str) -> str:
        return mend_spaces(mend_hyphens(text, words.all), words.common)

    if draft.kind is BlockKind.ROW:
        cells = [part.text for part in draft.first.segments]
        for line in draft.lines[1:]:
            for at, part in _placed(draft, line):
                cells[at] = join_lines(cells[at], part.text, words.all, cuts_words=words.cut)
        text = "\t".join(mended(cell) for cell in cells)
    else:
        text = ""
        for line in draft.lines:
            text = join_lines(text, line.text, words.all, cuts_words=words.cut)
        text = mended(text.replace("\u00ad", ""))
    if draft.kind is BlockKind.NOTE:
        text = f"{draft.mark} {text}"
    if not text.strip():
        return None
    return Block(draft.kind, text, draft.level, pages[draft.first.sheet])
