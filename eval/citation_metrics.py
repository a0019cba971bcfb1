"""Citation recall and citation precision as ALCE defines them (Gao, Yen, Yu, Chen, EMNLP 2023), decided by code.

- Recall of a sentence: 1 if it has a citation, and its cited quotes, one after the other, support it; else 0.
- Precision of a citation of a sentence: 1 if the recall of the sentence is 1, and the citation supports it alone or the
  others support it no more without it; else 0. A citation is judged anew in each sentence that it stands under.
- Those of an answer are the means over its sentences, and over the citations of its sentences.

ALCE asks a model of inference whether a text supports a sentence. Here the gate of the product decides, so that the
same answer always has the same figure:

- A citation that does not stand at its place (its quote is not that very span of the report, or the span leaves its
  passage) supports nothing. Neither does one of another fiche than that which the sentence is said of: in the cell of a
  comparison, that of the cell; elsewhere, that which its lead names. A lead says nothing else, and is not judged.
- A sentence of the report is supported if the gate finds it in the quotes (`assistant.proof.prove`), verified or
  repaired. A quote that was repaired is the report's own words, and counts like any other.
- A sentence that a language model wrote is also supported if it says no more than the quotes, by the rules that let it
  into the answer (`assistant.claims.unheld`). They are rules about words, not an understanding of them: they refuse
  sentences that a reader would accept, and may accept a rare one that a reader would refuse.

What is supported is not for all that an answer to the question: that is for the key facts, and for the raters, to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.answer import Answer, Citation, CitationState, Sentence
from assistant.claims import unheld
from assistant.proof import prove
from vectorstore.index import Index

_NAMED_FICHE = re.compile(r"\bfiche (\d+[a-z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Support:
    """Whether the citations of one sentence support it, and which of them (by number, as it has them) do their part."""

    recall: bool
    precise: dict[int, bool]


def citation_recall(answer: Answer, index: Index) -> float | None:
    """The share (0 to 1) of the sentences that their citations support; `None` of a refusal, or an empty table."""
    supports = list(supports_of(answer, index))
    return fmean(float(support.recall) for support in supports) if supports else None


def citation_precision(answer: Answer, index: Index) -> float | None:
    """The share (0 to 1) of the citations that do their part; `None` of a refusal, or an empty table."""
    precise = [part for support in supports_of(answer, index) for part in support.precise.values()]
    return fmean(map(float, precise)) if precise else None


def supports_of(answer: Answer, index: Index) -> Iterator[Support]:
    """What supports each sentence of an answer, in order."""
    by_number = {citation.number: citation for citation in answer.citations}
    cells = {at: cell.fiche for cell in (answer.table.cells if answer.table else ()) for at in cell.sentences}
    for at, sentence in enumerate(answer.sentences):
        fiche = cells.get(at) or _fiche_named(sentence.lead)
        cited = [by_number[number] for number in dict.fromkeys(sentence.citations)]
        standing = [c for c in cited if _stands(c, index) and fiche in (None, c.fiche)]
        yield _support(sentence, cited, standing, written=bool(answer.trace.prompt))


def _support(sentence: Sentence, cited: Sequence[Citation], standing: Sequence[Citation], written: bool) -> Support:
    recall = _holds(sentence, standing, written)

    def precise(citation: Citation) -> bool:
        if not recall or citation not in standing:
            return False
        others = [other for other in standing if other is not citation]
        return _holds(sentence, [citation], written) or not _holds(sentence, others, written)

    return Support(recall, {citation.number: precise(citation) for citation in cited})


def _holds(sentence: Sentence, citations: Sequence[Citation], written: bool) -> bool:
    """Whether the quotes of citations, one after the other, support a sentence; `written`: by a language model."""
    quotes = " ".join(citation.quote for citation in citations)
    if not quotes:
        return False
    if prove(sentence.text, quotes).state is not CitationState.UNPROVED:
        return True
    return written and not unheld(sentence.text, quotes)


def _stands(citation: Citation, index: Index) -> bool:
    """Whether the quote is that very span of the report, inside of the passage that it is said to be of."""
    passage = index.by_id.get(citation.passage)
    if passage is None or passage.document != citation.document or passage.fiche != citation.fiche:
        return False
    inside = passage.start <= citation.start and citation.end <= passage.start + len(passage.text)
    return inside and passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote


def _fiche_named(lead: str) -> str | None:
    found = _NAMED_FICHE.search(lead)
    return found[1] if found else None
