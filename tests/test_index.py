"""The saved index: written once, swapped whole, refused when wrong, mended by one command."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE

import pytest
from conftest import RunCli

from assistant.answer import Question, Status
from assistant.chain import Assistant
from ingest.errors import IndexDamaged, IndexMissing, IndexOutdated, SourceError, StorageError
from ingest.settings import Settings
from vectorstore.hits import Query
from vectorstore.index import Index, build_index, open_index, verify_index
from vectorstore.manifest import load_manifest, save_manifest

GUIDE = """# Guide du logement

## Attribution

Le logement social est attribué par une commission qui se réunit chaque mois dans la commune.

## Santé

La santé des habitants est suivie par un centre de soins qui reçoit sans rendez-vous le samedi.
"""
COMMISSION = "attribution/1"
BUILD = """
import sys
from pathlib import Path
from ingest.settings import load_settings
from vectorstore.index import build_index
index, written = build_index([Path(p) for p in sys.argv[1:]], load_settings(), PROGRESS)
"""
Build = Callable[..., Index]


def silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide du logement.md"
    path.write_text(GUIDE, "utf-8")
    return path


@pytest.fixture
def built(home: Settings, guide: Path) -> Path:
    """The folder of the build of a small document, in use."""
    index, written = build_index([guide], home, silent)
    index.close()
    assert written
    return index.folder


def rebuild(home: Settings, *paths: Path, progress: Callable[[str, int, int], None] = silent) -> bool:
    index, written = build_index(paths, home, progress)
    index.close()
    return written


def found(home: Settings, question: str = "commission du logement social") -> list[str]:
    index = open_index(home)
    try:
        return [hit.passage.id for hit in index.retriever.find(Query(question), 5)]
    finally:
        index.close()


def everything(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Each path under a folder: when it was written, its inode and its content."""
    return {
        str(p.relative_to(folder)): (
            p.stat().st_mtime_ns,
            p.stat().st_ino,
            hashlib.sha256(p.read_bytes()).hexdigest() if p.is_file() else "",
        )
        for p in folder.rglob("*")
    }


def builds(home: Settings) -> set[Path]:
    return set((home.home / "index" / "builds").iterdir())


def started(
    code: str, home: Settings, *args: str | Path, progress: str = "lambda *step: None"
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code.replace("PROGRESS", progress), *map(str, args)]
    return subprocess.Popen(command, env={**os.environ, "PRATIQUES_HOME": str(home.home)}, stdout=PIPE, stderr=PIPE)


# Written once, swapped whole


def test_an_unchanged_document_writes_nothing_the_second_time(home: Settings, built: Path, guide: Path) -> None:
    before = everything(home.home)
    assert not rebuild(home, guide)
    assert everything(home.home) == before


def test_asking_writes_nothing(home: Settings, built: Path) -> None:
    before = everything(home.home)
    assert found(home)[0] == COMMISSION
    assert everything(home.home) == before


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_a_closed_index_leaves_no_temporary_file(home: Settings, built: Path, temporary: Path) -> None:
    index = open_index(home)
    assert len(list(temporary.iterdir())) == 1
    index.close()
    assert list(temporary.iterdir()) == []


def test_a_command_leaves_no_temporary_file(home: Settings, built: Path, temporary: Path, run_cli: RunCli) -> None:
    assert run_cli(["search", "logement"], env={"PRATIQUES_HOME": str(home.home)}).returncode == 0
    assert list(temporary.iterdir()) == []


def test_a_copy_of_the_same_document_is_no_change(home: Settings, built: Path, guide: Path) -> None:
    copy = guide.with_name("copie.md")
    shutil.copy(guide, copy)
    assert not rebuild(home, copy)


def test_a_changed_document_is_indexed_anew(home: Settings, built: Path, guide: Path) -> None:
    guide.write_text(GUIDE + "\n## Transport\n\nUne navette relie les villages au marché tous les jeudis.\n", "utf-8")
    assert rebuild(home, guide)
    assert found(home, "navette du marché")[0] == "transport/1"


def test_an_index_being_read_outlives_its_replacement(home: Settings, built: Path, guide: Path) -> None:
    reading = open_index(home)
    guide.write_text(GUIDE.replace("commission", "assemblée"), "utf-8")
    rebuild(home, guide)
    assert reading.retriever.find(Query("commission"), 1)[0].passage.id == COMMISSION
    assert verify_index(reading) == []
    reading.close()


def test_an_unreadable_document_leaves_the_index_as_it_was(home: Settings, built: Path, tmp_path: Path) -> None:
    before = everything(home.home)
    empty = tmp_path / "vide.md"
    empty.touch()
    with pytest.raises(SourceError, match="est vide"):
        rebuild(home, empty)
    assert everything(home.home) == before


