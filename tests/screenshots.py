"""`python tests/screenshots.py` takes the pictures of the pages that the README shows, into `ui/screenshots/`."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from browser import CHROMIUM, DESKTOP, FLAGS, PHONE, ROOT, WAIT_S, serving, settled
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from reviews import item_of, mark_all

from assistant.chain import Assistant
from assistant.database import Database
from eval.questions import load_questions, own_questions
from eval.record import record, write_run
from eval.review.marks import Mark
from eval.review.store import Reviews
from eval.run import ask as measure
from ingest.settings import Settings
from ui.chat import labels
from ui.workshop import labels as workshop

QUESTION = "Qui finance le dispositif FLORA ?"
THEME = "pair"
WIDTH, COLOURS = {DESKTOP: 800, PHONE: 292}, 48
ON_A_PHONE = {"refus", "discuter", "fiches", "comparer", "quiz"}
ON_A_DESK = {
    *("discuter", "lire", "fiches", "fiche", "enquete", "comparer", "atelier", "quiz", "couverture", "aide"),
    *("controle", "accord", "evaluation", "comparaison"),
}
MEASURED = 60
"""Judged questions of each run that the pages show."""
PAGES = {
    "fiches": "fiches",
    "fiche": "fiches?fiche=4a",
    "enquete": "enquete?theme=Qui+a+r%C3%A9pondu",
    "comparer": "comparer?fiches=1c,1d&rubriques=territoire,financements",
    "couverture": "couverture",
    "aide": "aide",
}


def main() -> None:
    """Take them all."""
    folder = ROOT / "ui" / "screenshots"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home) / "home") as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for size, suffix in ((DESKTOP, ""), (PHONE, "-telephone")):
            page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
            page.goto(address)
            page.get_by_role("heading", name=labels.WELCOME_TITLE).wait_for(timeout=WAIT_S * 1000)
            for name in shown(page, address, Path(home) / "home"):
                if name in (ON_A_PHONE if size == PHONE else ON_A_DESK):
                    save(page, folder / f"{name}{suffix}.png", WIDTH[size])
        browser.close()


def shown(page: Page, address: str, home: Path) -> Iterator[str]:
    """Bring each thing to see on the screen, and give its name."""
    ask(page, "Quelle est la recette de la pizza aux anchois ?")
    yield "refus"
    ask(page, QUESTION)
    page.locator(".answer .mark").first.click()
    page.get_by_role("dialog").locator("mark").first.wait_for()
    yield "discuter"
    page.get_by_role("dialog").get_by_role("link", name=labels.READ_ON).click()
    page.locator("mark.current").first.wait_for()
    yield "lire"
    for name, path in PAGES.items():
        page.goto(f"{address}/{path}")
        page.get_by_role("heading", level=1).first.wait_for(state="attached")
        yield name
    page.goto(f"{address}/atelier")
    page.get_by_label(workshop.THEMES).click()
    page.keyboard.type(THEME)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=workshop.MAKE).click()
    page.get_by_role("heading", name="Accueil et objectifs").wait_for(timeout=WAIT_S * 1000)
    yield "atelier"
    page.get_by_text(workshop.PLAY).click()
    page.get_by_role("radio").first.wait_for()
    yield "quiz"
    yield from bench(page, address, evaluated(home))


def bench(page: Page, address: str, item: str) -> Iterator[str]:
    """The evaluators' pages."""
    for name, path in {
        "controle": f"controle?relecteur=Anne&reponse={item}",
        "accord": "controle?relecteur=Zoé&volet=accord",
        "comparaison": "evaluation?volet=comparer",
    }.items():
        page.goto(f"{address}/{path}")
        page.get_by_role("heading", level=1).first.wait_for(state="attached")
        yield name
    page.goto(f"{address}/evaluation")
    page.locator("table a").first.click()
    page.get_by_role("heading", level=2).first.wait_for()
    yield "evaluation"


def evaluated(home: Path) -> str:
    """Two runs, and answers that two persons reviewed; gives the id of one that the first has begun."""
    settings = Settings(home=home)
    assistant = Assistant.open(settings)
    judged = [q for q in load_questions(own_questions()) if q.split == "held"][:MEASURED]
    for count in (MEASURED, MEASURED - 10):
        outcomes = [measure(question, assistant) for question in judged[:count]]
        write_run(record(outcomes, assistant.index, own_questions(), "held", datetime.now(UTC), settings), None, home)
    with closing(Database.open(settings)) as database:
        store = Reviews(database)
        items = [item_of(assistant, question.question) for question in judged[:12]]
        store.add(items)
        for at, item in enumerate(items[1:]):
            mark_all(store, item, "Anne", *((80, 20) if at % 4 == 1 else (100, 25)))
            mark_all(store, item, "Luc", *((80, 20) if at % 3 == 1 else (100, 25)))
        store.mark(items[0].id, "Anne", Mark(1, 100, 25))
        return items[0].id


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.get_by_role("textbox").press("Enter")
    page.get_by_role("article").filter(has_text=question).locator(".answer[role=group]").wait_for()


def save(page: Page, path: Path, width: int) -> None:
    """Keep what the window shows once it is still, scaled down and with few colours."""
    settled(page)
    page.wait_for_timeout(2500)
    picture = Image.open(io.BytesIO(page.screenshot()))
    small = picture.convert("RGB").resize(
        (width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS
    )
    small.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
