"""A Markdown file is read as blocks, without its marks and without what its converter left in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.markdown import read_markdown
from ingest.records import BlockKind

HEADING, PARAGRAPH, ITEM, ROW, NOTE = BlockKind


def read(markdown: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.text) for block in read_markdown(markdown)]


def test_headings_keep_their_level() -> None:
    blocks = read_markdown("# Un\n\n### Trois")
    assert [(b.kind, b.text, b.level) for b in blocks] == [(HEADING, "Un", 1), (HEADING, "Trois", 3)]


def test_items_keep_their_depth() -> None:
    assert [(b.text, b.level) for b in read_markdown("- a\n  - b\n    - c\n- d")] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("d", 0),
    ]


@pytest.mark.parametrize("bullet", ["-", "•", "❖", "▪", "➢", "+", "o", "- o", "- •", "- -"])
def test_every_bullet_of_the_converter_makes_an_item_and_leaves(bullet: str) -> None:
    assert read(f"{bullet} Un rappel") == [(ITEM, "Un rappel")]


def test_an_item_that_starts_with_a_figure_is_an_item() -> None:
    assert read("- o 10% de jeunes\n- o 1 étudiant sur 2") == [(ITEM, "10% de jeunes"), (ITEM, "1 étudiant sur 2")]


@pytest.mark.parametrize("line", ["1. Premier", "- 2) Second", "a. Troisième"])
def test_a_numbered_item_keeps_its_number(line: str) -> None:
    assert read(line) == [(ITEM, line.removeprefix("- "))]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**Année** 2014", "Année 2014"),
        ("<u>Objectif</u> visé", "Objectif visé"),
        ("un *mot* &amp; deux", "un mot & deux"),
        ("54\\_2 \\$ \\[...\\]", "54_2 $ [...]"),
        ("voir [le site](https://a.fr) et ![la carte](carte.png)", "voir le site et la carte"),
        ("<a href='x'>https://a.fr</a>", "https://a.fr"),
        ("[https://a.fr](https://a.fr)", "https://a.fr"),
        ("un\u00a0mot\u202f!", "un mot !"),
    ],
)
def test_the_marks_of_a_line_leave_its_words(marked: str, plain: str) -> None:
    assert read(marked) == [(PARAGRAPH, plain)]


@pytest.mark.parametrize("noise", ["---", "42", "▼", "🔻", "* * *", "- -", "|---|:--|", "\t\t", "<br>", "![](a.png)"])
def test_a_line_that_says_nothing_is_left_out(noise: str) -> None:
    assert read(f"Avant.\n\n{noise}\n\nAprès.") == [(PARAGRAPH, "Avant."), (PARAGRAPH, "Après.")]


@pytest.mark.parametrize(
    "line",
    [
        "<sup>7</sup> Voir la note",
        "<sup>&</sup>lt;sup>7</sup> Voir la note",
        "$<sup>^{7} \\ </sup>\\underline{\\text{Voir la note}}$",
    ],
)
def test_a_footnote_is_known_in_the_three_ways_the_converter_writes_it(line: str) -> None:
    assert read(line) == [(NOTE, "7 Voir la note")]


@pytest.mark.parametrize("call", ["<sup>7</sup>", "$^{7}$", "$^7$", "⁷"])
def test_a_call_of_note_is_written_one_way(call: str) -> None:
    assert read(f"un mot{call} suit") == [(PARAGRAPH, "un mot<sup>7</sup> suit")]


def test_an_arrow_opens_a_heading_unless_a_whole_sentence_follows() -> None:
    assert read("- → Genèse\n\n→ Le département travaille avec eux.") == [
        (HEADING, "→ Genèse"),
        (PARAGRAPH, "→ Le département travaille avec eux."),
    ]


def test_a_row_keeps_its_cells_and_loses_its_triangles() -> None:
    assert read("▼ Vous-même\t37,65 %\t61") == [(ROW, "Vous-même\t37,65 %\t61")]


def test_a_table_of_pipes_is_a_table() -> None:
    assert read("| Nom | Âge |\n|---|--:|\n| Zoé | 12 |") == [(ROW, "Nom\tÂge"), (ROW, "Zoé\t12")]


def test_a_paragraph_wrapped_over_several_lines_is_one() -> None:
    assert read("Le conseil départemental du\nNord agit.\nIl forme.\n\nFin.") == [
        (PARAGRAPH, "Le conseil départemental du Nord agit. Il forme."),
        (PARAGRAPH, "Fin."),
    ]


def test_an_item_wrapped_over_two_lines_is_one() -> None:
    assert read("- le conseil du\n  Nord\n- un autre") == [(ITEM, "le conseil du Nord"), (ITEM, "un autre")]


def test_a_file_made_on_windows_reads_the_same() -> None:
    text = "# Un\n\nDeux.\n\n- trois\n"
    assert read(text.replace("\n", "\r\n")) == read(text)


@given(st.text(max_size=300))
def test_no_text_whatsoever_breaks_the_reading(text: str) -> None:
    assert all(block.text.strip() for block in read_markdown(text))
