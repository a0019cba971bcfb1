"""`pratiques eval run --reviewed` and `pratiques eval report`: what reviews gave is measured, and all of it told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from reviews import item_of, mark_all

from assistant.chain import Assistant
from assistant.database import Database
from eval.record import read_run, run_files
from eval.review.judged_set import append
from eval.review.promotion import promoted
from eval.review.store import Reviews
from ingest.settings import Settings
from vectorstore.index import Index

Ran = tuple[int, str, str]


@pytest.fixture
def reviewed(indexed: Path, assistant: Assistant, index: Index) -> Path:
    """A data folder with one answer that was marked good, and made a judged question."""
    with closing(Database.open(Settings(home=indexed))) as database:
        store, item = Reviews(database), item_of(assistant)
        store.add([item])
        append(indexed, promoted(item, mark_all(store, item, "Anne"), index))
    return indexed


def test_the_questions_that_reviews_gave_are_measured(pratiques: Callable[..., Ran], reviewed: Path) -> None:
    code, out, _ = pratiques("eval", "run", "--reviewed", home=reviewed)
    assert (code, "1 question jugée" in out) == (0, True)
    run = read_run(run_files(reviewed)[-1])
    assert (run.settings.questions, run.figures.overall.recall, run.figures.overall.key_facts) == (
        "jeu-de-test.jsonl",
        1.0,
        1.0,
    )


def test_without_questions_from_reviews_it_says_where_they_come_from(pratiques: Callable[..., Ran]) -> None:
    code, _, err = pratiques("eval", "run", "--reviewed")
    assert (code, "Le jeu de test n'a pas encore de question" in err) == (2, True)
    code, _, err = pratiques("eval", "run", "--reviewed", "--questions", "autres.jsonl")
    assert (code, "Choisissez entre" in err) == (2, True)


def test_a_report_tells_of_the_newest_run_and_of_the_reviews(
    pratiques: Callable[..., Ran], reviewed: Path, tmp_path: Path
) -> None:
    pratiques("eval", "run", "--reviewed", home=reviewed)
    file = tmp_path / "rapport.docx"
    assert pratiques("eval", "report", "--titre", "Notre rapport", "--out", file, home=reviewed)[0] == 0
    said = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "Notre rapport" in said
    assert "Mesure automatique" in said
    assert "Relectures par des personnes" in said


def test_a_report_leaves_out_what_it_is_told_to(pratiques: Callable[..., Ran], reviewed: Path, tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    assert pratiques("eval", "report", "--sans-mesures", "--out", file, home=reviewed)[0] == 0
    said = file.read_text("utf-8")
    assert ("Relectures par des personnes" in said, "Mesure automatique" in said) == (True, False)


def test_a_report_on_nothing_or_in_no_known_format_is_refused(
    pratiques: Callable[..., Ran], reviewed: Path, tmp_path: Path
) -> None:
    nothing = ("--sans-mesures", "--sans-relectures", "--out", tmp_path / "rapport.docx")
    code, _, err = pratiques("eval", "report", *nothing, home=reviewed)
    assert (code, "Il n'y a rien à rapporter" in err) == (2, True)
    code, _, err = pratiques("eval", "report", "--out", tmp_path / "rapport.odt", home=reviewed)
    assert (code, "« .odt » n'est pas connu" in err) == (2, True)
    assert list(tmp_path.glob("rapport.*")) == []
