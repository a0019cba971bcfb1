"""The runs of the judged questions, and the way to each view of the page."""

from __future__ import annotations

import streamlit as st

from ui.labels import EVALUATION_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(EVALUATION_PAGE), layout="wide")
    st.title(EVALUATION_PAGE, anchor=False)
