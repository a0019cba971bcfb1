"""The files of runs: what is kept of each question, and that those of an older version are still read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outcomes import old, outcome, refused, unanswerable

from assistant.answer import Turn
from assistant.chain import Assistant
from assistant.records import MadeWith
from eval.citation_metrics import citation_precision, citation_recall
from eval.questions import JudgedQuestion, own_questions
from eval.record import FORMAT, Run, read_run, record, run_files, write_run
from eval.run import ask
from ingest.settings import Settings
from vectorstore.index import Index

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FLORA = JudgedQuestion(
    id="t-1",
    question="Et combien de femmes a-t-il accompagnées en 2020 ?",
    history=(Turn("user", "Qu'est-ce que le dispositif FLORA ?"),),
    type="followup",
    persona="evaluator",
    answer="112 femmes.",
    key_facts=(("112 femmes", "112"), ("mille hommes",)),
    evidence=(("112 femmes",),),
    where=("Fiche 4a",),
    answerable=True,
)
MEANS = {
    "count": 1,
    "answerable": 1,
    "recall": 0.75,
    "mrr": 0.5,
    "key_facts": 1.0,
    "right_status": 1.0,
    "median_words": 20.0,
    "median_ms": 10.0,
}
FORMAT_1 = {
    "kind": "pratiques eval run",
    "format": 1,
    "date": "2026-11-20T08:00:00Z",
    "commit": {"hash": "a1b2c3d", "dirty": False},
    "version": "0.1.0",
    "settings": {
        "embeddings": "pratiques-fr",
        "index": "b7a15e95",
        "weights": {"lexical": 1.0},
        "split": "held",
        "questions": "questions.jsonl",
        "questions_sha256": "0" * 64,
    },
    "figures": {"overall": MEANS, "by_type": {"fact": MEANS}, "by_persona": {}, "by_split": {}},
    "outcomes": [
        {
            "id": "q-1",
            "question": "Qui finance FLORA ?",
            "type": "fact",
            "persona": "trainer",
            "split": "held",
            "answerable": True,
            "status": "answered",
            "recall": 0.75,
            "reciprocal_rank": 0.5,
            "key_facts": 1.0,
            "right_status": True,
            "citations": 2,
            "unfound": 0,
            "words": 20,
            "ms": 10.0,
            "ranks": [2, None],
            "passages": ["fiche-1a/genese/1"],
            "error": "",
        }
    ],
}
"""A whole run, as format 1 wrote it."""


@pytest.fixture
def made(index: Index) -> Run:
    return record([outcome(1), refused(2), unanswerable(3)], index, own_questions(), "held", NOON)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file that format 1 wrote."""
    file = tmp_path / "2026-11-20T08-00-00Z-held.json"
    file.write_text(json.dumps(FORMAT_1), "utf-8")
    return file


def test_a_run_is_read_back_whole(made: Run, tmp_path: Path) -> None:
    assert made.format == FORMAT == 2
    assert read_run(write_run(made, None, tmp_path)) == made


def test_a_run_of_format_1_is_read_with_nothing_in_the_place_of_what_it_did_not_have(older: Path) -> None:
    read = read_run(older)
    assert (read.format, read.made_with, read.figures.by_fiche) == (1, None, {})
    assert (read.figures.overall.recall, read.figures.overall.false_refusals) == (0.75, None)
    (found,) = read.outcomes
    assert (found.recall, found.ranks) == (0.75, (2, None))
    assert found == old(found)


def test_a_run_has_its_figures_by_fiche_and_by_part_too(made: Run) -> None:
    assert {name: f.count for name, f in made.figures.by_fiche.items()} == {"4b": 2}
    assert {name: f.count for name, f in made.figures.by_part.items()} == {"Fiches pratiques": 2}


def test_a_run_says_with_what_its_answers_were_made(index: Index) -> None:
    settings = Settings(llm="ollama:mistral")
    made = record([outcome()], index, own_questions(), "held", NOON, settings)
    assert made.made_with == MadeWith.today(settings)


def test_the_runs_of_a_folder_are_listed_oldest_first_and_nothing_else_is(made: Run, tmp_path: Path) -> None:
    assert run_files(tmp_path) == []
    later = write_run(replace(made, date=NOON.replace(hour=13)), None, tmp_path)
    first = write_run(made, None, tmp_path)
    (tmp_path / "runs" / "notes.json").touch()
    assert run_files(tmp_path) == [first, later]


def test_what_is_kept_of_a_question_says_why_it_went_so(assistant: Assistant, index: Index) -> None:
    answer, found = assistant.ask(FLORA.asked()), ask(FLORA, assistant)
    assert found.chance == answer.trace.answerable
    assert (found.expected, found.earlier) == ("112 femmes.", ("Qu'est-ce que le dispositif FLORA ?",))
    assert (found.stated, found.unstated) == (("112 femmes",), ("mille hommes",))
    assert found.cited == tuple(dict.fromkeys(c.passage for c in answer.citations))
    assert (found.fiches, found.parts) == (("4a",), ("Fiches pratiques",))
    assert found.evidence
    assert all("112 femmes" in index.by_id[i].text for i in found.evidence)
    assert list(found.timings or ()) == [step for step in answer.trace.timing_ms if step != "total"]


def test_the_citations_are_measured_as_alce_does(assistant: Assistant, index: Index) -> None:
    answer, found = assistant.ask(FLORA.asked()), ask(FLORA, assistant)
    assert found.citation_precision == citation_precision(answer, index)
    assert found.citation_recall == citation_recall(answer, index)


def test_a_refusal_has_no_citation_to_measure(assistant: Assistant) -> None:
    nowhere = replace(
        FLORA, question="Quelle météo à Biarritz ?", history=(), key_facts=(), evidence=(), answerable=False
    )
    found = ask(nowhere, assistant)
    assert (found.citation_precision, found.citation_recall, found.cited) == (None, None, ())


def test_a_question_that_failed_still_says_where_its_evidence_is(assistant: Assistant) -> None:
    found = ask(replace(FLORA, question=" "), assistant)
    assert found.error
    assert (found.fiches, found.chance, found.unstated) == (("4a",), None, ("112 femmes", "mille hommes"))
