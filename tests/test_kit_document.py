"""The documents of a session: what the report says has its reference, whose words all others are is told."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kits import ALONE, KIT
from kits import TITLES as FICHES_BY_ID
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assistant.answer import CitationState
from assistant.chain import Assistant
from assistant.exports import guide_of, handout_of, markdown, pdf, plain, quiz_of, word, wording
from assistant.exports.document import BOX, RULE, Document, Grid, Heading, Phrase, Role, Ruled, Text, cleaned
from assistant.kits.kit import Audience, Item, ItemKind, Kit, Option, Origin, Pair, Request, SequenceKind, Statement
from assistant.kits.kit import Sequence as Stretch
from ingest.records import Fiche
from ingest.sources import BUNDLED, BUNDLED_TITLE

DATE = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
FICHES = tuple(
    Fiche(name, BUNDLED, title.split(" : ", 1)[1], "1", None, None, None, None, None, ())
    for name, title in FICHES_BY_ID.items()
)
OWN = Statement("Mes mots à moi.", Origin.TRAINER)
TOOL = Statement("Par quoi commencer ?", Origin.TOOL)


def guide(kit: Kit = KIT) -> Document:
    return guide_of(kit, FICHES, DATE)


def handout(kit: Kit = KIT) -> Document:
    return handout_of(kit, FICHES, DATE)


def quiz(kit: Kit = KIT, answers: bool = False) -> Document:
    return quiz_of(kit, FICHES, DATE, answers=answers)


def every_document(kit: Kit) -> list[Document]:
    return [guide(kit), handout(kit), quiz(kit), quiz(kit, answers=True)]


def plainly(text: str) -> str:
    """A text with plain spaces, as it is read."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def headings(document: Document) -> list[str]:
    return [block.line for block in document.blocks if isinstance(block, Heading)]


def texts(document: Document, *roles: Role) -> list[Text]:
    return [block for block in document.blocks if isinstance(block, Text) and block.role in roles]


def phrases(document: Document, *roles: Role) -> list[Phrase]:
    return [phrase for text in texts(document, *roles) for phrase in text.phrases]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def with_points(*points: Statement) -> Kit:
    """The kit, its second sequence conveying these points."""
    changed = replace(KIT.sequences[1], points=points)
    return replace(KIT, sequences=(KIT.sequences[0], changed, *KIT.sequences[2:]))


POINTS = KIT.sequences[1].points


# Whose words


def test_what_the_guide_attributes_to_the_report_is_all_that_the_kit_does_and_each_has_its_words() -> None:
    document = guide()
    quotes = {reference.quote for reference in document.references}
    assert quotes == {cleaned(citation.quote) for citation in KIT.citations()}
    said = {phrase.text for phrase in phrases(document, Role.ANSWER, Role.ITEMS)}
    assert said == {cleaned(s.text) for s in KIT.statements() if s.citations}


def test_a_reference_gives_its_place_in_short_since_the_report_is_named_once() -> None:
    document = guide()
    assert document.references[0].place == "Fiche 4a, Financements, p. 86 et suivantes"
    assert plain(document).count(BUNDLED_TITLE) == 1


def test_what_the_tool_proposes_is_said_to_be_once_over_each_list() -> None:
    assert headings(guide())[:4] == [
        "Objectifs",
        "Déroulé · Proposé par l'outil",
        "1. Accueil et objectifs · 9\u00a0h\u00a000 à 9\u00a0h\u00a005 · 5\u00a0min",
        "Activité · Proposé par l'outil",
    ]


def test_aims_of_the_tool_and_of_the_trainer_are_told_apart() -> None:
    assert [text.caption for text in texts(guide(), Role.PROPOSALS)][:2] == ["Proposé par l'outil", "Mots du formateur"]


def test_among_points_of_the_report_those_of_the_trainer_are_said_to_be_theirs_and_have_no_reference() -> None:
    document = guide(with_points(POINTS[0], OWN, POINTS[1]))
    around = [b for b in document.blocks if isinstance(b, Text) and b.caption][2:5]
    assert [text.caption for text in around] == ["D'après le rapport", "Mots du formateur", "D'après le rapport"]
    assert [text.role for text in around] == [Role.ITEMS, Role.PROPOSALS, Role.ITEMS]


def test_a_title_that_the_trainer_wrote_is_said_to_be_theirs_in_the_outline_and_over_its_sequence() -> None:
    renamed = replace(KIT, sequences=(replace(KIT.sequences[0], title=OWN), *KIT.sequences[1:]))
    document = guide(renamed)
    assert grids(document)[0].rows[0][1] == "1. Mes mots à moi. (mots du formateur)"
    assert headings(document)[2].endswith("Mots du formateur")


