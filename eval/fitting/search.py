"""Fit the weights of the search on the fitting half of the judged questions.

    python -m eval.fitting.search [--folds 5]

The linear weights minimise a listwise loss (ListNet's top-one probability, Cao et al., 2007): for each piece of
evidence, minus the log of the share of a softmax over all passages that falls on the passages holding it; a penalty
keeps them near their start, and those of signals that can only speak for a passage stay at zero or above. The weights
that change the signals themselves (`names`, `context`, `gloss`, `translation`) and the one applied after them (`each`)
are searched on a grid around that. Cross-validation says what the figures of questions never fitted on will be like;
the held half is not read.
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

from assistant.retrieval import retrieve
from assistant.understanding import Understood, understand
from eval.metrics import evidence_recall, is_found, reciprocal_rank
from eval.questions import JudgedQuestion, load_questions, own_questions
from ingest.settings import load_settings
from vectorstore.fusion import SIGNALS, Weights, dump_weights
from vectorstore.index import Index, open_index

START = Weights(
    text=0.9, place=0.4, card=0.1, questions=0.6, words=0.3, neighbour=0.2, vector=1.0, asked=0.8, fiche=0.6, field=0.3,
    fiche_field=0.1, section=0.15, unasked_card=-0.2, names=0.4, context=0.4, gloss=0.3, translation=0.8, each=0.5,
)  # fmt: skip
"""From where the fit starts, and to where its penalty draws."""
GRID = {
    "context": (0.2, 0.3, 0.45, 0.6),
    "names": (0.2, 0.4, 0.7, 1.0),
    "gloss": (0.15, 0.3, 0.5, 0.8),
    "translation": (0.5, 0.8, 1.2),
    "each": (0.2, 0.4, 0.7, 1.0),
}
PENALTY = 0.02
"""Weight of the squared distance from the start, beside the mean loss of a piece of evidence."""


@dataclass(frozen=True)
class Example:
    """A judged question understood, and for each piece of its evidence the passages that hold it, shape (passages,)."""

    judged: JudgedQuestion
    understood: Understood
    holding: tuple[NDArray[np.bool_], ...]


def examples_of(questions: Sequence[JudgedQuestion], index: Index) -> list[Example]:
    """Understand the answerable questions, and find which passages hold their evidence."""
    return [
        Example(
            question,
            understand(index, question.asked()),
            tuple(
                np.array([any(is_found(quote, p.text) for quote in group) for p in index.passages])
                for group in question.evidence
            ),
        )
        for question in track(questions, "Questions comprises", console=Console(stderr=True))
        if question.answerable
    ]


def fit_linear(examples: Sequence[Example], index: Index, start: Weights) -> Weights:
    """The linear weights that minimise the listwise loss, the others kept."""
    retriever = index.retriever.model_copy(update={"weights": start})
    cases = [(retriever.signals(e.understood.query).astype(float), [h for h in e.holding if h.any()]) for e in examples]
    cases = [(matrix, holding) for matrix, holding in cases if holding]
    first = np.array([getattr(start, name) for name in SIGNALS])
    first_scale = 4.0

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, scale = parameters[:-1], parameters[-1]
        total, slope, scale_slope, count = 0.0, np.zeros_like(weights), 0.0, 0
        for matrix, holding in cases:
            scores = matrix @ weights
            shares = np.exp(scale * (scores - scores.max()))
            shares /= shares.sum()
            for held in holding:
                inside = shares[held].sum() + 1e-12
                pull = shares - np.where(held, shares / inside, 0)
                total -= np.log(inside)
                slope += scale * (pull @ matrix)
                scale_slope += pull @ scores
                count += 1
        apart = weights - first
        return (
            total / count + PENALTY * float(apart @ apart),
            np.append(slope / count + 2 * PENALTY * apart, scale_slope / count),
        )

    bounds = [(None, 0.0) if name == "unasked_card" else (0.0, None) for name in SIGNALS] + [(0.5, 20.0)]
    found = minimize(loss, np.append(first, first_scale), jac=True, method="L-BFGS-B", bounds=bounds)
    return replace(start, **{name: round(float(w), 3) for name, w in zip(SIGNALS, found.x[:-1], strict=True)})


def measure(examples: Sequence[Example], index: Index, weights: Weights) -> tuple[float, float]:
    """Mean evidence recall within 1,000 words, and mean reciprocal rank, of some examples under these weights."""
    weighed = replace(index, retriever=index.retriever.model_copy(update={"weights": weights}))
    recalls, ranks = [], []
    for example in examples:
        texts = [hit.passage.text for hit in retrieve(weighed, example.understood).hits]
        recalls.append(evidence_recall(example.judged.evidence, texts))
        ranks.append(reciprocal_rank(example.judged.evidence, texts))
    return float(np.mean(recalls)), float(np.mean(ranks))


def fit(examples: Sequence[Example], index: Index, console: Console) -> Weights:
    """All weights: the linear ones, then each of the others on its grid, the linear ones fitted anew each time."""
    best = fit_linear(examples, index, START)
    reached = sum(measure(examples, index, best))
    for name, values in GRID.items():
        for value in values:
            tried = fit_linear(examples, index, replace(START, **{n: getattr(best, n) for n in GRID} | {name: value}))
            if (score := sum(measure(examples, index, tried))) > reached:
                best, reached = tried, score
        console.print(f"{name} = {getattr(best, name)} : {reached / 2:.4f}")
    return best


@click.command()
@click.option("--folds", type=click.IntRange(min=2), default=5, show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Par défaut : vectorstore/weights.json.")
def main(folds: int, out: Path | None) -> None:
    """Ajuste les poids de la recherche sur la moitié « fit » des questions jugées."""
    console = Console(stderr=True)
    index = open_index(load_settings())
    examples = examples_of([q for q in load_questions(own_questions()) if q.split == "fit"], index)
    order = np.random.default_rng(0).permutation(len(examples))
    kept = np.array([0.0, 0.0])
    for fold in range(folds):
        apart = set(order[fold::folds].tolist())
        learnt = fit_linear([e for i, e in enumerate(examples) if i not in apart], index, START)
        kept += np.array(measure([examples[i] for i in sorted(apart)], index, learnt)) * len(apart) / len(examples)
    recall, rank = measure(examples, index, START)
    console.print(f"poids de départ : rappel {recall:.3f}, MRR {rank:.3f}")
    console.print(f"validation croisée ({folds} plis) : rappel {kept[0]:.3f}, MRR {kept[1]:.3f}")
    weights = fit(examples, index, console)
    recall, rank = measure(examples, index, weights)
    console.print(f"{len(examples)} questions ajustées : rappel {recall:.3f}, MRR {rank:.3f}")
    path = out or Path(str(resources.files("vectorstore").joinpath("weights.json")))
    path.write_bytes(dump_weights(weights))
    console.print(f"Poids écrits dans « {path.name} ».")


if __name__ == "__main__":
    main()
