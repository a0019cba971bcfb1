"""Citation recall and precision as ALCE defines them, checked by hand on sentences and quotes of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Answer, Citation, CitationState, Question, Sentence, Status, Table, TableCell, Trace
from assistant.chain import Assistant
from assistant.comparison import compare
from eval.citation_metrics import citation_precision, citation_recall
from vectorstore.index import Index

BALANCE = "En 2020, le bilan du dispositif FLORA est le suivant :"
WOMEN = "112 femmes accompagnées avec 202 enfants"
REFERRALS = "Augmentation de 44% des orientations en 2020 par rapport à 2019"
UNRELATED = "Le groupe de Paroles animées par une juriste et une psychologue du CIDFF"
FLORA = "fiche-4a/deploiement/1"


def cited(index: Index, quote: str, number: int = 1) -> Citation:
    """The citation of words of the passage on FLORA, at their place."""
    passage = index.by_id[FLORA]
    start = passage.start + passage.text.index(quote)
    return Citation.of(passage, start, start + len(quote), CitationState.VERIFIED, number)


def answered(*sentences: Sentence, citations: tuple[Citation, ...], prompt: str = "") -> Answer:
    """An answer of these sentences; `prompt` says that a language model wrote them."""
    return Answer(
        id="0123456789ab",
        question="Quel bilan ?",
        understood="Quel bilan ?",
        status=Status.ANSWERED,
        sentences=sentences,
        citations=citations,
        message="",
        unknown_words=(),
        nearest_fiches=(),
        suggestions=(),
        trace=Trace("empreinte", "aucun", (), prompt=prompt),
    )


def figures(answer: Answer, index: Index) -> tuple[float | None, float | None]:
    return citation_recall(answer, index), citation_precision(answer, index)


def test_a_sentence_of_the_report_under_its_own_quote_is_supported_and_precise(index: Index) -> None:
    answer = answered(Sentence(WOMEN, (1,)), citations=(cited(index, WOMEN),))

    assert figures(answer, index) == (1.0, 1.0)


def test_every_answer_and_comparison_of_the_product_is_supported(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Combien de femmes FLORA a-t-il accompagnées en 2020 ?"))
    table = compare(assistant.index, ("1c", "4a"), ("territoire", "financements", "publics"))

    assert len(answer.sentences) > 3
    assert len(table.sentences) > 3
    assert figures(answer, assistant.index) == figures(table, assistant.index) == (1.0, 1.0)


def test_a_fabricated_figure_is_not_supported(index: Index) -> None:
    answer = answered(Sentence(WOMEN.replace("112", "121"), (1,)), citations=(cited(index, WOMEN),))

    assert figures(answer, index) == (0.0, 0.0)
    assert figures(replace(answer, trace=replace(answer.trace, prompt="write-1")), index) == (0.0, 0.0)


def test_an_irrelevant_citation_lowers_the_precision_alone(index: Index) -> None:
    answer = answered(Sentence(WOMEN, (1, 2)), citations=(cited(index, WOMEN), cited(index, UNRELATED, 2)))

    assert figures(answer, index) == (1.0, 0.5)


def test_two_citations_that_a_sentence_needs_together_are_both_precise(index: Index) -> None:
    whole = f"{BALANCE} {WOMEN}"
    both = answered(Sentence(whole, (1, 2)), citations=(cited(index, BALANCE), cited(index, WOMEN, 2)))
    one = answered(Sentence(whole, (1,)), citations=(cited(index, BALANCE),))

    assert figures(both, index) == (1.0, 1.0)
    assert figures(one, index) == (0.0, 0.0)


def test_the_figures_of_an_answer_are_means_over_its_sentences_and_over_its_citations(index: Index) -> None:
    answer = answered(
        Sentence(WOMEN, (1, 2)),
        Sentence(REFERRALS, (3,)),
        Sentence("Le dispositif accueille 900 femmes", (3,)),
        citations=(cited(index, WOMEN), cited(index, UNRELATED, 2), cited(index, REFERRALS, 3)),
    )

    # Of three sentences two are supported; of four citations one is of no use, and one is of the sentence that is not.
    assert figures(answer, index) == (pytest.approx(2 / 3), pytest.approx(2 / 4))


MISPLACED: tuple[dict[str, Any], ...] = (
    {"start": 171_240, "end": 171_280},
    {"passage": "fiche-4b/objectif/1"},
    {"passage": "fiche-9z/objectif/1"},
    {"document": "un-autre"},
    {"fiche": "4b"},
)


@pytest.mark.parametrize("moved", MISPLACED, ids=["span", "passage", "no passage", "document", "fiche"])
def test_a_quote_that_does_not_stand_at_its_place_supports_nothing(index: Index, moved: dict[str, Any]) -> None:
    answer = answered(Sentence(WOMEN, (1,)), citations=(replace(cited(index, WOMEN), **moved),))

    assert figures(answer, index) == (0.0, 0.0)


def test_a_quote_changed_at_its_place_supports_nothing(index: Index) -> None:
    other = replace(cited(index, WOMEN), quote=WOMEN.replace("112", "121"))

    assert figures(answered(Sentence(other.quote, (1,)), citations=(other,)), index) == (0.0, 0.0)


def test_a_sentence_of_a_model_may_be_worded_otherwise_and_one_of_the_report_may_not(index: Index) -> None:
    worded = Sentence("FLORA accompagne 112 femmes et 202 enfants.", (1, 2))
    citations = (cited(index, BALANCE), cited(index, WOMEN, 2))

    assert citation_recall(answered(worded, citations=citations, prompt="write-1"), index) == 1.0
    assert citation_recall(answered(worded, citations=citations), index) == 0.0


def test_a_repaired_quote_supports_like_any_other(index: Index) -> None:
    repaired = replace(cited(index, WOMEN), state=CitationState.REPAIRED)

    assert figures(answered(Sentence(WOMEN, (1,)), citations=(repaired,)), index) == (1.0, 1.0)


def test_the_fiche_that_a_lead_names_is_that_of_the_citation(index: Index) -> None:
    right = Sentence(WOMEN, (1,), lead="Fiche 4a (Yvelines) :")
    wrong = Sentence(WOMEN, (1,), lead="Fiche 4b (Gers) :")
    label = Sentence(WOMEN, (1,), lead="Conditions de mise en œuvre :")

    answers = [answered(sentence, citations=(cited(index, WOMEN),)) for sentence in (right, wrong, label)]
    assert [citation_recall(answer, index) for answer in answers] == [1.0, 0.0, 1.0]


def test_a_cell_of_a_comparison_is_supported_by_its_own_fiche_alone(index: Index) -> None:
    answer = answered(Sentence(WOMEN, (1,), kind="row"), citations=(cited(index, WOMEN),))

    def in_a_cell_of(fiche: str) -> Answer:
        return replace(answer, table=Table((TableCell(fiche, "deploiement", (0,), f"Fiche {fiche} :"),)))

    assert citation_recall(in_a_cell_of("4a"), index) == 1.0
    assert citation_recall(in_a_cell_of("4b"), index) == 0.0


def test_refusals_and_empty_tables_have_no_figure(index: Index) -> None:
    answer = answered(Sentence(WOMEN, (1,)), citations=(cited(index, WOMEN),))
    refused = replace(answer, status=Status.SILENT, sentences=(), citations=())
    unsaid = Table((TableCell("4a", "publics", (), "Fiche 4a, publics :"),))
    empty = replace(answer, sentences=(), citations=(), table=unsaid)

    assert figures(refused, index) == figures(empty, index) == (None, None)


def test_a_sentence_without_a_citation_cannot_be_made(index: Index) -> None:
    with pytest.raises(ValueError, match="without proof"):
        answered(Sentence(WOMEN, ()), citations=(cited(index, WOMEN),))
