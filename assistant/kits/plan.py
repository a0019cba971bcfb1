"""The timed outline of a session, before it is filled: which sequences, in what order, for how long.

What the aims need comes first, what suits the audience takes the time that is left. A session longer than four hours is
cut into half-days of at most three and a half hours; those of two hours or more have a break; a second day takes up a
second case and a second discussion. Each sequence has its least and its usual length; time is shared in proportion, in
steps of five minutes, and adds up exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.kits.aims import VERBS
from assistant.kits.kit import Audience, Request, SequenceKind
from assistant.kits.timetable import length
from ingest.errors import KitError

_K = SequenceKind
_LEAST = {
    _K.WELCOME: 5,
    _K.BASICS: 10,
    _K.PRACTICES: 15,
    _K.COMPARISON: 15,
    _K.CASE: 20,
    _K.DISCUSSION: 15,
    _K.QUIZ: 10,
    _K.TRANSFER: 15,
    _K.CLOSING: 5,
    _K.BREAK: 10,
}
"""Minutes below which a sequence makes no sense."""
_USUAL = {
    _K.WELCOME: 15,
    _K.BASICS: 30,
    _K.PRACTICES: 35,
    _K.COMPARISON: 25,
    _K.CASE: 45,
    _K.DISCUSSION: 30,
    _K.QUIZ: 20,
    _K.TRANSFER: 30,
    _K.CLOSING: 10,
    _K.BREAK: 15,
}
_WORKED = tuple(kind for kind in _K if kind not in (_K.WELCOME, _K.CLOSING, _K.BREAK, _K.OWN))
_PREFERRED = {
    Audience.STUDENTS: (_K.BASICS, _K.QUIZ, _K.CASE, _K.PRACTICES, _K.DISCUSSION, _K.COMPARISON, _K.TRANSFER),
    Audience.PROFESSIONALS: (_K.BASICS, _K.CASE, _K.DISCUSSION, _K.QUIZ, _K.PRACTICES, _K.TRANSFER, _K.COMPARISON),
    Audience.MANAGERS: (_K.BASICS, _K.CASE, _K.COMPARISON, _K.DISCUSSION, _K.QUIZ, _K.TRANSFER, _K.PRACTICES),
    Audience.MIXED: (_K.BASICS, _K.DISCUSSION, _K.CASE, _K.QUIZ, _K.TRANSFER, _K.PRACTICES, _K.COMPARISON),
}
"""What a session takes in first where the aims leave time."""
_ONE_BLOCK = 240
_BREAK_FROM = 120
"""Minutes of a half-day from which it has a break."""
_STEP = 5
_ORDERS = {
    1: ((_K.BASICS, _K.PRACTICES, _K.COMPARISON, _K.CASE, _K.DISCUSSION, _K.QUIZ, _K.TRANSFER),),
    2: (
        (_K.BASICS, _K.PRACTICES, _K.CASE),
        (_K.COMPARISON, _K.DISCUSSION, _K.QUIZ, _K.TRANSFER),
    ),
    3: (
        (_K.BASICS, _K.PRACTICES, _K.CASE),
        (_K.COMPARISON, _K.DISCUSSION, _K.QUIZ),
        (_K.CASE, _K.DISCUSSION, _K.TRANSFER),
    ),
    4: (
        (_K.BASICS, _K.PRACTICES, _K.CASE),
        (_K.COMPARISON, _K.DISCUSSION, _K.QUIZ),
        (_K.PRACTICES, _K.CASE),
        (_K.DISCUSSION, _K.QUIZ, _K.TRANSFER),
    ),
}
"""The sequences of each half-day, by how many half-days there are."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A sequence to be filled: `turn` is 0 for the first of its kind, 1 for the second."""

    kind: SequenceKind
    minutes: int
    turn: int = 0


