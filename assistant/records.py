"""The answers that are kept: what was asked, what was answered, and with what.

    <home>/answers/<id>.json     one file for each answer, written aside then renamed

What is kept is the question as it went through the road: its personal data are masked unless the user said yes to them.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from assistant.answer import Answer, Question
from assistant.judgement import Judged
from ingest.errors import RecordError, RecordMissing, StorageError
from ingest.saving import save_whole
from ingest.settings import Settings

FORMAT = 1
"""The layout of the file; a newer one is refused."""
_NAME = re.compile(r"[0-9a-f]{12}\.json")
_WHY_NOT = {
    errno.ENOSPC: "il n'y a plus de place",
    errno.EDQUOT: "il n'y a plus de place",
    errno.EFBIG: "il n'y a plus de place",
    errno.EACCES: "vos droits ne le permettent pas",
    errno.EPERM: "vos droits ne le permettent pas",
    errno.EROFS: "vos droits ne le permettent pas",
    errno.EEXIST: "ce n'est pas un dossier",
    errno.ENOTDIR: "ce n'est pas un dossier",
}


@dataclass(frozen=True, slots=True)
class MadeWith:
    """With what an answer was made, beside its index: the version of the project, the settings, the fitted weights.

    `llm_base_url` is without the name, the password and the keys that an address may carry; the weights are SHA-256.
    """

    version: str
    embeddings: str
    llm: str
    llm_base_url: str
    weights: str
    """Of the sentences and of the judgement."""
    search_weights: str

    @classmethod
    def today(cls, settings: Settings) -> MadeWith:
        """What an answer is made with now."""
        return cls(
            version=metadata.version("pratiques"),
            embeddings=settings.embeddings or "",
            llm=settings.llm or "",
            llm_base_url=without_credentials(settings.llm_base_url or ""),
            weights=_hash_of("assistant"),
            search_weights=_hash_of("vectorstore"),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """An answer that is kept; `date` is UTC."""

    kind: Literal["pratiques ask"]
    format: int
    date: AwareDatetime
    question: Question
    answer: Answer
    made_with: MadeWith

    @classmethod
    def of(cls, answer: Answer, judged: Judged, settings: Settings) -> Record:
        """The record of an answer, with the question that its road went with."""
        question = judged.draft.weighed.findings.understood.question
        return cls("pratiques ask", FORMAT, datetime.now(UTC), question, answer, MadeWith.today(settings))


@dataclass(frozen=True, slots=True)
class _Header:
    """What says whether a file is a record, and of which layout."""

    kind: Literal["pratiques ask"]
    format: int


_RECORD = TypeAdapter(Record)
_HEADER = TypeAdapter(_Header)


def without_credentials(address: str) -> str:
    """The scheme, host and path of an address; nothing of one in which secrets cannot be told from the rest."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
    except ValueError:
        return ""
    if "@" in f"{parts.path}{parts.query}{parts.fragment}":
        return ""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}" if parts.scheme else f"{host}{parts.path}"


def written(record: Record) -> str:
    """The JSON text of a record, which any store can keep."""
    text = json.dumps({**_RECORD.dump_python(record), "date": record.date.isoformat()}, ensure_ascii=False, indent=1)
    # Half a surrogate pair, typed by mistake, says nothing: the question is kept without it.
    return text.encode("utf-8", "ignore").decode("utf-8") + "\n"


def read_written(text: str | bytes, where: str) -> Record:
    """Read the JSON text of a record; `where` is how the user may know it.

    Raises:
        RecordError: it is damaged, or comes from a newer version.
    """
    try:
        if _HEADER.validate_json(text).format > FORMAT:
            raise RecordError(f"« {where} » vient d'une version plus récente de Pratiques. Mettez celle-ci à jour.")
        return _RECORD.validate_json(text)
    except ValidationError as error:
        raise _damaged(where) from error


def only_one(identifier: str, found: Sequence[str]) -> str:
    """The one id that starts as was asked for.

    Raises:
        RecordMissing: there is none.
        RecordError: there are several.
    """
    if not found:
        raise RecordMissing(
            f"Aucune réponse gardée n'a l'identifiant « {identifier} ». « pratiques ask » dit celui de chaque réponse."
        )
    if len(found) > 1:
        start, some = identifier.strip().lower(), ", ".join(found[:5])
        raise RecordError(f"Plusieurs réponses gardées commencent par « {start} » : {some}… Écrivez-en davantage.")
    return found[0]


def keep_record(record: Record, home: Path) -> Path:
    """Write a record in one step, in a folder that only its owner reads.

    Raises:
        StorageError: it cannot be written; nothing is left of it.
    """
    folder = home / "answers"
    target = folder / f"{record.answer.id}.json"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_whole(target, written(record).encode("utf-8"))
    except OSError as error:
        why = _WHY_NOT.get(error.errno or 0, "le système l'a refusé")
        raise StorageError(
            f"La réponse n'a pas pu être gardée dans « {folder} » : {why}. Vérifiez la place et vos droits, ou "
            "choisissez un autre dossier avec PRATIQUES_HOME."
        ) from error
    return target


def find_record(identifier: str, home: Path) -> Record:
    """Read the record of an answer, by its id or the start of it.

    Raises:
        RecordMissing: no answer has such an id.
        RecordError: several have; the file is damaged or comes from a newer version.
        StorageError: the folder cannot be read.
    """
    folder, start = home / "answers", identifier.strip().lower()
    try:
        found = sorted(p for p in folder.iterdir() if _NAME.fullmatch(p.name) and start and p.name.startswith(start))
    except FileNotFoundError:
        found = []
    except OSError as error:
        raise StorageError(f"Le dossier « {folder} » ne peut pas être lu. Vérifiez vos droits.") from error
    return _read(folder / f"{only_one(identifier, [p.stem for p in found])}.json")


def _read(path: Path) -> Record:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StorageError(f"La réponse gardée « {path} » ne peut pas être lue. Vérifiez vos droits.") from error
    record = read_written(content, str(path))
    if record.answer.id != path.stem:
        raise _damaged(str(path))
    return record


def _damaged(where: str) -> RecordError:
    return RecordError(f"La réponse gardée « {where} » est abîmée. Supprimez-la et reposez la question.")


def _hash_of(package: str) -> str:
    """The hash of the fitted weights of a package."""
    return hashlib.sha256(resources.files(package).joinpath("weights.json").read_bytes()).hexdigest()
