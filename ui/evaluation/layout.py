"""How a run is laid out: from its records to the plain values that the component and the charts show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from assistant.answer import Status
from assistant.wording import page_label
from eval.analysis.changes import Change
from eval.analysis.decisions import Group, confusion
from eval.analysis.failures import Failed, Failure
from eval.analysis.measures import MEASURES, Estimate, Grouping, estimate
from eval.analysis.reach import Reach
from eval.analysis.times import Times
from eval.compare import score
from eval.meaning import METRICS, TYPES
from eval.run import FIGURES, Outcome
from ui.evaluation import board_labels, comparison_labels, labels
from ui.evaluation.charts import Bar
from ui.evaluation.views import CellView, HeadView, NotesView, QuestionView, TableView, TermView
from ui.navigation import CHAT, READER, link
from vectorstore.index import Index

Row = Sequence[str | CellView]
"""A row of a table."""
FIRST_PASSAGES = 5
"""How many of the passages that a question found are named."""
RANKS = ((1, 1), (2, 3), (4, 10), (11, 20))
"""The ranks that are counted together."""


def table(
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | CellView]],
    summary: str = "",
    words: Sequence[int] = (),
) -> TableView:
    """A table of words and cells; `words` are the columns, from 0, that hold words and not numbers."""
    return TableView(
        name,
        tuple(HeadView(head, at == 0 or at in words) for at, head in enumerate(heads)),
        tuple(tuple(cell if isinstance(cell, CellView) else CellView(cell) for cell in row) for row in rows),
        summary,
    )


# Figures


def figure_name(key: str) -> str:
    """The name of a figure, and that less of it is better where that is so."""
    less = key in MEASURES and MEASURES[key].less_is_better
    return labels.name_of(key) + (f" ({labels.LESS_IS_BETTER})" if less else "")


def bars(estimates: Mapping[str, Estimate]) -> list[Bar]:
    """The bars of figures, by their names."""
    return [
        Bar(name, e.value, labels.with_interval(e), None if e.few else e.low, None if e.few else e.high)
        for name, e in estimates.items()
    ]


def figures_table(estimates: Mapping[str, Estimate], name: str, head: str, summary: str = "") -> TableView:
    """Figures with their intervals, by their names."""
    rows = [(of, labels.number(e.value), labels.interval_of(e), str(e.count)) for of, e in estimates.items()]
    return table(name, (head, labels.VALUE, labels.INTERVAL, labels.COUNT), rows, summary)


def meanings(keys: Sequence[str]) -> NotesView:
    """What figures mean, how they are computed, and where they come from."""
    return NotesView(labels.MEANING, tuple(map(_meaning, keys)))


def _meaning(key: str) -> TermView:
    metric = METRICS[key]
    said = [metric.meaning, f"{labels.FORMULA} : {metric.formula}"]
    if metric.source:
        said.append(f"{labels.SOURCE} : {metric.source}.")
    return TermView(figure_name(key), tuple(map(CellView, said)))


def others_table(outcomes: Sequence[Outcome]) -> TableView:
    """The figures of a run that are no means."""
    cited, unfound = sum(o.citations for o in outcomes), sum(o.unfound for o in outcomes)
    broken = sum(bool(o.error) for o in outcomes)
    answered = [o.words for o in outcomes if o.status is Status.ANSWERED]
    rows = [
        (board_labels.CITATIONS, str(cited)),
        (labels.name_of("unfound"), str(unfound)),
        (board_labels.WORDS, f"{median(answered):.0f}" if answered else labels.NOTHING),
        (board_labels.BROKEN_COUNT, str(broken)),
    ]
    return table(board_labels.OTHERS, (labels.FIGURE, labels.VALUE), rows)


def rank_shares(outcomes: Sequence[Outcome]) -> list[tuple[str, int, int]]:
    """At which rank the first passage with a piece of evidence stands: its name, how many questions, of how many."""
    firsts = [min((r for r in o.ranks if r), default=None) for o in outcomes if o.answerable]
    named = [
        (board_labels.ranks_from(low, high), sum(f is not None and low <= f <= high for f in firsts))
        for low, high in RANKS
    ]
    beyond = sum(f is not None and f > RANKS[-1][1] for f in firsts)
    absent = sum(f is None for f in firsts)
    rest = ([(board_labels.BEYOND, beyond)] if beyond else []) + [(board_labels.NO_PASSAGE, absent)]
    return [(name, count, len(firsts)) for name, count in named + rest]


def groups_table(groups: Mapping[str, Sequence[Outcome]], grouping: Grouping) -> TableView:
    """Every figure of every group."""
    found = {
        name: {key: e for key in MEASURES if (e := estimate(key, group)) is not None} for name, group in groups.items()
    }
    keys = [key for key in MEASURES if any(key in of for of in found.values())]
    rows = [
        (
            board_labels.group_name(grouping, name),
            str(len(groups[name])),
            *(labels.number(of[key].value) if key in of else labels.NOTHING for key in keys),
        )
        for name, of in found.items()
    ]
    heads = (board_labels.GROUP, labels.COUNT, *(labels.name_of(key) for key in keys))
    return table(board_labels.GROUPINGS[grouping], heads, rows, labels.TABLE)


# Decisions


def confusion_table(outcomes: Sequence[Outcome]) -> TableView:
    """What was to be done with the questions, and what was."""
    counts = confusion(outcomes)
    rows = []
    for answerable, name in board_labels.ANSWERABLE.items():
        asked = [o for o in outcomes if o.answerable == answerable]
        cells = [labels.of_all(counts[answerable, status], len(asked)) for status in Status]
        rows.append((name, *cells, str(sum(o.status is None for o in asked))))
    heads = (board_labels.CONFUSION_HEAD, *labels.STATUSES.values(), labels.BROKEN)
    return table(board_labels.CONFUSION, heads, rows)


def reliability_table(groups: Sequence[Group]) -> TableView:
    """The groups of a reliability plot."""
    rows = [(labels.number(g.chance), labels.number(g.answerable), str(g.count)) for g in groups]
    heads = (board_labels.CHANCE, board_labels.CONSTATED, labels.COUNT)
    return table(board_labels.RELIABILITY, heads, rows, labels.TABLE)


# Times


def times_tables(times: Times) -> list[TableView]:
    """How times are spread."""
    rows = [(board_labels.bin_of(b.low, b.high), str(b.count)) for b in times.bins]
    if times.beyond:
        rows.append((board_labels.longer(times.bins[-1].high), str(times.beyond)))
    return [table(board_labels.PARTS["temps"], (board_labels.BETWEEN, board_labels.TIMES_UP), rows, labels.TABLE)]


def step_bars(times: Times) -> list[Bar]:
    """The median time of each step."""
    return [
        Bar(board_labels.STEP_NAMES.get(step, step), spread.median, labels.ms(spread.median))
        for step, spread in times.steps.items()
    ]


def steps_table(times: Times) -> TableView:
    """The times of each step."""
    rows = [
        (
            board_labels.STEP_NAMES.get(step, step),
            f"{spread.median:.1f} ms".replace(".", ","),
            f"{spread.p95:.1f} ms".replace(".", ","),
        )
        for step, spread in times.steps.items()
    ]
    return table(board_labels.STEPS, (board_labels.STEP, board_labels.MEDIAN, board_labels.P95), rows, labels.TABLE)


# Reach


def reach_table(reach: Reach) -> TableView:
    """Every place of the report, with what puts it to the test."""
    rows = [
        (
            CellView(r.place.title, link(READER, passage=r.place.passage)),
            page_label(r.place.page, exact=True),
            str(r.judged),
            str(r.found),
            str(r.cited),
            board_labels.out_of(r.judged_passages, r.place.passages),
        )
        for r in reach.places
    ]
    return table(board_labels.REACH, board_labels.REACH_HEADS, rows, labels.TABLE)


# Questions


def question_view(failed: Failed, index: Index) -> QuestionView:
    """A question that went wrong, with what is needed to see why."""
    outcome = failed.outcome
    tags = (*(board_labels.WAYS[way] for way in failed.ways), TYPES.get(outcome.type, outcome.type))
    terms = [
        TermView(board_labels.EARLIER, tuple(CellView(text) for text in outcome.earlier or ())),
        TermView(board_labels.EXPECTED, (CellView(_expected(outcome)),)),
        TermView(board_labels.ENDED, (CellView(_ended(outcome)),)),
        TermView(board_labels.FACTS_SAID, tuple(map(CellView, outcome.stated or ()))),
        TermView(board_labels.FACTS_UNSAID, tuple(map(CellView, outcome.unstated or ())) if outcome.answerable else ()),
        TermView(labels.EVIDENCE_RANKS, (CellView(labels.ranks(outcome.ranks)),) if outcome.answerable else ()),
        TermView(board_labels.WHERE, tuple(passage_cell(i, index) for i in outcome.evidence or ())),
        TermView(board_labels.FIRST_PASSAGES, tuple(passage_cell(i, index) for i in outcome.passages[:FIRST_PASSAGES])),
    ]
    return QuestionView(
        id=outcome.id,
        question=outcome.question,
        tags=tags,
        terms=tuple(term for term in terms if term.said),
        links=(CellView(labels.ASK, link(CHAT, question=outcome.question)),),
    )


def passage_cell(identifier: str, index: Index) -> CellView:
    """A passage by its place in the report, which leads there; by its id where the index has it no more."""
    passage = index.by_id.get(identifier)
    if passage is None:
        return CellView(identifier)
    place = " › ".join(passage.path[-2:]) if passage.fiche else " › ".join(passage.path[:1] + passage.path[-1:])
    page = page_label(passage.page, passage.page_exact)
    return CellView(
        f"{place or identifier} ({page})" if page else place or identifier, link(READER, passage=identifier)
    )


def _expected(outcome: Outcome) -> str:
    if not outcome.answerable:
        return board_labels.NOTHING_EXPECTED
    return outcome.expected or labels.NOTHING


def _ended(outcome: Outcome) -> str:
    if outcome.error:
        return outcome.error
    chance = "" if outcome.chance is None else f" (chance annoncée : {labels.number(outcome.chance)})"
    return f"{labels.status(outcome.status)}{chance}"


def chosen_failures(
    failures: Sequence[Failed], way: Failure | None, kind: str | None, persona: str | None
) -> list[Failed]:
    """The questions that went wrong in a way, of a type and of a persona; `None`: whatever it is."""
    return [
        f
        for f in failures
        if (way is None or way in f.ways)
        and (kind is None or f.outcome.type == kind)
        and (persona is None or f.outcome.persona == persona)
    ]


def change_view(change: Change, index: Index) -> QuestionView:
    """A question that got better or worse, with what moved."""
    pair = change.pair
    moved = [
        f"{labels.name_of(key)} : {labels.number(score(pair.before, key))} → {labels.number(score(pair.after, key))}"
        for key in FIGURES
        if pair.gain(key)
    ]
    ranks = ", ".join(labels.moved(before, after) for before, after in change.ranks if before != after)
    ended = "" if change.status is None else " → ".join(labels.status(status) for status in change.status)
    terms = [
        TermView(comparison_labels.SCORES, tuple(map(CellView, moved))),
        TermView(comparison_labels.STATUS_CHANGE, (CellView(ended),) if ended else ()),
        TermView(labels.EVIDENCE_RANKS, (CellView(ranks),) if ranks else ()),
        TermView(comparison_labels.FACTS_GAINED, tuple(map(CellView, change.gained))),
        TermView(comparison_labels.FACTS_LOST, tuple(map(CellView, change.lost))),
        TermView(comparison_labels.ENTERED, tuple(passage_cell(i, index) for i in change.entered)),
        TermView(comparison_labels.LEFT, tuple(passage_cell(i, index) for i in change.left)),
    ]
    return QuestionView(
        id=pair.after.id,
        question=pair.after.question,
        tags=(*moved, TYPES.get(pair.after.type, pair.after.type)),
        terms=tuple(term for term in terms if term.said),
        links=(CellView(labels.ASK, link(CHAT, question=pair.after.question)),),
    )
