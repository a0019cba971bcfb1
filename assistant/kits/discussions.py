"""Discussions: open questions on tensions that the report names, with what it says on either side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.kits.kit import Discussion, Statement
from assistant.kits.points import Teaching, Tension
from assistant.kits.request import Matter
from assistant.kits.statements import named, proposed, said


def make_discussions(
    teaching: Teaching, matter: Matter, identifiers: Sequence[str], taken: Collection[str] = ()
) -> tuple[Discussion, ...]:
    """One discussion for each identifier, as long as there are tensions; none whose name is taken.

    Those of the themes come first, the more so the fewer others they are of and the more the session is about what
    they rest on; then those of any theme.
    """
    fit = [tension for tension in teaching.tensions if tension.name not in taken and _nearness(tension, matter)]
    best = sorted(fit, key=lambda tension: -_nearness(tension, matter))
    return tuple(
        Discussion(identifier, tension.name, proposed(tension.question), _sides(teaching, tension))
        for identifier, tension in zip(identifiers, best, strict=False)
    )


def _sides(teaching: Teaching, tension: Tension) -> tuple[Statement, ...]:
    return tuple(said(side, f"{named(side.place, teaching)} :") for side in tension.sides)


def _nearness(tension: Tension, matter: Matter) -> float:
    """How fit a tension is for a session; zero where it is not."""
    places = {*matter.sections, *(fiche.id for fiche in matter.fiches)}
    own = sum(side.place in places for side in tension.sides) / len(tension.sides)
    shared = len(set(matter.themes).intersection(tension.themes))
    if tension.themes and not shared and not own:
        return 0.0
    return 2.0 * bool(shared) + shared / (len(tension.themes) or 1) + own + 0.1
