"""The queue of answers to review, and the way to each of its views."""

from __future__ import annotations

import streamlit as st

from ui.labels import REVIEW_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(REVIEW_PAGE), layout="wide")
    st.title(REVIEW_PAGE, anchor=False)
