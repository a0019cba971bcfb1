"""The pages of a PDF as pictures: the boxes cover the cited words and nothing else, or there are none."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from fpdf.fonts import TTFFont
from pdf_factory import _font, make_pdf
from PIL import Image, ImageStat
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

from assistant.answer import Citation, CitationState
from assistant.locating import LEAST, Sheet, Stretch, Words, locate
from assistant.pages import Box, find_sheets, has_pages, page_picture
from assistant.reading import find_part_on, read_part
from ingest.contents import is_fiche_heading, read_contents
from ingest.errors import PlaceMissing
from ingest.folding import letters
from ingest.markdown import read_markdown
from ingest.records import Block, BlockKind, Passage, UnitKind
from ingest.settings import Settings
from ingest.sources import BUNDLED, Source, bundled_path
from vectorstore.index import Index, build_index

REPEATED = "Cette phrase revient plusieurs fois dans le document, et parfois deux fois sur la même page."
PARAGRAPH = (
    "La coopération numéro {0} associe les professionnelles de l'établissement, les bénévoles et les habitants du "
    "quartier<sup>{0}</sup>. Le cœur du dispositif expérimental est l'accompagnement : l'e\ufb03cacité se juge à la "
    "conﬁance retrouvée, et le financement pluriannuel {0} le permet. " + REPEATED
)
LONG = "d'un long paragraphe, qui tient sur deux feuilles : la fin de la première coupe donc une de ses phrases."
BLOCKS = [
    Block(BlockKind.HEADING, "Guide de la coopération", 1),
    *(
        block
        for n in range(1, 9)
        for block in (
            Block(BlockKind.HEADING, f"Chapitre {n} : ce que l'on y apprend", 2),
            Block(BlockKind.PARAGRAPH, PARAGRAPH.format(n)),
            Block(BlockKind.ITEM, f"Premier point du chapitre {n}, qui tient à l'interprofessionnalité des équipes"),
            Block(BlockKind.ITEM, f"Second point du chapitre {n} : la participation des personnes accompagnées"),
            Block(BlockKind.ROW, f"Réponses favorables au chapitre {n}\t{n} % des personnes"),
            Block(BlockKind.NOTE, f"{n} Voir l'étude numéro {n} sur la coopération entre les établissements."),
        )
    ),
    Block(
        BlockKind.PARAGRAPH,
        " ".join(f"La phrase numéro {n} {LONG}" for n in range(32)),
    ),
]
COLUMNS = (
    "Dans la première colonne, les intervenantes décrivent leur pratique quotidienne auprès des familles du "
    "territoire. Elles racontent aussi ce que la coordination leur apporte, et ce qu'elle leur coûte en temps. "
) * 4
SECOND = (
    "La seconde colonne rassemble les paroles des personnes accompagnées elles-mêmes, recueillies par écrit. "
    "Toutes disent l'importance de la durée, et la difficulté des changements répétés d'interlocuteur. "
) * 4


def indexed(pdf: Path) -> Index:
    return build_index([pdf], Settings(home=pdf.parent / "home"), lambda label, done, total: None)[0]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A document of several sheets: running heads, notes, cut words, ligatures, a sentence in every chapter."""
    pdf = tmp_path_factory.mktemp("guide") / "guide.pdf"
    index = indexed(make_pdf(pdf, BLOCKS, running_head="Guide de la coopération", first_printed=7))
    yield index
    index.close()


def cited(index: Index, passage: Passage, start: int, end: int, number: int = 1) -> Citation:
    quote = index.report(passage.document).text[start:end]
    return Citation(
        number, passage.document, passage.id, quote, start, end, None, False, None, passage.path, CitationState.VERIFIED
    )


def quotable(index: Index) -> list[Citation]:
    """Each sentence, item and row of the documents that an answer may quote."""
    return [
        cited(index, p, u.start, u.end)
        for p in index.passages
        for u in p.units
        if u.kind is not UnitKind.HEADING and not u.damaged
    ]


def saying(index: Index, words: str) -> Citation:
    """The citation of the first place that says these words."""
    passage = next(p for p in index.passages if words in p.text)
    start = passage.start + passage.text.index(words)
    return cited(index, passage, start, start + len(words))


def path_of(index: Index) -> Path:
    return Path(index.manifest.sources[0].path or "")


