"""The judged questions: plain JSON lines, read and refused at birth when wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Question, Turn
from ingest.errors import PratiquesError

Split = Literal["fit", "held"]


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with what a right answer states and where the report says it.

    `key_facts` and `evidence` are groups of alternatives: every group is needed, any member of it will do.
    `split` says whether weights may be fitted on it.
    """

    id: str
    question: str
    history: tuple[Turn, ...]
    type: str
    persona: str
    answer: str
    key_facts: tuple[tuple[str, ...], ...]
    evidence: tuple[tuple[str, ...], ...]
    where: tuple[str, ...]
    answerable: bool
    split: Split = "held"

    def __post_init__(self) -> None:
        if self.answerable != bool(self.evidence):
            raise ValueError(f"{self.id}: answerable questions, and they alone, have evidence")

    def asked(self) -> Question:
        """The question as it is put to the assistant."""
        return Question(self.question, self.history)


_JUDGED = TypeAdapter(JudgedQuestion)


def own_questions() -> Path:
    """Where the project's own judged questions lie."""
    return Path(str(resources.files("eval").joinpath("questions.jsonl")))


class Judged(Protocol):
    """Whatever is judged has an id."""

    @property
    def id(self) -> str:
        """Unique in its file."""


_Line = TypeVar("_Line", bound=Judged)


def load_questions(path: Path) -> list[JudgedQuestion]:
    """Read judged questions from a file of JSON lines.

    Raises:
        PratiquesError: the file cannot be read, a line is not a judged question, or two have the same id.
    """
    return read_judged(path, _JUDGED)


def read_judged(path: Path, form: TypeAdapter[_Line]) -> list[_Line]:
    """Read judged questions of any form from a file of JSON lines.

    Raises:
        PratiquesError: the file cannot be read, a line is not of that form, or two have the same id.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PratiquesError(f"Les questions « {path} » ne peuvent pas être lues. Vérifiez le chemin.") from error
    questions = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            questions.append(form.validate_json(line))
        except ValidationError as error:
            reason = error.errors()[0]["msg"]
            raise PratiquesError(f"« {path} », ligne {number} : ce n'est pas une question jugée ({reason}).") from error
    twice = [i for i, count in Counter(q.id for q in questions).items() if count > 1]
    if twice:
        raise PratiquesError(f"« {path} » : plusieurs questions portent l'identifiant « {twice[0]} ». Renommez-les.")
    if not questions:
        raise PratiquesError(f"« {path} » ne contient aucune question jugée.")
    return questions
