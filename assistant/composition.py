"""The extractive composer: an answer made of the report's own sentences, chosen for the kind of question.

It only chooses; the gate (`assistant/proof.py`) proves each choice before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.cues import Kind
from assistant.retrieval import Findings
from assistant.understanding import Understood
from ingest.folding import fold
from ingest.outline import CARD
from ingest.records import LEAST_QUOTE, Passage, Unit, UnitKind
from vectorstore.hits import Hit
from vectorstore.index import Index
from vectorstore.lexical import place_of
from vectorstore.tokens import tokens

MOST_WORDS = 110
"""Length that an answer aims at; a list may be longer."""
_LIST_WORDS = 240
_MOST_SENTENCES = 5
_LOOKED_AT = 8
"""Passages whose sentences are weighed; twice as many where several fiches are named."""

_DEFINES = re.compile(
    r"\b(?:désign\w+|se définit|est (?:un|une|à entendre)|sont (?:un|une|des)|signifie|consiste|vise à|repose sur)\b"
)
_CARD_LABEL = re.compile("^(" + "|".join(map(re.escape, CARD.values())) + ") : ", re.MULTILINE)
_LISTS = (Kind.LIST, Kind.PROCEDURE)
_LISTED = (UnitKind.ITEM, UnitKind.ROW)
_GOES_ON_WORDS = 80
"""A best sentence shorter than this is read with those that go on with it in its paragraph."""
_CONTEXT = 0.4
"""How much a word of the question followed up counts, beside one of the question itself."""
_IN_FIELD, _OPENS_FIELD = 0.15, 0.3
"""What a sentence gains in the field that the question asks about; the first one of the fiche named says most."""
_UNFOUND = 0.8
"""The score of a passage of such a field that the search did not bring, as a share of the best one's."""
_SAYS_CUE = 0.15
"""What a sentence gains that words what is asked about as people do (« frein » where « obstacle » was asked)."""
_NEAR_FRESH, _NEAR = 0.6, 0.75
"""How near the best sentence another must be: with words of the question not said yet, or without."""
_STRAY = 0.9
"""The same of a sentence that leaves the fiche which the question names."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit chosen for the answer: its quote as the report prints it, and how well it answers (0 and up).

    `shared` counts the question's words that stand in the unit itself.
    """

    passage: Passage
    unit: Unit
    score: float
    shared: int

    @property
    def quote(self) -> str:
        """The words of the unit."""
        return self.passage.words_of(self.unit)

    @property
    def opens(self) -> bool:
        """Whether the unit is the line that opens a list (« … suppose : »)."""
        return _opens(self.quote)

    @property
    def lead(self) -> str:
        """The label of a card's row, where its quote does not bear it; else empty."""
        label = card_label(self.passage, self.unit)
        return f"{label} :" if label and not self.quote.startswith(label) else ""


def _opens(words: str) -> bool:
    return words.rstrip().endswith(":")


def card_label(passage: Passage, unit: Unit) -> str:
    """The label that a row of a fiche's card stands under; empty for any other unit."""
    if passage.field != "carte":
        return ""
    above = _CARD_LABEL.findall(passage.text[: unit.end - passage.start])
    return str(above[-1]) if above else ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the composer proposes: the choices in the order to be read (none: it could not choose)."""

    findings: Findings
    choices: tuple[Choice, ...]
    coverage: float
    """Share (0 to 1) of the question's words, by rarity, that the best passage and its headings hold."""
    foreign: float
    """The same of the question's words that the report never uses."""


def compose(index: Index, findings: Findings) -> Draft:
    """Choose the sentences of the answer."""
    understood, hits = findings.understood, findings.hits
    weigher = _Weigher(index, understood)
    coverage = max((weigher.coverage(h.passage) for h in hits[:_LOOKED_AT]), default=0.0)
    several = len(understood.query.fiches) > 1
    looked_at = list(hits[: _LOOKED_AT * (2 if several else 1)])
    looked_at += _asked_fields(index, understood, looked_at)
    best = sorted((c for h in looked_at for c in weigher.choices(h, hits[0].score)), key=lambda c: -c.score)
    if not best:
        return Draft(findings, (), coverage, weigher.foreign)
    chosen = _one_for_each(best, sorted(understood.query.fiches)) if several else _pick(best, index, understood)
    whole = _with_lists_whole(_in_reading_order(chosen), index)
    return Draft(findings, tuple(whole), coverage, weigher.foreign)


def _asked_fields(index: Index, understood: Understood, hits: Sequence[Hit]) -> list[Hit]:
    """What the fiches named say in the fields asked about, where the search did not bring it."""
    there = {h.passage.id for h in hits}
    fiches, fields = understood.query.fiches, understood.query.fields
    wanted = [p for p in index.passages if p.fiche in fiches and p.field in fields and p.id not in there]
    return [Hit(p, hits[0].score * _UNFOUND) for p in wanted] if hits else []


