"""Sentences that a page break or the converter cut in two, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.records import Block, BlockKind

_ENDED = re.compile(r"[.!?…;:»”\"]\)?$")
_PUNCTUATION = ",;.)"
_CUT_ITEM = 8  # words


def join_broken(blocks: Sequence[Block]) -> list[Block]:
    """Join a block to the one that goes on with its sentence; the joined block keeps the first one's place.

    A sentence goes on where the next block starts with a small letter (or a comma) and the block before has
    not ended, or where it closes a quotation that the block before left open. Headings and rows never join,
    nor an item to a list that it opens.
    """
    joined: list[Block] = []
    for block in blocks:
        if joined and _goes_on(joined[-1], block):
            glue = "" if block.text[0] in _PUNCTUATION else " "
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}{glue}{block.text}")
        else:
            joined.append(block)
    return joined


def _goes_on(above: Block, block: Block) -> bool:
    running = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    if above.kind not in running or block.kind not in running:
        return False
    if block.text[0] in _PUNCTUATION:
        return True
    if _unclosed(above.text) > 0 and _unclosed(block.text) < 0:
        return True
    if not block.text[0].islower() or re.match(r"[a-z]\.\s", block.text):
        return False
    if block.kind is BlockKind.ITEM:
        # Items that all start small are a list; one that starts small under a long one is the rest of it.
        cut = above.text[0].isupper() and len(above.text.split()) >= _CUT_ITEM and not _ENDED.search(above.text)
        return above.kind is BlockKind.ITEM and cut
    return not _ENDED.search(above.text)


def _unclosed(text: str) -> int:
    return text.count("«") - text.count("»")
