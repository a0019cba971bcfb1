"""What a session can teach: points of the report and tensions that it names, read by hand and each proved before use.

`ingest/corpus/*.points.jsonl` has one point a line: a sentence of ours that is plain where the report's is not, and the
words of the report that prove it. `*.tensions.jsonl` has one tension a line, with the words on either side of it.
Nothing of these files is believed: the quote must stand in its fiche or section word for word, and the sentence must
say no more than its quote (`assistant/claims.py`). What fails is left out and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from pydantic import TypeAdapter

from assistant.answer import Citation, CitationState
from assistant.claims import unheld
from assistant.figures import figures_of
from assistant.kits.aspects import Aspect
from assistant.proof import prove
from ingest.folding import letters
from ingest.records import Passage
from ingest.sources import BUNDLED
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a point gives: what asks for it, and the number with its unit (« 0,99 € », « 16 départements »)."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something that the report says of a practice or of a theme.

    `place` is a fiche (`4a`) or the slug of a section (`pair-aidance`). `text` is a whole sentence; `short` says the
    same in a few words that name neither the practice nor its place, so that they can stand for any other; empty where
    that is not possible. `citation` proves both.
    """

    place: str
    aspect: Aspect
    text: str
    short: str
    figure: Figure | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Side:
    """What the report says on one side of a tension."""

    place: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Tension:
    """Two things that the report wants, or meets, and that pull apart.

    `question` opens the discussion and claims nothing. `themes` are numbers (`1`) of the report's; empty: any.
    """

    name: str
    question: str
    themes: tuple[str, ...]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Teaching:
    """All that the documents of an index prove of what was read by hand.

    `names` are the practices by their fiche (« le dispositif FLORA »). `faults` has one French line for each thing left
    out.
    """

    names: Mapping[str, str]
    points: tuple[Point, ...]
    tensions: tuple[Tension, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _WrittenName:
    fiche: str
    name: str


@dataclass(frozen=True, slots=True)
class _WrittenPoint:
    place: str
    aspect: Aspect
    text: str
    quote: str
    short: str = ""
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class _WrittenSide:
    place: str
    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class _WrittenTension:
    name: str
    question: str
    sides: tuple[_WrittenSide, ...]
    themes: tuple[str, ...] = ()


_NAME, _POINT, _TENSION = TypeAdapter(_WrittenName), TypeAdapter(_WrittenPoint), TypeAdapter(_WrittenTension)
_LEAST_SIDES = 2


def read_teaching(index: Index) -> Teaching:
    """What the documents of the index prove of the bundled files; what these do not name goes by its title."""
    proved = prove_teaching(_lines("practices"), _lines("points"), _lines("tensions"), index.passages)
    return replace(proved, names={fiche.id: fiche.title for fiche in index.fiches} | dict(proved.names))


def _lines(kind: str) -> list[str]:
    return resources.files("ingest").joinpath(f"corpus/{BUNDLED}.{kind}.jsonl").read_text("utf-8").splitlines()


def prove_teaching(
    names: Sequence[str], points: Sequence[str], tensions: Sequence[str], passages: Sequence[Passage]
) -> Teaching:
    """Hold written lines (JSON) against passages.

    A place that the passages do not have is passed over: the documents are others.
    """
    places: dict[str, list[Passage]] = {}
    for passage in passages:
        places.setdefault(passage.fiche or passage.group, []).append(passage)
    held = _Held({place: [(p, letters(p.text)) for p in found] for place, found in places.items()})
    proved_points = [point for line in points for point in held.point(_POINT.validate_json(line))]
    proved_tensions = [tension for line in tensions for tension in held.tension(_TENSION.validate_json(line))]
    named = {name.fiche: name.name for name in map(_NAME.validate_json, names) if name.fiche in places}
    return Teaching(named, tuple(proved_points), tuple(proved_tensions), tuple(held.faults))


class _Unproved(Exception):
    """What proves nothing; its message says why, in French."""


class _Held:
    """Written lines held against the passages of their places, each with its letters."""

    def __init__(self, places: Mapping[str, Sequence[tuple[Passage, str]]]) -> None:
        self.places = places
        self.faults: list[str] = []

    def point(self, written: _WrittenPoint) -> list[Point]:
        """The point, where it is proved."""
        if written.place not in self.places:
            return []
        try:
            citation = self._cite(written.place, written.quote, written.text, written.short)
            if written.figure:
                _check_figure(written.figure, citation.quote)
        except _Unproved as why:
            self.faults.append(f"{written.place}, {written.aspect} : « {written.text} » ({why}).")
            return []
        return [Point(written.place, written.aspect, written.text, written.short, written.figure, citation)]

    def tension(self, written: _WrittenTension) -> list[Tension]:
        """The tension with its proved sides, where two of them are."""
        sides = []
        for side in written.sides:
            if side.place not in self.places:
                continue
            try:
                sides.append(Side(side.place, side.text, self._cite(side.place, side.quote, side.text)))
            except _Unproved as why:
                self.faults.append(f"{written.name}, {side.place} : « {side.text} » ({why}).")
        if len(sides) < _LEAST_SIDES:
            return []
        return [Tension(written.name, written.question, written.themes, tuple(sides))]

    def _cite(self, place: str, quote: str, *texts: str) -> Citation:
        """The words of a quote as its place has them, which hold these texts.

        Raises:
            _Unproved: they do not stand there word for word, stand in a damaged sentence, or do not hold a text.
        """
        wanted = letters(quote)
        for passage, said in self.places[place]:
            if wanted not in said:
                continue
            proof = prove(quote, passage.text)
            if proof.state is not CitationState.VERIFIED or proof.start is None or proof.end is None:
                continue
            start, end = passage.start + proof.start, passage.start + proof.end
            if any(u.damaged and u.start < end and start < u.end for u in passage.units):
                raise _Unproved("la conversion a abîmé ces mots")
            citation = Citation.of(passage, start, end, CitationState.VERIFIED)
            if why := next(filter(None, (unheld(text, citation.quote) for text in texts if text)), ""):
                raise _Unproved(why)
            return citation
        raise _Unproved("la citation n'y est pas mot pour mot")


def _check_figure(figure: Figure, quote: str) -> None:
    said = {found.said for found in figures_of(figure.answer)}
    if not said or not said <= {found.said for found in figures_of(quote)}:
        raise _Unproved(f"le nombre {figure.answer} ne s'y lit pas")
