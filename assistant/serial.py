"""Answers as plain data: the records of the command line, which scripts and measurements rely on."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Question, Turn
from assistant.personal import Personal
from assistant.scope import Scope
from ingest.errors import QuestionError
from ingest.records import Fiche, Passage
from vectorstore.hits import Hit
from vectorstore.index import Index

_ANSWER = TypeAdapter(Answer)
_FICHE = TypeAdapter(Fiche)
_SCOPE = TypeAdapter(Scope)


def as_json(record: Any, indent: int | None = None) -> str:
    """JSON text that can always be written as UTF-8: half a surrogate pair, typed by mistake, stays escaped."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def answer_json(answer: Answer, explanation: str = "") -> str:
    """The whole record of an answer as one JSON object, with its explanation in plain French where there is one."""
    explained = {"explanation": explanation.split("\n")} if explanation else {}
    return as_json({**_ANSWER.dump_python(answer), **explained}, indent=2)


def batch_record(identifier: Any, answer: Answer, index: Index) -> dict[str, Any]:
    """One output line of `pratiques batch`."""
    return {
        "id": identifier,
        "status": answer.status.value,
        "answer": answer.text,
        "citations": [
            {
                "quote": c.quote,
                "passage": c.passage,
                "document": c.document,
                "fiche": c.fiche,
                "path": list(c.path),
                "page": c.page,
                "state": c.state.value,
            }
            for c in answer.citations
        ],
        "passages": [
            {"id": p.id, "text": index.by_id[p.id].text, "score": round(p.score, 4)} for p in answer.trace.passages
        ],
        "timing_ms": answer.trace.timing_ms,
    }


def read_batch_line(line: bytes) -> tuple[Any, Question]:
    """The id and the question of one input line of `pratiques batch`.

    Raises:
        BadLine: it is not such a line; the error carries the id where one could be read.
    """
    identifier, record = _read_line(line)
    text = record.get("question")
    if not isinstance(text, str) or not text.strip():
        raise BadLine("le champ « question » manque ou n'est pas un texte", identifier)
    history = record.get("history") or []
    if not isinstance(history, list) or not all(_is_turn(turn) for turn in history):
        raise BadLine('le champ « history » n\'est pas une liste de {"role", "content"}', identifier)
    turns = tuple(Turn(t["role"], t["content"]) for t in history)
    return identifier, Question(text, turns, scope=_scope(record.get("scope") or {}, identifier))


def _scope(record: Any, identifier: Any) -> Scope:
    known = isinstance(record, dict) and record.keys() <= {f.name for f in fields(Scope)}
    try:
        if known:
            return _SCOPE.validate_python(record)
    except ValidationError:
        pass
    raise BadLine(
        'le champ « scope » n\'est pas un objet {"themes", "fiches", "parts", "documents"} de listes de textes',
        identifier,
    )


def read_verify_line(line: bytes) -> tuple[Any, str, str]:
    """The id, the passage and the quote of one input line of `pratiques verify`.

    Raises:
        BadLine: it is not such a line; the error carries the id where one could be read.
    """
    identifier, record = _read_line(line)
    passage, quote = record.get("passage"), record.get("quote")
    if not isinstance(passage, str) or not isinstance(quote, str):
        raise BadLine("les champs « passage » et « quote » manquent ou ne sont pas des textes", identifier)
    return identifier, passage, quote


def read_mask_line(line: bytes) -> tuple[Any, str]:
    """The id and the question of one input line of `pratiques mask`.

    Raises:
        BadLine: it is not such a line; the error carries the id where one could be read.
    """
    identifier, record = _read_line(line)
    question = record.get("question")
    if not isinstance(question, str):
        raise BadLine("le champ « question » manque ou n'est pas un texte", identifier)
    return identifier, question


def mask_record(identifier: Any, found: Personal) -> dict[str, Any]:
    """One output line of `pratiques mask`: the personal data as typed, and the question without them."""
    return {"id": identifier, "personal": found.found, "spans": list(found.words), "masked": found.masked}


def _read_line(line: bytes) -> tuple[Any, dict[str, Any]]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine("la ligne n'est pas en UTF-8", None) from error
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise BadLine("la ligne n'est pas un objet JSON valide", None) from error
    if not isinstance(record, dict):
        raise BadLine("la ligne n'est pas un objet JSON", None)
    return record.get("id"), record


def _is_turn(turn: Any) -> bool:
    return isinstance(turn, dict) and turn.get("role") in ("user", "assistant") and isinstance(turn.get("content"), str)


class BadLine(QuestionError):
    """A line of a batch that cannot be asked."""

    def __init__(self, message: str, identifier: Any) -> None:
        super().__init__(message)
        self.identifier = identifier


def hit_record(hit: Hit) -> dict[str, Any]:
    """One passage of `pratiques search --json`."""
    passage = hit.passage
    return {
        "id": passage.id,
        "document": passage.document,
        "fiche": passage.fiche,
        "path": list(passage.path),
        "page": passage.page,
        "text": passage.text,
        "score": round(hit.score, 4),
        "lexical_rank": hit.lexical_rank,
        "dense_rank": hit.dense_rank,
    }


def fiche_record(fiche: Fiche, passages: tuple[Passage, ...]) -> dict[str, Any]:
    """One fiche of `pratiques fiches --json`: its card, and the text of each field."""
    own = [p for p in passages if (p.document, p.fiche) == (fiche.document, fiche.id)]
    texts = {name: "\n\n".join(p.text for p in own if p.field == name) for name in fiche.fields}
    return {**_FICHE.dump_python(fiche, mode="json"), "fields": texts}
