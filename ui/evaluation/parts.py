"""The sides of the dashboard of a run: what each of them shows."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eval.analysis.decisions import decisions, reliability
from eval.analysis.failures import counts, failed
from eval.analysis.measures import MEASURES, Estimate, by_group, estimate, estimates, groupings, scores
from eval.analysis.reach import reach_of
from eval.analysis.times import times_of
from eval.meaning import PERSONAS, TYPES
from eval.run import Outcome
from ui.evaluation import board_labels, labels, layout
from ui.evaluation.blocks import show_blocks
from ui.evaluation.kept import Kept
from ui.evaluation.views import CellView, ListView
from ui.navigation import READER, link
from vectorstore.index import Index

AT_ONCE = 20
"""How many of the questions that went wrong are listed at first, and each time more are asked for."""


@st.cache_data(show_spinner=False, max_entries=40)
def _estimates(name: str, _outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    return estimates(_outcomes)


def show_figures(kept: Kept) -> None:
    """Show the figures of all its questions."""
    from ui.evaluation.charts import Bar, bar_chart  # altair takes half a second to import

    outcomes = kept.run.outcomes
    found = _estimates(kept.name, outcomes)
    for family, keys in board_labels.FAMILIES:
        of_family = {layout.figure_name(key): found[key] for key in keys if key in found}
        if not of_family:
            continue
        st.subheader(family, anchor=False)
        bars = layout.bars(of_family)
        said = [f"{bar.label} {bar.said}" for bar in bars]
        st.altair_chart(bar_chart(bars, top=1.0), width="stretch", alt=labels.alternative(family, said))
        show_blocks(
            f"figures-{family}",
            tables=[layout.figures_table(of_family, family, labels.FIGURE, labels.TABLE)],
            notes=[layout.meanings([*(key for key in keys if key in found), "interval"])],
        )
    st.subheader(board_labels.RANKS, anchor=False)
    st.write(board_labels.RANKS_MEANS)
    ranks = layout.rank_shares(outcomes)
    bars = [Bar(name, count / max(total, 1), labels.of_all(count, total)) for name, count, total in ranks]
    st.altair_chart(
        bar_chart(bars, top=1.0),
        width="stretch",
        alt=labels.alternative(board_labels.RANKS, [f"{bar.label} {bar.said}" for bar in bars]),
    )
    rows = [(name, labels.of_all(count, total)) for name, count, total in ranks]
    show_blocks(
        "ranks", tables=[layout.table(board_labels.RANKS, (board_labels.RANK, labels.COUNT), rows, labels.TABLE)]
    )
    st.subheader(board_labels.OTHERS, anchor=False)
    show_blocks("others", tables=[layout.others_table(outcomes)])


def show_groups(outcomes: Sequence[Outcome]) -> None:
    """Show its figures by group of questions."""
    from ui.evaluation.charts import bar_chart

    offered = groupings(outcomes)
    if not offered:
        st.write(board_labels.NO_GROUPS)
        return
    with st.container(horizontal=True):
        grouping = st.selectbox(
            board_labels.GROUPING, offered, format_func=board_labels.GROUPINGS.__getitem__, key="grouping", width=340
        )
        key = st.selectbox(
            board_labels.SHOWN_FIGURE,
            [key for key in MEASURES if scores(key, outcomes)],
            format_func=labels.name_of,
            key="group-figure",
            width=340,
        )
    groups = by_group(grouping, outcomes)
    found = {
        board_labels.group_line(grouping, name, e.count): e
        for name, group in groups.items()
        if (e := estimate(key, group)) is not None
    }
    st.write(board_labels.GROUPS_MEAN)
    name = f"{labels.name_of(key)} {board_labels.GROUPINGS[grouping]}"
    st.subheader(name, anchor=False)
    bars = layout.bars(found)
    said = [f"{bar.label} {bar.said}" for bar in bars]
    st.altair_chart(bar_chart(bars, top=1.0), width="stretch", alt=labels.alternative(name, said))
    show_blocks("groups", tables=[layout.groups_table(groups, grouping)], notes=[layout.meanings([key, "interval"])])


def show_decisions(outcomes: Sequence[Outcome]) -> None:
    """Show whether it answered and refused as it should."""
    from ui.evaluation.charts import reliability_chart

    st.subheader(board_labels.CONFUSION, anchor=False)
    keys = dict(board_labels.FAMILIES)[board_labels.PARTS["refus"]]
    found = {layout.figure_name(key): e for key in keys if (e := estimate(key, outcomes)) is not None}
    figures = layout.figures_table(found, board_labels.PARTS["refus"], labels.FIGURE)
    show_blocks(
        "confusion",
        tables=[layout.confusion_table(outcomes), figures],
        notes=[layout.meanings([*keys, "interval"])],
    )
    st.subheader(board_labels.RELIABILITY, anchor=False)
    decided = decisions(outcomes)
    if not decided:
        st.write(board_labels.NO_CHANCE)
        return
    st.write(board_labels.RELIABILITY_MEANS)
    groups = reliability(decided)
    said = [f"{labels.number(g.chance)} annoncée, {labels.number(g.answerable)} constatée" for g in groups]
    st.altair_chart(
        reliability_chart(
            [(g.chance, g.answerable, g.count) for g in groups], board_labels.CHANCE, board_labels.CONSTATED
        ),
        width=520,
        alt=labels.alternative(board_labels.RELIABILITY, said),
    )
    show_blocks(
        "reliability", tables=[layout.reliability_table(groups)], notes=[layout.meanings(["reliability", "brier"])]
    )


def show_times(outcomes: Sequence[Outcome]) -> None:
    """Show how long its answers took."""
    from ui.evaluation.charts import bar_chart, times_chart

    times = times_of(outcomes)
    st.subheader(board_labels.PARTS["temps"], anchor=False)
    if times is None:
        st.write(board_labels.NO_TIMES)
        return
    rows = [
        (labels.name_of("latency_median"), labels.ms(times.all.median)),
        (labels.name_of("latency_p95"), labels.ms(times.all.p95)),
    ]
    show_blocks(
        "times-figures", tables=[layout.table(board_labels.PARTS["temps"], (labels.FIGURE, labels.VALUE), rows)]
    )
    st.write(board_labels.TIMES_MEAN)
    st.altair_chart(
        times_chart(
            [(b.low, b.high, b.count) for b in times.bins],
            times.all.median,
            times.all.p95,
            board_labels.TIMES_ACROSS,
            board_labels.TIMES_UP,
        ),
        width="stretch",
        alt=labels.alternative(board_labels.PARTS["temps"], [f"{name} {value}" for name, value in rows]),
    )
    show_blocks("times", tables=layout.times_tables(times), notes=[layout.meanings(["latency_median", "latency_p95"])])
    st.subheader(board_labels.STEPS, anchor=False)
    if not times.steps:
        st.write(board_labels.NO_STEPS)
        return
    bars = layout.step_bars(times)
    said = [f"{bar.label} {bar.said}" for bar in bars]
    st.altair_chart(bar_chart(bars), width="stretch", alt=labels.alternative(board_labels.STEPS, said))
    show_blocks("steps", tables=[layout.steps_table(times)])


def show_reach(outcomes: Sequence[Outcome], index: Index) -> None:
    """Show what of the report it put to the test."""
    from ui.evaluation.charts import strip_chart

    st.subheader(board_labels.PARTS["couverture"], anchor=False)
    if not any(o.evidence for o in outcomes):
        st.write(board_labels.NO_REACH)
        return
    reach = reach_of(outcomes, index)
    judged = len(reach.places) - len(reach.untested)
    told = board_labels.reached(judged, len(reach.places), reach.judged_passages, reach.passages)
    st.write(f"{told} {board_labels.gone(reach.gone)}")
    st.write(board_labels.REACH_MEANS)
    rows = {
        board_labels.JUDGED: [r.judged for r in reach.places],
        board_labels.FOUND: [r.found for r in reach.places],
        board_labels.CITED: [r.cited for r in reach.places],
    }
    said = {
        measure: [
            board_labels.reached_by(r.place.title, measure, count)
            for r, count in zip(reach.places, numbers, strict=True)
        ]
        for measure, numbers in rows.items()
    }
    st.altair_chart(
        strip_chart(rows, [r.place.page or "" for r in reach.places], said),
        width="stretch",
        alt=labels.alternative(board_labels.PARTS["couverture"], [told.rstrip(".")]),
    )
    show_blocks("reach", tables=[layout.reach_table(reach)], notes=[layout.meanings(["coverage"])])
    st.subheader(board_labels.UNTESTED, anchor=False)
    if not reach.untested:
        st.write(board_labels.ALL_TESTED)
        return
    lines = tuple(CellView(r.place.title, link(READER, passage=r.place.passage)) for r in reach.untested)
    show_blocks("untested", lists=[ListView(lines)])


def show_failures(outcomes: Sequence[Outcome], index: Index) -> None:
    """Show its questions that went wrong."""
    st.subheader(board_labels.PARTS["questions"], anchor=False)
    failures = failed(outcomes)
    if not failures:
        st.write(board_labels.NONE_FAILED)
        return
    numbers = counts(failures)
    kinds, personas = (sorted({getattr(f.outcome, of) for f in failures}) for of in ("type", "persona"))
    with st.container(horizontal=True):
        way = st.selectbox(
            board_labels.WAY,
            [None, *(way for way, count in numbers.items() if count)],
            format_func=lambda w: board_labels.ANY if w is None else f"{board_labels.WAYS[w]} ({numbers[w]})",
            key="failures-way",
            width=300,
        )
        kind = st.selectbox(
            board_labels.TYPE,
            [None, *kinds],
            format_func=lambda k: board_labels.ANY if k is None else TYPES.get(k, k),
            key="failures-type",
            width=260,
        )
        persona = st.selectbox(
            board_labels.PERSONA,
            [None, *personas],
            format_func=lambda p: board_labels.ANY if p is None else PERSONAS.get(p, p),
            key="failures-persona",
            width=220,
        )
    chosen = layout.chosen_failures(failures, way, kind, persona)
    st.write(board_labels.shown(len(chosen), len(failures)) if chosen else board_labels.NONE_LEFT)
    shown = st.session_state.setdefault("failures-shown", AT_ONCE)
    show_blocks("failures", questions=[layout.question_view(f, index) for f in chosen[:shown]])
    if len(chosen) > shown and st.button(labels.MORE):
        st.session_state["failures-shown"] = shown + AT_ONCE
        st.rerun()
