"""What is taken away: the same proved sentences in every format, each with its reference, and no other sentence."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assistant.answer import (
    UNSAID,
    Answer,
    Citation,
    CitationState,
    FoundPassage,
    Question,
    Sentence,
    Status,
    Table,
    TableCell,
    Trace,
)
from assistant.exports import document_of, file_name, markdown, pdf, plain, spreadsheet, word, wording
from assistant.exports.document import Comparison, Phrase, Role, Row, Text, cleaned
from assistant.exports.pdf_file import UNKNOWN
from assistant.proof_count import proof_count
from assistant.wording import silent, unprovable
from ingest.records import Fiche, Passage
from ingest.sources import BUNDLED, BUNDLED_TITLE

DATE = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
QUOTES = ("La pair-aidance repose sur l'entraide.", "Le projet date de 2019.", "un temps dégagé")
FICHES = (
    Fiche("1c", BUNDLED, "Retour d'expérience", "1", "43", "Gironde", None, None, None, ()),
    Fiche("1d", BUNDLED, "Deuxième retour", "1", "47", None, None, None, None, ()),
)
PLACE = f"{BUNDLED_TITLE}, fiche 1c : Retour d'expérience, Financements, p. 43"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "<script>alert(1)</script> **gras** [lien](javascript:x) `code` ![i](x) \u202eabc\u202c | # {nb} =1+1"


def citation(number: int, at: int = 0, state: CitationState = CitationState.VERIFIED, fiche: str = "1c") -> Citation:
    quote = QUOTES[at]
    path = ("Fiches pratiques", "Conférences familiales", f"Fiche {fiche} : Retour", "Financements")
    passage = f"fiche-{fiche}/financements/1"
    return Citation(number, BUNDLED, passage, quote, at * 100, at * 100 + len(quote), "43", True, fiche, path, state)


def answer(*sentences: Sentence, citations: tuple[Citation, ...], question: str = "Qui finance ?") -> Answer:
    return Answer(
        id="0123456789ab",
        question=question,
        understood=question,
        status=Status.ANSWERED,
        sentences=sentences,
        citations=citations,
        message="",
        unknown_words=(),
        nearest_fiches=(),
        suggestions=(),
        trace=Trace("empreinte", "aucun", (FoundPassage("fiche-1c/financements/1", 1.0, 1, None),)),
    )


def two_sentences(question: str = "Qui finance ?") -> Answer:
    return answer(
        Sentence(QUOTES[0], (1,)),
        Sentence(QUOTES[1], (1, 2)),
        citations=(citation(1), citation(2, 1)),
        question=question,
    )


def refusal(status: Status, message: str) -> Answer:
    given = replace(two_sentences("Où manger ?"), status=status, sentences=(), citations=(), message=message)
    return replace(given, nearest_fiches=("1d", "9z"))


def compared(text: str = QUOTES[0]) -> Answer:
    """Compare two fiches on two fields; the report says nothing of one of the four."""
    sentences = (
        Sentence(text, (1,), "row", "Fiche 1c, financements :"),
        Sentence(QUOTES[1], (2,), "row", "Fiche 1c, territoire :"),
        Sentence(f"Territoire : {QUOTES[2]}", (3,), "row", "Fiche 1d, territoire :"),
    )
    cells = (
        TableCell("1c", "financements", (0,), "Fiche 1c, financements :"),
        TableCell("1d", "financements", (), "Fiche 1d, financements :"),
        TableCell("1c", "territoire", (1,), "Fiche 1c, territoire :"),
        TableCell("1d", "territoire", (2,), "Fiche 1d, territoire :"),
    )
    given = answer(*sentences, citations=(citation(1), citation(2, 1), citation(3, 2, fiche="1d")))
    return replace(given, table=Table(cells))


def made(*answers: Answer, title: str = "Conversation"):
    return document_of(title, answers, FICHES, DATE)


def texts(document, role: Role) -> list[str]:
    blocks = [b for b in document.blocks if isinstance(b, Text) and b.role is role]
    return [phrase.text for block in blocks for phrase in block.phrases]


# The document


def test_the_same_words_keep_their_number_over_a_whole_conversation():
    later = answer(Sentence(QUOTES[2], (1,)), Sentence(QUOTES[0], (2,)), citations=(citation(1, 2), citation(2)))
    document = made(two_sentences(), later)
    assert [reference.quote for reference in document.references] == list(QUOTES)
    answers = [b for b in document.blocks if isinstance(b, Text) and b.role is Role.ANSWER]
    assert [[p.references for p in b.phrases] for b in answers] == [[(1,), (1, 2)], [(3,), (1,)]]


def test_words_of_a_document_that_changed_between_two_answers_are_never_taken_for_those_of_before():
    changed = replace(citation(1), quote=QUOTES[0].upper())
    document = made(two_sentences(), answer(Sentence(changed.quote, (1,)), citations=(changed,)))
    assert [reference.quote for reference in document.references] == [*QUOTES[:2], changed.quote]


def test_a_reference_says_the_report_the_fiche_the_heading_the_page_and_the_exact_words():
    reference = made(two_sentences()).references[0]
    assert unicodedata.normalize("NFKC", reference.text) == f"{PLACE} : « {QUOTES[0]} »"


def test_words_put_back_in_the_reports_are_said_to_be():
    mended = answer(Sentence(QUOTES[0], (1,)), citations=(citation(1, state=CitationState.REPAIRED),))
    document = made(two_sentences(), mended)
    assert [reference.text.endswith("(citation rétablie)") for reference in document.references] == [True, False]
    assert "3 phrases, 2 vérifiées, 1 rétablie dans les mots du rapport" in document.foot


def test_a_citation_outside_of_the_fiches_and_in_another_document_is_named_by_its_headings_and_title():
    other = replace(citation(1), document="guide", fiche=None, path=("Partie 1", "Suite", "Fin"), page_exact=False)
    given = answer(Sentence(QUOTES[0], (1,)), citations=(other,))
    document = document_of("Guide", (given,), FICHES, DATE, titles={"guide": "Guide du stage"})
    assert document.references[0].place == "Guide du stage, Partie 1 › Fin, p. 43 et suivantes"


@pytest.mark.parametrize("role", [Role.ANSWER, Role.ITEMS])
def test_a_phrase_without_a_reference_cannot_stand_as_an_answer(role):
    with pytest.raises(ValueError, match="has a reference"):
        Text(role, (Phrase("prouvé", (1,)), Phrase("non prouvé")))


def test_a_cell_of_a_comparison_cannot_stand_without_a_reference():
    with pytest.raises(ValueError, match="without a reference"):
        Comparison("", "", ("Fiche 1c",), (Row("Effets", ((Phrase("non prouvé"),),)),))


def test_what_the_assistant_says_itself_has_no_reference_and_is_no_answer():
    document = made(replace(two_sentences(), opening="Ce que le rapport en dit :", notes=("Aucun conseil.",)))
    assert texts(document, Role.ANSWER) == list(QUOTES[:2])
    assert texts(document, Role.REMARK) == ["Ce que le rapport en dit :", "Aucun conseil."]


def test_a_question_understood_otherwise_is_followed_by_what_was_understood():
    followed = replace(two_sentences("Et dans le Nord ?"), understood="Qui finance dans le Nord ?")
    masked = replace(two_sentences("M. [nom] y a-t-il droit ?"), understood="M. y a-t-il droit ?")
    assert texts(made(followed), Role.REMARK) == ["Question comprise ainsi\u00a0: Qui finance dans le Nord ?"]
    assert texts(made(masked), Role.REMARK) == []


def test_a_silent_refusal_says_its_words_and_its_nearest_fiches_once():
    document = made(refusal(Status.SILENT, silent(["pizza"], FICHES[1:])))
    assert document.references == ()
    assert plain(document).count("Deuxième retour") == plain(document).count("« pizza »") == 1
    assert "rien n'en est cité" in document.foot


def test_a_refusal_for_want_of_proof_names_the_passages_found_and_quotes_none():
    passage = Passage("fiche-1c/financements/1", BUNDLED, QUOTES[0], 0, len(QUOTES[0]), ("Fiche", "Suite"), (), "1c")
    given = refusal(Status.UNPROVABLE, unprovable())
    document = document_of("Où ?", (given,), FICHES, DATE, passages={passage.id: passage})
    assert texts(document, Role.PLACES) == ["Fiche 1c · Gironde · Suite", "fiche 1d\u00a0: Deuxième retour"]
    assert QUOTES[0] not in plain(document)


def test_an_empty_conversation_gives_a_document_that_says_so_in_every_format():
    document = made(title="")
    assert document.title == wording.UNTITLED
    assert plain(document) == f"{wording.EMPTY}\n"
    assert wording.EMPTY in markdown(document)
    assert wording.EMPTY in " ".join(p.text for p in docx.Document(BytesIO(word(document))).paragraphs)
    assert "aucune réponse" in PdfReader(BytesIO(pdf(document))).pages[0].extract_text()
    assert openpyxl.load_workbook(BytesIO(spreadsheet(document))).sheetnames == ["Citations"]


def test_a_single_question_that_is_the_title_is_not_said_twice():
    assert texts(made(two_sentences(), title="Qui finance ?"), Role.QUESTION) == []
    assert texts(made(two_sentences(), two_sentences(), title="Qui finance ?"), Role.QUESTION) == ["Qui finance ?"] * 2


def test_a_comparison_has_its_longer_side_down_and_keeps_silent_cells():
    table = made(compared()).comparisons[0]
    assert (table.corner, table.heads) == ("Rubrique", ("Fiche 1c (Gironde)", "Fiche 1d"))
    cells = [[[p.text for p in cell] for cell in row.cells] for row in table.rows]
    assert cells == [[[QUOTES[0]], []], [[QUOTES[1]], [QUOTES[2]]]]
    narrow = replace(compared(), table=Table(compared().table.cells[:2]))
    assert made(narrow).comparisons[0].heads == ("Financements",)


def test_the_words_of_the_report_go_through_cleaning_unchanged(assistant):
    for passage in assistant.index.passages:
        assert cleaned(passage.text) == re.sub(r"[ \n\t]+", " ", passage.text).strip()


@settings(deadline=None)
@given(st.text(st.characters()))
@example(f"a\u202e\x00\ud800\ufffe{HOSTILE}\u2028b")
def test_a_cleaned_text_is_one_line_without_controls_and_cleaning_it_again_changes_nothing(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert not {unicodedata.category(c) for c in once} & {"Cc", "Cs", "Cn", "Zl", "Zp"}
    assert not set(once) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_the_count_covers_all_the_answers():
    item = answer(Sentence(QUOTES[2], (1,), "item"), citations=(citation(1, 2),))
    assert proof_count([two_sentences()]) == "2 phrases, 2 vérifiées"
    assert proof_count([item]) == "1 élément, 1 vérifié"
    assert proof_count([two_sentences(), item]) == "3 éléments, 3 vérifiés"
    assert proof_count([]) == ""


@pytest.mark.parametrize("make", [word, pdf, spreadsheet, markdown, plain])
def test_the_same_document_gives_the_same_bytes(make):
    document = made(two_sentences(), compared())
    assert make(document) == make(document)


@pytest.mark.parametrize("make", [word, spreadsheet])
def test_a_file_of_an_office_is_dated_as_its_document_and_not_as_its_writing(make):
    with ZipFile(BytesIO(make(made(compared())))) as archive:
        assert {part.date_time for part in archive.infolist()} == {DATE.timetuple()[:6]}
        assert archive.read("docProps/core.xml").count(b"2026-03-09T08:30:00Z<") == 2


@pytest.mark.slow
def test_the_libraries_of_the_formats_are_imported_only_when_one_is_asked_for():
    said = "import sys, assistant.exports; print({'docx', 'openpyxl', 'fpdf'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, check=True).stdout.strip() == b"set()"


# Word


NAMING = {f"{W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")}
"""What names a style by its id."""


def parts(package: bytes) -> dict[str, ElementTree.Element]:
    with ZipFile(BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def footnotes(package: bytes) -> dict[str, str]:
    """The footnotes of a Word file by their ids, without the separators."""
    notes = parts(package)["word/footnotes.xml"].findall(f"{W}footnote")
    found = {note.get(f"{W}id"): "".join(t.text for t in note.iter(f"{W}t")) for note in notes}
    return {name: unicodedata.normalize("NFKC", text).strip() for name, text in found.items() if int(name) > 0}


def test_each_footnote_call_of_a_word_file_has_its_footnote_with_title_fiche_page_and_quote():
    made_file = word(made(two_sentences()))
    calls = [call.get(f"{W}id") for call in parts(made_file)["word/document.xml"].iter(f"{W}footnoteReference")]
    assert calls == ["1", "2"]
    assert footnotes(made_file) == {n: f"{PLACE} : « {q} »" for n, q in zip(calls, QUOTES, strict=False)}


def test_a_reference_that_comes_back_repeats_the_number_of_its_footnote():
    body = parts(word(made(two_sentences())))["word/document.xml"]
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    fields = [field.get(f"{W}instr").split() for field in body.iter(f"{W}fldSimple")]
    assert fields == [["NOTEREF", "note1", "\\f", "\\h"]]
    assert marks == {"note1", "note2"}


def test_the_footnotes_of_a_word_file_are_declared_everywhere_that_word_looks():
    files = parts(word(made(two_sentences())))
    types = {part.get("PartName"): part.get("ContentType") for part in files["[Content_Types].xml"]}
    assert types["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    assert "footnotes.xml" in {rel.get("Target") for rel in files["word/_rels/document.xml.rels"]}
    separators = [note.get(f"{W}id") for note in files["word/settings.xml"].find(f"{W}footnotePr")]
    kinds = [note.get(f"{W}type") for note in files["word/footnotes.xml"]][:2]
    assert (separators, kinds) == (["-1", "0"], ["separator", "continuationSeparator"])
    styles = {style.get(f"{W}styleId") for style in files["word/styles.xml"].iter(f"{W}style")}
    nodes = [node for file in files.values() for node in file.iter() if node.tag in NAMING]
    used = {node.get(f"{W}val") for node in nodes}
    assert {"FootnoteText", "FootnoteReference"} <= used <= styles


def test_a_word_file_is_french_and_says_its_title_and_author():
    read = docx.Document(BytesIO(word(made(two_sentences(), title="Mon dossier"))))
    properties = read.core_properties
    assert (properties.title, properties.author, properties.language) == ("Mon dossier", "Pratiques", "fr-FR")
    assert {lang.get(f"{W}val") for lang in read.styles.element.iter(f"{W}lang")} == {"fr-FR"}
    assert [p.style.name for p in read.paragraphs][:4] == ["Title", "Subtitle", "Heading 1", "Normal"]


def test_a_comparison_in_word_repeats_its_heads_and_says_where_the_report_is_silent():
    made_file = word(made(compared()))
    table = docx.Document(BytesIO(made_file)).tables[0]
    assert table.style.name == "Table Grid"
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    said = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert said[0] == ["Rubrique", "Fiche 1c (Gironde)", "Fiche 1d"]
    assert said[1] == ["Financements", QUOTES[0], UNSAID]
    assert len(footnotes(made_file)) == 3


def test_what_a_question_holds_is_text_in_word():
    read = docx.Document(BytesIO(word(made(two_sentences(HOSTILE)))))
    assert read.paragraphs[2].text.replace("\u00a0", " ") == cleaned(HOSTILE)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.text(st.characters(), min_size=1), st.text(st.characters(), min_size=1))
@example("\x00", "\ud800\x0b")
def test_any_question_and_any_words_give_a_word_file_that_opens(question, text):
    document = made(two_sentences(question), compared(text or "."))
    read = docx.Document(BytesIO(word(document)))
    assert read.core_properties.title == "Conversation"


# Markdown


def words_of(source: str) -> tuple[str, set[str]]:
    """What a Markdown text reads as, a line for each block, and the kinds of its marks."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    lines = ["".join(child.content for child in t.children) for t in tokens if t.type == "inline"]
    return "\n".join(lines), {token.type for token in [*tokens, *inline]}


