"""The view that makes the evaluation report: what goes into it, its outline, its files."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import streamlit as st

from assistant.exports import file_name
from assistant.exports.markdown_text import escaped
from eval.judging.judgement import Judge, Judgement
from eval.judging.store import Judgements
from eval.report import Material, evaluation_report, gather, report_bytes
from eval.report import labels as said
from eval.report.limits import limits_of
from eval.report.report_document import parts_of
from eval.review.item import Source
from eval.review.store import Reviews
from eval.trials.result import Result, result_of
from eval.trials.store import Trials
from eval.trials.trial import Trial
from ingest.errors import ReviewError
from ui.evaluation import reporting_labels as labels
from ui.evaluation.kept import Kept, kept_runs
from ui.opening import open_assistant, open_database, open_reviews
from vectorstore.index import Index

_WIDTH = 620
"""Pixels of a field."""
_MOST_TITLE = 120


def show_report() -> None:
    """Draw the view.

    Raises:
        PratiquesError: the index, the database or the folder of the runs cannot be read.
    """
    assistant = open_assistant()
    kept, damaged = kept_runs(assistant.settings.home)
    st.header(labels.HEADING, anchor=False)
    st.write(labels.INTRODUCTION)
    for error in damaged:
        st.warning(error)
    database = open_database()
    material = _asked(kept, open_reviews(), Trials(database), Judgements(database), assistant.index)
    try:
        parts = parts_of(material)
    except ReviewError as error:
        st.info(str(error))
        return
    st.subheader(labels.OUTLINE, anchor=False)
    st.markdown("\n".join(f"{number}. {part.title}" for number, part in enumerate(parts, 1)))
    st.subheader(labels.LIMITS, anchor=False)
    st.markdown("\n".join(f"- {escaped(limit)}" for limit in limits_of(material)))
    _offer(material, assistant.index)


def _asked(kept: list[Kept], reviews: Reviews, trials: Trials, judgements: Judgements, index: Index) -> Material:
    """What the report is made of, as the fields say."""
    st.subheader(labels.CONTENT, anchor=False)
    by_name = {run.name: run for run in kept}
    name = st.selectbox(
        labels.RUN,
        [*by_name, ""],
        format_func=lambda n: labels.run_line(by_name[n].run, by_name[n].date) if n else labels.NO_RUN,
        key="report-run",
        width=_WIDTH,
    )
    sources = _sources(reviews)
    configuration = _configuration(reviews) if sources else None
    compared, judged = _trials(trials), _judged(judgements) if sources else []
    title = st.text_input(labels.TITLE, value=said.TITLE, max_chars=_MOST_TITLE, key="report-title", width=_WIDTH)
    author = st.text_input(labels.AUTHOR, max_chars=_MOST_TITLE, key="report-author", width=_WIDTH)
    named = bool(sources) and st.checkbox(labels.NAMED, key="report-named", help=labels.NAMED_HELP)
    return gather(
        index,
        by_name[name].run if name else None,
        reviews if sources else None,
        sources=sources,
        configuration=configuration,
        trials=compared,
        judged=judged,
        title=title,
        author=author,
        named=named,
    )


def _sources(reviews: Reviews) -> list[Source]:
    known = sorted(reviews.origins(), key=list(Source).index)
    if not known:
        return []
    return st.multiselect(
        labels.REVIEWS,
        known,
        default=known,
        format_func=labels.SOURCES.__getitem__,
        help=labels.REVIEWS_HELP,
        key="report-sources",
        width=_WIDTH,
    )


def _configuration(reviews: Reviews) -> str | None:
    known = reviews.configurations()
    if len(known) < 2:
        return None
    chosen = st.selectbox(
        labels.CONFIGURATION,
        ["", *known],
        format_func=lambda n: n or labels.ANY,
        key="report-configuration",
        width=_WIDTH,
    )
    return chosen or None


def _trials(trials: Trials) -> list[tuple[Trial, Result]]:
    lines = {line.id: line for line in trials.lines() if line.raters}
    if not lines:
        return []
    chosen = st.multiselect(
        labels.TRIALS,
        list(lines),
        format_func=lambda i: labels.trial_line(lines[i].name, lines[i].made, lines[i].pairs, len(lines[i].raters)),
        placeholder=labels.NONE_CHOSEN,
        key="report-trials",
        width=_WIDTH,
    )
    read = [trials.read(identifier) for identifier in chosen]
    return [(trial, result_of(trial, trials.votes(trial.id))) for trial in read]


def _judged(judgements: Judgements) -> list[tuple[Judge, list[Judgement]]]:
    known = judgements.judges()
    if not known:
        return []
    chosen = st.multiselect(
        labels.JUDGES,
        known,
        format_func=lambda judge: said.judge(judge.model, judge.prompt),
        placeholder=labels.NONE_CHOSEN,
        help=labels.JUDGES_HELP,
        key="report-judges",
        width=_WIDTH,
    )
    return [(judge, judgements.of(judge)) for judge in chosen]


def _offer(material: Material, index: Index) -> None:
    st.subheader(labels.TAKE, anchor=False)
    st.write(labels.MADE_WHEN_ASKED)
    with st.container(horizontal=True):
        for extension, (words, mime) in labels.FORMATS.items():
            st.download_button(
                words,
                data=partial(_file, material, index, extension),
                file_name=file_name(material.title or said.TITLE, extension),
                mime=mime,
                on_click="ignore",
            )


def _file(material: Material, index: Index, extension: str) -> bytes:
    return report_bytes(evaluation_report(material, index, datetime.now().astimezone()), extension)
