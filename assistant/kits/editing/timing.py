"""The minutes of a kit: a sequence timed again, or all of them fitted to the duration that was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence as Several
from dataclasses import replace

from assistant.kits.editing.place import missing
from assistant.kits.kit import Kit, Origin, Sequence, SequenceKind, Statement
from assistant.kits.request import MOST_MINUTES
from assistant.kits.timetable import length
from ingest.errors import KitError

_LEAST = 3
"""Minutes below which no sequence is shrunk."""
_STEP = 5
_SAID = re.compile(r" \((?:(\d{1,3})\s?min|(\d{1,2})\s?h(?:\s?(\d\d))?)\)$")
"""The time at the end of an activity: « (15 min) », « (1 h 05) »."""


def retime(kit: Kit, identifier: str, minutes: int) -> Kit:
    """The kit with one sequence longer or shorter, and the others as they are: the kit then lasts longer or less long.

    Raises:
        KitError: there is no such sequence, or it cannot last so long.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise KitError(f"Une séquence dure de 1 à {MOST_MINUTES} minutes.")
    if all(sequence.id != identifier for sequence in kit.sequences):
        raise missing()
    return replace(kit, sequences=tuple(_timed(s, minutes if s.id == identifier else s.minutes) for s in kit.sequences))


def fit(kit: Kit) -> Kit:
    """The kit with its sequences stretched or shrunk, breaks aside, so that they last as long as was asked for.

    Raises:
        KitError: they cannot: there are too many of them, or only breaks.
    """
    wanted = kit.request.minutes
    if kit.minutes == wanted:
        return kit
    worked = [sequence for sequence in kit.sequences if sequence.kind is not SequenceKind.BREAK]
    left = wanted - (kit.minutes - sum(sequence.minutes for sequence in worked))
    if not worked or left < _LEAST * len(worked):
        raise KitError(
            f"Ces séquences ne tiennent pas en {length(wanted)}, même réduites à {_LEAST} minutes chacune : retirez-en "
            "une, ou raccourcissez une pause."
            if worked
            else "Il n'y a que des pauses : ajoutez une séquence à allonger."
        )
    shares = dict(zip([s.id for s in worked], shared([s.minutes for s in worked], left, _LEAST), strict=True))
    return replace(kit, sequences=tuple(_timed(s, shares.get(s.id, s.minutes)) for s in kit.sequences))


def shared(weights: Several[int], minutes: int, least: int) -> list[int]:
    """Minutes shared in proportion to weights, each part at least `least` (1 to 5); they add up.

    Parts are multiples of five where there is room for that; the last few minutes go to the longest. `minutes` must be
    enough for the least of all.
    """
    step = _STEP if minutes >= _STEP * len(weights) else 1
    parts = [max(least, _STEP) if step == _STEP else least for _ in weights]
    ideal = [minutes * weight / sum(weights) for weight in weights]
    while sum(parts) + step <= minutes:
        # Whoever is furthest below its part takes the next step.
        at = max(range(len(parts)), key=lambda n: (ideal[n] - parts[n], -n))
        parts[at] += step
    parts[parts.index(max(parts))] += minutes - sum(parts)
    return parts


def _timed(sequence: Sequence, minutes: int) -> Sequence:
    """The sequence, and the times that the tool's activities name with it; none where it is too short to be parted."""
    if minutes == sequence.minutes:
        return sequence
    said = [_minutes_said(statement) for statement in sequence.activity]
    named = [part for part in said if part]
    times = [""] * len(named)
    if named and minutes >= len(named):
        whole = max(len(named), round(minutes * sum(named) / sequence.minutes))
        times = [f" ({length(part)})" for part in shared(named, whole, 1)]
    left = iter(times)
    activity = tuple(
        replace(statement, text=_SAID.sub(next(left), statement.text)) if part else statement
        for statement, part in zip(sequence.activity, said, strict=True)
    )
    return replace(sequence, minutes=minutes, activity=activity)


def _minutes_said(statement: Statement) -> int:
    """The time that an activity of the tool names; 0 where it names none, or is the trainer's."""
    found = _SAID.search(statement.text) if statement.origin is Origin.TOOL else None
    return int(found[1] or 0) + 60 * int(found[2] or 0) + int(found[3] or 0) if found else 0
