"""The charts of the page: figures with their intervals, a reliability plot, times, the strip of the report, a trend.

Everything has the one colour of the theme's charts, so that nothing is told by colour; text has that of the text around
it, which the SVG that Streamlit draws can name. Each chart has its table beside it: the marks themselves say nothing.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import altair as alt

_LABEL_CHARACTERS = 48
"""What a line of a label may hold on a screen of 390 pixels."""
_FONT, _SMALL, _LINE, _NEAR, _BAR, _GAP = 16, 14, 21, 3, 16, 14
"""Pixels: the letters, those of an axis, a line of a label, what parts it from its bar, the bar, the next value."""
_LANE = 46
"""Pixels: the height of the line of one figure of a trend."""
_DECIMAL = "replace(format(datum.value, '.1f'), '.', ',')"
"""How French writes the tenths of an axis."""
_ROW = 40
"""Pixels: the height of a row of the strip."""
_FAINTEST = 0.3
"""The opacity (0 to 1) of a part that was reached once; the most reached is at 1, and the others between."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value from 0 up, with its name, how it is written, and its interval where it has one."""

    label: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The values of one figure over runs, oldest first, and each as it is written; `None` and empty: a run has none."""

    label: str
    values: tuple[float | None, ...]
    said: tuple[str, ...]

    @property
    def last(self) -> str:
        """How the newest value is written."""
        return next(said for said in reversed(self.said) if said)


def bar_chart(bars: Sequence[Bar], top: float | None = None) -> alt.LayerChart:
    """One horizontal bar a value; what it is stands above it, so that it fits a phone, and its interval is a line.

    `top` is the greatest value that there can be (1 for a share); without it, the scale goes to the greatest there is.
    """
    rows, height = _bar_rows(bars)
    longest = top or max(max(bar.value, bar.high or 0.0) for bar in bars) or 1.0
    chart = alt.Chart(alt.InlineData(values=rows))

    def across(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, longest], nice=False), axis=None)

    down = _down(height)
    layers = [
        chart.mark_rect(cornerRadius=2, opacity=0.75).encode(
            x=across("zero"), x2="value:Q", y=down("top"), y2="bottom:Q"
        ),
        chart.mark_text(baseline="top").encode(x=across("zero"), y=down("label_top"), text="label:N"),
    ]
    if any(bar.low is not None for bar in bars):
        line = chart.transform_filter("datum.low != null").encode(y=down("middle"))
        layers.append(line.mark_rule(strokeWidth=2, color="currentColor").encode(x=across("low"), x2="high:Q"))
        ends = [
            chart.transform_filter("datum.low != null").encode(x=across(end), y=down("middle"))
            for end in ("low", "high")
        ]
        layers += [end.mark_tick(thickness=2, size=10, orient="vertical", color="currentColor") for end in ends]
    return _layered(layers, height)


def _bar_rows(bars: Sequence[Bar]) -> tuple[list[dict[str, Any]], int]:
    """The bars with what they are drawn at (pixels from the top), and the height of all."""
    rows: list[dict[str, Any]] = []
    at = 0
    for bar in bars:
        lines = _lines(bar)
        top = at + len(lines) * _LINE + _NEAR
        place = {"label_top": at, "top": top, "middle": top + _BAR / 2, "bottom": top + _BAR}
        rows.append({**asdict(bar), **place, "zero": 0, "label": "\n".join(lines)})
        at = top + _BAR + _GAP
    return rows, max(at - _GAP, 1)


def _lines(bar: Bar) -> list[str]:
    """What stands above a bar, no line of it wider than a phone."""
    *lines, last = textwrap.wrap(bar.label, _LABEL_CHARACTERS) or [""]
    whole = f"{last} : {bar.said}"
    return [*lines, whole] if len(whole) <= _LABEL_CHARACTERS else [*lines, f"{last} :", bar.said]


def reliability_chart(points: Sequence[tuple[float, float, int]], said: str, right: str) -> alt.LayerChart:
    """The chance announced (across) and the share that was right (up), with the line on which they are equal.

    `points` are chance, share and how many questions; `said` and `right` name the axes.
    """
    rows = [{"chance": chance, "share": share, "count": count} for chance, share, count in points]
    scale = alt.Scale(domain=[0, 1])
    x = alt.X("chance:Q", scale=scale, axis=_axis(said, labelExpr=_DECIMAL))
    y = alt.Y("share:Q", scale=scale, axis=_axis(right, labelExpr=_DECIMAL))
    equal = alt.Chart(alt.InlineData(values=[{"chance": 0, "share": 0}, {"chance": 1, "share": 1}]))
    chart = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    layers = [
        equal.mark_line(color="currentColor", strokeDash=[5, 4], opacity=0.6).encode(x=x, y=y),
        chart.mark_line(strokeWidth=2),
        chart.mark_point(filled=True, size=90),
    ]
    return _layered(layers, 320)


def times_chart(
    bins: Sequence[tuple[float, float, int]], median: float, p95: float, across: str, up: str
) -> alt.LayerChart:
    """How many answers (up) took how many milliseconds (across); upright lines at the median and 95th percentile."""
    rows = [{"low": low, "high": high, "count": count, "zero": 0} for low, high, count in bins]
    x = alt.X("low:Q", axis=_axis(across, format="d"), scale=alt.Scale(nice=False, zero=True))
    bars = alt.Chart(alt.InlineData(values=rows)).mark_rect(opacity=0.75)
    marked = alt.Chart(alt.InlineData(values=[{"at": median}, {"at": p95}]))
    layers = [
        bars.encode(x=x, x2="high:Q", y=alt.Y("count:Q", axis=_axis(up, format="d", tickMinStep=1)), y2="zero:Q"),
        marked.mark_rule(strokeWidth=2, strokeDash=[6, 3], color="currentColor").encode(x="at:Q"),
    ]
    return _layered(layers, 240)


def strip_chart(
    rows: Mapping[str, Sequence[int]], starts: Sequence[str], said: Mapping[str, Sequence[str]]
) -> alt.LayerChart:
    """A column for each place of the report in reading order, a row for each measure: the darker, the greater.

    Args:
        rows: by the name of a measure, its count at each place.
        starts: the page on which each place starts.
        said: what each cell says when it is pointed at, laid out as `rows`.
    """
    # A page on which several places start is said once.
    pages = json.dumps([page if page != former else "" for former, page in zip(["", *starts], starts, strict=False)])
    x = alt.X(
        "at:O",
        axis=_axis(None, labelExpr=f"{pages}[datum.value]", labelAngle=0, labelOverlap="greedy", labelSeparation=8),
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0),
    )
    y = alt.Y(
        "measure:N",
        sort=list(rows),
        axis=_axis(None, labelPadding=6),
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0),
    )
    cells = [
        {"at": at, "measure": name, "said": words, "strength": _strength(count, max(counts))}
        for name, counts in rows.items()
        for at, (count, words) in enumerate(zip(counts, said[name], strict=True))
    ]
    chart = alt.Chart(alt.InlineData(values=cells)).encode(x=x, y=y, tooltip="said:N")
    opacity = alt.Opacity("strength:Q", scale=alt.Scale(domain=[0, 1], range=[0, 1]), legend=None)
    # The outline says that a place is there even where nothing has reached it.
    outline = chart.mark_rect(fillOpacity=0, stroke="currentColor", strokeOpacity=0.28, cornerRadius=2)
    return _layered([chart.mark_rect(cornerRadius=2).encode(opacity=opacity), outline], len(rows) * _ROW)


def _strength(count: int, most: int) -> float:
    """An opacity: the root tells small counts apart."""
    return _FAINTEST + (1 - _FAINTEST) * sqrt(count / most) if count else 0.0


def trend_chart(lanes: Sequence[Lane], dates: Sequence[str], runs: Sequence[str]) -> alt.LayerChart:
    """A line for each figure, one under the other, each at its own scale; a point for each run, oldest first.

    `dates` are those of the runs, and `runs` what a point says of its run when it is pointed at.
    """
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    at = 0
    for lane in lanes:
        known = [value for value in lane.values if value is not None]
        low, span = min(known), max(max(known) - min(known), 1e-9)
        heads.append({"label": f"{lane.label} : {lane.last}", "top": at, "run": 0})
        foot = at + _LINE + _NEAR + _LANE
        rows += [
            {
                "lane": lane.label,
                "run": run,
                "said": f"{lane.label} : {lane.said[run]} ({runs[run]})",
                "y": foot - (_LANE / 2 if span <= 1e-9 else 5 + (_LANE - 10) * (value - low) / span),
            }
            for run, value in enumerate(lane.values)
            if value is not None
        ]
        at = foot + _GAP
    down = _down(at)
    last = max(len(dates) - 1, 1)
    days = json.dumps([*dates])
    x = alt.X(
        "run:Q",
        scale=alt.Scale(domain=[-0.08 * last, last * 1.08], nice=False),
        axis=_axis(
            None, values=list(range(len(dates))), labelExpr=f"{days}[datum.value]", labelOverlap="greedy", grid=True
        ),
    )
    chart = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=down("y"), detail="lane:N")
    names = (
        alt.Chart(alt.InlineData(values=heads))
        .mark_text(baseline="top")
        .encode(x=alt.value(0), y=down("top"), text="label:N")
    )
    points = chart.mark_point(filled=True, size=60).encode(tooltip="said:N")
    return _layered([chart.mark_line(strokeWidth=2), points, names], at)


def _down(height: float) -> Any:
    """What places a mark at so many pixels from the top."""
    scale = alt.Scale(domain=[height, 0], nice=False)
    return lambda column: alt.Y(f"{column}:Q", scale=scale, axis=None)


def _axis(title: str | None, **more: Any) -> alt.Axis:
    return alt.Axis(
        title=title,
        labelColor="currentColor",
        titleColor="currentColor",
        labelFontSize=_SMALL,
        titleFontSize=_SMALL,
        titleFontWeight="normal",
        **more,
    )


def _layered(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    text = alt.MarkConfig(align="left", fontSize=_FONT, lineHeight=_LINE, lineBreak="\n", color="currentColor")
    config = alt.Config(text=text, mark=alt.MarkConfig(tooltip=None, aria=False), axis=alt.AxisConfig(aria=False))
    return alt.LayerChart(layer=list(layers), height=height, padding={"bottom": 0}, config=config)
