"""The records: frozen, and refused at birth when they would lie."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, replace

import pytest
from answers import ANSWER, CITATION

from assistant.answer import CitationState, Sentence, Status
from ingest.records import Block, BlockKind, Passage, Unit, UnitKind

PASSAGE = Passage(
    id="fiche-4a/financements/1",
    document="rapport",
    text="Chaque commune paie.",
    start=100,
    end=120,
    path=("Fiche 4a", "Financements"),
    units=(Unit(100, 120, UnitKind.SENTENCE),),
    pages=("86", "87"),
)


def test_an_unproved_quote_is_never_a_citation() -> None:
    with pytest.raises(ValueError, match="unproved"):
        replace(CITATION, state=CitationState.UNPROVED)


@pytest.mark.parametrize("wrong", [{"quote": "Chaque commune paie"}, {"end": 121}, {"start": 99}, {"number": 0}])
def test_a_citation_is_its_span(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is not its span"):
        replace(CITATION, **wrong)


@pytest.mark.parametrize("numbers", [(), (2,), (1, 2), (0,)])
def test_an_answer_with_an_unproved_sentence_cannot_be_born(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a sentence without proof"):
        replace(ANSWER, sentences=(Sentence("Chaque commune paie.", numbers),))


def test_one_unproved_sentence_among_proved_ones_is_enough_to_refuse() -> None:
    with pytest.raises(ValueError, match="Inventé"):
        replace(ANSWER, sentences=(*ANSWER.sentences, Sentence("Inventé.", ())))


def test_an_answer_without_a_sentence_is_not_answered() -> None:
    with pytest.raises(ValueError, match="answered with 0 sentences"):
        replace(ANSWER, sentences=())


@pytest.mark.parametrize("status", [Status.SILENT, Status.UNPROVABLE])
def test_a_refusal_shows_no_sentence(status: Status) -> None:
    with pytest.raises(ValueError, match="with 1 sentences"):
        replace(ANSWER, status=status)
    assert replace(ANSWER, status=status, sentences=(), citations=(), message="Non.").text == "Non."


def test_an_answer_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        ANSWER.sentences = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        ANSWER.citations[0].quote = "Autre chose."  # type: ignore[misc]


def test_an_answer_reads_as_sentences_that_follow_and_items_of_their_own_line() -> None:
    sentences = (
        Sentence("Une phrase.", (1,)),
        Sentence("Une autre.", (1,)),
        Sentence("un point", (1,), kind="item"),
        Sentence("Achères", (1,), kind="row", lead="Territoire :"),
        Sentence("La dernière.", (1,), lead="Gironde :"),
    )
    assert replace(ANSWER, sentences=sentences).text.split("\n") == [
        "Une phrase. Une autre.",
        "- un point",
        "- Territoire : Achères",
        "Gironde : La dernière.",
    ]


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_block_holds_text(text: str) -> None:
    with pytest.raises(ValueError, match="holds text"):
        Block(BlockKind.PARAGRAPH, text)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (-1, 5)])
def test_a_unit_is_a_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Unit(start, end, UnitKind.SENTENCE)


@pytest.mark.parametrize("wrong", [{"text": "Chaque commune paie"}, {"start": 99}, {"end": 121}])
def test_a_passage_is_its_span(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is not the span"):
        replace(PASSAGE, **wrong)


@pytest.mark.parametrize(("start", "end"), [(99, 120), (100, 121), (200, 210)])
def test_a_unit_never_leaves_its_passage(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside the passage"):
        replace(PASSAGE, units=(Unit(start, end, UnitKind.SENTENCE),))


def test_a_passage_knows_its_words_its_group_its_first_page_and_its_hash() -> None:
    assert PASSAGE.words_of(Unit(107, 114, UnitKind.SENTENCE)) == "commune"
    assert PASSAGE.group == "fiche-4a/financements"
    assert PASSAGE.page == "86"
    assert replace(PASSAGE, pages=()).page is None
    assert PASSAGE.sha256 == hashlib.sha256(b"Chaque commune paie.").hexdigest()
