"""The extractive composer: an answer made of the report's own sentences, chosen for the kind of question.

It only chooses among the sentences weighed (`assistant/weighing.py`); the gate proves each choice before it is shown.
A list or a procedure comes whole and in order; a card gives the rows asked for; where several fiches are named each has
its say, as a table of fiche by field where they are compared; « quelles fiches… » gives the fiches, each with the
sentence that justifies it; any other question gets its surest sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.cues import Kind
from assistant.understanding import Understood
from assistant.weighing import LISTED, LISTS, Choice, Weighed, card_label, opens
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche, Passage, Unit, UnitKind
from vectorstore.index import Index
from vectorstore.sentences import quotable
from vectorstore.tokens import words

MOST_WORDS = 118
"""Length that an answer aims at; a list may be longer."""
_LIST_WORDS = 240
_LEAST_CHANCE = 0.04
"""A sentence less likely than this to be part of the answer stays out, however short the answer is."""
_BESIDE_A_CARD = 0.25
"""The same beside the rows of a card, which answer by themselves."""
_STRAY = 0.3
"""How sure a sentence of another place must be where a fiche is named and answers, as a share of the surest."""
_OWN = 0.6
"""How sure the fiche named must be for it to answer rather than another place, as a share of the surest."""
_NEARLY = 0.7
"""The same where the question does not name the fiche itself."""
_LENGTHY, _LENGTH_MATTERS = 20, 0.5
"""Of two sentences as sure, the shorter one leaves room for more: chances are divided by (words + 20) ** 0.5."""
_REPEATS = 75
"""Likeness (0 to 100) from which two sentences say the same."""
_MOST_COMPARED = 5
_CELL_WORDS = 45
_AS_TELLING = 0.6
"""Share of the telling words that the sentence of a fiche holds in an overview, beside the most that any holds."""
_MOST_LISTED = 8
_SHORT_OPENING = 20
"""Words of a line that opens a list, up to which it introduces an item chosen alone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a comparison: the choices that fill it (none: the report does not say)."""

    fiche: str
    field: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What the composer proposes, in the order to be read; `cells` where it is a comparison, fiche by field."""

    weighed: Weighed
    choices: tuple[Choice, ...]
    cells: tuple[Cell, ...] = ()


def compose(index: Index, weighed: Weighed) -> Draft:
    """Choose the sentences of the answer."""
    understood = weighed.findings.understood
    best = sorted(weighed.choices, key=lambda c: -c.chance)
    if not best:
        return Draft(weighed, ())
    named = [f for f in index.fiches if f.id in understood.query.fiches]
    if 1 < len(named) <= _MOST_COMPARED:
        if understood.kind is Kind.COMPARISON and (fields := _compared_fields(understood)):
            cells = _table(best, named, fields)
            return Draft(weighed, tuple(c for cell in cells for c in cell.choices), cells)
        return Draft(weighed, tuple(_in_reading_order(_one_for_each(best, named))))
    return Draft(weighed, tuple(with_openings(_pick(best, index, understood))))


def _pick(best: Sequence[Choice], index: Index, understood: Understood) -> list[Choice]:
    """The rows of a card that are asked for; a list whole; else the surest sentences."""
    first = best[0]
    if first.passage.field == "carte" and understood.card_values:
        wanted = {CARD[name] for name in understood.card_values}
        rows = [c for c in best if c.passage is first.passage and card_label(c.passage, c.unit) in wanted]
        if rows:
            return _filled(rows, [c for c in best if c.chance >= _BESIDE_A_CARD])
    if understood.kind is Kind.OVERVIEW and not understood.query.fiches:
        return _overview(best) or _filled([], best)
    members = list_of(first, index) if understood.kind in LISTS or first.opens else []
    own = next((c for c in best if c.passage.fiche in understood.query.fiches), None)
    if own is not None and own.chance >= _OWN * first.chance:
        names = _names(index, understood)
        best = [c for c in best if c.passage.fiche in understood.query.fiches or _speaks_of_it(c, first, names)]
    return _filled(members, best)


def _names(index: Index, understood: Understood) -> set[str]:
    """The folded words that name the fiches meant, in the question or in what it follows up."""
    before = index.lexicon.named_fiches(understood.query.context)
    return {*words(understood.query.names), *(w for w, named in before.items() if named & understood.query.fiches)}


def _speaks_of_it(choice: Choice, first: Choice, names: set[str]) -> bool:
    """Whether a sentence of another place speaks of the fiche meant: it says its name, or is nearly as sure.

    Where the fiche is meant by its number alone, only the second can tell.
    """
    if not names:
        return choice.chance >= _NEARLY * first.chance
    return choice.chance >= _STRAY * first.chance and not names.isdisjoint(words(choice.quote))


def _filled(chosen: Sequence[Choice], best: Sequence[Choice]) -> list[Choice]:
    """What is chosen, and the surest other sentences that there is room for."""
    filled = list(chosen)
    length = word_count(filled)
    for choice in sorted(best, key=_worth, reverse=True):
        count = len(choice.quote.split())
        if filled and (choice.chance < _LEAST_CHANCE or length + count > MOST_WORDS):
            continue
        if not repeats(choice, filled):
            filled.append(choice)
            length += count
    return filled


def _worth(choice: Choice) -> float:
    return float(choice.chance / (len(choice.quote.split()) + _LENGTHY) ** _LENGTH_MATTERS)


def _overview(best: Sequence[Choice]) -> list[Choice]:
    """The surest sentence of each fiche that holds what the question tells of; none where that is a lone fiche."""
    most = max((c.shared for c in best if c.passage.fiche), default=0.0)
    chosen: dict[str, Choice] = {}
    for choice in best:
        if choice.passage.fiche and choice.shared and choice.shared >= _AS_TELLING * most:
            chosen.setdefault(choice.passage.fiche, choice)
    kept = list(chosen.values())[:_MOST_LISTED]
    return kept if len(kept) > 1 else []