def read_back(index: Index, sheet: int, boxes: tuple[Box, ...]) -> str:
    """The letters that pdfium itself finds within the boxes."""
    document = pypdfium2.PdfDocument(path_of(index))
    page = document[sheet - 1]
    text = page.get_textpage()
    places = pypdfium2.PdfPosConv(page, (0, 0, 10**6, 10**6, 0))
    read = ""
    for box in boxes:
        one = places.to_page(round(box.left * 10**6), round(box.top * 10**6))
        other = places.to_page(round((box.left + box.width) * 10**6), round((box.top + box.height) * 10**6))
        (left, right), (bottom, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        read += text.get_text_bounded(left + 0.1, bottom + 0.1, right - 0.1, top - 0.1)
    document.close()
    return letters(read)


def boxed_words(index: Index, citation: Citation) -> str:
    """What stands in the boxes of a citation, sheet after sheet."""
    read = ""
    for sheet in find_sheets(index, citation):
        picture = page_picture(index, citation.document, sheet, [citation], width=40)
        read += read_back(index, sheet, picture.boxes)
    return read


def printed(index: Index, citation: Citation) -> str:
    """The letters of a quote as they are printed, with the footnote calls that stand within it."""
    calls = {note.call: str(note.number) for note in index.report(citation.document).footnotes}
    return "".join(calls.get(citation.start + n, "") * (n > 0) + letters(c) for n, c in enumerate(citation.quote))


# --- boxes


def test_the_boxes_of_every_sentence_hold_its_words_and_no_other(guide: Index) -> None:
    citations = [replace(citation, number=n) for n, citation in enumerate(quotable(guide), 1)]
    read = dict.fromkeys(range(1, len(citations) + 1), "")
    for sheet in range(1, page_picture(guide, "guide", 1, width=40).sheets + 1):
        for box in page_picture(guide, "guide", sheet, citations, width=40).boxes:
            read[box.number] += read_back(guide, sheet, (box,))
    wrong = [c.quote for c in citations if read[c.number] != printed(guide, c)]
    assert len(citations) > 80
    assert wrong == []


def test_a_sentence_that_stands_in_every_chapter_is_boxed_in_its_own(guide: Index) -> None:
    repeated = [c for c in quotable(guide) if c.quote == REPEATED]
    boxes = {
        (sheet, page_picture(guide, "guide", sheet, [c], width=40).boxes)
        for c in repeated
        for sheet in find_sheets(guide, c)
    }
    assert len(repeated) == 8
    assert len(boxes) == 8


def test_words_that_run_over_the_end_of_a_sheet_are_boxed_on_both(guide: Index) -> None:
    over = next(c for c in quotable(guide) if LONG in c.quote and len(find_sheets(guide, c)) == 2)
    first, second = find_sheets(guide, over)
    assert second == first + 1
    assert page_picture(guide, "guide", first, [over], width=40).boxes
    assert page_picture(guide, "guide", second, [over], width=40).boxes


def test_a_line_has_one_box_for_each_citation(guide: Index) -> None:
    citation = saying(guide, PARAGRAPH.format(2).split("<sup>")[0])
    (sheet,) = find_sheets(guide, citation)
    boxes = page_picture(guide, "guide", sheet, [citation, replace(citation, number=2)], width=40).boxes
    assert [box.number for box in boxes] == sorted(box.number for box in boxes)
    tops = [round(box.top, 2) for box in boxes if box.number == 1]
    assert len(tops) == len(set(tops)) == len(boxes) / 2


def test_the_white_between_two_cells_is_not_boxed(guide: Index) -> None:
    citation = saying(guide, "Réponses favorables au chapitre 2 · 2 % des personnes")
    (sheet,) = find_sheets(guide, citation)
    first, second = page_picture(guide, "guide", sheet, [citation], width=40).boxes
    assert second.left > first.left + first.width + 0.02


def test_a_sentence_altered_by_one_letter_has_no_box(guide: Index, tmp_path: Path) -> None:
    """The file says « coopérative » where the text that was read says « coopération »."""
    altered = [replace(b, text=b.text.replace("coopération numéro 3", "coopérativn numéro 3")) for b in BLOCKS]
    pdf = make_pdf(tmp_path / "guide.pdf", altered, running_head="Guide de la coopération", first_printed=7)
    source = Source(str(pdf), hashlib.sha256(pdf.read_bytes()).hexdigest())
    index = replace(guide, manifest=replace(guide.manifest, sources=(source,)))
    citation = saying(guide, PARAGRAPH.format(3).split("<sup>")[0])
    untouched = saying(guide, PARAGRAPH.format(4).split("<sup>")[0])
    (sheet,) = find_sheets(guide, citation)
    picture = page_picture(index, "guide", sheet, [citation], width=40)
    assert picture.boxes == ()
    assert picture.unmarked[0].startswith("Les mots de la citation 1 n'ont pas été retrouvés")
    assert boxed_words(index, untouched) == letters(untouched.quote)


def test_a_quote_that_is_not_at_its_place_in_the_text_has_no_box(guide: Index) -> None:
    citation = saying(guide, REPEATED)
    (sheet,) = find_sheets(guide, citation)
    moved = replace(citation, start=citation.start + 1, end=citation.end + 1)
    picture = page_picture(guide, "guide", sheet, [moved], width=40)
    assert (picture.boxes, len(picture.unmarked)) == ((), 1)


def test_two_columns_are_boxed_line_by_line_in_their_own_column(tmp_path: Path) -> None:
    pdf = FPDF(format="A4")
    pdf.add_font("Body", "", _font("DejaVuSans.ttf"))
    pdf.add_page()
    pdf.set_font("Body", "", 9)
    for left, text in ((20, COLUMNS), (110, SECOND)):
        pdf.set_xy(left, 30)
        pdf.set_left_margin(left)
        pdf.multi_cell(80, 5, text, align="L")
    pdf.output(str(tmp_path / "colonnes.pdf"))
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.ttfont.close()
    index = indexed(tmp_path / "colonnes.pdf")
    found = [c for c in quotable(index) if boxed_words(index, c) == letters(c.quote)]
    boxes = [box for c in found for box in page_picture(index, "colonnes", 1, [c], width=40).boxes]
    assert len(found) >= 4
    assert all(box.left > 0.5 or box.left + box.width < 0.5 for box in boxes)
    index.close()


def turned(page, degrees: int):  # type: ignore[no-untyped-def]
    """A page whose content lies on its side in the file, and is turned upright when read."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    page.add_transformation(Transformation().rotate(90).translate(height, 0))
    page.mediabox = page.cropbox = page.trimbox = RectangleObject((0, 0, height, width))
    page.rotate(degrees)


def cropped(page) -> None:  # type: ignore[no-untyped-def]
    page.cropbox = RectangleObject((40, 50, float(page.mediabox.width) - 30, float(page.mediabox.height) - 20))


@pytest.mark.parametrize("change", [lambda page: turned(page, 90), cropped], ids=["rotated", "cropped"])
def test_the_boxes_are_right_on_rotated_and_cropped_pages(change: Callable[[object], None], tmp_path: Path) -> None:
    made = make_pdf(tmp_path / "droit.pdf", BLOCKS[:20])
    writer = PdfWriter(clone_from=PdfReader(made))
    for page in writer.pages:
        change(page)
    writer.write(tmp_path / "guide.pdf")
    index = indexed(tmp_path / "guide.pdf")
    citation = saying(index, "Le cœur du dispositif expérimental est l'accompagnement")
    assert boxed_words(index, citation) == letters(citation.quote)
    (sheet,) = find_sheets(index, citation)
    picture = page_picture(index, "guide", sheet, [citation], width=1000)
    drawn = Image.open(io.BytesIO(picture.png)).convert("L")
    for box in picture.boxes:
        corners = (box.left, box.top, box.left + box.width, box.top + box.height)
        inked = drawn.crop(tuple(round(c * s) for c, s in zip(corners, drawn.size * 2, strict=True)))  # type: ignore[arg-type]
        assert ImageStat.Stat(inked).mean[0] < 235
    index.close()


# --- where it stands, and where it does not


def test_what_stands_twice_without_anything_to_tell_them_apart_is_not_located() -> None:
    sentence = "unephrasequirevientdeuxfois"
    sheet = Sheet(1, sentence * 40, frozenset())
    assert locate(Words(sentence * 40, 20 * len(sentence), 21 * len(sentence)), [sheet]) == ()


def test_what_the_sheet_says_twice_or_the_text_does_is_not_located_without_the_words_around_it() -> None:
    quote = "unephrasequirevientdeuxfois"
    around = Words(f"avant{quote}apres", 5, 5 + len(quote))
    assert locate(around, [Sheet(1, f"tete{quote}pied{quote}fin", frozenset())]) == ()
    assert locate(Words(f"{quote}puis{quote}", 0, len(quote)), [Sheet(1, f"tete{quote}fin", frozenset())]) == ()
    found = locate(around, [Sheet(1, f"{quote}avant{quote}apres", frozenset())])
    assert found == (Stretch(1, len(quote) + 5, 2 * len(quote) + 5),)


def test_a_few_letters_are_not_located_alone() -> None:
    assert locate(Words("a" * (LEAST - 1), 0, LEAST - 1), [Sheet(1, "a" * (LEAST - 1), frozenset())]) == ()


def test_words_over_two_sheets_must_end_a_line_and_start_one() -> None:
    words = Words("lesprofessionnellesdelacoordination", 0, 35)
    first, second = "lesprofessionnelles", "delacoordination"
    sheets = [Sheet(1, f"{first}7", frozenset({0, 19})), Sheet(2, f"entete{second}", frozenset({0, 6}))]
    assert locate(words, sheets) == (Stretch(1, 0, 19), Stretch(2, 6, 22))
    assert locate(words, [sheets[0], replace(sheets[1], breaks=frozenset({0}))]) == ()


# --- the picture


def test_a_picture_has_the_width_asked_for_and_says_what_it_shows(guide: Index) -> None:
    citation = saying(guide, PARAGRAPH.format(2).split("<sup>")[0])
    (sheet,) = find_sheets(guide, citation)
    picture = page_picture(guide, "guide", sheet, [citation], width=600)
    assert Image.open(io.BytesIO(picture.png)).size == (picture.width, picture.height)
    assert abs(picture.width - 600) <= 1
    assert f"« {citation.quote} »" in picture.alternative
    assert picture.unmarked == ()


def test_the_citations_of_other_sheets_are_left_out(guide: Index) -> None:
    citation = saying(guide, PARAGRAPH.format(8).split("<sup>")[0])
    picture = page_picture(guide, "guide", 1, [citation], width=40)
    assert (picture.boxes, picture.unmarked) == ((), ())
    assert picture.alternative.endswith("Le même texte se lit sans l'image.")


def test_only_a_document_read_from_a_pdf_has_pages(guide: Index, index: Index) -> None:
    assert has_pages(guide, "guide")
    assert not has_pages(guide, "un-autre")
    assert not has_pages(index, BUNDLED)
    with pytest.raises(PlaceMissing, match="ne vient pas d'un PDF"):
        page_picture(index, BUNDLED, 1)


def test_a_sheet_leads_to_the_part_that_is_read_on_it(guide: Index) -> None:
    for sheet in (1, 2, 3):
        part = read_part(guide, find_part_on(guide, "guide", sheet).group)
        passages = [guide.by_id[name] for block in part.blocks for name in block.passages]
        assert any(sheet in p.physical_pages for p in passages)
    with pytest.raises(PlaceMissing):
        find_part_on(guide, "un-autre", 1)


def test_a_sheet_that_is_not_there_is_refused(guide: Index) -> None:
    with pytest.raises(PlaceMissing, match="pas de page 99"):
        page_picture(guide, "guide", 99)


def test_a_file_that_is_gone_or_changed_or_damaged_is_refused_with_what_to_do(guide: Index, tmp_path: Path) -> None:
    def over(path: Path, sha256: str) -> Index:
        return replace(guide, manifest=replace(guide.manifest, sources=(Source(str(path), sha256),)))

    junk = b"%PDF-1.7\n" + bytes(range(256))
    (tmp_path / "abime.pdf").write_bytes(junk)
    with pytest.raises(PlaceMissing, match=r"plus à sa place.*Lisez-en le texte"):
        page_picture(over(tmp_path / "absent.pdf", guide.manifest.sources[0].sha256), "guide", 1)
    with pytest.raises(PlaceMissing, match=r"a changé.*pratiques ingest"):
        page_picture(over(tmp_path / "abime.pdf", guide.manifest.sources[0].sha256), "guide", 1)
    with pytest.raises(PlaceMissing, match=r"ne peut pas être ouvert.*Lisez-en le texte"):
        page_picture(over(tmp_path / "abime.pdf", hashlib.sha256(junk).hexdigest()), "guide", 1)


@pytest.mark.slow
def test_the_words_of_the_whole_report_are_found_on_its_pages(tmp_path: Path) -> None:
    """Nineteen in twenty at least; the others, most of them cells of a broken table, have no box."""
    blocks = read_markdown(bundled_path().read_text("utf-8"))
    pages = read_contents(blocks).fiches
    starts = {i: int(pages[head[1].lower()]) for i, b in enumerate(blocks) if (head := is_fiche_heading(b))}
    pdf = make_pdf(tmp_path / "rapport.pdf", blocks, running_head="Pratiques émergentes", start_pages=starts)
    index = indexed(pdf)
    some = quotable(index)[::20]
    boxed = {citation: boxed_words(index, citation) for citation in some}
    wrong = [citation.quote for citation, words in boxed.items() if words not in ("", printed(index, citation))]
    assert wrong == []
    assert sum(map(bool, boxed.values())) >= 0.95 * len(some)
    index.close()
