"""What the components of the review page show: plain values, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Status
from eval.review.queue import Line, State
from ingest.folding import fold
from ui.components.ways import WayView
from ui.navigation import Link
from ui.review import labels
from ui.review.address import Place, View, link_to

PAGE_SIZE = 50
"""Answers on a page of the queue."""


@dataclass(frozen=True, slots=True)
class LineView:
    """An answer of the queue: its question, what is said under it, how far the rater is, and the way to settle it."""

    question: str
    link: Link
    about: tuple[str, ...]
    mine: str
    done: bool
    settle: Link | None


@dataclass(frozen=True, slots=True)
class QueueView:
    """A page of the queue; `start` is the number of its first answer, from 1."""

    name: str
    start: int
    lines: tuple[LineView, ...]
    shown: str
    previous: Link | None
    next: Link | None


def ways(place: Place) -> tuple[WayView, ...]:
    """The links to the views, over the same answers."""
    shown = View.AGREEMENT if place.view is View.SETTLE else place.view
    return tuple(WayView(name, link_to(place, view), view is shown) for view, name in labels.VIEWS.items())


def queue_view(lines: Sequence[Line], found: int, place: Place) -> QueueView:
    """A page of the queue of so many answers in all."""
    start = (place.page - 1) * PAGE_SIZE + 1
    last = start + len(lines) - 1
    return QueueView(
        name=labels.ANSWERS,
        start=start,
        lines=tuple(_line(line, place) for line in lines),
        shown=labels.shown(start, last, found) if found > PAGE_SIZE else "",
        previous=link_to(replace(place, page=place.page - 1)) if place.page > 1 else None,
        next=link_to(replace(place, page=place.page + 1)) if last < found else None,
    )


def pages(found: int) -> int:
    """How many pages a queue of so many answers has, one at least."""
    return max(1, -(-found // PAGE_SIZE))


def _line(line: Line, place: Place) -> LineView:
    seat = fold(place.queue.rater)
    own = next((s for s in line.seats if not s.adjudication and fold(s.rater) == seat), None)
    others = [s.rater for s in line.seats if not s.adjudication and s.finished and s is not own]
    refused = line.status is not Status.ANSWERED
    said = (
        labels.origin(line.source, line.origin),
        labels.size(line.to_mark, refused),
        labels.assigned_to(line.assigned),
        labels.read_by(others),
        labels.SETTLED if any(s.adjudication and s.finished for s in line.seats) else "",
        "" if place.blind else labels.made_with(line.configuration),
    )
    return LineView(
        question=" ".join(line.question.split()),
        link=link_to(place, View.QUEUE, line.id),
        about=tuple(filter(None, said)),
        mine=labels.mine(own, line.to_mark, refused) if place.queue.rater else "",
        done=own is not None and own.finished,
        settle=link_to(place, View.SETTLE, line.id) if _to_settle(place) else None,
    )


def _to_settle(place: Place) -> bool:
    """Whether the queue is that of whoever settles: the marks of the others are a link away."""
    return bool(place.queue.rater) and {State.DIFFER, State.SETTLED}.issuperset(place.queue.states or (State.TO_DO,))
