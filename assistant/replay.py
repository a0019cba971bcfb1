"""A kept answer asked again: what differs today, as data and in plain French.

What is compared is what was said and what proves it. Its times, its notes and the questions that it suggests are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from assistant.answer import UNSAID, Answer, Citation, Status
from assistant.chain import Assistant
from assistant.records import Record
from vectorstore.index import Index

FIRST = 20
"""Passages, the first ones, that are compared."""

_LABELS = {
    "index": "Index",
    "embeddings": "Plongement",
    "search_weights": "Poids de la recherche",
    "weights": "Poids des phrases et du jugement",
    "model": "Modèle de langue",
    "address": "Adresse de son service",
    "prompt": "Consignes de rédaction",
    "version": "Version de Pratiques",
    "understood": "Question comprise",
    "status": "Issue",
    "message": "Ce qui est dit à la place d'une réponse",
}
_ISSUES = {
    Status.ANSWERED: "une réponse",
    Status.SILENT: "le rapport n'en parle pas",
    Status.UNPROVABLE: "des passages, et aucune phrase qui réponde",
}
_SHOWN = 200
_HASH = 64


class Stands(StrEnum):
    """Where a quote that left its place is now."""

    MOVED = "moved"
    GONE = "gone"
    NO_DOCUMENT = "no_document"


_STANDS = {
    Stands.MOVED: "elle se lit ailleurs dans le document",
    Stands.GONE: "le document ne la contient plus",
    Stands.NO_DOCUMENT: "son document n'est plus dans l'index",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was one thing and is another; empty where there is none."""

    name: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Shift:
    """What a sequence lost and gained, and what of it stands elsewhere in the order."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A citation of the kept answer whose quote does not stand any more where it stood."""

    number: int
    document: str
    passage: str
    quote: str
    stands: Stands


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between a kept answer (`id`) and the one that its question gets today.

    `sentences` are as read, in the order of the answer; `proved_elsewhere` those whose proof is in another passage.
    `entered` and `left` are passages among the first 20.
    """

    id: str
    changes: tuple[Change, ...]
    sentences: Shift
    proved_elsewhere: tuple[str, ...]
    quotes: tuple[LostQuote, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        shift = self.sentences
        lists = (shift.gone, shift.new, shift.moved, self.proved_elsewhere, self.quotes, self.entered, self.left)
        return not self.changes and not any(lists)


_DIFFERENCES = TypeAdapter(Differences)


def replay(assistant: Assistant, record: Record) -> Differences:
    """Ask a kept question again, on the index and settings of today, and compare.

    Raises:
        LanguageModelError: the language model of the settings cannot be opened.
    """
    answer, judged = assistant.explain(record.question)
    return compare(record, Record.of(answer, judged, assistant.settings), assistant.index)


def compare(then: Record, now: Record, index: Index) -> Differences:
    """What differs between two records of one question; `index` is that of the second."""
    before, after = _things(then), _things(now)
    old, new = then.answer, now.answer
    first = [[p.id for p in a.trace.passages[:FIRST]] for a in (old, new)]
    return Differences(
        id=old.id,
        changes=tuple(Change(n, before[n], after[n]) for n in _LABELS if before[n] != after[n]),
        sentences=shift_of([said for said, _ in _said(old)], [said for said, _ in _said(new)]),
        proved_elsewhere=tuple(_proved_elsewhere(old, new)),
        quotes=tuple(_lost(old.citations, index)),
        entered=tuple(p for p in first[1] if p not in first[0]),
        left=tuple(p for p in first[0] if p not in first[1]),
    )


def _things(record: Record) -> dict[str, str]:
    """What a record says once, by the names of `_LABELS`."""
    answer, made_with = record.answer, record.made_with
    return {
        "index": answer.trace.index,
        "embeddings": answer.trace.embeddings,
        "search_weights": made_with.search_weights,
        "weights": made_with.weights,
        "model": made_with.llm,
        "address": made_with.llm_base_url,
        "prompt": answer.trace.prompt,
        "version": made_with.version,
        "understood": answer.understood,
        "status": answer.status.value,
        "message": answer.message,
    }


def _said(answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences as read, each with the passages that prove it; then the cells of which nothing is said."""
    passages = {c.number: c.passage for c in answer.citations}
    said = [(f"{s.lead} {s.text}".strip(), tuple(passages[n] for n in s.citations)) for s in answer.sentences]
    cells = answer.table.cells if answer.table else ()
    return said + [(f"{cell.lead} {UNSAID}", ()) for cell in cells if not cell.sentences]


def shift_of(then: Sequence[str], now: Sequence[str]) -> Shift:
    """What was lost, gained and moved between two sequences."""
    kept = SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
    old = [s for i, s in enumerate(then) if not any(b.a <= i < b.a + b.size for b in kept)]
    new = [s for i, s in enumerate(now) if not any(b.b <= i < b.b + b.size for b in kept)]
    moved = Counter(old) & Counter(new)
    gone, gained = Counter(old) - moved, Counter(new) - moved
    return Shift(tuple(gone.elements()), tuple(gained.elements()), tuple(moved.elements()))


def _proved_elsewhere(old: Answer, new: Answer) -> Iterator[str]:
    now: dict[str, list[tuple[str, ...]]] = {}
    for said, passages in _said(new):
        now.setdefault(said, []).append(passages)
    for said, passages in _said(old):
        if said in now and passages not in now[said]:
            yield said


def _lost(citations: Iterable[Citation], index: Index) -> Iterator[LostQuote]:
    texts = {r.document: r.text for r in index.reports}
    for c in citations:
        text = texts.get(c.document)
        if text is None:
            stands = Stands.NO_DOCUMENT
        elif text[c.start : c.end] == c.quote:
            continue
        else:
            stands = Stands.MOVED if c.quote in text else Stands.GONE
        yield LostQuote(c.number, c.document, c.passage, c.quote, stands)


def differences_record(differences: Differences) -> dict[str, Any]:
    """Differences as plain data; `same` says whether there are none."""
    record: dict[str, Any] = _DIFFERENCES.dump_python(differences, mode="json")
    return {**record, "same": differences.none}


def differences_lines(differences: Differences) -> list[str]:
    """Differences in plain French, one a line."""
    if differences.none:
        return ["Rien ne diffère."]
    shift = differences.sentences
    lines = [_changed(change) for change in differences.changes]
    lines += [f"Phrase disparue : {_quoted(s)}" for s in shift.gone]
    lines += [f"Phrase nouvelle : {_quoted(s)}" for s in shift.new]
    lines += [f"Phrase déplacée dans la réponse : {_quoted(s)}" for s in shift.moved]
    lines += [f"Phrase prouvée par un autre passage : {_quoted(s)}" for s in differences.proved_elsewhere]
    for q in differences.quotes:
        lines.append(f"La citation [{q.number}] n'est plus à sa place, {_STANDS[q.stands]} : {_quoted(q.quote)}")
    lines += [f"Passage entré dans les {FIRST} premiers : {p}" for p in differences.entered]
    lines += [f"Passage sorti des {FIRST} premiers : {p}" for p in differences.left]
    return lines


def _changed(change: Change) -> str:
    then, now = (_value(change.name, value) for value in (change.then, change.now))
    return f"{_LABELS[change.name]} : {then} → {now}"


def _value(name: str, value: str) -> str:
    if name == "status":
        return _ISSUES[Status(value)]
    if name in ("understood", "message") and value:
        return _quoted(value)
    return (value[:12] if len(value) == _HASH else value) or "rien"


def _quoted(text: str) -> str:
    return f"« {text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + '…'} »"
