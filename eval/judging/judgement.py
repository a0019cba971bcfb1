"""What a language model says of a sentence, and who it is that judges."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import AwareDatetime


@dataclass(frozen=True, slots=True)
class Judge:
    """A model with the version of its prompt: who judges."""

    model: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said of the sentence at a position (from 1) of an answer.

    `mark` is 100, 80 or 0, `why` in its own words; `made` is UTC.
    """

    item: str
    position: int
    model: str
    prompt: str
    mark: int
    why: str
    made: AwareDatetime