def plan(request: Request) -> tuple[Planned, ...]:
    """The sequences of a session; their minutes add up to those asked for.

    Raises:
        KitError: the aims need more time; the message says how much.
    """
    blocks = _blocks(request.minutes)
    kinds = _kinds(request, blocks)
    rows = [[kind for kind in order if kind in kinds] for order in _ORDERS[len(blocks)]]
    planned: list[Planned] = []
    turns = dict.fromkeys(_K, 0)
    for at, (minutes, row) in enumerate(zip(blocks, rows, strict=True)):
        opens = at % 2 == 0  # of a day
        ends = at % 2 == 1 or at == len(blocks) - 1
        whole = [*([_K.WELCOME] if opens else []), *_with_break(row, minutes), *([_K.CLOSING] if ends else [])]
        for kind, share in zip(whole, _shared(whole, minutes), strict=True):
            planned.append(Planned(kind, share, turns[kind]))
            turns[kind] += 1
    return tuple(planned)


def _blocks(minutes: int) -> tuple[int, ...]:
    """The half-days of a session: one up to four hours, else of equal lengths."""
    count = 1 if minutes <= _ONE_BLOCK else -(-minutes // 210)
    share = minutes // count // _STEP * _STEP
    return (*[share] * (count - 1), minutes - share * (count - 1))


def _kinds(request: Request, blocks: Sequence[int]) -> set[SequenceKind]:
    """The kinds of sequences that the aims need, and those that there is time for beside."""
    needed = {VERBS[verb].kind for verb in request.verbs}
    least = _least(needed, blocks)
    if least > request.minutes:
        names = ", ".join(VERBS[verb].name.lower() for verb in request.verbs)
        raise KitError(
            f"{length(request.minutes)} ne suffisent pas pour ces objectifs ({names}) : il faut au moins "
            f"{length(least)}. Allongez la séance, ou retirez des objectifs."
        )
    kinds = set(needed)
    for kind in _PREFERRED[request.audience]:
        # Each may be a third of the way shorter than usual, towards its least.
        time = sum(_LEAST[k] + 2 * _USUAL[k] for k in kinds | {kind}) / 3
        if len(blocks) > 1 or not kinds or time <= _room(blocks[0]):
            kinds.add(kind)
    return kinds


def _least(kinds: set[SequenceKind], blocks: Sequence[int]) -> int:
    fixed = _LEAST[_K.WELCOME] + _LEAST[_K.CLOSING] + (_LEAST[_K.BREAK] if blocks[0] >= _BREAK_FROM else 0)
    return fixed + sum(_LEAST[kind] for kind in kinds)


def _room(minutes: int) -> int:
    """The minutes of a session of one block that are left for work."""
    return minutes - _LEAST[_K.WELCOME] - _LEAST[_K.CLOSING] - (_LEAST[_K.BREAK] if minutes >= _BREAK_FROM else 0)


def _with_break(row: Sequence[SequenceKind], minutes: int) -> list[SequenceKind]:
    """A half-day with its break where about half of it is done."""
    if minutes < _BREAK_FROM or len(row) < 2:
        return list(row)
    whole = sum(_USUAL[kind] for kind in row)
    cut = min(range(1, len(row)), key=lambda n: abs(2 * sum(_USUAL[kind] for kind in row[:n]) - whole))
    return [*row[:cut], _K.BREAK, *row[cut:]]


def _shared(kinds: Sequence[SequenceKind], minutes: int) -> list[int]:
    """How long each sequence of a half-day lasts: its least, then its part of the rest, in steps of five minutes."""
    shares = [_LEAST[kind] for kind in kinds]
    left = minutes - sum(shares)
    if left < 0:
        raise KitError(f"{length(minutes)} ne suffisent pas pour cette séance. Allongez-la, ou retirez des objectifs.")
    while left >= _STEP:
        # The sequence that is furthest from its usual length takes the next step.
        at = min(range(len(kinds)), key=lambda n: (shares[n] / _weight(kinds[n]), n))
        shares[at] += _STEP
        left -= _STEP
    shares[_longest(kinds, shares)] += left
    return shares


def _weight(kind: SequenceKind) -> float:
    # A break or a welcome does not grow with the day.
    return _USUAL[kind] if kind in _WORKED else _USUAL[kind] * 0.45


def _longest(kinds: Sequence[SequenceKind], shares: Sequence[int]) -> int:
    return max(range(len(kinds)), key=lambda n: (kinds[n] in _WORKED, shares[n]))
