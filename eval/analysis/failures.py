"""The questions of a run that went wrong, and in which ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Status
from eval.run import Outcome


class Failure(StrEnum):
    """A way in which a question went wrong."""

    BROKEN = "broken"
    """It could not be asked, or the code failed."""
    FALSE_REFUSAL = "false_refusal"
    FALSE_ANSWER = "false_answer"
    UNFOUND = "unfound"
    """A citation is not in the report."""
    NOT_RETRIEVED = "not_retrieved"
    """Some of the evidence is not in the first 1,000 words of the passages."""
    FACTS_MISSING = "facts_missing"
    """It was answered, without some key fact."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that went wrong, and how."""

    outcome: Outcome
    ways: tuple[Failure, ...]


def failed(outcomes: Sequence[Outcome]) -> list[Failed]:
    """The questions that went wrong, in the order of the run."""
    return [Failed(outcome, ways) for outcome in outcomes if (ways := ways_of(outcome))]


def ways_of(outcome: Outcome) -> tuple[Failure, ...]:
    """The ways in which a question went wrong; none where all is right."""
    answered = outcome.status is Status.ANSWERED
    found = {
        Failure.BROKEN: bool(outcome.error),
        Failure.FALSE_REFUSAL: outcome.answerable and not answered and not outcome.error,
        Failure.FALSE_ANSWER: answered and not outcome.answerable,
        Failure.UNFOUND: outcome.unfound > 0,
        Failure.NOT_RETRIEVED: outcome.answerable and not outcome.error and outcome.recall < 1,
        Failure.FACTS_MISSING: outcome.answerable and answered and outcome.key_facts < 1,
    }
    return tuple(way for way, holds in found.items() if holds)


def counts(failures: Sequence[Failed]) -> dict[Failure, int]:
    """How many questions went wrong in each way; one may in several."""
    return {way: sum(way in f.ways for f in failures) for way in Failure}
