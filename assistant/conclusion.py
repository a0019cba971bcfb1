"""The last step of the road: every quote through the gate, then the status, then the answer.

Nothing is shown as an answer that the gate did not prove. Where nothing is left, the two refusals are kept apart: the
report does not speak of it (`silent`), or it does and no sentence answers (`unprovable`).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, CitationState, FoundPassage, Sentence, Status, Table, TableCell, Trace
from assistant.composition import Cell, Draft
from assistant.cues import Kind, asks_for_advice, is_yes_or_no
from assistant.judgement import Judged
from assistant.proof import Proof, prove
from assistant.scope import scope_names
from assistant.understanding import Understood
from assistant.weighing import Choice, card_label
from assistant.wording import (
    compared,
    fiche_lead,
    masked,
    no_advice,
    on_yes_or_no,
    silent,
    unprovable,
    unsaid_figures,
)
from ingest.folding import fold
from ingest.records import Fiche, Passage, UnitKind
from vectorstore.index import Index

if TYPE_CHECKING:
    from assistant.writing import ProvedClaim, Writing


def conclude(index: Index, judged: Judged) -> Answer:
    """Prove each choice, or take the claims of the language model that are proved already, and make the answer."""
    draft, judgement, writing = judged.draft, judged.judgement, judged.writing
    understood, hits = draft.weighed.findings.understood, draft.weighed.findings.hits
    known = {f.id: f for f in index.fiches}
    near = [known[f] for f in dict.fromkeys(h.passage.fiche for h in hits) if f in known][:3]
    answer = Proved(known, index.by_id)
    if judgement.answerable:
        if writing is not None and writing.claims:
            answer.take_claims(writing.claims)
        else:
            answer.take(draft, several=len(understood.query.fiches) > 1 or understood.kind is Kind.OVERVIEW)
    status = Status.ANSWERED if answer.sentences else Status.UNPROVABLE if judgement.spoken_of else Status.SILENT
    scope = understood.question.scope
    searched = scope_names(scope, index)
    refusal = {
        Status.ANSWERED: "",
        Status.UNPROVABLE: unprovable(searched),
        Status.SILENT: silent(understood.unknown, () if scope.fiches else near, searched),
    }
    return Answer(
        id=uuid.uuid4().hex[:12],
        question=understood.question.text,
        understood=understood.text,
        status=status,
        opening=_opening(understood, answer) if status is Status.ANSWERED else "",
        sentences=tuple(answer.sentences),
        citations=tuple(answer.citations),
        table=answer.table if answer.sentences else None,
        notes=tuple(_notes(understood, answer, writing)),
        message=refusal[status],
        unknown_words=understood.unknown,
        nearest_fiches=tuple(f.id for f in near),
        suggestions=(),
        trace=Trace(
            index=index.manifest.fingerprint,
            embeddings=index.manifest.embeddings,
            passages=tuple(FoundPassage(h.passage.id, h.score, h.lexical_rank, h.dense_rank) for h in hits),
            answerable=round(judgement.chance, 4),
            dropped=writing.dropped if writing else 0,
            prompt=writing.prompt if writing and writing.claims else "",
        ),
    )


class Proved:
    """What of an answer is proved so far: sentences, and the citations that they rest on."""

    def __init__(self, fiches: dict[str, Fiche], passages: dict[str, Passage]) -> None:
        self.fiches = fiches
        self.passages = passages
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.table: Table | None = None

    def take(self, draft: Draft, several: bool) -> None:
        """Prove the choices of a draft; `several`: each fiche is named where its words begin."""
        if draft.cells:
            self.take_table(draft.cells)
            return
        before: str | None = None
        for choice in draft.choices:
            fiche = self.fiches.get(choice.passage.fiche or "")
            lead = fiche_lead(fiche) if several and fiche and fiche.id != before else ""
            if self._prove(choice, lead or _label(choice)):
                before = choice.passage.fiche

    def take_claims(self, claims: Sequence[ProvedClaim]) -> None:
        """Take claims that the gate has let through, each with its quote."""
        for claim in claims:
            number = self._number(claim.passage, claim.proof)
            self.sentences.append(Sentence(claim.text, (number,)))

    def take_table(self, cells: Sequence[Cell]) -> None:
        """Prove the choices of a comparison, cell by cell; a cell of which nothing is proved stays empty."""
        made = []
        for cell in cells:
            first = len(self.sentences)
            lead = compared(self.fiches[cell.fiche], cell.field)
            for choice in cell.choices:
                self._prove(choice, lead, kind="row")
            made.append(TableCell(cell.fiche, cell.field, tuple(range(first, len(self.sentences))), lead))
        self.table = Table(tuple(made))

    def _prove(self, choice: Choice, lead: str, kind: str = "") -> bool:
        # Against the report as it is indexed, whatever the choice brings as its passage.
        passage = self.passages[choice.passage.id]
        proof = prove(choice.quote, passage.text)
        if proof.state is CitationState.UNPROVED:
            return False
        number = self._number(passage, proof)
        quoted = self.citations[number - 1].quote
        lead = "" if lead and quoted.startswith(lead.removesuffix(" :")) else lead
        unit = choice.unit.kind
        self.sentences.append(
            Sentence(
                text=as_sentence(quoted, unit),
                citations=(number,),
                kind=kind or ("sentence" if unit is UnitKind.HEADING else unit.value),
                lead=lead,
            )
        )
        return True

    def _number(self, passage: Passage, proof: Proof) -> int:
        """The number of the citation of these words; one that is there already serves again."""
        if proof.quote is None or proof.start is None or proof.end is None:
            raise ValueError(f"{passage.id}: an unproved quote has no citation")
        start, end = passage.start + proof.start, passage.start + proof.end
        for citation in self.citations:
            if (citation.passage, citation.start, citation.end) == (passage.id, start, end):
                return citation.number
        self.citations.append(Citation.of(passage, start, end, proof.state, len(self.citations) + 1))
        return len(self.citations)


def _label(choice: Choice) -> str:
    """The label of a card's row; else empty."""
    label = card_label(choice.passage, choice.unit)
    return f"{label} :" if label else ""


def as_sentence(quote: str, kind: UnitKind) -> str:
    """The quote as it is read: on one line, from its capital to its full stop, without what joined it to its list."""
    text = re.sub(r"\s+", " ", quote).strip()
    text = text[:1].upper() + text[1:]
    if kind is UnitKind.ITEM:
        return re.sub(r"\s*[;,]$", "", text)
    return text + "." if kind is UnitKind.SENTENCE and text[-1].isalnum() else text


def _opening(understood: Understood, answer: Proved) -> str:
    """What is said before the sentences and claims nothing: the report decides, where yes or no was asked."""
    return on_yes_or_no() if is_yes_or_no(fold(understood.question.text)) and not answer.table else ""


def _notes(understood: Understood, answer: Proved, writing: Writing | None) -> list[str]:
    """What the user has to know about the answer: no advice on a case, a figure that the report does not confirm."""
    notes = [masked(understood.question.masked)] if understood.question.masked else []
    if asks_for_advice(fold(understood.question.text)):
        notes.append(no_advice())
    if answer.sentences:
        said = " ".join(" ".join(c.path) + c.quote for c in answer.citations)
        figures = [f for f in re.findall(r"\b\d{3,}\b", understood.question.text) if f not in said]
        if figures:
            notes.append(unsaid_figures(figures))
        if writing is not None and writing.note:
            notes.append(writing.note)
    return notes
