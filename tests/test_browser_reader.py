"""The reader in a real Chromium: the cited words are on the screen, and the way from each to the next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import DESKTOP, IN_A_BROWSER, PHONE, overflow, serving, settled, violations
from pdf_factory import make_pdf
from playwright.sync_api import Page, expect

from assistant.answer import Citation, Question
from assistant.chain import Assistant
from assistant.database import Conversations, Database
from assistant.records import Record
from ingest.records import Block, BlockKind
from ingest.settings import Settings
from ingest.sources import bundled_path
from ui.reader import labels
from vectorstore.index import build_index

pytestmark = IN_A_BROWSER

REPORT = "Quels freins aux conférences familiales en Gironde ?"
PDF = "Que propose la ludothèque itinérante de Kerlouan ?"
BLOCKS = [
    Block(BlockKind.HEADING, "La ludothèque itinérante", 1),
    Block(
        BlockKind.PARAGRAPH,
        "La ludothèque itinérante de Kerlouan propose des jeux coopératifs aux familles du littoral, le mercredi. "
        "Elle est portée par une association de parents et par le centre social, avec deux salariées.",
    ),
    *(Block(BlockKind.PARAGRAPH, f"Le trajet numéro {n} passe par les hameaux de la côte. " * 6) for n in range(20)),
]


@dataclass(frozen=True)
class Library:
    """A server over the report and a PDF, and an answer kept from each."""

    address: str
    pdf: Path
    report: str
    report_citations: tuple[Citation, ...]
    printed: str
    printed_citation: Citation


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    settings = Settings(home=folder / "home")
    pdf = make_pdf(folder / "ludotheque.pdf", BLOCKS, running_head="La ludothèque")
    index, _ = build_index([bundled_path(), pdf], settings, lambda label, done, total: None)
    assistant = Assistant(index, settings)
    database = Database.open(settings)
    kept = []
    for question in (REPORT, PDF):
        answer, judged = assistant.explain(Question(question))
        kept.append((Conversations(database).add(Record.of(answer, judged, settings)).id, answer.citations))
    database.close()
    index.close()
    (report, cited), (printed, from_pdf) = kept
    with serving(settings.home) as address:
        yield Library(address, pdf, report, cited, printed, next(c for c in from_pdf if c.document == "ludotheque"))


@pytest.fixture
def reading(visit: Callable[..., Page], library: Library) -> Callable[..., Page]:
    """Open a place of the reader of the library's server."""

    def open_place(place: str = "", size: tuple[int, int] = DESKTOP, scheme: str = "light") -> Page:
        return visit(f"lire?{place}", size, scheme, library.address)

    return open_place


