"""The comparison of fiches, field by field: chosen here, kept in the address, taken away as Word or spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.comparison import COMPARABLE, MOST_FICHES, compare, offers
from assistant.exports import Document, file_name, spreadsheet, word
from assistant.scope import choices
from ingest.errors import ComparisonError
from ingest.outline import CARD
from ui.compare import labels
from ui.compare.views import ComparisonView, comparison_view, offers_view
from ui.components import define
from ui.labels import COMPARE_PAGE, page_title
from ui.navigation import asked_for, follow
from ui.opening import open_assistant
from vectorstore.index import Index

DEFAULT_FIELDS = ("territoire", "publics", "objectif", "financements", "effets")
"""What fiches are compared on where the address says nothing."""
_FICHES, _FIELDS = "fiches", "rubriques"
"""What the address calls them."""
_KEPT, _CHOSEN, _CARD, _OTHERS, _ASIDE = (
    "compare-address", "compare-fiches", "compare-card", "compare-fields", "compare-aside",
)  # fmt: skip
_FORMATS = (
    (labels.WORD, word, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (labels.SPREADSHEET, spreadsheet, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
_comparison = define(Path(__file__).parent, "comparison", parts=("table", "hint"))


def page() -> None:
    """Draw the page."""
    st.set_page_config(page_title=page_title(COMPARE_PAGE), layout="wide")
    assistant = open_assistant()
    index = assistant.index
    st.title(COMPARE_PAGE, anchor=False)
    with st.container(width=720):
        st.write(labels.INTRODUCTION)
    names = choices(index).fiches
    _read_address(names)
    fiches, fields = _choose(index, names)
    _write_address(fiches, fields)
    try:
        answer = compare(index, fiches, fields)
    except ComparisonError as error:
        st.info(str(error))
        _show(offers_view(offers(index) if len(fiches) < 2 else ()))
        return
    document = assistant.document(answer.question, [answer], datetime.now().astimezone())
    st.set_page_config(page_title=page_title(document.title))
    _show(comparison_view(answer, document))
    _offer_files(document)


def _read_address(names: Mapping[str, str]) -> None:
    """Choose what the address asks for, where it was not written from the choice itself."""
    address = (asked_for(_FICHES), asked_for(_FIELDS))
    if address == st.session_state.get(_KEPT) and _CHOSEN in st.session_state:
        return
    fiches, fields = _listed(address[0].lower()), _listed(address[1]) or DEFAULT_FIELDS
    known = [fiche for fiche in fiches if fiche in names]
    st.session_state[_CHOSEN] = known[:MOST_FICHES]
    st.session_state[_CARD] = [key for key in CARD if key in fields]
    st.session_state[_OTHERS] = [key for key in COMPARABLE if key in fields and key not in CARD]
    aside = [said for said in (*fiches, *fields) if said not in names and said not in COMPARABLE]
    st.session_state[_ASIDE] = (*aside, *known[MOST_FICHES:])


def _choose(index: Index, names: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fiches and the fields, as widgets."""
    titles = {fiche.id: fiche.title for fiche in index.fiches}
    if st.session_state[_ASIDE]:
        st.warning(labels.put_aside(st.session_state[_ASIDE]))
    fiches = st.multiselect(
        labels.FICHES,
        list(names),
        format_func=lambda fiche: labels.fiche_option(names[fiche], titles[fiche]),
        key=_CHOSEN,
        placeholder=labels.CHOOSE_FICHES,
        filter_mode=None,
        select_all=False,
    )
    with st.expander(labels.FIELDS):
        card = _pick(labels.CARD, tuple(CARD), _CARD)
        others = _pick(labels.OTHER_FIELDS, tuple(key for key in COMPARABLE if key not in CARD), _OTHERS)
    chosen = {*card, *others}
    return tuple(fiches), tuple(key for key in COMPARABLE if key in chosen)


def _pick(label: str, keys: Sequence[str], key: str) -> list[str]:
    return st.pills(label, keys, selection_mode="multi", format_func=COMPARABLE.__getitem__, key=key)


def _write_address(fiches: Sequence[str], fields: Sequence[str]) -> None:
    """Make the address say what is compared, so that it can be copied."""
    said = (",".join(fiches), ",".join(fields)) if fiches else ("", "")
    if said != (asked_for(_FICHES), asked_for(_FIELDS)):
        st.query_params.from_dict({_FICHES: said[0], _FIELDS: said[1]} if fiches else {})
        st.session_state[_ASIDE] = ()
    st.session_state[_KEPT] = said


def _listed(said: str) -> tuple[str, ...]:
    """What the address names, each once."""
    return tuple(dict.fromkeys(part for name in said.split(",") if (part := name.strip())))


def _show(view: ComparisonView) -> None:
    follow(_comparison(key="comparison", data=asdict(view), on_go_change=lambda: None).go)


def _offer_files(document: Document) -> None:
    """Offer the comparison in each format; a file is made when it is asked for."""
    with st.container(horizontal=True):
        for label, write, extension, mime in _FORMATS:
            st.download_button(
                label,
                data=partial(write, document),
                file_name=file_name(document.title, extension),
                mime=mime,
                on_click="ignore",
            )
