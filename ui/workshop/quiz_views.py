"""What the quiz player is given to show: plain values, no markup."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.kits.kit import Item, ItemKind, Kit, Option, Origin, Pair, Statement
from assistant.wording import place_of
from ingest.folding import letters
from ui.navigation import WORKSHOP, Link, link, link_to_words
from ui.workshop import player_labels
from ui.workshop.labels import BY_TRAINER, source_name
from ui.workshop.layout import SESSION
from ui.workshop.views import SourceView


@dataclass(frozen=True, slots=True)
class SaidView:
    """A statement and its sources; what its quote says already is left empty. `note`: whose words they are."""

    lead: str
    text: str
    note: str
    sources: tuple[SourceView, ...]


@dataclass(frozen=True, slots=True)
class OptionView:
    """An answer to choose; `elsewhere` and `source` say where a wrong one is true, if anywhere."""

    text: str
    right: bool
    note: str = ""
    elsewhere: str = ""
    source: SourceView | None = None


@dataclass(frozen=True, slots=True)
class PairView:
    """A thing to match; `right` is the position, from 0, of what belongs to it."""

    left: str
    right: int


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question: answered by a choice where it has options, by matching where it has pairs, else in own words.

    `seal` is its own for what it says: an answer kept under it is one to these very words. `origin` says who asks,
    `note` whose words the question is where they were rewritten. `rights` are what the pairs are matched with.
    """

    seal: str
    origin: str
    note: str
    stem: str
    options: tuple[OptionView, ...]
    pairs: tuple[PairView, ...]
    rights: tuple[str, ...]
    points: tuple[SaidView, ...]
    proof: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class QuizView:
    """The quiz of a kit and the way back to it; `key` is what the browser keeps its answers under."""

    key: str
    title: str
    back: Link
    questions: tuple[QuestionView, ...]
    labels: dict[str, str]


def quiz_view(kit: Kit) -> QuizView:
    """Lay out the quiz of a kit, each question with sources numbered from 1."""
    return QuizView(
        key=kit.id,
        title=player_labels.title(kit.title.text),
        back=link(WORKSHOP, **{SESSION: kit.id}),
        questions=tuple(map(_question, kit.items)),
        labels=player_labels.LABELS,
    )


def _question(item: Item) -> QuestionView:
    numbers: dict[str, int] = {}
    # In an order of their own, which says nothing of what they belong to.
    rights = tuple(sorted({pair.right.text for pair in item.pairs}))
    # What an open answer is expected to hold proves itself.
    proof = [] if item.kind is ItemKind.OPEN else item.proof
    return QuestionView(
        seal=hashlib.sha256(repr(item).encode()).hexdigest()[:12],
        origin=player_labels.OWN if item.own else player_labels.BY_TOOL,
        note="" if item.own else _note(item.stem),
        stem=item.stem.text,
        options=tuple(_option(option, item) for option in item.options),
        pairs=tuple(PairView(pair.left.text, rights.index(pair.right.text)) for pair in item.pairs),
        rights=rights,
        points=tuple(_said(point, numbers) for point in item.points),
        proof=tuple(_matched(pair, numbers) for pair in item.pairs) or tuple(_said(one, numbers) for one in proof),
    )


def _option(option: Option, item: Item) -> OptionView:
    note = "" if item.own else _note(option.statement)
    if option.right or not option.statement.citations:
        return OptionView(option.statement.text, option.right, note)
    source = _source(option.statement.citations[0], {})
    return OptionView(option.statement.text, False, note, player_labels.elsewhere(source.place, item.kind), source)


def _matched(pair: Pair, numbers: dict[str, int]) -> SaidView:
    citations = (*pair.left.citations, *pair.right.citations)
    return SaidView("", f"{pair.left.text} → {pair.right.text}", "", _sources(citations, numbers))


def _said(statement: Statement, numbers: dict[str, int]) -> SaidView:
    quoted = {letters(citation.quote) for citation in statement.citations}
    whole = letters(statement.lead + statement.text) in quoted
    lead = "" if whole else statement.lead
    text = "" if whole or letters(statement.text) in quoted else statement.text
    return SaidView(lead, text, _note(statement), _sources(statement.citations, numbers))


def _note(statement: Statement) -> str:
    return BY_TRAINER if statement.origin is Origin.TRAINER else ""


def _sources(citations: Sequence[Citation], numbers: dict[str, int]) -> tuple[SourceView, ...]:
    return tuple(_source(citation, numbers) for citation in citations)


def _source(citation: Citation, numbers: dict[str, int]) -> SourceView:
    words = f"{citation.passage} {citation.start} {citation.end}"
    number = numbers.setdefault(words, len(numbers) + 1)
    place = place_of(citation)
    quote = " ".join(citation.quote.split())
    return SourceView(number, source_name(number, place), quote, place, link_to_words(citation))
