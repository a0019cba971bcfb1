"""The web interface: `streamlit run ui/app.py`."""

from __future__ import annotations

import streamlit as st

from ui import labels
from ui.app_pages import aide, discuter
from ui.citations import dress_page

page = st.navigation(
    [
        st.Page(discuter.page, title=labels.CHAT_PAGE, url_path="discuter", default=True),
        st.Page(aide.page, title=labels.HELP_PAGE, url_path="aide"),
    ],
    position="top",
)
page.run()
dress_page()
