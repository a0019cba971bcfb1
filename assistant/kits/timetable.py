"""When each sequence of a kit begins and ends, by the clock: days of seven hours, lunch left out of the count."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.kits.kit import Kit, Sequence
from assistant.kits.request import DAY_MINUTES

LUNCH_MINUTES = 60
_NOON, _LUNCH_FROM, _LUNCH_BEFORE = 12 * 60, 12 * 60 + 15, 13 * 60
_WORTH_A_LUNCH = 45
"""Minutes of work left, above which one does not go on without lunch."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A sequence by the clock: its day from 1, its start and end in minutes after midnight.

    `after_lunch`: lunch is taken just before it.
    """

    sequence: Sequence
    day: int
    start: int
    end: int
    after_lunch: bool = False


def timetable(kit: Kit) -> tuple[Slot, ...]:
    """The sequences by the clock, in order.

    A day ends before the sequence that would make it longer than seven hours; lunch is taken where the clock has come
    to it and enough is left to do.
    """
    slots: list[Slot] = []
    day, clock, worked, left, eaten = 1, kit.request.start, 0, kit.minutes, False
    for sequence in kit.sequences:
        if worked and worked + sequence.minutes > DAY_MINUTES:
            day, clock, worked, eaten = day + 1, kit.request.start, 0, False
        today = min(left, DAY_MINUTES - worked)
        hungry = clock >= _LUNCH_FROM or clock + sequence.minutes > _LUNCH_BEFORE
        lunch = not eaten and worked > 0 and kit.request.start < _NOON and hungry and today > _WORTH_A_LUNCH
        if lunch:
            clock, eaten = clock + LUNCH_MINUTES, True
        slots.append(Slot(sequence, day, clock, clock + sequence.minutes, lunch))
        clock, worked, left = clock + sequence.minutes, worked + sequence.minutes, left - sequence.minutes
    return tuple(slots)


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock is read: « 9 h 05 »."""
    hour, minute = divmod(minutes % (24 * 60), 60)
    return f"{hour}\u00a0h\u00a0{minute:02d}"


def length(minutes: int) -> str:
    """A duration as it is said: « 45 min », « 3 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02d}" if rest else f"{hours}\u00a0h"
