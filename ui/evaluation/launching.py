"""A new run: its questions are chosen, it is started, followed and cancelled."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.chain import Assistant
from eval.questions import own_questions
from eval.record import Portion
from eval.review.judged_set import judged_set
from eval.running import Progress, Runner, Stage, choose, keep_questions, question_files
from ingest.errors import PratiquesError
from ui.evaluation import labels
from ui.evaluation.blocks import show_blocks, show_progress
from ui.evaluation.places import RUN, View, link_to
from ui.evaluation.views import CellView, ListView, ProgressView
from ui.navigation import EVALUATION, go

EVERY_S = 1.0
"""Seconds between two looks at a run that is under way."""


@st.cache_resource(show_spinner=False)
def runner() -> Runner:
    """The one runner of this server."""
    return Runner()


def offer_run(assistant: Assistant) -> None:
    """Show the form of a new run, or how far the one under way is."""
    st.header(labels.NEW, anchor=False)
    progress = runner().progress
    if progress is not None and progress.stage is Stage.RUNNING:
        _follow_run()
        return
    if progress is not None:
        _tell_end(progress)
    st.write(labels.NEW_MEANS)
    _ask_for_run(assistant)


def _ask_for_run(assistant: Assistant) -> None:
    home = assistant.settings.home
    own, reviewed = own_questions(), judged_set(home)
    portion: Portion = "all"
    with st.container(horizontal=True):
        offered: list[Path | str] = [*question_files(home), labels.SEND]
        chosen = st.selectbox(
            labels.SET,
            offered,
            format_func=lambda file: file if isinstance(file, str) else labels.set_name(file, own, reviewed),
            key="run-set",
            width=380,
        )
        if chosen == own:
            portion = st.selectbox(
                labels.PORTION,
                list(labels.PORTIONS),
                format_func=labels.PORTIONS.__getitem__,
                key="run-portion",
                width=340,
            )
    file = chosen if isinstance(chosen, Path) else _receive(home)
    if st.button(labels.START):
        if file is None:
            st.error(labels.CHOOSE_FILE)
            return
        try:
            runner().start(choose(file, portion), assistant, home)
        except PratiquesError as error:
            st.error(str(error))
            return
        st.rerun()


def _receive(home: Path) -> Path | None:
    """The file that was sent, kept; `None` before there is one, or where it is none of judged questions."""
    sent = st.file_uploader(labels.FILE, type=["jsonl", "json", "txt"], key="run-file")
    if sent is None:
        return None
    try:
        return keep_questions(sent.name, sent.getvalue(), home)
    except PratiquesError as error:
        st.error(str(error))
        return None


@st.fragment(run_every=EVERY_S)
def _follow_run() -> None:
    progress = runner().progress
    if progress is None or progress.stage is not Stage.RUNNING:
        st.rerun()
    view = ProgressView(
        progress.done / max(progress.total, 1), labels.how_far(progress), labels.how_far_aloud(progress)
    )
    show_progress("run-progress", view)
    if runner().cancelling:
        st.write(labels.CANCELLING)
    elif st.button(labels.CANCEL, key="run-cancel"):
        runner().cancel()
        st.rerun(scope="fragment")


def _tell_end(progress: Progress) -> None:
    told = labels.ended(progress)
    if progress.stage is Stage.FAILED:
        st.error(told)
    elif progress.stage is Stage.CANCELLED:
        st.info(told)
    else:
        st.success(told)
    if progress.written is not None:
        where = link_to(View.RUNS, **{RUN: progress.written.stem})
        show_blocks("run-written", lists=[ListView((CellView(labels.OPEN_RUN, where),), bullets=False)])
    if st.button(labels.DISMISS):
        runner().forget()
        go(EVALUATION)
