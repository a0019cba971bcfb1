"""Components of our own, where no widget of Streamlit does: buttons within sentences, highlighted reading, a map.

Each builds its nodes from plain text (`nodes.js`), so that nothing of a question or of the report is ever read as
markup, and shares one dress (`base.css`). An action of the reader comes back as a trigger: `action` for what the
page does itself, `go` for another page (`ui/navigation.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

_SHARED = Path(__file__).parent
Show = Callable[..., Any]
"""Mounts a component: `show(key=…, data=…, on_action_change=…)`."""


def define(folder: Path, name: str, html: str = "", parts: Sequence[str] = ()) -> Show:
    """Declare a component made of `name.js` and `name.css` of a folder, over what all of them share.

    `html` is what stands in it before its script runs; nothing that a user or a document wrote. `parts` are what some
    components share beside, each a style, a script or both: `table`, `hint`, `figures`.
    """
    css = (_SHARED / "base.css", *_of(parts, "css"), folder / f"{name}.css")
    js = (_SHARED / "nodes.js", *_of(parts, "js"), folder / f"{name}.js")
    show: Show = st.components.v2.component(
        f"pratiques.{name}",
        html=html or "<div></div>",
        css="".join(map(_text, css)),
        js="".join(map(_text, js)),
    )
    return show


def _of(parts: Sequence[str], kind: str) -> list[Path]:
    return [path for part in parts if (path := _SHARED / f"{part}.{kind}").exists()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
