"""A kit as slides: a sequence each, the proofs in the notes, nothing that runs over."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pptx
import pytest

from assistant.chain import Assistant
from assistant.exports.document import cleaned
from assistant.exports.slides_file import slides_file
from assistant.kits.kit import Audience, Kit, Request

DATE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _plain(text: str) -> str:
    """A text with plain spaces: those that do not break are of the layout."""
    return " ".join(cleaned(text).split())


def _read(kit: Kit, assistant: Assistant) -> list[Any]:
    return list(pptx.Presentation(BytesIO(slides_file(kit, assistant.fiches, DATE))).slides)


def _said(slide: Any) -> str:
    cells = [
        c.text_frame.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for c in row.cells
    ]
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return _plain(" ".join([*texts, *cells]))


def _notes(slide: Any) -> str:
    return _plain(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


@pytest.fixture(scope="module")
def slides(kit: Kit, assistant: Assistant) -> list[Any]:
    return _read(kit, assistant)


def test_every_sequence_has_its_slide_with_its_title(kit: Kit, slides: list[Any]) -> None:
    titles = [_plain(slide.shapes.title.text_frame.text) for slide in slides]
    for sequence in kit.sequences:
        assert any(title.startswith(_plain(sequence.title.text)) for title in titles)


def test_every_slide_has_a_title_for_whoever_hears_it(slides: list[Any]) -> None:
    assert all(slide.shapes.title.text_frame.text.strip() for slide in slides)


def test_what_the_report_says_stands_on_a_slide_and_its_words_in_the_notes_of_it(kit: Kit, slides: list[Any]) -> None:
    for point in (point for sequence in kit.sequences for point in sequence.points):
        holding = [slide for slide in slides if _plain(point.text) in _said(slide)]
        assert holding
        assert all(_plain(citation.quote) in _notes(holding[0]) for citation in point.citations)


def test_every_quote_of_the_kit_is_in_the_notes(kit: Kit, slides: list[Any]) -> None:
    noted = " ".join(map(_notes, slides))
    assert [c.quote for c in kit.citations() if _plain(c.quote) not in noted and c.fiche in kit.request.fiches] == []


def test_a_question_of_the_quiz_does_not_show_its_answer(kit: Kit, slides: list[Any]) -> None:
    for item in kit.items:
        (asked,) = [slide for slide in slides if _plain(item.stem.text) in _said(slide)][:1]
        assert "Réponse" not in _said(asked)
        assert "Réponse" in _notes(asked)


def test_the_tools_own_words_are_marked(kit: Kit, slides: list[Any]) -> None:
    (aims,) = [slide for slide in slides if slide.shapes.title.text_frame.text == "Objectifs"]
    assert "Proposé par l'outil" in _said(aims)


@pytest.mark.parametrize("minutes", [30, 180, 840])
def test_no_body_is_longer_than_its_slide(assistant: Assistant, minutes: int) -> None:
    made = assistant.workshop.make(Request(("5",), (), Audience.PROFESSIONALS, minutes, 12))
    for slide in _read(made, assistant):
        for shape in (s for s in slide.placeholders if s.placeholder_format.idx == 1 and s.has_text_frame):
            assert _depth(shape) <= shape.height


def _depth(shape: Any) -> int:
    """How deep the text of a shape is at most, its characters half as wide as they are high."""
    depth = 0
    for paragraph in shape.text_frame.paragraphs:
        if not paragraph.runs:
            continue
        size = max(run.font.size for run in paragraph.runs)
        per_line = int(shape.width / (size * 0.5))
        depth += -(-len(paragraph.text) // per_line) * int(size * 1.2) + int(paragraph.space_before or 0)
    return depth


def test_the_same_kit_gives_the_same_bytes(kit: Kit, assistant: Assistant) -> None:
    assert slides_file(kit, assistant.fiches, DATE) == slides_file(kit, assistant.fiches, DATE)
