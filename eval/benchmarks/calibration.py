"""How the decision to answer stands up on judged questions: its confusion matrix, and whether its chances are believed.

    python -m eval.benchmarks.calibration [--split held]

Prints Markdown for the README: the matrix, the Brier score and a reliability plot (Mermaid), as
`eval/analysis/decisions.py` defines them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from assistant.answer import Status
from assistant.chain import Assistant
from assistant.cli import run
from eval.analysis.decisions import Decision, brier, confusion, reliability
from eval.questions import load_questions, own_questions
from ingest.settings import load_settings


def as_markdown(decisions: Sequence[Decision]) -> str:
    """The matrix and the plot, as the README shows them."""
    counts, groups = confusion(decisions), reliability(decisions)
    rows = [
        f"| {name} | " + " | ".join(str(counts[answerable, status]) for status in Status) + " |"
        for answerable, name in ((True, "a une réponse dans le rapport"), (False, "n'en a pas"))
    ]
    axis = ", ".join(f'"{g.chance:.2f}"'.replace(".", ",") for g in groups)
    said = ", ".join(f"{g.chance:.2f}" for g in groups)
    right = ", ".join(f"{g.answerable:.2f}" for g in groups)
    return "\n".join(
        [
            "| la question | répondue | « n'en parle pas » | « rien de prouvable » |",
            "|---|---:|---:|---:|",
            *rows,
            "",
            f"Score de Brier : {brier(decisions):.3f}".replace(".", ","),
            "",
            "```mermaid",
            "xychart-beta",
            '    title "Part des questions qui ont une réponse (barres), chance annoncée (ligne)"',
            f"    x-axis [{axis}]",
            '    y-axis "part" 0 --> 1',
            f"    bar [{right}]",
            f"    line [{said}]",
            "```",
        ]
    )


@click.command()
@click.option("--questions", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--split", type=click.Choice(["fit", "held"]), default="held", show_default=True)
def main(questions: Path | None, split: str) -> None:
    """La décision de répondre, jugée : matrice de confusion et diagramme de fiabilité."""
    judged = [q for q in load_questions(questions or own_questions()) if questions or q.split == split]
    assistant = Assistant.open(load_settings())
    answers = [assistant.ask(q.asked()) for q in track(judged, "Questions", console=Console(stderr=True))]
    decisions = [Decision(a.trace.answerable, q.answerable, a.status) for a, q in zip(answers, judged, strict=True)]
    click.echo(as_markdown(decisions))


if __name__ == "__main__":
    run(main)
