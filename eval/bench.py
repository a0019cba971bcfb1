"""`make bench`: time and memory of the product on this machine, side by side in one run.

Each figure comes from fresh processes with a data folder of their own, as a user meets them.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import click
from rich.console import Console
from rich.table import Table

from eval.questions import JudgedQuestion, load_questions, own_questions

_REPEATS = 5
_COMMAND = (sys.executable, "-c", "from assistant.cli import main; main()")


def _timed(arguments: Sequence[str], home: Path, given: bytes = b"") -> tuple[float, bytes]:
    """Run the command line once; the seconds it took and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        [*_COMMAND, *arguments],
        input=given,
        env={**os.environ, "PRATIQUES_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout


def _batch(questions: Sequence[JudgedQuestion]) -> bytes:
    lines = [
        {
            "id": q.id,
            "question": q.question,
            "history": [{"role": t.role, "content": t.content} for t in q.history],
        }
        for q in questions
    ]
    return "\n".join(json.dumps(line) for line in lines).encode()


@click.command()
@click.option("--questions", type=click.Path(path_type=Path), help="Questions posées (par défaut : celles du projet).")
def bench(questions: Path | None) -> None:
    """Mesure le temps et la mémoire sur cette machine."""
    judged = load_questions(questions or own_questions())
    table = Table(title=f"Mesures sur cette machine, {len(judged)} questions")
    table.add_column("mesure")
    table.add_column("valeur", justify="right")
    builds, colds = [], []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(_REPEATS):
            builds.append(_timed(["ingest"], Path(folder) / str(n))[0])
            colds.append(_timed(["ask", "Qui finance le dispositif FLORA ?"], Path(folder) / str(n))[0])
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        _, output = _timed(["batch"], Path(folder) / "0", _batch(judged))
    times = [json.loads(line)["timing_ms"]["total"] for line in output.splitlines()]
    # Linux counts the peak in kibibytes; it is that of the largest child so far.
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    table.add_row("construire l'index (médiane)", f"{median(builds):.1f} s")
    table.add_row("« pratiques ask » à froid (médiane)", f"{median(colds):.1f} s")
    table.add_row("question à chaud (médiane)", f"{median(times):.0f} ms")
    table.add_row("question à chaud (95e centile)", f"{quantiles(times, n=20)[-1]:.0f} ms")
    table.add_row("mémoire de « batch » et des autres, au plus", f"{peak:.0f} Mo")
    Console(width=100).print(table)


if __name__ == "__main__":
    bench()
