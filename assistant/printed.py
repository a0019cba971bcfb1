"""An answer as a terminal shows it: its sentences with marks, then where each proof stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import UNSAID, Answer, Sentence, Status, Table
from assistant.wording import fiche_lead, place_of
from ingest.outline import CARD, FIELDS
from ingest.records import Fiche
from vectorstore.index import Index


def printed(index: Index, answer: Answer) -> str:
    """The answer, or the refusal with the passages that touch on the question, as text."""
    if answer.status is not Status.ANSWERED:
        found = answer.trace.passages[:3] if answer.status is Status.UNPROVABLE else ()
        blocks = [answer.message, *(f"{p.id}\n{index.by_id[p.id].text}" for p in found), "\n".join(answer.notes)]
    else:
        said = _table(answer.table, answer.sentences, index.fiches) if answer.table else _sentences(answer.sentences)
        opening = [answer.opening] if answer.opening else []
        proofs = [f"[{c.number}] {place_of(c)} : « {' '.join(c.quote.split())} »" for c in answer.citations]
        blocks = ["\n".join([*opening, *said]), "\n".join(answer.notes), "\n".join(proofs)]
    return "\n\n".join(block for block in blocks if block)


def _sentences(sentences: Iterable[Sentence]) -> Iterator[str]:
    for sentence in sentences:
        bullet = "" if sentence.kind == "sentence" else "- "
        yield f"{bullet}{f'{sentence.lead} {_marked(sentence)}'.strip()}"


def _table(table: Table, sentences: Sequence[Sentence], fiches: Iterable[Fiche]) -> Iterator[str]:
    """Each field compared, and under it what each fiche says."""
    leads = {f.id: fiche_lead(f) for f in fiches}
    for field in table.fields:
        yield CARD.get(field) or FIELDS[field]
        for cell in table.cells:
            if cell.field == field:
                said = " ".join(_marked(sentences[at]) for at in cell.sentences)
                yield f"- {leads[cell.fiche]} {said or UNSAID}"


def _marked(sentence: Sentence) -> str:
    return f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}"
