"""Two runs side by side: what differs in their conditions, by how much each figure moved, which questions and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eval.analysis.changes import change_of, differences
from eval.analysis.conditions import apart
from eval.compare import Difference, Pair, changed, pair
from ui.evaluation import comparison_labels as words
from ui.evaluation import labels
from ui.evaluation.blocks import show_blocks
from ui.evaluation.kept import Kept, kept_runs
from ui.evaluation.layout import change_view, figure_name, meanings, table
from ui.evaluation.places import AFTER, BEFORE
from ui.navigation import asked_for
from ui.opening import open_assistant
from vectorstore.index import Index

AT_ONCE = 20
"""How many of the questions that changed are listed at first, and each time more are asked for."""


def show_two_runs() -> None:
    """Let two runs be chosen, and compare them."""
    assistant = open_assistant()
    kept, _ = kept_runs(assistant.settings.home)
    if len(kept) < 2:
        st.write(words.TOO_FEW_RUNS)
        return
    before, after = _choose(kept)
    if before is after:
        st.info(words.SAME_RUN)
        return
    paired = pair(before.run.outcomes, after.run.outcomes)
    if not paired.pairs:
        st.info(words.NOTHING_IN_COMMON)
        return
    st.write(words.common(len(paired.pairs), paired.only_before, paired.only_after))
    _show_conditions(before, after)
    _show_differences(list(differences(paired.pairs)))
    better, worse = changed(paired.pairs)
    _show_changes(words.BETTER, better, assistant.index)
    _show_changes(words.WORSE, worse, assistant.index)


def _choose(kept: Sequence[Kept]) -> tuple[Kept, Kept]:
    """The two runs, of which the address keeps the names; at first, the two newest."""
    by_name = {k.name: k for k in kept}
    names = list(by_name)
    chosen = []
    for name, label, first in (
        (BEFORE, words.BEFORE, names[1]),
        (AFTER, words.AFTER, names[0]),
    ):
        wanted = asked_for(name)
        picked = st.selectbox(
            label,
            names,
            index=names.index(wanted if wanted in by_name else first),
            format_func=lambda n: labels.run_line(by_name[n].run, by_name[n].date),
            key=f"compare-{name}",
        )
        if picked != wanted:
            st.query_params[name] = picked
        chosen.append(by_name[picked])
    return chosen[0], chosen[1]


def _show_conditions(before: Kept, after: Kept) -> None:
    st.header(words.APART, anchor=False)
    found = apart(before.run, after.run)
    if not found:
        st.write(words.NOT_APART)
        return
    rows = [(words.CONDITIONS[a.key], a.before or labels.NOTHING, a.after or labels.NOTHING) for a in found]
    heads = (words.CONDITION, words.BEFORE, words.AFTER)
    show_blocks("apart", tables=[table(words.APART, heads, rows, words=(1, 2))])


def _show_differences(found: Sequence[Difference]) -> None:
    st.header(words.DIFFERENCES, anchor=False)
    st.write(words.DIFFERENCES_MEAN)
    rows = [
        (
            figure_name(d.figure),
            labels.number(d.before, 3),
            labels.number(d.after, 3),
            labels.signed(d.difference),
            f"de {labels.signed(d.low)} à {labels.signed(d.high)}",
            words.YES if d.sure else words.NO,
            str(d.count),
        )
        for d in found
    ]
    heads = (
        *(
            labels.FIGURE,
            words.BEFORE,
            words.AFTER,
            words.DIFFERENCE,
            labels.INTERVAL,
            words.SURE,
        ),
        labels.COUNT,
    )
    show_blocks(
        "differences",
        tables=[table(words.DIFFERENCES, heads, rows)],
        notes=[meanings([*(d.figure for d in found), "interval"])],
    )


def _show_changes(heading: str, pairs: Sequence[Pair], index: Index) -> None:
    st.header(f"{heading} : {len(pairs)}", anchor=False)
    if not pairs:
        st.write(words.NO_CHANGE)
        return
    key = f"changes-{heading}"
    shown = st.session_state.setdefault(key, AT_ONCE)
    show_blocks(f"blocks-{key}", questions=[change_view(change_of(p), index) for p in pairs[:shown]])
    if len(pairs) > shown and st.button(labels.MORE, key=f"more-{key}"):
        st.session_state[key] = shown + AT_ONCE
        st.rerun()
