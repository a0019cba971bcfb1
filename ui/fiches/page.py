"""The fiches: cards, map, and a page for each."""

from __future__ import annotations

import streamlit as st

from ui.labels import FICHES_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(FICHES_PAGE), layout="wide")
    st.title(FICHES_PAGE, anchor=False)
