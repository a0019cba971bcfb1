"""A conversation laid out for paper."""

from __future__ import annotations

import streamlit as st

from ui.labels import PRINT_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(PRINT_PAGE), layout="wide")
    st.title(PRINT_PAGE, anchor=False)
