"""The question index: for places of a document, what people ask of them in their own words.

One JSON object a line: `anchor` (some words of the document, verbatim, that stand in it once), `questions`, `words`
(everyday words and expressions for the ideas of that place), and where somebody has read which sentences answer each
question, `sentences` (how each begins) and `answers` (for each question, which of them, counted from 0). An entry
belongs to the passage in which its anchor starts, so passages may be cut differently and nothing is lost. The bundled
report has its file beside it; the other documents get theirs from `pratiques enrich`, kept in the data folder under
the hash of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.errors import PratiquesError
from ingest.folding import fold_char, letters
from ingest.records import Passage, Report
from ingest.settings import Settings
from ingest.sources import Source

_ANCHOR_WORDS = 8
_FOLLOWING = 400
"""Characters after a span into which its anchor may go on."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What is asked of one place of a document, and the everyday words for its ideas."""

    anchor: str
    questions: tuple[str, ...]
    words: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    answers: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        if not letters(self.anchor):
            raise ValueError("an entry is bound to words of the document")
        if self.answers and len(self.answers) != len(self.questions):
            raise ValueError("each question has its answer, or none has")
        if any(not 0 <= n < len(self.sentences) for answer in self.answers for n in answer):
            raise ValueError("an answer names sentences of the entry")


@dataclass(frozen=True, slots=True)
class PlacedEntries:
    """The entries of one document, by passage id; `lost` have no place of their own, `without` no entry."""

    by_passage: dict[str, IndexEntry]
    lost: tuple[IndexEntry, ...]
    without: tuple[str, ...]

    @property
    def faults(self) -> list[str]:
        """One French line for each entry without a place and each passage without an entry."""
        return [
            *(f"Entrée sans place dans le document : « {entry.anchor} »." for entry in self.lost),
            *(f"Passage sans question : {passage}." for passage in self.without),
        ]


_ENTRY = TypeAdapter(IndexEntry)


def bundled_questions() -> Path:
    """Where the question index of the bundled report lies."""
    return Path(str(resources.files("ingest").joinpath("corpus/pratiques-emergentes.questions.jsonl")))


def questions_of(source: Source, report: Report | None, settings: Settings) -> Path:
    """Where the question index of a document lies; for the report, whatever file it was read from, the bundled one.

    `report` is the document as it was read, or `None` where it was not read yet.
    """
    if source.path is None or (report is not None and report.fiches):
        return bundled_questions()
    return settings.home / "questions" / f"{source.sha256}.jsonl"


def read_asked(source: Source, report: Report, settings: Settings) -> PlacedEntries:
    """The question index of a document, bound to its passages.

    Raises:
        PratiquesError: it cannot be read.
    """
    return place_entries(load_entries(questions_of(source, report, settings)), report)


def load_entries(path: Path) -> list[IndexEntry]:
    """Read a question index; a file that is not there gives none.

    Raises:
        PratiquesError: the file cannot be read, or a line is not an entry.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise PratiquesError(f"L'index des questions « {path} » ne peut pas être lu. Vérifiez vos droits.") from error
    entries = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entries.append(_ENTRY.validate_json(line))
            except ValidationError as error:
                raise PratiquesError(
                    f"« {path} », ligne {number} : ce n'est pas une entrée de l'index des questions. Corrigez-la ou "
                    "retirez-la."
                ) from error
    return entries


def dump_entry(entry: IndexEntry) -> str:
    """One line of a question index, without its line break."""
    return _ENTRY.dump_json(entry).decode()


def place_entries(entries: Sequence[IndexEntry], report: Report) -> PlacedEntries:
    """Bind each entry to the passage in which its anchor starts.

    Words are compared by their folded letters, so typography does not matter. Entries of one passage are joined. An
    anchor that stands nowhere, outside all passages, or in two places leaves its entry without a place.
    """
    text, offsets = _letters_with_offsets(report.text)
    passages = sorted(report.passages, key=lambda p: p.start)
    starts = [p.start for p in passages]
    placed: dict[str, IndexEntry] = {}
    lost = []
    for entry in entries:
        anchor = letters(entry.anchor)
        at = text.find(anchor)
        if at < 0 or text.find(anchor, at + 1) >= 0:
            lost.append(entry)
            continue
        passage = passages[max(0, bisect_right(starts, offsets[at]) - 1)]
        if not passage.start <= offsets[at] < passage.end:
            lost.append(entry)
            continue
        placed[passage.id] = _joined(placed[passage.id], entry) if passage.id in placed else entry
    without = tuple(p.id for p in report.passages if p.id not in placed)
    return PlacedEntries(placed, tuple(lost), without)


def anchor_of(report: Report, start: int, end: int) -> str | None:
    """A short run of words that starts in a span of the document and stands in it once; `None` where none does.

    `start`/`end` are offsets in the cleaned text. The first run of eight words that will do, else the shortest longer
    one: where a passage says what another says, its anchor goes on into what follows.
    """
    text = letters(report.text)
    words = report.text[start : end + _FOLLOWING].split()
    firsts = range(len(report.text[start:end].split()))
    for length in range(_ANCHOR_WORDS, len(words) + 1):
        for first in firsts:
            anchor = " ".join(words[first : first + length])
            if first + length <= len(words) and text.count(letters(anchor)) == 1:
                return anchor
    return None


def answers_in(passage: Passage, entry: IndexEntry) -> list[frozenset[int]]:
    """For each question of an entry, which units of its passage answer it (their positions); empty where none is known.

    A sentence is the unit that begins as the entry says, whatever its typography.
    """
    begins = [letters(passage.words_of(unit)) for unit in passage.units]
    at = [
        next((n for n, text in enumerate(begins) if text.startswith(letters(said))), None) for said in entry.sentences
    ]
    answers = entry.answers or ((),) * len(entry.questions)
    return [frozenset(unit for n in answer if (unit := at[n]) is not None) for answer in answers]


def _joined(first: IndexEntry, second: IndexEntry) -> IndexEntry:
    """Two entries of one passage as one; a question that both ask keeps its first answer."""
    answered: dict[str, tuple[int, ...]] = {}
    for entry, shift in ((first, 0), (second, len(first.sentences))):
        for question, answer in zip(entry.questions, entry.answers or ((),) * len(entry.questions), strict=True):
            answered.setdefault(question, tuple(n + shift for n in answer))
    words = tuple(dict.fromkeys((*first.words, *second.words)))
    sentences = (*first.sentences, *second.sentences)
    return IndexEntry(first.anchor, tuple(answered), words, sentences, tuple(answered.values()))


def _letters_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded letters of a text, and where in it each stands."""
    folded, offsets = [], []
    for offset, char in enumerate(text):
        for letter in filter(str.isalnum, fold_char(char)):
            folded.append(letter)
            offsets.append(offset)
    return "".join(folded), offsets
