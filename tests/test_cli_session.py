"""`pratiques session`: a session on the command line, in every format, and every mistake told in French."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pptx
import pytest
from pypdf import PdfReader

Run = Callable[..., tuple[int, str, str]]
ASKED = ("session", "--theme", "pair aidance", "--duree", "1h", "--public", "etudiants")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of this module are written."""
    return tmp_path_factory.mktemp("session")


def test_a_session_is_written_as_word_with_its_footnotes(pratiques: Run, made: Path) -> None:
    code, _, err = pratiques(*ASKED, "--out", made / "kit.docx")
    assert (code, "tous vérifiés" in err) == (0, True)
    assert docx.Document(str(made / "kit.docx")).paragraphs[0].text.startswith("Séance sur la pair aidance")
    assert b"w:footnote " in ZipFile(made / "kit.docx").read("word/footnotes.xml")


def test_a_session_is_written_as_slides(pratiques: Run, made: Path) -> None:
    assert pratiques(*ASKED, "--out", made / "kit.pptx")[0] == 0
    assert len(pptx.Presentation(str(made / "kit.pptx")).slides) > 8


def test_a_session_is_written_as_pdf(pratiques: Run, made: Path) -> None:
    assert pratiques(*ASKED, "--contenu", "support", "--out", made / "kit.pdf")[0] == 0
    assert "pair aidance" in PdfReader(BytesIO((made / "kit.pdf").read_bytes())).pages[0].extract_text()


def test_without_a_file_a_session_is_read_on_the_screen(pratiques: Run) -> None:
    code, out, _ = pratiques(*ASKED)
    assert code == 0
    assert out.startswith("# Séance sur la pair aidance")


def test_a_shared_session_is_opened_again_and_says_the_same(pratiques: Run, made: Path) -> None:
    pratiques(*ASKED, "--out", made / "kit.json")
    code, out, err = pratiques("session", "--depuis", made / "kit.json")
    assert (code, err) == (0, "")
    title = json.loads((made / "kit.json").read_text("utf-8"))["kit"]["title"]["text"]
    assert out.startswith(f"# {title}")


def test_the_answers_of_a_quiz_are_kept_apart_from_it(pratiques: Run, made: Path) -> None:
    asked = pratiques("session", "--depuis", made / "kit.json", "--contenu", "quiz")[1]
    answered = pratiques("session", "--depuis", made / "kit.json", "--contenu", "corrige")[1]
    assert "Réponse" not in asked
    assert "Réponse" in answered


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--theme", "jardinage"), "Choisissez parmi"),
        (("--fiche", "9z"), "Aucune fiche ne porte le numéro « 9z »"),
        ((), "Choisissez un thème, ou au moins une fiche."),
        (("--theme", "3", "--duree", "longtemps"), "1h30"),
        (("--theme", "3", "--duree", "3 jours"), "30 minutes à 2 jours"),
        (("--theme", "3", "--public", "martiens"), "Choisissez : étudiants"),
        (("--theme", "3", "--participants", "0"), "de 1 à 200"),
        (("--theme", "3", "--debut", "25h"), "13h30"),
        (("--theme", "3", "--duree", "30min", "--objectif", "comparer", "--objectif", "analyser"), "il faut au moins"),
        (("--theme", "3", "--contenu", "poème"), "--contenu"),
        (("--depuis", "nulle-part.json"), "il n'existe pas"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_mistake_is_told_with_its_remedy(pratiques: Run, wrong: tuple[str, ...], told: str) -> None:
    code, out, err = pratiques("session", *wrong)
    assert (code, out) == (2, "")
    assert told in err


def test_an_unknown_format_is_told_with_the_known_ones(pratiques: Run, made: Path) -> None:
    code, _, err = pratiques(*ASKED, "--out", made / "kit.odt")
    assert (code, (made / "kit.odt").exists()) == (2, False)
    assert ".docx" in err


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": "pratiques-kit"}', b"\xff\xfe", b"[]"])
def test_a_damaged_file_is_refused_and_what_was_there_stays(pratiques: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kit.json").write_bytes(content)
    (tmp_path / "out.docx").write_bytes(b"before")
    code, _, err = pratiques("session", "--depuis", tmp_path / "kit.json", "--out", tmp_path / "out.docx")
    assert (code, (tmp_path / "out.docx").read_bytes()) == (2, b"before")
    assert err.strip()


def test_a_file_of_a_newer_version_asks_for_an_update(pratiques: Run, made: Path, tmp_path: Path) -> None:
    kit = json.loads((made / "kit.json").read_text("utf-8"))
    (tmp_path / "new.json").write_text(json.dumps({**kit, "version": 99}), "utf-8")
    code, _, err = pratiques("session", "--depuis", tmp_path / "new.json")
    assert code == 2
    assert "plus récente" in err
    assert "à jour" in err
