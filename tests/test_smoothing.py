"""A language model may word a kit more smoothly, and may add nothing to what its quotes say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from llm_server import Play, Service, running

from assistant.author import Author
from assistant.kits.kit import Kit, Origin, Statement
from assistant.kits.smoothing import smooth
from assistant.language_model import open_model

NOTHING = Play(text='{"sentences": []}')


def _smoothed(*sentences: tuple[object, object]) -> Play:
    said = [{"number": number, "sentence": sentence} for number, sentence in sentences]
    return Play(text=json.dumps({"sentences": said}, ensure_ascii=False))


@pytest.fixture
def service() -> Iterator[Service]:
    with running(Service(NOTHING)) as server:
        yield server


@pytest.fixture
def author(service: Service, monkeypatch: pytest.MonkeyPatch) -> Author:
    settings = service.settings(monkeypatch, llm_timeout_s=9)
    return Author(open_model(settings), settings)


@pytest.fixture
def short(kit: Kit) -> Kit:
    """The kit with one point alone to be worded."""
    sequence = next(sequence for sequence in kit.sequences if sequence.points)
    return replace(kit, sequences=(replace(sequence, points=sequence.points[:1]),), cases=(), discussions=())


def _point(kit: Kit) -> Statement:
    return kit.sequences[0].points[0]


def test_a_smoother_sentence_that_its_quote_holds_takes_the_place(service: Service, author: Author, short: Kit) -> None:
    words = _point(short).citations[0].quote.split()
    better = f"Pour le dire simplement, {' '.join(words).rstrip('.')}."
    service.plays = [_smoothed((1, better))]
    smoothed = smooth(short, author)
    assert _point(smoothed).text == better
    assert _point(smoothed).citations == _point(short).citations
    assert smoothed.model == "openai:m"


@pytest.mark.parametrize(
    "sentence",
    [
        "La pair-aidance a été inventée à Marseille en 1987 par trois psychiatres.",
        "La pair-aidance ne repose jamais sur l'entraide entre des personnes.",
        "Les impôts locaux financent 80 % de la pair-aidance.",
        "<b>La pair-aidance</b> est une manière d'être en relation.",
        "",
        12,
        None,
    ],
)
def test_a_sentence_that_says_more_changes_nothing(
    service: Service, author: Author, short: Kit, sentence: object
) -> None:
    service.plays = [_smoothed((1, sentence))]
    assert smooth(short, author).sequences == short.sequences


@pytest.mark.parametrize("number", [0, 2, -1, "1", None])
def test_a_number_that_is_no_sentence_changes_nothing(
    service: Service, author: Author, short: Kit, number: object
) -> None:
    service.plays = [_smoothed((number, _point(short).citations[0].quote))]
    assert smooth(short, author).sequences == short.sequences


def test_only_what_the_report_says_is_shown_to_the_model(service: Service, author: Author, kit: Kit) -> None:
    own = Statement("Mots à moi sur Mme Untel.", Origin.TRAINER)
    changed = replace(kit, sequences=(replace(kit.sequences[1], points=(own, *kit.sequences[1].points)),))
    smooth(changed, author)
    assert service.requests
    assert "Untel" not in json.dumps(service.requests, ensure_ascii=False)


@pytest.mark.parametrize("play", [Play(500), Play(401), Play(text="Bonjour"), Play(text="")], ids=str)
def test_a_model_that_fails_leaves_the_kit_as_it_is_and_says_so(
    service: Service, author: Author, kit: Kit, play: Play
) -> None:
    service.plays = [play]
    smoothed = smooth(kit, author)
    assert replace(smoothed, note="") == kit
    assert smoothed.note.endswith("dans les mots de départ.")
