"""The strip: a column for each part of the report in reading order, the darker the more it was cited or found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import sqrt
from typing import Any

import altair as alt

from assistant.coverage import Place
from ui.coverage import labels

_ROW = 44
"""Pixels: the height of a row."""
_FAINTEST = 0.3
"""The opacity (0 to 1) of a part that was reached once; the most reached is at 1, and the others between."""
_FONT = 14


def strip_chart(places: Sequence[Place]) -> alt.LayerChart:
    """The strip, as wide as its place."""
    # A page on which several parts start is said once.
    starts = [place.page or "" for place in places]
    pages = json.dumps([page if page != before else "" for before, page in zip(["", *starts], starts, strict=False)])
    x = alt.X(
        "at:O",
        axis=alt.Axis(
            labelExpr=f"{pages}[datum.value]",
            labelAngle=0,
            labelColor="currentColor",
            labelFontSize=_FONT,
            labelOverlap="greedy",
            labelSeparation=8,
            title=None,
        ),
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0),
    )
    y = alt.Y(
        "measure:N",
        sort=[labels.CITED, labels.FOUND],
        axis=alt.Axis(labelColor="currentColor", labelFontSize=_FONT, labelPadding=6, title=None),
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0),
    )
    chart = alt.Chart(alt.InlineData(values=_cells(places))).encode(x=x, y=y, tooltip="said:N")
    opacity = alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    # The outline says that a part is there even where nothing has reached it.
    outline = chart.mark_rect(fillOpacity=0, stroke="currentColor", strokeOpacity=0.28, cornerRadius=2)
    reached = chart.mark_rect(cornerRadius=2).encode(opacity=opacity)
    config = alt.Config(mark=alt.MarkConfig(aria=False), axis=alt.AxisConfig(aria=False))
    return alt.LayerChart(layer=[reached, outline], height=2 * _ROW, padding={"bottom": 0}, config=config)


def _cells(places: Sequence[Place]) -> list[dict[str, Any]]:
    measures = {labels.CITED: [p.cited for p in places], labels.FOUND: [p.found for p in places]}
    return [
        {
            "at": at,
            "measure": measure,
            "said": labels.times(place, measure, times),
            "strength": _strength(times, max(counts)),
        }
        for measure, counts in measures.items()
        for at, (place, times) in enumerate(zip(places, counts, strict=True))
    ]


def _strength(times: int, most: int) -> float:
    """An opacity: the root tells small counts apart."""
    return _FAINTEST + (1 - _FAINTEST) * sqrt(times / most) if times else 0.0
