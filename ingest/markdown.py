"""A Markdown document as blocks in reading order.

The line is the unit here, not the CommonMark tree: the converter that made the report's Markdown puts
headings inside list items, tables as tab-separated lines, several bullets on one item and notes in the
middle of sentences, which a CommonMark parser would turn into code blocks and nested lists.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ingest.records import Block, BlockKind

_SPOILT_SUP = re.compile(r"<sup>&</sup>lt;sup>")
_TEX_NOTE = re.compile(r"\$\s*(?:<sup>)?\^\{(\d+)\}[\\ ]*(?:</sup>)?\\?underline\{(.*)\}\s*\$")
_TEX_CALL = re.compile(r"\$\s*\^\{?(\d+)\}?\s*\$")
_TAG = re.compile(r"</?(?!/?sup\b)[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\]]*)\]\(\S+?\)")
_ESCAPE = re.compile(r"\\([\\_*#$\-\[\](){}.!+`>|])")
_NOTE = re.compile(r"<sup>(\d{1,3})</sup>\s*(\S.*)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BULLET = re.compile(r"(\s*)(?:[-+•❖▪➢]|[oO](?=\s+[A-ZÀ-Ýa-zà-ÿ«\d]))\s+(?=\S)")
_CELL_BULLET = re.compile(r"^(?:[-•]|o)\s+")
_NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]|[a-z]\.)\s+\S")
_GLYPHS = re.compile(r"[▼🔻]|(?<=\t)[•*](?=\t|$)|^[•*](?=\t)")
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_SUPERSCRIPT_RUN = re.compile("[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_NOISE = re.compile(r"[\W_]*|\d{1,3}|\S{1,3}(?:\s+[-–\d]){3,}\s*[-–]*")
_RULE_ROW = re.compile(r"[-:|\s]+")
_ENDED = re.compile(r"[.!?…;:,»”\"]\)?$")
_PIPE_ROW = re.compile(r"\s*\|(.+)\|\s*")


def read_markdown(text: str) -> list[Block]:
    """Cut Markdown text into blocks.

    Lines that say nothing (rules, lone page numbers, glyphs) are left out; footnote calls stay in the text
    as `<sup>12</sup>` for the structure step to bind.
    """
    blocks: list[Block] = []
    above = ""
    for raw in text.splitlines():
        line = _TEX_NOTE.sub(lambda m: f"<sup>{m[1]}</sup> {_plain_tex(m[2])}", _SPOILT_SUP.sub("<sup>", raw))
        line = _TEX_CALL.sub(r"<sup>\1</sup>", line)
        line = _SUPERSCRIPT_RUN.sub(lambda m: f"<sup>{m[0].translate(_SUPERSCRIPTS)}</sup>", line)
        if piped := _PIPE_ROW.fullmatch(line):
            line = "\t".join(cell.strip() for cell in piped[1].split("|"))
        block = _row(line) if "\t" in line else _block(line)
        if block is not None and above.strip() and _is_wrapped(above, blocks[-1], block):
            last = blocks.pop()
            block = replace(last, text=f"{last.text} {block.text}")
        if block is not None:
            blocks.append(block)
        above = raw if block is not None else ""
    return blocks


def _is_wrapped(above: str, last: Block, block: Block) -> bool:
    """Whether a line goes on with the paragraph or the item of the line right above it."""
    if block.kind is not BlockKind.PARAGRAPH or above.endswith("  ") or block.text.startswith("→"):
        return False
    return last.kind is BlockKind.PARAGRAPH or (last.kind is BlockKind.ITEM and not _ENDED.search(last.text))


def _plain_tex(tex: str) -> str:
    return re.sub(r"\\text\{(.*?)\}", r"\1", tex)


def _inline(text: str) -> str:
    """The words of a line without their marks."""
    text = html.unescape(_TAG.sub("", _LINK.sub(r"\1", text)))
    text = _ESCAPE.sub(r"\1", text.replace("*", ""))
    return re.sub(r"[ \u00a0\u202f]+", " ", text).strip()


def _row(line: str) -> Block | None:
    cells = [_CELL_BULLET.sub("", _inline(cell)) for cell in _GLYPHS.sub("", line).split("\t")]
    if not any(cells) or all(_RULE_ROW.fullmatch(cell) for cell in cells if cell):
        return None
    return Block(BlockKind.ROW, "\t".join(cells).rstrip())


def _block(line: str) -> Block | None:
    if note := _NOTE.fullmatch(line.strip()):
        return Block(BlockKind.NOTE, f"{note[1]} {_inline(note[2])}")
    kind, level = BlockKind.PARAGRAPH, 0
    if heading := _HEADING.match(line):
        kind, level, line = BlockKind.HEADING, len(heading[1]), heading[2]
    while bullet := _BULLET.match(line):
        if kind is BlockKind.PARAGRAPH:
            kind, level = BlockKind.ITEM, min(len(bullet[1]) // 2, 3)
        line = line[bullet.end() :]
    text = _inline(line).removeprefix("> ")
    if not text or _NOISE.fullmatch(text):
        return None
    if text.startswith("→"):
        # An arrow opens a heading of the report, unless a whole sentence follows.
        ends = text.endswith(".") and not text.endswith("..")
        kind, level = (BlockKind.PARAGRAPH, 0) if ends else (BlockKind.HEADING, 5)
    elif kind is BlockKind.PARAGRAPH and _NUMBERED.match(text):
        kind = BlockKind.ITEM
    return Block(kind, text, level)
