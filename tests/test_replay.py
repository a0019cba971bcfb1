"""Answers that are kept and asked again: nothing unmasked is written, and what differs is said."""

from __future__ import annotations

import json
import re
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from assistant.answer import Question, Status
from assistant.chain import Assistant
from assistant.records import Record, find_record, keep_record, without_credentials
from assistant.replay import Stands, compare, differences_lines, shift_of
from ingest.errors import RecordError, StorageError
from ingest.settings import Settings
from vectorstore.index import Index

Ran = tuple[int, str, str]
FLORA = "Qui finance le dispositif FLORA ?"
PERSONAL = ["Zoubida", "Kaci", "06 12 34 56 78", "zoubida.kaci@exemple.fr"]
CASE = f"Mme {PERSONAL[0]} {PERSONAL[1]}, {PERSONAL[2]}, {PERSONAL[3]}, peut-elle avoir une conférence familiale ?"


def recorded(assistant: Assistant, question: Question) -> Record:
    answer, judged = assistant.explain(question)
    return Record.of(answer, judged, assistant.settings)


@pytest.fixture(scope="module")
def record(assistant: Assistant) -> Record:
    return recorded(assistant, Question(FLORA))


def kept(home: Path) -> list[Path]:
    return list((home / "answers").iterdir())


def test_a_record_read_back_is_the_one_that_was_kept(assistant: Assistant, record: Record, tmp_path: Path) -> None:
    compared = recorded(assistant, Question("Comparer la gouvernance des fiches 1c et 4b"))
    for one in (record, compared):
        keep_record(one, tmp_path)
        assert find_record(one.answer.id, tmp_path) == one
    assert [p.suffix for p in kept(tmp_path)] == [".json", ".json"]


def test_ask_says_the_id_by_which_its_answer_is_replayed(pratiques: Callable[..., Ran], indexed: Path) -> None:
    code, _, err = pratiques("ask", FLORA)
    identifier = kept(indexed)[0].stem
    assert (code, err) == (0, f"Réponse gardée : {identifier} (pratiques replay {identifier})\n")
    for said in (identifier, identifier[:5], identifier.upper()):
        assert pratiques("replay", said)[:2] == (0, "Rien ne diffère.\n")
    assert len(kept(indexed)) == 1


def test_in_json_the_id_is_that_of_the_answer(pratiques: Callable[..., Ran], indexed: Path) -> None:
    identifier = json.loads(pratiques("ask", FLORA, "--json")[1])["id"]
    code, out, _ = pratiques("replay", identifier, "--json")
    assert (code, json.loads(out)["same"], json.loads(out)["id"]) == (0, True, identifier)


