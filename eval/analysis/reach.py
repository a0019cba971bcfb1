"""What of the report the questions of a run put to the test: judged there, found there, cited there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.coverage import Place, coverage_of
from assistant.database import Usage
from eval.run import Outcome
from ingest.records import Passage
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Reached:
    """A fiche, or a section that is in none, with how many questions of the run put it to the test.

    `judged` counts those with evidence in one of its passages, `found` those that found one, `cited` those whose
    answer cites one; `judged_passages`, the passages that hold evidence of some question.
    """

    place: Place
    judged: int
    found: int
    cited: int
    judged_passages: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What a run put to the test, in reading order; `gone` counts the passages that the index no longer has."""

    places: tuple[Reached, ...]
    gone: int

    @property
    def untested(self) -> tuple[Reached, ...]:
        """The places that no question has its evidence in."""
        return tuple(reached for reached in self.places if not reached.judged)

    @property
    def passages(self) -> int:
        """How many passages the documents have."""
        return sum(reached.place.passages for reached in self.places)

    @property
    def judged_passages(self) -> int:
        """How many of them hold evidence of some question."""
        return sum(reached.judged_passages for reached in self.places)


def reach_of(outcomes: Sequence[Outcome], index: Index) -> Reach:
    """What of the documents of an index the questions of a run put to the test."""
    usage = Usage(
        statuses={},
        failed=0,
        retrieved=Counter(i for o in outcomes for i in o.passages),
        cited=Counter(i for o in outcomes for i in o.cited or ()),
        refused=(),
    )
    coverage = coverage_of(usage, index)
    judged = _questions((o.evidence or () for o in outcomes), index)
    found = _questions((o.passages for o in outcomes), index)
    cited = _questions((o.cited or () for o in outcomes), index)
    with_evidence = {i for o in outcomes for i in o.evidence or ()}
    held = Counter(_section(index.by_id[i]) for i in with_evidence & index.by_id.keys())
    reached = []
    for place in coverage.places:
        at = _section(index.by_id[place.passage])
        reached.append(Reached(place, judged[at], found[at], cited[at], held[at]))
    return Reach(tuple(reached), coverage.gone + len(with_evidence - index.by_id.keys()))


_Section = tuple[str, str | tuple[str, ...]]


def _section(passage: Passage) -> _Section:
    """What a place of a coverage is made of: the passages of one fiche, or of one section."""
    return passage.document, passage.fiche or passage.path[:2]


def _questions(passages: Iterable[Sequence[str]], index: Index) -> Counter[_Section]:
    """For each section, how many of the questions have a passage in it, given the passages of each."""
    return Counter(at for ids in passages for at in {_section(index.by_id[i]) for i in ids if i in index.by_id})
