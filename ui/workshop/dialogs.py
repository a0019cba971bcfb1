"""The dialogs of a kit: versions, rename, delete."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from assistant.database import Kits
from assistant.kits.editing import MOST_TITLE, rename
from ingest.errors import PratiquesError
from ui.navigation import WORKSHOP, go
from ui.workshop import labels
from ui.workshop.bench import Bench


@st.dialog(labels.VERSIONS_TITLE)
def offer_versions(bench: Bench, store: Kits, now: datetime) -> None:
    """Offer to go back to an earlier version; `now` is in the time zone of the reader."""
    if version := choose_version(bench.kit.id, bench.kept.version, store, now):
        bench.return_to(version, store)
        st.rerun()


def choose_version(identifier: str, shown: int | None, store: Kits, now: datetime) -> int | None:
    """The versions of a kit to choose from, but the one that is shown; gives the one that is chosen."""
    st.write(labels.VERSIONS_HELP)
    lines = {
        version.number: labels.version_line(version.number, version.kept.astimezone(now.tzinfo), version.change)
        for version in store.versions(identifier)
    }
    chosen = st.radio(labels.VERSION, list(lines), format_func=lines.__getitem__)
    return chosen if st.button(labels.RETURN, disabled=chosen == shown) else None


@st.dialog(labels.RENAME_TITLE)
def ask_for_a_name(bench: Bench, store: Kits) -> None:
    """Ask for the new name of a kit."""
    with st.form("rename-kit", border=False):
        name = st.text_input(labels.NEW_NAME, value=bench.kit.title.text, max_chars=MOST_TITLE)
        if st.form_submit_button(labels.SAVE):
            try:
                renamed = rename(bench.kit, name)
            except PratiquesError as error:
                st.error(str(error))
                return
            bench.change(renamed, labels.RENAMED, store)
            st.rerun()


@st.dialog(labels.DELETE_TITLE)
def ask_before_deleting(bench: Bench, store: Kits) -> None:
    """Ask before a kit and its versions are deleted for good."""
    st.markdown(labels.DELETE_MEANS)
    with st.container(horizontal=True):
        if st.button(labels.DELETE_YES):
            try:
                store.delete(bench.kit.id)
            except PratiquesError as error:
                st.error(str(error))
                return
            go(WORKSHOP)
        if st.button(labels.CANCEL):
            st.rerun()