def _one_for_each(best: Sequence[Choice], fiches: Sequence[Fiche]) -> list[Choice]:
    """The surest sentence of each fiche named, then the surest others that there is room for."""
    chosen: list[Choice] = []
    for fiche in fiches:
        own = next((c for c in best if c.passage.fiche == fiche.id), None)
        if own is not None:
            chosen.append(own)
    return _filled(chosen, best)


def _compared_fields(understood: Understood) -> list[str]:
    """The fields, and the values of the card, that a comparison is about, in the report's order."""
    values = [name for name in CARD if name in understood.card_values]
    return values + [name for name in FIELDS if name in understood.query.fields and name != "carte"]


def _table(best: Sequence[Choice], fiches: Sequence[Fiche], fields: Sequence[str]) -> tuple[Cell, ...]:
    """For each field and fiche the surest sentence of that field, with the next ones while the cell stays short."""
    cells = []
    for field in fields:
        for fiche in fiches:
            own = [c for c in best if c.passage.fiche == fiche.id and is_of(c, field)]
            chosen: list[Choice] = []
            for choice in own[:3]:
                if not chosen or word_count([*chosen, choice]) <= _CELL_WORDS:
                    chosen.append(choice)
            cells.append(Cell(fiche.id, field, tuple(sorted(chosen, key=lambda c: c.unit.start))))
    return tuple(cells)


def is_of(choice: Choice, field: str) -> bool:
    """Whether a sentence stands in a field, or in the row of a card that holds this value."""
    if field in CARD:
        return card_label(choice.passage, choice.unit) == CARD[field]
    return choice.passage.field == field


def word_count(choices: Sequence[Choice]) -> int:
    """How many words choices hold together."""
    return sum(len(c.quote.split()) for c in choices)


def repeats(choice: Choice, chosen: Sequence[Choice]) -> bool:
    """Whether a sentence is among those chosen, or says what one of them says."""
    return any(c.unit == choice.unit or fuzz.ratio(choice.quote, c.quote) > _REPEATS for c in chosen)


def with_openings(chosen: Sequence[Choice]) -> list[Choice]:
    """In the order to be read; a line that opens a list stays only where something of the list follows it."""
    ordered = _in_reading_order(_introduced(chosen))
    kept = [c for c in ordered if not c.opens or _goes_on(c, ordered)]
    return kept or ordered


def _introduced(chosen: Sequence[Choice]) -> list[Choice]:
    """What is chosen, and for items the short line that opens their list: without it they have no subject."""
    introduced = list(chosen)
    for choice in chosen:
        opening = _opening_of(choice) if choice.unit.kind is UnitKind.ITEM else None
        if opening is not None and not any(c.unit == opening for c in introduced):
            line = replace(choice, unit=opening)
            introduced += [line] if len(line.quote.split()) <= _SHORT_OPENING else []
    return introduced


def _opening_of(choice: Choice) -> Unit | None:
    """The line that opens the list which an item stands in, in the same passage; `None` where there is none."""
    units = choice.passage.units
    at = units.index(choice.unit)
    while at and units[at].kind in LISTED:
        at -= 1
    opened = opens(choice.passage.words_of(units[at])) and units[at] in quotable(choice.passage)
    return units[at] if opened else None


def _goes_on(opening: Choice, ordered: Sequence[Choice]) -> bool:
    at = ordered.index(opening)
    return (
        at + 1 < len(ordered)
        and ordered[at + 1].unit.kind in LISTED
        and ordered[at + 1].unit.start > opening.unit.start
    )


def list_of(choice: Choice, index: Index) -> list[Choice]:
    """The whole list that a unit opens or belongs to, with the line that opens it; empty where it is in none."""
    passage = choice.passage
    if passage.field == "carte":
        return []
    run = [(p, u) for p in (passage, *_continued_by(passage, index)) for u in p.units]
    at = next(i for i, (p, u) in enumerate(run) if u == choice.unit and p is passage)
    start = at
    if choice.unit.kind in LISTED:
        while start and run[start - 1][1].kind in LISTED:
            start -= 1
        above, line = run[start - 1]
        if start and opens(above.words_of(line)):
            start -= 1
    elif not (choice.opens and at + 1 < len(run) and run[at + 1][1].kind in LISTED):
        return []
    end = start + 1
    while end < len(run) and run[end][1].kind in LISTED:
        end += 1
    members, length = [], 0
    for p, unit in run[start:end]:
        if unit not in quotable(p):
            continue
        member = replace(choice, passage=p, unit=unit)
        length += len(member.quote.split())
        if length > _LIST_WORDS:
            break
        members.append(member)
    return members if len(members) > 2 else []


def _continued_by(passage: Passage, index: Index) -> list[Passage]:
    """The passages that go on with a list which one passage was too short for."""
    if not passage.units or passage.units[-1].kind is not UnitKind.ITEM:
        return []
    at = index.retriever.positions[passage.id]
    following = index.passages[at + 1 : at + 3]
    same = [p for p in following if p.group == passage.group and p.document == passage.document]
    return [p for p in same if p.units and p.units[0].kind is UnitKind.ITEM]


def _in_reading_order(chosen: Sequence[Choice]) -> list[Choice]:
    """Passages in the order of their surest sentence, sentences in the order of the report.

    Passages that follow one another under one heading are read as one.
    """
    surest: dict[str, float] = {}
    for choice in chosen:
        group = choice.passage.group
        surest[group] = max(surest.get(group, 0.0), choice.chance)
    return sorted(chosen, key=lambda c: (-surest[c.passage.group], c.passage.group, c.unit.start))
