"""From a file to a report: what is read, and what is said, in French, where it cannot be."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.records import Report
from ingest.settings import Settings
from ingest.sources import BUNDLED, BUNDLED_TITLE, bundled_path, decode, find_sources, read_sources

CORPUS_SHA256 = "687c28baee8946edc1c9afc53c679f7185646193fb0021de9fe24c150038cd65"
FRENCH = "# L'été\n\nL'élève a été accompagné à l'école, où ça va : « naïf » – coût 12 € d’aide, un cœur.\n"


def read(settings: Settings, *paths: Path) -> list[Report]:
    return read_sources(find_sources(paths, settings), settings, lambda label, done, total: None)


def refusal(settings: Settings, path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(settings, path)
    return str(caught.value)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


Write = Callable[[str, str | bytes], Path]


def test_the_bundled_report_is_the_file_that_its_authors_published() -> None:
    assert hashlib.sha256(bundled_path().read_bytes()).hexdigest() == CORPUS_SHA256


def test_no_file_named_means_the_bundled_report(settings: Settings) -> None:
    (source,) = find_sources((), settings)
    (report,) = read(settings)
    assert (source.path, source.sha256) == (None, CORPUS_SHA256)
    assert (report.document, report.title) == (BUNDLED, BUNDLED_TITLE)


def test_a_missing_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "absent.md"
    assert refusal(settings, path) == f"Le fichier « {path} » n'existe pas. Vérifiez le chemin."


def test_a_folder_is_refused(settings: Settings, tmp_path: Path) -> None:
    assert refusal(settings, tmp_path) == (f"« {tmp_path} » n'est pas un fichier. Indiquez un fichier Markdown ou PDF.")


def test_an_empty_file_is_refused(settings: Settings, write: Write) -> None:
    assert refusal(settings, write("vide.md", "")) == (
        "« vide.md » est vide. Choisissez un fichier qui contient le texte du document."
    )


@pytest.mark.parametrize("content", ["\n\n   \n", "---\n\n***\n"])
def test_a_file_that_says_nothing_is_refused(content: str, settings: Settings, write: Write) -> None:
    assert refusal(settings, write("rien.md", content)) == (
        "« rien.md » ne contient aucun texte exploitable. Choisissez un autre document."
    )


@pytest.mark.parametrize("name", ["notes.docx", "notes", "notes.md.zip"])
def test_a_kind_of_file_that_cannot_be_read_is_refused(name: str, settings: Settings, write: Write) -> None:
    assert refusal(settings, write(name, "Bonjour.")) == (
        f"« {name} » n'est ni un Markdown (.md, .txt) ni un PDF (.pdf). Convertissez-le d'abord."
    )


def test_a_file_over_the_limit_is_refused_with_its_setting(write: Write, tmp_path: Path) -> None:
    small = Settings(home=tmp_path / "home", max_file_mb=0.001)
    message = refusal(small, write("gros.md", "Un mot. " * 200))
    assert message == (
        "« gros.md » pèse 0.0 Mo, plus que la limite de 0.001 Mo. Augmentez PRATIQUES_MAX_FILE_MB si c'est voulu."
    )


def test_the_limit_of_size_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    monkeypatch.setenv("PRATIQUES_MAX_FILE_MB", "0.001")
    path = write("gros.md", "Un mot. " * 200)
    with pytest.raises(SourceError, match="PRATIQUES_MAX_FILE_MB"):
        find_sources([path], Settings())


@pytest.mark.parametrize(
    "content", [random.Random(7).randbytes(3000), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 3]
)
def test_a_binary_named_markdown_is_refused(content: bytes, settings: Settings, write: Write) -> None:
    assert refusal(settings, write("image.md", content)) == (
        "L'encodage de « image.md » n'est pas reconnu. Enregistrez le fichier en UTF-8, puis relancez."
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_french_is_read_whatever_its_usual_encoding(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding), "ete.md") == FRENCH


@pytest.mark.parametrize("text", ["café", "- où\n- ça", "Le coût s'élève à 30 euros.", "déjà, élève, forêt, naïf"])
def test_a_short_latin_1_text_is_not_taken_for_another_language(text: str) -> None:
    assert decode(text.encode("latin-1"), "court.md") == text


def test_a_mark_at_the_head_of_the_file_is_no_text(settings: Settings, write: Write) -> None:
    (report,) = read(settings, write("guide.md", FRENCH.encode("utf-8-sig")))
    assert (report.title, report.text[0]) == ("L'été", "L")


def test_the_ends_of_lines_of_windows_change_nothing(settings: Settings, write: Write) -> None:
    text = "# Un\n\nDeux et\ntrois.\n\n- quatre\n- cinq\n"
    (unix,) = read(settings, write("unix.md", text))
    (windows,) = read(settings, write("windows.md", text.replace("\n", "\r\n")))
    assert windows.text == unix.text


def test_a_document_is_named_and_titled_after_itself(settings: Settings, write: Write) -> None:
    titled, bare = write("Guide d'accueil.md", "# Bienvenue\n\nBonjour.\n"), write("notes.txt", "Bonjour à tous.\n")
    assert [(r.document, r.title) for r in read(settings, titled, bare)] == [
        ("guide-d-accueil", "Bienvenue"),
        ("notes", "notes"),
    ]


def test_two_documents_of_one_name_have_passages_of_their_own(settings: Settings, write: Write, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = write("guide.md", "# Titre\n\nUn.\n"), write("b/guide.md", "# Titre\n\nDeux.\n")
    reports = read(settings, first, second)
    ids = [p.id for r in reports for p in r.passages]
    assert [r.document for r in reports] == ["guide", "guide-bis"]
    assert ids == ["titre/1", "guide-bis/titre/1"]


def test_a_file_named_twice_is_read_once(settings: Settings, write: Write) -> None:
    path = write("guide.md", "Bonjour.\n")
    assert len(find_sources([path, path], settings)) == 1


def test_progress_is_told_in_french_and_comes_to_its_end(settings: Settings, write: Write) -> None:
    told: list[tuple[str, int, int]] = []
    path = write("guide.md", "Bonjour.\n")
    read_sources(find_sources([path], settings), settings, lambda *step: told.append(step))
    assert told == [
        ("Lecture de guide.md", 0, 1),
        ("Lecture de guide.md", 1, 1),
        ("Structure de guide.md", 0, 1),
        ("Structure de guide.md", 1, 1),
    ]
