"""A fiche as it is read: its fields one after the other, each with its lines in the report's words."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.extract import lines_of
from assistant.wording import page_label
from ingest.errors import PlaceMissing
from ingest.outline import FIELDS, field_of
from ingest.records import Fiche, Passage, UnitKind
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class FicheLine:
    """A paragraph, item, row or heading in the report's words; `damaged` where the conversion garbled some of them."""

    kind: UnitKind
    text: str
    damaged: bool


@dataclass(frozen=True, slots=True)
class FicheField:
    """A field of a fiche: its name, the `group` of its passages and its lines.

    `page` is empty where only the page on which the fiche starts is known.
    """

    key: str
    name: str
    group: str
    page: str
    lines: tuple[FicheLine, ...]


@dataclass(frozen=True, slots=True)
class FicheText:
    """A fiche whole: its card is in `fiche`, and `group` is where the reader of the report finds it."""

    fiche: Fiche
    group: str
    page: str
    fields: tuple[FicheField, ...]


def read_fiche(index: Index, fiche_id: str) -> FicheText:
    """A fiche by its number, as the report writes it (`1c`); of two documents that hold it, the first.

    Raises:
        PlaceMissing: no document of the index holds such a fiche.
    """
    fiche = next((f for f in index.fiches if f.id == fiche_id), None)
    if fiche is None:
        raise PlaceMissing(
            f"Aucune fiche ne porte le numéro « {fiche_id} ». La page des fiches donne la liste de celles du rapport."
        )
    passages = [p for p in index.passages if (p.document, p.fiche) == (fiche.document, fiche.id)]
    fields = [_field(key, [p for p in passages if p.field == key]) for key in fiche.fields]
    return FicheText(fiche, passages[0].group, page_label(fiche.page, exact=True), tuple(fields))


def _field(key: str, passages: list[Passage]) -> FicheField:
    lines = [line for passage in passages for line in _lines(passage) if not _names(key, line)]
    first = passages[0]
    page = page_label(first.page, exact=True) if first.page_exact else ""
    return FicheField(key, FIELDS[key], first.group, page, tuple(lines))


def _lines(passage: Passage) -> list[FicheLine]:
    garbled = [passage.words_of(unit) for unit in passage.units if unit.damaged]
    lines = [(line.kind, "".join(run.text for run in line.runs)) for line in lines_of(passage)]
    return [FicheLine(kind, text, any(words in text for words in garbled)) for kind, text in lines]


def _names(key: str, line: FicheLine) -> bool:
    """Whether a line is but the head of the field, which is shown as its heading."""
    return line.kind is UnitKind.HEADING and field_of(line.text) == key
