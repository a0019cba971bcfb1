"""What `pratiques eval run` promises: figures that leave nothing out, a dated record, floors; and the same of
`pratiques eval compare` at the command line.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer, Question, Status
from assistant.chain import Assistant
from eval.cli import cli
from eval.questions import JudgedQuestion, load_questions, own_questions
from eval.record import Commit, Run, commit_of, newest_runs, read_run, record, write_run
from eval.run import Floors, Outcome, ask, below, figures, measure, own_floors
from ingest.errors import PratiquesError, StorageError
from ingest.settings import Settings
from vectorstore.fusion import Weights
from vectorstore.index import Index

Ran = tuple[int, str, str]
ROOT = Path(__file__).resolve().parents[1]
NOON = datetime(2026, 11, 24, 12, 0, 0, 500, tzinfo=UTC)
ABSENT = (("une phrase que le rapport n'a pas",),)
FLORA = JudgedQuestion(
    id="t-1",
    question="Combien de femmes FLORA a-t-il accompagnées en 2020 ?",
    history=(),
    type="figure",
    persona="evaluator",
    answer="112 femmes.",
    key_facts=(("112 femmes",),),
    evidence=(("112 femmes",),),
    where=("Fiche 4b",),
    answerable=True,
)
NOWHERE = replace(
    FLORA, id="t-2", question="Quelle météo annonce-t-on à Biarritz ?", type="unanswerable", key_facts=(), evidence=(),
    answerable=False, split="fit",
)  # fmt: skip
WRONG = replace(FLORA, id="t-3", key_facts=(("211 femmes",),), evidence=ABSENT)
REFUSED = replace(FLORA, id="t-4", question="Quelle météo annonce-t-on à Tokyo ?", evidence=ABSENT, split="fit")
FAILING = replace(FLORA, id="t-5", question=" ")


class Faulty(Assistant):
    """Fails at every question, as a fault in the code would make it."""

    def ask(self, question: Question) -> Answer:
        raise ZeroDivisionError(question.text)


@pytest.fixture
def outcomes(assistant: Assistant) -> list[Outcome]:
    return [ask(q, assistant) for q in (FLORA, NOWHERE, WRONG, REFUSED, FAILING)]


@pytest.fixture
def made(outcomes: list[Outcome], index: Index) -> Run:
    return record(outcomes, index, own_questions(), "all", NOON)


@pytest.fixture
def home(tmp_path: Path, settings: Settings, index: Index) -> Path:
    """A data folder of its own, with the shared index in it."""
    home = tmp_path / "data"
    home.mkdir()
    (home / "index").symlink_to(settings.home / "index")
    return home


@pytest.fixture
def evaluate(home: Path, in_process: Callable[..., Ran]) -> Callable[..., Ran]:
    """Run `pratiques eval …` in this process."""

    def call(*arguments: str | Path) -> Ran:
        return in_process(cli, home, *arguments)

    return call


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put questions, and floors, in the place of the project's own."""

    def put(questions: Sequence[JudgedQuestion], floors: Floors = Floors()) -> Path:  # noqa: B008
        path = write_questions(tmp_path / "own.jsonl", questions)
        monkeypatch.setattr("eval.cli.own_questions", lambda: path)
        monkeypatch.setattr("eval.cli.own_floors", lambda: {"held": floors})
        return path

    return put


def write_questions(path: Path, questions: Sequence[JudgedQuestion]) -> Path:
    wanted = "id question history type persona answer key_facts evidence where answerable split".split()
    lines = [json.dumps({name: getattr(q, name) for name in wanted}) for q in questions]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_right_answer_scores_whole(outcomes: list[Outcome]) -> None:
    right = outcomes[0]
    assert (right.status, right.recall, right.key_facts, right.right_status) == (Status.ANSWERED, 1.0, 1.0, True)
    assert right.unfound == 0


def test_a_question_without_an_answer_is_right_where_it_is_refused(outcomes: list[Outcome]) -> None:
    assert (outcomes[1].status, outcomes[1].right_status) == (Status.SILENT, True)


def test_a_known_wrong_answer_scores_as_wrong(outcomes: list[Outcome]) -> None:
    wrong = outcomes[2]
    assert wrong.status is Status.ANSWERED
    assert (wrong.recall, wrong.reciprocal_rank, wrong.key_facts, wrong.ranks) == (0.0, 0.0, 0.0, (None,))


