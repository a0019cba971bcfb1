"""The way to each view of the page of measures."""

from __future__ import annotations

import streamlit as st

from ui.evaluation.places import View, asked_view, offer_views
from ui.labels import EVALUATION_PAGE, page_title

WIDTH = 1000
"""Pixels: charts and tables, no wider than what is read with ease."""


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(EVALUATION_PAGE), layout="wide")
    st.title(EVALUATION_PAGE, anchor=False)
    view = asked_view()
    offer_views(view)
    with st.container(width=WIDTH):
        _show(view)


def _show(view: View) -> None:
    # Each view is loaded by whoever opens it: none waits for what only another needs.
    if view is View.RUNS:
        from ui.evaluation.runs import show_runs

        show_runs()
    elif view is View.COMPARE:
        from ui.evaluation.side_by_side import show_two_runs

        show_two_runs()
    elif view is View.TRIALS:
        from ui.trials import show_trials

        show_trials()
    elif view is View.JUDGE:
        from ui.evaluation.judging import show_judge

        show_judge()
    else:
        from ui.evaluation.reporting import show_report

        show_report()