class _Weigher:
    """How well a unit answers: its words, those around it, its passage's rank, and what its kind adds."""

    def __init__(self, index: Index, understood: Understood) -> None:
        self.index = index
        self.understood = understood
        names = index.lexicon.named_fiches(understood.query.text) if understood.query.fiches else {}
        # Every sentence of a fiche is about what its name says: the other words tell them apart.
        self.telling = understood.terms - set(tokens(" ".join(names))) or understood.terms
        foreign = frozenset(t for t in understood.terms if t not in index.lexicon.idf)
        self.foreign = self._share(foreign, understood.terms)
        self.rows = {CARD[name] for name in understood.card_values}
        self._stems: dict[str, frozenset[str]] = {}

    def coverage(self, passage: Passage) -> float:
        """The share (0 to 1) of the question's words, by rarity, that a passage and its headings hold."""
        return self._share(self._held(passage), self.understood.terms)

    def _held(self, passage: Passage) -> frozenset[str]:
        """The stems of a passage and of the headings that it stands under."""
        if passage.id not in self._stems:
            self._stems[passage.id] = frozenset(tokens(f"{place_of(passage)} {passage.text}"))
        return self._stems[passage.id]

    def _share(self, held: Set[str], terms: frozenset[str]) -> float:
        weight, context = self.index.lexicon.weight, self.understood.context
        total = weight(terms) + _CONTEXT * weight(context)
        return (weight(terms & held) + _CONTEXT * weight(context & held)) / total if total else 0.0

    def choices(self, hit: Hit, top: float) -> list[Choice]:
        passage = hit.passage
        beside = self._share(self._held(passage), self.telling)
        choices = []
        for unit in passage.units:
            words = passage.words_of(unit)
            if unit.kind is UnitKind.HEADING or unit.damaged or len(words) < LEAST_QUOTE:
                continue
            held = frozenset(tokens(f"{_announced(passage, unit)} {words}"))
            within = self._share(held, self.telling)
            score = within + 0.35 * (beside - within) + 0.5 * hit.score / top + self._kind_bonus(passage, unit, words)
            shared = len(held & (self.understood.terms | self.understood.context))
            choices.append(Choice(passage, unit, score, shared))
        return choices

    def _kind_bonus(self, passage: Passage, unit: Unit, words: str) -> float:
        kind, named = self.understood.kind, self.understood.query.fiches
        bonus = 0.0
        if named and passage.fiche and passage.fiche not in named:
            bonus -= 0.3
        if kind is Kind.FIGURE and _DIGIT.search(words):
            bonus += 0.2
        if kind is Kind.DEFINITION and (_DEFINES.search(words) or passage.field == "definition"):
            bonus += 0.15
        cues = self.understood.cues
        if passage.field in self.understood.query.fields:
            asked_whole = passage.fiche in named and any(passage.field in c.fields and c.whole for c in cues)
            first = next((u for u in passage.units if u.kind is not UnitKind.HEADING), None)
            opens = asked_whole and unit is first and passage.id.endswith("/1")
            bonus += _OPENS_FIELD if opens else _IN_FIELD
        if any(cue.words.search(fold(words)) for cue in cues):
            bonus += _SAYS_CUE
        if passage.field == "carte":
            bonus += 0.6 if card_label(passage, unit) in self.rows else -0.3
        if kind in _LISTS:
            bonus += 0.1 if unit.kind in _LISTED or _opens(words) else 0.0
        elif _opens(words):
            bonus -= 0.25
        count = len(words.split())
        return bonus - 0.003 * max(0, count - 45) - (0.15 if count < 4 and unit.kind is not UnitKind.ROW else 0.0)


def _announced(passage: Passage, unit: Unit) -> str:
    """What the report prints before a line's first sentence to say what it is about (« Financements : »)."""
    before = passage.text[: unit.start - passage.start].rsplit("\n", 1)[-1]
    opening = unit.start - len(before)
    return "" if any(opening <= u.start < unit.start for u in passage.units) else before


def _pick(best: Sequence[Choice], index: Index, understood: Understood) -> list[Choice]:
    """The best unit with what goes on with it, then others nearly as good; a list comes whole."""
    first = best[0]
    if first.passage.field == "carte":
        rows = [c for c in best if c.passage is first.passage and c.score >= first.score - 0.4]
        wanted = {CARD[name] for name in understood.card_values}
        return [c for c in rows if card_label(c.passage, c.unit) in wanted] or [first]
    if understood.kind in _LISTS or first.opens:
        members = _list_of(first, index)
        if members:
            return members
    chosen = _with_what_goes_on(first, best)
    covered = {t for c in chosen for t in tokens(c.quote)}
    length = _words(chosen)
    for choice in best[1:40]:
        words = len(choice.quote.split())
        fresh = (understood.terms & set(tokens(choice.quote))) - covered
        near = choice.score >= (_NEAR_FRESH if fresh else _NEAR) * first.score
        strays = first.passage.fiche in understood.query.fiches and choice.passage.fiche != first.passage.fiche
        near = near and (not strays or choice.score >= _STRAY * first.score)
        if choice in chosen or not near or length + words > MOST_WORDS or _repeats(choice, chosen):
            continue
        chosen.append(choice)
        covered |= fresh
        length += words
        if len(chosen) == _MOST_SENTENCES:
            break
    return chosen