OURS = {f"{mark}_{side}" for mark in ("em", "heading", "paragraph") for side in ("open", "close")}
OURS |= {"inline", "text", "hr"}


@settings(deadline=None)
@given(st.text(st.characters(), min_size=1), st.text("*_`[]()<>!#&|~-+=:\\/.1aé ", min_size=1))
@example(HOSTILE, "1. un")
@example("a", "- un")
@example("www.exemple.fr", "http://exemple.fr")
@example("[^1]: x", "---")
def test_nothing_that_a_question_or_the_report_says_breaks_out_of_the_markdown(question, text):
    document = made(two_sentences(question), answer(Sentence(text, (1,)), citations=(citation(1),)))
    read, kinds = words_of(markdown(document))
    assert kinds <= OURS
    assert f"\n{texts(document, Role.QUESTION)[0]}\n" in read
    assert f"\n{cleaned(text)}[^1]\n" in read


def test_each_footnote_call_of_the_markdown_has_its_footnote():
    said = markdown(made(two_sentences(), compared()))
    called = re.findall(r"\[\^(\d+)\](?!:)", said)
    notes = re.findall(r"^\[\^(\d+)\]: .*fiche 1[cd].*p\. 43.*«", said, re.MULTILINE)
    assert set(called) == set(notes) == {"1", "2", "3"}


