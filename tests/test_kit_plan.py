"""The outline of a session: it adds up to the duration, keeps every sequence long enough, and fits a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.kits.activities import activities_of, groups_of
from assistant.kits.aims import VERBS
from assistant.kits.kit import Audience, Request, SequenceKind
from assistant.kits.plan import Planned, plan
from ingest.errors import KitError

_requests = st.builds(
    Request,
    themes=st.just(("3",)),
    fiches=st.just(()),
    audience=st.sampled_from(Audience),
    minutes=st.integers(30, 840),
    participants=st.integers(1, 200),
    verbs=st.lists(st.sampled_from(list(VERBS)), unique=True, max_size=9).map(tuple),
)


def _planned(request: Request) -> tuple[Planned, ...]:
    try:
        return plan(request)
    except KitError:
        return ()


@given(_requests)
def test_the_sequences_add_up_to_the_duration(request: Request) -> None:
    planned = _planned(request)
    assert sum(part.minutes for part in planned) in (request.minutes, 0)


@given(_requests)
def test_no_sequence_is_shorter_than_five_minutes(request: Request) -> None:
    assert all(part.minutes >= 5 for part in _planned(request))


@given(_requests)
def test_every_aim_has_the_sequence_that_serves_it_or_the_request_is_refused(request: Request) -> None:
    planned = _planned(request)
    kinds = {part.kind for part in planned}
    assert not planned or all(VERBS[verb].kind in kinds for verb in request.verbs)


@given(_requests)
def test_nobody_works_two_hours_and_a_half_without_a_pause(request: Request) -> None:
    assert all(run <= 150 for run in _runs(_planned(request), request.minutes))


def _runs(planned: tuple[Planned, ...], minutes: int) -> Iterator[int]:
    """The minutes worked between two pauses; between two half-days there is lunch, or the night."""
    blocks = 1 if minutes <= 240 else -(-minutes // 210)
    worked, passed = 0, 0
    for part in planned:
        passed += part.minutes
        worked = 0 if part.kind is SequenceKind.BREAK else worked + part.minutes
        yield worked
        if blocks > 1 and passed % (minutes // blocks // 5 * 5) < 5:
            worked = 0


def test_aims_that_need_more_time_are_refused_with_the_time_that_they_need() -> None:
    asked = Request(("3",), (), Audience.MIXED, 30, 12, verbs=("definir", "comparer", "analyser", "argumenter"))
    with pytest.raises(KitError, match=r"30\smin ne suffisent pas.*au moins 1\sh\s10"):
        plan(asked)


def test_the_time_named_in_a_refusal_is_enough() -> None:
    verbs = ("definir", "comparer", "analyser", "argumenter")
    assert plan(Request(("3",), (), Audience.MIXED, 70, 12, verbs=verbs))


@pytest.mark.parametrize("audience", Audience)
def test_three_hours_hold_basics_a_case_a_discussion_and_a_quiz(audience: Audience) -> None:
    kinds = {part.kind for part in plan(Request(("3",), (), audience, 180, 12))}
    assert kinds >= {SequenceKind.BASICS, SequenceKind.CASE, SequenceKind.DISCUSSION, SequenceKind.QUIZ}


@given(st.integers(2, 200))
def test_groups_hold_all_participants(participants: int) -> None:
    words = groups_of(participants).split()
    numbers = [int(word) for word in words if word.isdigit()]
    held = [numbers[0] * size for size in numbers[1:]] if numbers else [participants]
    assert min(held) <= participants <= max(held)


@given(_requests)
def test_the_times_named_in_an_activity_add_up_to_its_sequence(request: Request) -> None:
    for part in _planned(request):
        said = " ".join(activities_of(part, request, last=False))
        named = _minutes_named(said)
        assert not named or sum(named) == part.minutes


def _minutes_named(text: str) -> list[int]:
    ends = [piece.split(")")[0].replace("\u00a0", " ") for piece in text.split("(")[1:]]
    return [
        60 * int(end.split(" h")[0]) + int(end.partition(" h")[2] or 0) if " h" in end else int(end.split()[0])
        for end in ends
    ]
