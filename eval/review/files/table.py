"""Reviews as CSV: a row for each mark, to be read and filled in with a spreadsheet; the answers stay where they are.

Separated by semicolons, in UTF-8 with its mark, as a French spreadsheet opens it. A text that a spreadsheet would take
for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eval.review.item import Item
from eval.review.marks import WHOLE, ErrorKind, Mark, Review, total
from ingest.errors import ReviewError

HEADS = (
    "reponse",
    "question",
    "source",
    "origine",
    "statut",
    "configuration",
    "phrases",
    "relecteur",
    "arbitrage",
    "position",
    "phrase",
    "citations",
    "note_phrase",
    "note_citation",
    "erreurs",
    "raison",
    "commencee",
    "modifiee",
    "terminee",
    "total",
)
_NEEDED = frozenset(HEADS) - {
    "question",
    "source",
    "origine",
    "statut",
    "configuration",
    "phrase",
    "citations",
    "total",
}
_YES, _NO = "oui", "non"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one review: their line numbers, and the review; or what is wrong, at which of them."""

    lines: tuple[int, ...]
    item: str
    review: Review | None
    fault: str = ""
    at: int = 0


def as_csv(reviewed: Iterable[tuple[Item, Sequence[Review]]]) -> Iterator[str]:
    """The lines of the marks of reviews, the heads first, each with its line end."""
    yield "\ufeff" + _line(HEADS)
    for item, reviews in reviewed:
        for review in reviews:
            for mark in review.marks:
                yield _line(_cells(item, review, mark))


def _cells(item: Item, review: Review, mark: Mark) -> Iterator[str]:
    answer = item.record.answer
    sentence = answer.sentences[mark.position - 1] if mark.position != WHOLE else None
    quotes = {c.number: c.quote for c in answer.citations}
    score = total(review.marks, item.sentences)
    values = {
        "reponse": item.id,
        "question": answer.question,
        "source": item.source.value,
        "origine": item.origin,
        "statut": answer.status.value,
        "configuration": item.configuration,
        "phrases": str(item.sentences),
        "relecteur": review.rater,
        "arbitrage": _YES if review.adjudication else _NO,
        "position": str(mark.position),
        "phrase": f"{sentence.lead} {sentence.text}".strip() if sentence else "",
        "citations": " | ".join(quotes[n] for n in sentence.citations) if sentence else "",
        "note_phrase": "" if mark.sentence is None else str(mark.sentence),
        "note_citation": "" if mark.citation is None else str(mark.citation),
        "erreurs": " ".join(mark.kinds),
        "raison": mark.reason,
        "commencee": review.started.isoformat(),
        "modifiee": review.updated.isoformat(),
        "terminee": review.finished.isoformat() if review.finished else "",
        "total": "" if score is None else f"{score:.6g}".replace(".", ","),
    }
    return (values[head] for head in HEADS)


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(safe)
    return written.getvalue()


def is_table(text: str) -> bool:
    """Whether a text begins as such a CSV does."""
    return _NEEDED.issubset(_cut(text.lstrip("\ufeff").split("\n", 1)[0].strip()))


def read_rows(text: str) -> Iterator[Rows]:
    """Read the rows, gathered by review, in the order of the first of each; line numbers are from 1, the heads' own.

    Raises:
        ReviewError: the heads are not those of such a file.
    """
    text = text.lstrip("\ufeff")
    if not is_table(text):
        raise ReviewError("Les colonnes ne sont pas celles d'un export de relectures. Exportez d'abord un fichier CSV.")
    separator = _separator(text.split("\n", 1)[0])
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    groups: dict[tuple[str, str, str], list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
    begins = 2
    try:
        for row in reader:
            cells = {head: _plain(cell) for head, cell in row.items() if isinstance(cell, str)}
            if any(cell.strip() for cell in cells.values()):
                key = (cells["reponse"].strip(), cells["relecteur"].strip(), cells["arbitrage"].strip().lower())
                groups[key].append((begins, cells))
            begins = reader.line_num + 1  # a row may go over several lines
    except csv.Error as error:
        raise ReviewError(
            f"Ce CSV ne peut pas être lu après la ligne {reader.line_num}. Enregistrez-le à nouveau."
        ) from error
    for key, rows in groups.items():
        yield _rows(key, rows)


def _rows(key: tuple[str, str, str], rows: Sequence[tuple[int, Mapping[str, str]]]) -> Rows:
    item, rater, adjudication = key
    lines = tuple(number for number, _ in rows)
    marks: list[Mark] = []
    try:
        for number, cells in rows:
            at = number
            marks.append(_mark(cells))
        at = lines[0]
        if len({mark.position for mark in marks}) < len(marks):
            raise ReviewError("une même phrase y est notée deux fois")
        if adjudication not in (_YES, _NO):
            raise ReviewError(f"« arbitrage » vaut « {adjudication} » : écrivez « {_YES} » ou « {_NO} »")
        review = Review(
            item=item,
            rater=rater,
            adjudication=adjudication == _YES,
            marks=tuple(sorted(marks, key=lambda mark: mark.position)),
            started=_moment(rows[0][1], "commencee"),
            updated=max(_moment(cells, "modifiee") for _, cells in rows),
            finished=_moment(rows[0][1], "terminee") if rows[0][1]["terminee"].strip() else None,
        )
    except ReviewError as error:
        return Rows(lines, item, None, str(error), at)
    return Rows(lines, item, review)


def _mark(cells: Mapping[str, str]) -> Mark:
    position = _number(cells, "position")
    if position is None:
        raise ReviewError("« position » est vide")
    kinds = cells["erreurs"].split()
    if unknown := [kind for kind in kinds if kind not in set(ErrorKind)]:
        raise ReviewError(f"« erreurs » nomme « {unknown[0]} », qui n'existe pas : {', '.join(ErrorKind)}")
    ordered = tuple(kind for kind in ErrorKind if kind in kinds)
    try:
        mark = Mark(position, _number(cells, "note_phrase"), _number(cells, "note_citation"), ordered)
        return replace(mark, reason=cells["raison"])
    except ValueError as error:
        raise ReviewError("les notes d'une phrase sont 100, 80 ou 0, celles d'une citation 25, 20 ou 0") from error


def _number(cells: Mapping[str, str], head: str) -> int | None:
    said = cells[head].strip()
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 6):
        raise ReviewError(f"« {head} » vaut « {said[:40]} » : il faut un nombre entier")
    return int(said)


def _moment(cells: Mapping[str, str], head: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cells[head].strip())
    except ValueError as error:
        raise ReviewError(f"« {head} » n'est pas une date : laissez celle de l'export") from error
    if moment.tzinfo is None:
        raise ReviewError(f"« {head} » est une date sans fuseau horaire : laissez celle de l'export")
    return moment


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def _separator(heads: str) -> str:
    """A spreadsheet may have written the file anew, with commas or tabs."""
    return max(";,\t", key=heads.count)


def _cut(heads: str) -> list[str]:
    return [head.strip(' "') for head in heads.split(_separator(heads))]
