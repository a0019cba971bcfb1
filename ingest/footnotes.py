"""Footnotes bound to the place that calls them.

A call is `<sup>12</sup>` where the reader saw one; elsewhere the converter left its bare digits glued to a
word (« SEVE 17emploi », « conflictuelle »8. »), told from a figure by the number of a note that no call claims
and that is printed a little further on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.records import Block, BlockKind

_CALL = re.compile(r"\s*<sup>(\d{1,3})</sup>")
_OTHER_SUP = re.compile(r"</?sup>")
_REACH = 40
"""How many blocks before its note a lost call is looked for: a page holds fewer."""


@dataclass(frozen=True, slots=True)
class Call:
    """A footnote called in `block` (index among the blocks returned) at `offset` in its text."""

    number: int
    block: int
    offset: int


def bind_footnotes(blocks: Sequence[Block]) -> tuple[list[Block], list[Call], dict[int, str]]:
    """Take notes and calls out of the text.

    Returns:
        The blocks without notes and calls, the calls found (at most one a note), and each note's text by number.
    """
    notes: dict[int, str] = {}
    printed_at: dict[int, int] = {}
    kept: list[Block] = []
    calls: dict[int, Call] = {}
    after_note: int | None = None
    for block in blocks:
        if block.kind is BlockKind.NOTE:
            number, _, words = block.text.partition(" ")
            after_note = int(number)
            notes[after_note], printed_at[after_note] = words.strip(), len(kept)
            continue
        if after_note is not None and _continues(notes[after_note], block):
            notes[after_note] += f" {block.text}"
            continue
        after_note = None
        kept.append(block)
    for i, block in enumerate(kept):
        text, offset = "", 0
        for found in _CALL.finditer(block.text):
            text += block.text[offset : found.start()]
            offset = found.end()
            if int(found[1]) in notes:
                calls.setdefault(int(found[1]), Call(int(found[1]), i, len(text)))
            else:
                text += found[1]  # an exponent, not a call
        text += block.text[offset:]
        kept[i] = replace(block, text=_OTHER_SUP.sub("", text))
    for uncalled in sorted(notes.keys() - calls.keys()):
        _find_bare_call(uncalled, printed_at[uncalled], kept, calls)
    return kept, sorted(calls.values(), key=lambda c: c.number), notes


def _continues(note: str, block: Block) -> bool:
    """Whether a paragraph goes on with a note: a list of works by the same author."""
    return block.kind is BlockKind.PARAGRAPH and block.text.split()[0] == note.split()[0] and len(note.split()) > 3


def _find_bare_call(number: int, printed_at: int, blocks: list[Block], calls: dict[int, Call]) -> None:
    glued = re.compile(rf"(?:(?<=[^\W\d_])|(?<=[»)])|(?<=» )){number}(?=[\s.,;:)]|$)|(?<=\s){number}(?=[^\W\d_]{{3}})")
    for i in range(printed_at - 1, max(-1, printed_at - _REACH), -1):
        if found := glued.search(blocks[i].text):
            before = blocks[i].text[: found.start()].rstrip() if found.end() == len(blocks[i].text) else None
            text = (before if before is not None else blocks[i].text[: found.start()]) + blocks[i].text[found.end() :]
            calls[number] = Call(number, i, found.start())
            blocks[i] = replace(blocks[i], text=text)
            return


_MARK = "\ue000{}\ue001"
_MARKED = re.compile("\ue000(\\d+)\ue001")


def mark_calls(blocks: Sequence[Block], calls: Sequence[Call]) -> list[Block]:
    """Put a mark where each note is called: it travels with the text while blocks are joined and parted."""
    marked = list(blocks)
    for call in sorted(calls, key=lambda c: (c.block, c.offset), reverse=True):
        text = marked[call.block].text
        text = text[: call.offset] + _MARK.format(call.number) + text[call.offset :]
        marked[call.block] = replace(marked[call.block], text=text)
    return marked


def take_marks(texts: Sequence[str]) -> tuple[list[str], dict[int, tuple[int, int]]]:
    """Take the marks out again.

    Returns:
        The texts without marks, and for each note the index of the text that calls it and the offset there.
    """
    clean: list[str] = []
    offsets: dict[int, tuple[int, int]] = {}
    for i, marked in enumerate(texts):
        text, position = "", 0
        for mark in _MARKED.finditer(marked):
            text += marked[position : mark.start()]
            position = mark.end()
            offsets[int(mark[1])] = (i, len(text))
        clean.append(text + marked[position:])
    return clean, offsets
