"""The dashboard of one run, one side of it at a time."""

from __future__ import annotations

import streamlit as st

from assistant.chain import Assistant
from eval.record import delete_run
from ingest.errors import PratiquesError
from ui.components.ways import WayView, offer_ways
from ui.evaluation import board_labels, labels
from ui.evaluation.blocks import show_blocks
from ui.evaluation.kept import Kept
from ui.evaluation.parts import (
    show_decisions,
    show_failures,
    show_figures,
    show_groups,
    show_reach,
    show_times,
)
from ui.evaluation.places import AFTER, BEFORE, PART, RUN, View, link_to
from ui.evaluation.views import CellView, ListView
from ui.navigation import EVALUATION, asked_for, go


def show_board(kept: Kept, former: Kept | None, assistant: Assistant) -> None:
    """Show one side of a run, with links to the others; `former` is the run of the same questions before it."""
    back = [CellView(board_labels.BACK, link_to(View.RUNS))]
    if former is not None:
        back.append(CellView(labels.COMPARE, link_to(View.COMPARE, **{BEFORE: former.name, AFTER: kept.name})))
    show_blocks("back", lists=[ListView(tuple(back), bullets=False)])
    st.header(board_labels.title(kept.date), anchor=False)
    st.write(board_labels.made(kept.run, kept.date))
    part = asked_for(PART)
    part = part if part in board_labels.PARTS else "ensemble"
    ways = [
        WayView(said, link_to(View.RUNS, **{RUN: kept.name, PART: name}), name == part)
        for name, said in board_labels.PARTS.items()
    ]
    offer_ways("board-ways", board_labels.PART, ways)
    outcomes, index = kept.run.outcomes, assistant.index
    if part == "groupes":
        show_groups(outcomes)
    elif part == "refus":
        show_decisions(outcomes)
    elif part == "temps":
        show_times(outcomes)
    elif part == "couverture":
        show_reach(outcomes, index)
    elif part == "questions":
        show_failures(outcomes, index)
    else:
        show_figures(kept)
        if st.button(board_labels.DELETE):
            _ask_before_deleting(kept)


@st.dialog(board_labels.DELETE_TITLE)
def _ask_before_deleting(kept: Kept) -> None:
    st.markdown(board_labels.delete_question(kept.run, kept.date))
    with st.container(horizontal=True):
        if st.button(board_labels.DELETE_YES):
            try:
                delete_run(kept.path)
            except PratiquesError as error:
                st.error(str(error))
                return
            go(EVALUATION)
        if st.button(board_labels.KEEP):
            st.rerun()
