"""`pratiques mask`: the personal data of questions, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.personal import find_personal
from assistant.serial import BadLine, as_json, mask_record, read_mask_line

Ran = tuple[int, str, str]


@pytest.fixture
def mask(tmp_path: Path, pratiques: Callable[..., Ran]) -> Callable[..., list[dict[str, Any]]]:
    """Mask lines (bytes as they are, anything else as JSON); the lines that come out."""

    def call(*records: Any) -> list[dict[str, Any]]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in records))
        assert pratiques("mask", "--in", source, "--out", target) == (0, "", "")
        return [json.loads(line) for line in target.read_bytes().decode("utf-8").splitlines()]

    return call


def test_each_question_comes_back_masked_with_what_was_personal_in_it(
    mask: Callable[..., list[dict[str, Any]]],
) -> None:
    told, plain = mask(
        {"id": "a", "question": "Mme Durand, 06 12 34 56 78, peut-elle rester chez elle ?"},
        {"id": 2, "question": "Qui finance FLORA ?"},
    )
    assert told == {
        "id": "a",
        "personal": True,
        "spans": ["Durand", "06 12 34 56 78"],
        "masked": "Mme [nom], [téléphone], peut-elle rester chez elle ?",
    }
    assert plain == {"id": 2, "personal": False, "spans": [], "masked": "Qui finance FLORA ?"}


def test_a_name_that_the_report_prints_is_no_personal_data(mask: Callable[..., list[dict[str, Any]]]) -> None:
    (said,) = mask({"id": 1, "question": "Que dit Michel Boutanquoi ?"})
    assert said["personal"] is False


@pytest.mark.parametrize(
    ("bad", "identifier"),
    [
        (b"non", None),
        (b"[]", None),
        (b'{"id": 1, "question": "\xff"}', None),
        ({"id": 2}, 2),
        ({"id": 3, "question": 4}, 3),
    ],
)
def test_a_bad_line_is_answered_in_its_place(
    mask: Callable[..., list[dict[str, Any]]], bad: Any, identifier: int | None
) -> None:
    first, second = mask(bad, {"id": "bon", "question": "Mme Durand ?"})
    assert (set(first), first["id"], second["spans"]) == ({"id", "error"}, identifier, ["Durand"])


@given(st.binary(max_size=60))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    try:
        _, question = read_mask_line(line)
    except BadLine:
        return
    assert isinstance(question, str)


@given(st.lists(st.sampled_from(["Mme ", "Durand ", "06 12 34 56 78 ", "a@b.fr ", "\ud83d", "« FLORA » ", "née "])))
def test_what_is_said_to_be_personal_stands_in_the_question_as_typed(pieces: list[str]) -> None:
    question = "".join(pieces)
    record = json.loads(as_json(mask_record(1, find_personal(question))))
    at = 0
    for span in record["spans"]:
        at = question.index(span, at) + len(span)
    assert record["personal"] == bool(record["spans"]) == (record["masked"] != question)
