"""The runs: a new one, those that are kept, how their figures move; or one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eval.analysis.conditions import same_questions
from eval.analysis.trend import trend
from ui.evaluation import board_labels, labels
from ui.evaluation.blocks import show_blocks
from ui.evaluation.board import show_board
from ui.evaluation.kept import Kept, kept_runs
from ui.evaluation.launching import offer_run
from ui.evaluation.layout import Row, table
from ui.evaluation.places import RUN, View, link_to
from ui.evaluation.trend import show_trend, value_in
from ui.evaluation.views import CellView, TableView
from ui.navigation import asked_for
from ui.opening import open_assistant

SHOWN = ("recall", "key_facts", "right_status", "citation_precision")
"""The figures that the list of runs gives."""


def show_runs() -> None:
    """Show the run that the address asks for, or all of them."""
    assistant = open_assistant()
    kept, damaged = kept_runs(assistant.settings.home)
    if wanted := asked_for(RUN):
        run = next((k for k in kept if k.name == wanted), None)
        if run is not None:
            show_board(run, _former(run, kept), assistant)
            return
        st.warning(board_labels.GONE_RUN)
    offer_run(assistant)
    st.header(labels.RUNS, anchor=False)
    for error in damaged:
        st.warning(error)
    if not kept:
        st.write(labels.NO_RUN)
        return
    show_blocks("runs", tables=[_runs_table(kept)])
    show_trend(kept)


def _former(run: Kept, kept: Sequence[Kept]) -> Kept | None:
    """The newest run of the same questions before one; `kept` is newest first."""
    wanted = same_questions(run.run)
    return next((k for k in kept if k.run.date < run.run.date and same_questions(k.run) == wanted), None)


def _runs_table(kept: Sequence[Kept]) -> TableView:
    points = {k.name: trend([k.run], k.run)[0] for k in kept}
    rows: list[Row] = [
        (
            CellView(labels.moment(k.date), link_to(View.RUNS, **{RUN: k.name})),
            labels.asked(k.run),
            labels.commit(k.run.commit),
            str(len(k.run.outcomes)),
            *(value_in(points[k.name], key) or labels.NOTHING for key in SHOWN),
        )
        for k in kept
    ]
    heads = (*labels.RUN_HEADS, *(labels.name_of(key) for key in SHOWN))
    return table(labels.RUNS, heads, rows, words=(1, 2))