def test_an_interrupted_build_leaves_nothing_behind(home: Settings, built: Path, index: Index) -> None:
    def interrupt(label: str, done: int, total: int) -> None:
        if label == "Index des sens":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(home, progress=interrupt)
    assert builds(home) == {built}
    assert found(home)[0] == COMMISSION


def test_what_was_left_behind_is_swept_by_the_next_build(home: Settings, built: Path, guide: Path) -> None:
    half = built.with_name("abandoned")
    half.mkdir()
    whole = built.with_name("replaced")
    shutil.copytree(built, whole)
    stray = home.home / "index" / ".current-0"
    stray.touch()
    long_ago = time.time() - 100_000
    for path in (half, whole, stray, built):
        os.utime(path, (long_ago, long_ago))
    guide.write_text(GUIDE + "\nUn mot de plus.\n", "utf-8")
    rebuild(home, guide)
    assert builds(home) == {built, load_current(home)}
    assert not stray.exists()


def test_a_build_that_another_process_is_about_to_use_is_not_swept(home: Settings, built: Path, guide: Path) -> None:
    about_to_be_used = built.with_name("other")
    shutil.copytree(built, about_to_be_used)
    os.utime(about_to_be_used)
    being_built = built.with_name("another")
    being_built.mkdir()
    guide.write_text(GUIDE + "\nUn mot de plus.\n", "utf-8")
    rebuild(home, guide)
    assert {about_to_be_used, being_built} <= builds(home)


def load_current(home: Settings) -> Path:
    name = (home.home / "index" / "CURRENT").read_text("utf-8")
    return home.home / "index" / "builds" / name


def test_two_builds_at_the_same_time_both_end_well(home: Settings, built: Path, guide: Path, tmp_path: Path) -> None:
    others = [tmp_path / f"{n}.md" for n in range(3)]
    for n, path in enumerate(others):
        path.write_text(GUIDE.replace("samedi", f"samedi à {n} heures"), "utf-8")
    running = [started(BUILD, home, path) for path in others]
    assert [(r.communicate(timeout=60)[1], r.returncode) for r in running] == [(b"", 0)] * 3
    assert found(home)[0] == COMMISSION


# Killed


@pytest.mark.parametrize("step", ["Structure de guide du logement.md", "Index des mots", "Index des sens"])
def test_a_first_build_killed_leaves_nothing_in_the_way(home: Settings, guide: Path, step: str) -> None:
    suicide = f"lambda label, *_: __import__('os').kill(__import__('os').getpid(), 9) if label == {step!r} else None"
    killed = started(BUILD, home, guide, progress=suicide)
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(IndexMissing):
        open_index(home)
    assert rebuild(home, guide)
    assert found(home)[0] == COMMISSION


@pytest.mark.slow
@pytest.mark.usefixtures("temporary")
def test_a_build_killed_at_any_moment_leaves_a_usable_index(home: Settings, built: Path, guide: Path) -> None:
    def first_write() -> float:
        while builds(home) == before:
            time.sleep(0.002)
        return time.monotonic()

    before = builds(home)
    whole = started(BUILD, home)
    begun = first_write()
    assert whole.communicate(timeout=60) == (b"", b"")
    lasting = time.monotonic() - begun
    assert len(found(home, "pair-aidance")) == 5

    left_half = 0
    for moment in range(10):
        rebuild(home, guide)
        before = builds(home)
        killed = started(BUILD, home)
        time.sleep(max(0.0, first_write() + lasting * (moment / 9) - time.monotonic()))
        killed.kill()
        killed.communicate(timeout=60)
        left_half += any(not (folder / "manifest.json").exists() for folder in builds(home) - before)
        index = open_index(home)
        assert verify_index(index) == []
        assert len(index.passages) in (2, whole_count(home))
        index.close()
        assert found(home, "commission du logement social") != []
    assert left_half >= 3


def whole_count(home: Settings) -> int:
    return load_manifest(load_current(home)).passages


# Refused when it is not what the settings and the documents would give


def test_without_an_index_the_command_that_builds_it_is_named(home: Settings) -> None:
    with pytest.raises(IndexMissing, match="« pratiques ingest »"):
        open_index(home)


def test_another_embedding_is_refused(home: Settings, built: Path, guide: Path) -> None:
    with pytest.raises(IndexOutdated, match="autre modèle de plongement") as refused:
        open_index(home.model_copy(update={"embeddings": "intfloat/multilingual-e5-small"}))
    assert "PRATIQUES_EMBEDDINGS" in str(refused.value)
    assert shlex.join(["pratiques", "ingest", str(guide)]) in str(refused.value)


