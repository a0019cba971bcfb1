"""A trainer's edits: each gives another kit, says whose words are whose, and loses nothing that cannot come back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kits import KIT, NETWORK, PAID

from assistant.kits.editing import (
    add_item,
    add_sequence,
    add_statement,
    duplicate,
    fit,
    move,
    move_to,
    remove,
    remove_statement,
    rename,
    restore,
    retime,
    rewrite,
)
from assistant.kits.editing.place import statement_at
from assistant.kits.kit import Item, ItemKind, Kit, Origin, SequenceKind, Statement
from ingest.errors import KitError

REWRITABLE = [
    *("title", "aims/0", "sequences/s3/title", "sequences/s2/activity/1", "sequences/s2/points/0", "cases/c1/title"),
    *("cases/c1/situation/0", "cases/c1/obstacles/0", "cases/c1/tasks/0", "cases/c1/outcome/0"),
    *("discussions/d1/question", "discussions/d1/sides/0", "items/q1/stem", "items/q1/options/2", "items/q3/points/0"),
]
REPORTED = [where for where in REWRITABLE if statement_at(KIT, where).origin is Origin.REPORT]
NOWHERE = [
    *("", "/", "aims", "aims/2", "aims/-1", "aims/٣", "aims/1/text", "sequences", "sequences/s9/title", "made"),
    *("sequences/s2/minutes", "sequences/s2/points", "cases/c1/tasks/x", "items/q1/proof/0", "comparison/sentences/0"),
]
LED = replace(
    KIT,
    cases=(
        replace(
            KIT.cases[0],
            outcome=(
                Statement("Une.", Origin.REPORT, (PAID,), "Fiche 4a :"),
                Statement("Deux.", Origin.REPORT, (NETWORK,)),
            ),
        ),
    ),
)
"""A kit whose case tells two things after one lead."""


def item(kit: Kit, identifier: str) -> Item:
    return next(one for one in kit.items if one.id == identifier)


def ids(kit: Kit) -> list[str]:
    return [sequence.id for sequence in kit.sequences]


def refusal(edit: Callable[[], Kit]) -> str:
    with pytest.raises(KitError) as error:
        edit()
    return str(error.value)


@pytest.mark.parametrize("where", REWRITABLE)
def test_what_the_trainer_writes_is_the_trainers_and_claims_no_proof(where: str) -> None:
    said = statement_at(rewrite(KIT, where, "  Mes mots\nà moi. "), where)
    assert (said.text, said.origin, said.citations, said.lead) == ("Mes mots à moi.", Origin.TRAINER, (), "")


@pytest.mark.parametrize("where", REPORTED)
def test_the_words_of_the_report_come_back_as_they_were_however_often_they_were_rewritten(where: str) -> None:
    rewritten = rewrite(rewrite(KIT, where, "Une fois."), where, "Deux fois.")
    assert statement_at(rewritten, where).was == statement_at(KIT, where)
    assert restore(rewritten, where) == KIT


@pytest.mark.parametrize("where", REWRITABLE)
def test_the_same_words_change_nothing(where: str) -> None:
    assert rewrite(KIT, where, f" {statement_at(KIT, where).text}\n") is KIT


@pytest.mark.parametrize("where", set(REWRITABLE) - set(REPORTED))
def test_where_the_report_said_nothing_nothing_of_it_comes_back(where: str) -> None:
    assert "pas de mots du rapport" in refusal(lambda: restore(rewrite(KIT, where, "Mes mots."), where))


@pytest.mark.parametrize("where", NOWHERE)
def test_an_address_that_leads_nowhere_is_refused(where: str) -> None:
    for edit in (
        lambda: rewrite(KIT, where, "Mes mots."),
        lambda: restore(KIT, where),
        lambda: remove_statement(KIT, f"{where}/9"),
        lambda: add_statement(KIT, f"{where}/points", "Mes mots."),
    ):
        assert refusal(edit)


@given(st.text(max_size=30))
def test_no_address_raises_anything_but_a_message(where: str) -> None:
    for edit in (rewrite, add_statement):
        with suppress(KitError):
            edit(KIT, where, "Mes mots.")


@pytest.mark.parametrize("blank", ["", " \n\t", "\u202e\0"])
def test_blank_words_are_refused(blank: str) -> None:
    assert "est vide" in refusal(lambda: rewrite(KIT, "aims/0", blank))
    assert "est vide" in refusal(lambda: add_statement(KIT, "aims", blank))
    assert "est vide" in refusal(lambda: rename(KIT, blank))


def test_too_many_words_are_refused_with_how_many_are_left() -> None:
    assert "compte 601 caractères. Raccourcissez-le à 600" in refusal(lambda: rewrite(KIT, "aims/0", "m" * 601))
    assert "Raccourcissez-le à 120" in refusal(lambda: rename(KIT, "m" * 121))


def test_what_leads_in_several_statements_passes_on_to_those_that_are_left() -> None:
    where = "cases/c1/outcome/0"
    for changed in (rewrite(LED, where, "Mes mots."), remove_statement(LED, where)):
        assert changed.cases[0].outcome[-1].lead == "Fiche 4a :"
    assert restore(rewrite(LED, where, "Mes mots."), where) == LED


def test_an_answer_in_the_trainers_words_is_true_of_no_fiche() -> None:
    where = "items/q1/options/0"
    rewritten = rewrite(KIT, where, "Une réponse à moi")
    assert [option.of for option in item(rewritten, "q1").options] == ["", "4a", "3b"]
    assert restore(rewritten, where) == KIT


def test_true_and_false_stay_as_they_are() -> None:
    assert "« Vrai » et « Faux » restent" in refusal(lambda: rewrite(KIT, "items/q2/options/0", "Oui"))


def test_two_answers_never_say_the_same() -> None:
    said = item(KIT, "q1").options[1].statement.text.upper()
    assert "dit déjà cela" in refusal(lambda: rewrite(KIT, "items/q1/options/0", said))
    assert rewrite(KIT, "items/q1/options/1", said) != KIT


def test_a_copy_has_an_id_and_a_title_of_its_own_and_all_the_rest() -> None:
    copy = duplicate(KIT)
    assert copy.title.text == f"Copie de {KIT.title.text}"
    assert replace(copy, id=KIT.id, title=KIT.title) == KIT
    assert len({KIT.id, copy.id, duplicate(KIT).id}) == 3
    assert duplicate(KIT, KIT.title.text).title == KIT.title
    assert duplicate(KIT, "La mienne").title == Statement("La mienne", Origin.TRAINER)
    assert len(duplicate(rename(KIT, "mot " * 29)).title.text) <= 120


def test_sequences_are_moved_and_stop_at_the_ends() -> None:
    assert ids(move(KIT, "s2", 1)) == ["s1", "s3", "s2", "s4", "s5"]
    assert move(move(KIT, "s2", 1), "s2", -1) == KIT
    assert move(KIT, "s1", -1) is move(KIT, "s5", 1) is move(KIT, "q1", -1) is move(KIT, "d1", 1) is KIT


def test_a_question_is_moved_in_its_quiz_and_in_the_kit() -> None:
    moved = move(KIT, "q3", -1)
    assert moved.sequences[-1].holds == ("q1", "q3", "q2")
    assert [one.id for one in moved.items] == ["q1", "q3", "q2"]


def test_what_a_quiz_holds_never_changes_places_with_what_another_holds() -> None:
    other = replace(KIT.sequences[1], holds=("q2",))
    parted = replace(KIT, sequences=(KIT.sequences[0], other, replace(KIT.sequences[4], holds=("q1", "q3"))))
    moved = move(parted, "q1", 1)
    assert [s.holds for s in moved.sequences] == [(), ("q2",), ("q3", "q1")]
    assert [one.id for one in moved.items] == ["q3", "q2", "q1"]


@given(st.permutations(ids(KIT)))
def test_any_order_of_the_sequences_keeps_them_all(order: list[str]) -> None:
    moved = move_to(KIT, order)
    assert ids(moved) == order
    assert move_to(moved, ids(KIT)) == KIT


@pytest.mark.parametrize("order", [[], ["s1"], ["s1", "s2", "s3", "s4", "s4"], ["q1", "q2", "c1"], ["zz"]])
def test_an_order_that_is_not_of_one_row_is_refused(order: list[str]) -> None:
    assert refusal(lambda: move_to(KIT, order))


def test_one_sequence_is_timed_again_and_the_others_stay() -> None:
    timed = retime(KIT, "s2", 45)
    assert [s.minutes for s in timed.sequences] == [5, 45, 10, 20, 10]
    assert timed.minutes - timed.request.minutes == 30


@pytest.mark.parametrize("minutes", [0, -5, 841])
def test_minutes_that_no_sequence_has_are_refused(minutes: int) -> None:
    assert "de 1 à 840 minutes" in refusal(lambda: retime(KIT, "s2", minutes))
    assert "de 1 à 840 minutes" in refusal(lambda: add_sequence(KIT, "Ma séquence", minutes, "", "s1"))


@given(st.lists(st.integers(1, 840), min_size=5, max_size=5), st.integers(30, 840))
def test_fitted_sequences_add_up_to_what_was_asked_for_or_it_is_said_why_not(minutes: list[int], asked: int) -> None:
    kit = replace(KIT, request=replace(KIT.request, minutes=asked))
    for sequence, length in zip(ids(KIT), minutes, strict=True):
        kit = retime(kit, sequence, length)
    if minutes[2] + 4 * 3 > asked and kit.minutes != asked:
        assert "ne tiennent pas" in refusal(lambda: fit(kit))
        return
    fitted = fit(kit)
    assert fitted.minutes == asked
    assert fitted.sequences[2].minutes == minutes[2]
    assert fitted is kit or all(s.minutes >= 3 for s in fitted.sequences if s.kind is not SequenceKind.BREAK)
    assert fit(fitted) is fitted


def test_fitting_keeps_to_five_minutes_and_to_what_was_longer() -> None:
    kit = retime(KIT, "s2", 65)
    assert [s.minutes for s in fit(kit).sequences] == [5, 30, 10, 10, 5]


def test_a_session_of_nothing_but_breaks_cannot_be_fitted() -> None:
    assert "que des pauses" in refusal(lambda: fit(replace(KIT, sequences=(KIT.sequences[2],))))


def test_the_times_that_the_tools_activities_name_add_up_to_the_new_length(kit: Kit) -> None:
    case = next(sequence for sequence in kit.sequences if sequence.kind is SequenceKind.CASE)
    said = [statement.text.rpartition(" (")[2] for statement in retime(kit, case.id, 70).sequences[5].activity]
    assert said == ["10\u00a0min)", "30\u00a0min)", "20\u00a0min)", "10\u00a0min)"]
    assert not any("min)" in statement.text for statement in retime(kit, case.id, 3).sequences[5].activity)
    assert [s.text for s in retime(retime(kit, case.id, 70), case.id, case.minutes).sequences[5].activity] == [
        s.text for s in case.activity
    ]


def test_a_sequence_that_is_removed_leaves_in_reserve_what_it_worked_on() -> None:
    left = remove(KIT, "s5")
    assert ids(left) == ["s1", "s2", "s3", "s4"]
    assert left.items == KIT.items


@pytest.mark.parametrize("identifier", ["c1", "d1", "q1"])
def test_what_is_removed_is_held_no_more(identifier: str) -> None:
    left = remove(KIT, identifier)
    assert identifier not in [one.id for several in (left.cases, left.discussions, left.items) for one in several]
    assert not any(identifier in sequence.holds for sequence in left.sequences)
    assert refusal(lambda: remove(left, identifier))


def test_the_last_sequence_stays() -> None:
    assert "au moins une séquence" in refusal(lambda: remove(replace(KIT, sequences=KIT.sequences[:1]), "s1"))


@pytest.mark.parametrize("where", [where for where in REWRITABLE if where[-1].isdigit() and "/options/" not in where])
def test_a_statement_of_a_list_is_removed_and_the_others_stay(where: str) -> None:
    left = remove_statement(KIT, where)
    assert len(list(left.statements())) < len(list(KIT.statements()))
    assert statement_at(KIT, where) not in [s for s in left.statements() if where.startswith("cases")]


@pytest.mark.parametrize("where", ["title", "sequences/s1/title", "discussions/d1/question", "items/q1/stem"])
def test_a_title_or_a_question_can_be_rewritten_but_not_removed(where: str) -> None:
    assert "réécrit, mais pas retiré" in refusal(lambda: remove_statement(KIT, where))


def test_a_question_keeps_its_right_answer_and_enough_wrong_ones() -> None:
    assert "La bonne réponse" in refusal(lambda: remove_statement(KIT, "items/q1/options/1"))
    assert "au moins 3 réponses" in refusal(lambda: remove_statement(KIT, "items/q1/options/0"))
    assert "seul point attendu" in refusal(
        lambda: remove_statement(remove_statement(KIT, "items/q3/points/0"), "items/q3/points/0")
    )


def test_a_point_that_is_expected_no_more_proves_no_more() -> None:
    assert len(item(remove_statement(KIT, "items/q3/points/0"), "q3").proof) == 1


def test_a_sequence_of_the_trainers_is_put_after_another() -> None:
    added = add_sequence(KIT, "Un film", 25, "Regarder ensemble.", "s2")
    assert ids(added) == ["s1", "s2", "s6", "s3", "s4", "s5"]
    own = added.sequences[2]
    assert (own.kind, own.minutes, own.title.origin, len(own.activity)) == (SequenceKind.OWN, 25, Origin.TRAINER, 1)
    assert ids(add_sequence(KIT, "Un film", 25, " ", ""))[0] == "s6"
    assert refusal(lambda: add_sequence(KIT, "Un film", 25, "", "s9"))


@pytest.mark.parametrize(
    "where", ["aims", "sequences/s1/points", "sequences/s1/activity", "cases/c1/tasks", "discussions/d1/sides"]
)
def test_what_the_trainer_adds_comes_last_and_is_the_trainers(where: str) -> None:
    added = add_statement(KIT, where, "Mon point.")
    (new,) = [s for s in added.statements() if s not in list(KIT.statements())]
    assert new == Statement("Mon point.", Origin.TRAINER)
    assert added.request == KIT.request


def test_a_question_of_the_trainers_is_asked_last_and_says_nothing_of_the_report() -> None:
    added = add_item(KIT, "Et chez nous ?", ["Oui", " ", "Non"], 2)
    new = item(added, "q4")
    assert added.sequences[-1].holds == ("q1", "q2", "q3", "q4")
    assert [(option.statement.text, option.right) for option in new.options] == [("Oui", False), ("Non", True)]
    assert (new.own, new.proof, new.kind) == (True, (), ItemKind.CHOICE)
    assert item(add_item(KIT, "Et chez nous ?", [], 0), "q4").kind is ItemKind.OPEN


@pytest.mark.parametrize(
    ("options", "right", "why"),
    [
        (["Oui", "Non"], 2, "laquelle"),
        (["Oui", " "], 1, "laquelle"),
        (["Oui"], 0, "de 2 à 8"),
        ([*"abcdefghi"], 0, "de 2 à 8"),
        (["Oui", "OUI"], 0, "la même chose"),
    ],
)
def test_a_question_without_clear_answers_is_refused(options: list[str], right: int, why: str) -> None:
    assert why in refusal(lambda: add_item(KIT, "Et chez nous ?", options, right))


def test_no_edit_changes_the_kit_that_it_began_with() -> None:
    before = repr(KIT)
    fit(retime(move(remove_statement(rewrite(KIT, "title", "Autre"), "aims/0"), "q1", 1), "s1", 30))
    assert repr(KIT) == before
