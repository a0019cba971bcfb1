"""Reviews taken away as files, and files brought back: checked line by line, kept only when the user says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from eval.review.files import Checked, Refused, Standing, as_csv, as_json_lines, check_file, keep
from eval.review.item import Item
from eval.review.marks import Review
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.errors import PratiquesError
from ui.opening import open_assistant
from ui.review import findings_labels as labels
from ui.review.address import Place
from ui.review.findings import EntryView, ListView, show_findings
from ui.review.labels import bad_line
from ui.review.queue import tell
from ui.review.received import Received, put_aside, receive_file

_FILE, _CHECKED = "review-import", "review-checked"
_Written = Callable[[Iterable[tuple[Item, Sequence[Review]]]], Iterator[str]]
_FORMATS: tuple[tuple[str, _Written, str, str], ...] = (
    (labels.AS_CSV, as_csv, "csv", "text/csv"),
    (labels.AS_JSON, as_json_lines, "jsonl", "application/jsonl"),
)


def show_files(place: Place, store: Reviews) -> None:
    """Draw the way out and the way in."""
    st.header(labels.EXPORT, anchor=False)
    st.write(labels.to_export(store.count(place.queue)))
    st.write(labels.EXPORT_MEANS)
    st.write(labels.FORMATS_MEAN)
    with st.container(horizontal=True):
        for name, write, extension, mime in _FORMATS:
            st.download_button(
                name,
                data=partial(_file, write, store, place.queue),
                file_name=f"relectures-{datetime.now().astimezone():%Y-%m-%d}.{extension}",
                mime=mime,
                on_click="ignore",
            )
    st.header(labels.IMPORT, anchor=False)
    try:
        received = receive_file(labels.IMPORT_FILE, labels.IMPORT_HELP, _FILE)
        if received is not None:
            _offer_to_keep(_checked(received, store), store)
    except PratiquesError as error:
        st.error(str(error))


def _file(write: _Written, store: Reviews, queue: Queue) -> bytes:
    return "".join(write(store.all(queue))).encode("utf-8")


def _checked(received: Received, store: Reviews) -> Checked:
    """The file, checked once for each time that it is handed over."""
    known: tuple[Received, Checked] | None = st.session_state.get(_CHECKED)
    if known is None or known[0] is not received:
        known = (received, check_file(received.content, store, open_assistant().index))
        st.session_state[_CHECKED] = known
    return known[1]


def _offer_to_keep(checked: Checked, store: Reviews) -> None:
    """Say what the file is worth, and keep what is good of it if that is wanted."""
    counts = Counter(good.standing for good in checked.good)
    st.write(labels.checked([(standing, counts[standing]) for standing in Standing]))
    if checked.refused:
        show_findings("review-refused", lists=[refused_view(checked.refused)])
    lines = sum(len(good.lines) for good in checked.to_keep)
    if not lines:
        st.info(labels.ALL_HERE if checked.good else labels.NOTHING_GOOD)
    with st.container(horizontal=True):
        if lines and st.button(labels.keep(lines, not checked.refused)):
            _end(labels.kept(keep(checked, store)))
        if st.button(labels.KEEP_NOTHING if lines else labels.CLOSE):
            _end(labels.NOTHING_KEPT)


def refused_view(refused: Sequence[Refused]) -> ListView:
    """The lines that are refused, each with its number and the reason."""
    entries = tuple(EntryView(bad_line(one.line, one.reason)) for one in refused[: labels.MOST_SHOWN])
    return ListView(labels.refused_lines(len(refused)), entries)


def _end(words: str) -> None:
    put_aside(_FILE)
    st.session_state.pop(_CHECKED, None)
    tell(words)
    st.rerun()
