"""The contract of the command line: what scripts rely on, and what whoever mistypes is told."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Question
from assistant.chain import Assistant
from assistant.cli import cli
from assistant.printed import printed
from ingest.settings import Settings
from vectorstore.index import Index

PRATIQUES = [sys.executable, "-c", "from assistant.cli import main; main()"]
BATCH_KEYS = {"id", "status", "answer", "citations", "passages", "timing_ms"}
FLORA = "Qui finance le dispositif FLORA ?"

RunCli = Callable[..., "subprocess.CompletedProcess[bytes]"]
Ran = tuple[int, str, str]


@pytest.fixture
def lines(tmp_path: Path, pratiques: Callable[..., Ran]) -> Callable[..., list[dict[str, Any]]]:
    """Run `batch` or `verify` over lines (bytes as they are, anything else as JSON); the lines that come out."""

    def call(command: str, *records: Any) -> list[dict[str, Any]]:
        source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in records))
        code, out, err = pratiques(command, "--in", source, "--out", target)
        assert (code, out, err) == (0, "", "")
        return [json.loads(line) for line in target.read_bytes().decode("utf-8").splitlines()]

    return call


def refused(ran: Ran) -> str:
    """The one French line with which a mistake was refused."""
    code, out, err = ran
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith((".\n", "…\n"))
    assert "Traceback" not in err
    return err.strip()


def test_batch_gives_the_agreed_record_for_each_question(lines: Callable[..., list[dict[str, Any]]]) -> None:
    (record,) = lines("batch", {"id": "q-1", "question": FLORA})
    assert set(record) == BATCH_KEYS
    assert (record["id"], record["status"]) == ("q-1", "answered")
    assert record["answer"]
    assert "[1]" not in record["answer"]
    assert record["timing_ms"]["total"] > 0
    for citation in record["citations"]:
        assert {"quote", "passage", "fiche", "path", "page", "state"} <= set(citation)
        assert (citation["fiche"], citation["page"], citation["state"]) == ("4a", "86", "verified")
        assert isinstance(citation["path"], list)


def test_batch_gives_at_least_twenty_passages_best_first(lines: Callable[..., list[dict[str, Any]]]) -> None:
    (record,) = lines("batch", {"id": 1, "question": "Comment les familles participent-elles aux décisions ?"})
    scores = [p["score"] for p in record["passages"]]
    assert len(scores) >= 20
    assert scores == sorted(scores, reverse=True)
    assert all(set(p) == {"id", "text", "score"} and p["text"] for p in record["passages"])


def test_batch_quotes_stand_in_the_passages_that_they_name(
    lines: Callable[..., list[dict[str, Any]]], index: Index
) -> None:
    for record in lines("batch", *({"id": i, "question": q} for i, q in enumerate((FLORA, "Où est l'ASMI ?")))):
        assert record["citations"]
        assert all(c["quote"] in index.by_id[c["passage"]].text for c in record["citations"])


def test_batch_keeps_the_order_and_the_ids_whatever_their_kind(lines: Callable[..., list[dict[str, Any]]]) -> None:
    ids = ["z", 3, None, "é", [1, {"a": 2}], 1.5, "", 2**70]
    assert [r["id"] for r in lines("batch", *({"id": i, "question": "FLORA ?"} for i in ids))] == ids


def test_batch_follows_the_conversation_that_a_line_brings(lines: Callable[..., list[dict[str, Any]]]) -> None:
    history = [{"role": "user", "content": "C'est quoi FLORA ?"}, {"role": "assistant", "content": "Un dispositif."}]
    followed, alone = lines(
        "batch",
        {"id": 1, "question": "qui le finance ?", "history": history},
        {"id": 2, "question": "qui le finance ?", "history": []},
    )
    assert {c["fiche"] for c in followed["citations"]} == {"4a"}
    assert {c["fiche"] for c in alone["citations"]} != {"4a"}


BAD_LINES: list[tuple[Any, Any]] = [
    (b"pas du JSON", None),
    (b'{"id": 1, "question": "FLORA ?"', None),
    (b'{"id": 1, "question": "FL\xff"}', None),
    (b"[1, 2]", None),
    (b'"FLORA ?"', None),
    (b"null", None),
    (b"[" * 20_000, None),
    (b'{"id": ' + b"1" * 5000 + b', "question": "FLORA ?"}', None),
    ({"id": "a"}, "a"),
    ({"id": "b", "question": ""}, "b"),
    ({"id": "c", "question": "  \n "}, "c"),
    ({"id": "d", "question": 12}, "d"),
    ({"id": "e", "question": None}, "e"),
    ({"id": "f", "question": "?!"}, "f"),
    ({"id": "g", "question": "a" * 4001}, "g"),
    ({"id": "h", "question": "FLORA ?", "history": "non"}, "h"),
    ({"id": "i", "question": "FLORA ?", "history": [{"role": "user"}]}, "i"),
    ({"id": "j", "question": "FLORA ?", "history": [{"role": "robot", "content": "x"}]}, "j"),
    ({"id": "k", "question": "FLORA ?", "history": [1]}, "k"),
]


def test_batch_answers_a_bad_line_in_its_place_and_goes_on(lines: Callable[..., list[dict[str, Any]]]) -> None:
    good = {"id": "bon", "question": FLORA}
    out = lines("batch", *(r for bad, _ in BAD_LINES for r in (bad, good)))
    assert [r["id"] for r in out[::2]] == [identifier for _, identifier in BAD_LINES]
    assert all(set(r) == {"id", "error"} and r["error"] for r in out[::2])
    assert all(r["id"] == "bon" and r["status"] == "answered" for r in out[1::2])


def test_batch_takes_what_a_spreadsheet_saves(lines: Callable[..., list[dict[str, Any]]]) -> None:
    """A byte-order mark, line ends of Windows, an empty line, half an emoji."""
    out = lines(
        "batch",
        b'\xef\xbb\xbf{"id": 1, "question": "FLORA ?"}\r',
        b"\r",
        b'{"id": "\\ud83d", "question": "FLORA \\ud83d ?"}\r',
    )
    assert [r["id"] for r in out] == [1, "\ud83d"]
    assert {r["status"] for r in out} == {"answered"}


def test_batch_answers_each_line_before_the_next_is_typed(settings: Settings, index: Index) -> None:
    with conversation("batch", home=settings.home) as process:
        for number in (1, 2):
            ask(process, number, "?!")  # so short an answer would wait in a buffer
            assert select.select([process.stdout], [], [], 30)[0]
            assert json.loads(process.stdout.readline())["id"] == number  # type: ignore[union-attr]


def test_batch_never_erases_the_questions_that_it_was_given(pratiques: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "question": "FLORA ?"}\n', "utf-8")
    assert "serait effacé" in refused(pratiques("batch", "--in", file, "--out", file))
    assert file.read_text("utf-8") == '{"id": 1, "question": "FLORA ?"}\n'


SOURCE = "Les séjours durent de 1 à 2 ans, et l'équipe n'est pas composée seulement de professionnels."


def test_verify_says_in_which_of_three_states_each_quote_is(lines: Callable[..., list[dict[str, Any]]]) -> None:
    quotes = [
        "L’équipe n’est pas composée seulement de professionnels",
        "Ainsi, l'équipe n'est pas composée seulement de professionnels",
        "l'équipe est composée seulement de professionnels",
    ]
    out = lines("verify", *({"id": i, "passage": SOURCE, "quote": q} for i, q in enumerate(quotes)))
    assert all(set(r) == {"id", "state", "quote", "why"} for r in out)
    assert [(r["id"], r["state"]) for r in out] == [(0, "verified"), (1, "repaired"), (2, "unproved")]
    assert [r["quote"] for r in out] == ["l'équipe n'est pas composée seulement de professionnels"] * 2 + [None]
    assert all(r["why"] for r in out)


@pytest.mark.parametrize(
    ("bad", "identifier"),
    [
        (b"non", None),
        (b"[]", None),
        (b'"passage quote"', None),
        ({"id": 7, "quote": "une citation"}, 7),
        ({"id": 8, "passage": SOURCE}, 8),
        ({"id": 9, "passage": 1, "quote": "une citation"}, 9),
        ({"id": 10, "passage": SOURCE, "quote": None}, 10),
    ],
)
def test_verify_answers_a_bad_line_in_its_place_and_goes_on(
    lines: Callable[..., list[dict[str, Any]]], bad: Any, identifier: int | None
) -> None:
    first, second = lines("verify", bad, {"id": "bon", "passage": SOURCE, "quote": SOURCE})
    assert (set(first), first["id"], second["state"]) == ({"id", "error"}, identifier, "verified")


def test_ask_gives_sentences_with_marks_then_where_each_stands(pratiques: Callable[..., Ran]) -> None:
    code, out, _ = pratiques("ask", FLORA)
    assert code == 0
    sentences, sources = out.rstrip().split("\n\n")
    assert all(line.endswith("]") for line in sentences.split("\n"))
    assert sources.startswith("[1] fiche 4a, p. 86")
    assert "« " in sources


COMPARED = "Comparer les financements et la gouvernance des fiches 1c et 4b"


def test_ask_prints_a_comparison_field_by_field_and_says_where_the_report_says_nothing(
    pratiques: Callable[..., Ran],
) -> None:
    table = pratiques("ask", COMPARED)[1].split("\n\n")[0].split("\n")
    assert [line[:10] for line in table] == [
        "Gouvernanc",
        "- Fiche 1c",
        "- Fiche 4b",
        "Financemen",
        "- Fiche 1c",
        "- Fiche 4b",
    ]
    assert [line.endswith(" : non précisé") for line in table] == [False, False, True, False, False, False]
    assert [bool(re.search(r"\[\d\]$", line)) for line in table] == [False, True, False, False, True, True]


def test_batch_says_of_a_comparison_what_the_report_does_not_say(lines: Callable[..., list[dict[str, Any]]]) -> None:
    (record,) = lines("batch", {"id": 1, "question": COMPARED})
    assert "- Fiche 4b, gouvernance : non précisé" in record["answer"].split("\n")


def test_ask_says_before_and_after_the_sentences_what_the_reader_has_to_know(assistant: Assistant) -> None:
    answer = replace(assistant.ask(Question(FLORA)), opening="Avant :", notes=("Après.", "Enfin."))
    said, notes, sources = printed(assistant.index, answer).split("\n\n")
    assert said.startswith("Avant :\n")
    assert notes == "Après.\nEnfin."
    assert sources.startswith("[1] fiche 4a")


def test_ask_in_json_gives_the_whole_answer_as_typed(pratiques: Callable[..., Ran]) -> None:
    typed = "Qui finance FLORA :warning: [bold]?[/bold] \x1b[31m"
    code, out, err = pratiques("ask", typed, "--json")
    record = json.loads(out)
    assert (code, err, record["question"]) == (0, "", typed)
    assert {"sentences", "citations", "trace", "suggestions", "nearest_fiches", "unknown_words"} <= set(record)


def test_ask_says_no_and_that_is_no_failure(pratiques: Callable[..., Ran]) -> None:
    code, out, _ = pratiques("ask", "La recette de la tarte aux pommes ?")
    assert code == 0
    assert out.startswith("Le rapport n'en parle pas")


@pytest.mark.parametrize("k", [1, 5, 20, 5000])
def test_search_gives_the_best_passages_up_to_k(pratiques: Callable[..., Ran], index: Index, k: int) -> None:
    code, out, _ = pratiques("search", "conférences familiales", "-k", str(k), "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found) == k or (k == 5000 and 20 < len(found) <= len(index.passages))
    assert [h["score"] for h in found] == sorted((h["score"] for h in found), reverse=True)
    assert {"id", "fiche", "path", "page", "text", "score"} <= set(found[0])


def test_search_gives_twenty_passages_by_default_numbered_for_a_reader(pratiques: Callable[..., Ran]) -> None:
    code, out, _ = pratiques("search", "conférences familiales")
    assert code == 0
    assert [line.split(".")[0] for line in out.split("\n") if line[:1].isdigit()] == [str(n) for n in range(1, 21)]


def test_fiches_in_json_are_the_twenty_one_with_their_cards_and_fields(pratiques: Callable[..., Ran]) -> None:
    code, out, _ = pratiques("fiches", "--json")
    fiches = json.loads(out)
    assert (code, len(fiches)) == (0, 21)
    card = {"id", "title", "theme", "page", "territoire", "annee", "initiateurs", "publics", "fields"}
    assert all(card <= set(f) for f in fiches)
    flora = next(f for f in fiches if f["id"] == "4a")
    assert (flora["page"], flora["annee"], flora["theme"]) == ("86", "2013", "Réseaux et partenariats")
    assert "0,99" in flora["fields"]["financements"]


def test_fiches_for_a_reader_name_all_of_them(pratiques: Callable[..., Ran]) -> None:
    _, out, _ = pratiques("fiches")
    assert out.count("\nFiche ") + out.startswith("Fiche ") == 21
    assert "None" not in out


def test_check_says_that_a_sound_index_is_sound(pratiques: Callable[..., Ran], index: Index) -> None:
    code, out, err = pratiques("check")
    assert (code, err) == (0, "")
    assert out.startswith(f"Index sain : {len(index.passages)} passages, 21 fiches")
    assert index.manifest.fingerprint in out


@pytest.fixture
def home(settings: Settings, index: Index, tmp_path: Path) -> Path:
    """A copy of the data folder, to be broken."""
    shutil.copytree(settings.home, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.mark.parametrize("name", ["reports.json", "lexicon.json", "manifest.json", "chroma/chroma.sqlite3"])
@pytest.mark.parametrize("command", [["check"], ["ask", FLORA]])
def test_an_index_with_a_file_missing_is_not_sound(
    pratiques: Callable[..., Ran], home: Path, name: str, command: list[str]
) -> None:
    (home / "index/builds" / (home / "index/CURRENT").read_text().strip() / name).unlink()
    assert "pratiques ingest" in refused(pratiques(*command, home=home))


def test_an_index_whose_passages_moved_is_not_sound(pratiques: Callable[..., Ran], home: Path) -> None:
    file = home / "index/builds" / (home / "index/CURRENT").read_text().strip() / "reports.json"
    reports = json.loads(file.read_bytes())
    reports[0]["text"] = "x" + reports[0]["text"]
    file.write_text(json.dumps(reports), "utf-8")
    code, out, err = pratiques("check", home=home)
    assert (code, out) == (2, "")
    assert err.rstrip().endswith("L'index n'est pas sain. Lancez « pratiques ingest » pour le reconstruire.")


def test_check_without_an_index_says_how_to_build_it(pratiques: Callable[..., Ran], tmp_path: Path) -> None:
    assert "pratiques ingest" in refused(pratiques("check", home=tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["nimporte"], "n'est pas reconnu"),
        (["ask"], "il manque QUESTION"),
        (["ask", "FLORA ?", "encore"], "n'est pas reconnu"),
        (["ask", "FLORA ?", "--jsn"], "--jsn"),
        (["ask", ""], "La question est vide"),
        (["ask", "?!"], "aucun mot"),
        (["ask", "a" * 4001], "4001 caractères"),
        (["search", "FLORA", "-k", "0"], "k ne convient pas"),
        (["search", "FLORA", "-k", "dix"], "k ne convient pas"),
        (["search", "FLORA", "-k"], ""),
        (["batch", "--in", "absent.jsonl"], "« absent.jsonl » ne peut pas être lu : il n'existe pas"),
        (["batch", "--in", "."], "c'est un dossier"),
        (["verify", "--in", "absent.jsonl"], "ne peut pas être lu"),
        (["verify", "--in", os.devnull, "--out", "absent/out.jsonl"], "ne peut pas être écrit"),
        (["mask", "--in", "absent.jsonl"], "ne peut pas être lu"),
        (["replay"], "il manque ID"),
        (["ui", "--port", "0"], "port ne convient pas"),
        (["ui", "--port", "65536"], "port ne convient pas"),
        (["ui", "--port", "http"], "port ne convient pas"),
        (["ingest", "absent.pdf"], "absent.pdf"),
        (["ingest", "absent.md"], "absent.md"),
        (["ingest", "lettre.docx"], "lettre.docx"),
    ],
)
def test_a_mistake_is_told_in_one_french_line(
    pratiques: Callable[..., Ran], command: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lettre.docx").write_bytes(b"PK")
    told = refused(pratiques(*command))
    assert said in told
    assert not [word for word in ("No such", "Error", "error", "Usage", "Try", "Missing") if word in told]


@pytest.mark.parametrize("name", ["PRATIQUES_MAX_PAGES", "PRATIQUES_MAX_FILE_MB"])
@pytest.mark.parametrize("value", ["abc", "-1", "0", ""])
@pytest.mark.parametrize("command", [["ask", FLORA], ["check"], ["fiches"], ["ingest"], ["batch"]])
def test_a_bad_setting_is_named(
    pratiques: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, name: str, value: str, command: list[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert f"Réglage invalide : {name}." in refused(pratiques(*command))


COMMANDS = ("ask", "batch", "check", "fiches", "ingest", "mask", "replay", "search", "ui", "verify")


def test_no_command_shows_the_help_and_is_a_mistake(pratiques: Callable[..., Ran]) -> None:
    code, out, _ = pratiques()
    assert code == 2
    assert all(name in out for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(pratiques: Callable[..., Ran], command: str) -> None:
    code, out, err = pratiques(command, "--help")
    assert (code, err) == (0, "")
    assert command in out


def test_the_first_question_builds_the_index_and_says_so(
    run_cli: RunCli, pratiques: Callable[..., Ran], tmp_path: Path
) -> None:
    home = tmp_path / "new"
    first = run_cli(["ask", FLORA], env={"PRATIQUES_HOME": str(home)})
    assert first.returncode == 0
    assert "Premier lancement : construction de l'index du rapport." in first.stderr.decode()
    code, out, err = pratiques("ask", FLORA, home=home)
    assert (code, out) == (0, first.stdout.decode())
    assert re.fullmatch(r"Réponse gardée : .*\n", err)


@pytest.mark.parametrize(
    "env",
    [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["C", "nothing coerced"],
)
def test_output_is_utf8_whatever_the_locale(run_cli: RunCli, env: dict[str, str]) -> None:
    ran = run_cli(["fiches", "--json"], env=env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Réseaux et partenariats" in ran.stdout.decode("utf-8")
    assert "n'est pas reconnu. Voyez « pratiques --help »" in run_cli(["zut"], env=env).stderr.decode("utf-8")


@contextmanager
def conversation(*arguments: str, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command of its own process, whose input stays open."""
    env, pipe = {**os.environ, "PRATIQUES_HOME": str(home), "PYTHONUNBUFFERED": ""}, subprocess.PIPE
    process = subprocess.Popen([*PRATIQUES, *arguments], stdin=pipe, stdout=pipe, stderr=pipe, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            # What could not be said to a process that ended needs no saying.
            with suppress(BrokenPipeError):
                assert stream is not None
                stream.close()


def ask(process: subprocess.Popen[bytes], number: int, question: str = "FLORA ?") -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"id": number, "question": question}).encode() + b"\n")
    process.stdin.flush()


def test_an_interrupted_command_ends_with_130_and_no_trace(settings: Settings, index: Index) -> None:
    with conversation("batch", home=settings.home) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        ask(process, 1)
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr.read().strip() == b""


@pytest.mark.parametrize("command", ["batch", "fiches"])
def test_a_reader_who_leaves_early_causes_no_trace(settings: Settings, index: Index, command: str) -> None:
    with conversation(command, *(["--json"] if command == "fiches" else []), home=settings.home) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        if command == "batch":
            ask(process, 1)
        process.stdout.readline()
        process.stdout.close()
        if command == "batch":
            for number in range(2, 6):
                ask(process, number)
        process.stdin.close()
        process.wait(timeout=30)
        assert process.stderr.read() == b""


def test_every_command_of_the_readme_exists_and_no_other_is_left_out() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    shown = set(re.findall(r"^pratiques (\w+)", readme, re.MULTILINE))
    assert shown == cli.commands.keys() - {"ui"}
