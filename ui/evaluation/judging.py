"""The view of the language-model judge: what it is told, what it has judged, how far it agrees with humans."""

from __future__ import annotations

from threading import Lock

import streamlit as st

from assistant.chain import Assistant
from assistant.exports.markdown_text import escaped
from assistant.records import without_credentials
from eval.aside import Aside
from eval.judging.agreement import JudgeAgreement, judge_agreement
from eval.judging.judge import Judged, judge_items
from eval.judging.judgement import Judge
from eval.judging.prompt import JUDGING, PROMPT_VERSION
from eval.judging.store import Judgements
from eval.review.item import Item
from eval.review.marks import SENTENCE_MARKS
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.errors import ReviewError
from ui.evaluation import judging_labels as labels
from ui.evaluation.blocks import show_blocks, show_progress
from ui.evaluation.views import CellView, HeadView, ListView, ProgressView, QuestionView, TableView, TermView
from ui.navigation import REVIEW, link
from ui.opening import open_assistant, open_database, open_reviews

_ITEM = "reponse"
"""What the address of the review page calls an answer."""
_TELL_S = 1.0
"""Seconds between two looks at how far the judge is."""
_MOST_SHOWN = 100
"""Disagreements that are listed."""


class Courtroom:
    """Where the server keeps the one round of judging that is under way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.current: Aside[Judged] | None = None

    def begin(self, items: list[Item], assistant: Assistant, judgements: Judgements) -> None:
        """Begin to judge.

        Raises:
            ReviewError: the judge is at work already.
        """
        index, settings = assistant.index, assistant.settings
        with self._lock:
            if self.current is not None and self.current.under_way:
                raise ReviewError(labels.BUSY)
            self.current = Aside(lambda tell, stop: judge_items(items, index, settings, judgements, tell, stop))


@st.cache_resource(show_spinner=False)
def _courtroom() -> Courtroom:
    return Courtroom()


def show_judge() -> None:
    """Draw the view.

    Raises:
        PratiquesError: the index or the database cannot be read.
    """
    assistant, reviews, judgements = open_assistant(), open_reviews(), Judgements(open_database())
    st.header(labels.HEADING, anchor=False)
    st.write(labels.INTRODUCTION)
    if assistant.settings.llm:
        address = without_credentials(assistant.settings.llm_base_url or "")
        sent = CellView(labels.sent(assistant.settings.llm, address))
        show_blocks("judge-sent", lists=[ListView((sent,), bullets=False)])
    else:
        st.info(labels.NO_MODEL)
    with st.expander(labels.PROMPT):
        st.write(labels.PROMPT_HELP.format(PROMPT_VERSION))
        st.code(JUDGING, language=None, wrap_lines=True)
    if assistant.settings.llm:
        st.subheader(labels.JUDGE, anchor=False)
        _offer_judging(assistant, reviews, judgements)
    st.subheader(labels.AGREEMENT, anchor=False)
    _show_agreement(reviews, judgements)


def _offer_judging(assistant: Assistant, reviews: Reviews, judgements: Judgements) -> None:
    """The form of a new round, or how far the one under way is."""
    at_work = _courtroom().current
    if at_work is not None and at_work.under_way:
        _follow()
        return
    if at_work is not None:
        _tell_the_end(at_work)
        _courtroom().current = None
    which = st.radio(labels.WHICH, [labels.REVIEWED, labels.ALL])
    items = _to_judge(
        which == labels.REVIEWED, Judge(assistant.settings.llm or "", PROMPT_VERSION), reviews, judgements
    )
    if not items:
        st.write(labels.NOTHING_TO_JUDGE)
        return
    st.write(labels.to_judge(len(items)))
    if not st.button(labels.START):
        return
    try:
        _courtroom().begin([reviews.item(identifier) for identifier in items], assistant, judgements)
    except ReviewError as error:
        st.error(str(error))
        return
    st.rerun()


def _to_judge(reviewed: bool, judge: Judge, reviews: Reviews, judgements: Judgements) -> list[str]:
    """The answers, refusals aside, that a judge has not judged yet."""
    done = {judgement.item for judgement in judgements.of(judge)}
    if reviewed:
        finished = {r.review.item for r in reviews.ratings() if r.review.finished is not None}
    answers = reviews.identifiers(Queue(refused=False))
    return [i for i in answers if i not in done and (not reviewed or i in finished)]


@st.fragment(run_every=_TELL_S)
def _follow() -> None:
    at_work = _courtroom().current
    if at_work is None or not at_work.under_way:
        st.rerun()
    share = at_work.done / at_work.total if at_work.total else 0.0
    said = labels.STOPPING if at_work.stopped else labels.progress(at_work.done, at_work.total)
    show_progress("judge-progress", ProgressView(share, said, labels.STOPPING if at_work.stopped else labels.HEADING))
    st.button(labels.STOP, on_click=at_work.stop, disabled=at_work.stopped)


def _tell_the_end(at_work: Aside[Judged]) -> None:
    if at_work.result is not None:
        st.success(labels.ended(at_work.result))
    elif at_work.failure:
        st.error(labels.FAILED.format(at_work.failure))
    else:
        st.info(labels.STOPPED)


def _show_agreement(reviews: Reviews, judgements: Judgements) -> None:
    judges = judgements.judges()
    if not judges:
        st.write(labels.NONE_YET)
        return
    judge = st.selectbox(labels.WHO, judges, format_func=labels.judge, width=480) if len(judges) > 1 else judges[0]
    if len(judges) == 1:
        st.write(escaped(f"{labels.WHO} : {labels.judge(judge)}."))
    found = judge_agreement(reviews.ratings(), judgements.of(judge))
    if found.agreement.units:
        _show(found)
    else:
        st.write(labels.NO_COMMON)
    if st.button(labels.DELETE):
        _confirm_delete(judge, judgements)


@st.dialog(labels.DELETE)
def _confirm_delete(judge: Judge, judgements: Judgements) -> None:
    st.write(labels.DELETE_HELP)
    if st.button(labels.CONFIRM_DELETE):
        judgements.delete(judge)
        st.rerun()


def _show(found: JudgeAgreement) -> None:
    for said in (*labels.agreement(found), labels.METHOD):
        st.write(said)
    show_blocks("judge-table", tables=[_table(found)])
    st.subheader(labels.DIFFERENCES, anchor=False)
    if not found.differences:
        st.write(labels.NO_DIFFERENCE)
    show_blocks("judge-differences", questions=_questions(found))


def _table(found: JudgeAgreement) -> TableView:
    heads = (HeadView(labels.HUMAN_HEAD), *(HeadView(labels.MODEL_HEADS.format(mark)) for mark in SENTENCE_MARKS))
    rows = tuple(
        (
            CellView(labels.HUMAN_HEADS.format(human)),
            *(CellView(str(found.table[human, mark])) for mark in SENTENCE_MARKS),
        )
        for human in SENTENCE_MARKS
    )
    return TableView(labels.TABLE, heads, rows)


def _questions(found: JudgeAgreement) -> list[QuestionView]:
    return [
        QuestionView(
            id=f"{one.item}-{one.position}",
            question=one.question,
            tags=(labels.difference(one.position, one.human, one.model),),
            terms=(TermView(labels.WHY, (CellView(one.why),)),),
            links=(CellView(labels.OPEN, link(REVIEW, **{_ITEM: one.item})),),
        )
        for one in found.differences[:_MOST_SHOWN]
    ]
