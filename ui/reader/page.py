"""The reader: the report part by part, its cited words highlighted."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from ingest.errors import PratiquesError
from ui.components import define
from ui.labels import READER_PAGE, page_title
from ui.navigation import READER, follow, go
from ui.opening import open_assistant
from ui.reader import labels
from ui.reader.asked import read_address
from ui.reader.layout import reader_view

_reader = define(Path(__file__).parent, "reader", '<div class="reader"></div>')
_LAST = "reader-address"


def page() -> None:
    """Draw the page."""
    index = open_assistant().index
    try:
        asked = read_address(index)
        view = reader_view(asked, index, moved=_LAST in st.session_state)
    except PratiquesError as error:
        _say_nowhere(str(error))
        return
    st.set_page_config(page_title=page_title(view.title), layout="wide")
    if not st.query_params:
        st.query_params.update(asked.place)
    st.session_state[_LAST] = view.address
    shown = _reader(key="reader", data=asdict(view), on_go_change=lambda: None)
    follow(shown.go)


def _say_nowhere(why: str) -> None:
    st.set_page_config(page_title=page_title(READER_PAGE), layout="wide")
    with st.container(width=720):
        st.title(labels.NOWHERE, anchor=False)
        st.text(why)
        if st.button(labels.START):
            go(READER)
