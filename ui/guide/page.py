"""The help page."""

from __future__ import annotations

import streamlit as st

from ui.guide.labels import HELP
from ui.labels import HELP_PAGE, page_title


def page() -> None:
    """Draw the help page."""
    st.set_page_config(page_title=page_title(HELP_PAGE), layout="centered")
    st.title(HELP_PAGE, anchor=False)
    st.markdown(HELP)
