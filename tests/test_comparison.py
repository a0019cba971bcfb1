"""The comparison of fiches: every cell holds the words of its fiche and of its field, or says nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import UNSAID, Answer, CitationState, Status
from assistant.comparison import CELL_WORDS, COMPARABLE, MOST_FICHES, compare, offers
from assistant.weighing import card_label
from ingest.errors import ComparisonError
from ingest.outline import CARD
from vectorstore.index import Index
from vectorstore.sentences import quotable

FICHES = "1a 1b 1c 1d 1e 2a 2b 2c 2d 3a 3b 3c 4a 4b 4c 5a 5b 5c 5d 5e 5f".split()
some_fiches = st.lists(st.sampled_from(FICHES), min_size=2, max_size=5, unique=True)
some_fields = st.lists(st.sampled_from(list(COMPARABLE)), min_size=1, max_size=12, unique=True)
shared_index = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def said(answer: Answer, fiche: str, field: str) -> list[str]:
    cell = next(c for c in answer.table.cells if (c.fiche, c.field) == (fiche, field))
    return [answer.sentences[at].text for at in cell.sentences]


@shared_index
@given(fiches=some_fiches, fields=some_fields)
def test_every_quote_stands_in_the_report_in_its_own_fiche_and_field(index: Index, fiches, fields):
    answer = compare(index, fiches, fields)
    citations = {c.number: c for c in answer.citations}
    for cell in answer.table.cells:
        for at in cell.sentences:
            (number,) = answer.sentences[at].citations
            citation = citations[number]
            passage = index.by_id[citation.passage]
            assert index.report(citation.document).text[citation.start : citation.end] == citation.quote
            assert passage.start <= citation.start <= citation.end <= passage.end
            assert (passage.fiche, passage.field) == (cell.fiche, "carte" if cell.field in CARD else cell.field)
            assert citation.state is CitationState.VERIFIED


@shared_index
@given(fiches=some_fiches, fields=some_fields)
def test_a_table_has_each_cell_once_in_the_order_asked(index: Index, fiches, fields):
    table = compare(index, fiches, fields).table
    assert [(c.field, c.fiche) for c in table.cells] == [(field, fiche) for field in fields for fiche in fiches]


def test_all_fiches_compare_on_all_fields(index: Index):
    assert [f.id for f in index.fiches] == FICHES
    keys = list(COMPARABLE)
    for fiches in [*pairwise(FICHES), FICHES[:MOST_FICHES]]:
        for fields in (keys[:9], keys[9:]):
            assert compare(index, fiches, fields).status is Status.ANSWERED


def test_a_fiche_that_speaks_of_a_field_never_has_an_empty_cell(index: Index):
    spoken = {(p.fiche, p.field) for p in index.passages if p.fiche and p.field in COMPARABLE and quotable(p)}
    for fiche, field in sorted(spoken):
        other = next(f for f in FICHES if f != fiche)
        assert said(compare(index, (fiche, other), (field,)), fiche, field)


def test_what_a_fiche_does_not_say_is_said_to_be_unsaid(index: Index):
    answer = compare(index, ("1c", "4b"), ("gouvernance",))
    assert said(answer, "1c", "gouvernance")
    assert said(answer, "4b", "gouvernance") == []
    assert f"- Fiche 4b, gouvernance : {UNSAID}" in answer.text


def test_fiches_that_say_nothing_at_all_still_make_a_table(index: Index):
    answer = compare(index, ("4b", "5a"), ("gouvernance",))
    assert (answer.status, answer.sentences) == (Status.ANSWERED, ())
    assert [c.sentences for c in answer.table.cells] == [(), ()]


def test_the_lines_of_a_card_come_as_they_stand(index: Index):
    answer = compare(index, ("1c", "4b"), ("territoire", "initiateurs"))
    assert said(answer, "1c", "territoire") == ["Territoire : Département de la Gironde"]
    assert len(said(answer, "4b", "initiateurs")) == 2


def test_a_value_of_the_card_never_stands_for_another(index: Index):
    citations = compare(index, ("1c", "2a", "4b"), ("publics",)).citations
    passages = [index.by_id[c.passage] for c in citations]
    units = [next(u for u in p.units if u.start == c.start) for p, c in zip(passages, citations, strict=True)]
    assert {card_label(p, u) for p, u in zip(passages, units, strict=True)} == {CARD["publics"]}


def test_a_short_field_is_quoted_whole(index: Index):
    passage = index.by_id["fiche-1c/participation/1"]
    units = [" ".join(passage.words_of(u).split()) for u in quotable(passage)]
    assert said(compare(index, ("1c", "1d"), ("participation",)), "1c", "participation") == units


def test_a_long_field_is_quoted_from_its_first_sentence_and_stays_short(index: Index):
    quotes = said(compare(index, ("1c", "4c"), ("conditions",)), "4c", "conditions")
    assert quotes[0].startswith("Evolution de l'équipe de professionnels")
    assert len(quotes) > 1
    assert sum(len(q.split()) for q in quotes) <= CELL_WORDS


def test_an_item_comes_with_the_line_that_opens_its_list(index: Index):
    quotes = said(compare(index, ("4c", "1c"), ("genese",)), "4c", "genese")
    assert quotes[0] == "Plusieurs constats sont à l'origine de la Mission Interface :"


def test_damaged_words_are_never_quoted(index: Index):
    damaged = {(p.document, u.start) for p in index.passages for u in p.units if u.damaged}
    assert damaged
    for fiches in pairwise(FICHES):
        answer = compare(index, fiches, list(COMPARABLE)[4:16])
        assert damaged.isdisjoint((c.document, c.start) for c in answer.citations)


def test_one_that_is_named_twice_counts_once(index: Index):
    table = compare(index, ("1c", "1d", "1c"), ("effets", "effets")).table
    assert (table.fiches, table.fields) == (("1c", "1d"), ("effets",))


@pytest.mark.parametrize(
    ("fiches", "fields", "remedy"),
    [
        ((), ("effets",), "de 2 à 5 fiches"),
        (("1c", "1c"), ("effets",), "de 2 à 5 fiches"),
        (FICHES[:6], ("effets",), "de 2 à 5 fiches"),
        (("1c", "9z"), ("effets",), "1a, 1b, 1c"),
        (("1c", "1d"), (), "de 1 à 12 rubriques"),
        (("1c", "1d"), list(COMPARABLE)[:13], "de 1 à 12 rubriques"),
        (("1c", "1d"), ("carte",), "financements"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_remedy(index: Index, fiches, fields, remedy):
    with pytest.raises(ComparisonError, match=remedy):
        compare(index, fiches, fields)


def test_the_comparisons_offered_leave_no_cell_empty(index: Index):
    offered = offers(index)
    assert len({offer.theme for offer in offered}) == 3
    for offer in offered:
        assert all(cell.sentences for cell in compare(index, offer.fiches, offer.fields).table.cells)
