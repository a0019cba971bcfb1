"""The web interface: `streamlit run ui/app.py`."""

from __future__ import annotations

import streamlit as st

from ingest.errors import PratiquesError
from ui import (
    chat,
    compare,
    coverage,
    evaluation,
    fiches,
    guide,
    labels,
    navigation,
    printing,
    reader,
    review,
    survey,
    workshop,
)
from ui.dressing import dress_page

pages = {
    navigation.CHAT: st.Page(chat.page, title=labels.CHAT_PAGE, url_path=navigation.CHAT, default=True),
    navigation.READER: st.Page(reader.page, title=labels.READER_PAGE, url_path=navigation.READER),
    navigation.FICHES: st.Page(fiches.page, title=labels.FICHES_PAGE, url_path=navigation.FICHES),
    navigation.SURVEY: st.Page(survey.page, title=labels.SURVEY_PAGE, url_path=navigation.SURVEY),
    navigation.COMPARE: st.Page(compare.page, title=labels.COMPARE_PAGE, url_path=navigation.COMPARE),
    navigation.WORKSHOP: st.Page(workshop.page, title=labels.WORKSHOP_PAGE, url_path=navigation.WORKSHOP),
    navigation.COVERAGE: st.Page(coverage.page, title=labels.COVERAGE_PAGE, url_path=navigation.COVERAGE),
    navigation.REVIEW: st.Page(review.page, title=labels.REVIEW_PAGE, url_path=navigation.REVIEW),
    navigation.EVALUATION: st.Page(evaluation.page, title=labels.EVALUATION_PAGE, url_path=navigation.EVALUATION),
    navigation.HELP: st.Page(guide.page, title=labels.HELP_PAGE, url_path=navigation.HELP),
    navigation.PRINT: st.Page(printing.page, title=labels.PRINT_PAGE, url_path=navigation.PRINT, visibility="hidden"),
}
navigation.remember(pages)
page = st.navigation(list(pages.values()), position="top")
try:
    page.run()
except PratiquesError as error:
    st.error(str(error))
dress_page()
