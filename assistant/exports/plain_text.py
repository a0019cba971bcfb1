"""A document as text to paste anywhere: the answer with its numbers, then the references."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import UNSAID
from assistant.exports import wording
from assistant.exports.document import Block, Comparison, Document, Phrase, Role


def plain_text(document: Document) -> str:
    """The text, without its title; where a single question was asked, without it: what is pasted is the answer."""
    questions = [
        block for block in document.blocks if not isinstance(block, Comparison) and block.role is Role.QUESTION
    ]
    shown = [block for block in document.blocks if questions[1:] or block not in questions]
    blocks = ["\n".join(_lines(block)) for block in shown]
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
    elif block.listed:
        yield from (f"- {_marked(phrase)}" for phrase in block.phrases)
    else:
        yield " ".join(map(_marked, block.phrases))


def _marked(phrase: Phrase) -> str:
    return " ".join(part for part in (phrase.lead, phrase.text, phrase.marks) if part)
