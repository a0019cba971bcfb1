"""From a reviewed answer to a judged question: what a right answer states, and the words of the report that prove it.

The evidence is the quotes of the sentences that were marked good in full, one group for each sentence, its citations
being alternatives; and words that somebody picked in a passage, each a group of its own. Every quote is a slice of the
report as it is indexed now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Answer, Sentence
from assistant.proof import prove
from assistant.scope import EVERYWHERE
from eval.questions import JudgedQuestion
from eval.review.facts import key_facts
from eval.review.item import Item
from eval.review.marks import WHOLE, ErrorKind, Mark, Review
from ingest.errors import ReviewError
from ingest.folding import letters
from ingest.records import Passage
from vectorstore.index import Index

LEAST_WORDS = 4
"""Words below which a quote that is picked stands in too many places."""
USUAL_WORDS = (6, 25)
"""How many words a quote that is picked had better have."""
PERSONAS = ("practitioner", "trainer", "evaluator")
"""Who may ask a question."""
_UNANSWERABLE, _FOLLOW_UP, _FACT = "unanswerable", "followup", "fact"


def promoted_id(item: Item) -> str:
    """The id of the question that an answer gives, alone of its kind in any set."""
    return f"r-{item.id}"


def promoted(item: Item, review: Review | None, index: Index, persona: str = "", picked: str = "") -> JudgedQuestion:
    """The judged question of a reviewed answer.

    Args:
        item: The answer.
        review: What was said of it; `None` where nothing was yet.
        index: The index, whose report has the evidence.
        persona: Who asks; by default as it was judged before, or else somebody in the field.
        picked: Words of the report (as `pick` gives them) that prove an answer, or empty.

    Raises:
        ReviewError: what was said of the answer does not make a question of it yet; the message says what is missing.
    """
    good = _good_sentences(item.record.answer, review)
    evidence = (*_evidence(item.record.answer, good, index), *(((picked,),) if picked else ()))
    if not _answerable(item, review, evidence):
        good, evidence = [], ()
    return JudgedQuestion(
        id=promoted_id(item),
        question=item.record.question.text,
        history=item.record.question.history,
        type=_type(item, bool(evidence)),
        persona=persona or (item.judged.persona if item.judged else PERSONAS[0]),
        answer=" ".join(sentence.text for sentence in good),
        key_facts=key_facts(good),
        evidence=evidence,
        where=places(evidence, index),
        answerable=bool(evidence),
    )


def pick(words: str, passage_id: str, index: Index) -> str:
    """The words of the report that somebody picked in a passage, or beside it, as they stand there.

    Raises:
        ReviewError: they are too few, or do not stand there.
    """
    if len(words.split()) < LEAST_WORDS:
        raise ReviewError(f"Choisissez au moins {LEAST_WORDS} mots : moins de mots se retrouvent un peu partout.")
    if passage_id not in index.by_id:
        raise ReviewError("Ce passage n'est plus dans le rapport indexé : ses mots ne peuvent pas servir de preuve.")
    proof = prove(words, _around(index.by_id[passage_id], index))
    if proof.quote is None:
        raise ReviewError(f"Ces mots ne peuvent pas servir de preuve : {proof.why}. Choisissez-en d'autres.")
    return proof.quote


def usual_length(words: str) -> bool:
    """Whether a quote is neither so short that it stands in many places, nor so long that few passages hold it."""
    least, most = USUAL_WORDS
    return least <= len(words.split()) <= most


def with_evidence(question: JudgedQuestion, picked: str, index: Index) -> JudgedQuestion:
    """A question with one more group of evidence.

    Raises:
        ReviewError: it has these words already, or the report does not answer it.
    """
    if not question.answerable:
        raise ReviewError(
            "Cette question est dans le jeu de test comme sans réponse dans le rapport. Retirez-la du jeu avant de "
            "choisir une preuve."
        )
    if letters(picked) in {letters(quote) for quote in chain(*question.evidence)}:
        raise ReviewError("Ces mots sont déjà une preuve de cette question.")
    evidence = (*question.evidence, (picked,))
    return replace(question, evidence=evidence, where=places(evidence, index))


def without_evidence(question: JudgedQuestion, quote: str, index: Index) -> JudgedQuestion:
    """A question without one of its quotes; one that is not there is no fault.

    Raises:
        ReviewError: it is the last one.
    """
    left = (tuple(other for other in group if other != quote) for group in question.evidence)
    evidence = tuple(group for group in left if group)
    if question.evidence and not evidence:
        raise ReviewError(
            "Cette question garde au moins une preuve, puisque le rapport y répond : choisissez-en une autre d'abord."
        )
    return replace(question, evidence=evidence, where=places(evidence, index))


def without_fact(question: JudgedQuestion, fact: str) -> JudgedQuestion:
    """A question without one of its key facts; one that is not there is no fault."""
    return replace(question, key_facts=tuple(group for group in question.key_facts if fact not in group))


def places(evidence: Iterable[Sequence[str]], index: Index) -> tuple[str, ...]:
    """Where the report says the evidence, each place once: « Fiche 1c », or the title of a part."""
    found = (_place(quote, index) for quote in chain(*evidence))
    return tuple(dict.fromkeys(place for place in found if place))


def _good_sentences(answer: Answer, review: Review | None) -> list[Sentence]:
    """The sentences that were marked good in full, with their citations."""
    if review is None:
        return []
    return [s for position, s in enumerate(answer.sentences, 1) if _is_good(review.at(position))]


def _is_good(mark: Mark) -> bool:
    return (mark.sentence, mark.citation, mark.kinds) == (100, 25, ())


def _evidence(answer: Answer, good: Sequence[Sentence], index: Index) -> tuple[tuple[str, ...], ...]:
    """A group for each sentence, of the quotes that still stand in the report; none twice."""
    cited = {citation.number: citation for citation in answer.citations}
    groups = []
    for sentence in good:
        quotes = dict.fromkeys(cited[number].quote for number in sentence.citations)
        groups.append(tuple(quote for quote in quotes if _stands(quote, index)))
    return tuple(dict.fromkeys(group for group in groups if group))


def _answerable(item: Item, review: Review | None, evidence: Sequence[Sequence[str]]) -> bool:
    """Whether the report answers the question, as the review has it.

    Raises:
        ReviewError: it does not say so, or nothing proves it.
    """
    whole = review.at(WHOLE) if review else Mark(WHOLE)
    if item.sentences:
        if ErrorKind.SHOULD_HAVE_REFUSED in whole.kinds:
            return False
        if not evidence:
            raise ReviewError(
                "Il manque une preuve : notez bonnes une phrase et sa citation, ou choisissez dans un passage les mots "
                "qui répondent."
            )
        return True
    if evidence:
        return True
    if ErrorKind.SHOULD_HAVE_ANSWERED in whole.kinds:
        raise ReviewError(
            "Vous avez noté que le rapport répond : choisissez d'abord, dans un passage, les mots qui le prouvent."
        )
    if whole.sentence is None:
        raise ReviewError("Notez d'abord ce refus : la note dit si le rapport répond à la question.")
    if item.record.question.scope != EVERYWHERE:
        raise ReviewError(
            "Cette question ne portait que sur une partie du rapport : son refus ne dit rien du rapport entier."
        )
    return False


def _type(item: Item, answerable: bool) -> str:
    known = item.judged.type if item.judged else ""
    if not answerable:
        return _UNANSWERABLE
    if known and known != _UNANSWERABLE:
        return known
    return _FOLLOW_UP if item.record.question.history else _FACT


def _around(passage: Passage, index: Index) -> str:
    """The text of a passage with those beside it in its document, as one run of the report."""
    at = index.passages.index(passage)
    beside = [p for p in index.passages[max(0, at - 1) : at + 2] if p.document == passage.document]
    text = index.report(passage.document).text
    return text[min(p.start for p in beside) : max(p.end for p in beside)]


def _stands(quote: str, index: Index) -> bool:
    return any(quote in report.text for report in index.reports)


def _place(quote: str, index: Index) -> str:
    for report in index.reports:
        at = report.text.find(quote)
        found = next((p for p in report.passages if p.start <= at < p.end), None)
        if at >= 0 and found:
            return f"Fiche {found.fiche}" if found.fiche else found.path[0]
    return ""