def shown(page: Page, citation: Citation) -> None:
    """The words of a citation, no more and no less, are highlighted where they can be read."""
    mark = page.locator("mark.current").first
    expect(mark).to_have_text(re.compile(re.escape(citation.quote.split("\n")[0])))
    expect(mark).to_be_in_viewport(ratio=0.9)
    words = page.locator("mark.current").evaluate_all(
        "marks => marks.map(m => [...m.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')).join('')"
    )
    assert words == citation.quote
    bar = page.get_by_role("navigation", name=labels.CITATIONS).bounding_box()
    place = mark.bounding_box()
    assert bar is not None
    assert place is not None
    assert place["y"] >= bar["y"] + bar["height"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_cited_words_are_highlighted_and_on_the_screen(
    size: tuple[int, int], reading: Callable[..., Page], library: Library
) -> None:
    page = reading(f"reponse={library.report}&source=1", size)
    shown(page, library.report_citations[0])
    expect(page.locator("mark.current").first).to_be_focused()
    assert overflow(page) <= 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_next_citation_is_shown_and_the_address_follows(
    size: tuple[int, int], reading: Callable[..., Page], library: Library
) -> None:
    page = reading(f"reponse={library.report}&source=1", size)
    page.get_by_role("link", name=labels.NEXT_CITATION).click()
    total = len(library.report_citations)
    page.get_by_text(labels.citation_heading(2, total)).wait_for()
    shown(page, library.report_citations[1])
    assert page.url.endswith(f"reponse={library.report}&source=2")
    page.get_by_role("link", name=labels.PREVIOUS_CITATION).click()
    page.get_by_text(labels.citation_heading(1, total)).wait_for()
    shown(page, library.report_citations[0])


def test_the_conversation_is_one_click_away(reading: Callable[..., Page], library: Library) -> None:
    page = reading(f"reponse={library.report}&source=1")
    page.get_by_role("link", name=labels.BACK).click()
    page.get_by_role("heading", name=REPORT).first.wait_for()


def test_a_footnote_is_shown_where_it_is_called_and_leads_back(reading: Callable[..., Page]) -> None:
    page = reading("partie=2d")
    call = page.get_by_role("button", name=labels.note(21), exact=True)
    call.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_contain_text("Travail Alternatif Payé À la Journée")
    expect(call).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_have_count(0)
    page.get_by_role("button", name=labels.back_to_call(21)).click()
    expect(call).to_be_focused()
    expect(call).to_be_in_viewport()


def test_the_contents_lead_to_a_part_whose_address_can_be_copied(reading: Callable[..., Page]) -> None:
    page = reading()
    page.get_by_role("link", name=re.compile("Fiche 4a")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Fiche 4a : Dispositif FLORA"))
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Fiche 4a : Dispositif FLORA"))
    page.get_by_role("link", name=re.compile("^Suivant : Fiche 4b")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Fiche 4b"))


def test_a_passage_that_is_asked_for_is_on_the_screen(reading: Callable[..., Page]) -> None:
    page = reading("passage=fiche-1c/effets/1")
    expect(page.locator("[data-passages='fiche-1c/effets/1']").first).to_be_in_viewport()


def test_on_a_phone_the_contents_are_folded_and_nothing_is_wider_than_the_screen(reading: Callable[..., Page]) -> None:
    page = reading("partie=annexe-analyse", PHONE)
    assert overflow(page) <= 0
    fiche = page.get_by_role("link", name=re.compile("Fiche 1c"))
    expect(fiche).to_be_hidden()
    page.get_by_text(labels.CONTENTS, exact=True).click()
    fiche.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Fiche 1c"))
    expect(fiche).to_be_hidden()
    assert overflow(page) <= 0


@pytest.mark.parametrize(
    "place", ["partie=rien", "passage=rien/1", "reponse=000000000000&source=1", "reponse={}&source=99"]
)
def test_a_wrong_address_is_said_calmly_with_the_way_to_the_start(
    place: str, reading: Callable[..., Page], library: Library
) -> None:
    page = reading(place.format(library.report))
    expect(page.get_by_role("heading", name=labels.NOWHERE)).to_be_visible()
    page.get_by_role("button", name=labels.START).click()
    page.get_by_role("link", name="Introduction", exact=True).wait_for()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_page_of_a_pdf_is_shown_with_boxes_over_the_cited_words(
    size: tuple[int, int], reading: Callable[..., Page], library: Library
) -> None:
    citation = library.printed_citation
    page = reading(f"reponse={library.printed}&source={citation.number}", size)
    shown(page, citation)
    page.get_by_role("link", name=labels.PAGE, exact=True).click()
    picture = page.get_by_role("img", name=re.compile(re.escape(f"« {citation.quote} »")))
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 1000")
    boxes = page.locator(".box.current")
    assert boxes.count() >= 1
    expect(boxes.first).to_be_in_viewport()
    assert overflow(page) <= 0
    page.get_by_role("link", name=labels.NEXT_SHEET).click()
    page.get_by_text("Page 2 sur").wait_for()
    page.get_by_role("link", name=labels.TEXT, exact=True).click()
    shown(page, citation)


def test_where_the_file_has_changed_the_text_is_read_and_it_is_said(
    reading: Callable[..., Page], library: Library
) -> None:
    as_it_was = library.pdf.read_bytes()
    library.pdf.write_bytes(as_it_was + b"\n")
    try:
        page = reading(f"reponse={library.printed}&source={library.printed_citation.number}&vue=page")
        expect(page.get_by_role("status").filter(has_text="a changé depuis")).to_be_visible()
        shown(page, library.printed_citation)
    finally:
        library.pdf.write_bytes(as_it_was)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(
    size: tuple[int, int], scheme: str, reading: Callable[..., Page], library: Library
) -> None:
    for place in (
        f"reponse={library.report}&source=2",
        "partie=2d",
        f"reponse={library.printed}&source=1&vue=page",
        "partie=x",
    ):
        page = reading(place, size, scheme)
        settled(page)
        assert violations(page) == []


def test_words_that_the_address_tells_of_are_marked_only_where_they_still_stand(visit, index):
    passage = index.by_id["fiche-4a/financements/1"]
    quote = passage.words_of(passage.units[1])
    start, seal = passage.units[1].start, hashlib.sha256(quote.encode()).hexdigest()[:8]
    place = f"lire?passage=fiche-4a/financements/1&mots={start}-{start + len(quote)}"
    marked = visit(f"{place}-{seal}")
    assert " ".join(quote.split()) in " ".join(marked.locator("mark").first.inner_text().split())
    assert marked.locator("mark.current").first.is_visible()
    changed = visit(f"{place}-00000000")
    assert changed.locator("mark").count() == 0
