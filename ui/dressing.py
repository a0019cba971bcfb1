"""What no Streamlit theme sets: the language of the page, the names of its controls, the size of text in widgets."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import labels

_FOLDER = Path(__file__).parent / "components"
_document = st.components.v2.component("pratiques.document", js=(_FOLDER / "document.js").read_text(encoding="utf-8"))


def dress_page() -> None:
    """Dress the page that has just been drawn."""
    st.html(_FOLDER / "page.css")
    said = {"names": labels.STREAMLIT_NAMES, "starts": labels.STREAMLIT_STARTS, "says": labels.STREAMLIT_SAYS}
    _document(key="document-component", data={"lang": "fr", "skip": labels.SKIP_TO_CONTENT, **said})
