"""The part that gives the figures of a run of the judged questions, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.answer import Status
from assistant.exports.document import Block, Grid, Heading
from eval.analysis.decisions import Group, confusion, decisions, reliability
from eval.analysis.failures import Failed, Failure, counts, failed
from eval.analysis.measures import Estimate, Grouping, by_group, estimate, estimates
from eval.analysis.reach import Reach
from eval.analysis.times import Times, times_of
from eval.meaning import METRICS, PERSONAS, TYPES
from eval.record import Run
from eval.report import labels
from eval.report.blocks import grid, paragraph, remark
from eval.report.numbers import NOTHING, between, decimal, whole
from eval.run import Outcome

_OF_GROUPS = ("recall", "key_facts", "right_status", "citation_precision")
_GRAVE_FIRST = (
    Failure.BROKEN,
    Failure.UNFOUND,
    Failure.FALSE_ANSWER,
    Failure.FALSE_REFUSAL,
    Failure.FACTS_MISSING,
    Failure.NOT_RETRIEVED,
)
_OF_EACH = 3
"""How many questions are shown of those whose gravest failure is the same."""


def figures(run: Run, reach: Reach | None) -> Iterator[Block]:
    """All the figures of a run; `reach` says what of the documents its questions put to the test."""
    yield from _measures(run)
    yield from _by_group(run, Grouping.TYPE, labels.BY_TYPE, labels.TYPE, TYPES)
    yield from _by_group(run, Grouping.PERSONA, labels.BY_PERSONA, labels.PERSONA, PERSONAS)
    yield Heading(labels.DECISIONS, 2)
    yield _decisions(run.outcomes)
    if groups := reliability(decisions(run.outcomes)):
        yield _reliability(groups)
    if (times := times_of(run.outcomes)) is not None:
        yield Heading(labels.TIMES, 2)
        yield _times(times)
    if reach is not None:
        yield Heading(labels.REACH, 2)
        yield from _reach(reach)
    yield Heading(labels.TO_MEND, 2)
    yield from _to_mend(run.outcomes)


def cell(found: Estimate | None) -> str:
    """A figure and its interval in one cell, a star where they are of too few."""
    if found is None:
        return NOTHING
    return f"{decimal(found.value)} ({between(found.low, found.high)}){labels.FEW_MARK if found.few else ''}"


def _measures(run: Run) -> Iterator[Block]:
    found = estimates(run.outcomes)
    yield Heading(labels.MEASURES, 2)
    rows = [
        (METRICS[key].title, whole(e.count), decimal(e.value), between(e.low, e.high) + (labels.FEW_MARK * e.few))
        for key, e in found.items()
    ]
    yield grid((labels.FIGURE, labels.COUNT, labels.VALUE, labels.INTERVAL), rows, (7, 2, 3, 5))
    if any(e.few for e in found.values()):
        yield remark(labels.FEW_SAID)
    cited, unfound = sum(o.citations for o in run.outcomes), sum(o.unfound for o in run.outcomes)
    yield paragraph(labels.unfound(cited, unfound))


def _by_group(run: Run, grouping: Grouping, title: str, head: str, names: Mapping[str, str]) -> Iterator[Block]:
    groups = by_group(grouping, run.outcomes)
    if not groups:
        return
    yield Heading(title, 2)
    of_groups = {name: {key: estimate(key, group) for key in _OF_GROUPS} for name, group in groups.items()}
    heads = (head, labels.QUESTIONS, *(METRICS[key].title for key in _OF_GROUPS))
    rows = [
        (names.get(name, name), whole(len(groups[name])), *(cell(found[key]) for key in _OF_GROUPS))
        for name, found in of_groups.items()
    ]
    yield grid(heads, rows, (10, 9, 10, 10, 10, 10))
    if any(e is not None and e.few for found in of_groups.values() for e in found.values()):
        yield remark(labels.FEW_SAID)


def _decisions(outcomes: Sequence[Outcome]) -> Grid:
    counted = confusion(outcomes)
    rows = []
    for answerable, name in ((True, labels.HAS_ANSWER), (False, labels.HAS_NONE)):
        ended = [counted[answerable, status] for status in Status]
        broken = sum(bool(o.error) for o in outcomes if o.answerable is answerable)
        rows.append((name, *map(whole, (*ended, broken, sum(ended) + broken))))
    return grid(labels.DECISION_HEADS, rows, (5, 4, 4, 4, 3, 3))


def _reliability(groups: Sequence[Group]) -> Grid:
    rows = [
        (labels.group(number, len(groups)), whole(g.count), decimal(g.chance), decimal(g.answerable))
        for number, g in enumerate(groups, 1)
    ]
    return grid(labels.RELIABILITY_HEADS, rows, (4, 2, 3, 3), labels.RELIABILITY)


def _times(times: Times) -> Grid:
    return grid(labels.TIME_HEADS, [(labels.WHOLE_ROAD, whole(times.all.median), whole(times.all.p95))], (3, 1, 1))


def _reach(reach: Reach) -> Iterator[Block]:
    share = reach.judged_passages / reach.passages if reach.passages else None
    yield paragraph(labels.coverage(reach.judged_passages, reach.passages, decimal(share)))
    if reach.untested:
        yield paragraph(labels.untested([reached.place.title for reached in reach.untested]))


def _to_mend(outcomes: Sequence[Outcome]) -> Iterator[Block]:
    wrong = failed(outcomes)
    if not wrong:
        yield paragraph(labels.NOTHING_TO_MEND)
        return
    counted = counts(wrong)
    rows = [(labels.FAILURES[way], whole(counted[way])) for way in _GRAVE_FIRST if counted[way]]
    yield grid(labels.FAILURE_COUNTS_HEADS, rows, (3, 1))
    shown = [f for way in _GRAVE_FIRST for f in [f for f in wrong if _gravest(f) is way][:_OF_EACH]]
    yield paragraph(labels.shown_of(len(shown), len(wrong)))
    yield grid(labels.TO_MEND_HEADS, [(f.outcome.question, _said(f)) for f in shown], (3, 2))


def _said(wrong: Failed) -> str:
    return ", ".join(labels.FAILURES[way] for way in _GRAVE_FIRST if way in wrong.ways)


def _gravest(wrong: Failed) -> Failure:
    return next(way for way in _GRAVE_FIRST if way in wrong.ways)
