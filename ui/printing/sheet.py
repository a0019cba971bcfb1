"""The sheet to print: a document as it is exported, drawn by a component."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from assistant.answer import UNSAID
from assistant.exports.document import Document
from ui.components import define
from ui.navigation import Link, follow
from ui.printing import labels

_sheet = define(Path(__file__).parent, "sheet", '<article class="sheet"></article>', parts=("table",))


def show_sheet(document: Document, back: Link, back_name: str) -> None:
    """Show a document as it goes to paper, with a way back to what it was made of."""
    blocks = [{**asdict(block), "kind": str(block.role)} for block in document.blocks]
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "foot": document.foot,
        "blocks": blocks,
        "references": [{"number": r.number, "text": r.text} for r in document.references],
        "back": asdict(back),
        "labels": {"print": labels.PRINT, "back": back_name, "references": labels.REFERENCES, "unsaid": UNSAID},
    }
    follow(_sheet(key="sheet-component", data=data, on_go_change=lambda: None).go)
