"""Passages hold every word of a document once, in its order, and never mix two fiches or two fields."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.markdown import read_markdown
from ingest.outline import FIELDS
from ingest.passages import sentence_spans
from ingest.records import Block, BlockKind, Passage, Report, UnitKind
from ingest.settings import Settings
from ingest.sources import find_sources, read_sources
from ingest.structure import build_report

WORDS = st.sampled_from(
    "le conseil forme des élèves, et accompagne (avec eux) l'école du Nord « ici » : 20% ; etc.".split()
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
HEADS = {
    "descriptif": "→ Descriptif de l'action",
    "genese": "→ Genèse et émergence de la pratique",
    "conditions": "Conditions de mise en œuvre :",
    "evaluation": "→ Evaluation",
}


@st.composite
def block_lists(draw: st.DrawFn, first: int = 0) -> list[Block]:
    """Blocks of every kind but notes, each with a word of its own (`mot17x`)."""
    blocks = []
    for n in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from([k for k in BlockKind if k is not BlockKind.NOTE]))
        body = " ".join(f"{s}." for s in draw(st.lists(SENTENCE, max_size=8)))
        text = f"Mot{first + n}x {body}" if kind is not BlockKind.ROW else f"Mot{first + n}x\t12 %\t{body}"
        level = draw(st.integers(1, 4)) if kind is BlockKind.HEADING else draw(st.integers(0, 3))
        blocks.append(Block(kind, text.strip(), level))
    return blocks


@st.composite
def reports_of_fiches(draw: st.DrawFn) -> tuple[list[Block], dict[str, tuple[str, str]]]:
    """A report of six fiches with random fields, and the fiche and field where each word of its own belongs."""
    blocks: list[Block] = []
    belongs: dict[str, tuple[str, str]] = {}
    for fiche in ("1a", "1b", "2a", "3a", "4a", "5a"):
        blocks.append(Block(BlockKind.HEADING, f"FICHE N°{fiche.upper()}: TITRE", 1))
        card = ("Territoire Gers", "Année 2015", "Initiateurs et acteurs concernés X", "Public(s) cible(s) Tous")
        blocks += [Block(BlockKind.PARAGRAPH, line) for line in card]
        for field in draw(st.lists(st.sampled_from(sorted(HEADS)), unique=True, min_size=1)):
            body = draw(block_lists(first=1000 * len(belongs)))
            blocks += [Block(BlockKind.HEADING, HEADS[field], 2), *body]
            belongs |= {b.text.split()[0]: (fiche, field) for b in body if b.kind is not BlockKind.HEADING}
    return blocks, belongs


def check_spans(report: Report) -> None:
    end = 0
    for passage in report.passages:
        assert passage.start >= end
        assert passage.text == report.text[passage.start : passage.end]
        end, inner = passage.end, passage.start
        for unit in passage.units:
            assert inner <= unit.start < unit.end <= passage.end
            inner = unit.end


@given(block_lists())
@hypothesis_settings(max_examples=150, deadline=None)
def test_passages_are_slices_of_the_text_in_its_order(blocks: list[Block]) -> None:
    check_spans(build_report(blocks, "d", "D"))


@given(block_lists())
@hypothesis_settings(max_examples=150, deadline=None)
def test_every_word_under_the_headings_stands_in_one_passage(blocks: list[Block]) -> None:
    report = build_report(blocks, "d", "D")
    said = [word for passage in report.passages for word in passage.text.split()]
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            assert said.count(block.text.split()[0]) == 1
    written = sum(len(re.findall(r"\w+", b.text)) for b in blocks if b.kind is not BlockKind.HEADING)
    heads = sum(len(re.findall(r"\w+", b.text)) for b in blocks if b.kind is BlockKind.HEADING)
    kept = len(re.findall(r"\w+", "\n".join(p.text for p in report.passages)))
    assert written <= kept <= written + heads


@given(block_lists())
@hypothesis_settings(max_examples=100, deadline=None)
def test_ids_are_unique_and_the_same_in_two_runs(blocks: list[Block]) -> None:
    first, second = (build_report(blocks, "d", "D") for _ in range(2))
    ids = [p.id for p in first.passages]
    assert len(set(ids)) == len(ids)
    assert first == second


@given(reports_of_fiches())
@hypothesis_settings(max_examples=30, deadline=None)
def test_no_passage_crosses_a_fiche_or_a_field(made: tuple[list[Block], dict[str, tuple[str, str]]]) -> None:
    blocks, belongs = made
    report = build_report(blocks, "d", "D")
    check_spans(report)
    stands = {word: (p.fiche, p.field) for p in report.passages for word in p.text.split() if word in belongs}
    assert stands == belongs


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    (read,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    return read


def words(passage: Passage) -> int:
    return len(passage.text.split())


def test_the_passages_of_the_report_are_slices_of_its_text(report: Report) -> None:
    check_spans(report)


def test_the_report_reads_the_same_twice(report: Report, settings: Settings) -> None:
    (again,) = read_sources(find_sources((), settings), settings, lambda label, done, total: None)
    assert again == report
    assert len({p.id for p in report.passages}) == len(report.passages)


def test_no_passage_of_the_report_is_much_longer_than_180_words(report: Report) -> None:
    longer = [words(p) for p in report.passages if words(p) > 180]
    assert max(longer) <= 190
    assert len(longer) <= 6


def test_a_short_passage_of_the_report_could_not_have_been_longer(report: Report) -> None:
    for above, below in pairwise(report.passages):
        if above.group == below.group and min(words(above), words(below)) < 40:
            assert words(above) + words(below) > 180, (above.id, below.id)


def test_a_list_of_the_report_stays_with_the_line_that_opens_it(report: Report) -> None:
    for above, below in pairwise(report.passages):
        opened = below.units[0].kind in (UnitKind.ITEM, UnitKind.ROW) and above.group == below.group
        assert not (opened and above.text.endswith(":")), (above.id, below.id)


def test_no_passage_of_the_report_ends_with_a_heading(report: Report) -> None:
    assert [p.id for p in report.passages if p.units[-1].kind is UnitKind.HEADING] == []


def test_no_table_of_the_report_is_parted(report: Report) -> None:
    for above, below in pairwise(report.passages):
        assert (above.units[-1].kind, below.units[0].kind) != (UnitKind.ROW, UnitKind.ROW) or (
            above.group != below.group
        ), (above.id, below.id)


@pytest.mark.parametrize(
    "rest",
    [r"<[^ ]", r"\*\*", r"[▼🔻₽₩❖\ue000\ue001]", r"\\", r"&\w+;", r"\$", r"(?m)^\s*\d{1,3}\s*$", r"\t", r"→"],
)
def test_nothing_of_the_converter_is_left_in_a_passage(rest: str, report: Report) -> None:
    assert [(p.id, found[0]) for p in report.passages if (found := re.search(rest, p.text))] == []


def test_no_call_of_a_note_is_left_in_a_passage(report: Report) -> None:
    glued = re.compile(r"(?:[a-zà-ÿ]{2}|[»)])(?:1?\d|20|21)(?=[\s.,;:)]|$)|(?<=\s)1?\d[a-z]{4}")
    assert [(p.id, found[0]) for p in report.passages if (found := glued.search(p.text))] == []


def test_a_sentence_of_the_report_never_starts_in_the_middle_of_another(report: Report) -> None:
    starts = [
        (p.id, p.words_of(below))
        for p in report.passages
        for above, below in pairwise(p.units)
        if above.kind is below.kind is UnitKind.SENTENCE and re.match(r"[a-zà-ÿ,;:)»]", p.words_of(below))
    ]
    assert starts == []


@pytest.mark.parametrize(
    ("passage", "value"),
    [
        ("fiche-1a/objectif/1", "développer le pouvoir d'agir des personnes accompagnées"),
        ("fiche-1a/financements/1", "les formations de coordinateurs"),
        ("fiche-1c/gouvernance/1", "Le Conseil départemental s'est saisi de la démarche"),
        ("fiche-1d/participation/1", "Les familles sont invitées"),
        ("fiche-2b/perspectives/1", "Poursuite de la démarche"),
        ("fiche-3b/financements/1", "Financements sur fond propres (l'ACSEA)"),
    ],
)
def test_the_label_of_a_field_is_no_part_of_its_value(passage: str, value: str, report: Report) -> None:
    (found,) = [p for p in report.passages if p.id == passage]
    assert found.words_of(found.units[0]).startswith(value)


def test_the_fields_of_the_fiches_are_those_of_the_outline(report: Report) -> None:
    assert {p.field for p in report.passages if p.fiche and p.field} == set(FIELDS)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        ("M. L'HOUSSNI forme. Il part.", ["M. L'HOUSSNI forme.", "Il part."]),
        ("Il dit : « Un. Deux. » Puis trois.", ["Il dit : « Un. Deux. »", "Puis trois."]),
        ("La rue, l'école..., et la maison.", ["La rue, l'école..., et la maison."]),
        ("Des mails, etc. Ces demandes croissent.", ["Des mails, etc.", "Ces demandes croissent."]),
        ("Des mails, etc. dans le Nord.", ["Des mails, etc. dans le Nord."]),
        ("Il coûte 3.5 euros (p. 12). Fin.", ["Il coûte 3.5 euros (p. 12).", "Fin."]),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


@given(st.lists(SENTENCE, max_size=6).map(". ".join))
@hypothesis_settings(max_examples=200, deadline=None)
def test_sentences_hold_every_word_of_their_text(text: str) -> None:
    spans = sentence_spans(text)
    rest = text
    for start, end in reversed(spans):
        rest = rest[:start] + rest[end:]
    assert not re.search(r"\w", rest)


def test_a_passage_that_goes_on_with_a_list_shows_its_first_bullet(report: Report) -> None:
    (passage,) = [p for p in report.passages if p.id == "fiche-1b/genese/2"]
    assert passage.text.startswith("- Fin 2016, mise en œuvre")
    assert passage.words_of(passage.units[0]).startswith("Fin 2016")


def test_a_short_numbered_item_keeps_its_number() -> None:
    report = build_report(read_markdown("Il faut :\n\n1. Un lit\n2. Une table assez grande pour tous\n"), "d", "D")
    units = [passage.words_of(u) for passage in report.passages for u in passage.units]
    assert units == ["Il faut :", "1. Un lit", "Une table assez grande pour tous"]