def test_a_comparison_in_markdown_is_a_table():
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(made(compared("un | deux"))))
    cells = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type in ("td_open", "th_open")]
    assert cells[:6] == ["Rubrique", "Fiche 1c (Gironde)", "Fiche 1d", "**Financements**", "un | deux[^1]", UNSAID]


# PDF


def read_pdf(document) -> PdfReader:
    return PdfReader(BytesIO(pdf(document)))


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_pdf_holds_the_answer_its_references_and_how_they_were_proved():
    document = made(two_sentences("Où cœur « œuvre » … – €\u202f?"))
    read = text_of(read_pdf(document))
    assert UNKNOWN not in read
    for said in ("Où cœur « œuvre » … – €", *QUOTES[:2], "fiche 1c : Retour d'expérience", "2 phrases, 2 vérifiées"):
        assert said in read


def test_the_pdf_says_its_language_title_and_outline():
    reader = read_pdf(made(two_sentences(), title="Mon dossier"))
    assert (reader.metadata.title, reader.metadata.author) == ("Mon dossier", "Pratiques")
    assert reader.root_object["/Lang"] == "fr-FR"
    assert [entry.title for entry in reader.outline] == ["Qui finance ?", "Références"]


@pytest.mark.parametrize("given", [two_sentences(), compared()])
def test_the_numbers_of_a_pdf_lead_to_their_references_and_back(given):
    links = [note.get_object() for note in read_pdf(made(given)).pages[0]["/Annots"]]
    heights = sorted((float(link["/Rect"][1]), float(link["/Dest"][3])) for link in links)
    count = len(made(given).references)
    # The references are at the foot of the page: theirs lead up, the others lead down.
    assert all(target > here for here, target in heights[:count])
    assert all(target < here for here, target in heights[count:])
    assert len(heights) >= 2 * count


