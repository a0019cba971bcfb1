"""Tables laid out as lines of text: one row, one line, every cell in the order in which it was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"[\d ]+(?:,\d+)?(?: ?%)?(?: \d+)?")
_SPLIT_FIGURE = re.compile(r"\d+,\d+\t\d{1,3} ?%")
_FORM = re.compile(r"CHOIX DE RÉPONSES\b.*", re.DOTALL)


def lay_out_table(rows: Sequence[str]) -> list[tuple[str, bool]]:
    """Lay out consecutive rows (cells parted by tabs).

    Returns:
        For each line its text (« label : value · value ») and whether a figure in it was torn by the converter.
        The form's own column heads (« Choix de réponses ») are left out.
    """
    cells = [[c.strip() for c in row.split("\t")] for row in rows if not _FORM.fullmatch(row.strip())]
    torn = [bool(_SPLIT_FIGURE.search(row)) for row in rows if not _FORM.fullmatch(row.strip())]
    if _has_wrapped_labels(cells):
        return [(line, False) for line in _join_wrapped_labels(cells)]
    return [(line, damaged) for row, damaged in zip(cells, torn, strict=True) if (line := _line(row))]


def _line(row: Sequence[str]) -> str:
    filled = [c for c in row if c]
    if len(filled) < 2:
        return "".join(filled)
    label = filled[0]
    joiner = " : " if any(_NUMBER.fullmatch(c) for c in filled[1:]) and not label.endswith(":") else " · "
    return f"{label}{joiner}{' · '.join(filled[1:])}"


def _has_wrapped_labels(cells: Sequence[Sequence[str]]) -> bool:
    """Two columns, where a label stands beside the first lines of its list and its words run over them."""
    return (
        len(cells) > 2
        and all(len(row) <= 2 for row in cells)
        and any(not row[0] for row in cells)
        and bool(cells[0][0])
    )


def _join_wrapped_labels(cells: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    label: list[str] = []
    values: list[str] = []
    in_label = False
    for row in [*cells, ["", ""]]:
        if row[0] and not in_label and (label or values):
            lines.append(f"{' '.join(label)} : {' ; '.join(values)}")
            label, values = [], []
        in_label = bool(row[0])
        label += [row[0]] if row[0] else []
        values += [row[1]] if len(row) > 1 and row[1] else []
    lines.append(f"{' '.join(label)} : {' ; '.join(values)}")
    return lines
