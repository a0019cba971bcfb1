"""The dialog to take a session away: each document in its formats, each file made when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import streamlit as st

from assistant.chain import Assistant
from assistant.exports import file_name
from assistant.exports.kit_files import DOCUMENTS, GIFT, MOODLE, SHARED, SLIDES, Content, Format
from assistant.kits.kit import Kit
from ui.navigation import PRINT, go
from ui.workshop import labels

_FORMATS = {form.extension: form for form in (*DOCUMENTS, SLIDES, GIFT, MOODLE, SHARED)}


@dataclass(frozen=True, slots=True)
class Offer:
    """What of a session is offered under one head: what it means, and the words of its files by their extensions."""

    head: str
    means: str
    content: Content
    files: Mapping[str, str]
    paper: str = ""
    """The words of the button to its version for paper; empty where there is none."""


_OFFERS = (
    Offer(labels.GUIDE, labels.GUIDE_HELP, Content.GUIDE, labels.GUIDE_FILES, labels.GUIDE_PAPER),
    Offer(labels.HANDOUT, labels.HANDOUT_HELP, Content.HANDOUT, labels.HANDOUT_FILES, labels.HANDOUT_PAPER),
    Offer(labels.SLIDES, labels.SLIDES_HELP, Content.GUIDE, labels.SLIDES_FILES),
    Offer(labels.QUIZ, labels.QUIZ_HELP, Content.QUIZ, labels.QUIZ_FILES, labels.QUIZ_PAPER),
    Offer(labels.ANSWERS, labels.ANSWERS_HELP, Content.ANSWERS, labels.ANSWERS_FILES, labels.ANSWERS_PAPER),
    Offer(labels.SHARE, labels.SHARE_HELP, Content.GUIDE, labels.SHARE_FILES),
)
_OF_QUIZ = (Content.QUIZ, Content.ANSWERS)


@st.dialog(labels.TAKE_TITLE, width="medium")
def offer_files(kit: Kit, assistant: Assistant, now: datetime) -> None:
    """Offer a kit; `now` is in the time zone of the reader."""
    for offer in _OFFERS:
        if offer.content in _OF_QUIZ and not kit.items:
            continue
        st.header(offer.head, anchor=False)
        st.write(offer.means)
        with st.container(horizontal=True):
            for extension, words in offer.files.items():
                _offer_file(kit, offer.content, _FORMATS[extension], words, assistant, now)
            if offer.paper and st.button(offer.paper):
                go(PRINT, seance=kit.id, contenu=offer.content.value)


def _offer_file(kit: Kit, content: Content, form: Format, words: str, assistant: Assistant, now: datetime) -> None:
    about = content.value if form in DOCUMENTS else ""
    st.download_button(
        words,
        data=partial(assistant.kit_file, kit, form.extension, content, now),
        file_name=file_name(f"{kit.title.text} {about}", form.extension),
        mime=form.mime,
        on_click="ignore",
    )
