"""Filling the queue: from shared conversations, from a batch of questions, from a judged set."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from assistant.chain import Assistant
from eval.aside import Aside
from eval.questions import JudgedQuestion, load_questions, own_questions
from eval.review.asking import (
    Asked,
    BadQuestion,
    Wanted,
    ask_all,
    drawn,
    read_batch,
    read_judged_file,
    read_typed,
)
from eval.review.item import Source
from eval.review.judged_set import judged_set
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.errors import PratiquesError, ReviewError
from ui.opening import open_assistant
from ui.review import labels
from ui.review.address import Place
from ui.review.findings import EntryView, ListView, show_findings
from ui.review.queue import tell
from ui.review.received import put_aside, receive_file

_PATIENCE_S = 0.7
"""How often the page looks how far the asking is."""
_USUAL_COUNT = 30
_MOST_SEED = 9999
_NAME, _LINES, _BATCH_FILE, _SET_FILE, _SEED, _ASKED = (
    "review-batch-name", "review-batch-lines", "review-batch-file", "review-set-file", "review-seed", "review-asked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """Questions being asked on this server, whoever looks: `origin` names their batch or judged set."""

    origin: str
    total: int
    work: Aside[Asked]


@st.cache_resource(show_spinner=False)
def _askings() -> list[Asking]:
    return []


def show_adding(place: Place, store: Reviews) -> None:
    """Draw the three ways to fill the queue, and how far the questions being asked are."""
    _show_askings()
    assistant = open_assistant()
    ways: dict[str, Callable[[Assistant, Reviews], None]] = {
        labels.FROM_CONVERSATIONS: _add_shared,
        labels.FROM_BATCH: _add_batch,
        labels.FROM_JUDGED: _add_judged,
    }
    way = st.radio(labels.FROM, list(ways), horizontal=True)
    st.header(way, anchor=False)
    try:
        ways[way](assistant, store)
    except PratiquesError as error:
        st.error(str(error))


def _add_shared(assistant: Assistant, store: Reviews) -> None:
    st.write(labels.CONSENT)
    st.write(labels.from_conversations(store.count(Queue(source=Source.CONVERSATION))))
    if st.button(labels.ADD_SHARED):
        added = store.add_shared()
        tell(labels.added(added) if added else labels.NONE_SHARED)
        st.rerun()


def _add_batch(assistant: Assistant, store: Reviews) -> None:
    _warn_of_the_model(assistant)
    if _NAME not in st.session_state or st.session_state.pop(_ASKED, False):
        st.session_state[_NAME], st.session_state[_LINES] = labels.batch_of(datetime.now().astimezone()), ""
    name = st.text_input(labels.BATCH_NAME, max_chars=80, key=_NAME, width=400)
    typed = st.text_area(labels.BATCH_LINES, height=160, help=labels.BATCH_LINES_HELP, key=_LINES)
    received = receive_file(labels.BATCH_FILE, labels.BATCH_FILE_HELP, _BATCH_FILE)
    wanted, bad = read_typed(typed), list[BadQuestion]()
    if received is not None:
        of_file, bad = read_batch(received.content)
        wanted += of_file
        if st.button(labels.without(received.name)):
            put_aside(_BATCH_FILE)
            st.rerun()
    if bad:
        lines = tuple(EntryView(labels.bad_line(b.line, b.reason)) for b in bad)
        show_findings("review-bad-lines", lists=[ListView(labels.bad_lines(len(bad)), lines)])
    st.write(labels.to_ask(len(wanted)))
    if st.button(labels.ASK_GOOD if bad else labels.ASK):
        if not wanted:
            raise ReviewError(labels.NO_QUESTION)
        if not name.strip():
            raise ReviewError(labels.NO_NAME)
        _start(wanted, Source.BATCH, " ".join(name.split()), assistant, store)


def _add_judged(assistant: Assistant, store: Reviews) -> None:
    st.write(labels.JUDGED_HELP)
    _warn_of_the_model(assistant)
    name, questions = _choose_questions(assistant)
    if not questions:
        return
    here = {line.question for line in store.lines(Queue(source=Source.JUDGED, origin=name), limit=len(questions))}
    most = sum(question.question not in here for question in questions)
    st.write(labels.set_size(len(questions), len(questions) - most))
    if not most:
        return
    if _SEED not in st.session_state:
        st.session_state[_SEED] = random.randint(1, _MOST_SEED)
    with st.container(horizontal=True):
        count = st.number_input(labels.COUNT, min_value=1, max_value=most, value=min(_USUAL_COUNT, most), width=220)
        seed = st.number_input(labels.SEED, min_value=1, max_value=_MOST_SEED, key=_SEED, width=220)
    if st.button(labels.DRAW):
        _start(drawn(questions, count, seed, here), Source.JUDGED, name, assistant, store)


def _choose_questions(assistant: Assistant) -> tuple[str, list[JudgedQuestion]]:
    """The judged questions to draw from, and the name of their set; none while no file is chosen."""
    test_set = judged_set(assistant.settings.home)
    sets = [labels.OWN_SET, *([labels.TEST_SET] if test_set.exists() else []), labels.OTHER_SET]
    chosen = st.radio(labels.SET, sets)
    if chosen == labels.TEST_SET:
        return test_set.name, load_questions(test_set)
    if chosen == labels.OTHER_SET:
        received = receive_file(labels.SET_FILE, labels.SET_FILE_HELP, _SET_FILE)
        return (received.name, read_judged_file(received.name, received.content)) if received else ("", [])
    split = st.radio(labels.SPLIT, list(labels.SPLITS), format_func=labels.SPLITS.__getitem__)
    own = own_questions()
    return own.name, [question for question in load_questions(own) if split in ("all", question.split)]


def _warn_of_the_model(assistant: Assistant) -> None:
    if assistant.settings.llm:
        st.info(labels.MODEL_IS_ASKED)


def _start(wanted: Sequence[Wanted], source: Source, origin: str, assistant: Assistant, store: Reviews) -> None:
    """Ask aside; the page is free at once."""
    work = Aside(lambda said, stop: ask_all(wanted, source, origin, assistant, store, said, stop))
    _askings().append(Asking(origin, len(wanted), work))
    put_aside(_BATCH_FILE)
    st.session_state[_ASKED] = True
    st.rerun()


def _show_askings() -> None:
    if any(asking.work.under_way for asking in _askings()):
        _watch_askings()
    else:
        _draw_askings()


@st.fragment(run_every=_PATIENCE_S)
def _watch_askings() -> None:
    """Draw how far the askings are, again and again; the whole page once they are over."""
    _draw_askings()
    if not any(asking.work.under_way for asking in _askings()):
        st.rerun()


def _draw_askings() -> None:
    for number, asking in enumerate(list(_askings())):
        with st.container(border=True):
            if asking.work.under_way:
                _draw_progress(asking, f"stop-asking-{number}")
            else:
                _draw_end(asking, f"hide-asking-{number}")


def _draw_progress(asking: Asking, key: str) -> None:
    done = asking.work.done
    st.write(labels.asking(asking.origin, done, asking.total))
    st.progress(done / asking.total)
    if asking.work.stopped:
        st.write(labels.STOPPING)
    elif st.button(labels.STOP, key=key):
        asking.work.stop()


def _draw_end(asking: Asking, key: str) -> None:
    if asking.work.failure:
        st.error(asking.work.failure)
    if (asked := asking.work.result) is not None:
        st.success(labels.asked(asking.origin, asked.answered, asking.total))
        if asked.unanswered:
            entries = tuple(EntryView(u.question, beside=u.reason) for u in asked.unanswered)
            show_findings(f"{key}-unanswered", lists=[ListView(labels.unanswered(len(entries)), entries)])
    if st.button(labels.HIDE, key=key):
        _askings().remove(asking)
        st.rerun()