def test_what_the_font_of_a_pdf_lacks_is_a_box_and_an_accent_stays_on_its_letter():
    read = text_of(read_pdf(made(two_sentences("e\u0301te\u0301 漢 \u200d😀 {nb}"))))
    assert f"été {UNKNOWN} {UNKNOWN} {{nb}}" in read


def test_a_table_longer_than_a_page_and_a_word_longer_than_a_line_are_whole_in_a_pdf():
    reader = read_pdf(made(compared("mot " * 1500 + "w" * 300)))
    assert len(reader.pages) > 2
    read = text_of(reader)
    assert (read.count("mot"), read.count("w")) == (1500, 300)
    assert all("Fiche 1d" in page.extract_text() for page in reader.pages[:3])


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(), min_size=1), st.text(st.characters(), min_size=1))
@example("\u0301", "\u200d")
@example("אבג \u200fabc", "x" * 5000)
def test_any_question_and_any_words_give_a_pdf(question, text):
    assert read_pdf(made(two_sentences(question), compared(text))).pages


# Text to paste


def test_the_text_to_paste_is_the_answer_with_its_numbers_then_the_references():
    said = unicodedata.normalize("NFKC", plain(made(two_sentences())))
    assert said.split("\n\n") == [
        f"{QUOTES[0]} [1] {QUOTES[1]} [1][2]",
        f"Références\n[1] {PLACE} : « {QUOTES[0]} »\n[2] {PLACE} : « {QUOTES[1]} »",
        "Chaque phrase a été comparée par un programme avec le rapport : 2 phrases, 2 vérifiées.\n",
    ]


