"""How well personal data are recognised, on questions judged for it.

    python -m eval.benchmarks.personal [--questions FILE]

A question that holds personal data counts as recognised where every part of them is masked: a name left beside a
masked telephone number still says who it is about. A false alarm is anything masked in a question that holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import click
from pydantic import TypeAdapter

from assistant.cli import run
from assistant.personal import find_personal
from eval.questions import read_judged
from ingest.settings import load_settings
from vectorstore.index import Index, open_index


@dataclass(frozen=True, slots=True)
class JudgedPrivacy:
    """A question, whether it holds personal data, and the exact words that are."""

    id: str
    question: str
    personal: bool
    spans: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.personal != bool(self.spans) or any(span not in self.question for span in self.spans):
            raise ValueError(f"{self.id}: the personal words are not those of the question")


@dataclass(frozen=True, slots=True)
class Recognition:
    """How many questions were recognised, shares from 0 to 1.

    `noticed` and `recall` are of the questions with personal data: something was masked, everything was. `false_alarms`
    is of the others, `spans` of all personal words.
    """

    noticed: float
    recall: float
    false_alarms: float
    spans: float
    missed: tuple[str, ...]
    alarmed: tuple[str, ...]


_LINE = TypeAdapter(JudgedPrivacy)


def own_privacy() -> Path:
    """Where the project's own judged questions on personal data lie."""
    return Path(str(resources.files("eval.benchmarks").joinpath("personal.jsonl")))


def load_privacy(path: Path) -> list[JudgedPrivacy]:
    """Read questions judged for personal data, JSON lines.

    Raises:
        PratiquesError: the file cannot be read, or a line is not such a question.
    """
    return read_judged(path, _LINE)


def measure(questions: Sequence[JudgedPrivacy], index: Index) -> Recognition:
    """Recognise each question's personal data and compare with what was judged."""
    missed, alarmed, noticed, spans, masked = [], [], 0, 0, 0
    for question in questions:
        found = find_personal(question.question, index.names)
        if not question.personal:
            alarmed += [question.id] if found.found else []
            continue
        hidden = [
            _is_masked(words, question.question, [(s.start, s.end) for s in found.spans]) for words in question.spans
        ]
        noticed += found.found
        spans, masked = spans + len(hidden), masked + sum(hidden)
        missed += [] if all(hidden) else [question.id]
    held = sum(q.personal for q in questions)
    return Recognition(
        noticed=noticed / held,
        recall=1 - len(missed) / held,
        false_alarms=len(alarmed) / (len(questions) - held),
        spans=masked / spans,
        missed=tuple(missed),
        alarmed=tuple(alarmed),
    )


def _is_masked(words: str, text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every letter and digit of some words is masked, at each place where they stand."""
    at = text.find(words)
    while at >= 0:
        places = [i for i in range(at, at + len(words)) if text[i].isalnum()]
        if not all(any(start <= i < end for start, end in spans) for i in places):
            return False
        at = text.find(words, at + 1)
    return True


@click.command()
@click.option("--questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(questions: Path | None) -> None:
    """Mesure la reconnaissance des données personnelles sur des questions jugées."""
    judged = load_privacy(questions or own_privacy())
    found = measure(judged, open_index(load_settings()))
    click.echo(
        f"{len(judged)} questions. Avec des données personnelles : remarquées {found.noticed:.1%}, entièrement "
        f"masquées {found.recall:.1%} ; mots masqués {found.spans:.1%}. "
        f"Sans : fausses alertes {found.false_alarms:.1%}."
    )
    if found.missed or found.alarmed:
        click.echo(
            f"Manquées : {', '.join(found.missed) or 'aucune'}. À tort : {', '.join(found.alarmed) or 'aucune'}."
        )


if __name__ == "__main__":
    run(main)
