"""The end of the road: only what the gate proved is said, each proof is numbered once, refusals say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.answer import UNSAID, Answer, CitationState, Question, Status
from assistant.chain import Assistant
from assistant.composition import Cell, Draft
from assistant.conclusion import conclude
from assistant.judgement import Judged
from assistant.proof import prove
from assistant.weighing import LISTED, Choice
from assistant.writing import ProvedClaim, Writing
from ingest.records import UnitKind
from vectorstore.index import Index

COMPARED = "Compare l'année et les perspectives des fiches 2c, 3c et 4a"
PAID = "les communes ont payé 0,99 par habitant"


@pytest.fixture(scope="module")
def judged(assistant: Assistant) -> Judged:
    return assistant.explain(Question("Qui finance le dispositif FLORA ?"))[1]


@pytest.fixture(scope="module")
def compared(assistant: Assistant) -> tuple[Answer, Judged]:
    return assistant.explain(Question(COMPARED))


def drafting(judged: Judged, choices: Sequence[Choice]) -> Judged:
    return replace(judged, draft=Draft(judged.draft.weighed, tuple(choices)))


def written(judged: Judged, *claims: ProvedClaim, dropped: int = 0, note: str = "") -> Judged:
    return replace(judged, writing=Writing(claims, dropped, note, "write-test"))


def claim_of(index: Index, text: str, quote: str = PAID) -> ProvedClaim:
    passage = index.by_id["fiche-4a/financements/1"]
    return ProvedClaim(text, passage, prove(quote, passage.text))


def plain(text: str) -> str:
    """A text on one line, without its first capital and its last mark."""
    joined = " ".join(text.split())
    return (joined[0].lower() + joined[1:]).rstrip(".;,")


def test_a_sentence_is_its_quote_but_for_its_capital_and_its_last_mark(index: Index, judged: Judged) -> None:
    every = [c for c in judged.draft.weighed.choices if prove(c.quote, c.passage.text).quote]
    answer = conclude(index, drafting(judged, every))
    assert len(answer.sentences) == len(every) > 50
    quotes = {c.number: c.quote for c in answer.citations}
    for sentence, choice in zip(answer.sentences, every, strict=True):
        (number,) = sentence.citations
        assert quotes[number] == choice.quote
        assert plain(sentence.text) == plain(choice.quote)
        assert sentence.text[0] == sentence.text[0].upper()
        assert sentence.kind == choice.unit.kind.value
        assert sentence.kind != "item" or not sentence.text.endswith((";", ","))


def test_a_choice_whose_passage_was_altered_gives_no_sentence(index: Index, judged: Judged) -> None:
    choice = judged.draft.choices[0]
    text = choice.passage.text.translate(str.maketrans("aeiou", "eioua"))
    altered = replace(choice, passage=replace(choice.passage, text=text))
    answer = conclude(index, drafting(judged, [altered]))
    assert answer.sentences == ()
    assert answer.status is not Status.ANSWERED


def test_a_choice_too_short_to_prove_anything_gives_no_sentence(index: Index, judged: Judged) -> None:
    choice = next(c for c in judged.draft.choices if c.unit.kind is UnitKind.SENTENCE)
    cut = replace(choice, unit=replace(choice.unit, end=choice.unit.start + 8))
    answer = conclude(index, drafting(judged, [cut]))
    assert (answer.sentences, answer.citations) == ((), ())
    kept = conclude(index, drafting(judged, [cut, choice]))
    assert [c.quote for c in kept.citations] == [choice.quote]


def test_where_nothing_is_proved_the_refusal_is_that_of_what_the_report_speaks_of(index: Index, judged: Judged) -> None:
    for spoken_of, status in ((True, Status.UNPROVABLE), (False, Status.SILENT)):
        judgement = replace(judged.judgement, spoken_of=spoken_of)
        answer = conclude(index, replace(drafting(judged, []), judgement=judgement))
        assert answer.status is status
        assert answer.message


def test_what_is_not_answerable_is_refused_whatever_was_drafted_or_written(index: Index, judged: Judged) -> None:
    unsure = replace(judged.judgement, chance=judged.judgement.least - 0.01)
    claim = claim_of(index, "Les communes ont payé 0,99 par habitant.")
    for refused in (judged, written(judged, claim)):
        answer = conclude(index, replace(refused, judgement=unsure))
        assert (answer.sentences, answer.citations, answer.table, answer.opening) == ((), (), None, "")


def test_citations_are_numbered_in_the_order_in_which_they_are_read(index: Index, judged: Judged) -> None:
    choices = judged.draft.weighed.choices[::5][::-1]
    answer = conclude(index, drafting(judged, choices))
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [s.citations for s in answer.sentences] == [(n,) for n in range(1, len(answer.sentences) + 1)]


def test_the_same_words_are_cited_once(index: Index, judged: Judged) -> None:
    first, second = judged.draft.choices[:2]
    answer = conclude(index, drafting(judged, [first, second, first]))
    assert [s.citations for s in answer.sentences] == [(1,), (2,), (1,)]
    assert [c.quote for c in answer.citations] == [first.quote, second.quote]


def test_a_citation_is_the_report_s_own_slice_and_says_its_place(index: Index, judged: Judged) -> None:
    (citation,) = conclude(index, drafting(judged, judged.draft.choices[:1])).citations
    passage = judged.draft.choices[0].passage
    assert index.report(citation.document).text[citation.start : citation.end] == citation.quote
    assert (citation.passage, citation.fiche, citation.path) == (passage.id, passage.fiche, passage.path)
    assert (citation.page, citation.page_exact) == (passage.page, passage.page_exact)
    assert citation.state is CitationState.VERIFIED


def test_a_row_of_a_card_is_led_by_its_label_unless_it_says_it(index: Index, judged: Judged) -> None:
    card = index.by_id["fiche-4b/carte/1"]
    rows = [Choice(card, u, 0.9) for u in card.units if u.kind in LISTED]
    answer = conclude(index, drafting(judged, rows))
    said = [f"{s.lead} {s.text}".strip() for s in answer.sentences]
    assert len(said) > 3
    assert all(line.split(" : ")[0] in ("Territoire", "Année", "Initiateurs et acteurs concernés", "Public(s) cible(s)")
               for line in said)  # fmt: skip
    assert not any(line.count("Territoire :") > 1 for line in said)


def test_where_several_fiches_are_named_each_is_named_before_its_words(assistant: Assistant) -> None:
    answer = assistant.ask(Question("Qui finance les fiches 1b et 4a ?"))
    fiches = {c.number: c.fiche for c in answer.citations}
    first = {fiches[s.citations[0]]: s.lead for s in reversed(answer.sentences)}
    assert first["1b"].startswith("Fiche 1b (")
    assert first["4a"].startswith("Fiche 4a (")


def test_each_cell_of_a_table_points_at_its_own_sentences(compared: tuple[Answer, Judged]) -> None:
    answer, judged = compared
    assert answer.table is not None
    at = [n for cell in answer.table.cells for n in cell.sentences]
    assert at == list(range(len(answer.sentences)))
    for cell, drafted in zip(answer.table.cells, judged.draft.cells, strict=True):
        said = [answer.citations[answer.sentences[n].citations[0] - 1] for n in cell.sentences]
        assert (cell.fiche, cell.field) == (drafted.fiche, drafted.field)
        assert [c.quote for c in said] == [c.quote for c in drafted.choices]
        assert {c.fiche for c in said} <= {cell.fiche}
        assert {answer.sentences[n].kind for n in cell.sentences} <= {"row"}
        assert cell.lead.startswith(f"Fiche {cell.fiche}, ")
    assert answer.table.fiches == ("2c", "3c", "4a")
    assert answer.table.fields == ("annee", "perspectives")


def test_a_cell_without_words_says_so(compared: tuple[Answer, Judged]) -> None:
    answer, _ = compared
    assert answer.table is not None
    empty = [cell for cell in answer.table.cells if not cell.sentences]
    assert [(cell.fiche, cell.field) for cell in empty] == [("2c", "perspectives")]
    assert f"- Fiche 2c, perspectives : {UNSAID}" in answer.text.split("\n")


def test_a_cell_whose_words_prove_nothing_is_empty_and_the_next_ones_keep_theirs(
    index: Index, compared: tuple[Answer, Judged]
) -> None:
    _, judged = compared
    first, *others = judged.draft.cells
    short = tuple(replace(c, unit=replace(c.unit, end=c.unit.start + 5)) for c in first.choices)
    cells = (Cell(first.fiche, first.field, short), *others)
    table = conclude(index, replace(judged, draft=Draft(judged.draft.weighed, (), cells))).table
    assert table is not None
    assert table.cells[0].sentences == ()
    assert table.cells[1].sentences == (0,)


def test_a_proved_claim_is_a_sentence_of_its_own_words_with_its_quote_as_citation(index: Index, judged: Judged) -> None:
    text = "Chaque commune a payé 0,99 par habitant."
    answer = conclude(index, written(judged, claim_of(index, text)))
    assert [(s.text, s.citations) for s in answer.sentences] == [(text, (1,))]
    assert [(c.quote, c.passage) for c in answer.citations] == [(PAID, "fiche-4a/financements/1")]
    assert answer.status is Status.ANSWERED
    assert answer.trace.prompt == "write-test"


def test_two_claims_on_the_same_words_share_their_citation(index: Index, judged: Judged) -> None:
    texts = ("Chaque commune a payé 0,99 par habitant.", "Le prix payé par les communes était de 0,99 par habitant.")
    answer = conclude(index, written(judged, *(claim_of(index, t) for t in texts)))
    assert [s.citations for s in answer.sentences] == [(1,), (1,)]
    assert len(answer.citations) == 1


def test_claims_left_out_are_counted(index: Index, judged: Judged) -> None:
    claim = claim_of(index, "Chaque commune a payé 0,99 par habitant.")
    assert conclude(index, written(judged, claim, dropped=3)).trace.dropped == 3
    assert conclude(index, judged).trace.dropped == 0


def test_where_the_model_gave_nothing_the_report_s_sentences_answer_and_its_note_is_shown(
    index: Index, judged: Judged
) -> None:
    note = "Le modèle de langue n'a pas répondu : la réponse est faite des phrases du rapport."
    without, failed = conclude(index, judged), conclude(index, written(judged, dropped=2, note=note))
    assert (failed.sentences, failed.citations) == (without.sentences, without.citations)
    assert failed.notes == (*without.notes, note)
    assert failed.text.endswith(note)
    assert (failed.trace.prompt, failed.trace.dropped) == ("", 2)


def test_an_answer_has_an_id_of_its_own(index: Index, judged: Judged) -> None:
    ids = {conclude(index, judged).id for _ in range(5)}
    assert len(ids) == 5
    assert all(len(i) == 12 for i in ids)
