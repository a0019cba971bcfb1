"""A PDF comes back as the blocks that its author wrote, with their pages, or is refused with a remedy."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pdf_factory import make_pdf
from pypdf import PdfReader, PdfWriter

from ingest.errors import SourceError
from ingest.pdf import read_pdf
from ingest.records import Block, BlockKind

TEXT = (
    "La pratique émergente se construit sur le terrain, souvent à plusieurs institutions, et répond à des "
    "besoins auxquels les réponses habituelles ne suffisent plus. Elle suppose un accompagnement global, des "
    "professionnels volontaires et une organisation qui accepte l'expérimentation et parfois l'échec."
)
LONG = " ".join(f"Phrase numéro {number} du développement social et de la participation." for number in range(90))


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def heading(text: str, level: int = 1) -> Block:
    return Block(BlockKind.HEADING, text, level)


def item(text: str, level: int = 0) -> Block:
    return Block(BlockKind.ITEM, text, level)


def read(path: Path) -> list[Block]:
    return read_pdf(path, max_pages=1000)


def shape(blocks: list[Block]) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in blocks]


# --- refusals


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_text("Un texte.")
    with pytest.raises(SourceError, match="n'est pas un fichier PDF"):
        read(path)


def test_a_damaged_pdf_is_refused_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    with pytest.raises(SourceError, match=r"endommagé.*réenregistrez-le"):
        read(path)


def test_an_encrypted_pdf_is_refused_with_its_remedy(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT)], password="secret")
    with pytest.raises(SourceError, match=r"mot de passe.*copie sans mot de passe"):
        read(path)


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT)], owner_password="droits")
    assert shape(read(path)) == [(BlockKind.PARAGRAPH, TEXT)]


def test_too_many_pages_names_the_setting(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)])
    with pytest.raises(SourceError, match="PRATIQUES_MAX_PAGES"):
        read_pdf(path, max_pages=1)


def test_scanned_pages_are_refused_with_the_way_to_read_them(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [], page_numbers=False, image_pages=2)
    with pytest.raises(SourceError, match="OCRmyPDF"):
        read(path)


def test_scanned_pages_that_only_bear_a_number_are_refused_too(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [], running_head="Rapport", image_pages=4)
    with pytest.raises(SourceError, match="OCRmyPDF"):
        read(path)


def test_remarks_of_the_pdf_library_do_not_reach_the_user(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT)])
    path.write_bytes(b"bruit\n" + path.read_bytes())
    assert shape(read(path)) == [(BlockKind.PARAGRAPH, TEXT)]
    assert (capfd.readouterr().err, caplog.text) == ("", "")
    assert logging.getLogger("pypdf").level == logging.NOTSET


# --- text


@pytest.mark.parametrize("justify", [True, False])
@pytest.mark.parametrize("hyphenate", [True, False])
def test_paragraphs_come_back_whole(tmp_path: Path, justify: bool, hyphenate: bool) -> None:
    blocks = [paragraph(TEXT), paragraph(TEXT.replace("Elle", "Cela")), paragraph("Une ligne courte.")]
    path = make_pdf(tmp_path / "rapport.pdf", blocks, justify=justify, hyphenate=hyphenate)
    assert shape(read(path)) == shape(blocks)


def test_the_factory_does_cut_words(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)], hyphenate=True)
    assert "-\n" in PdfReader(path).pages[0].extract_text()


def test_a_paragraph_that_runs_over_a_page_stays_one_where_it_starts(tmp_path: Path) -> None:
    sentence = "mot " * 900 + "fin."
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), paragraph(sentence)], running_head="Le rapport")
    blocks = read(path)
    assert shape(blocks) == [(BlockKind.PARAGRAPH, TEXT), (BlockKind.PARAGRAPH, sentence)]
    assert blocks[1].page.physical == 1


def test_running_heads_and_page_numbers_are_taken_off(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)] * 4, running_head="Haut Conseil du travail social")
    words = " ".join(block.text for block in read(path)).split()
    assert words == " ".join([LONG] * 4).split()


def test_a_line_that_only_looks_like_a_running_head_stays(tmp_path: Path) -> None:
    blocks = [paragraph(TEXT), heading("Évaluation"), paragraph(TEXT)]
    path = make_pdf(tmp_path / "rapport.pdf", blocks, running_head="Le rapport", start_pages={1: 2})
    assert (BlockKind.HEADING, "Évaluation") in shape(read(path))


def test_columns_far_apart_are_rows(tmp_path: Path) -> None:
    rows = [
        Block(BlockKind.ROW, text) for text in ("Réponses\t31,74 %", "Associations et collectivités locales\t45,2 %")
    ]
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), *rows, paragraph(TEXT)])
    assert shape(read(path)) == shape([paragraph(TEXT), *rows, paragraph(TEXT)])


def test_a_cell_over_several_lines_stays_one_cell(tmp_path: Path) -> None:
    row = Block(BlockKind.ROW, "Initiateurs\tle conseil départemental, la caisse d'allocations familiales et la ville")
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), row])
    assert shape(read(path))[1:] == shape([row])


# --- headings, items, notes


def test_headings_are_told_by_their_size(tmp_path: Path) -> None:
    blocks = [
        heading("Les préconisations"),
        paragraph(TEXT),
        heading("Former les équipes", 2),
        paragraph(TEXT),
    ]
    path = make_pdf(tmp_path / "rapport.pdf", blocks)
    assert [(b.kind, b.text, b.level) for b in read(path)] == [(b.kind, b.text, b.level) for b in blocks]


def test_a_bold_line_of_the_body_s_size_is_a_heading(tmp_path: Path) -> None:
    blocks = [heading("Conditions de mise en œuvre :"), paragraph(TEXT)]
    path = make_pdf(tmp_path / "rapport.pdf", blocks, heading_sizes=(10.5,))
    assert shape(read(path)) == shape(blocks)


def test_bookmarks_give_the_level_of_a_heading(tmp_path: Path) -> None:
    blocks = [
        heading("Partie"),
        heading("Section", 2),
        paragraph(TEXT),
        heading("Détail", 3),
        paragraph(TEXT),
    ]
    path = make_pdf(tmp_path / "rapport.pdf", blocks, outline=True, heading_sizes=(12, 12, 12))
    assert [b.level for b in read(path) if b.kind is BlockKind.HEADING] == [1, 2, 3]


def test_numbers_tell_headings_where_nothing_else_does(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph("1. Introduction"), paragraph(TEXT), paragraph(TEXT)])
    assert shape(read(path)[:1])[0] == (BlockKind.HEADING, "1. Introduction")


@pytest.mark.parametrize(
    "line", ["→ Descriptif de l'action", "FICHE N°1A : LE DÉPARTEMENT DU NORD", "FICHE 4A : LILLE"]
)
def test_an_arrow_or_the_name_of_a_fiche_is_a_heading(tmp_path: Path, line: str) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), paragraph(line), paragraph(TEXT)])
    assert shape(read(path))[1] == (BlockKind.HEADING, line)


def test_an_arrow_before_a_sentence_is_no_heading(tmp_path: Path) -> None:
    line = "→ La démarche a été reprise par d'autres territoires."
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), paragraph(line)])
    assert shape(read(path))[1] == (BlockKind.PARAGRAPH, line)


def test_items_come_without_their_bullet_and_at_their_depth(tmp_path: Path) -> None:
    blocks = [
        paragraph("Trois constats :"),
        item("La saturation"),
        item(TEXT, 1),
        item("Une hyperspécialisation"),
    ]
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), *blocks])
    assert [(b.kind, b.text, b.level) for b in read(path)][1:] == [(b.kind, b.text, b.level) for b in blocks]


def test_numbered_items_keep_their_number(tmp_path: Path) -> None:
    items = ["1. Former les équipes,", "2. Évaluer les effets,", "3. Diffuser les résultats."]
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(TEXT), *map(paragraph, items)])
    assert shape(read(path))[1:] == [(BlockKind.ITEM, text) for text in items]


def test_footnotes_and_their_calls_come_back(tmp_path: Path) -> None:
    called = TEXT.replace("terrain,", "terrain<sup>12</sup>,")
    note = Block(BlockKind.NOTE, "12 Boutanquoi, M. (2014). Les déterminants des pratiques professionnelles.")
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(called), note, paragraph(TEXT)])
    assert shape(read(path)) == [
        (BlockKind.PARAGRAPH, called),
        (BlockKind.PARAGRAPH, TEXT),
        (BlockKind.NOTE, note.text),
    ]


def test_a_sentence_goes_on_over_the_footnotes_of_its_page(tmp_path: Path) -> None:
    sentence = "mot<sup>1</sup> " + "mot " * 900 + "fin."
    note = Block(BlockKind.NOTE, "1 Une note de bas de page.")
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(sentence), note])
    assert sorted(shape(read(path))) == sorted(shape([paragraph(sentence), note]))


# --- pages


def test_the_printed_page_is_told_from_the_sheet(tmp_path: Path) -> None:
    blocks = [paragraph("Couverture du document"), paragraph(LONG), heading("Fiches"), paragraph(TEXT)]
    path = make_pdf(tmp_path / "rapport.pdf", blocks, first_printed=5, numbered_from=3, start_pages={1: 5, 2: 12})
    pages = {block.text[:8]: (block.page.printed, block.page.physical) for block in read(path)}
    assert (pages["Couvertu"], pages["Phrase n"], pages["Fiches"]) == ((None, 1), ("5", 3), ("12", 10))


def test_labels_of_the_file_stand_in_for_printed_numbers(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)] * 2, page_numbers=False, page_labels=True)
    assert {block.page.printed for block in read(path)} <= {"i", "ii", "iii", "iv"}
    assert read(path)[0].page.printed == "i"


def test_without_numbers_or_labels_a_page_has_no_printed_number(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)], page_numbers=False)
    assert {block.page.printed for block in read(path)} == {None}


# --- other files


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sheet_turned_on_its_side_is_read(tmp_path: Path, turn: int) -> None:
    source = make_pdf(tmp_path / "droit.pdf", [paragraph(TEXT)], page_numbers=False)
    writer = PdfWriter(clone_from=source)
    writer.pages[0].rotate(turn)
    writer.pages[0].transfer_rotation_to_content()
    writer.pages[0].rotate(360 - turn)
    writer.write(tmp_path / "tourne.pdf")
    assert shape(read(tmp_path / "tourne.pdf")) == [(BlockKind.PARAGRAPH, TEXT)]


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)] * 2)
    seen: list[tuple[int, int]] = []
    read_pdf(path, max_pages=50, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(number, len(PdfReader(path).pages)) for number in range(1, len(seen) + 1)]


@pytest.mark.slow
def test_a_hundred_and_fifty_pages_are_read_to_the_last(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "rapport.pdf", [paragraph(LONG)] * 100, running_head="Le rapport")
    pages = len(PdfReader(path).pages)
    assert pages >= 150
    seen: list[int] = []
    blocks = read_pdf(path, max_pages=1000, progress=lambda done, total: seen.append(done))
    assert seen == list(range(1, pages + 1))
    assert blocks[-1].text.endswith(LONG[-40:])