def test_what_leads_several_points_stands_over_them_and_what_leads_one_before_it() -> None:
    led = [replace(POINTS[0], lead="Fiche 4a :"), POINTS[1], replace(POINTS[0], lead="Fiche 1c :")]
    document = guide(with_points(replace(POINTS[1], lead="Seule :"), *led))
    shown = [(text.caption, [phrase.lead for phrase in text.phrases]) for text in texts(document, Role.ITEMS)]
    assert shown[:3] == [("", ["Seule :"]), ("Fiche 4a", ["", ""]), ("Fiche 1c", [""])]


def test_the_foot_counts_each_statement_of_the_document_once() -> None:
    assert "15 énoncés attribués au rapport, 15 vérifiés." in plainly(guide().foot)
    assert handout(replace(KIT, sequences=(), comparison=None)).foot == wording.kit_foot(0, 0)


def test_the_foot_counts_apart_what_was_put_back_in_the_reports_words() -> None:
    mended = replace(POINTS[0], citations=(replace(ALONE, state=CitationState.REPAIRED),))
    alone = replace(with_points(mended, POINTS[1]), comparison=None, cases=(), items=(), discussions=())
    assert "2 énoncés attribués au rapport, 1 vérifié, 1 rétabli dans les mots du rapport." in plainly(
        guide(alone).foot
    )


# The outline


def test_the_outline_adds_up_and_a_break_has_no_number_and_no_part_of_its_own() -> None:
    (outline,) = grids(guide())[:1]
    assert not any("Pause" in heading for heading in headings(guide()))
    assert outline.rows[2] == ("9\u00a0h\u00a020", "Pause", "10\u00a0min")
    assert outline.rows[3][1] == "3. Étude de cas"
    assert outline.rows[-1] == ("10\u00a0h\u00a000", "Fin de la séance", "Total\u00a0: 1\u00a0h")


def test_two_days_have_a_table_each_with_their_lunch(assistant: Assistant) -> None:
    made = assistant.workshop.make(Request(("5",), (), Audience.MANAGERS, 840, 12))
    outlines = grids(guide_of(made, assistant.fiches, DATE))[:2]
    assert [plainly(outline.caption) for outline in outlines] == ["Jour 1", "Jour 2"]
    assert [[row[1] for row in outline.rows].count("Repas") for outline in outlines] == [1, 1]
    assert [outline.rows[-1][1] for outline in outlines] == ["Fin de la journée", "Fin de la séance"]


def test_sequences_that_were_timed_again_are_said_to_last_longer_than_asked() -> None:
    longer = replace(KIT, sequences=(*KIT.sequences, Stretch("s6", SequenceKind.OWN, OWN, 15)))
    said = [phrase.text for phrase in phrases(guide(longer), Role.REMARK)]
    assert plainly(said[2]) == "Les séquences durent 1 h 15 en tout ; la durée demandée est de 1 h."


# The handout


def test_participants_are_given_the_case_without_what_it_became_and_room_to_write() -> None:
    document = handout()
    assert not {s.text for s in KIT.cases[0].outcome} & {p.text for p in phrases(document, Role.ITEMS)}
    at = next(at for at, b in enumerate(document.blocks) if isinstance(b, Text) and b.phrases[0].text == TASK)
    assert isinstance(document.blocks[at + 1], Ruled)


TASK = "Par quoi commenceriez-vous, et avec qui ?"


def test_participants_are_given_the_question_without_what_is_said_on_either_side() -> None:
    held = replace(KIT, sequences=(replace(KIT.sequences[3], holds=("d1",)),))
    document = handout(held)
    assert [p.text for p in phrases(document, Role.PROPOSAL)] == [KIT.discussions[0].question.text]
    assert phrases(document, Role.ITEMS) == []


def test_a_sequence_that_gives_participants_nothing_is_not_in_the_handout() -> None:
    assert [h for h in headings(handout()) if not h.startswith(("L'essentiel", "La ", "Les ", "À vous"))] == [
        "Objectifs",
        "Des pratiques, fiche par fiche",
        "Étude de cas",
        "Étude de cas : une conférence familiale",
        "À lire dans le rapport",
    ]


def test_what_no_sequence_works_on_is_kept_in_reserve_for_the_trainer_alone() -> None:
    assert "En réserve" in headings(guide())
    assert "À discuter" in headings(guide())
    assert "À discuter" not in headings(handout())