@pytest.mark.parametrize("rule", ["rules", "tokenizer", "lexical", "lexicon"])
def test_the_index_of_another_version_is_refused_then_mended(
    home: Settings, built: Path, guide: Path, rule: str
) -> None:
    save_manifest(replace(load_manifest(built), **{rule: "d'avant"}), built)
    with pytest.raises(IndexOutdated, match="autre version de Pratiques") as refused:
        open_index(home)
    assert shlex.join(["pratiques", "ingest", str(guide)]) in str(refused.value)
    assert rebuild(home, guide)
    assert found(home)[0] == COMMISSION


def test_the_index_of_a_changed_document_is_refused(home: Settings, built: Path, guide: Path) -> None:
    guide.write_text(GUIDE.replace("samedi", "lundi"), "utf-8")
    with pytest.raises(IndexOutdated, match=r"autre état de « guide du logement\.md »") as refused:
        open_index(home)
    assert shlex.join(["pratiques", "ingest", str(guide)]) in str(refused.value)


def test_the_index_of_a_document_that_is_gone_goes_on_serving(home: Settings, built: Path, guide: Path) -> None:
    guide.unlink()
    assert found(home)[0] == COMMISSION
    guide.mkdir()
    assert found(home)[0] == COMMISSION


def test_two_indexes_made_of_the_same_things_have_the_same_fingerprint(
    built: Path, guide: Path, tmp_path: Path
) -> None:
    manifest = load_manifest(built)
    again, _ = build_index([guide], Settings(home=tmp_path / "elsewhere"), silent)
    again.close()
    assert again.manifest.fingerprint == manifest.fingerprint
    assert replace(manifest, embeddings="autre").fingerprint != manifest.fingerprint


# Damaged

FILES = (
    *("manifest.json", "reports.json", "lexicon.json", "chroma/chroma.sqlite3"),
    *("bm25/text/params.index.json", "bm25/text/vocab.index.json", "bm25/place/vocab.index.json"),
    *("bm25/text/data.csc.index.npy", "bm25/text/indices.csc.index.npy", "bm25/text/indptr.csc.index.npy"),
)


