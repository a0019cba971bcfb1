"""The judged questions that reviews gave: one file of JSON lines in the data folder, which a run asks like any other.

Every change is made under a lock, on what the file holds then, and written whole: two windows never lose one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from eval.questions import JudgedQuestion, load_questions
from ingest.errors import ReviewError, StorageError
from ingest.folding import letters
from ingest.saving import save_whole

_NAME, _LOCK = "jeu-de-test.jsonl", ".jeu-de-test.lock"
_PATIENCE_S = 10.0
_JUDGED = TypeAdapter(JudgedQuestion)
_ENDS_LINE = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}
"""What some readers of text take for the end of a line, as JSON can write it."""


def judged_set(home: Path) -> Path:
    """Where the set lies, or will once it has a question."""
    return home / _NAME


def read(home: Path) -> list[JudgedQuestion]:
    """The questions of the set, oldest first; none where there is no set yet.

    Raises:
        PratiquesError: the file is damaged, or cannot be read.
    """
    path = judged_set(home)
    return load_questions(path) if path.exists() else []


def find(home: Path, identifier: str) -> JudgedQuestion | None:
    """The question of an id; `None` where the set has none.

    Raises:
        PratiquesError: the file is damaged, or cannot be read.
    """
    return next((question for question in read(home) if question.id == identifier), None)


def append(home: Path, question: JudgedQuestion) -> None:
    """Add a question at the end of the set.

    Raises:
        ReviewError: its id, or the same question after the same turns, is there already.
        PratiquesError: the file is damaged, or cannot be read.
        StorageError: it cannot be written.
    """
    with _writing(home):
        questions = read(home)
        for other in questions:
            if other.id == question.id:
                raise ReviewError("Cette réponse a déjà donné une question au jeu de test.")
            if _asked(other) == _asked(question):
                raise ReviewError(
                    f"La même question est déjà dans le jeu de test, sous l'identifiant « {other.id} ». Retirez-la "
                    "d'abord si celle-ci doit prendre sa place."
                )
        _write(home, [*questions, question])


def change(home: Path, identifier: str, changed: Callable[[JudgedQuestion], JudgedQuestion]) -> JudgedQuestion:
    """Change a question of the set, as it is there at that moment.

    Returns:
        The question as changed.

    Raises:
        ReviewError: it is not there, or cannot be changed so.
        PratiquesError: the file is damaged, or cannot be read.
        StorageError: it cannot be written.
    """
    with _writing(home):
        questions = read(home)
        at = _position(questions, identifier)
        questions[at] = changed(questions[at])
        _write(home, questions)
        return questions[at]


def remove(home: Path, identifier: str) -> None:
    """Take a question out of the set; the file goes with the last one.

    Raises:
        ReviewError: it is not there.
        PratiquesError: the file is damaged, or cannot be read.
        StorageError: it cannot be written.
    """
    with _writing(home):
        questions = read(home)
        del questions[_position(questions, identifier)]
        _write(home, questions)


@contextmanager
def _writing(home: Path) -> Iterator[None]:
    """Hold the set; what the system refuses meanwhile is said in French."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(home / _LOCK, timeout=_PATIENCE_S):
            yield
    except Timeout as error:
        raise StorageError("Le jeu de test est en train d'être écrit ailleurs. Recommencez dans un instant.") from error
    except OSError as error:
        raise StorageError(
            f"Le jeu de test « {judged_set(home)} » ne peut pas être écrit ({error.strerror}). Vérifiez la place et "
            "vos droits."
        ) from error


def _position(questions: Sequence[JudgedQuestion], identifier: str) -> int:
    for at, question in enumerate(questions):
        if question.id == identifier:
            return at
    raise ReviewError("Cette question n'est plus dans le jeu de test : elle a été retirée ailleurs.")


def _asked(question: JudgedQuestion) -> tuple[str, ...]:
    """What makes two questions one: their words and those of the turns before, without case, accents and marks."""
    return tuple(letters(text) for text in (*(turn.content for turn in question.history), question.question))


def _write(home: Path, questions: Sequence[JudgedQuestion]) -> None:
    path = judged_set(home)
    if not questions:
        path.unlink(missing_ok=True)
        return
    save_whole(path, "".join(f"{_line(question)}\n" for question in questions).encode())


def _line(question: JudgedQuestion) -> str:
    """A question as JSON, on what every reader takes for one line."""
    return _JUDGED.dump_json(question).decode().translate(_ENDS_LINE)
