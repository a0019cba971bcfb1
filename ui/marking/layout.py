"""How an answer to review is laid out: from its records to the plain values that the component shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.answer import Answer, Citation, Sentence
from assistant.extract import Extract, read_extract
from assistant.wording import place_of
from eval.meaning import KINDS
from eval.review.item import Item
from eval.review.judged_set import find
from eval.review.marks import (
    CITATION_MARKS,
    MOST_REASON,
    OF_A_REFUSAL,
    OF_A_SENTENCE,
    OF_AN_ANSWER,
    SENTENCE_MARKS,
    WHOLE,
    ErrorKind,
    Mark,
    Review,
    positions,
    total,
)
from eval.review.promotion import LEAST_WORDS, PERSONAS, USUAL_WORDS, promoted_id, usual_length
from ingest.errors import PratiquesError
from ui.labels import fiche_line
from ui.marking import labels
from ui.marking.views import (
    AnswerView,
    BlockView,
    DoneView,
    ExpectedView,
    MarkingView,
    MarkView,
    OtherView,
    PassageView,
    PromotionView,
    QuoteView,
    RefusalView,
    RunView,
    ScaleView,
    SentenceView,
)
from ui.navigation import FICHES, READER, Link, link, link_to_words
from vectorstore.index import Index

SHOWN_PASSAGES = 5
"""How many of the passages found are shown of a refusal."""


def marking_view(
    item: Item,
    review: Review | None,
    others: Sequence[Review],
    index: Index,
    home: Path,
    *,
    key: str,
    blind: bool,
    settling: bool,
    progress: str,
    back: Link,
    arrived: bool,
    done: DoneView,
) -> MarkingView:
    """Lay out an answer, its marks, and the judged question that it gave.

    Args:
        item: The answer.
        review: The marks given so far.
        others: The finished reviews that are settled between; none where a rater marks.
        index: The index, which has the passages.
        home: The data folder, which has the judged set.
        key: That of the answer and of whoever marks it.
        blind: Whether to hide what the answer was made with.
        settling: Whether the marks are those of the adjudication.
        progress: How far one is in the queue, in words.
        back: The way back to the queue.
        arrived: Whether one comes from the answer before.
        done: What came of the last action.
    """
    refused = not item.sentences
    marks = {mark.position: mark for mark in review.marks} if review else {}
    shown = positions(item.sentences) + (() if refused else (WHOLE,))
    views = tuple(_mark(marks.get(position, Mark(position)), others, refused) for position in shown)
    score = total(marks.values(), item.sentences)
    marked = sum(not marks.get(p, Mark(p)).missing(refused) for p in positions(item.sentences))
    said = labels.refusal_marked(bool(marked)) if refused else labels.marked(marked, item.sentences)
    return MarkingView(
        key=key,
        answer=answer_view(item, index, blind),
        marks=views,
        sentence_scale=ScaleView(
            labels.REFUSAL_MARK if refused else labels.SENTENCE_MARK,
            tuple((m, (labels.REFUSAL_MARKS if refused else labels.SENTENCE_MARKS)[m]) for m in SENTENCE_MARKS),
        ),
        citation_scale=ScaleView(labels.CITATION_MARK, tuple((m, labels.CITATION_MARKS[m]) for m in CITATION_MARKS)),
        kinds=_kinds(OF_A_SENTENCE),
        whole_kinds=_kinds(OF_A_REFUSAL if refused else OF_AN_ANSWER),
        most_reason=MOST_REASON,
        lengths=(LEAST_WORDS, *USUAL_WORDS),
        notice=labels.few_reviews(len(others)) if settling and len(others) < 2 else "",
        progress=f"{said} · {progress}",
        total="" if score is None else labels.total(score, refused),
        settling=settling,
        promotion=_promotion(item, home),
        back=(labels.BACK_SETTLING if settling else labels.BACK, back),
        arrived=arrived,
        done=done,
        keys=labels.KEYS,
        labels={name.lower(): getattr(labels, name) for name in labels.COMPONENT},
    )


def _kinds(kinds: Sequence[ErrorKind]) -> dict[str, str]:
    return {str(kind): KINDS[kind] for kind in kinds}


# The answer


def answer_view(item: Item, index: Index, blind: bool) -> AnswerView:
    """Lay out what stays as it is of an answer."""
    answer = item.record.answer
    refused = not item.sentences
    about = [labels.STATUS[answer.status], labels.provenance(item.source, item.origin)]
    if not blind:
        about.append(labels.configuration(item.configuration))
    same = " ".join(answer.understood.split()) == " ".join(answer.question.split())
    return AnswerView(
        question=answer.question,
        understood="" if same else answer.understood,
        history=tuple((labels.TURNS[turn.role], turn.content) for turn in item.record.question.history),
        about=tuple(about),
        opening="" if refused else answer.opening,
        sentences=() if refused else _sentences(answer, index),
        refusal=_refusal(answer, index) if refused else None,
        notes=() if refused else answer.notes,
        whole=labels.REFUSAL_MARK if refused else labels.WHOLE,
        whole_help="" if refused else labels.WHOLE_HELP,
        expected=_expected(item),
    )


def _sentences(answer: Answer, index: Index) -> tuple[SentenceView, ...]:
    cited = {citation.number: citation for citation in answer.citations}
    return tuple(
        SentenceView(
            position=position,
            name=labels.sentence_name(position),
            lead=sentence.lead,
            text=sentence.text,
            passages=tuple(_cited(citation, index) for citation in _citations(sentence, cited)),
        )
        for position, sentence in enumerate(answer.sentences, 1)
    )


def _citations(sentence: Sentence, cited: dict[int, Citation]) -> list[Citation]:
    return [cited[number] for number in dict.fromkeys(sentence.citations)]


def _cited(citation: Citation, index: Index) -> PassageView:
    """A citation in its context; alone, with a word about it, where the index does not have it so any more."""
    state, name = labels.STATES[citation.state], f"{labels.PASSAGE} [{citation.number}]"
    passage = index.by_id.get(citation.passage)
    at = citation.start - passage.start if passage else -1
    if passage is None or at < 0 or passage.text[at : at + len(citation.quote)] != citation.quote:
        kept = BlockView("sentence", "passage", (RunView(citation.quote, True),))
        return PassageView("", name, place_of(citation), state, (kept,), None, labels.GONE)
    extract = read_extract(index, citation.passage, (citation.start, citation.end))
    return PassageView(citation.passage, name, extract.place, state, _blocks(extract), link_to_words(citation))


def _blocks(extract: Extract, roles: Sequence[str] = ("before", "passage", "after")) -> tuple[BlockView, ...]:
    return tuple(
        BlockView(str(block.kind), block.role, tuple(RunView(run.text, run.quoted) for run in block.runs))
        for block in extract.blocks
        if block.role in roles
    )


def _refusal(answer: Answer, index: Index) -> RefusalView:
    titles = {fiche.id: fiche.title for fiche in index.fiches}
    found = [p.id for p in answer.trace.passages if p.id in index.by_id][:SHOWN_PASSAGES]
    return RefusalView(
        message=answer.text,
        fiches=tuple((fiche_line(i, titles[i]), link(FICHES, fiche=i)) for i in answer.nearest_fiches if i in titles),
        passages=tuple(_found(rank, identifier, index) for rank, identifier in enumerate(found, 1)),
    )


def _found(rank: int, identifier: str, index: Index) -> PassageView:
    extract = read_extract(index, identifier)
    name = f"{labels.PASSAGE} {rank}"
    return PassageView(
        identifier, name, extract.place, "", _blocks(extract, ("passage",)), link(READER, passage=identifier)
    )


def _expected(item: Item) -> ExpectedView | None:
    judged = item.judged
    if judged is None:
        return None
    evidence = tuple(f" {labels.OR} ".join(f"«\u00a0{quote}\u00a0»" for quote in group) for group in judged.evidence)
    return ExpectedView(judged.answerable, judged.answer, ", ".join(judged.where), evidence)


# The marks


def _mark(mark: Mark, others: Sequence[Review], refused: bool) -> MarkView:
    missing = mark.missing(refused)
    return MarkView(
        position=mark.position,
        sentence=mark.sentence,
        citation=mark.citation,
        kinds=tuple(map(str, mark.kinds)),
        reason=mark.reason,
        version=mark.version,
        missing=labels.missing(missing, refused) if missing else "",
        others=tuple(_other(other.rater, other.at(mark.position), refused) for other in others),
        differ=_difference([other.at(mark.position) for other in others], refused),
    )


def _other(rater: str, mark: Mark, refused: bool) -> OtherView:
    said = []
    if mark.sentence is not None:
        names = labels.REFUSAL_MARKS if refused else labels.SENTENCE_MARKS
        said.append(f"{labels.REFUSAL_MARK if refused else labels.SENTENCE_MARK} : {names[mark.sentence].lower()}")
    if mark.citation is not None:
        said.append(f"{labels.CITATION_MARK} : {labels.CITATION_MARKS[mark.citation].lower()}")
    said += [KINDS[kind].capitalize() for kind in mark.kinds]
    if mark.reason.strip():
        said.append(f"{labels.REASON} : «\u00a0{' '.join(mark.reason.split())}\u00a0»")
    return OtherView(rater, tuple(said or [labels.NOTHING_SAID]), labels.take(rater))


def _difference(marks: Sequence[Mark], refused: bool) -> str:
    """In what some marks of one position differ, in words; empty where there is only one."""
    if len(marks) < 2:
        return ""
    what: dict[str, set[object]] = {
        labels.NOTE_OF_REFUSAL if refused else labels.NOTE_OF_SENTENCE: {mark.sentence for mark in marks},
        labels.NOTE_OF_CITATION: {mark.citation for mark in marks},
        labels.ERRORS_SAID: {mark.kinds for mark in marks},
    }
    apart = [name for name, said in what.items() if len(said) > 1]
    return labels.differ(apart) if apart else labels.SAME_MARKS


# The judged set


def _promotion(item: Item, home: Path) -> PromotionView:
    persona = item.judged.persona if item.judged else PERSONAS[0]
    personas = {**({persona: persona} if persona not in labels.PERSONAS else {}), **labels.PERSONAS}
    try:
        question = find(home, promoted_id(item))
    except PratiquesError as error:
        return PromotionView(False, "", persona, personas, (), (), str(error))
    if question is None:
        return PromotionView(False, "", persona, personas, (), ())
    evidence = tuple(
        tuple(QuoteView(quote, "" if usual_length(quote) else labels.UNUSUAL) for quote in group)
        for group in question.evidence
    )
    facts = tuple(group[0] for group in question.key_facts)
    state = labels.in_set(question.id, question.answerable)
    return PromotionView(True, state, question.persona, personas, evidence, facts)
