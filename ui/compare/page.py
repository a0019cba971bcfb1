"""The comparison of fiches, field by field."""

from __future__ import annotations

import streamlit as st

from ui.labels import COMPARE_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(COMPARE_PAGE), layout="wide")
    st.title(COMPARE_PAGE, anchor=False)