# The quiz


def test_the_quiz_to_fill_in_gives_no_answer_away() -> None:
    document = quiz()
    assert document.references == ()
    assert phrases(document, Role.ANSWER, Role.ITEMS) == []
    assert [phrase.lead for phrase in texts(document, Role.CHOICES)[0].phrases] == ["A.", "B.", "C."]
    assert document.foot == wording.ANSWERS_ELSEWHERE


def test_the_answers_give_the_right_one_its_proof_and_where_each_wrong_one_is_right() -> None:
    document = quiz(answers=True)
    right, *_ = phrases(document, Role.ANSWER)
    assert (plainly(right.lead), right.references) == ("Réponse B :", (1,))
    assert [text.caption for text in texts(document, Role.ITEMS)] == [
        "Pourquoi",
        "D'où viennent les autres réponses",
        "Pourquoi",
        "Points attendus",
    ]
    wrong = [plainly(phrase.lead) for phrase in texts(document, Role.ITEMS)[1].phrases]
    assert wrong == ["A. Vrai de la fiche 1c :", "C. Vrai de la fiche 3b :"]


def test_an_open_question_has_lines_to_write_on_and_its_expected_points_are_not_said_twice() -> None:
    assert isinstance(quiz().blocks[-1], Ruled)
    texts_of_answers = [phrase.text for phrase in texts(quiz(answers=True), Role.ITEMS)[-1].phrases]
    assert texts_of_answers == [point.text for point in KIT.items[2].points]


def matching(*rights: str) -> Kit:
    pairs = tuple(
        Pair(Statement(f"Pratique {number}", Origin.TOOL), replace(POINTS[0], text=right), "4a")
        for number, right in enumerate(rights, 1)
    )
    item = Item("q9", ItemKind.MATCHING, "4a", "publics", TOOL, pairs=pairs, proof=tuple(pair.right for pair in pairs))
    return replace(KIT, items=(item,))


@given(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
def test_a_matching_item_has_its_right_side_in_another_order_and_its_answers_put_it_right(rights: list[str]) -> None:
    kit = matching(*rights)
    (table,) = grids(quiz(kit))
    letters = dict(row[2].split(". ") for row in table.rows)
    assert [letters[row[2].split(". ")[0]] for row in table.rows] != rights
    answered = phrases(quiz(kit, answers=True), Role.ITEMS)
    assert [(letters[p.lead[4]], p.references) for p in answered] == [(right, (1,)) for right in rights]


def test_a_question_of_the_trainers_own_is_said_to_be_theirs_and_nothing_is_proved_of_it() -> None:
    options = tuple(Option(Statement(text, Origin.TRAINER), text == "oui") for text in ("oui", "non"))
    kit = replace(KIT, items=(Item("q9", ItemKind.CHOICE, "", "", OWN, options),))
    document = quiz(kit, answers=True)
    assert headings(document)[1] == "1. Mes mots à moi. · Mots du formateur"
    assert [(plainly(p.lead), p.text) for p in phrases(document, Role.PROPOSAL)] == [("Réponse A :", "oui")]
    assert document.references == ()


def test_an_answer_that_the_trainer_put_in_other_words_is_said_to_be_theirs_and_keeps_its_proof() -> None:
    item = KIT.items[0]
    right = replace(item.options[1], statement=replace(OWN, was=item.options[1].statement))
    kit = replace(KIT, items=(replace(item, options=(item.options[0], right, item.options[2])),))
    document = quiz(kit, answers=True)
    assert [text.caption for text in texts(document, Role.PROPOSAL)] == ["Mots du formateur"]
    assert texts(document, Role.ITEMS)[0].caption == "Pourquoi"


def test_a_session_without_a_quiz_gives_a_document_that_says_so() -> None:
    for answers in (False, True):
        assert wording.NO_QUIZ in plain(quiz(replace(KIT, items=()), answers))


# The formats


def test_word_has_real_headings_a_table_that_repeats_its_heads_and_parts_on_new_pages() -> None:
    read = docx.Document(BytesIO(word(guide())))
    styles = [p.style.name for p in read.paragraphs]
    assert styles[:4] == ["Title", "Subtitle", "Body Text", "Body Text"]
    assert {"Heading 1", "Heading 2", "Heading 3", "Choix", "Lignes", "Caption"} <= set(styles)
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in read.tables)
    fresh = [p.text for p in read.paragraphs if p.paragraph_format.page_break_before]
    assert [plainly(text) for text in fresh] == ["Quiz : les questions", "Quiz : les réponses"]


