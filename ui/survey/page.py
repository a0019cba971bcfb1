"""The survey of the report's annexe, as charts that its sentences prove."""

from __future__ import annotations

import streamlit as st

from ui.labels import SURVEY_PAGE, page_title


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(SURVEY_PAGE), layout="wide")
    st.title(SURVEY_PAGE, anchor=False)
