"""The survey of the report's annexe, as charts that its sentences prove."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.survey import Survey, SurveyFigure, read_survey
from ui.components import define
from ui.labels import SURVEY_PAGE, page_title
from ui.navigation import follow
from ui.opening import open_assistant
from ui.survey import labels
from ui.survey.views import proof_view
from vectorstore.index import Index

WIDTH = 720
"""Pixels: charts and sentences no wider than what is read with ease."""
_show_proof = define(Path(__file__).parent, "proof", html='<div class="proof"></div>', parts=("figures",))


@st.cache_resource(show_spinner=False, max_entries=2)
def _survey(fingerprint: str, _index: Index) -> Survey:
    return read_survey(_index)


@st.cache_resource(show_spinner=False, max_entries=200)
def _chart(fingerprint: str, title: str, _figure: SurveyFigure) -> dict[str, Any]:
    from ui.survey.charts import bar_chart  # altair takes half a second to import

    return bar_chart(_figure)


def _show_figure(figure: SurveyFigure, fingerprint: str, key: str) -> None:
    st.subheader(figure.title, anchor=False)
    if base := labels.base(figure):
        st.write(base)
    chart = _chart(fingerprint, figure.title, figure)
    st.vega_lite_chart(chart, width="stretch", alt=labels.alternative(figure, labels.said(figure)))
    shown = _show_proof(key=key, data=asdict(proof_view(figure)), on_go_change=lambda: None)
    follow(shown.go)


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(SURVEY_PAGE), layout="wide")
    st.title(SURVEY_PAGE, anchor=False)
    index = open_assistant().index
    survey = _survey(index.manifest.fingerprint, index)
    if not survey.sections:
        st.info(labels.NO_SURVEY)
        return
    with st.container(width=WIDTH):
        st.write(labels.INTRO)
        sections = {section.title: section for section in survey.sections}
        theme = st.selectbox(labels.THEME, sections, key="theme", bind="query-params")
        st.header(theme, anchor=False)
        for rank, figure in enumerate(sections[theme].figures):
            _show_figure(figure, index.manifest.fingerprint, key=f"proof-{theme}-{rank}")
