"""What the finished reviews say of the answers: totals, by where they come from and by what they were made with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from eval.review.scores import Scored, kinds_of, mean_of, means_by, scored
from eval.review.store import Reviews
from ui.review import findings_labels as labels
from ui.review.address import Place
from ui.review.findings import TableView, show_findings
from ui.review.labels import SOURCES


def show_scores(place: Place, store: Reviews) -> None:
    """Draw the totals and the errors found."""
    answers = scored(store.ratings())
    st.write(labels.SCORES_INTRODUCTION)
    if not answers:
        st.write(labels.NO_SCORE)
        return
    show_findings("review-scores", tables=(totals_view(answers, place.blind), errors_view(answers)))


def totals_view(answers: Sequence[Scored], blind: bool) -> TableView:
    """The mean totals; those of configurations only where these are not hidden."""
    return TableView(labels.SCORES_NAME, labels.SCORES_HEADS, tuple(_totals(answers, blind)))


def _totals(answers: Sequence[Scored], blind: bool) -> Iterator[tuple[str, ...]]:
    if (mean := mean_of(answers)) is not None:
        yield labels.score_row(labels.EVERYTHING, mean)
    groups = [means_by(lambda a: labels.answered(a.status), answers), means_by(lambda a: SOURCES[a.source], answers)]
    if not blind:
        groups.append(means_by(lambda a: labels.configuration(a.configuration), answers))
    for group in groups:
        for name, mean in group.items():
            yield labels.score_row(name, mean)


def errors_view(answers: Sequence[Scored]) -> TableView:
    """In how many answers each kind of error was found."""
    rows = tuple(labels.error_row(kind, count, len(answers)) for kind, count in kinds_of(answers).items())
    return TableView(labels.ERRORS_NAME, labels.ERRORS_HEADS, rows)
