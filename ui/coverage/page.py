"""What of the report the questions have reached."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from assistant.coverage import Coverage, Period, coverage_of, window
from ui.components import define
from ui.coverage import labels
from ui.coverage.views import coverage_view
from ui.labels import COVERAGE_PAGE, page_title
from ui.navigation import follow
from ui.opening import open_assistant, open_conversations

WIDTH = 900
"""Pixels: the strip, the table and the lists."""
_show_lists = define(Path(__file__).parent, "reached", html='<div class="reached"></div>', parts=("figures",))


def _choose_window() -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    period = st.radio(
        labels.PERIOD, list(Period), index=1, format_func=labels.PERIODS.__getitem__, horizontal=True, key="period"
    )
    if period is not Period.DATES:
        return window(period or Period.ALL, now)
    start, end = window(Period.MONTH, now)
    with st.container(horizontal=True):
        first = st.date_input(labels.FIRST_DAY, start.astimezone(), format=labels.DATE_FORMAT, key="first", width=200)
        last = st.date_input(labels.LAST_DAY, end.astimezone(), format=labels.DATE_FORMAT, key="last", width=200)
    return window(period, now, first, last)


def _show(coverage: Coverage) -> None:
    from ui.coverage.strip import strip_chart  # altair takes half a second to import

    st.write(f"{labels.summary(coverage)} {labels.reached(coverage)} {labels.gone(coverage)}")
    st.subheader(labels.STRIP, anchor=False)
    st.write(labels.STRIP_NOTE)
    st.altair_chart(strip_chart(coverage.places), width="stretch", alt=labels.alternative(coverage))
    shown = _show_lists(key="reached", data=asdict(coverage_view(coverage)), on_go_change=lambda: None)
    follow(shown.go)


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(COVERAGE_PAGE), layout="wide")
    st.title(COVERAGE_PAGE, anchor=False)
    index = open_assistant().index
    with st.container(width=WIDTH):
        st.write(labels.INTRO)
        since, until = _choose_window()
        coverage = coverage_of(open_conversations().usage(since, until), index)
        if coverage.asked:
            _show(coverage)
        else:
            st.info(labels.NOTHING)
