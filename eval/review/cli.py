"""`pratiques review …`: the reviews taken away and brought back, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import click
from rich.console import Console

from assistant.chain import Assistant
from assistant.cli import run as run_command
from assistant.database import Database
from eval.review.files import Checked, Refused, Standing, as_csv, as_json_lines, check_file, keep
from eval.review.item import Source
from eval.review.queue import Queue
from eval.review.store import Reviews
from ingest.errors import PratiquesError, StorageError
from ingest.saving import save_whole
from ingest.settings import load_settings

_TOLD = 20
"""Refused lines that are shown; the others are counted."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Les relectures de réponses : notes, raisons, arbitrages."""


@cli.command()
@click.option("--out", metavar="FICHIER", default="-", help="Un fichier .csv ou .jsonl ; « - » : la sortie standard.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), help="Par défaut : celui du nom, sinon jsonl.")
@click.option("--source", type=click.Choice([s.value for s in Source]), help="Ces réponses seulement.")
def export(out: str, form: str | None, source: str | None) -> None:
    """Écrit toutes les relectures : en CSV, une ligne par note ; en JSON, de quoi tout recalculer et réimporter."""
    written = form or ("csv" if out.lower().endswith(".csv") else "jsonl")
    with _reviews() as store:
        reviewed = store.all(Queue(source=Source(source) if source else None))
        lines = as_csv(reviewed) if written == "csv" else as_json_lines(reviewed)
        _write("".join(lines).encode("utf-8"), out)


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FICHIER")
@click.option("--partiel", "partly", is_flag=True, help="Garde les bonnes lignes même si d'autres sont refusées.")
def import_(file: Path, partly: bool) -> None:
    """Reprend des relectures exportées. Si une ligne est refusée, rien n'est gardé, sauf avec --partiel."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PratiquesError(f"« {file} » ne peut pas être lu ({error.strerror}). Vérifiez le chemin.") from error
    err = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    with err.status("Ouverture de l'index"):
        assistant = Assistant.open(load_settings())
    with _reviews() as store:
        checked = check_file(content, store, assistant.index)
        _tell(checked.refused, err)
        if checked.refused and not partly:
            raise PratiquesError(
                f"Rien n'a été gardé : {_lines(len(checked.refused))}, {_reviewed(checked)} à garder. Corrigez le "
                "fichier, ou ajoutez --partiel pour ne garder que les bonnes."
            )
        kept = keep(checked, store)
    here = sum(good.standing is Standing.SAME for good in checked.good)
    newer = sum(good.standing is Standing.NEWER for good in checked.good)
    click.echo(f"Gardées : {kept}, dont {newer} à la place d'une plus ancienne. Déjà là : {here}.")


@contextmanager
def _reviews() -> Iterator[Reviews]:
    with closing(Database.open(load_settings())) as database:
        yield Reviews(database)


def _tell(refused: Sequence[Refused], err: Console) -> None:
    for one in refused[:_TOLD]:
        err.print(f"Ligne {one.line} : {one.reason}.")
    if len(refused) > _TOLD:
        err.print(f"… et {_lines(len(refused) - _TOLD)} de plus.")


def _lines(count: int) -> str:
    return f"{count} lignes refusées" if count > 1 else f"{count} ligne refusée"


def _reviewed(checked: Checked) -> str:
    count = len(checked.to_keep)
    return f"{count} relecture{'s' if count > 1 else ''}"


def _write(content: bytes, out: str) -> None:
    if out == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        save_whole(Path(out), content)
    except OSError as error:
        raise StorageError(
            f"« {out} » ne peut pas être écrit ({error.strerror}). Vérifiez le chemin, la place et vos droits."
        ) from error


def main(arguments: list[str]) -> None:
    """Run `pratiques review` with these arguments."""
    run_command(cli, arguments)
