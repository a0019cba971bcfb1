"""The workshop's page without a browser: what it shows of a kit, and what it does with what the trainer does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kits import KIT

from assistant.chain import Assistant
from assistant.database import Database, KeptKit, Kits
from assistant.kits.editing import retime, rewrite
from assistant.kits.kit import Audience, Kit, Origin
from assistant.kits.workshop import Workshop
from ingest.errors import KitError
from ingest.outline import THEMES
from ingest.settings import Settings
from ui.workshop import labels
from ui.workshop.bench import Bench
from ui.workshop.edits import edited
from ui.workshop.form import Fields
from ui.workshop.layout import kit_view
from ui.workshop.shelf import file_of
from ui.workshop.views import GroupView, KitView, SourceView, StatementView


def view_of(kit: Kit, assistant: Assistant) -> KitView:
    return kit_view(Bench(KeptKit(kit, 3, kit.made, ""), 3), assistant.fiches)


def groups(view: KitView) -> Iterator[GroupView]:
    yield view.aims
    for sequence in view.sequences:
        yield from sequence.groups
        for block in sequence.blocks:
            yield from block.groups
    for block in view.reserve:
        yield from block.groups


def statements(view: KitView) -> Iterator[StatementView]:
    for group in groups(view):
        yield from group.statements
    for sequence in view.sequences:
        yield sequence.title
    for block in (*(block for sequence in view.sequences for block in sequence.blocks), *view.reserve):
        if block.head:
            yield block.head
        if block.table:
            yield from (line for row in block.table.rows for cell in row.cells for line in cell)


def sources(view: KitView) -> list[SourceView]:
    return [source for statement in statements(view) for source in statement.sources]


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_every_statement_of_a_kit_is_shown(assistant: Assistant):
    shown = {statement.text for statement in statements(view_of(KIT, assistant))}
    assert {s.text for s in KIT.statements()} - shown == {KIT.title.text}


def test_what_the_report_says_has_its_sources_and_nothing_else_has_any(assistant: Assistant):
    proved = {s.text for s in KIT.statements() if s.origin is Origin.REPORT}
    proved |= {sentence.text for sentence in KIT.comparison.sentences}
    assert {s.text for s in statements(view_of(KIT, assistant)) if s.sources} == proved


def test_the_same_words_keep_their_number_and_others_have_another(assistant: Assistant):
    numbered = {(source.number, source.quote) for source in sources(view_of(KIT, assistant))}
    assert sorted(number for number, _ in numbered) == list(range(1, len(numbered) + 1))
    assert len({quote for _, quote in numbered}) == len(numbered)


def test_a_source_is_named_by_its_place_and_leads_to_its_words(assistant: Assistant):
    first = view_of(KIT, assistant).sequences[1].groups[1].statements[0].sources[0]
    assert first.name == "source 1 : fiche 4a, p. 86 et suivantes"
    assert first.link.address.startswith("lire?passage=fiche-4a")


def test_what_the_tool_proposes_is_said_to_be_once_for_each_group(assistant: Assistant):
    view = view_of(KIT, assistant)
    activity, points = view.sequences[1].groups
    assert (activity.origin, points.origin) == (labels.BY_TOOL, "")
    assert view.sequences[1].origin == labels.BY_TOOL
    assert {block.origin for block in view.sequences[4].blocks} == {labels.BY_TOOL}


def test_the_trainers_words_are_marked_among_those_of_the_tool(assistant: Assistant):
    aims = view_of(KIT, assistant).aims
    assert (aims.origin, [s.notes for s in aims.statements]) == (labels.BY_TOOL, [(), (labels.BY_TRAINER,)])


def test_rewritten_words_are_the_trainers_and_those_of_the_report_can_come_back(assistant: Assistant):
    kit = rewrite(KIT, "sequences/s2/points/0", "Les communes paient.")
    shown = view_of(kit, assistant).sequences[1].groups[1].statements[0]
    assert (shown.text, shown.sources, shown.notes) == ("Les communes paient.", (), (labels.BY_TRAINER,))
    assert shown.was == KIT.sequences[1].points[0].text


def test_the_right_answer_is_said_in_words_and_a_wrong_one_says_where_it_is_true(assistant: Assistant):
    options = view_of(KIT, assistant).sequences[4].blocks[0].groups[0].statements
    assert [option.notes for option in options] == [("vrai de la fiche 1c",), (labels.RIGHT,), ("vrai de la fiche 3b",)]


def test_what_no_sequence_works_on_is_in_reserve(assistant: Assistant):
    view = view_of(KIT, assistant)
    assert [block.name for block in view.reserve] == [labels.DISCUSSION, labels.COMPARISON]
    assert [block.id for block in view.sequences[3].blocks] == ["c1"]


def test_only_the_first_and_the_last_of_a_sequence_cannot_be_moved_further(assistant: Assistant):
    blocks = view_of(KIT, assistant).sequences[4].blocks
    assert [(block.first, block.last) for block in blocks] == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize(
    ("minutes", "total", "difference"),
    [
        (5, "Total : 1\u00a0h, comme demandé.", ""),
        (15, "Total : 1\u00a0h\u00a010.", "C'est 10\u00a0min de trop pour 1\u00a0h."),
        (3, "Total : 58\u00a0min.", "Il manque 2\u00a0min pour 1\u00a0h."),
    ],
)
def test_the_outline_says_what_is_missing_or_too_much(assistant: Assistant, minutes: int, total: str, difference: str):
    outline = view_of(retime(KIT, "s1", minutes), assistant).outline
    assert (outline.total, outline.difference) == (total, difference)


def test_the_outline_gives_each_sequence_its_hour(assistant: Assistant):
    (day,) = view_of(KIT, assistant).outline.days
    assert [slot.clock for slot in day.slots][:3] == ["9\u00a0h\u00a000", "9\u00a0h\u00a005", "9\u00a0h\u00a020"]


def test_the_head_counts_what_is_proved(assistant: Assistant):
    assert view_of(KIT, assistant).count.startswith("15 énoncés attribués au rapport, 15 prouvés")


def test_the_proofs_of_an_item_cannot_be_rewritten(assistant: Assistant):
    blocks = view_of(KIT, assistant).sequences[4].blocks
    proofs = [g for block in blocks for g in block.groups if g.name == labels.PROOF]
    assert {statement.where for group in proofs for statement in group.statements} == {""}


# --- what the trainer does --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "change"),
    [
        ({"kind": "move", "id": "s1", "step": 1}, labels.MOVED),
        ({"kind": "retime", "id": "s1", "minutes": 10}, labels.RETIMED),
        ({"kind": "remove", "id": "q1"}, labels.REMOVED),
        ({"kind": "take-out", "where": "sequences/s2/points/0"}, labels.REMOVED),
        ({"kind": "rewrite", "where": "cases/c1/tasks/0", "text": "Que faire ?"}, labels.REWRITTEN),
        ({"kind": "add", "where": "sequences/s2/points", "text": "Un point à moi."}, labels.ADDED),
        (
            {"kind": "add-sequence", "title": "Jeu", "minutes": 5, "activity": "Jouer.", "after": "s1"},
            labels.SEQUENCE_ADDED,
        ),
        ({"kind": "add-item", "stem": "Et vous ?", "options": ["Oui", "Non"], "right": 0}, labels.ITEM_ADDED),
        ({"kind": "another", "id": "c1"}, labels.OTHER_CASE),
        ({"kind": "another", "id": "d1"}, labels.OTHER_DISCUSSION),
        ({"kind": "another", "id": "q1"}, labels.OTHER_ITEM),
        ({"kind": "another-point", "where": "sequences/s2/points/0"}, labels.OTHER_POINT),
    ],
)
def test_each_action_is_an_edit_of_its_own(assistant: Assistant, action: object, change: str):
    edit = edited(KIT, action, assistant.workshop)
    assert edit is not None
    assert edit.change == change
    assert edit.kit != KIT


@pytest.mark.parametrize(
    "action",
    [
        None,
        {"kind": "explode"},
        {"kind": "move", "id": "s1", "step": 7},
        {"kind": "retime", "id": "s1", "minutes": "dix"},
        {"kind": "another", "id": "s1"},
        {"kind": "another-point", "where": "sequences/s2/points/x"},
        {"kind": "add-item", "stem": "?", "options": "Oui", "right": 0},
    ],
)
def test_what_the_component_cannot_have_sent_is_ignored(assistant: Assistant, action: object):
    assert edited(KIT, action, assistant.workshop) is None


def test_an_edit_that_cannot_be_is_refused_in_french(assistant: Assistant):
    with pytest.raises(KitError, match="vide"):
        edited(KIT, {"kind": "rewrite", "where": "sequences/s2/points/0", "text": " "}, assistant.workshop)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Kits]:
    database = Database.open(Settings(home=tmp_path / "kits"))
    yield Kits(database)
    database.close()


@pytest.fixture
def bench(store: Kits) -> Bench:
    return Bench.of(store.keep(KIT, labels.MADE))


DOWN = {"kind": "move", "id": "s1", "step": 1}
REMOVE = {"kind": "remove", "id": "s3"}


def test_an_edit_is_kept_as_a_new_version_and_said(assistant: Assistant, bench: Bench, store: Kits):
    bench.act(DOWN, assistant.workshop, store)
    assert (bench.kept.version, bench.done.said, bench.done.trouble) == (2, f"{labels.MOVED}.", "")
    assert store.read(KIT.id).kit == bench.kit


def test_an_action_that_changes_nothing_keeps_nothing_and_says_so(assistant: Assistant, bench: Bench, store: Kits):
    bench.act({"kind": "move", "id": "s1", "step": -1}, assistant.workshop, store)
    assert (bench.kept.version, bench.done.said) == (1, labels.UNCHANGED)


def test_each_action_has_its_number_so_that_the_page_knows_it_is_done(assistant: Assistant, bench: Bench, store: Kits):
    for action in (DOWN, {"kind": "undo"}, {"kind": "undo"}, {"kind": "take"}, {"kind": "read-again"}, None):
        before = bench.done.number
        bench.act(action, assistant.workshop, store)
        assert bench.done.number > before


def test_undoing_twice_goes_back_by_two_and_loses_nothing(assistant: Assistant, bench: Bench, store: Kits):
    for action in (DOWN, REMOVE, {"kind": "undo"}, {"kind": "undo"}):
        bench.act(action, assistant.workshop, store)
    assert bench.kit == KIT
    assert not bench.undoable
    assert [version.number for version in store.versions(KIT.id)] == [5, 4, 3, 2, 1]


def test_what_was_modified_elsewhere_is_not_written_over(assistant: Assistant, bench: Bench, store: Kits):
    other = Bench.of(store.read(KIT.id))
    other.act(DOWN, assistant.workshop, store)
    bench.act(REMOVE, assistant.workshop, store)
    assert (bench.kit, bench.done.outdated) == (KIT, True)
    bench.act({"kind": "read-again"}, assistant.workshop, store)
    assert (bench.kit, bench.done.trouble) == (other.kit, "")


def test_a_change_that_the_database_refuses_leaves_the_kit_and_is_told(assistant: Assistant, bench: Bench, store: Kits):
    store.delete(KIT.id)
    bench.act(DOWN, assistant.workshop, store)
    assert bench.kit == KIT
    assert "supprimée" in bench.done.trouble


def test_what_is_told_of_a_file_goes_with_the_first_action(assistant: Assistant, store: Kits):
    bench = Bench.of(store.keep(KIT), ("Ceci a été mis de côté :", "<b>Un point.</b>"))
    assert kit_view(bench, assistant.fiches).told == ("Ceci a été mis de côté :", "<b>Un point.</b>")
    bench.act(DOWN, assistant.workshop, store)
    assert kit_view(bench, assistant.fiches).told == ()


def fields(**changed: object) -> Fields:
    asked = Fields(("3",), (), Audience.STUDENTS, "2h30", 12, "13h30", ("comparer", "definir"), " Écouter. \n\n")
    return replace(asked, **changed)


def test_the_form_asks_for_what_its_fields_say():
    asked = fields().request()
    assert (asked.minutes, asked.start, asked.own_aims) == (150, 810, ("Écouter.",))
    assert asked.verbs == ("definir", "comparer")


@pytest.mark.parametrize("changed", [{"duration": "longtemps"}, {"duration": ""}, {"start": "midi"}])
def test_a_field_that_is_not_understood_is_told(changed: dict[str, object]):
    with pytest.raises(KitError):
        fields(**changed).request()


@pytest.mark.parametrize("duration", labels.DURATIONS)
def test_every_duration_that_is_offered_is_understood(duration: str):
    assert fields(duration=duration).request().minutes >= 30


def test_a_kit_made_from_the_form_is_shown(assistant: Assistant):
    kit = Workshop(assistant.index).make(fields(themes=tuple(THEMES)).request())
    view = view_of(kit, assistant)
    assert len(view.sequences) == len(kit.sequences)
    assert asdict(view)["title"] == kit.title.text


# --- the file that is opened ------------------------------------------------------------------------------------------


def test_the_bytes_of_a_file_come_as_they_were():
    assert file_of({"kind": "open", "file": "w6k="}) == "é".encode()


@pytest.mark.parametrize("action", [None, {"kind": "open"}, {"kind": "open", "file": "é"}, {"kind": "search"}])
def test_what_is_no_file_is_not_opened(action: object):
    assert file_of(action) is None


def test_a_kept_kit_says_when_it_was_changed():
    said = labels.kept(Audience.STUDENTS, 180, datetime(2026, 3, 1, 12, tzinfo=UTC), 4)
    assert said == "3\u00a0h · étudiants · modifiée le 01/03/2026 · 4 versions"
