"""A trial being prepared: the form of a new one, and how far the one under way is."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

import streamlit as st

from assistant.chain import Assistant
from eval.aside import Aside
from eval.questions import load_questions, own_questions
from eval.review.asking import Wanted, drawn, read_batch, read_judged_file, read_typed
from eval.review.judged_set import judged_set
from eval.trials.making import MOST_QUESTIONS, Plan, make_trial
from eval.trials.store import Trials
from eval.trials.trial import MOST_NAME, Configuration, Origin, Sample, Search, Trial
from ingest.errors import PratiquesError, ReviewError
from ui.evaluation.blocks import show_progress
from ui.evaluation.places import VIEW, View
from ui.evaluation.views import ProgressView
from ui.navigation import EVALUATION, go
from ui.trials import labels
from ui.trials.layout import TRIAL

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_TELL_S = 1.0
"""Seconds between two looks at how far the trial is."""
_MOST_BYTES = 5_000_000


class Workplace:
    """Where the server keeps the one trial that is being prepared."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.current: Aside[Trial] | None = None

    def begin(self, plan: Plan, assistant: Assistant, trials: Trials) -> None:
        """Begin to prepare a trial.

        Raises:
            ReviewError: another one is under way.
        """
        with self._lock:
            if self.current is not None and self.current.under_way:
                raise ReviewError(labels.BUSY)
            self.current = Aside(
                lambda tell, stop: _made(plan, assistant, trials, partial(make_trial, tell=tell, stop=stop))
            )


def _made(plan: Plan, assistant: Assistant, trials: Trials, make: partial[Trial]) -> Trial:
    trial = make(plan, assistant)
    trials.add(trial)
    return trial


@st.cache_resource(show_spinner=False)
def workplace() -> Workplace:
    """The workplace of this server."""
    return Workplace()


@st.fragment(run_every=_TELL_S)
def follow_trial() -> None:
    """Say how far the trial under way is, and offer to stop it; once it is over, show it."""
    making = workplace().current
    if making is None:  # another window has shown how it ended
        st.rerun()
    if not making.under_way:
        if making.result is not None:
            workplace().current = None
            go(EVALUATION, **{VIEW: View.TRIALS, TRIAL: making.result.id})
        st.rerun()
    st.subheader(labels.PREPARING, anchor=False)
    share = making.done / making.total if making.total else 0.0
    said = labels.STOPPING if making.stopped else labels.progress(making.done, making.total)
    show_progress("trial-progress", ProgressView(share, said, labels.STOPPING if making.stopped else labels.PREPARING))
    st.button(labels.STOP, on_click=making.stop, disabled=making.stopped)


def tell_the_end() -> None:
    """Say how a trial ended that nobody followed to its end, or why it came to nothing; once."""
    making = workplace().current
    if making is None or making.under_way:
        return
    if making.failure:
        st.error(making.failure)
    elif making.stopped:
        st.info(labels.STOPPED)
    else:
        st.success(labels.READY)
    workplace().current = None


def ask_for_a_trial(assistant: Assistant, trials: Trials) -> None:
    """The form of a new trial; what is wrong with it is said."""
    name = st.text_input(labels.NAME, max_chars=MOST_NAME, width=480)
    for side, column in enumerate(st.columns(2, gap="medium")):
        with column:
            st.markdown(f"**{labels.CONFIGURATIONS[side]}**")
            st.selectbox(
                labels.SEARCHES[side],
                list(Search),
                index=side,
                format_func=labels.SEARCH_NAMES.__getitem__,
                help=labels.SEARCH_HELP,
                key=f"trial-search-{side}",
            )
            st.text_input(
                labels.LLMS[side], value=assistant.settings.llm or "", help=labels.LLM_HELP, key=f"trial-llm-{side}"
            )
            st.text_input(labels.CONFIGURATION_NAMES[side], max_chars=MOST_NAME, key=f"trial-name-{side}")
    with st.expander(labels.RARE):
        for side, column in enumerate(st.columns(2, gap="medium")):
            column.text_input(labels.EMBEDDINGS[side], help=labels.EMBEDDINGS_HELP, key=f"trial-embeddings-{side}")
    origin = st.radio(labels.QUESTIONS, _origins(assistant), format_func=labels.ORIGINS.__getitem__)
    try:
        wanted, sample = _questions(origin, assistant)
    except PratiquesError as error:
        st.error(str(error))
        return
    if not st.button(labels.START):
        return
    try:
        plan = Plan(name, _configuration(0), _configuration(1), sample, tuple(wanted))
        workplace().begin(plan, assistant, trials)
    except PratiquesError as error:
        st.error(str(error))
        return
    st.rerun()


def _configuration(side: int) -> Configuration:
    state = st.session_state
    search = Search(state[f"trial-search-{side}"])
    llm, embeddings = str(state[f"trial-llm-{side}"]).strip(), str(state[f"trial-embeddings-{side}"]).strip()
    name = labels.configuration_name(str(state[f"trial-name-{side}"]), search, llm, embeddings)
    return Configuration(name[:MOST_NAME], search, llm, embeddings)


def _origins(assistant: Assistant) -> list[Origin]:
    kept = judged_set(assistant.settings.home).exists()
    return [origin for origin in Origin if kept or origin is not Origin.TEST_SET]


def _questions(origin: Origin, assistant: Assistant) -> tuple[list[Wanted], Sample]:
    """The questions that the form asks for, and where they come from.

    Raises:
        PratiquesError: they cannot be read.
    """
    if origin is Origin.OWN:
        judged = [q for q in load_questions(own_questions()) if q.split == "held"]
        first, second = st.columns(2, gap="medium")
        count = int(first.number_input(labels.COUNT, 1, min(MOST_QUESTIONS, len(judged)), 20))
        seed = int(second.number_input(labels.SEED, 0, 999_999, 1, help=labels.SEED_HELP))
        return drawn(judged, count, seed), Sample(origin, own_questions().name, len(judged), seed)
    if origin is Origin.TYPED:
        wanted = read_typed(st.text_area(labels.TYPED, height=160))
        return wanted, Sample(origin, "", len(wanted))
    if origin is Origin.TEST_SET:
        file = judged_set(assistant.settings.home)
        kept = load_questions(file)
        return drawn(kept, len(kept), 0), Sample(origin, file.name, len(kept))
    sent = st.file_uploader(labels.FILE, type=["jsonl", "json", "txt"], help=labels.FILE_HELP)
    wanted = _of_file(sent) if sent is not None else []
    return wanted, Sample(origin, sent.name if sent is not None else "", len(wanted))


def _of_file(file: UploadedFile) -> list[Wanted]:
    """The questions of a file that was received: judged, of a batch, or one a line.

    Raises:
        ReviewError: it cannot be read.
    """
    content = file.getvalue()
    if len(content) > _MOST_BYTES:
        raise ReviewError("Ce fichier est trop grand pour un essai. Partagez-le.")
    if not content.lstrip().startswith(b"{"):
        try:
            return read_typed(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ReviewError("Ce fichier n'est pas un texte en UTF-8. Enregistrez-le ainsi, puis reprenez.") from error
    if b'"evidence"' in content:
        judged = read_judged_file(file.name, content)
        return drawn(judged, len(judged), 0)
    wanted, bad = read_batch(content)
    for line in bad:
        st.warning(labels.bad_line(line.line, line.reason))
    return wanted
