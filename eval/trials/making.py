"""Making a trial: the same questions asked of both configurations, one after the other."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.records import Record
from eval.aside import Tell
from eval.review.asking import Wanted
from eval.trials.configuring import configured
from eval.trials.trial import MOST_NAME, Configuration, LeftOut, Pair, Sample, Trial, check_two
from ingest.errors import PratiquesError, ReviewError

MOST_QUESTIONS = 300
"""Questions of one trial."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A trial to make: its name (may be empty), its configurations, its questions and where they come from."""

    name: str
    first: Configuration
    second: Configuration
    sample: Sample
    wanted: tuple[Wanted, ...]

    def __post_init__(self) -> None:
        check_two(self.first, self.second)
        if not self.wanted:
            raise ReviewError("Il n'y a aucune question à poser. Choisissez-en, ou écrivez-en une par ligne.")
        if len(self.wanted) > MOST_QUESTIONS:
            raise ReviewError(
                f"Il y a {len(self.wanted)} questions, et {MOST_QUESTIONS} au plus par essai. Tirez-en moins."
            )
        if len(self.name) > MOST_NAME:
            raise ReviewError(f"Le nom de l'essai compte {MOST_NAME} caractères au plus. Raccourcissez-le.")


def make_trial(plan: Plan, assistant: Assistant, tell: Tell, stop: Event) -> Trial:
    """Ask the questions of a plan; those that one of the two could not answer are left out of the pairs, and told.

    Which configuration is asked first alternates, so that neither has the advantage of what the other made ready.

    Raises:
        LanguageModelError, EmbeddingError: a configuration cannot be opened; nothing was asked.
        ReviewError: no question could be answered.
        Stopped: `stop` was set; nothing is kept.
    """
    with ExitStack() as opened:
        two = [_opened(c, assistant, opened) for c in (plan.first, plan.second)]
        pairs: list[Pair] = []
        left_out: list[LeftOut] = []
        judged = {}
        total = len(plan.wanted)
        tell(0, total)
        for number, wanted in enumerate(plan.wanted, 1):
            try:
                first, second = _answers(two, wanted.question, number % 2 == 0, stop)
            except PratiquesError as error:
                left_out.append(LeftOut(number, str(error)))
            else:
                pairs.append(Pair(len(pairs) + 1, first, second))
                if wanted.judged is not None:
                    judged[len(pairs)] = wanted.judged
            tell(number, total)
    if not pairs:
        raise ReviewError(f"Aucune question n'a pu être posée. La première : {left_out[0].why}")
    return Trial(
        id=uuid.uuid4().hex[:12],
        name=" ".join(plan.name.split()),
        first=plan.first,
        second=plan.second,
        sample=replace(plan.sample, left_out=tuple(left_out), judged=judged or None),
        pairs=tuple(pairs),
        made=datetime.now(UTC),
    )


def _opened(configuration: Configuration, assistant: Assistant, opened: ExitStack) -> Assistant:
    """The assistant of a configuration; an index of its own is closed at the end."""
    made = configured(configuration, assistant, lambda label, done, total: None)
    if made.index.folder != assistant.index.folder:
        opened.callback(made.index.close)
    return made


def _answers(two: Sequence[Assistant], question: Question, second_goes_first: bool, stop: Event) -> list[Record]:
    order = (1, 0) if second_goes_first else (0, 1)
    answers = {which: _record(two[which], question, stop) for which in order}
    return [answers[0], answers[1]]


def _record(assistant: Assistant, question: Question, stop: Event) -> Record:
    answer, decided = assistant.explain(question, stop=stop)
    return Record.of(answer, decided, assistant.settings)
