"""From one page to another: the address of each, and the way there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlencode

import streamlit as st

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

    from assistant.answer import Citation

CHAT, READER, FICHES, SURVEY, COMPARE, WORKSHOP, COVERAGE, REVIEW, EVALUATION, PRINT, HELP = (
    "discuter",
    "lire",
    "fiches",
    "enquete",
    "comparer",
    "atelier",
    "couverture",
    "controle",
    "evaluation",
    "imprimer",
    "aide",
)
_KEY = "pages"


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the application: a page, what it is asked to show, and the address of that."""

    page: str
    query: dict[str, str]
    address: str


def link(page: str, **query: str | int) -> Link:
    """The link to a page; `query` says what it is to show."""
    said = {name: str(value) for name, value in query.items()}
    path = "./" if page == CHAT else page  # the first page has no path of its own
    return Link(page, said, f"{path}?{urlencode(said)}" if said else path)


def link_to_words(citation: Citation) -> Link:
    """The link to the words of a citation in the reader, marked there if they still stand to the letter."""
    words = f"{citation.start}-{citation.end}-{_seal(citation.quote)}"
    return link(READER, passage=citation.passage, mots=words)


def words_asked_for(text: str) -> tuple[int, int] | None:
    """The span of a text that the address asks to mark; `None` where it asks none, or other words stand there."""
    match asked_for("mots").split("-"):
        case [start, end, seal] if start.isdecimal() and end.isdecimal():
            if _seal(text[int(start) : int(end)]) == seal:
                return int(start), int(end)
    return None


def _seal(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def remember(pages: Mapping[str, Page]) -> None:
    """Keep the pages of this session, by the names that stand above, for `go`."""
    st.session_state[_KEY] = dict(pages)


def go(page: str, **query: str | int) -> NoReturn:
    """Show another page, at once."""
    said = {name: str(value) for name, value in query.items()}
    st.switch_page(st.session_state[_KEY][page], query_params=said)


def follow(where: object) -> None:
    """Go where a link of a component leads; what it cannot have sent is ignored."""
    match where:
        case {"page": str(page), "query": dict(query)} if page in st.session_state[_KEY]:
            go(page, **{str(name): str(value) for name, value in query.items()})


def asked_for(name: str) -> str:
    """What the address of this page asks for under a name; empty where it does not."""
    return st.query_params.get(name, "").strip()
