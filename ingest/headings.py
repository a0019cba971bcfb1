"""Which lines of the report are headings, and how far a heading reaches, where its converter was wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.folding import fold
from ingest.outline import field_of
from ingest.records import Block, BlockKind

_QUOTATION = re.compile(r"«[^»]*»\s*\.?")
_MOST_WORDS = 30
"""No heading of the report is longer; a longer line is a paragraph that the converter took for one."""
_SIBLING_WORDS = 5
_DIGITS = re.compile(r"\d+")


def settle_headings(blocks: Sequence[Block]) -> list[Block]:
    """Give back its kind to a quotation or a paragraph taken for a heading, and to a heading taken for text.

    The second kind is told by the heading before it, which starts alike (« Catégorie 1 : ceux qui ont répondu… »,
    « Catégorie 2 : ceux qui ont répondu… »).
    """
    settled: list[Block] = []
    heading = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            if _QUOTATION.fullmatch(block.text) or len(block.text.split()) > _MOST_WORDS:
                block = replace(block, kind=BlockKind.PARAGRAPH, level=0)
            else:
                heading = block.text
        elif block.kind is not BlockKind.ROW and _is_sibling(heading, block.text):
            heading = block.text
            block = replace(block, kind=BlockKind.HEADING, level=5)
        settled.append(block)
    return settled


def _is_sibling(heading: str, text: str) -> bool:
    if text.endswith(".") or len(text.split()) > _MOST_WORDS:
        return False
    first, second = (
        [_DIGITS.sub("#", word) for word in fold(line.removeprefix("→")).split()[:_SIBLING_WORDS]]
        for line in (heading, text)
    )
    return len(first) == _SIBLING_WORDS and first == second


def ends_of_lists(blocks: Sequence[Block]) -> set[int]:
    """The paragraphs, by index, where a heading that only opens a list (« … suppose : ») stops reaching.

    A paragraph in the middle of the list still stands under it, unless it opens another.
    """
    ends: set[int] = set()
    listing = False
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            follows = blocks[i + 1].kind if i + 1 < len(blocks) else None
            listing = block.text.endswith(":") and follows is BlockKind.ITEM
        elif listing and block.kind is BlockKind.PARAGRAPH and not _list_goes_on(blocks, i):
            ends.add(i)
            listing = False
    return ends


def _list_goes_on(blocks: Sequence[Block], start: int) -> bool:
    for block in blocks[start:]:
        if block.kind is BlockKind.ITEM:
            return True
        if block.kind is BlockKind.HEADING or block.text.endswith(":") or field_of(block.text):
            return False
    return False
