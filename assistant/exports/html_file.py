"""A document as one page of HTML that stands alone: no script, no address of anything outside, its notes at the end."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from assistant.answer import UNSAID
from assistant.exports import wording
from assistant.exports.document import Comparison, Document, Grid, Heading, tied

_WORDS = {
    "author": wording.AUTHOR,
    "back": "Retour au texte, référence",
    "contents": "Sommaire",
    "noted": wording.NOTED,
    "reference": "Référence",
    "references": wording.REFERENCES,
    "table": "Tableau",
    "unsaid": UNSAID,
}


def html_file(document: Document) -> bytes:
    """The page; the same document always gives the same bytes."""
    parts = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == 1]
    tables = [at for at, block in enumerate(document.blocks) if isinstance(block, Comparison | Grid)]
    page = _template().render(document=document, parts=parts, tables=tables, calls=_Calls(), words=_WORDS)
    return page.encode("utf-8")


class _Calls:
    """Where each reference is called: every call has an address of its own, that its note leads back to."""

    def __init__(self) -> None:
        self.by_number: dict[int, list[str]] = defaultdict(list)

    def made(self, number: int) -> str:
        """The address of the next call of a reference."""
        calls = self.by_number[number]
        calls.append(f"call-{number}-{len(calls) + 1}")
        return calls[-1]

    def of(self, number: int) -> list[str]:
        """The addresses of the calls of a reference so far, in order."""
        return self.by_number[number]


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["tied"] = tied
    environment.globals["style"] = _read("html_file.css")
    return environment.from_string(_read("html_file.html"))


def _read(name: str) -> str:
    return resources.files("assistant.exports").joinpath(name).read_text("utf-8")
