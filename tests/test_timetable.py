"""The sequences of a kit by the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.kits.kit import Audience, Kit, Request
from assistant.kits.kit import Sequence as Stretch
from assistant.kits.plan import plan
from assistant.kits.statements import proposed
from assistant.kits.timetable import clock, length, timetable

Lasting = Callable[..., Kit]


@pytest.fixture(scope="session")
def lasting(kit: Kit) -> Lasting:
    """Makes a kit of a duration and a start, its sequences empty."""

    def make(minutes: int, start: int = 540) -> Kit:
        request = Request(("3",), (), Audience.STUDENTS, minutes, 12, start=start)
        stretches = [Stretch(f"s{n}", p.kind, proposed("Titre"), p.minutes) for n, p in enumerate(plan(request), 1)]
        return replace(kit, request=request, sequences=tuple(stretches))

    return make


def test_three_hours_from_nine_end_at_noon_without_lunch(lasting: Lasting) -> None:
    slots = timetable(lasting(180))
    assert (clock(slots[0].start), clock(slots[-1].end)) == ("9\u00a0h\u00a000", "12\u00a0h\u00a000")
    assert not any(slot.after_lunch for slot in slots)


def test_a_day_from_nine_has_one_lunch_and_ends_at_five(lasting: Lasting) -> None:
    slots = timetable(lasting(420))
    assert (sum(slot.after_lunch for slot in slots), clock(slots[-1].end)) == (1, "17\u00a0h\u00a000")


def test_two_days_each_end_at_five(lasting: Lasting) -> None:
    slots = timetable(lasting(840))
    ends = {slot.day: clock(slot.end) for slot in slots}
    assert ends == {1: "17\u00a0h\u00a000", 2: "17\u00a0h\u00a000"}


def test_an_afternoon_has_no_lunch(lasting: Lasting) -> None:
    assert not any(slot.after_lunch for slot in timetable(lasting(210, start=13 * 60 + 30)))


@given(st.integers(30, 840), st.integers(7 * 60, 14 * 60))
def test_nothing_overlaps_and_every_sequence_has_its_whole_time(lasting: Lasting, minutes: int, start: int) -> None:
    slots = timetable(lasting(minutes, start))
    assert all(slot.end - slot.start == slot.sequence.minutes for slot in slots)
    assert all(a.end <= b.start for a, b in pairwise(slots) if a.day == b.day)


@pytest.mark.parametrize(("minutes", "said"), [(45, "45 min"), (60, "1 h"), (90, "1 h 30"), (425, "7 h 05")])
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, said: str) -> None:
    assert length(minutes) == said.replace(" ", "\u00a0")
