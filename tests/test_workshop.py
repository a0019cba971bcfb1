"""A session kit: all that it attributes to the report is proved, and any part of it can be had otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import CitationState
from assistant.chain import Assistant
from assistant.claims import unheld
from assistant.kits.checking import check
from assistant.kits.kit import Audience, ItemKind, Kit, Origin, Request, SequenceKind
from assistant.kits.kit_file import kit_json
from assistant.kits.workshop import Workshop
from assistant.proof import prove
from ingest.errors import KitError

THEMES = ("1", "2", "3", "4", "5")


@pytest.fixture(scope="module")
def workshop(assistant: Assistant) -> Workshop:
    return assistant.workshop


@pytest.fixture(scope="module", params=THEMES)
def of_theme(request: pytest.FixtureRequest, workshop: Workshop) -> Kit:
    """Three hours on each of the themes."""
    return workshop.make(Request((request.param,), (), Audience.PROFESSIONALS, 180, 12))


def test_every_citation_stands_in_the_report_word_for_word(of_theme: Kit, assistant: Assistant) -> None:
    for citation in of_theme.citations():
        passage = assistant.index.by_id[citation.passage]
        proof = prove(citation.quote, passage.text)
        assert proof.state is CitationState.VERIFIED
        assert passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote


def test_no_statement_says_more_than_its_quotes(of_theme: Kit) -> None:
    for statement in of_theme.statements():
        if statement.origin is Origin.REPORT:
            assert not unheld(statement.text, " ".join(citation.quote for citation in statement.citations))


def test_the_sequences_last_as_long_as_was_asked(of_theme: Kit) -> None:
    assert of_theme.minutes == 180


def test_a_case_tells_the_place_the_public_the_difficulties_and_the_effects(of_theme: Kit) -> None:
    for case in of_theme.cases:
        leads = {statement.lead for statement in case.situation}
        assert {"Territoire :", "Public(s) cible(s) :"} <= leads
        assert case.obstacles
        assert "Ce que la fiche en rapporte :" in {statement.lead for statement in case.outcome}


def test_a_kit_of_three_hours_has_all_that_a_session_needs(of_theme: Kit) -> None:
    assert of_theme.aims
    assert of_theme.cases
    assert len(of_theme.discussions) >= 2
    assert of_theme.comparison is not None
    assert len(of_theme.items) >= 12
    assert of_theme.readings


def test_a_quiz_repeats_no_question(of_theme: Kit) -> None:
    stems = [item.stem.text for item in of_theme.items]
    assert len(stems) == len(set(stems))


def test_a_quiz_mixes_the_kinds_of_questions(of_theme: Kit) -> None:
    assert {item.kind for item in of_theme.items} == set(ItemKind)


def test_no_point_is_told_twice(of_theme: Kit) -> None:
    points = [point.text for sequence in of_theme.sequences for point in sequence.points]
    assert len(points) == len(set(points))


def test_what_a_sequence_works_on_is_in_the_kit(of_theme: Kit) -> None:
    there = {one.id for one in (*of_theme.cases, *of_theme.discussions)} | {item.id for item in of_theme.items}
    assert {held for sequence in of_theme.sequences for held in sequence.holds} <= there


def test_the_same_request_gives_the_same_kit(workshop: Workshop) -> None:
    request = Request(("4",), (), Audience.MIXED, 210, 9)
    one, other = workshop.make(request), workshop.make(request)
    assert one.sequences == other.sequences
    assert (one.cases, one.discussions, one.items, one.readings) == (
        other.cases,
        other.discussions,
        other.items,
        other.readings,
    )


def test_two_days_have_two_cases_and_two_quizzes(workshop: Workshop) -> None:
    made = workshop.make(Request(("5",), (), Audience.PROFESSIONALS, 840, 12))
    held = [sequence.holds for sequence in made.sequences if sequence.kind in (SequenceKind.CASE, SequenceKind.QUIZ)]
    assert len(held) == 4
    assert all(held)
    assert len({identifier for holds in held for identifier in holds}) == sum(map(len, held))


def test_one_fiche_alone_gives_a_session_and_is_compared_with_another_of_its_theme(workshop: Workshop) -> None:
    made = workshop.make(Request((), ("4a",), Audience.STUDENTS, 60, 5))
    assert made.cases[0].fiches == ("4a",)
    assert made.comparison is not None
    assert made.comparison.table is not None
    assert made.comparison.table.fiches[0] == "4a"


def test_what_the_trainer_aims_at_is_theirs(workshop: Workshop) -> None:
    made = workshop.make(Request(("3",), (), Audience.STUDENTS, 60, 5, own_aims=("Donner envie d'essayer.",)))
    assert made.aims[-1].statement.origin is Origin.TRAINER


def test_another_case_is_of_another_fiche(workshop: Workshop, kit: Kit) -> None:
    changed = workshop.another_case(kit, "c1")
    assert changed.cases[0].fiches != kit.cases[0].fiches
    assert changed.cases[0].id == "c1"


def test_cases_come_to_an_end_with_a_clear_message(workshop: Workshop, kit: Kit) -> None:
    many = replace(
        kit, cases=tuple(replace(kit.cases[0], id=f"c{n}", fiches=(f.id,)) for n, f in enumerate(workshop.index.fiches))
    )
    with pytest.raises(KitError, match="déjà dans la séance"):
        workshop.another_case(many, "c0")


def test_another_discussion_is_on_another_tension(workshop: Workshop, kit: Kit) -> None:
    changed = workshop.another_discussion(kit, "d1")
    assert changed.discussions[0].tension not in {discussion.tension for discussion in kit.discussions}


def test_another_item_asks_something_else_and_keeps_its_place(workshop: Workshop, kit: Kit) -> None:
    changed = workshop.another_item(kit, kit.items[1].id)
    assert changed.items[1].stem.text not in {item.stem.text for item in kit.items}
    quiz = next(sequence for sequence in changed.sequences if sequence.kind is SequenceKind.QUIZ)
    assert quiz.holds[1] == changed.items[1].id


def test_other_points_go_round_all_that_the_fiche_says(workshop: Workshop, kit: Kit) -> None:
    sequence = next(sequence for sequence in kit.sequences if sequence.kind is SequenceKind.BASICS)
    at, seen, changed = kit.sequences.index(sequence), set(), kit
    for _ in range(5):
        changed = workshop.another_point(changed, sequence.id, 0)
        seen.add(changed.sequences[at].points[0].text)
    assert len(seen) == 5


@pytest.mark.parametrize("change", ["another_case", "another_discussion", "another_item"])
def test_what_is_not_in_the_kit_cannot_be_replaced(workshop: Workshop, kit: Kit, change: str) -> None:
    with pytest.raises(KitError):
        getattr(workshop, change)(kit, "zz")


def test_a_point_that_is_not_in_the_sequence_cannot_be_replaced(workshop: Workshop, kit: Kit) -> None:
    with pytest.raises(KitError):
        workshop.another_point(kit, kit.sequences[0].id, 99)


def test_a_kit_just_made_passes_the_check_of_those_that_come_from_elsewhere(of_theme: Kit, workshop: Workshop) -> None:
    checked = check(of_theme, workshop.index, workshop.teaching)
    assert checked.faults == ()
    assert checked.kit == of_theme


def test_a_shared_kit_is_the_same_under_an_id_of_its_own(kit: Kit, workshop: Workshop) -> None:
    opened = workshop.open(kit_json(kit).encode())
    assert opened.faults == ()
    assert replace(opened.kit, id=kit.id) == kit
    assert opened.kit.id != kit.id