def test_the_text_of_a_conversation_says_its_questions_and_of_a_comparison_its_cells():
    said = plain(made(two_sentences(), compared()))
    assert said.count("Qui finance ?") == 2
    assert f"- Fiche 1d\u00a0: {UNSAID}" in said


# Spreadsheet


def test_a_comparison_as_a_spreadsheet_has_its_quotes_and_their_references_as_notes():
    sheet = openpyxl.load_workbook(BytesIO(spreadsheet(made(compared()))))["Comparaison"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == ["Rubrique", "Fiche 1c (Gironde)", "Fiche 1d"]
    assert values[1] == ["Financements", f"{QUOTES[0]} [1]", UNSAID]
    assert unicodedata.normalize("NFKC", sheet["B2"].comment.text) == f"[1] {PLACE} : « {QUOTES[0]} »"
    assert sheet["C2"].comment is None
    assert (sheet.freeze_panes, sheet["B2"].alignment.wrap_text) == ("B2", True)


def test_the_second_sheet_lists_each_citation():
    sheet = openpyxl.load_workbook(BytesIO(spreadsheet(made(compared()))))["Citations"]
    first = [cell.value for cell in sheet[2]]
    assert [cell.value for cell in sheet[1]] == list(wording.CITATION_HEADS)
    assert first[0] == 1
    assert first[3:] == ["Financements", QUOTES[0], "p. 43", "vérifiée", "fiche-1c/financements/1"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "#N/A", "1", "2019-03-01"])
