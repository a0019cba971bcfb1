"""The form of a new session: what a trainer asks for, in a few calm fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.kits.aims import VERBS
from assistant.kits.kit import Audience, Kit, Request
from assistant.kits.request import MOST_PARTICIPANTS, read_duration, read_start
from assistant.kits.workshop import Workshop
from assistant.scope import choices
from ingest.errors import PratiquesError
from ingest.outline import THEMES
from ui.workshop import labels
from vectorstore.index import Index

_USUAL_PARTICIPANTS = 12


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields, as it was chosen or typed."""

    themes: Sequence[str]
    fiches: Sequence[str]
    audience: Audience
    duration: str
    participants: int
    start: str
    verbs: Sequence[str]
    own_aims: str

    def request(self) -> Request:
        """What is asked for.

        Raises:
            KitError: the duration or the hour is not understood.
        """
        return Request(
            themes=tuple(self.themes),
            fiches=tuple(self.fiches),
            audience=self.audience,
            minutes=read_duration(self.duration),
            participants=self.participants,
            verbs=tuple(verb for verb in VERBS if verb in self.verbs),
            own_aims=tuple(line.strip() for line in self.own_aims.splitlines() if line.strip()),
            start=read_start(self.start),
        )


def ask_for_a_kit(workshop: Workshop) -> Kit | None:
    """The form; gives the kit that it makes, when it is sent. What cannot be made is said under it."""
    with st.form("new-kit", border=False, enter_to_submit=False):
        fields = _ask(workshop.index)
        if not st.form_submit_button(labels.MAKE):
            return None
        try:
            with st.spinner(labels.MAKING):
                return workshop.make(fields.request())
        except PratiquesError as error:
            st.error(str(error))
            return None


def _ask(index: Index) -> Fields:
    """The fields, as widgets; each keeps what was put into it."""
    names = choices(index).fiches
    titles = {fiche.id: fiche.title for fiche in index.fiches}
    themes = st.multiselect(
        labels.THEMES,
        list(THEMES),
        format_func=lambda number: labels.theme_option(number, THEMES[number]),
        placeholder=labels.CHOOSE_THEMES,
        select_all=False,
    )
    fiches = st.multiselect(
        labels.FICHES,
        list(names),
        format_func=lambda fiche: labels.fiche_option(names[fiche], titles[fiche]),
        placeholder=labels.CHOOSE_FICHES,
        select_all=False,
    )
    audience = st.radio(labels.AUDIENCE, list(Audience), index=1, format_func=labels.AUDIENCES_NAMED.__getitem__)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        duration = st.selectbox(
            labels.DURATION,
            labels.DURATIONS,
            index=labels.DURATIONS.index(labels.USUAL_DURATION),
            accept_new_options=True,
            width=280,
        )
        participants = st.number_input(
            labels.PARTICIPANTS, min_value=1, max_value=MOST_PARTICIPANTS, value=_USUAL_PARTICIPANTS, width=160
        )
        start = st.text_input(labels.START, value=labels.USUAL_START, width=120)
    verbs = st.pills(labels.VERBS, list(VERBS), selection_mode="multi", format_func=lambda key: VERBS[key].name)
    return Fields(
        themes=themes,
        fiches=fiches,
        audience=audience or Audience.PROFESSIONALS,
        duration=duration or "",
        participants=participants,
        start=start,
        verbs=verbs,
        own_aims=st.text_area(labels.OWN_AIMS, height=100),
    )
