"""How the figures moved over the runs of the same questions: a line for each, and the table of all."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eval.analysis.conditions import same_questions
from eval.analysis.measures import MEASURES
from eval.analysis.trend import Point, trend
from ui.evaluation import labels
from ui.evaluation.blocks import show_blocks
from ui.evaluation.kept import Kept
from ui.evaluation.layout import Row, table
from ui.evaluation.places import RUN, View, link_to
from ui.evaluation.views import CellView


def show_trend(kept: Sequence[Kept]) -> None:
    """Let a set of questions with several runs be chosen, and show how they moved; `kept` are newest first."""
    st.header(labels.TREND, anchor=False)
    sets: dict[tuple[str, str], list[Kept]] = {}
    for one in kept:
        sets.setdefault(same_questions(one.run), []).insert(0, one)
    several = [which for which, of_set in sets.items() if len(of_set) > 1]
    if not several:
        st.write(labels.TREND_ALONE)
        return
    which = st.selectbox(
        labels.TREND_OF,
        several,
        format_func=lambda w: f"{labels.asked(sets[w][0].run)} ({labels.many(len(sets[w]), 'mesure')})",
        key="trend-set",
        width=520,
    )
    st.write(labels.TREND_MEANS)
    _draw(sets[which], trend([k.run for k in sets[which]], sets[which][0].run))


def value_in(point: Point, key: str) -> str:
    """A figure of a run as it is written; empty where the run has none."""
    return labels.number(point.values[key]) if key in point.values else ""


def _draw(kept: Sequence[Kept], points: Sequence[Point]) -> None:
    """The chart of the runs of one set, oldest first, and its table."""
    from ui.evaluation.charts import Lane, trend_chart  # altair takes half a second to import

    keys = [key for key in MEASURES if any(key in point.values for point in points)]
    lanes = [
        Lane(labels.name_of(k), tuple(p.values.get(k) for p in points), tuple(value_in(p, k) for p in points))
        for k in keys
    ]
    lanes.append(Lane(labels.MEDIAN_TIME, tuple(p.ms for p in points), tuple(labels.ms(p.ms) for p in points)))
    st.altair_chart(
        trend_chart(lanes, [labels.day(k.date) for k in kept], [labels.run_made(k.run, k.date) for k in kept]),
        width="stretch",
        alt=labels.alternative(labels.TREND, [f"{lane.label} {lane.last}" for lane in lanes]),
    )
    rows: list[Row] = [
        (
            CellView(labels.moment(k.date), link_to(View.RUNS, **{RUN: k.name})),
            labels.commit(k.run.commit),
            *(value_in(point, key) or labels.NOTHING for key in keys),
            labels.ms(point.ms),
        )
        for k, point in zip(kept, points, strict=True)
    ]
    heads = (*labels.TREND_HEADS, *(labels.name_of(key) for key in keys), labels.MEDIAN_TIME)
    show_blocks("trend", tables=[table(labels.TREND, heads, rows, labels.TABLE, words=(1,))])
