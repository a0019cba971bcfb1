"""Fiches side by side on chosen fields, without a question: an answer that is a table, proved like any other.

Which of its sentences stand for a field, where nobody asked anything of it?

- The lines of a card as they stand.
- A field that is short (`CELL_WORDS`): all that it says.
- A longer one: its first sentence, which says what it is about, and of the others those that people ask for most, as
  the question index knows them, as many as there is room for. A short list at its head comes whole, and an item comes
  with the line that opens its list.

They are read in the order of the report. A cell never holds the words of another fiche or of another field, nor any
that the conversion damaged; a fiche that says nothing of a field leaves its cell empty.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Sentence, Status, Table, Trace
from assistant.composition import Cell, is_of, list_of, repeats, with_openings, word_count
from assistant.conclusion import Proved
from assistant.exports.wording import comparison
from assistant.weighing import Choice
from ingest.errors import ComparisonError
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche
from vectorstore.index import Index
from vectorstore.sentences import quotable

LEAST_FICHES, MOST_FICHES = 2, 5
MOST_FIELDS = 12
CELL_WORDS = 60
"""Words that a cell aims at; what opens its list comes on top, and its first sentence however long."""
COMPARABLE: Mapping[str, str] = {**CARD, **{key: name for key, name in FIELDS.items() if key != "carte"}}
"""What fiches can be compared on, in the report's order: the values of the card, then the other fields."""
_OFFERED_FICHES, _OFFERED_FIELDS = 3, 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A comparison that the report fills: some fiches of a theme, on fields of which all of them speak."""

    theme: str
    fiches: tuple[str, ...]
    fields: tuple[str, ...]


def compare(index: Index, fiches: Sequence[str], fields: Sequence[str]) -> Answer:
    """Compare fiches on fields: an answer whose table has a cell for each, in the order asked.

    Args:
        index: the open index.
        fiches: 2 to 5 ids (`1c`); one that is named twice counts once.
        fields: 1 to 12 keys of `COMPARABLE`; likewise.

    Raises:
        ComparisonError: too few or too many of them, or one that the index does not have.
    """
    wanted, keys = tuple(dict.fromkeys(fiches)), tuple(dict.fromkeys(fields))
    known = {f.id: f for f in reversed(index.fiches)}
    _check(wanted, keys, known)
    asked = _asked(index)
    proved = Proved(known, index.by_id)
    proved.take_table([Cell(f, key, _stands_for(index, known[f], key, asked)) for key in keys for f in wanted])
    return table_answer(index, wanted, proved.table, proved.sentences, proved.citations)


def table_answer(
    index: Index,
    fiches: Sequence[str],
    table: Table | None,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
) -> Answer:
    """The answer that a comparison of fiches (ids) is, without a question asked."""
    name = comparison(fiches)
    return Answer(
        id=uuid.uuid4().hex[:12],
        question=name,
        understood=name,
        status=Status.ANSWERED,
        sentences=tuple(sentences),
        citations=tuple(citations),
        message="",
        unknown_words=(),
        nearest_fiches=(),
        suggestions=(),
        trace=Trace(index=index.manifest.fingerprint, embeddings=index.manifest.embeddings, passages=()),
        table=table,
    )


def offers(index: Index, most: int = 3) -> tuple[Offer, ...]:
    """Comparisons to begin with, of the themes that have most fiches: the fields are those that people ask of most."""
    asked = _asked(index)
    themes: dict[str, list[Fiche]] = {}
    for fiche in index.fiches:
        themes.setdefault(fiche.theme, []).append(fiche)
    made = [_offer(index, theme, fiches[:_OFFERED_FICHES], asked) for theme, fiches in themes.items()]
    whole = [o for o in made if len(o.fiches) >= LEAST_FICHES and o.fields]
    return tuple(sorted(whole, key=lambda o: -len(themes[o.theme]))[:most])


def _check(fiches: Sequence[str], fields: Sequence[str], known: Mapping[str, Fiche]) -> None:
    if not LEAST_FICHES <= len(fiches) <= MOST_FICHES:
        raise ComparisonError(f"Choisissez de {LEAST_FICHES} à {MOST_FICHES} fiches à comparer.")
    if not 1 <= len(fields) <= MOST_FIELDS:
        raise ComparisonError(f"Choisissez de 1 à {MOST_FIELDS} rubriques à comparer.")
    for fiche in fiches:
        if fiche not in known:
            raise ComparisonError(
                f"Aucune fiche ne porte le numéro « {fiche} ». Choisissez parmi : {', '.join(sorted(known))}."
            )
    for field in fields:
        if field not in COMPARABLE:
            raise ComparisonError(f"La rubrique « {field} » n'existe pas. Choisissez parmi : {', '.join(COMPARABLE)}.")


def _asked(index: Index) -> Mapping[int, float]:
    """How many index questions each sentence (its position) answers; what it shares with others counts in part."""
    counts: dict[int, float] = defaultdict(float)
    for question in index.sentences.asked:
        for sentence in question.answers:
            counts[sentence] += 1 / len(question.answers)
    return counts


def _offer(index: Index, theme: str, fiches: Sequence[Fiche], asked: Mapping[int, float]) -> Offer:
    shared = [key for key in FIELDS if key != "carte" and all(key in fiche.fields for fiche in fiches)]

    def interest(field: str) -> float:
        return sum(choice.chance for fiche in fiches for choice in _own(index, fiche, field, asked))

    fields = sorted(shared, key=interest, reverse=True)[:_OFFERED_FIELDS]
    return Offer(theme, tuple(f.id for f in fiches), tuple(key for key in FIELDS if key in fields))


def _own(index: Index, fiche: Fiche, field: str, asked: Mapping[int, float]) -> list[Choice]:
    """What a fiche says of a field, in the report's order; each choice has how much it is asked for as its chance."""
    wanted = (fiche.document, fiche.id, "carte" if field in CARD else field)
    said = [
        Choice(passage, unit, asked.get(number, 0.0))
        for at, passage in enumerate(index.passages)
        if (passage.document, passage.fiche, passage.field) == wanted
        for number, unit in enumerate(quotable(passage), index.sentences.first[at])
    ]
    return [choice for choice in said if is_of(choice, field)]


def _stands_for(index: Index, fiche: Fiche, field: str, asked: Mapping[int, float]) -> tuple[Choice, ...]:
    """The choices of a cell (see the head of this file)."""
    own = _own(index, fiche, field, asked)
    if field in CARD or not own:
        return tuple(own)
    # The line that opens a list is nothing by itself: it comes with its items.
    first, *others = [c for c in own if not c.opens] or own
    listed = list_of(first, index)
    chosen = listed if 0 < word_count(listed) <= CELL_WORDS else [first]
    for choice in sorted(others, key=lambda c: -c.chance):
        if word_count([*chosen, choice]) <= CELL_WORDS and not repeats(choice, chosen):
            chosen.append(choice)
    return tuple(with_openings(chosen))
