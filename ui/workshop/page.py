"""The workshop: a session is asked for, read and edited, its quiz played, and all of it taken away."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial

import streamlit as st

from assistant.chain import Assistant
from assistant.database import Kits
from assistant.kits.editing import duplicate
from assistant.kits.kit import Kit
from ingest.errors import KitError, KitMissing, PratiquesError
from ui.labels import WORKSHOP_PAGE, page_title
from ui.navigation import WORKSHOP, asked_for, go
from ui.opening import open_assistant, open_kits
from ui.workshop import labels
from ui.workshop.bench import Bench
from ui.workshop.component import show_kit
from ui.workshop.dialogs import ask_before_deleting, ask_for_a_name, choose_version, offer_versions
from ui.workshop.form import ask_for_a_kit
from ui.workshop.layout import PART, QUIZ_PART, SESSION, kit_view
from ui.workshop.player import show_quiz
from ui.workshop.shelf import file_of, kept_views, show_shelf
from ui.workshop.take import offer_files

_BENCH, _WORDS, _FILE = "workshop-bench", "workshop-words", "workshop-file"


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(WORKSHOP_PAGE), layout="wide")
    assistant, store = open_assistant(), open_kits()
    wanted = asked_for(SESSION)
    bench = _bench(wanted, store) if wanted else None
    view = "start" if bench is None else "quiz" if asked_for(PART) == QUIZ_PART else "kit"
    # Each view has a place of its own: what stood in the others' is gone at once, not when the run ends.
    places = {name: st.container() if name == view else st.empty() for name in ("start", "quiz", "kit")}
    with places[view]:
        if bench is None:
            st.session_state.pop(_BENCH, None)
            _begin(assistant, store)
        elif view == "quiz":
            st.set_page_config(page_title=page_title(bench.kit.title.text))
            show_quiz(bench.kit, f"quiz-{bench.kit.id}")
        else:
            _show(bench, assistant, store)


def _bench(identifier: str, store: Kits) -> Bench | None:
    """The kit that the address asks for; `None` where it cannot be read, which is said."""
    bench: Bench | None = st.session_state.get(_BENCH)
    if bench is not None and bench.kit.id == identifier:
        return bench
    try:
        bench = Bench.of(store.read(identifier))
    except KitMissing as error:
        st.warning(f"{error} {labels.GONE_BACK}")
        return None
    except KitError as error:
        st.error(str(error))
        if version := choose_version(identifier, None, store, _now()):
            store.restore(identifier, version)
            st.rerun()
        return None
    st.session_state[_BENCH] = bench
    return bench


def _begin(assistant: Assistant, store: Kits) -> None:
    """The form of a new session, and the kept ones beside it."""
    st.title(WORKSHOP_PAGE, anchor=False)
    with st.container(width=720):
        st.write(labels.INTRODUCTION)
    asking, kept = st.columns([7, 5], gap="large")
    with asking:
        st.header(labels.NEW, anchor=False)
        if made := ask_for_a_kit(assistant.workshop):
            _keep_new(made, labels.MADE, store)
    with kept:
        _shelf(assistant, store)
    # The page is drawn: while the form is filled in, what the first session waits for is read.
    assistant.workshop.prepare()


def _shelf(assistant: Assistant, store: Kits) -> None:
    if (received := st.session_state.pop(_FILE, None)) is not None:
        _open(received, assistant, store)
    words = st.session_state.get(_WORDS, "")
    show_shelf(kept_views(store.lines(words), _now()), bool(words.strip()), _act_on_shelf)


def _act_on_shelf(action: object) -> None:
    match action:
        case {"kind": "search", "words": str(words)}:
            st.session_state[_WORDS] = words
    if (received := file_of(action)) is not None:
        st.session_state[_FILE] = received


def _open(received: bytes, assistant: Assistant, store: Kits) -> None:
    """Keep a kit that was received as a file; what cannot be read, or was put aside, is said."""
    try:
        checked = assistant.workshop.open(received)
    except PratiquesError as error:
        st.error(str(error))
        return
    told = (labels.OPENED_IN_PART, *checked.faults) if checked.faults else (labels.OPENED_WHOLE,)
    _keep_new(checked.kit, labels.OPENED, store, told)


def _show(bench: Bench, assistant: Assistant, store: Kits) -> None:
    kit = bench.kit
    st.set_page_config(page_title=page_title(kit.title.text))
    show_kit(
        kit_view(bench, assistant.fiches), f"kit-{kit.id}", partial(bench.act, workshop=assistant.workshop, store=store)
    )
    wish, bench.wish = bench.wish, None
    if wish == "take":
        offer_files(kit, assistant, _now())
    elif wish == "versions":
        offer_versions(bench, store, _now())
    elif wish == "rename":
        ask_for_a_name(bench, store)
    elif wish == "delete":
        ask_before_deleting(bench, store)
    elif wish == "duplicate":
        _keep_new(duplicate(kit), labels.DUPLICATED, store)


def _now() -> datetime:
    """The time where the reader is; a browser counts the minutes that its time zone is behind UTC."""
    return datetime.now(timezone(timedelta(minutes=-(st.context.timezone_offset or 0))))


def _keep_new(kit: Kit, change: str, store: Kits, told: tuple[str, ...] = ()) -> None:
    """Keep a kit that was not there before, and show it; `told` is said over it until something is done."""
    st.session_state[_BENCH] = Bench.of(store.keep(kit, change), told)
    go(WORKSHOP, **{SESSION: kit.id})
