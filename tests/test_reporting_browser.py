"""The view that makes the evaluation report, in a real Chromium, and the page of HTML that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, Visit, overflow, serving, settled, violations
from playwright.sync_api import Page, expect
from reviews import FLORA, NOON, UNKNOWN, item_of, mark_all
from trials import trial_of, vote

from assistant.chain import Assistant
from assistant.database import Database
from eval.questions import load_questions, own_questions
from eval.record import record, write_run
from eval.report import labels as said
from eval.report import limit_labels as limits
from eval.review.store import Reviews
from eval.run import ask
from eval.trials.store import Trials
from eval.trials.trial import Choice
from ingest.settings import Settings
from ui.evaluation import reporting_labels as labels

pytestmark = IN_A_BROWSER
expect.set_options(timeout=30_000)
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop, dark", "phone, light"]
)
WORD, HTML = labels.FORMATS["docx"][0], labels.FORMATS["html"][0]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, settings: Settings, assistant: Assistant) -> Iterator[str]:
    """The address of a server with a run, two reviewed answers and a blind trial."""
    home = tmp_path_factory.mktemp("bench") / "home"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index", target_is_directory=True)
    held = [question for question in load_questions(own_questions()) if question.split == "held"]
    outcomes = [ask(question, assistant) for question in held[:6]]
    write_run(record(outcomes, assistant.index, own_questions(), "held", NOON), None, home)
    with closing(Database.open(Settings(home=home))) as database:
        reviews, trials, trial = Reviews(database), Trials(database), replace(trial_of(assistant), name="Deux moteurs")
        answer, refusal = item_of(assistant), item_of(assistant, UNKNOWN)
        reviews.add([answer, refusal])
        mark_all(reviews, answer, "Anne", 80, 20)
        mark_all(reviews, refusal, "Anne")
        trials.add(trial)
        trials.vote(trial, 1, "Anne", vote(1, Choice.FIRST).choice)
    with serving(home) as address:
        yield address


@pytest.fixture
def open_view(bench: str, visit: Visit) -> Callable[..., Page]:
    def open_page(**look: object) -> Page:
        page = visit("evaluation?volet=rapport", address=bench, **look)
        page.get_by_role("button", name=HTML).wait_for()
        settled(page)
        return page

    return open_page


def taken(page: Page, words: str, folder: Path) -> Path:
    with page.expect_download() as expected:
        page.get_by_role("button", name=words, exact=True).click()
    path = folder / expected.value.suggested_filename
    expected.value.save_as(path)
    return path


def test_the_outline_and_the_limits_are_shown_before_the_report_is_taken(open_view: Callable[..., Page]) -> None:
    page = open_view()

    parts = page.get_by_role("list").filter(has=page.get_by_text(said.ESSENTIALS, exact=True)).get_by_role("listitem")
    assert parts.all_inner_texts() == [
        said.ESSENTIALS, said.EVALUATED, said.SAMPLE, said.METHOD, said.FIGURES, said.REVIEWS, said.EXAMPLES,
        said.LIMITS,
    ]  # fmt: skip
    expect(page.get_by_text(limits.ONE_RATER)).to_be_visible()


def test_the_word_file_has_the_title_the_author_and_the_parts_chosen(
    open_view: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_view()
    page.get_by_label(labels.TITLE).fill("Bilan de mars")
    page.get_by_label(labels.AUTHOR).fill("Le service Études")
    page.get_by_label(labels.AUTHOR).press("Tab")
    page.get_by_role("combobox", name=labels.TRIALS).click()
    page.get_by_role("option", name="Deux moteurs").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text(limits.one_voter("Deux moteurs"))).to_be_visible()
    settled(page)
    path = taken(page, WORD, tmp_path)

    assert path.name == "pratiques-bilan-de-mars.docx"
    paragraphs = docx.Document(BytesIO(path.read_bytes())).paragraphs
    assert paragraphs[0].text == "Bilan de mars"
    assert "Établi par Le service Études." in [p.text for p in paragraphs]
    assert {said.TRIALS, "Deux moteurs"} <= {p.text for p in paragraphs if p.style.name.startswith("Heading")}


def test_without_a_run_the_report_is_on_the_reviews_alone(open_view: Callable[..., Page]) -> None:
    page = open_view()
    page.get_by_role("combobox", name=labels.RUN).click()
    page.get_by_role("option", name=labels.NO_RUN).click()

    expect(page.get_by_text(limits.NO_RUN)).to_be_visible()
    expect(page.get_by_role("listitem").get_by_text(said.FIGURES, exact=True)).to_have_count(0)


@LOOKS
def test_the_view_is_accessible_and_never_wider_than_the_window(
    open_view: Callable[..., Page], size: tuple[int, int], scheme: str
) -> None:
    page = open_view(size=size, scheme=scheme)

    assert violations(page) == []
    assert overflow(page) <= 0


@LOOKS
def test_the_page_of_html_is_accessible_and_never_wider_than_the_window(
    open_view: Callable[..., Page], size: tuple[int, int], scheme: str, tmp_path: Path
) -> None:
    page = open_view(size=size, scheme=scheme)
    path = taken(page, HTML, tmp_path)
    page.goto(path.as_uri())

    assert page.locator("h1").inner_text() == said.TITLE
    assert page.locator("h4").first.inner_text().startswith(FLORA.removesuffix(" ?"))
    assert violations(page) == []
    assert overflow(page) <= 0


def test_a_number_of_the_page_leads_to_its_reference_and_back(open_view: Callable[..., Page], tmp_path: Path) -> None:
    page = open_view()
    page.goto(taken(page, HTML, tmp_path).as_uri())
    call = page.locator("[role=doc-noteref]").first
    call.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#reference-1")
    page.locator("#reference-1 [role=doc-backlink]").first.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith(f"#{call.get_attribute('id')}")