def test_an_answer_to_what_has_none_scores_as_wrong(assistant: Assistant) -> None:
    answered = ask(replace(NOWHERE, question=FLORA.question), assistant)
    assert (answered.status, answered.right_status) == (Status.ANSWERED, False)


def test_a_refused_question_scores_zero(outcomes: list[Outcome]) -> None:
    refused = outcomes[3]
    assert refused.status is Status.SILENT
    assert (refused.key_facts, refused.right_status, refused.words) == (0, False, 0)


def test_the_search_is_measured_by_what_it_found_even_where_the_answer_is_refused(assistant: Assistant) -> None:
    found = assistant.ask(REFUSED.asked()).trace.passages[0]
    refused = ask(replace(REFUSED, evidence=((assistant.index.by_id[found.id].text,),)), assistant)
    assert refused.status is Status.SILENT
    assert (refused.recall, refused.reciprocal_rank, refused.ranks, refused.key_facts) == (1, 1, (1,), 0)


def test_a_refusal_states_no_fact_whatever_it_says(assistant: Assistant) -> None:
    said = assistant.ask(Question(REFUSED.question)).message.split()[0]
    assert ask(replace(REFUSED, key_facts=((said,),)), assistant).key_facts == 0


def test_a_question_that_cannot_be_asked_scores_zero_and_says_why(outcomes: list[Outcome]) -> None:
    failing = outcomes[4]
    assert (failing.status, failing.recall, failing.reciprocal_rank, failing.key_facts) == (None, 0, 0, 0)
    assert failing.error.startswith("QuestionError: ")
    assert failing.ranks == (None,)


def test_a_fault_in_the_code_scores_zero_even_where_nothing_was_to_be_said(index: Index) -> None:
    faulty = ask(NOWHERE, Faulty(index))
    assert (faulty.status, faulty.right_status) == (None, False)
    assert faulty.error.startswith("ZeroDivisionError: ")


def test_no_question_is_left_out_of_a_mean(outcomes: list[Outcome]) -> None:
    right, *others = outcomes
    found = figures(outcomes)
    assert (found.count, found.answerable) == (5, 4)
    assert (found.recall, found.mrr, found.key_facts) == (1 / 4, right.reciprocal_rank / 4, 1 / 4)
    assert found.right_status == sum(o.right_status for o in outcomes) / 5
    assert figures(others).key_facts == 0


def test_the_ranks_say_where_each_piece_of_evidence_first_stands(assistant: Assistant, index: Index) -> None:
    answer = assistant.ask(FLORA.asked())
    third = index.by_id[answer.trace.passages[2].id].text
    outcome = measure(replace(FLORA, evidence=((third,), ("absent du rapport",))), answer, index)
    assert outcome.ranks == (3, None)
    assert outcome.reciprocal_rank == 1 / 3
    assert outcome.passages == tuple(p.id for p in answer.trace.passages)


def test_a_run_is_read_back_as_it_was_written(made: Run, tmp_path: Path) -> None:
    assert read_run(write_run(made, None, tmp_path)) == made


def test_a_run_is_named_for_its_date_and_its_half(made: Run, tmp_path: Path) -> None:
    assert write_run(made, None, tmp_path) == tmp_path / "runs/2026-11-24T12-00-00Z-all.json"
    assert [p.name for p in (tmp_path / "runs").iterdir()] == [made.name]


def test_a_run_says_on_what_it_was_made(made: Run, index: Index) -> None:
    assert (made.settings.index, made.settings.embeddings) == (index.manifest.fingerprint, index.manifest.embeddings)
    assert Weights(**made.settings.weights) == index.retriever.weights
    assert made.settings.questions == "questions.jsonl"
    assert re.fullmatch("[0-9a-f]{64}", made.settings.questions_sha256)
    assert made.date == NOON.replace(microsecond=0)


def test_a_run_has_its_figures_over_all_and_by_group(made: Run) -> None:
    assert made.figures.overall == figures(made.outcomes)
    assert list(made.figures.by_type) == ["figure", "unanswerable"]
    assert list(made.figures.by_persona) == ["evaluator"]
    assert {name: f.count for name, f in made.figures.by_split.items()} == {"fit": 2, "held": 3}


