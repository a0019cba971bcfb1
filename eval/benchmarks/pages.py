"""`python -m eval.benchmarks.pages`: how long the pages take in a browser, on a warm server.

A server of its own answers in a real Chromium, over a data folder of its own: from Enter to the answer on the screen,
and from a click on a page's name to its heading, the queue of reviews with a thousand of them brought in. Medians and
worst of several times are printed as a Markdown table.
It needs playwright (`pip install -e '.[bench]'`) and a Chromium.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import click
from rich.console import Console

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.cli import run
from assistant.database import Database
from assistant.records import Record
from assistant.wording import EXAMPLE_QUESTIONS
from eval.review.files import as_json_lines, check_file, keep
from eval.review.item import Item, Source
from eval.review.marks import Mark, Review, positions
from eval.review.store import Reviews
from ingest.errors import PratiquesError
from ingest.settings import Settings

_TIMES = 5
_REVIEWS, _RATERS = 1000, ("Anne", "Luc")
_PATIENCE_S = 120
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
_PAGES = {
    "Lire": "lire",
    "Fiches": "fiches",
    "Enquête": "enquete",
    "Comparer": "comparer",
    "Couverture": "couverture",
    "Contrôle": "controle",
    "Évaluation": "evaluation",
    "Aide": "aide",
    "Discuter": "",
}
"""The pages by their names, and the path of each."""


@click.command()
def pages() -> None:
    """Mesure les pages dans un navigateur, sur un serveur déjà chaud."""
    console = Console(soft_wrap=True, highlight=False)
    chromium = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if chromium is None or find_spec("playwright") is None:
        console.print("Pages non mesurées : il y faut playwright et un Chromium.")
        return
    sync_playwright = import_module("playwright.sync_api").sync_playwright

    with tempfile.TemporaryDirectory() as home, _server(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.get_by_role("textbox").wait_for(timeout=_PATIENCE_S * 1000)
        answers = [_seconds(_ask, page, question) for question in EXAMPLE_QUESTIONS * 2]
        taken_in = _bring_reviews_in(Settings(home=Path(home)))
        page.goto(f"{address}/controle?relecteur={_RATERS[0]}")
        page.get_by_role("link", name=EXAMPLE_QUESTIONS[0]).first.wait_for(timeout=_PATIENCE_S * 1000)
        rounds = [{name: _seconds(_switch, page, name) for name in _PAGES} for _ in range(_TIMES)]
        browser.close()
    lines = [_line("réponse à l'écran après Entrée", answers[1:])]  # the first question warms the server
    lines += [_line(f"{_REVIEWS} relectures importées (contrôle et écriture)", [taken_in])]
    lines += [_line(f"page « {name} »", [taken[name] for taken in rounds[1:]]) for name in _PAGES]
    console.print("\n".join(["| mesure | médiane | au pire |", "|---|---:|---:|", *lines]), markup=False)


def _bring_reviews_in(settings: Settings) -> float:
    """Bring in reviews of two raters as a file does; gives the seconds that it takes."""
    assistant = Assistant.open(settings)
    lines: list[str] = []
    for at in range(_REVIEWS // len(_RATERS)):
        answer, judged = assistant.explain(Question(EXAMPLE_QUESTIONS[at % len(EXAMPLE_QUESTIONS)]))
        item = Item.of(Record.of(answer, judged, settings), Source.BATCH, "questions.jsonl")
        marks = tuple(Mark(p, 100, 25 if p else None, version=1) for p in positions(item.sentences))
        reviews = [Review(item.id, name, False, marks, item.added, item.added, item.added) for name in _RATERS]
        lines += as_json_lines([(item, reviews)])
    with closing(Database.open(settings)) as database:
        store = Reviews(database)
        start = time.perf_counter()
        keep(check_file("".join(lines).encode(), store, assistant.index), store)
        return time.perf_counter() - start


def _line(name: str, seconds: list[float]) -> str:
    said = (f"{value:.2f} s".replace(".", ",") for value in (median(seconds), max(seconds)))
    return f"| {name} | {' | '.join(said)} |"


def _seconds(act: Callable[[Any, str], None], page: Any, what: str) -> float:
    start = time.perf_counter()
    act(page, what)
    return time.perf_counter() - start


def _ask(page: Any, question: str) -> None:
    before = page.locator(".answer[role=group]").count()
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    page.locator(".answer[role=group]").nth(before).wait_for()


def _switch(page: Any, name: str) -> None:
    """Click on the name of a page, and wait until it is drawn to its end."""
    page.get_by_test_id("stTopNavLink").get_by_text(name, exact=True).click()
    page.wait_for_function("path => location.pathname.slice(1) === path", arg=_PAGES[name])
    page.wait_for_function("!document.querySelector('[data-test-script-state=running]')")
    page.locator("h1").first.wait_for(state="attached")


@contextmanager
def _server(home: Path) -> Iterator[str]:
    """The address of a server over an empty data folder; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = Path(__file__).resolve().parents[2] / "ui" / "app.py"
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    env = {**os.environ, "PRATIQUES_HOME": str(home)}
    process = subprocess.Popen(
        command, cwd=app.parent.parent, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        limit = time.monotonic() + _PATIENCE_S
        while not _healthy(port):
            if process.poll() is not None or time.monotonic() > limit:
                raise PratiquesError("Le serveur de l'interface n'a pas démarré. Essayez « pratiques ui ».")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _healthy(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except URLError:
        return False


if __name__ == "__main__":
    run(pages)
