"""`pratiques eval …`: the judged questions, from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.chain import Assistant
from assistant.cli import run as run_command
from eval.questions import load_questions, own_questions
from eval.run import Outcome, figures, measure
from ingest.settings import load_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Mesure le produit sur des questions jugées."""


@cli.command()
@click.option("--questions", type=click.Path(path_type=Path), help="Questions jugées (par défaut : celles du projet).")
@click.option("--split", type=click.Choice(["fit", "held", "all"]), default="all", show_default=True)
def run(questions: Path | None, split: str) -> None:
    """Pose les questions jugées et donne les mesures par type et par profil."""
    judged = [q for q in load_questions(questions or own_questions()) if split in ("all", q.split)]
    assistant = Assistant.open(load_settings())
    console = Console(stderr=True)
    outcomes = [
        measure(q, assistant.ask(q.asked()), assistant.index)
        for q in track(judged, "Questions jugées", console=console)
    ]
    table = Table(title=f"{len(outcomes)} questions jugées")
    for head in ("", "questions", "rappel 1 000 mots", "MRR", "faits clés", "statut juste", "mots", "ms"):
        table.add_column(head, justify="left" if not head else "right")
    for name, group in _groups(outcomes):
        f = figures(group)
        shares = (f"{share:.2f}" for share in (f.recall, f.mrr, f.key_facts, f.right_status))
        table.add_row(name, str(f.count), *shares, f"{f.median_words:.0f}", f"{f.median_ms:.0f}")
    out = Console(width=110)
    out.print(table)
    cited, unfound = sum(o.citations for o in outcomes), sum(o.unfound for o in outcomes)
    out.print(f"{cited} citations, {unfound} introuvables dans le rapport.")


def _groups(outcomes: list[Outcome]) -> Iterable[tuple[str, list[Outcome]]]:
    yield "ensemble", outcomes
    keys: tuple[Callable[[Outcome], str], ...] = (lambda o: o.type, lambda o: o.persona)
    for key in keys:
        for name in sorted({key(o) for o in outcomes}):
            yield name, [o for o in outcomes if key(o) == name]


def main(arguments: list[str]) -> None:
    """Run `pratiques eval` with these arguments."""
    run_command(cli, arguments)
