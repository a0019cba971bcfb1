"""The last step of the road: every quote through the gate, then the status, then the answer.

Nothing is shown as an answer that the gate did not prove. Where nothing is left, the two refusals are kept
apart: the report does not speak of it (`silent`), or it does and no sentence answers (`unprovable`).
"""

from __future__ import annotations

import re

from assistant.answer import Answer, Citation, CitationState, FoundPassage, Sentence, Status, Trace
from assistant.composition import Choice, Draft
from assistant.proof import prove
from assistant.wording import silent, suggestions, unprovable
from ingest.records import Fiche, UnitKind
from vectorstore.index import Index

LEAST_SPOKEN = 0.1
"""What is left, at least, of the words that some passage holds, less half the words that the report never uses
(both as shares of the question, by rarity), for the report to speak of it. Chosen on the fitting half."""


def prove_draft(index: Index, draft: Draft) -> Answer:
    """Prove each choice and make the answer of what is proved."""
    understood, hits = draft.findings.understood, draft.findings.hits
    known = {f.id: f for f in index.fiches}
    near = [known[f] for f in dict.fromkeys(h.passage.fiche for h in hits) if f in known][:3]
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    answers = _answers(draft)
    spoken_of = (
        bool(hits)
        and draft.coverage - 0.5 * draft.foreign >= LEAST_SPOKEN
        and (answers or bool(understood.query.fiches))
    )
    if spoken_of and answers:
        for choice in draft.choices:
            citation = _cite(choice, len(citations) + 1)
            if citation is not None:
                citations.append(citation)
                sentences.append(_sentence(choice, citation))
    status = Status.ANSWERED if sentences else Status.UNPROVABLE if spoken_of else Status.SILENT
    refusal = {
        Status.ANSWERED: "",
        Status.UNPROVABLE: unprovable(),
        Status.SILENT: silent(understood.unknown, near),
    }
    return Answer(
        question=understood.question.text,
        understood=understood.text,
        status=status,
        sentences=tuple(sentences),
        citations=tuple(citations),
        message=refusal[status],
        unknown_words=understood.unknown,
        nearest_fiches=tuple(f.id for f in near),
        suggestions=_suggestions(citations, near, known, understood.query.fields),
        trace=Trace(
            index=index.manifest.fingerprint,
            embeddings=index.manifest.embeddings,
            passages=tuple(FoundPassage(h.passage.id, h.score, h.lexical_rank, h.dense_rank) for h in hits),
        ),
    )


def _answers(draft: Draft) -> bool:
    """Whether a sentence chosen answers: one word in common is a coincidence, two are not.

    Nor does chance put it in the very field, or on the card, of the fiche that the question names.
    """
    asked = draft.findings.understood
    needed = min(2, len(asked.terms | asked.context))
    places = [(c.passage.fiche in asked.query.fiches, c.passage.field) for c in draft.choices]
    in_place = any(field == "carte" or (named and field in asked.query.fields) for named, field in places)
    return in_place or any(c.shared >= needed for c in draft.choices)


def _cite(choice: Choice, number: int) -> Citation | None:
    passage = choice.passage
    proof = prove(choice.quote, passage.text)
    if proof.state is CitationState.UNPROVED or proof.quote is None or proof.start is None or proof.end is None:
        return None
    return Citation(
        number=number,
        document=passage.document,
        passage=passage.id,
        quote=proof.quote,
        start=passage.start + proof.start,
        end=passage.start + proof.end,
        page=passage.page,
        page_exact=passage.page_exact,
        fiche=passage.fiche,
        path=passage.path,
        state=proof.state,
    )


def _sentence(choice: Choice, citation: Citation) -> Sentence:
    kind = choice.unit.kind
    return Sentence(
        text=_as_sentence(citation.quote, kind),
        citations=(citation.number,),
        kind="sentence" if kind is UnitKind.HEADING else kind.value,
        lead=choice.lead,
    )


def _as_sentence(quote: str, kind: UnitKind) -> str:
    """The quote as it is read: on one line, with its capital, without the mark that joined it to the next item."""
    text = re.sub(r"\s+", " ", quote).strip()
    text = text[:1].upper() + text[1:]
    if kind is UnitKind.ITEM:
        return re.sub(r"\s*[;,]$", "", text)
    return text


def _suggestions(
    citations: list[Citation], near: list[Fiche], known: dict[str, Fiche], asked: frozenset[str]
) -> tuple[str, ...]:
    cited = next((known[c.fiche] for c in citations if c.fiche in known), None)
    fiche = cited or (near[0] if near else None)
    return suggestions(fiche, asked) if fiche else ()