def _with_what_goes_on(first: Choice, best: Sequence[Choice]) -> list[Choice]:
    """A short best sentence with the next ones of its paragraph."""
    chosen, length = [first], len(first.quote.split())
    by_start = {c.unit.start: c for c in best if c.passage is first.passage}
    units = [u for u in first.passage.units if u.start > first.unit.start]
    end = first.unit.end
    for unit in units[:2]:
        between = first.passage.text[end - first.passage.start : unit.start - first.passage.start]
        following = by_start.get(unit.start)
        if "\n" in between or following is None:
            break
        length += len(following.quote.split())
        if length > _GOES_ON_WORDS:
            break
        chosen.append(following)
        end = unit.end
    return chosen


def _one_for_each(best: Sequence[Choice], fiches: Sequence[str]) -> list[Choice]:
    """For each fiche named its best unit with what goes on with it, or a second one nearly as good."""
    chosen: list[Choice] = []
    for fiche in fiches:
        own = [c for c in best if c.passage.fiche == fiche]
        if not own:
            continue
        mine = _with_what_goes_on(own[0], own)
        for choice in own[1:6]:
            if len(mine) == 1 and choice.score >= 0.9 * own[0].score and not _repeats(choice, mine):
                mine.append(choice)
        # Each fiche has its say before any has more.
        fits = _words([*chosen, *mine]) <= MOST_WORDS
        chosen += mine if fits else mine[:1]
    elsewhere = [c for c in best if c.passage.fiche not in fiches]
    if elsewhere and (not chosen or elsewhere[0].score > max(c.score for c in chosen)):
        chosen += elsewhere[:1] if _words([*chosen, elsewhere[0]]) <= MOST_WORDS else []
    return chosen


def _words(choices: Sequence[Choice]) -> int:
    return sum(len(c.quote.split()) for c in choices)


def _repeats(choice: Choice, chosen: Sequence[Choice]) -> bool:
    return any(fuzz.ratio(choice.quote, other.quote) > 75 for other in chosen)


def _with_lists_whole(chosen: Sequence[Choice], index: Index) -> list[Choice]:
    """A line that opens a list brings the list with it, or stays out where another sentence answers."""
    whole: list[Choice] = []
    for choice in chosen:
        if any(choice.unit == other.unit for other in whole):
            continue
        brought = (_list_of(choice, index) if choice.opens else []) or [choice]
        if not whole or _words(whole) + _words(brought) <= _LIST_WORDS:
            whole += brought
    speaking = [c for c in whole if not c.opens or _is_opened(c, whole)]
    return speaking or whole


def _is_opened(choice: Choice, whole: Sequence[Choice]) -> bool:
    at = whole.index(choice)
    return at + 1 < len(whole) and whole[at + 1].unit.kind in _LISTED


def _list_of(choice: Choice, index: Index) -> list[Choice]:
    """The whole list that a unit opens or belongs to, with the line that opens it; empty where it is in none."""
    passage = choice.passage
    run = [(passage, u) for u in passage.units]
    for following in _continued_by(passage, index):
        run += [(following, u) for u in following.units]
    at = next(i for i, (p, u) in enumerate(run) if u == choice.unit and p is passage)
    opens = choice.opens and choice.unit.kind is not UnitKind.ROW
    if opens and at + 1 < len(run) and run[at + 1][1].kind in _LISTED:
        start = at
    elif choice.unit.kind in _LISTED and passage.field != "carte":
        start = at
        while start and run[start - 1][1].kind in _LISTED:
            start -= 1
        if start and _opens(run[start - 1][0].words_of(run[start - 1][1])):
            start -= 1
    else:
        return []
    end = start + 1
    while end < len(run) and run[end][1].kind in _LISTED:
        end += 1
    members, length = [], 0
    for p, unit in run[start:end]:
        member = Choice(p, unit, choice.score, choice.shared)
        length += len(member.quote.split())
        if length > _LIST_WORDS:
            break
        if not unit.damaged and unit.kind is not UnitKind.HEADING:
            members.append(member)
    return members if len(members) > 2 else []


def _continued_by(passage: Passage, index: Index) -> list[Passage]:
    """The passages that go on with a list which one passage was too short for."""
    if not passage.units or passage.units[-1].kind is not UnitKind.ITEM:
        return []
    at = index.passages.index(passage)
    following = index.passages[at + 1 : at + 3]
    same = [p for p in following if p.group == passage.group and p.document == passage.document]
    return [p for p in same if p.units and p.units[0].kind is UnitKind.ITEM]


def _in_reading_order(chosen: Sequence[Choice]) -> list[Choice]:
    """Passages in the order of their best unit, units in the order of the report."""
    order: list[str] = []
    for choice in chosen:
        if choice.passage.id not in order:
            order.append(choice.passage.id)
    return sorted(chosen, key=lambda c: (order.index(c.passage.id), c.unit.start))
