"""Kits are kept as they were, version after version, and gone when they are deleted; nobody's edit is lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from kits import KIT
from sqlalchemy import make_url, text

from assistant.database import Conversations, Database, Kits, migrations
from assistant.kits.editing import duplicate, move, rename, retime, rewrite
from assistant.kits.kit import Audience, Kit, Origin, Statement
from ingest.errors import KitError, KitMissing, StorageError
from ingest.settings import Settings
from vectorstore.index import Index

LONGER = retime(KIT, "s2", 45)


@pytest.fixture
def store(database: Database) -> Kits:
    return Kits(database)


def refusal(attempt: Callable[[], object], error: type[KitError] = KitError) -> str:
    with pytest.raises(error) as caught:
        attempt()
    return str(caught.value)


def numbers(store: Kits) -> list[int]:
    return [version.number for version in store.versions(KIT.id)]


def damage(database: Database, content: str) -> None:
    """Put other words in the place of what was kept last."""
    with database.writing() as session:
        session.execute(text("UPDATE kit_versions SET content = :content WHERE number = 1"), {"content": content})


def test_a_kit_is_read_again_as_it_was_kept(store: Kits, kit: Kit) -> None:
    for whole in (KIT, kit, duplicate(rewrite(KIT, "sequences/s2/points/0", "« Œuvre » 😀 \u202f50 %"))):
        kept = store.keep(whole, "Séance préparée")
        assert (kept.kit, kept.version, kept.change) == (whole, 1, "Séance préparée")
        assert store.read(whole.id) == kept


def test_each_edit_is_a_version_that_can_be_read(store: Kits) -> None:
    store.keep(KIT, "Séance préparée")
    store.keep(LONGER, "Durée changée", based_on=1)
    assert [(v.number, v.change) for v in store.versions(KIT.id)] == [(2, "Durée changée"), (1, "Séance préparée")]
    assert (store.read(KIT.id, 1).kit, store.read(KIT.id, 2).kit, store.read(KIT.id).kit) == (KIT, LONGER, LONGER)


def test_a_kit_that_is_as_it_was_keeps_nothing(store: Kits) -> None:
    first = store.keep(KIT, "Séance préparée")
    assert store.keep(move(KIT, "s1", -1), "Ordre changé") == first
    assert numbers(store) == [1]


def test_an_earlier_version_comes_back_as_a_new_one(store: Kits) -> None:
    store.keep(KIT)
    store.keep(LONGER)
    back = store.restore(KIT.id, 1)
    assert (back.kit, back.version, back.change) == (KIT, 3, "Retour à la version 1")
    assert store.read(KIT.id, 2).kit == LONGER
    assert store.restore(KIT.id, 3) == back


def test_an_edit_of_what_was_edited_elsewhere_is_refused_and_nothing_is_lost(store: Kits) -> None:
    store.keep(KIT)
    store.keep(LONGER, based_on=1)
    assert "a été modifiée ailleurs" in refusal(lambda: store.keep(rename(KIT, "Autre"), based_on=1))
    assert store.read(KIT.id).kit == LONGER
    assert numbers(store) == [2, 1]


def test_of_many_edits_of_one_version_at_once_one_is_kept(store: Kits) -> None:
    store.keep(KIT)

    def edit(minutes: int) -> bool:
        try:
            store.keep(retime(KIT, "s2", minutes), based_on=1)
        except KitError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(edit, range(20, 28))) == 1
    assert numbers(store) == [2, 1]


def test_a_kit_that_was_deleted_is_said_to_be_missing_and_does_not_come_back(store: Kits) -> None:
    store.keep(KIT)
    store.delete(KIT.id)
    store.delete(KIT.id)
    for attempt in (
        lambda: store.read(KIT.id),
        lambda: store.versions(KIT.id),
        lambda: store.restore(KIT.id, 1),
        lambda: store.keep(LONGER, based_on=1),
        lambda: store.read("n'importe \0 quoi \ud83d"),
    ):
        assert "n'existe pas, ou elle a été supprimée" in refusal(attempt, KitMissing)
    assert store.count() == 0


def test_a_version_that_was_never_kept_is_said_to_be_missing(store: Kits) -> None:
    store.keep(KIT)
    for number in (0, 2, -1):
        with pytest.raises(KitMissing):
            store.read(KIT.id, number)


def test_deleting_a_kit_leaves_the_others_and_nothing_of_its_versions(store: Kits, database: Database) -> None:
    other = duplicate(KIT)
    store.keep(KIT)
    store.keep(LONGER)
    store.keep(other)
    store.delete(KIT.id)
    assert [line.id for line in store.lines()] == [other.id]
    with database.reading() as session:
        assert list(session.scalars(text("SELECT kit FROM kit_versions"))) == [other.id]


def test_deleting_all_conversations_leaves_the_kits_and_the_other_way_round(store: Kits, database: Database) -> None:
    conversations = Conversations(database)
    store.keep(KIT)
    conversations.add_failure("Qui paie ?", "Panne.")
    conversations.delete_all()
    assert (store.count(), conversations.count()) == (1, 0)
    conversations.add_failure("Qui paie ?", "Panne.")
    store.delete_all()
    assert (store.count(), conversations.count()) == (0, 1)


def test_what_was_deleted_is_gone_from_the_files_of_the_database(tmp_path: Path) -> None:
    with closing(Database.open(Settings(home=tmp_path))) as database:
        store = Kits(database)
        store.keep(rename(KIT, "Une séance très reconnaissable"))
        assert any(b"reconnaissable" in file.read_bytes() for file in tmp_path.glob("pratiques.db*"))
        store.delete(KIT.id)
        assert not any(b"reconnaissable" in file.read_bytes() for file in tmp_path.glob("pratiques.db*"))


def test_kits_are_listed_by_their_last_edit_newest_first_with_what_they_are_for(store: Kits) -> None:
    other = duplicate(KIT)
    store.keep(KIT)
    store.keep(other)
    kept = store.keep(rename(LONGER, "La mienne"))
    first, second = store.lines()
    assert (first.id, first.title, first.audience, first.minutes) == (KIT.id, "La mienne", Audience.STUDENTS, 60)
    assert (first.updated, first.versions) == (kept.kept, 2)
    assert (second.id, second.versions) == (other.id, 1)
    assert [line.id for line in store.lines(limit=1)] == [KIT.id]


@pytest.mark.parametrize(
    "words", ["", "seance", "SÉANCE fiches", "essoufflement", "  gironde\tquiz ", "0,99", "%", "_"]
)
def test_a_kit_is_found_by_all_of_the_words_of_its_title_and_statements(store: Kits, words: str) -> None:
    store.keep(rename(KIT, "Séance sur 2 fiches, 50 % de x_y"))
    store.keep(rename(add_nothing(KIT), "Vide"))
    assert KIT.id in [line.id for line in store.lines(words)]


def add_nothing(kit: Kit) -> Kit:
    return replace(duplicate(kit), items=(), cases=(), discussions=())


@pytest.mark.parametrize("words", ["montgolfière", "séance montgolfière", "x%y", "\\", " ".join(map(str, range(900)))])
def test_a_kit_without_one_of_the_words_is_not_found(store: Kits, words: str) -> None:
    store.keep(KIT)
    assert store.lines(words) == []


@pytest.mark.parametrize("content", ["", "{", '{"format": "pratiques-kit", "version": 2, "kit": {}}'])
def test_a_version_that_is_damaged_or_newer_is_named_and_the_others_can_be_read(
    store: Kits, database: Database, content: str, index: Index
) -> None:
    store.keep(KIT)
    damage(database, content)
    said = refusal(lambda: store.read(KIT.id))
    assert f"« {KIT.title.text} » (version 1) est abîmée" in said
    assert "Mettez Pratiques à jour" in said
    assert store.faults(index) == [said]
    assert [line.id for line in store.lines()] == [KIT.id]
    assert store.keep(LONGER, based_on=1).version == 2
    assert store.read(KIT.id).kit == LONGER
    assert refusal(lambda: store.restore(KIT.id, 1)) == said


def test_a_citation_that_is_not_at_its_place_any_more_is_found(store: Kits, index: Index) -> None:
    store.keep(KIT)
    assert store.faults(index) == []
    point = KIT.sequences[1].points[0]
    moved = replace(point.citations[0], start=point.citations[0].start + 1, end=point.citations[0].end + 1)
    points = (replace(point, citations=(moved,)),)
    sequences = (KIT.sequences[0], replace(KIT.sequences[1], points=points), *KIT.sequences[2:])
    store.keep(replace(KIT, sequences=sequences))
    assert store.faults(index) == [f"Séance « {KIT.title.text} », citations qui ne sont plus à leur place : 1."]


def test_a_kit_too_big_for_a_file_is_not_kept(store: Kits) -> None:
    huge = replace(KIT, note="m" * 5_000_000)
    assert "trop grande" in refusal(lambda: store.keep(huge))
    assert store.count() == 0


def test_a_title_is_listed_on_one_line(store: Kits) -> None:
    store.keep(replace(KIT, title=Statement("Ma\nséance " + "m" * 200, Origin.TRAINER)))
    (line,) = store.lines()
    assert line.title.startswith("Ma séance mmm")
    assert len(line.title) == 120


def test_a_database_from_before_the_workshop_keeps_kits_and_what_it_held(tmp_path: Path) -> None:
    with closing(Database(make_url(f"sqlite:///{tmp_path}/pratiques.db"), 1.0)) as old, old.writing() as session:
        migrations.do(session.connection(), to="0001")
        session.execute(text("INSERT INTO conversations VALUES ('c1', 'Qui ?', 'qui ?', '2026-01-02', '2026-01-02')"))
    with closing(Database.open(Settings(home=tmp_path))) as database:
        assert Kits(database).keep(KIT).version == 1
        assert Conversations(database).count() == 1


def test_a_failure_of_the_database_is_told(tmp_path: Path) -> None:
    with closing(Database.open(Settings(home=tmp_path), 0.1)) as database:
        store = Kits(database)
        store.keep(KIT)
        with database.reading() as session:
            session.execute(text("PRAGMA query_only=ON"))
        with pytest.raises(StorageError, match="vos droits ne le permettent pas"):
            store.keep(LONGER)
        assert store.read(KIT.id).kit == KIT
