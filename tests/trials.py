"""Blind trials made of real answers, for the tests of the bench."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event

from reviews import FLORA, UNKNOWN, record_of

from assistant.chain import Assistant
from eval.questions import load_questions, own_questions
from eval.review.asking import Wanted, drawn
from eval.trials.making import Plan, make_trial
from eval.trials.trial import Choice, Configuration, Origin, Pair, Sample, Search, Trial, Vote

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FULL, WORDS = Configuration("Tout"), Configuration("Mots", Search.WORDS)


def questions(count: int = 4, seed: int = 1) -> tuple[Wanted, ...]:
    """Judged questions of the project, always the same ones."""
    held = [question for question in load_questions(own_questions()) if question.split == "held"]
    return tuple(drawn(held, count, seed))


def plan(
    wanted: tuple[Wanted, ...] = (), first: Configuration = FULL, second: Configuration = WORDS, name: str = ""
) -> Plan:
    return Plan(name, first, second, Sample(Origin.OWN, "questions.jsonl", 560, 1), wanted or questions())


def made(assistant: Assistant, a_plan: Plan) -> Trial:
    return make_trial(a_plan, assistant, lambda done, total: None, Event())


def trial_of(assistant: Assistant, pairs: int = 3) -> Trial:
    """A trial whose pairs all differ: one side answers, the other refuses."""
    answer, refusal = record_of(assistant, FLORA), record_of(assistant, UNKNOWN)
    both = tuple(Pair(position, answer, refusal) for position in range(1, pairs + 1))
    return Trial("0123456789ab", "", FULL, WORDS, Sample(Origin.TYPED, "", pairs), both, NOON)


def vote(position: int, choice: Choice, rater: str = "Anne") -> Vote:
    return Vote(position, rater, choice, "", NOON)
