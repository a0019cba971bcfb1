"""What the report's own tables of contents say: where parts and fiches start, and how fiches are called.

The report lists its fiches twice: in the table that opens the fiches, and at the end of each theme. The two
differ by a constant (the second was paginated earlier); the converter lost some page numbers of the first.
A lost one is therefore the number of the second plus that constant, where it is the same for all the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from ingest.folding import letters
from ingest.outline import FICHE_HEADING, SECTIONS
from ingest.records import Block, BlockKind

_LISTED = re.compile(r"\s*Fiche\s+(?:n\s*°\s*)?(\d[a-f])\s*:\s*(.+)", re.DOTALL | re.IGNORECASE)
_LIST_PAGE = re.compile(r",?\s*p\.\s*(\d{1,3})\s*$")
_TABLE_PAGE = re.compile(r"[\s.…]*(?<!\d)(\d{1,3})\s*$")
_ENUMERATOR = re.compile(r"\s*\d\.")
_SAME_TITLE = 90  # ratio out of 100: the converter doubles or drops a letter, never more


@dataclass(slots=True)
class Contents:
    """Printed pages by section slug and by fiche, titles by fiche, and the blocks that are only contents."""

    sections: dict[str, str] = field(default_factory=dict)
    fiches: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    blocks: set[int] = field(default_factory=set)


def is_title(text: str, title: str) -> bool:
    """Whether a line is this title, as a converter prints it (case, accents, number and a letter aside)."""
    printed, wanted = letters(_ENUMERATOR.sub("", text)), letters(title)
    return abs(len(printed) - len(wanted)) <= 4 and fuzz.ratio(printed, wanted) >= _SAME_TITLE


def read_contents(blocks: Sequence[Block]) -> Contents:
    """Read the tables of contents of the report; empty where there are none."""
    contents = Contents()
    _read_summary(blocks, contents)
    listed: dict[str, int] = {}
    tabled: dict[str, int] = {}
    start = next((i for i, b in enumerate(blocks) if FICHE_HEADING.match(b.text)), len(blocks))
    opening = next((i for i in range(start, 0, -1) if is_title(blocks[i - 1].text, "Fiches pratiques")), start)
    for i, block in enumerate(blocks[:start]):
        if i >= opening:
            contents.blocks.add(i)
        found = _LISTED.match(block.text.replace("\t", " ").lstrip("$₽₩ "))
        if not found:
            if "sont à retrouver à la fin du document" in block.text:
                contents.blocks.add(i)
            continue
        contents.blocks.add(i)
        fiche, title = found[1].lower(), found[2]
        following = blocks[i + 1].text if i + 1 < start else ""
        if not _LIST_PAGE.search(title) and i < opening and _LIST_PAGE.search(following):
            # A line too long for the list ends on the next block.
            contents.blocks.add(i + 1)
            title = f"{title} {following}"
        if page := _LIST_PAGE.search(title):
            listed[fiche] = int(page[1])
            contents.titles.setdefault(fiche, title[: page.start()])
        else:
            if page := _TABLE_PAGE.search(title):
                tabled[fiche] = int(page[1])
                title = title[: page.start()]
            contents.titles[fiche] = re.sub(r"\s+", " ", title).strip()
    shifts = {tabled[f] - listed[f] for f in tabled.keys() & listed.keys()}
    shift = shifts.pop() if len(shifts) == 1 else None
    for fiche in listed.keys() | tabled.keys():
        page_number = tabled.get(fiche, listed[fiche] + shift if shift is not None else None)
        if page_number is not None:
            contents.fiches[fiche] = str(page_number)
    return contents


def _read_summary(blocks: Sequence[Block], contents: Contents) -> None:
    start = next((i for i, b in enumerate(blocks) if is_title(b.text, "Sommaire")), None)
    if start is None:
        return
    first_part = SECTIONS[0].title
    end = next((i for i in range(start + 1, len(blocks)) if is_title(blocks[i].text, first_part)), start)
    contents.blocks.update(range(start, end))
    lines = [_ENUMERATOR.sub("", blocks[i].text.replace("\t", "")) for i in range(start + 1, end)]
    # A title too long for its line goes on in the next one.
    for line in [*lines, *(f"{a} {b}" for a, b in pairwise(lines))]:
        page = _TABLE_PAGE.search(line)
        if page is None:
            continue
        for section in SECTIONS:
            if section.slug not in contents.sections and is_title(line[: page.start()], section.title):
                contents.sections[section.slug] = page[1]


def is_fiche_heading(block: Block) -> re.Match[str] | None:
    """The match of a fiche's heading (`FICHE N°1A : …`), also where the converter lost that it is a heading."""
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH):
        return None
    return FICHE_HEADING.match(block.text)
