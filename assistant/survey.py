"""The figures of the report's questionnaire, each proved by the words that state it.

The report tells the results of its questionnaire in prose, in an annexe. What it says was read and written down by
hand (`ingest/corpus/*.survey.json`): for each number, a label and the words that state it. Nothing of that file is
believed: the words must stand in the annexe as they are, once, and the number must be read in them. What fails is left
out and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from importlib import resources

from pydantic import TypeAdapter

from assistant.answer import Citation, CitationState
from assistant.figures import figures_of
from assistant.proof import prove
from ingest.folding import letters
from ingest.records import Passage
from vectorstore.index import Index

_FILE = "corpus/pratiques-emergentes.survey.json"
_ANNEXE = "annexe"
"""How the ids of the annexe's passages begin."""


class FigureKind(StrEnum):
    """What the numbers of a figure are: percentages, numbers of answers, or an average mark."""

    SHARE = "share"
    COUNT = "count"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class SurveyValue:
    """One number of a figure: a percentage (0 to 100), a count or a mark, as the figure's kind says.

    `count` is the number of answers that the same words give beside a percentage. `start`/`end` are the offsets, in the
    cleaned text of the document, of the words that state it; `citation` is the number of the sentence that holds them.
    """

    label: str
    number: Decimal
    count: int | None
    citation: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Base:
    """How many answers a figure rests on, who gave them, and the number of the citation that says so."""

    number: int
    who: str
    citation: int


@dataclass(frozen=True, slots=True)
class SurveyFigure:
    """A result of the questionnaire; the citations are whole sentences or rows, in the report's order.

    `base` is `None` where the report does not say how many answered.
    """

    title: str
    kind: FigureKind
    values: tuple[SurveyValue, ...]
    base: Base | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SurveySection:
    """Figures that belong together."""

    title: str
    figures: tuple[SurveyFigure, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the questionnaire gave. No section: no document of the index holds it.

    `faults` has one French line for each thing that was left out, since the report does not prove it.
    """

    sections: tuple[SurveySection, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _WrittenValue:
    label: str
    number: Decimal
    quote: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _WrittenBase:
    number: int
    who: str
    quote: str


@dataclass(frozen=True, slots=True)
class _WrittenFigure:
    """A figure as it was written down by hand; `context` are words of the report that say what was asked."""

    title: str
    kind: FigureKind
    values: tuple[_WrittenValue, ...]
    base: _WrittenBase | None = None
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _WrittenSection:
    title: str
    figures: tuple[_WrittenFigure, ...]


@dataclass(frozen=True, slots=True)
class _WrittenSurvey:
    sections: tuple[_WrittenSection, ...]


_WRITTEN = TypeAdapter(_WrittenSurvey)


def read_survey(index: Index) -> Survey:
    """The figures of the questionnaire that the documents of the index prove."""
    return prove_survey(resources.files("ingest").joinpath(_FILE).read_bytes(), index.passages)


def prove_survey(written: bytes, passages: Sequence[Passage]) -> Survey:
    """Hold a survey file (JSON) against the annexe that is among these passages."""
    annexe = _Annexe([p for p in passages if p.id.startswith(_ANNEXE)])
    if not annexe.passages:
        return Survey((), ())
    sections, faults = [], []
    for section in _WRITTEN.validate_json(written).sections:
        held = [_Held(figure, annexe) for figure in section.figures]
        faults += [fault for one in held for fault in one.faults]
        if figures := tuple(one.figure for one in held if one.values):
            sections.append(SurveySection(section.title, figures))
    return Survey(tuple(sections), tuple(faults))


class _Unproved(Exception):
    """Words that prove nothing; its message says why, in French."""


class _Held:
    """A figure held against the annexe: what of it is proved, and what is not."""

    def __init__(self, written: _WrittenFigure, annexe: _Annexe) -> None:
        self.written = written
        self.annexe = annexe
        self.faults: list[str] = []
        self.values: list[tuple[_WrittenValue, Citation]] = []
        self._sentences: dict[tuple[int, int], Citation] = {}
        unit = "%" if written.kind is FigureKind.SHARE else ""
        for quote in written.context:
            self._find(quote)
        self.base = self._find(written.base.quote, (str(written.base.number), "")) if written.base else None
        for value in written.values:
            count = () if value.count is None else ((str(value.count), ""),)
            if words := self._find(value.quote, (_plain(value.number), unit), *count):
                self.values.append((value, words))

    @property
    def figure(self) -> SurveyFigure:
        """What is proved, its sentences numbered in the report's order."""
        spans = sorted(self._sentences)
        base = self.written.base
        return SurveyFigure(
            title=self.written.title,
            kind=self.written.kind,
            values=tuple(
                SurveyValue(v.label, v.number, v.count, _holder(spans, words), words.start, words.end)
                for v, words in self.values
            ),
            base=Base(base.number, base.who, _holder(spans, self.base)) if base and self.base else None,
            citations=tuple(replace(self._sentences[span], number=n) for n, span in enumerate(spans, 1)),
        )

    def _find(self, quote: str, *figures: tuple[str, str]) -> Citation | None:
        """Where the words stand that state these figures (value and unit); `None`, and a fault, where they do not."""
        try:
            words, sentence = self.annexe.find(quote)
            read = {figure.said for figure in figures_of(words.quote)}
            if unread := next((value for value, unit in figures if (value, unit) not in read), ""):
                raise _Unproved(f"le nombre {unread} ne s'y lit pas")
        except _Unproved as why:
            self.faults.append(f"{self.written.title} : « {quote} » ({why}).")
            return None
        self._sentences[sentence.start, sentence.end] = sentence
        return words


class _Annexe:
    """The annexe, in which quotes are looked for."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self._letters = [letters(p.text) for p in passages]

    def find(self, quote: str) -> tuple[Citation, Citation]:
        """The words of a quote as the annexe has them, and the whole sentences (items, rows) that they stand in.

        Raises:
            _Unproved: they stand nowhere word for word, in several places, or in a damaged sentence.
        """
        wanted = letters(quote)
        places = [(p, held.count(wanted)) for p, held in zip(self.passages, self._letters, strict=True)]
        proofs = [(p, prove(quote, p.text), times) for p, times in places if times]
        proofs = [(p, proof, times) for p, proof, times in proofs if proof.state is CitationState.VERIFIED]
        if not proofs:
            raise _Unproved("introuvable mot pour mot dans l'annexe")
        passage, proof, times = proofs[0]
        if len(proofs) > 1 or times > 1:
            raise _Unproved("à plusieurs endroits de l'annexe")
        start, end = passage.start + (proof.start or 0), passage.start + (proof.end or 0)
        units = [u for u in passage.units if u.start < end and start < u.end]
        if any(u.damaged for u in units):
            raise _Unproved("dans une phrase que la conversion a abîmée")
        return _cited(passage, start, end), _cited(passage, min(start, units[0].start), max(end, units[-1].end))


def _cited(passage: Passage, start: int, end: int) -> Citation:
    return Citation.of(passage, start, end, CitationState.VERIFIED)


def _holder(spans: Sequence[tuple[int, int]], words: Citation) -> int:
    """The number (from 1) of the span that holds these words."""
    return next(n for n, (start, end) in enumerate(spans, 1) if start <= words.start and words.end <= end)


def _plain(number: Decimal) -> str:
    """A number as `figures_of` writes it."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