def test_a_run_never_takes_the_place_of_another(made: Run, tmp_path: Path) -> None:
    first, second = (write_run(made, None, tmp_path) for _ in range(2))
    assert second.name == "2026-11-24T12-00-00Z-all-2.json"
    later = write_run(replace(made, date=NOON.replace(hour=13)), None, tmp_path)
    assert newest_runs(tmp_path) == (second, later)
    later.unlink()
    assert newest_runs(tmp_path) == (first, second)


def test_a_run_goes_where_it_is_told(made: Run, tmp_path: Path) -> None:
    assert write_run(made, str(tmp_path / "a/mine.json"), tmp_path) == tmp_path / "a/mine.json"
    assert write_run(made, str(tmp_path / "a"), tmp_path) == tmp_path / "a" / made.name
    assert write_run(made, f"{tmp_path}/new/", tmp_path) == tmp_path / "new" / made.name


def test_what_is_not_a_file_is_never_replaced_by_a_run(made: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StorageError, match="fichier ordinaire"):
        write_run(made, str(tmp_path / "pipe"), tmp_path)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"kind": "pratiques eval run", "format": 1}', "\0"])
def test_a_file_that_is_not_a_run_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    with pytest.raises(PratiquesError, match=r"n'est pas un fichier de mesures\. Nommez"):
        read_run(tmp_path / "a.json")


def test_a_run_of_a_newer_version_is_refused_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"kind": "pratiques eval run", "format": 99, "new": []}', "utf-8")
    with pytest.raises(PratiquesError, match="version plus récente"):
        read_run(tmp_path / "a.json")


def test_a_run_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PratiquesError, match="ne peuvent pas être lues"):
        read_run(tmp_path / "a.json")


def test_outside_a_checkout_there_is_no_commit(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch()
    assert commit_of(tmp_path / "a.py") is None


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(ROOT / "eval/__init__.py") is None


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_commit_is_that_of_the_checkout_which_has_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("GIT_")]:
        monkeypatch.delenv(name)

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", *who, *arguments], cwd=tmp_path, capture_output=True, check=True, text=True)
        return done.stdout.strip()

    file = tmp_path / "a.py"
    file.touch()
    git("init")
    assert commit_of(file) is None
    git("add", "a.py")
    git("commit", "-m", "first")
    assert commit_of(file) == Commit(git("rev-parse", "--short", "HEAD"), dirty=False)
    (tmp_path / "b.py").touch()
    assert commit_of(file) == Commit(git("rev-parse", "--short", "HEAD"), dirty=True)
    assert commit_of(tmp_path / "b.py") is None


def test_figures_at_their_floors_hold(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    floors = Floors(found.recall, found.mrr, found.key_facts, found.right_status, by_type_recall=found.recall)
    assert list(below(outcomes, floors)) == []


@pytest.mark.parametrize(
    ("floors", "named"),
    [
        (Floors(recall=0.9, mrr=0.75), ["rappel", "MRR"]),
        (Floors(key_facts=0.9), ["faits clés"]),
        (Floors(right_status=0.9), ["statut juste"]),
        (Floors(by_type_recall=0.7), ["rappel des questions « figure »"]),
    ],
)
def test_each_figure_below_its_floor_is_named(outcomes: list[Outcome], floors: Floors, named: list[str]) -> None:
    assert [name for name, _, _ in below(outcomes, floors)] == named


def test_the_floors_of_the_project_are_of_the_half_that_nothing_was_fitted_on() -> None:
    assert list(own_floors()) == ["held"]
    assert own_floors()["held"].recall > 0


def test_two_questions_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PratiquesError, match="« t-1 »"):
        load_questions(write_questions(tmp_path / "q.jsonl", [FLORA, FLORA]))


def test_eval_run_prints_the_table_and_writes_the_run(evaluate: Callable[..., Ran], own: Callable[..., Path]) -> None:
    own([FLORA, NOWHERE, FAILING])
    code, out, err = evaluate("run")
    assert code == 0
    assert re.search(r"ensemble\s+│\s+3 │\s+0,50 │", out)
    assert re.search(r"unanswerable\s+│\s+1 │\s+– │\s+– │\s+– │\s+1,00 │", out)
    assert "1 questions ont échoué" in out
    made = read_run(Path(re.search("Mesures écrites dans « (.+) »", err)[1]))
    assert [o.id for o in made.outcomes] == ["t-1", "t-2", "t-5"]