def test_word_keeps_a_heading_with_what_it_heads_and_a_question_with_its_choices() -> None:
    read: WordDocument = docx.Document(BytesIO(word(quiz())))
    assert all(read.styles[f"Heading {level}"].paragraph_format.keep_with_next for level in (1, 2, 3))
    kept = [p.paragraph_format.keep_with_next for p in read.paragraphs if p.style.name == "Choix"]
    assert kept == [True, True, None, True, None]


def test_word_has_a_footnote_for_each_reference() -> None:
    with ZipFile(BytesIO(word(guide()))) as archive:
        notes = archive.read("word/footnotes.xml").decode().count("<w:footnoteRef/>")
        calls = archive.read("word/document.xml").decode().count("<w:footnoteReference ")
    assert notes == calls == len(guide().references)


def test_the_pdf_has_an_outline_and_no_page_that_ends_on_a_heading(kit: Kit, assistant: Assistant) -> None:
    made = guide_of(kit, assistant.fiches, DATE)
    reader = PdfReader(BytesIO(pdf(made)))
    parts = [entry.title for entry in reader.outline if not isinstance(entry, list)]
    assert parts == [*(b.text for b in made.blocks if isinstance(b, Heading) and b.level == 1), wording.REFERENCES]
    heads = {plainly(heading) for heading in headings(made) if "Question" not in heading}
    lines = [[plainly(line) for line in page.extract_text().split("\n") if line.strip()] for page in reader.pages]
    assert not heads & {line for page in lines for line in page[-2:]}


def test_markdown_reads_as_headings_tables_and_boxes() -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown(guide()))
    levels = {token.tag for token in tokens if token.type == "heading_open"}
    assert levels == {"h1", "h2", "h3", "h4"}
    assert sum(token.type == "table_open" for token in tokens) == 2
    assert markdown(quiz()).count("\n- [ ] ") == 5


def test_a_plain_text_has_its_title_boxes_and_lines() -> None:
    said = plain(quiz())
    assert said.startswith(quiz().title)
    assert (said.count(f"\n{BOX} "), said.count(RULE)) == (5, 6)


@pytest.mark.parametrize("make", [word, pdf, markdown, plain])
def test_the_same_kit_gives_the_same_bytes(make) -> None:
    assert [make(document) for document in every_document(KIT)] == [make(document) for document in every_document(KIT)]


def test_all_the_words_of_a_real_guide_are_in_its_pdf(kit: Kit, assistant: Assistant) -> None:
    read = plainly(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(guide_of(kit, assistant.fiches, DATE)))).pages)
    )
    assert [s.text for s in kit.statements() if plainly(cleaned(s.text)).split(" ")[-1] not in read] == []


def hostile(text: str) -> Kit:
    """The kit, each thing that the trainer can write written so."""
    own = Statement(text, Origin.TRAINER)
    item = Item("q9", ItemKind.CHOICE, "", "", own, (Option(own, True), Option(replace(own, text="non"), False)))
    stretch = Stretch("s9", SequenceKind.OWN, own, 5, (own,), (own,), ("q9",))
    return replace(KIT, title=own, sequences=(*KIT.sequences, stretch), items=(*KIT.items, item))


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(), min_size=1).filter(str.strip))
@example("<script>x</script> [lien](javascript:x) `code` ![i](x) | # {nb} \u202eabc")
def test_whatever_the_trainer_writes_gives_every_document_in_every_format(text: str) -> None:
    for document in every_document(hostile(text)):
        tokens = MarkdownIt("commonmark").parse(markdown(document))
        inline = {child.type for token in tokens for child in token.children or ()}
        assert inline <= {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close"}
        assert plain(document)


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.text(st.characters(), min_size=1).filter(str.strip))
@example("\x00")
def test_whatever_the_trainer_writes_gives_files_that_open(text: str) -> None:
    for document in every_document(hostile(text)):
        assert docx.Document(BytesIO(word(document))).paragraphs
        assert PdfReader(BytesIO(pdf(document))).pages


# The blocks


def test_a_row_of_a_plain_table_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="a cell for each column"):
        Grid(("Heure", "Séquence"), (("9 h",),), (1, 2))


@pytest.mark.parametrize("role", [Role.PROPOSAL, Role.PROPOSALS, Role.CHOICES])
def test_what_is_proposed_or_to_be_chosen_from_claims_no_reference(role: Role) -> None:
    with pytest.raises(ValueError, match="anything else has none"):
        Text(role, (Phrase("proposé", (1,)),))
