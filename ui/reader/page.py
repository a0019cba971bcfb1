"""The reader: the report part by part, its cited words highlighted."""

from __future__ import annotations

import streamlit as st

from ui.labels import READER_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(READER_PAGE), layout="wide")
    st.title(READER_PAGE, anchor=False)
