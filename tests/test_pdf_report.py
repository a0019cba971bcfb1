"""The report as a PDF gives what the report as Markdown gives: fiches, passages and pages."""

from pathlib import Path

import pytest
from pdf_factory import make_pdf

from ingest.contents import is_fiche_heading, read_contents
from ingest.folding import letters
from ingest.markdown import read_markdown
from ingest.records import Report
from ingest.settings import Settings
from ingest.sources import bundled_path, find_sources, read_sources

pytestmark = pytest.mark.slow


def read(settings: Settings, *paths: Path) -> list[Report]:
    return read_sources(find_sources(paths, settings), settings, lambda label, done, total: None)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Report]:
    """The bundled Markdown, and a paginated PDF of it: running heads, hyphenation, fiches on their printed pages."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    blocks = read_markdown(bundled_path().read_text("utf-8"))
    pages = read_contents(blocks).fiches
    starts = {i: int(pages[found[1].lower()]) for i, b in enumerate(blocks) if (found := is_fiche_heading(b))}
    pdf = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    make_pdf(pdf, blocks, running_head="Pratiques émergentes du travail social", start_pages=starts)
    return read(settings)[0], read(settings, pdf)[0]


def test_the_pdf_holds_the_same_fiches_with_the_same_cards_fields_and_pages(reports: tuple[Report, Report]) -> None:
    def facts(report: Report) -> list[tuple[object, ...]]:
        return [
            (f.id, f.title, f.theme, f.page, f.territoire, f.annee, f.initiateurs, f.publics, f.fields)
            for f in report.fiches
        ]

    markdown, pdf = reports
    assert facts(pdf) == facts(markdown)
    assert len(pdf.fiches) == 21


def test_nineteen_passages_in_twenty_are_the_same_to_the_letter(reports: tuple[Report, Report]) -> None:
    markdown, pdf = reports
    from_pdf = {p.id: letters(p.text) for p in pdf.passages}
    same = [p.id for p in markdown.passages if from_pdf.get(p.id) == letters(p.text)]
    assert len(same) >= 0.95 * len(markdown.passages)
    assert {p.id for p in markdown.passages} <= from_pdf.keys()


def test_each_fiche_starts_on_the_printed_page_that_the_contents_give(reports: tuple[Report, Report]) -> None:
    _, pdf = reports
    cards = {p.fiche: p for p in pdf.passages if p.field == "carte"}
    assert {f: p.page for f, p in cards.items()} == {f.id: f.page for f in pdf.fiches}
    assert all(p.page_exact and p.physical_pages for p in cards.values())


def test_passages_of_a_fiche_stand_between_its_first_page_and_that_of_the_next(reports: tuple[Report, Report]) -> None:
    _, pdf = reports
    starts = [int(f.page or 0) for f in pdf.fiches]
    ends = [*starts[1:], 10_000]
    span = {f.id: (a, b) for f, a, b in zip(pdf.fiches, starts, ends, strict=True)}
    for passage in pdf.passages:
        if passage.fiche and passage.field:
            first, following = span[passage.fiche]
            assert all(first <= int(page) < following for page in passage.pages), passage.id


def test_running_heads_and_page_numbers_are_in_no_passage(reports: tuple[Report, Report]) -> None:
    markdown, pdf = reports
    assert "Pratiques émergentes du travail social\n" not in pdf.text
    # Nothing is longer in the PDF but the handful of table cells that wrap differently.
    assert len(letters(pdf.text)) <= 1.005 * len(letters(markdown.text))