def test_batch_keeps_nothing(pratiques: Callable[..., Ran], indexed: Path, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "question": FLORA}), "utf-8")
    assert pratiques("batch", "--in", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")[0] == 0
    assert not (indexed / "answers").exists()


def test_personal_data_are_kept_only_where_the_user_said_yes(pratiques: Callable[..., Ran], indexed: Path) -> None:
    code, out, err = pratiques("ask", CASE, "--explain")
    (file,) = kept(indexed)
    assert code == 0
    assert "--tel-quel" in err
    assert [p for p in PERSONAL if p in file.read_text("utf-8") + out] == []
    assert pratiques("replay", file.stem)[1] == "Rien ne diffère.\n"
    file.unlink()
    code, _, err = pratiques("ask", CASE, "--tel-quel")
    (file,) = kept(indexed)
    assert "--tel-quel" not in err
    assert [p for p in PERSONAL if p not in file.read_text("utf-8")] == []
    assert pratiques("replay", file.stem)[1] == "Rien ne diffère.\n"


@examples(max_examples=15, deadline=None)
@given(order=st.permutations(PERSONAL), said=st.sampled_from(["finance FLORA", "aide", "\ud83d"]))
def test_no_wording_brings_personal_data_into_a_record(
    order: list[str], said: str, assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed = f"Mme {PERSONAL[0]} {PERSONAL[1]}, {', '.join(p for p in order if p not in PERSONAL[:2])} : qui {said} ?"
    one = recorded(assistant, Question(typed))
    path = keep_record(one, tmp_path_factory.mktemp("kept"))
    assert [p for p in PERSONAL if p in path.read_text("utf-8")] == []
    assert find_record(one.answer.id, path.parent.parent).answer.id == one.answer.id


@pytest.mark.parametrize(
    ("address", "kept_of_it"),
    [
        ("https://moi:secret@api.exemple.fr:8080/v1?key=secret#secret", "https://api.exemple.fr:8080/v1"),
        ("moi:secret@exemple.fr/v1", "exemple.fr/v1"),
        ("localhost:11434", "localhost:11434"),
        ("https://moi:sec/ret@exemple.fr", ""),
        ("https://exemple.fr?key=sec@ret", ""),
        ("https://[secret", ""),
        ("", ""),
    ],
)
def test_no_credential_of_an_address_is_kept(address: str, kept_of_it: str) -> None:
    assert without_credentials(address) == kept_of_it


def test_a_record_says_with_what_the_answer_was_made(assistant: Assistant, index: Index) -> None:
    answer, judged = assistant.explain(Question(FLORA))
    named = Settings(llm="openai:m", llm_base_url="https://moi:secret@exemple.fr/v1", embeddings="/un/modele")
    made_with = Record.of(answer, judged, named).made_with
    assert (made_with.llm, made_with.llm_base_url) == ("openai:m", "https://exemple.fr/v1")
    assert made_with.embeddings == "/un/modele"
    assert re.fullmatch(r"[0-9a-f]{64} [0-9a-f]{64}", f"{made_with.weights} {made_with.search_weights}")
    assert made_with.weights != made_with.search_weights


def test_an_answer_that_cannot_be_kept_is_still_shown(pratiques: Callable[..., Ran], indexed: Path) -> None:
    (indexed / "answers").write_text("un fichier", "utf-8")
    code, out, err = pratiques("ask", FLORA)
    assert (code, out.count("[1] fiche 4a")) == (0, 1)
    assert err.startswith("La réponse n'a pas pu être gardée")
    assert err.count("\n") == 1


def test_a_full_disk_leaves_no_half_of_a_record(record: Record, tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StorageError, match="plus de place"):
            keep_record(record, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept(tmp_path) == []


def broken(text: str) -> Callable[[dict[str, Any]], str]:
    return lambda record: text


def with_changes(**changes: Any) -> Callable[[dict[str, Any]], str]:
    return lambda record: json.dumps({**record, **changes})


def without_proof(record: dict[str, Any]) -> str:
    record["answer"]["sentences"][0]["citations"] = []
    return json.dumps(record)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (broken(""), "abîmée"),
        (broken('{"kind": "pratiques ask"'), "abîmée"),
        (broken("[]"), "abîmée"),
        (with_changes(kind="pratiques eval run"), "abîmée"),
        (with_changes(question=None), "abîmée"),
        (with_changes(date="hier"), "abîmée"),
        (with_changes(format=99), "plus récente"),
        (without_proof, "abîmée"),
    ],
)
def test_a_damaged_record_is_refused_in_french(
    pratiques: Callable[..., Ran], indexed: Path, record: Record, break_it: Callable[[dict[str, Any]], str], said: str
) -> None:
    file = keep_record(record, indexed)
    file.write_text(break_it(json.loads(file.read_bytes())), "utf-8")
    code, out, err = pratiques("replay", record.answer.id)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize("identifier", ["abc", "", "../index", "*", "a" * 12, "é\n"])
def test_an_unknown_id_is_refused_in_french(
    pratiques: Callable[..., Ran], indexed: Path, record: Record, identifier: str
) -> None:
    keep_record(replace(record, answer=replace(record.answer, id="0" * 12)), indexed)
    code, out, err = pratiques("replay", identifier)
    assert (code, out) == (2, "")
    assert "Aucune réponse gardée" in err


def test_a_start_that_two_answers_share_is_refused(record: Record, tmp_path: Path) -> None:
    for identifier in ("ab0000000000", "ab1111111111"):
        keep_record(replace(record, answer=replace(record.answer, id=identifier)), tmp_path)
    with pytest.raises(RecordError, match=r"Plusieurs .* ab0000000000, ab1111111111"):
        find_record("ab", tmp_path)
    assert find_record("ab1", tmp_path).answer.id == "ab1111111111"


def test_what_an_answer_was_made_with_is_compared(record: Record, index: Index) -> None:
    trace = replace(record.answer.trace, index="autre", embeddings="autre", prompt="write-0")
    made_with = replace(record.made_with, version="0.0", llm="ollama:m", weights="f" * 64, search_weights="e" * 64)
    then = replace(record, answer=replace(record.answer, trace=trace, understood="autre"), made_with=made_with)
    changed = {c.name for c in compare(then, record, index).changes}
    assert changed == {"index", "embeddings", "prompt", "version", "model", "weights", "search_weights", "understood"}
    assert "Version de Pratiques : 0.0 → " in "\n".join(differences_lines(compare(then, record, index)))
    assert compare(record, record, index).none


def test_an_answer_that_became_a_refusal_is_told(record: Record, index: Index) -> None:
    refusal = replace(record.answer, status=Status.SILENT, sentences=(), citations=(), message="Non.")
    lines = differences_lines(compare(record, replace(record, answer=refusal), index))
    assert "Ce qui est dit à la place d'une réponse : rien → « Non. »" in lines
    assert "Issue : une réponse → le rapport n'en parle pas" in lines
    assert sum(line.startswith("Phrase disparue") for line in lines) == len(record.answer.sentences)


def test_a_quote_that_left_its_place_is_told_and_where_it_is(record: Record, index: Index) -> None:
    (report,) = index.reports
    quote = record.answer.citations[0].quote
    texts = {Stands.MOVED: f"x{report.text}", Stands.GONE: report.text.replace(quote, "-" * len(quote))}
    for stands, text in texts.items():
        today = replace(index, reports=(replace(report, text=text),))
        assert compare(record, record, today).quotes[0].stands is stands
    elsewhere = replace(index, reports=(replace(report, document="autre"),))
    assert {q.stands for q in compare(record, record, elsewhere).quotes} == {Stands.NO_DOCUMENT}


def test_sentences_that_changed_their_order_or_their_proof_are_told(record: Record, index: Index) -> None:
    answer = record.answer
    assert len(answer.sentences) > 1
    turned = replace(record, answer=replace(answer, sentences=answer.sentences[::-1]))
    assert compare(record, turned, index).sentences.moved
    citations = tuple(replace(c, passage="annexe/1") for c in answer.citations)
    assert compare(record, replace(record, answer=replace(answer, citations=citations)), index).proved_elsewhere


def test_passages_that_entered_or_left_the_first_twenty_are_told(record: Record, index: Index) -> None:
    found = record.answer.trace.passages
    assert len(found) > 20
    trace = replace(record.answer.trace, passages=(found[-1], *found[:-1]))
    now = replace(record, answer=replace(record.answer, trace=trace))
    differences = compare(record, now, index)
    assert (differences.entered, differences.left) == ((found[-1].id,), (found[19].id,))


WORDS = st.lists(st.sampled_from("abcde"), max_size=9)


@given(WORDS, WORDS)
def test_what_is_gone_new_and_moved_accounts_for_every_sentence(then: list[str], now: list[str]) -> None:
    shift = shift_of(then, now)
    assert Counter(then) - Counter(shift.gone) + Counter(shift.new) == Counter(now)
    assert not set(shift.gone) & set(shift.new)
    assert (then == now) == (not (shift.gone or shift.new or shift.moved))
