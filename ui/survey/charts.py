"""The chart of a figure: one horizontal bar a value, its label above it and its number at its end.

A label stands above its bar, on as many lines as it needs, so that none is cut on a phone. Bars have the first colour
of the theme's charts; text has the colour of the text around it, which the SVG that Streamlit draws can name.
"""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from assistant.survey import FigureKind, SurveyFigure
from ui.survey import labels

_LABEL_CHARACTERS = 40
"""What a line of a label may hold on a screen of 390 pixels."""
_FONT, _LINE, _NEAR, _BAR, _GAP = 16, 21, 3, 18, 16
"""Pixels: the letters, a line of a label, what parts it from its bar, the bar, what parts a value from the next."""
_ROOM = 1.22
"""How far the scale goes beyond the longest bar, for the number at its end."""


def bar_chart(figure: SurveyFigure) -> dict[str, Any]:
    """The chart of a figure, as wide as its place: its Vega-Lite specification, checked by altair."""
    rows, height = _rows(figure)
    longest = 100.0 if figure.kind is FigureKind.SHARE else max(row["value"] for row in rows)
    chart = alt.Chart(alt.InlineData(values=rows))

    def across(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, longest * _ROOM], nice=False), axis=None)

    def down(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)

    text = alt.MarkConfig(align="left", fontSize=_FONT, lineHeight=_LINE, lineBreak="\n", color="currentColor")
    bars = chart.mark_rect().encode(x=across("zero"), x2="value:Q", y=down("top"), y2="bottom:Q")
    wholes = chart.mark_rect(opacity=0.14).encode(x=across("zero"), x2="whole:Q", y=down("top"), y2="bottom:Q")
    names = chart.mark_text(baseline="top").encode(x=across("zero"), y=down("label_top"), text="label:N")
    numbers = chart.mark_text(baseline="middle", dx=6, fontWeight=600).encode(
        x=across("value"), y=down("middle"), text="said:N"
    )
    # The whole is drawn behind a share, so that it is seen of what it is a part.
    layers = [wholes, bars, names, numbers] if figure.kind is FigureKind.SHARE else [bars, names, numbers]
    # Its numbers are said by its name and by the table under it: the marks themselves say nothing.
    silent = alt.MarkConfig(tooltip=None, aria=False)
    config = alt.Config(text=text, rect=alt.RectConfig(cornerRadius=3), mark=silent)
    drawn: dict[str, Any] = alt.LayerChart(layer=layers, height=height, padding={"bottom": 0}, config=config).to_dict()
    return drawn


def _rows(figure: SurveyFigure) -> tuple[list[dict[str, Any]], int]:
    """The values with what they are drawn at (pixels from the top), and the height of all."""
    rows: list[dict[str, Any]] = []
    at = 0
    for value, number in zip(figure.values, labels.said(figure), strict=True):
        lines = textwrap.wrap(value.label, _LABEL_CHARACTERS)
        top = at + len(lines) * _LINE + _NEAR
        rows.append(
            {
                "value": float(value.number),
                "zero": 0,
                "whole": 100,
                "said": number,
                "label": "\n".join(lines),
                "label_top": at,
                "top": top,
                "middle": top + _BAR / 2,
                "bottom": top + _BAR,
            }
        )
        at = top + _BAR + _GAP
    return rows, at - _GAP
