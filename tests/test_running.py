"""What a run made by a server promises: one at a time, its progress told, nothing left of one cancelled."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from assistant.answer import Answer, Question
from assistant.chain import Assistant
from eval.questions import load_questions, own_questions
from eval.record import delete_run, read_run, run_files
from eval.review.judged_set import judged_set
from eval.running import Chosen, Progress, Runner, Stage, choose, keep_questions, question_files
from ingest.errors import PratiquesError, StorageError
from vectorstore.index import Index

LINES = own_questions().read_text("utf-8").splitlines()[:3]
THREE = "\n".join(LINES).encode()
WAIT_S = 60


class Held(Assistant):
    """Answers a question each time that it is let to."""

    def __init__(self, index: Index) -> None:
        super().__init__(index)
        self.asked, self.go_on = Event(), Event()

    def ask(self, question: Question) -> Answer:
        self.asked.set()
        assert self.go_on.wait(WAIT_S)
        return super().ask(question)


class Gone(Assistant):
    """Its index is gone: what a fault in the code looks like once all was asked."""

    def ask(self, question: Question) -> Answer:
        raise ZeroDivisionError(question.text)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def three(home: Path) -> Chosen:
    return choose(keep_questions("trois.jsonl", THREE, home), "all")


@pytest.fixture
def held(index: Index) -> Iterator[Held]:
    assistant = Held(index)
    yield assistant
    assistant.go_on.set()


def ended(runner: Runner) -> Progress:
    assert runner.wait(WAIT_S)
    assert runner.progress is not None
    return runner.progress


# --- a run ------------------------------------------------------------------------------------------------------------


def test_a_run_is_written_when_it_is_done(three: Chosen, assistant: Assistant, home: Path) -> None:
    runner = Runner()
    runner.start(three, assistant, home)
    progress = ended(runner)
    assert (progress.stage, progress.done, progress.total, progress.broken) == (Stage.DONE, 3, 3, 0)
    assert [progress.written] == run_files(home)
    assert progress.written is not None
    made = read_run(progress.written)
    assert [o.id for o in made.outcomes] == [q.id for q in three.questions]
    assert (made.settings.questions, made.settings.split) == ("trois.jsonl", "all")


def test_before_any_run_there_is_nothing_to_tell() -> None:
    assert Runner().progress is None
    assert not Runner().cancelling


def test_a_run_under_way_tells_how_far_it_is(three: Chosen, held: Held, home: Path) -> None:
    runner = Runner()
    runner.start(three, held, home)
    assert held.asked.wait(WAIT_S)
    assert runner.progress == Progress("trois.jsonl", Stage.RUNNING, 0, 3, 0.0)


def test_the_time_left_is_that_of_the_questions_left_at_the_pace_of_the_others() -> None:
    progress = Progress("trois.jsonl", Stage.RUNNING, 0, 10, 0.0)
    assert progress.left is None
    assert replace(progress, done=4, seconds=8.0).left == 12


def test_only_one_run_is_made_at_a_time(three: Chosen, held: Held, home: Path) -> None:
    runner = Runner()
    runner.start(three, held, home)
    with pytest.raises(PratiquesError, match="déjà en cours"):
        runner.start(three, held, home)
    held.go_on.set()
    assert ended(runner).stage is Stage.DONE
    runner.start(three, held, home)
    assert ended(runner).stage is Stage.DONE
    assert len(run_files(home)) == 2


def test_a_cancelled_run_leaves_nothing_behind(three: Chosen, held: Held, home: Path) -> None:
    runner = Runner()
    runner.start(three, held, home)
    assert held.asked.wait(WAIT_S)
    runner.cancel()
    assert runner.cancelling
    held.go_on.set()
    progress = ended(runner)
    assert (progress.stage, progress.done, progress.written) == (Stage.CANCELLED, 1, None)
    assert run_files(home) == []


def test_a_run_can_be_made_after_one_that_was_cancelled(
    three: Chosen, held: Held, assistant: Assistant, home: Path
) -> None:
    runner = Runner()
    runner.start(three, held, home)
    runner.cancel()
    held.go_on.set()
    ended(runner)
    runner.start(three, assistant, home)
    assert ended(runner).stage is Stage.DONE


def test_a_fault_at_each_question_is_counted_and_the_run_goes_on(three: Chosen, index: Index, home: Path) -> None:
    runner = Runner()
    runner.start(three, Gone(index), home)
    progress = ended(runner)
    assert (progress.stage, progress.broken) == (Stage.DONE, 3)


def test_a_run_that_cannot_be_written_says_why(three: Chosen, assistant: Assistant, home: Path) -> None:
    (home / "runs").write_text("", "utf-8")
    runner = Runner()
    runner.start(three, assistant, home)
    progress = ended(runner)
    assert progress.stage is Stage.FAILED
    assert "n'ont pas pu être écrites" in progress.message


def test_a_fault_in_the_code_is_told_and_another_run_can_be_made(
    three: Chosen, assistant: Assistant, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner()
    with monkeypatch.context() as patch:
        patch.setattr("eval.running.write_run", lambda *_: 1 / 0)
        runner.start(three, assistant, home)
        assert "ZeroDivisionError" in ended(runner).message
    runner.start(three, assistant, home)
    assert ended(runner).stage is Stage.DONE


def test_a_run_says_which_questions_it_asked_even_where_their_file_has_changed_meanwhile(
    three: Chosen, assistant: Assistant, home: Path
) -> None:
    three.file.write_bytes(b"{}")
    runner = Runner()
    runner.start(three, assistant, home)
    written = ended(runner).written
    assert written is not None
    assert read_run(written).settings.questions_sha256 == hashlib.sha256(THREE).hexdigest()


def test_a_run_that_has_ended_is_forgotten_and_one_under_way_is_not(three: Chosen, held: Held, home: Path) -> None:
    runner = Runner()
    runner.start(three, held, home)
    runner.forget()
    assert runner.progress is not None
    held.go_on.set()
    ended(runner)
    runner.forget()
    assert runner.progress is None


# --- its questions ----------------------------------------------------------------------------------------------------


def test_the_files_to_choose_from_are_the_own_one_the_reviews_and_those_sent(home: Path) -> None:
    assert question_files(home) == [own_questions()]
    judged_set(home).write_bytes(THREE)
    sent = keep_questions("trois.jsonl", THREE, home)
    assert question_files(home) == [own_questions(), judged_set(home), sent]


@pytest.mark.parametrize("name", ["../../trois.jsonl", "C:\\d\\trois.jsonl", "trois.txt", ".trois.jsonl", "trois"])
def test_a_file_that_was_sent_is_kept_in_its_folder_whatever_its_name(name: str, home: Path) -> None:
    assert keep_questions(name, THREE, home) == home / "questions" / "trois.jsonl"


def test_a_file_that_was_sent_again_takes_the_place_of_the_former(home: Path) -> None:
    keep_questions("trois.jsonl", THREE, home)
    again = keep_questions("trois.jsonl", LINES[0].encode(), home)
    assert len(load_questions(again)) == 1


def test_a_damaged_file_is_refused_with_its_line_and_the_former_stays(home: Path) -> None:
    kept = keep_questions("trois.jsonl", THREE, home)
    with pytest.raises(PratiquesError, match=r"^« trois\.jsonl », ligne 4 : ce n'est pas une question jugée"):
        keep_questions("trois.jsonl", THREE + b"\n{}", home)
    assert len(load_questions(kept)) == 3


def test_a_file_that_is_no_text_is_refused(home: Path) -> None:
    with pytest.raises(PratiquesError, match=r"« image\.png » ne peuvent pas être lues"):
        keep_questions("image.png", b"\x89PNG\xff", home)
    assert question_files(home) == [own_questions()]


def test_a_file_that_cannot_be_kept_says_why(home: Path) -> None:
    (home / "questions").write_text("", "utf-8")
    with pytest.raises(StorageError, match="n'ont pas pu être gardées"):
        keep_questions("trois.jsonl", THREE, home)


def test_a_part_without_questions_is_refused(home: Path) -> None:
    file = keep_questions("trois.jsonl", THREE, home)
    with pytest.raises(PratiquesError, match="n'a aucune question de cette partie"):
        choose(file, "held")


# --- deleted ----------------------------------------------------------------------------------------------------------


def test_a_run_is_deleted_once_and_twice(three: Chosen, assistant: Assistant, home: Path) -> None:
    runner = Runner()
    runner.start(three, assistant, home)
    written = ended(runner).written
    assert written is not None
    delete_run(written)
    delete_run(written)
    assert run_files(home) == []


def test_a_run_that_cannot_be_deleted_says_so(home: Path) -> None:
    os.mkdir(home / "a.json")
    with pytest.raises(StorageError, match="ne peuvent pas être supprimées"):
        delete_run(home / "a.json")
