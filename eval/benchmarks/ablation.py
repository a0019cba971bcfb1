"""What each kind of signal brings to the search: the same questions, with one kind more at each step.

    python -m eval.benchmarks.ablation [--questions FILE] [--split fit|held|all]

Each step has linear weights of its own, fitted on the fit half (`eval.fitting.search`), so that none is judged by
weights meant for the company of others. Before the last, a question is its words as typed, without its conversation.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from assistant.answer import Question
from assistant.cli import run
from assistant.retrieval import retrieve
from assistant.understanding import Understood, understand
from eval.benchmarks.rivals import Quality, chosen, markdown, number, options, quality
from eval.fitting.search import GRID, START, Example, examples_of, fit_linear
from eval.partial_retriever import PartialRetriever
from eval.questions import JudgedQuestion
from ingest.settings import Settings
from vectorstore.fusion import Weights, fitted_weights
from vectorstore.hits import Query
from vectorstore.index import Index, build_index


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of signal more: its French name, and the weights that may count from then on."""

    name: str
    adds: frozenset[str]
    understood: bool = False
    """Whether the question is searched as it was understood, or as typed."""


STEPS = (
    Step("BM25 sur le texte des passages", frozenset({"text"})),
    Step(
        "+ structure du rapport",
        frozenset({"place", "card", "neighbour", "fiche", "field", "fiche_field", "section", "unasked_card"}),
    ),
    Step("+ index de questions", frozenset({"questions", "words"})),
    Step("+ plongement", frozenset({"vector", "asked"})),
    Step(
        "+ compréhension de la question",
        frozenset({"names", "context", "gloss", "translation", "each"}),
        understood=True,
    ),
)


def kept_at(step: Step) -> frozenset[str]:
    """The weights that may count at a step: its own and those of the steps before it."""
    return frozenset[str]().union(*(s.adds for s in STEPS[: STEPS.index(step) + 1]))


def as_typed(index: Index, question: JudgedQuestion) -> Understood:
    """A question as its own words, without its conversation; the places that they name are structure, and stay."""
    named = understand(index, Question(question.question))
    places = named.query
    query = Query(question.question, fiches=places.fiches, fields=places.fields, sections=places.sections)
    return replace(named, query=query)


def at_step(index: Index, step: Step, fitting: Sequence[Example]) -> Index:
    """The index as it is searched at a step, by weights fitted for it on these examples."""
    kept = kept_at(step)
    shipped = fitted_weights()
    # The weights that are not linear are those that ship: the fit of the linear ones takes them as they are.
    start = replace(START, **{name: getattr(shipped, name) for name in GRID})
    start = replace(start, **{name: 0.0 for name in Weights.__slots__ if name not in kept})
    whole = index.retriever
    blind = PartialRetriever(
        passages=whole.passages,
        lexical=whole.lexical,
        dense=whole.dense,
        sentences=whole.sentences,
        weights=start,
        kept=kept,
    )
    weights = fit_linear(fitting, replace(index, retriever=blind), start)
    return replace(index, retriever=blind.model_copy(update={"weights": weights}))


def ablate(index: Index, fitting: Sequence[Example], judged: Sequence[JudgedQuestion]) -> list[tuple[Step, Quality]]:
    """The quality of the search on the judged questions, step by step."""
    plain_fitting = [replace(e, understood=as_typed(index, e.judged)) for e in fitting]
    plain = [as_typed(index, q) for q in judged]
    understood = [understand(index, q.asked()) for q in judged]
    found = []
    for step in track(STEPS, "Étapes", console=Console(stderr=True)):
        partial = at_step(index, step, fitting if step.understood else plain_fitting)
        hits = [retrieve(partial, u).hits for u in (understood if step.understood else plain)]
        found.append((step, quality(judged, [[h.passage.text for h in of] for of in hits])))
    return found


@click.command()
@options
def main(questions: Path | None, split: str) -> None:
    """Ce qu'apporte chaque sorte de signal à la recherche, une de plus à chaque étape."""
    judged = chosen(questions, split)
    with tempfile.TemporaryDirectory() as home:
        index, _ = build_index((), Settings(home=Path(home)), lambda label, done, total: None)
        with closing(index):
            found = ablate(index, examples_of(chosen(None, "fit"), index), judged)
    rows = [[step.name, number(q.recall), number(q.mrr), number(q.paraphrases)] for step, q in found]
    heads = ["recherche", "preuves retrouvées en 1 000 mots", "MRR", "preuves retrouvées, paraphrases"]
    click.echo(f"\n{len(judged)} questions, poids ajustés sur la moitié « fit »\n\n{markdown(heads, rows)}")


if __name__ == "__main__":
    run(main)
