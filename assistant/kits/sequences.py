"""A planned outline filled: what is done in each sequence, what is conveyed, which cases and questions it takes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence as Several

from assistant.kits.activities import activities_of, title_of
from assistant.kits.aspects import Aspect
from assistant.kits.kit import Case, Discussion, Item, Sequence, SequenceKind, Statement
from assistant.kits.plan import Planned
from assistant.kits.points import Teaching
from assistant.kits.request import Matter
from assistant.kits.statements import PREFERRED, choose, named, proposed, said

_MOST_FICHES = 6
"""Fiches of which a sequence tells."""
_MINUTES_OF_POINT, _MINUTES_OF_READ_POINT = 4, 3
"""How long it takes to convey a point, or to find it in a fiche."""
_LEAST_POINTS, _MOST_POINTS = 3, 8
_MINUTES_OF_DISCUSSION = 30


def fill(
    teaching: Teaching,
    matter: Matter,
    planned: Several[Planned],
    cases: Several[Case],
    discussions: Several[Discussion],
    items: Several[Item],
) -> tuple[Sequence, ...]:
    """The sequences of a kit. Cases and discussions that no sequence holds are there in reserve."""
    told: set[str] = set()
    left = list(discussions)
    halves = Counter(part.kind for part in planned)
    sequences = []
    for number, part in enumerate(planned, 1):
        last = number == len(planned)
        points = _points(teaching, matter, part, halves[SequenceKind.PRACTICES], told)
        told |= {point.text for point in points}
        holds: tuple[str, ...] = ()
        if part.kind is SequenceKind.CASE:
            holds = tuple(case.id for case in cases[part.turn : part.turn + 1])
        elif part.kind is SequenceKind.DISCUSSION:
            count = max(1, part.minutes // _MINUTES_OF_DISCUSSION)
            holds = tuple(discussion.id for discussion in left[:count])
            del left[:count]
        elif part.kind is SequenceKind.QUIZ:
            holds = tuple(item.id for item in items[part.turn :: halves[SequenceKind.QUIZ]])
        title = proposed(title_of(part, last))
        activity = tuple(map(proposed, activities_of(part, matter.request, last)))
        sequences.append(Sequence(f"s{number}", part.kind, title, part.minutes, activity, points, holds))
    return tuple(sequences)


def _points(teaching: Teaching, matter: Matter, part: Planned, turns: int, told: set[str]) -> tuple[Statement, ...]:
    """What a sequence has to convey; what was told before is not told again. `turns` sequences share the fiches."""
    aspects = PREFERRED[matter.request.audience]
    if part.kind is SequenceKind.BASICS:
        count = min(_MOST_POINTS, max(_LEAST_POINTS, part.minutes // _MINUTES_OF_POINT))
        points = [p for p in teaching.points if p.place in matter.sections]
        return tuple(map(said, choose(points, aspects, count, told)))
    if part.kind is not SequenceKind.PRACTICES:
        return ()
    fiches = matter.fiches[part.turn :: turns][:_MOST_FICHES] or matter.fiches[:_MOST_FICHES]
    count = min(4, max(2, part.minutes // _MINUTES_OF_READ_POINT // len(fiches)))
    statements: list[Statement] = []
    for fiche in fiches:
        own = [p for p in teaching.points if p.place == fiche.id]
        before = told | {statement.text for statement in statements}
        chosen = choose(own, [a for a in aspects if a is not Aspect.ORIGIN], count, before)
        lead = f"{named(fiche.id, teaching)} :"
        statements += [said(point, "" if at else lead) for at, point in enumerate(chosen)]
    return tuple(statements)
