"""A run: the judged questions asked one after the other, and the figures of what came back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from importlib import resources
from statistics import fmean, median
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from assistant.answer import Answer, Status
from assistant.chain import Assistant
from eval.citation_metrics import citation_precision, citation_recall
from eval.evidence import fiches_of, holders, parts_of
from eval.metrics import evidence_ranks, evidence_recall, key_fact_recall, reciprocal_rank, states
from eval.questions import JudgedQuestion, Split
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged question gave; the shares are 0 to 1.

    `recall` and `reciprocal_rank` are of the passages found; `key_facts` of what the answer states, 0 where the
    question was refused; `right_status`: answered where it can be answered, refused where it cannot. `unfound` counts
    citations whose quote is not in the report. `words` is the length of the answer shown, `ms` its time in
    milliseconds. `passages` are ids, best first; `ranks` say, for each group of evidence, at which of them (1 is best)
    it first stands. Where asking failed, `error` says why, there is no status, and every figure is 0.

    What comes after `error` is `None` in a run of format 1, which did not have it.
    """

    id: str
    question: str
    type: str
    persona: str
    split: Split
    answerable: bool
    status: Status | None
    recall: float
    reciprocal_rank: float
    key_facts: float
    right_status: bool
    citations: int
    unfound: int
    words: int
    ms: float
    ranks: tuple[int | None, ...]
    passages: tuple[str, ...]
    error: str = ""
    chance: float | None = None
    """The chance (0 to 1) that the report answers, as it was judged; `None` too where asking failed."""
    citation_precision: float | None = None
    """As ALCE defines it, decided by code (`eval.citation_metrics`); `None` too where there is nothing cited."""
    citation_recall: float | None = None
    expected: str | None = None
    """The answer that was judged right."""
    earlier: tuple[str, ...] | None = None
    """What was said before the question, oldest first."""
    evidence: tuple[str, ...] | None = None
    """The ids of the passages that hold the evidence."""
    fiches: tuple[str, ...] | None = None
    """The fiches (`1c`) that they are of."""
    parts: tuple[str, ...] | None = None
    """The parts of the report, by their headings, that they are in."""
    cited: tuple[str, ...] | None = None
    """The ids of the passages that the answer cites."""
    stated: tuple[str, ...] | None = None
    """The key facts that the answer states, each in the first of its wordings."""
    unstated: tuple[str, ...] | None = None
    """Those that it does not."""
    timings: dict[str, float] | None = None
    """The milliseconds of each step of the road."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The means of some outcomes; recall, rank and key facts over the `answerable` ones, none left out.

    What comes after `median_ms` is `None` where there is nothing to take the mean of, and in a run of format 1.
    """

    count: int
    answerable: int
    recall: float
    mrr: float
    key_facts: float
    right_status: float
    median_words: float
    median_ms: float
    false_refusals: float | None = None
    """The share of the answerable questions that were not answered."""
    false_answers: float | None = None
    """The share of the other questions that were answered."""
    citation_precision: float | None = None
    citation_recall: float | None = None


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that a split of the questions may reach; `by_type_recall` holds for each type of question."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")  # a misspelt floor would hold nothing

    recall: float = 0.0
    mrr: float = 0.0
    key_facts: float = 0.0
    right_status: float = 0.0
    by_type_recall: float = 0.0


FIGURES = {"recall": "rappel", "mrr": "MRR", "key_facts": "faits clés", "right_status": "statut juste"}
"""The figures that have floors and are compared, with their French names."""

_FLOORS = TypeAdapter(dict[Split, Floors])


def ask(question: JudgedQuestion, assistant: Assistant) -> Outcome:
    """Put one judged question to the assistant; one that cannot be asked, or fails, scores zero."""
    start = time.perf_counter()
    try:
        answer = assistant.ask(question.asked())
    except Exception as error:  # a fault at one question is a result, not the end of the run
        ms = (time.perf_counter() - start) * 1000
        return replace(_unasked(question, assistant.index), ms=ms, error=f"{type(error).__name__}: {error}")
    return measure(question, answer, assistant.index)


