"""What a file of reviews is worth, line by line: what may be kept, and what is refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answer import Answer, Status
from assistant.claims import unheld
from assistant.records import written
from eval.review.files.json_lines import Reviewed, read_line
from eval.review.files.table import is_table, read_rows
from eval.review.item import Item
from eval.review.marks import Review, fits, unfinished
from eval.review.store import Reviews, named
from ingest.errors import RecordError, ReviewError
from vectorstore.index import Index


class Standing(StrEnum):
    """What a good line is to what is kept here: new, the same, or the newer of two."""

    NEW = "new"
    SAME = "same"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Good:
    """A review, or an answer without one, that may be kept, and the lines of the file that it stands on."""

    lines: tuple[int, ...]
    item: Item
    review: Review | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that may not be kept (from 1), and why, in French."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked; nothing of it is kept yet. `refused` is in order of line."""

    good: tuple[Good, ...]
    refused: tuple[Refused, ...]

    @property
    def to_keep(self) -> tuple[Good, ...]:
        """What is not here already."""
        return tuple(good for good in self.good if good.standing is not Standing.SAME)


def check_file(content: bytes, store: Reviews, index: Index) -> Checked:
    """Check a file of reviews, JSON lines or CSV; keeps nothing.

    Raises:
        ReviewError: it is neither, or not in UTF-8, or empty.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReviewError(
            "Ce fichier n'est pas en UTF-8. Enregistrez-le en « CSV UTF-8 », ou exportez-le à nouveau."
        ) from error
    if not text.strip():
        raise ReviewError("Ce fichier est vide. Choisissez un export de relectures, en CSV ou en lignes JSON.")
    if not is_table(text) and not text.lstrip().startswith("{"):
        raise ReviewError("Ce fichier n'est pas un export de relectures. Choisissez-en un, en CSV ou en lignes JSON.")
    read = _of_table(text, store) if is_table(text) else _of_lines(text)
    return _checked(list(read), store, index)


def keep(checked: Checked, store: Reviews) -> int:
    """Keep the good lines of a file, all or none; those that are here already stay as they are.

    Returns:
        How many reviews or answers were kept.
    """
    to_keep = checked.to_keep
    store.add([good.item for good in to_keep if good.review is None])
    store.restore([(good.item, good.review) for good in to_keep if good.review is not None])
    return len(to_keep)


_Read = tuple[tuple[int, ...], Reviewed] | Refused


def _of_lines(text: str) -> Iterator[_Read]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield (number,), read_line(line)
        except ReviewError as error:
            yield Refused(number, str(error))


def _of_table(text: str, store: Reviews) -> Iterator[_Read]:
    for rows in read_rows(text):
        fault, at = rows.fault, rows.at or rows.lines[0]
        item = None
        if not fault:
            try:
                item = store.item(rows.item)
            except (ReviewError, RecordError):
                fault = f"la réponse « {rows.item[:40]} » n'est pas ici ; importez d'abord son export en lignes JSON"
        if item is not None and rows.review is not None:
            yield rows.lines, Reviewed(item, rows.review)
            continue
        yield Refused(at, fault)
        yield from (Refused(n, f"sa relecture est refusée à la ligne {at}") for n in rows.lines if n != at)


def _checked(read: Sequence[_Read], store: Reviews, index: Index) -> Checked:
    refused = [one for one in read if isinstance(one, Refused)]
    pairs = [one for one in read if not isinstance(one, Refused)]
    kept: dict[tuple[str, str | None], Review] = {(r.review.item, _seat(r.review)): r.review for r in store.ratings()}
    records = store.records([reviewed.item.id for _, reviewed in pairs])
    texts = {report.document: report.text for report in index.reports}
    seen: dict[tuple[str, str | None], int] = {}
    good = []
    for lines, reviewed in pairs:
        try:
            fitting = _fitting(reviewed)
            seat = None if fitting.review is None else _seat(fitting.review)
            key = (fitting.item.id, seat)
            if key in seen:
                raise ReviewError(f"cette relecture est déjà à la ligne {seen[key]}")
            seen[key] = lines[0]
            _prove(fitting.item.record.answer, texts)
            here = records.get(fitting.item.id)
            if here is not None and here != written(fitting.item.record):
                raise ReviewError(f"la réponse « {fitting.item.id} » est ici avec un autre contenu")
            standing = _standing(fitting.review, kept.get(key), here is not None)
        except ReviewError as error:
            refused += [Refused(line, str(error)) for line in lines]
            continue
        good.append(Good(lines, fitting.item, fitting.review, standing))
    return Checked(tuple(good), tuple(sorted(refused, key=lambda r: r.line)))


def _fitting(reviewed: Reviewed) -> Reviewed:
    """A review that its answer can have, its rater's name as it is kept.

    Raises:
        ReviewError: it cannot.
    """
    item, review = reviewed.item, reviewed.review
    if review is None:
        return reviewed
    name, _ = named(review.rater)
    if review.item != item.id:
        raise ReviewError("la relecture est celle d'une autre réponse")
    if len({mark.position for mark in review.marks}) < len(review.marks):
        raise ReviewError("une même phrase y est notée deux fois")
    if any(not fits(mark, item.sentences) for mark in review.marks):
        raise ReviewError("une de ses notes ne convient pas à cette réponse")
    if review.finished is not None and (lacking := unfinished(review.marks, item.sentences)):
        where = ", ".join(str(position) if position else "réponse entière" for position in lacking)
        raise ReviewError(f"elle est dite terminée, mais il y manque des notes ou des raisons (phrases : {where})")
    return replace(reviewed, review=replace(review, rater=name))


def _prove(answer: Answer, texts: dict[str, str]) -> None:
    """Prove again what an answer attributes to the report.

    Raises:
        ReviewError: a quote is not where it is said to be, or a sentence says what its quotes do not.
    """
    for citation in answer.citations:
        if citation.document not in texts:
            raise ReviewError(f"le document « {citation.document} » n'est pas dans cet index")
        if texts[citation.document][citation.start : citation.end] != citation.quote:
            raise ReviewError(f"la citation {citation.number} n'est pas dans le rapport à la place indiquée")
    if answer.status is not Status.ANSWERED:
        return
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for number, sentence in enumerate(answer.sentences, 1):
        if why := unheld(sentence.text, " ".join(quotes[n] for n in sentence.citations)):
            raise ReviewError(f"la phrase {number} dit autre chose que ses citations ({why})")


def _standing(review: Review | None, kept: Review | None, known: bool) -> Standing:
    if review is None:
        return Standing.SAME if known else Standing.NEW
    if kept is None:
        return Standing.NEW
    if _said(kept) == _said(review):
        return Standing.SAME
    if kept.updated > review.updated:
        raise ReviewError(f"une relecture plus récente de {kept.rater} est gardée ici")
    return Standing.NEWER


def _said(review: Review) -> tuple[object, ...]:
    return tuple(replace(mark, version=0) for mark in review.marks), review.finished is not None


def _seat(review: Review) -> str:
    return "" if review.adjudication else named(review.rater)[1]
