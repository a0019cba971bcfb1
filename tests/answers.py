"""An answer with its one citation, as the tests of what is kept use it."""

from __future__ import annotations

from assistant.answer import Answer, Citation, CitationState, Sentence, Status, Trace

CITATION = Citation(
    number=1,
    document="rapport",
    passage="fiche-4a/financements/1",
    quote="Chaque commune paie.",
    start=100,
    end=120,
    page="86",
    page_exact=True,
    fiche="4a",
    path=("Fiche 4a",),
    state=CitationState.VERIFIED,
)
ANSWER = Answer(
    id="0123456789ab",
    question="Qui paie ?",
    understood="Qui paie ?",
    status=Status.ANSWERED,
    sentences=(Sentence("Chaque commune paie.", (1,)),),
    citations=(CITATION,),
    message="",
    unknown_words=(),
    nearest_fiches=("4a",),
    suggestions=(),
    trace=Trace("empreinte", "plongement", ()),
)
