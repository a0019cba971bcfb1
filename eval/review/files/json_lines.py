"""Reviews as JSON lines: one for each review, with its answer, or for each answer that nobody has reviewed.

    {"kind": "pratiques review", "format": 1, "item": {…}, "review": {…} or null, "total": 0 to 100 or null}

The total is there for whoever reads the file; what is read back computes it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from eval.review.item import Item
from eval.review.marks import Review, total
from ingest.errors import ReviewError

KIND = "pratiques review"
FORMAT = 1
"""The layout of a line; a newer one is refused."""
_ITEM = TypeAdapter(Item)
_REVIEW = TypeAdapter(Review)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An answer and what one rater said of it, if anything."""

    item: Item
    review: Review | None


def as_json_lines(reviewed: Iterable[tuple[Item, Sequence[Review]]]) -> Iterator[str]:
    """The lines of answers and their reviews, each with its line end."""
    for item, reviews in reviewed:
        for review in (*reviews, *(() if reviews else (None,))):
            line = {
                "kind": KIND,
                "format": FORMAT,
                "item": _ITEM.dump_python(item, mode="json"),
                "review": None if review is None else _REVIEW.dump_python(review, mode="json"),
                "total": None if review is None else total(review.marks, item.sentences),
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def read_line(line: str) -> Reviewed:
    """Read one line.

    Raises:
        ReviewError: it is no such line, is damaged, or was written by a newer version.
    """
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise ReviewError("ce n'est pas un objet JSON valide") from error
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise ReviewError("ce n'est pas une relecture écrite par Pratiques")
    if not isinstance(said.get("format"), int) or said["format"] > FORMAT:
        raise ReviewError("elle vient d'une version plus récente de Pratiques ; mettez celle-ci à jour")
    item: Item = _validated(_ITEM, said.get("item"), "la réponse")
    review = said.get("review")
    if review is None:
        return Reviewed(item, None)
    read: Review = _validated(_REVIEW, review, "la relecture")
    return Reviewed(item, replace(read, marks=tuple(sorted(read.marks, key=lambda mark: mark.position))))


def _validated(form: TypeAdapter[Any], said: Any, what: str) -> Any:
    try:
        return form.validate_json(json.dumps(said))
    except (ValidationError, ValueError, RecursionError) as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) if isinstance(error, ValidationError) else ""
        raise ReviewError(f"{what} est abîmée{f' (champ « {where} »)' if where else ''}") from error
