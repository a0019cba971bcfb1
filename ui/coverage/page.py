"""What of the report the questions have reached."""

from __future__ import annotations

import streamlit as st

from ui.labels import COVERAGE_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(COVERAGE_PAGE), layout="wide")
    st.title(COVERAGE_PAGE, anchor=False)