def test_no_cell_of_a_spreadsheet_is_a_formula(text):
    book = openpyxl.load_workbook(BytesIO(spreadsheet(made(compared(text)))))
    cell = book["Comparaison"]["B2"]
    assert (cell.value, cell.data_type) == (f"{text} [1]", "s")
    assert cell.quotePrefix is text.startswith(("=", "+", "-", "@"))
    assert {c.data_type for sheet in book for row in sheet.iter_rows() for c in row} <= {"s", "n"}


# Names


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200), st.sampled_from(["docx", "md"]))
@example("con", "docx")
@example("x" * 300, "docx")
def test_a_file_name_is_one_that_every_system_takes(title, extension):
    name = file_name(title, extension)
    assert re.fullmatch(rf"pratiques(-[a-z0-9]+)*\.{extension}", name)
    assert len(name) <= 80


def test_a_file_name_keeps_the_words_without_their_accents():
    assert file_name("Où en est l'œuvre « FLORA » ?", "docx") == "pratiques-ou-en-est-l-oeuvre-flora.docx"


# The report itself


def test_a_real_comparison_and_a_real_refusal_are_taken_away_whole(assistant):
    asked = ("Compare les financements et les effets des fiches 1c et 1d", "Où acheter une pizza ?")
    answers = [assistant.ask(Question(text)) for text in asked]
    document = document_of("Dossier", answers, assistant.fiches, DATE, passages=assistant.index.by_id)
    quotes = [reference.quote for reference in document.references]
    assert quotes == [cleaned(c.quote) for c in answers[0].citations]
    notes = footnotes(word(document))
    assert [quote in notes[str(at)] for at, quote in enumerate(quotes, 1)] == [True] * len(quotes)
    assert "« pizza »" in " ".join(p.text for p in docx.Document(BytesIO(word(document))).paragraphs).replace(
        "\u00a0", " "
    )
