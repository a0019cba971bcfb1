"""What two raters agree on, where they differ, and the way to settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import streamlit as st

from eval.review.agreement import Compared, Disagreement, compare_raters, pairs_of
from eval.review.store import Rating, Reviews
from ui.review import findings_labels as labels
from ui.review.address import Place, View, link_to, write_place
from ui.review.findings import EntryView, ListView, TableView, show_findings
from ui.review.labels import NEXT, PREVIOUS
from ui.review.views import PAGE_SIZE, pages

_PAIR, _KEPT = "review-pair", "review-pair-kept"


def show_agreement(place: Place, store: Reviews) -> None:
    """Draw the agreement of the two raters of a place; of the first two where it names none."""
    st.info(labels.BLIND_ENDS)
    ratings = store.ratings()
    pairs = pairs_of(ratings)
    if not pairs:
        st.write(labels.NO_PAIR)
        return
    place = _choose_pair(place, pairs)
    compared = _compared(_stamp(ratings), *place.compared, _ratings=ratings)
    st.write(labels.over(compared.answers, compared.refusals))
    if compared.answers and compared.sentences.few:
        st.warning(labels.few())
    show_findings("review-agreement", tables=(marks_view(compared), kinds_view(compared)))
    with st.expander(labels.READING):
        st.markdown(labels.MEANING)
    st.header(labels.DISAGREEMENTS, anchor=False)
    _show_disagreements(compared, place)


def marks_view(compared: Compared) -> TableView:
    """How far two raters agree on the marks."""
    rows = (
        labels.marks_row(labels.SENTENCES, compared.sentences),
        labels.marks_row(labels.CITATIONS, compared.citations),
    )
    return TableView(labels.MARKS_NAME, labels.MARKS_HEADS, rows)


def kinds_view(compared: Compared) -> TableView:
    """How far two raters agree on each kind of error."""
    heads = labels.kinds_heads(compared.first, compared.second)
    return TableView(labels.KINDS_NAME, heads, tuple(map(labels.kind_row, compared.kinds)))


def disagreements_view(disagreements: Sequence[Disagreement], place: Place, first: str, second: str) -> ListView:
    """The answers on which two raters differ, each with what both said wherever they do."""
    entries = []
    for item, of_item in groupby(disagreements, key=lambda d: d.item):
        found = list(of_item)
        question = " ".join(found[0].question.split())
        rows = tuple((labels.place(d.position), labels.mark(d.first), labels.mark(d.second)) for d in found)
        beside = labels.SETTLED_BESIDE if found[0].settled else ""
        table = TableView(question, (labels.WHERE, first, second), rows)
        entries.append(EntryView(question, link_to(place, View.SETTLE, item), beside, table))
    return ListView("", tuple(entries))


def _choose_pair(place: Place, pairs: Sequence[tuple[str, str, int]]) -> Place:
    """The pair of raters, as a widget; the address says which, and goes first."""
    names: dict[tuple[str, str], int] = {(first, second): answers for first, second, answers in pairs}
    asked = place.compared if place.compared in names else next(iter(names))
    if st.session_state.get(_KEPT) != asked or _PAIR not in st.session_state:
        st.session_state[_PAIR] = asked
    chosen = st.selectbox(labels.PAIR, names, format_func=lambda p: labels.pair(p[0], p[1], names[p]), key=_PAIR)
    st.session_state[_KEPT] = chosen
    place = replace(place, compared=chosen, page=place.page if chosen == place.compared else 1)
    write_place(place)
    return place


@st.cache_resource(show_spinner=labels.COMPARING, max_entries=8)
def _compared(stamp: str, first: str, second: str, _ratings: Sequence[Rating]) -> Compared:
    return compare_raters(_ratings, first, second)


def _stamp(ratings: Sequence[Rating]) -> str:
    """What changes with any review."""
    return f"{len(ratings)} {max(rating.review.updated for rating in ratings).isoformat()}"


def _show_disagreements(compared: Compared, place: Place) -> None:
    found = compared.disagreements
    items, settled = {d.item for d in found}, {d.item for d in found if d.settled}
    st.write(labels.disagreements(len(found), len(items), len(settled)))
    if not found:
        return
    which = st.radio(labels.WHICH, (labels.TO_SETTLE, labels.SETTLED, labels.ALL), horizontal=True)
    shown = [d for d in found if which == labels.ALL or d.settled == (which == labels.SETTLED)]
    answers = list(dict.fromkeys(d.item for d in shown))
    page = min(place.page, pages(len(answers)))
    here = set(answers[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    if not here:
        st.write(labels.NO_DISAGREEMENT)
        return
    view = disagreements_view([d for d in shown if d.item in here], place, compared.first, compared.second)
    show_findings("review-disagreements", lists=[view])
    with st.container(horizontal=True):
        for step, name in ((-1, PREVIOUS), (1, NEXT)):
            if 1 <= page + step <= pages(len(answers)):
                st.button(name, on_click=write_place, args=(replace(place, page=page + step),))
