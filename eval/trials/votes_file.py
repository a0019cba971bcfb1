"""The votes of a trial as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from eval.trials.trial import Choice, Trial, Vote, first_is_left

COLUMNS = (
    "essai",
    "paire",
    "question",
    "relecteur",
    "choix",
    "configuration préférée",
    "première à gauche",
    "raison",
    "date",
    "réponse première",
    "réponse seconde",
)
_SAID = {
    Choice.FIRST: "première",
    Choice.SECOND: "seconde",
    Choice.BOTH: "les deux",
    Choice.NEITHER: "aucune",
    Choice.NONE: "sans avis",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def votes_csv(trial: Trial, votes: Iterable[Vote]) -> bytes:
    """The votes, one a row, in UTF-8 with its mark so that a spreadsheet reads the accents."""
    names = {Choice.FIRST: trial.first.name, Choice.SECOND: trial.second.name}
    pairs = {pair.position: pair for pair in trial.pairs}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for vote in votes:
        pair = pairs[vote.position]
        row = (
            trial.id,
            str(vote.position),
            pair.question,
            vote.rater,
            _SAID[vote.choice],
            names.get(vote.choice, ""),
            "oui" if first_is_left(trial.id, vote.position, vote.rater) else "non",
            vote.reason,
            vote.voted.isoformat(),
            pair.first.answer.text,
            pair.second.answer.text,
        )
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
