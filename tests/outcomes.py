"""Small outcomes of judged questions, for the tests of what is made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.answer import Status
from eval.run import Outcome

RIGHT = Outcome(
    id="q-0",
    question="Qui finance FLORA ?",
    type="fact",
    persona="trainer",
    split="held",
    answerable=True,
    status=Status.ANSWERED,
    recall=1.0,
    reciprocal_rank=0.5,
    key_facts=1.0,
    right_status=True,
    citations=2,
    unfound=0,
    words=20,
    ms=100.0,
    ranks=(2,),
    passages=("fiche-1a/genese/1", "fiche-4b/financements/1"),
    chance=0.9,
    citation_precision=1.0,
    citation_recall=1.0,
    expected="La région.",
    earlier=(),
    evidence=("fiche-4b/financements/1",),
    fiches=("4b",),
    parts=("Fiches pratiques",),
    cited=("fiche-4b/financements/1",),
    stated=("la région",),
    unstated=(),
    timings={"retrieve": 60.0, "judge": 40.0},
)
"""A question that has an answer, and was given it."""


def outcome(number: int = 0, **changes: Any) -> Outcome:
    """The outcome above under another id, with changes."""
    return replace(RIGHT, id=f"q-{number}", **changes)


def refused(number: int = 0, **changes: Any) -> Outcome:
    """One that was refused where there is an answer."""
    said: dict[str, Any] = {"status": Status.SILENT, "right_status": False, "key_facts": 0.0, "words": 0, "chance": 0.2}
    cited = {"citations": 0, "cited": (), "citation_precision": None, "citation_recall": None}
    return outcome(number, **{**said, **cited, "stated": (), "unstated": ("la région",), **changes})


def unanswerable(number: int = 0, **changes: Any) -> Outcome:
    """One that has no answer, and was refused."""
    nowhere: dict[str, Any] = {"evidence": (), "fiches": (), "parts": (), "ranks": (), "unstated": ()}
    scores = {"recall": 0.0, "reciprocal_rank": 0.0, "answerable": False, "right_status": True, "type": "unanswerable"}
    return refused(number, **{**nowhere, **scores, **changes})


def old(outcome: Outcome) -> Outcome:
    """The outcome as a run of format 1 kept it."""
    later = "chance citation_precision citation_recall expected earlier evidence fiches parts cited stated unstated"
    return replace(outcome, **dict.fromkeys([*later.split(), "timings"]))
