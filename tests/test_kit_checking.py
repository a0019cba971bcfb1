"""A kit from elsewhere shows nothing as the report's that the report does not say, wherever it was tampered with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from kits import ALONE, BREATHLESS, CONVENTION, KIT, NETWORK, PAID, SIDES, said

from assistant.answer import Citation, Sentence
from assistant.chain import Assistant
from assistant.claims import unheld
from assistant.kits.checking import CheckedKit, check
from assistant.kits.editing import rewrite
from assistant.kits.editing.place import put, statement_at
from assistant.kits.kit import Audience, Kit, Option, Origin, Pair, Reading, Request, Statement
from assistant.kits.kit_file import kit_json, read_kit
from ingest.errors import KitError
from vectorstore.index import Index

LIE = "Les élus refusent toute aide aux familles."
WHERE = [
    *("sequences/s2/points/0", "sequences/s2/points/1", "cases/c1/situation/0", "cases/c1/obstacles/0"),
    *("cases/c1/outcome/0", "discussions/d1/sides/0", "discussions/d1/sides/1", "items/q1/options/0"),
    *("items/q1/options/1", "items/q3/points/0", "items/q3/points/1"),
]
Check = Callable[[Kit], CheckedKit]


@pytest.fixture(scope="session")
def checked(assistant: Assistant) -> Check:
    """The check of the workshop, over the shared index."""
    return lambda kit: check(kit, assistant.index, assistant.workshop.teaching)


def of_report(kit: Kit) -> list[tuple[str, Citation]]:
    """What a kit attributes to the report, each text with what proves it."""
    statements = [(s.text, c) for s in kit.statements() for c in s.citations]
    answer = kit.comparison
    cells = (
        [(s.text, c) for s in answer.sentences for c in answer.citations if c.number in s.citations] if answer else []
    )
    return statements + cells


def assert_proved(kit: Kit, index: Index) -> None:
    """Every text attributed to the report says no more than words that stand in it, where it says."""
    texts = {report.document: report.text for report in index.reports}
    for text, citation in of_report(kit):
        assert texts[citation.document][citation.start : citation.end] == citation.quote
        assert not unheld(text, citation.quote) or text.strip(" .;,").lower() in citation.quote.lower()


def with_statement(where: str, **changes: Any) -> Kit:
    return put(KIT, where, replace(statement_at(KIT, where), **changes))


def with_item(at: int, **changes: Any) -> Kit:
    items = list(KIT.items)
    items[at] = replace(items[at], **changes)
    return replace(KIT, items=tuple(items))


def test_a_kit_of_which_nothing_is_wrong_comes_back_equal(checked: Check, kit: Kit) -> None:
    rewritten = rewrite(rewrite(KIT, "sequences/s2/points/0", "Mes mots."), "items/q1/options/1", "Ma réponse")
    for whole in (KIT, kit, rewritten):
        assert checked(read_kit(kit_json(whole).encode())) == CheckedKit(whole, ())


@pytest.mark.slow
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("theme", "12345")
def test_every_kit_that_the_workshop_makes_comes_back_equal(
    checked: Check, assistant: Assistant, theme: str, audience: Audience
) -> None:
    for minutes in (30, 180, 840):
        made = assistant.workshop.make(Request((theme,), (), audience, minutes, 12))
        assert checked(made) == CheckedKit(made, ())


@pytest.mark.parametrize("where", WHERE)
def test_a_lie_in_the_place_of_a_sentence_is_taken_out_and_named(checked: Check, where: str, index: Index) -> None:
    result = checked(with_statement(where, text=LIE))
    assert LIE not in kit_json(result.kit)
    assert len(result.faults) == 1
    assert_proved(result.kit, index)


@pytest.mark.parametrize("where", WHERE)
def test_a_quote_that_the_report_does_not_hold_is_taken_out(checked: Check, where: str, index: Index) -> None:
    citation = statement_at(KIT, where).citations[0]
    forged = replace(citation, quote=LIE, end=citation.start + len(LIE))
    result = checked(with_statement(where, text=LIE, citations=(forged,)))
    assert LIE not in kit_json(result.kit)
    assert result.faults
    assert_proved(result.kit, index)


@pytest.mark.parametrize("where", WHERE)
def test_a_citation_of_something_else_proves_nothing(checked: Check, where: str, index: Index) -> None:
    other = BREATHLESS if statement_at(KIT, where).citations[0] != BREATHLESS else PAID
    result = checked(with_statement(where, citations=(other,)))
    assert result.faults
    assert_proved(result.kit, index)


@pytest.mark.parametrize("quote", ["en tant qu'actrices de l'évènement", PAID.quote.replace(" :", ",")])
def test_words_cut_from_their_negation_or_with_other_signs_are_no_citation(checked: Check, quote: str) -> None:
    for place in ("2a", "4a"):
        forged = replace(PAID, passage=f"fiche-{place}/x/1", fiche=place, quote=quote, end=PAID.start + len(quote))
        assert checked(put(KIT, "sequences/s2/points/0", said(f"{quote}.", forged))).faults


def test_many_quotes_together_do_not_prove_what_none_of_them_says(checked: Check) -> None:
    mixed = "Les femmes victimes de violences paient 0,99 par habitant."
    result = checked(with_statement("sequences/s2/points/0", text=mixed, citations=(NETWORK, PAID, CONVENTION)))
    assert mixed not in kit_json(result.kit)


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "<b>"])
def test_signs_that_are_not_read_are_not_the_reports(checked: Check, hidden: str) -> None:
    assert checked(with_statement("sequences/s2/points/0", text=f"{PAID.quote}{hidden}")).faults


def test_where_a_citation_says_that_it_stands_is_said_anew(checked: Check) -> None:
    wrong = replace(PAID, page="999", page_exact=True, fiche="1a", path=("Ailleurs",), document="autre")
    assert checked(with_statement("sequences/s2/points/0", citations=(wrong,))) == CheckedKit(KIT, ())


@pytest.mark.parametrize(
    "moved", [{"start": 3, "end": 3 + len(PAID.quote)}, {"passage": "fiche-4a/effets/1"}, {"passage": "fiche-4a/x/9"}]
)
def test_words_that_have_moved_are_found_again_in_their_fiche(checked: Check, moved: dict[str, Any]) -> None:
    assert checked(with_statement("sequences/s2/points/0", citations=(replace(PAID, **moved),))) == CheckedKit(KIT, ())


def test_words_of_another_fiche_are_not_found_again(checked: Check) -> None:
    lost = replace(PAID, passage="fiche-1c/effets/1", fiche="1c")
    assert checked(with_statement("sequences/s2/points/0", citations=(lost,))).faults


@pytest.mark.parametrize(
    "lead", ["Le rapport l'avoue :", "Fiche 1a, la meilleure :", "Année :", "C'est vrai ailleurs. Partout :"]
)
def test_what_is_said_before_the_reports_words_is_said_anew(checked: Check, lead: str) -> None:
    result = checked(with_statement("sequences/s2/points/0", lead=lead))
    shown = statement_at(result.kit, "sequences/s2/points/0").lead
    assert shown.removeprefix("C'est vrai ailleurs. ").startswith("Fiche 4a, ")
    assert lead not in kit_json(result.kit)


def test_nothing_is_said_before_the_words_of_others(checked: Check) -> None:
    assert checked(with_statement("sequences/s2/activity/0", lead="Le rapport dit :")).kit == KIT


def test_what_would_come_back_as_the_reports_is_held_too(checked: Check) -> None:
    rewritten = rewrite(KIT, "sequences/s2/points/0", "Mes mots.")
    was = said(LIE, PAID)
    result = checked(put(rewritten, "sequences/s2/points/0", Statement("Mes mots.", Origin.TRAINER, was=was)))
    assert statement_at(result.kit, "sequences/s2/points/0") == Statement("Mes mots.", Origin.TRAINER)
    nested = Statement("Mes mots.", Origin.TRAINER, was=Statement(LIE, Origin.TRAINER, was=was))
    assert LIE not in kit_json(checked(put(KIT, "sequences/s2/points/0", nested)).kit)


def test_a_case_tells_of_its_own_fiche_alone(checked: Check) -> None:
    result = checked(put(KIT, "cases/c1/outcome/0", said(NETWORK.quote, NETWORK)))
    assert "ces mots sont d'une autre fiche" in result.faults[0]


@pytest.mark.parametrize(
    ("at", "changes"),
    [
        (0, {"options": tuple(replace(o, right=o.of == "1c") for o in KIT.items[0].options)}),
        (0, {"options": tuple(replace(o, of="4a" if o.of == "1c" else o.of) for o in KIT.items[0].options)}),
        (0, {"options": (*KIT.items[0].options, Option(said(NETWORK.quote, NETWORK), False, "4a"))}),
        (0, {"options": (*KIT.items[0].options, Option(Statement(LIE, Origin.TOOL), False))}),
        (0, {"fiche": "1c"}),
        (0, {"field": "scandale"}),
        (0, {"proof": (said(NETWORK.quote, NETWORK),)}),
        (0, {"proof": (*KIT.items[0].proof, Statement(LIE, Origin.TRAINER))}),
        (1, {"options": tuple(replace(o, right=not o.right) for o in KIT.items[1].options)}),
        (1, {"options": tuple(reversed(KIT.items[1].options))}),
        (1, {"options": (Option(Statement(LIE, Origin.TOOL), True), KIT.items[1].options[1])}),
        (1, {"stem": Statement(f"Vrai ou faux ? Fiche 4a, le dispositif FLORA. Effet : {LIE}", Origin.TOOL)}),
        (1, {"stem": Statement(f"Vrai ou faux ? {LIE}", Origin.TOOL)}),
        (1, {"fiche": "1c"}),
        (1, {"field": "scandale"}),
        (2, {"points": SIDES}),
        (2, {"pairs": (Pair(said(NETWORK.quote, NETWORK), Statement(LIE, Origin.TOOL), "4a"),)}),
        (2, {"pairs": (Pair(said(NETWORK.quote, NETWORK), said(PAID.quote, PAID), "1c"),)}),
    ],
)
def test_a_question_whose_right_answer_is_not_the_proved_one_goes_whole(
    checked: Check, at: int, changes: dict[str, Any]
) -> None:
    result = checked(with_item(at, **changes))
    left = tuple(item for item in KIT.items if item.id != KIT.items[at].id)
    assert (result.kit.items, len(result.faults)) == (left, 1)
    assert result.kit.sequences[-1].holds == tuple(item.id for item in left)


def test_the_question_of_a_choice_is_asked_anew(checked: Check, assistant: Assistant) -> None:
    result = checked(with_item(0, stem=Statement(f"{LIE} Pourquoi ?", Origin.TOOL)))
    assert result.kit == checked(KIT).kit


def with_sentence(at: int, **changes: Any) -> Kit:
    assert KIT.comparison is not None
    sentences: list[Sentence] = list(KIT.comparison.sentences)
    sentences[at] = replace(sentences[at], **changes)
    return replace(KIT, comparison=replace(KIT.comparison, sentences=tuple(sentences)))


def test_a_comparison_of_which_a_sentence_is_not_proved_goes(checked: Check) -> None:
    assert KIT.comparison is not None
    table, citations = KIT.comparison.table, KIT.comparison.citations
    assert table is not None
    swapped = tuple(replace(cell, fiche={"1c": "4a", "4a": "1c"}[cell.fiche]) for cell in table.cells)
    unknown = tuple(replace(cell, fiche="9z") for cell in table.cells)
    for tampered in (
        with_sentence(0, text=LIE),
        with_sentence(0, citations=(2,)),
        replace(KIT, comparison=replace(KIT.comparison, table=replace(table, cells=swapped))),
        replace(KIT, comparison=replace(KIT.comparison, table=replace(table, cells=unknown))),
        replace(KIT, comparison=replace(KIT.comparison, table=replace(table, cells=table.cells[:1]))),
        replace(KIT, comparison=replace(KIT.comparison, table=None)),
        replace(KIT, comparison=replace(KIT.comparison, citations=(*citations[:-1], replace(ALONE, number=4)))),
    ):
        result = checked(tampered)
        assert result.kit == replace(KIT, comparison=None)
        assert result.faults[0].startswith("Comparaison : le tableau est retiré")


def test_what_is_said_around_a_comparison_is_said_anew(checked: Check) -> None:
    assert KIT.comparison is not None
    around = replace(KIT.comparison, question=LIE, understood=LIE, opening=LIE, notes=(LIE,), suggestions=(LIE,))
    assert checked(replace(KIT, comparison=around)).kit == KIT
    assert checked(with_sentence(0, lead=LIE)).kit == KIT


def test_a_place_to_read_is_named_anew_and_one_that_is_not_there_is_left_out(checked: Check) -> None:
    named = replace(KIT, readings=(Reading("fiche-4a/carte/1", LIE, "p. 3"), Reading("nulle-part/1", LIE, "")))
    result = checked(named)
    assert [reading.passage for reading in result.kit.readings] == ["fiche-4a/carte/1"]
    assert LIE not in kit_json(result.kit)
    assert len(result.faults) == 1


def test_a_title_that_the_report_never_gave_is_not_shown(checked: Check) -> None:
    for where in (
        "title",
        "sequences/s1/title",
        "cases/c1/title",
        "discussions/d1/question",
        "aims/0",
        "items/q1/stem",
    ):
        result = checked(put(KIT, where, said(LIE, PAID)))
        assert LIE not in kit_json(result.kit)
        assert len(result.faults) == 1


DATA = json.loads(kit_json(KIT))


def _leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for step, inner in steps for leaf in _leaves(inner, (*path, step))]
    return [path]


LEAVES = _leaves(DATA["kit"])
WORDS = st.sampled_from([LIE, PAID.quote, NETWORK.quote, "4a", "1c", "report", "tool", "trainer", True, False, 0, 1, 2])


@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(LEAVES), WORDS | st.sampled_from(LEAVES)), min_size=1, max_size=4))
def test_however_a_file_is_tampered_with_all_that_is_shown_as_the_reports_is_proved(
    checked: Check, index: Index, changes: list[tuple[tuple[str | int, ...], Any]]
) -> None:
    record = json.loads(json.dumps(DATA))
    for path, value in changes:
        within = record["kit"]
        for step in path[:-1]:
            within = within[step]
        within[path[-1]] = _at(value) if isinstance(value, tuple) else value
    try:
        tampered = read_kit(json.dumps(record).encode())
    except KitError:
        return
    result = checked(tampered)
    assert_proved(result.kit, index)
    assert checked(result.kit) == CheckedKit(result.kit, ())


def _at(path: tuple[str | int, ...]) -> Any:
    within = DATA["kit"]
    for step in path:
        within = within[step]
    return within
