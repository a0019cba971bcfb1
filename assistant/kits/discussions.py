"""Discussions: open questions on tensions that the report names, with what it says on either side."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.kits.kit import Discussion, Statement
from assistant.kits.points import Teaching, Tension
from assistant.kits.statements import named, proposed, said
from ingest.records import Fiche


def make_discussions(
    teaching: Teaching,
    fiches: Sequence[Fiche],
    themes: Sequence[str],
    identifiers: Sequence[str],
    taken: Collection[str] = (),
) -> tuple[Discussion, ...]:
    """One discussion for each identifier, as long as there are tensions; none whose name is taken.

    Those of the themes come first, those that the fiches themselves speak of before others, then those of any theme.
    """
    chosen = {fiche.id for fiche in fiches}
    fit = [t for t in teaching.tensions if t.name not in taken and _nearness(t, chosen, themes)]
    best = sorted(fit, key=lambda tension: -_nearness(tension, chosen, themes))
    return tuple(
        Discussion(identifier, tension.name, proposed(tension.question), _sides(teaching, tension))
        for identifier, tension in zip(identifiers, best, strict=False)
    )


def _sides(teaching: Teaching, tension: Tension) -> tuple[Statement, ...]:
    return tuple(said(side, f"{named(side.place, teaching)} :") for side in tension.sides)


def _nearness(tension: Tension, fiches: Collection[str], themes: Sequence[str]) -> float:
    own = sum(side.place in fiches for side in tension.sides) / len(tension.sides)
    of_theme = not set(themes).isdisjoint(tension.themes)
    if tension.themes and not of_theme and not own:
        return 0.0
    return 2 * of_theme + own + 0.1
