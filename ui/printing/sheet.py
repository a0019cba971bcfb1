"""The sheet to print: a document as it is exported, drawn by a component."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.answer import UNSAID
from assistant.exports.document import Comparison, Document
from ui.components import define
from ui.navigation import CHAT, follow, link
from ui.printing import labels

_sheet = define(Path(__file__).parent, "sheet", '<article class="sheet"></article>', parts=("table",))


def show_sheet(document: Document, conversation: str) -> None:
    """Show a document as it goes to paper, with a way back to its conversation."""
    blocks = [
        {"kind": "comparison" if isinstance(block, Comparison) else str(block.role), **asdict(block)}
        for block in document.blocks
    ]
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "foot": document.foot,
        "blocks": blocks,
        "references": [{"number": r.number, "text": r.text} for r in document.references],
        "back": asdict(link(CHAT, c=conversation)),
        "labels": {"print": labels.PRINT, "back": labels.BACK, "references": labels.REFERENCES, "unsaid": UNSAID},
    }
    follow(_sheet(key="sheet-component", data=data, on_go_change=lambda: None).go)
