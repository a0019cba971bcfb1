"""Who is at the keyboard: the name under which marks and votes are kept, in the address so that a refresh keeps it."""

from __future__ import annotations

import streamlit as st

from eval.review.store import MOST_NAME, named
from ingest.errors import ReviewError
from ui.navigation import asked_for

RATER = "relecteur"
"""What the address calls it."""
_KEPT, _TYPED = "rater", "rater-typed"
_LABEL = "Votre nom de relecture"
_HELP = "Vos notes sont gardées sous ce nom ; personne d'autre ne les voit avant la comparaison des relectures."


def current_rater() -> str:
    """The name that the address or this session gives; empty where there is none yet."""
    name = asked_for(RATER) or str(st.session_state.get(_KEPT, ""))
    if name:
        st.session_state[_KEPT] = name
        if asked_for(RATER) != name:
            st.query_params[RATER] = name
    return name


def ask_rater() -> str:
    """Show the field of the name, filled in with the current one; what is wrong with it is said.

    Returns:
        The name; empty where there is none, or none that can be kept.
    """
    current = current_rater()
    if _TYPED not in st.session_state:
        st.session_state[_TYPED] = current
    typed = st.text_input(_LABEL, max_chars=MOST_NAME, key=_TYPED, help=_HELP, width=320)
    if not typed.strip():
        return ""
    try:
        name, _ = named(typed)
    except ReviewError as error:
        st.error(str(error))
        return ""
    if name != current:
        st.session_state[_KEPT] = name
        st.query_params[RATER] = name
    return name
