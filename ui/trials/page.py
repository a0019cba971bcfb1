"""The blind trials: one is prepared, its pairs are compared, its result is read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial

import streamlit as st

from assistant.exports.markdown_text import escaped
from eval.trials.result import measured, result_of
from eval.trials.store import Trials
from eval.trials.trial import Pair, Side, Trial, Vote, choice_of, first_is_left
from eval.trials.votes_file import votes_csv
from ingest.errors import MarkChanged, PratiquesError, ReviewError, ReviewMissing
from ui.evaluation.places import VIEW, View
from ui.navigation import EVALUATION, asked_for, go
from ui.opening import open_assistant, open_database
from ui.rater import ask_rater, current_rater
from ui.trials import labels
from ui.trials.component import show_kept, show_pair, show_result
from ui.trials.layout import PAIR, TRIAL, kept_views, result_view, vote_view
from ui.trials.preparing import ask_for_a_trial, follow_trial, tell_the_end, workplace
from ui.trials.views import DoneView

_DONE = "trial-done"


def show_trials() -> None:
    """Draw the trials: the one that the address asks for, else the form of a new one and the list."""
    trials = Trials(open_database())
    current_rater()  # whoever comes with a name in the address keeps it from the list to a trial
    wanted = asked_for(TRIAL)
    trial = _asked(wanted, trials) if wanted else None
    if trial is None:
        _begin(trials)
        return
    st.header(escaped(labels.title(trial.name, _local(trial.made))), anchor=False)
    if st.button(labels.BACK, type="tertiary", icon=":material/arrow_back:"):
        go(EVALUATION, **{VIEW: View.TRIALS})
    rater = ask_rater()
    if not rater:
        st.info(labels.RATER_FIRST)
        return
    votes = trials.votes_of(trial.id, rater)
    left = [pair for pair in trial.to_vote if pair.position not in votes]
    if left:
        _vote(trial, _shown(trial, left), rater, votes, trials)
    else:
        _result(trial, trials)


def _asked(identifier: str, trials: Trials) -> Trial | None:
    try:
        return trials.read(identifier)
    except ReviewMissing as error:
        st.warning(str(error))
    except ReviewError as error:
        st.error(str(error))
        if st.button(labels.DELETE):
            _confirm_delete(identifier, trials)
    return None


def _begin(trials: Trials) -> None:
    st.header(labels.HEADING, anchor=False)
    st.write(labels.INTRODUCTION)
    tell_the_end()
    if workplace().current is not None:
        follow_trial()
    else:
        st.subheader(labels.NEW, anchor=False)
        ask_for_a_trial(open_assistant(), trials)
    st.subheader(labels.KEPT, anchor=False)
    show_kept(kept_views(trials.lines(), _now()))


def _shown(trial: Trial, left: list[Pair]) -> Pair:
    """The pair that the address asks for, else the first one without a vote: the address then keeps it there."""
    wanted = asked_for(PAIR)
    pair = (trial.pair(int(wanted)) if wanted.isdecimal() else None) or left[0]
    if wanted != str(pair.position):
        st.query_params[PAIR] = str(pair.position)
    return pair


def _vote(trial: Trial, pair: Pair, rater: str, votes: dict[int, Vote], trials: Trials) -> None:
    done = st.session_state.get(_DONE, DoneView(0))
    view = vote_view(trial, pair, rater, votes, done)
    show_pair(view, partial(_act, trial=trial, rater=rater, trials=trials))


def _act(action: object, trial: Trial, rater: str, trials: Trials) -> None:
    """Do what the rater did; what cannot be kept is said, and nothing is lost."""
    said, trouble, outdated = "", "", False
    try:
        match action:
            case {"kind": "show", "position": int(position)}:
                st.query_params[PAIR] = str(position)
            case {"kind": "finish"}:
                trials.finish(trial, rater)
            case {
                "kind": "vote",
                "position": int(position),
                "side": str(side),
                "reason": str(reason),
                "seen": str(seen),
            }:
                choice = choice_of(Side(side), first_is_left(trial.id, position, rater))
                before = datetime.fromisoformat(seen) if seen else None
                trials.vote(trial, position, rater, choice, reason, before)
                said = labels.SAVED
                _move_on(trial, position, trials.votes_of(trial.id, rater))
    except PratiquesError as error:
        trouble, outdated = str(error), isinstance(error, MarkChanged)
    number = st.session_state.get(_DONE, DoneView(0)).number + 1
    st.session_state[_DONE] = DoneView(number, said, trouble, outdated)


def _move_on(trial: Trial, position: int, votes: dict[int, Vote]) -> None:
    """Show the next pair without a vote, around at the end."""
    order = [pair.position for pair in trial.to_vote]
    at = order.index(position) + 1
    following = next((p for p in (*order[at:], *order[:at]) if p not in votes), None)
    if following is None:
        st.query_params.pop(PAIR, None)
    else:
        st.query_params[PAIR] = str(following)


def _result(trial: Trial, trials: Trials) -> None:
    if trouble := st.session_state.pop(_DONE, DoneView(0)).trouble:
        st.warning(trouble)
    votes = trials.votes(trial.id)
    result = result_of(trial, votes)
    figures = measured(trial, open_assistant().index) if trial.sample.judged else None
    show_result(result_view(trial, votes, result, figures), trial.id)
    with st.container(horizontal=True):
        st.download_button(
            labels.TAKE,
            partial(votes_csv, trial, votes),
            labels.FILE_NAME.format(trial.id),
            "text/csv",
            on_click="ignore",
        )
        if st.button(labels.DELETE):
            _confirm_delete(trial.id, trials)


@st.dialog(labels.DELETE_TITLE)
def _confirm_delete(identifier: str, trials: Trials) -> None:
    st.write(labels.DELETE_HELP)
    if st.button(labels.CONFIRM_DELETE):
        trials.delete(identifier)
        go(EVALUATION, **{VIEW: View.TRIALS})


def _now() -> datetime:
    """The time where the reader is; a browser counts the minutes that its time zone is behind UTC."""
    return datetime.now(timezone(timedelta(minutes=-(st.context.timezone_offset or 0))))


def _local(moment: datetime) -> datetime:
    return moment.astimezone(_now().tzinfo)
