"""A document as Markdown, its references as footnotes; nothing that it says can pass for a mark of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer import UNSAID
from assistant.exports.document import RULE, Block, Comparison, Document, Grid, Heading, Phrase, Role, Ruled, Text

_MARK = re.compile(r"[\\`*_{}\[\]<>&|~#^$@]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
"""What opens or closes something anywhere in a line, for CommonMark, GitHub or Pandoc; an address becomes a link."""
_START = re.compile(r"^(?:[-+=:%]|\d{1,9}[.)](?!\S))")
"""What would make a line a list, a heading, a rule or a definition: its last character."""


def markdown_text(document: Document) -> str:
    """The text: CommonMark, with the footnotes and the tables that GitHub and Pandoc read."""
    blocks = [f"# {escaped(document.title)}", f"*{escaped(document.subtitle)}*"]
    blocks += ["\n".join(_lines(block)) for block in document.blocks]
    if document.foot:
        blocks += ["---", escaped(document.foot)]
    blocks += [f"[^{reference.number}]: {escaped(reference.text)}" for reference in document.references]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """A text, on one line, that every reader of Markdown shows as it is."""
    marked = _MARK.sub(lambda found: f"\\{found[0]}", text)
    return _START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", marked)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Comparison):
        yield from _caption(block.caption)
        yield _row([escaped(head) for head in (block.corner, *block.heads)])
        yield _row(["---"] * (len(block.heads) + 1))
        for row in block.rows:
            cells = (" ".join(map(_marked, cell)) or UNSAID for cell in row.cells)
            yield _row([f"**{escaped(row.head)}**", *cells])
    elif isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {escaped(block.line)}"
    elif isinstance(block, Grid):
        yield from _caption(block.caption)
        yield _row([escaped(head) for head in block.heads])
        yield _row(["---"] * len(block.heads))
        yield from (_row([escaped(cell) for cell in row]) for row in block.rows)
    elif isinstance(block, Ruled):
        yield "\n\n".join([RULE] * block.lines)
    else:
        yield from _caption(block.caption)
        yield from _paragraphs(block)


def _caption(caption: str) -> Iterator[str]:
    if caption:
        yield f"**{escaped(caption)}**\n"


def _paragraphs(block: Text) -> Iterator[str]:
    if block.listed:
        bullet = "- [ ]" if block.role is Role.CHOICES else "-"
        yield from (f"{bullet} {_marked(phrase)}" for phrase in block.phrases)
    else:
        yield ("## " if block.role is Role.QUESTION else "") + " ".join(map(_marked, block.phrases))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marked(phrase: Phrase) -> str:
    lead = f"**{escaped(phrase.lead)}** " if phrase.lead else ""
    return lead + escaped(phrase.text) + "".join(f"[^{number}]" for number in phrase.references)