def measure(question: JudgedQuestion, answer: Answer, index: Index) -> Outcome:
    """The figures of one answer."""
    ids = tuple(p.id for p in answer.trace.passages)
    passages = [index.by_id[i].text for i in ids]
    answered = answer.status is Status.ANSWERED
    shown = answer.text if answered else ""
    stated = [states(fact, shown) for fact in question.key_facts]
    return replace(
        _unasked(question, index),
        status=answer.status,
        recall=evidence_recall(question.evidence, passages),
        reciprocal_rank=reciprocal_rank(question.evidence, passages),
        key_facts=key_fact_recall(question.key_facts, shown),
        right_status=answered == question.answerable,
        citations=len(answer.citations),
        unfound=sum(c.quote not in index.report(c.document).text for c in answer.citations),
        words=len(shown.split()),
        ms=answer.trace.timing_ms["total"],
        ranks=evidence_ranks(question.evidence, passages),
        passages=ids,
        chance=answer.trace.answerable,
        citation_precision=citation_precision(answer, index),
        citation_recall=citation_recall(answer, index),
        cited=tuple(dict.fromkeys(c.passage for c in answer.citations)),
        stated=tuple(fact[0] for fact, said in zip(question.key_facts, stated, strict=True) if said),
        unstated=tuple(fact[0] for fact, said in zip(question.key_facts, stated, strict=True) if not said),
        timings={step: ms for step, ms in answer.trace.timing_ms.items() if step != "total"},
    )


def _unasked(question: JudgedQuestion, index: Index) -> Outcome:
    """What is known of a question before it is asked; every figure is 0."""
    evidence = holders(question.evidence, index)
    return Outcome(
        id=question.id,
        question=question.question,
        type=question.type,
        persona=question.persona,
        split=question.split,
        answerable=question.answerable,
        status=None,
        recall=0.0,
        reciprocal_rank=0.0,
        key_facts=0.0,
        right_status=False,
        citations=0,
        unfound=0,
        words=0,
        ms=0.0,
        ranks=(None,) * len(question.evidence),
        passages=(),
        expected=question.answer,
        earlier=tuple(turn.content for turn in question.history),
        evidence=evidence,
        fiches=fiches_of(evidence, index),
        parts=parts_of(evidence, index),
        cited=(),
        stated=(),
        unstated=tuple(fact[0] for fact in question.key_facts),
        timings={},
    )


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """The means of outcomes; 0 where there are none to take the mean of, `None` for those of format 2."""
    all_of = list(outcomes)
    answerable = [o for o in all_of if o.answerable]
    others = [o for o in all_of if not o.answerable]
    return Figures(
        count=len(all_of),
        answerable=len(answerable),
        recall=_mean([o.recall for o in answerable]),
        mrr=_mean([o.reciprocal_rank for o in answerable]),
        key_facts=_mean([o.key_facts for o in answerable]),
        right_status=_mean([float(o.right_status) for o in all_of]),
        median_words=median([o.words for o in all_of if o.status is Status.ANSWERED] or [0]),
        median_ms=median([o.ms for o in all_of] or [0.0]),
        false_refusals=_mean_or_none([float(o.status is not Status.ANSWERED) for o in answerable]),
        false_answers=_mean_or_none([float(o.status is Status.ANSWERED) for o in others]),
        citation_precision=_mean_or_none([o.citation_precision for o in all_of]),
        citation_recall=_mean_or_none([o.citation_recall for o in all_of]),
    )


def by(key: Callable[[Outcome], str | tuple[str, ...]], outcomes: Iterable[Outcome]) -> dict[str, Figures]:
    """The figures of each group of outcomes, in the order of their names; an outcome may be in several."""
    return {name: figures(group) for name, group in grouped(key, outcomes).items()}


def grouped(key: Callable[[Outcome], str | tuple[str, ...]], outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """The groups of outcomes, in the order of their names; an outcome may be in several, or in none."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        names = key(outcome)
        for name in (names,) if isinstance(names, str) else names:
            groups.setdefault(name, []).append(outcome)
    return dict(sorted(groups.items()))


def own_floors() -> dict[Split, Floors]:
    """The floors of the project's own questions (`eval/floors.json`), by split."""
    return _FLOORS.validate_json(resources.files("eval").joinpath("floors.json").read_bytes())


def below(outcomes: Sequence[Outcome], floors: Floors) -> Iterator[tuple[str, float, float]]:
    """Each figure of these outcomes that is below its floor: its French name, its value, its floor."""
    reached = asdict(figures(outcomes))
    for name, french in FIGURES.items():
        if reached[name] < (floor := getattr(floors, name)):
            yield french, reached[name], floor
    for kind, of_kind in by(lambda o: o.type, outcomes).items():
        if of_kind.answerable and of_kind.recall < floors.by_type_recall:
            yield f"rappel des questions « {kind} »", of_kind.recall, floors.by_type_recall


def _mean_or_none(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0


assert set(FIGURES) <= {f.name for f in fields(Figures)} & {f.name for f in fields(Floors)}