def test_eval_run_asks_the_half_that_is_named(
    evaluate: Callable[..., Ran], own: Callable[..., Path], home: Path
) -> None:
    own([FLORA, NOWHERE])
    assert evaluate("run", "--split", "held")[0] == 0
    (written,) = (home / "runs").iterdir()
    assert [o.id for o in read_run(written).outcomes] == ["t-1"]
    assert written.name.endswith("Z-held.json")


def test_a_half_without_questions_is_refused(evaluate: Callable[..., Ran], own: Callable[..., Path]) -> None:
    own([FLORA])
    code, out, err = evaluate("run", "--split", "fit")
    assert (code, out) == (2, "")
    assert "aucune question de la moitié « fit »" in err


def test_where_the_run_cannot_be_written_the_table_is_shown_first(
    evaluate: Callable[..., Ran], own: Callable[..., Path], tmp_path: Path
) -> None:
    own([FLORA])
    (tmp_path / "file").touch()
    code, out, err = evaluate("run", "--out", tmp_path / "file/run.json")
    assert code == 2
    assert "ensemble" in out
    assert "n'ont pas pu être écrites" in err
    assert "--out" in err


def test_a_figure_below_its_floor_ends_in_code_1_with_the_run_written(
    evaluate: Callable[..., Ran], own: Callable[..., Path], home: Path
) -> None:
    own([FLORA, FAILING, NOWHERE], Floors(recall=0.9))
    code, out, err = evaluate("run", "--floors")
    assert code == 1
    assert "ensemble" in out
    assert "Sous le seuil (moitié « held ») : rappel 0,500, il faut 0,900." in err
    assert len(list((home / "runs").iterdir())) == 1


def test_figures_above_their_floors_end_in_code_0(evaluate: Callable[..., Ran], own: Callable[..., Path]) -> None:
    own([FLORA, REFUSED], Floors(recall=0.9, mrr=0.1, by_type_recall=0.7))
    code, _, err = evaluate("run", "--floors")
    assert code == 0
    assert "Les seuils sont tenus." in err


def test_the_floors_are_of_the_own_questions_alone(
    evaluate: Callable[..., Ran], own: Callable[..., Path], tmp_path: Path
) -> None:
    own([FLORA], Floors(recall=0.9))
    others = write_questions(tmp_path / "others.jsonl", [WRONG])
    code, _, err = evaluate("run", "--floors", "--questions", others)
    assert code == 0
    assert "Aucun seuil ne vaut pour ces questions." in err


def test_make_eval_checks_the_floors_of_the_held_half() -> None:
    assert "pratiques eval run --split held --floors\n" in (ROOT / "Makefile").read_text("utf-8")


def test_compare_takes_the_two_newest_runs_and_says_what_moved(
    evaluate: Callable[..., Ran], made: Run, home: Path
) -> None:
    worse = replace(made.outcomes[0], recall=0.0, ranks=(None,))
    write_run(made, None, home)
    after = replace(made, date=NOON.replace(hour=13), outcomes=(worse, *made.outcomes[1:-1]))
    write_run(after, None, home)
    code, out, _ = evaluate("compare")
    assert code == 0
    assert "4 questions communes ; 1 seulement dans la première, 0 seulement dans la seconde." in out
    assert re.search(r"rappel\s+│\s+3 │\s+0,33 │\s+0,00 │\s+−0,333 │\s+de −1,000 à 0,000", out)
    assert "Questions améliorées : aucune." in out
    assert "Questions dégradées : 1" in out
    assert re.search(r"│ t-1 .*│ \d → absente +│ rappel 1,00 → 0,00", out)


@pytest.mark.parametrize("named", [0, 1, 3])
def test_compare_needs_two_runs(evaluate: Callable[..., Ran], made: Run, home: Path, named: int) -> None:
    path = write_run(made, None, home)
    code, out, err = evaluate("compare", *[path] * named)
    assert (code, out) == (2, "")
    assert "deux" in err


def test_compare_refuses_runs_without_a_question_in_common(
    evaluate: Callable[..., Ran], made: Run, tmp_path: Path
) -> None:
    first = write_run(replace(made, outcomes=made.outcomes[:2]), str(tmp_path / "a.json"), tmp_path)
    second = write_run(replace(made, outcomes=made.outcomes[2:]), str(tmp_path / "b.json"), tmp_path)
    code, _, err = evaluate("compare", first, second)
    assert code == 2
    assert "aucune question en commun" in err
