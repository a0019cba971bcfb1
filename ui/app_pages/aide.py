"""The help page: what the tool does, how its proofs work, what it does not know."""

from __future__ import annotations

import streamlit as st

from ui import labels


def page() -> None:
    """Draw the help page."""
    st.set_page_config(page_title=f"{labels.HELP_PAGE} · {labels.PRODUCT}", layout="centered")
    st.title(labels.HELP_PAGE, anchor=False)
    st.markdown(labels.HELP)
