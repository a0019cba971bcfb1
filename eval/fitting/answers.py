"""Fit what decides an answer on the fitting half of the judged questions.

    python -m eval.fitting.answers [--folds 5]

Two logistic regressions with a squared penalty, on signs brought to a mean of 0 and a deviation of 1: whether a
sentence is part of the answer (`assistant/weighing.py`), then, on the chances that it gives to questions which it was
not fitted on, whether the report answers at all (`assistant/judgement.py`). Cross-validation says what the figures of
new questions will be like; the held half is not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from scipy.optimize import minimize

from assistant.judgement import AGAINST, FOR, JUDGED, signs_of
from assistant.personal import protect
from assistant.retrieval import retrieve
from assistant.understanding import understand
from assistant.weighing import SIGNS, Choice, Linear, Models, Weighed, chance, dump_models, weigh
from eval.metrics import is_found, states
from eval.questions import JudgedQuestion, load_questions, own_questions
from ingest.folding import letters
from ingest.settings import load_settings
from vectorstore.index import Index, open_index

SENTENCE_PENALTY, ANSWER_PENALTY = 1.0, 4.0
"""Weights of the squared coefficients beside the summed loss."""
MOST_REFUSED = 0.035
"""Share of the answerable questions that the threshold may refuse, under cross-validation."""
_BLANK = Linear(0.0, {})


@dataclass(frozen=True)
class Example:
    """A judged question with its sentences weighed, and which of them are evidence, shape (choices,)."""

    judged: JudgedQuestion
    weighed: Weighed
    evident: NDArray[np.float64]


def is_evidence(choice: Choice, judged: JudgedQuestion) -> bool:
    """Whether a sentence holds a quote of the evidence, or a part of one; or states a key fact beside it."""
    words = choice.quote
    quotes = [quote for group in judged.evidence for quote in group]
    said = letters(words)
    if any(is_found(q, words) or (len(said) > 15 and said in letters(q)) for q in quotes):
        return True
    telling = [f for f in judged.key_facts if max(map(len, f)) > 5]
    return any(states(f, words) for f in telling) and any(is_found(q, choice.passage.text) for q in quotes)


def examples_of(questions: Sequence[JudgedQuestion], index: Index) -> list[Example]:
    """Weigh the sentences of each question."""
    examples = []
    for question in track(questions, "Questions pesées", console=Console(stderr=True)):
        weighed = weigh(index, retrieve(index, understand(index, protect(index, question.asked()))), _BLANK)
        evident = np.array([is_evidence(c, question) for c in weighed.choices], dtype=float)
        examples.append(Example(question, weighed, evident))
    return examples


def fit_logistic(
    matrix: NDArray[np.float64],
    held: NDArray[np.float64],
    names: Sequence[str],
    penalty: float,
    only_for: Sequence[str] = (),
    only_against: Sequence[str] = (),
) -> Linear:
    """The logistic regression of `held` (0 or 1, shape (rows,)) on signs, shape (rows, names).

    The weights of the signs in `only_for` stay at zero or above, of those in `only_against` at zero or below: with few
    questions, a sign that overlaps with others would else come to speak against what it stands for.
    """
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread == 0] = 1
    scaled = (matrix - middle) / spread

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = scaled @ parameters[1:] + parameters[0]
        apart = chance(logit) - held
        value = np.logaddexp(0, logit).sum() - held @ logit + penalty * parameters[1:] @ parameters[1:] / 2
        return float(value), np.append(apart.sum(), scaled.T @ apart + penalty * parameters[1:])

    bounds = [(0.0 if n in only_for else None, 0.0 if n in only_against else None) for n in ("", *names)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[1:] / spread
    intercept = float(found[0] - weights @ middle)
    return Linear(round(intercept, 4), {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)})


def fit_sentence(examples: Sequence[Example]) -> Linear:
    """The model of sentences, from the answerable questions."""
    answerable = [e for e in examples if e.judged.answerable and len(e.evident)]
    signs = np.vstack([e.weighed.signs for e in answerable])
    return fit_logistic(signs, np.concatenate([e.evident for e in answerable]), SIGNS, SENTENCE_PENALTY)


def fit_answered(signs: NDArray[np.float64], answerable: NDArray[np.float64]) -> Linear:
    """The model of questions, from their signs, shape (questions, `JUDGED`)."""
    return fit_logistic(signs, answerable, JUDGED, ANSWER_PENALTY, FOR, AGAINST)


def with_chances(example: Example, model: Linear) -> Example:
    """The example, its sentences with the chances that a model gives them."""
    chances = chance(model.logit(example.weighed.signs, SIGNS))
    pairs = zip(example.weighed.choices, chances, strict=True)
    return replace(
        example, weighed=replace(example.weighed, choices=tuple(replace(c, chance=float(p)) for c, p in pairs))
    )


def fit(index: Index, examples: Sequence[Example], folds: int) -> tuple[Models, NDArray[np.float64]]:
    """Both models, and the cross-validated chance of each question to be answerable, shape (examples,)."""
    fold = np.random.default_rng(0).permutation(len(examples)) % folds
    apart = list(examples)
    for n in range(folds):
        model = fit_sentence([e for e, f in zip(examples, fold, strict=True) if f != n])
        apart = [with_chances(e, model) if f == n else e for e, f in zip(apart, fold, strict=True)]
    signs = np.array([signs_of(index, e.weighed) for e in apart])
    answerable = np.array([float(e.judged.answerable) for e in apart])
    chances = np.zeros(len(examples))
    for n in range(folds):
        model = fit_answered(signs[fold != n], answerable[fold != n])
        chances[fold == n] = chance(model.logit(signs[fold == n], JUDGED))
    least = float(np.quantile(chances[answerable == 1], MOST_REFUSED))
    answered = fit_answered(signs, answerable)
    return Models(fit_sentence(examples), answered, round(least, 4)), chances


@click.command()
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Par défaut : assistant/weights.json.")
def main(folds: int, out: Path | None) -> None:
    """Ajuste le choix des phrases et la décision de répondre sur la moitié « fit » des questions jugées."""
    console = Console(stderr=True)
    index = open_index(load_settings())
    examples = examples_of([q for q in load_questions(own_questions()) if q.split == "fit"], index)
    models, chances = fit(index, examples, folds)
    answerable = np.array([e.judged.answerable for e in examples])
    refused = chances < models.least
    console.print(
        f"validation croisée ({folds} plis) : {refused[answerable].mean():.1%} des {answerable.sum()} questions qui "
        f"ont une réponse sont refusées, {refused[~answerable].mean():.1%} des {(~answerable).sum()} qui n'en ont pas"
    )
    path = out or Path(str(resources.files("assistant").joinpath("weights.json")))
    path.write_bytes(dump_models(models))
    console.print(f"Poids écrits dans « {path.name} ».")


if __name__ == "__main__":
    main()
