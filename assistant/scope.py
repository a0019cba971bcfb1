"""What a question is limited to: themes, fiches or parts of the report, documents of the index."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.errors import ScopeError
from ingest.outline import SECTIONS, THEMES
from ingest.records import Fiche, Passage

if TYPE_CHECKING:
    from vectorstore.index import Index

_TITLES = {s.slug: s.title for s in SECTIONS}
_DEPARTMENT = re.compile(r"Département (?:de la |du |de l'|des |de |d')")
_SHOWN = 60
"""Characters of a title, or of a territory, that a name shows whole."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The places of the index that a question is asked of; all empty: the whole index.

    `themes` are numbers of the report (`3`), `fiches` ids (`1c`), `parts` slugs of its outline (`preconisations`),
    `documents` names of documents. A passage is in the scope where one of the themes, fiches or parts holds it and,
    where documents are named, it is of one of them.
    """

    themes: tuple[str, ...] = ()
    fiches: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def holds(self, passage: Passage) -> bool:
        """Whether a passage is in the scope; a part holds its sections and the footnotes that they call."""
        if self.documents and passage.document not in self.documents:
            return False
        return (
            not (self.themes or self.fiches or self.parts)
            or passage.fiche in self.fiches
            or passage.theme in [THEMES.get(theme, "") for theme in self.themes]
            or any(_TITLES.get(part) in passage.path[:2] for part in self.parts)
        )


EVERYWHERE = Scope()
"""The whole index."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a scope can be made of: French names by id, in the order of the report.

    `documents` are there only where the index has more than one.
    """

    themes: Mapping[str, str]
    fiches: Mapping[str, str]
    parts: Mapping[str, str]
    documents: Mapping[str, str]


def choices(index: Index) -> Choices:
    """What a scope over this index can be made of."""
    themes = {p.theme for p in index.passages}
    titles = {title for p in index.passages for title in p.path[:2]} if index.fiches else set()
    return Choices(
        themes={number: f"Thème : {name}" for number, name in THEMES.items() if name in themes},
        fiches={f.id: _fiche_name(f) for f in index.fiches},
        parts={s.slug: f"Partie : {_shown(s.title)}" for s in SECTIONS if s.title in titles},
        documents=_documents(index) if len(index.reports) > 1 else {},
    )


def scope_names(scope: Scope, index: Index) -> tuple[str, ...]:
    """The French name of each thing that a scope is made of; an id that the index does not have stands for itself."""
    if scope == EVERYWHERE:
        return ()
    known, documents = choices(index), _documents(index)
    return (
        *(known.themes.get(theme, f"Thème : {theme}") for theme in scope.themes),
        *(known.fiches.get(fiche, f"Fiche {fiche}") for fiche in scope.fiches),
        *(known.parts.get(part, f"Partie : {part}") for part in scope.parts),
        *(documents.get(document, f"Document : {document}") for document in scope.documents),
    )


def check_scope(scope: Scope, index: Index) -> None:
    """Refuse a scope made of what the index does not have.

    Raises:
        ScopeError: an id is unknown; the message says which ones there are.
    """
    if scope == EVERYWHERE:
        return
    known = choices(index)
    kinds = (
        ("le thème", scope.themes, known.themes),
        ("la fiche", scope.fiches, known.fiches),
        ("la partie", scope.parts, known.parts),
        ("le document", scope.documents, _documents(index)),
    )
    for kind, wanted, there in kinds:
        for identifier in wanted:
            if identifier not in there:
                offered = f"Choisissez parmi : {', '.join(there)}." if there else "L'index n'en contient pas."
                raise ScopeError(f"La portée demande {kind} « {identifier} », que l'index n'a pas. {offered}")


def _documents(index: Index) -> dict[str, str]:
    return {r.document: f"Document : {_shown(r.title)}" for r in index.reports}


def _fiche_name(fiche: Fiche) -> str:
    """« Fiche 1c · Gironde »."""
    place = _DEPARTMENT.sub("", (fiche.territoire or "").split("\n")[0])
    return f"Fiche {fiche.id} · {_shown(place)}" if place else f"Fiche {fiche.id}"


def _shown(title: str) -> str:
    """A title up to its colon, where it is long, and no longer than a chip can be."""
    title = " ".join(title.split())
    return title if len(title) <= _SHOWN else textwrap.shorten(title.split(" : ")[0], _SHOWN, placeholder="…")