@pytest.mark.parametrize("harm", ["gone", "emptied", "cut"])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_noticed_then_mended(home: Settings, built: Path, guide: Path, name: str, harm: str) -> None:
    path = built / name
    whole = path.read_bytes()
    path.unlink()
    if harm != "gone":
        path.write_bytes(whole[: len(whole) // 2] if harm == "cut" else b"")
    with pytest.raises(IndexDamaged, match="Lancez « pratiques ingest"):
        open_index(home)
    assert rebuild(home, guide)
    assert found(home)[0] == COMMISSION


def test_a_missing_vector_is_noticed_then_mended(home: Settings, built: Path, guide: Path) -> None:
    save_manifest(replace(load_manifest(built), passages=3), built)
    with pytest.raises(IndexDamaged, match="annonce 3 passages et en contient 2"):
        open_index(home)
    assert rebuild(home, guide)
    assert found(home)[0] == COMMISSION


@pytest.mark.parametrize("content", [b"", b"nowhere", b"\xff\xfe\x00", b"../.."])
def test_a_damaged_pointer_is_noticed_then_mended(home: Settings, built: Path, guide: Path, content: bytes) -> None:
    (home.home / "index" / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match="Lancez « pratiques ingest"):
        open_index(home)
    assert rebuild(home, guide)
    assert found(home)[0] == COMMISSION


def test_the_command_line_mends_a_damaged_index(home: Settings, built: Path, guide: Path, run_cli: RunCli) -> None:
    env = {"PRATIQUES_HOME": str(home.home)}
    (built / "reports.json").write_bytes(b"{")
    asked = run_cli(["ask", "Qui attribue le logement social ?"], env=env)
    assert asked.returncode == 2
    assert shlex.join(["pratiques", "ingest", str(guide)]) in asked.stderr.decode()
    assert run_cli(["ingest", guide], env=env).returncode == 0
    assert found(home)[0] == COMMISSION


def test_a_sound_index_has_no_fault(index: Index) -> None:
    assert verify_index(index) == []


def test_a_passage_out_of_its_place_is_a_fault(index: Index) -> None:
    report = index.reports[0]
    moved = replace(report, text=f" {report.text}")
    faults = verify_index(replace(index, reports=(moved,)))
    assert len(faults) > len(report.passages) // 2


# Storage


def test_a_data_folder_that_cannot_be_made_is_said(guide: Path) -> None:
    with pytest.raises(StorageError, match="PRATIQUES_HOME"):
        rebuild(Settings(home=guide / "home"), guide)
    with pytest.raises(StorageError, match="droits"):
        open_index(Settings(home=guide))


LIMITED = """
import resource
from assistant.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (BYTES, BYTES))
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of POSIX")
@pytest.mark.parametrize("limit", [100, 200_000])
def test_a_build_that_cannot_be_written_leaves_the_index_in_use(home: Settings, built: Path, limit: int) -> None:
    refused_for_want_of_space(started(LIMITED.replace("BYTES", str(limit)), home, "ingest"), home, built)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of POSIX")
def test_vectors_that_cannot_be_written_leave_the_index_in_use(home: Settings, built: Path, tmp_path: Path) -> None:
    # Many short passages: their vectors weigh more than their words, and are what meets the limit.
    short = tmp_path / "court.md"
    short.write_text("".join(f"## Lieu {n}\n\nLe point d'accueil {n} ouvre le lundi.\n\n" for n in range(600)), "utf-8")
    refused_for_want_of_space(started(LIMITED.replace("BYTES", "600_000"), home, "ingest", short), home, built)


def refused_for_want_of_space(failing: subprocess.Popen[bytes], home: Settings, built: Path) -> None:
    said = failing.communicate(timeout=60)[1].decode()
    assert failing.returncode == 2
    assert "L'index en place est intact." in said
    assert "Traceback" not in said
    assert builds(home) == {built}
    assert found(home)[0] == COMMISSION


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a thing of POSIX")
def test_a_folder_of_temporary_files_without_space_is_said(home: Settings, built: Path, temporary: Path) -> None:
    failing = started(LIMITED.replace("BYTES", "1000"), home, "search", "logement")
    said = failing.communicate(timeout=60)[1].decode()
    assert failing.returncode == 2
    assert "TMPDIR" in said
    assert list(temporary.iterdir()) == []


def mounted(*options: str | Path) -> bool:
    """Whether a file system could be mounted: the right of an administrator on Linux."""
    mount = shutil.which("mount")
    if mount is None or sys.platform != "linux" or os.geteuid() != 0:
        return False
    return subprocess.run([mount, *options], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=90m", "tmpfs", disk):
        pytest.skip("mounting a small disk takes an administrator")
    yield disk
    let_go = subprocess.run(["umount", disk], capture_output=True, check=False).returncode == 0
    if not let_go:
        subprocess.run(["umount", "-l", disk], check=True)
    assert let_go, "a file of the index was left open"


def fill(disk: Path, left: int) -> None:
    with (disk / "ballast").open("ab") as ballast:
        ballast.write(bytes(max(0, shutil.disk_usage(disk).free - left)))


def test_too_little_space_is_said_before_anything_is_written(small_disk: Path, guide: Path, index: Index) -> None:
    home = Settings(home=small_disk / "home")
    rebuild(home, guide)
    before = everything(home.home)
    fill(small_disk, left=20_000_000)
    with pytest.raises(StorageError, match="plus assez de place"):
        rebuild(home)
    assert everything(home.home) == before
    assert found(home)[0] == COMMISSION


def test_a_disk_that_fills_during_the_build_leaves_the_index_in_use(small_disk: Path, guide: Path) -> None:
    home = Settings(home=small_disk / "home")
    rebuild(home, guide)
    before = builds(home)

    def filling(label: str, done: int, total: int) -> None:
        if label == "Index des sens":
            fill(small_disk, left=0)

    with pytest.raises(StorageError, match="place"):
        rebuild(home, progress=filling)
    assert builds(home) == before
    assert found(home)[0] == COMMISSION
    (small_disk / "ballast").unlink()
    assert rebuild(home)


def test_an_index_on_a_read_only_disk_answers(small_disk: Path, guide: Path) -> None:
    home = Settings(home=small_disk / "home")
    rebuild(home, guide)
    if not mounted("-o", "remount,ro", small_disk):
        pytest.skip("a disk cannot be made read-only here")
    assert found(home)[0] == COMMISSION
    guide.write_text(GUIDE.replace("samedi", "lundi"), "utf-8")
    with pytest.raises(StorageError, match="PRATIQUES_HOME"):
        rebuild(home, guide)


def test_the_first_question_builds_the_index_of_the_report(home: Settings) -> None:
    assistant = Assistant.open(home)
    answer = assistant.ask(Question("Quelles communes sont couvertes par FLORA ?"))
    assistant.index.close()
    assert answer.status is not Status.SILENT
    assert json.loads((load_current(home) / "manifest.json").read_bytes())["sources"][0]["path"] is None
