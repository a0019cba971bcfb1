"""A document as text to paste anywhere: the answer with its numbers, then the references."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import UNSAID
from assistant.exports import wording
from assistant.exports.document import BOX, RULE, Block, Comparison, Document, Grid, Heading, Phrase, Role, Ruled, Text


def plain_text(document: Document) -> str:
    """The text, without its title; where a single question was asked, without it: what is pasted is the answer.

    What headings part is made to be read as a whole, and has its title.
    """
    questions = [block for block in document.blocks if block.role is Role.QUESTION]
    shown = [block for block in document.blocks if questions[1:] or block not in questions]
    blocks = [document.title, document.subtitle] if document.parted else []
    blocks += ["\n".join(_lines(block)) for block in shown]
    if document.references:
        blocks.append("\n".join([wording.REFERENCES, *(f"[{r.number}] {r.text}" for r in document.references)]))
    return "\n\n".join(block for block in [*blocks, document.foot] if block) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Comparison):
        yield block.caption
        for row in block.rows:
            yield f"\n{row.head}"
            for head, cell in zip(block.heads, row.cells, strict=True):
                yield f"- {head}\u00a0: {' '.join(map(_marked, cell)) or UNSAID}"
    elif isinstance(block, Heading):
        yield block.line
        if block.level == 1:
            yield "=" * len(block.line)
    elif isinstance(block, Grid):
        yield from filter(None, [block.caption])
        yield from (" | ".join(filter(None, row)) for row in (block.heads, *block.rows))
    elif isinstance(block, Ruled):
        yield from [RULE] * block.lines
    else:
        yield from filter(None, [block.caption])
        yield from _paragraphs(block)


def _paragraphs(block: Text) -> Iterator[str]:
    if block.listed:
        bullet = BOX if block.role is Role.CHOICES else "-"
        yield from (f"{bullet} {_marked(phrase)}" for phrase in block.phrases)
    else:
        yield " ".join(map(_marked, block.phrases))


def _marked(phrase: Phrase) -> str:
    return " ".join(part for part in (phrase.lead, phrase.text, phrase.marks) if part)
