"""The database: opened where the settings say, brought up to date by itself, and its failures said in plain French."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url, text

from assistant.database import Conversations, Database, migrations
from assistant.database.tables import Base
from ingest.errors import StorageError
from ingest.settings import Settings

NO_SERVER = "PRATIQUES_TEST_DATABASE names no PostgreSQL server"
SERVER = os.environ.get("PRATIQUES_TEST_DATABASE")
QUICK_S = 0.1
FIRST_VERSION = """
INSERT INTO conversations VALUES ('c00000000001', 'Qui paie ?', 'qui paie ?', '2026-01-02 03:04:05', '2026-01-02 03:04:05');
INSERT INTO exchanges VALUES ('e00000000001', 'c00000000001', 1, 'Qui paie ?', NULL, 'Panne.', 'failed', 'qui paie ?', '2026-01-02 03:04:05', NULL);
INSERT INTO traces VALUES ('e00000000001', 'fiche-4a/financements/1', 1, false);
INSERT INTO feedback VALUES ('e00000000001', false, '["beside"]', 'Bof.', '2026-01-02 03:04:05')
"""  # noqa: E501
ASK = """
import sys
from assistant.cli import main
try:
    main()
except SystemExit as leaving:
    assert leaving.code == 0, leaving.code
sys.exit(f"imported: {sorted({'sqlalchemy', 'alembic'} & sys.modules.keys())}" if "sqlalchemy" in sys.modules else 0)
"""
OPEN = (
    "from assistant.database import Database; from ingest.settings import Settings; Database.open(Settings()).close()"
)


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """The settings of a data folder that is not there yet."""
    return Settings(home=tmp_path / "données à moi")


@pytest.fixture
def file(here: Settings) -> Path:
    return here.home / "pratiques.db"


@pytest.fixture
def database(here: Settings) -> Iterator[Database]:
    with closing(Database.open(here, QUICK_S)) as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> Conversations:
    return Conversations(database)


def refused(settings: Settings) -> str:
    with pytest.raises(StorageError) as error:
        Database.open(settings, QUICK_S)
    return str(error.value)


def test_the_database_is_a_file_of_the_data_folder_that_only_its_owner_reads(database: Database, file: Path) -> None:
    assert database.place == str(file)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_settings_name_another_database(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/ailleurs/autre.db"
    with closing(Database.open(Settings(database=address))):
        assert (tmp_path / "ailleurs" / "autre.db").exists()
    assert not (tmp_path / "home").exists()


def test_a_database_exists_once_it_was_opened(here: Settings) -> None:
    assert not Database.exists(here)
    Database.open(here).close()
    assert Database.exists(here)


def test_what_was_kept_is_there_when_the_database_is_opened_again(here: Settings) -> None:
    with closing(Database.open(here)) as database:
        kept = Conversations(database).add_failure("Qui paie ?", "Panne.")
    with closing(Database.open(here)) as database:
        assert Conversations(database).exchange(kept.id) == kept


@pytest.mark.parametrize(
    "address",
    [
        "n'importe quoi",
        "mysql://moi:s3cret@serveur/base",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://moi:s3cret@serveur:porte/base",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_examples(address: str) -> None:
    said = refused(Settings(database=address))
    assert "PRATIQUES_DATABASE" in said
    assert "postgresql://nom:mot-de-passe@serveur/base" in said
    assert "s3cret" not in said


def test_the_settings_never_show_the_password_of_the_database() -> None:
    assert "s3cret" not in repr(Settings(database="postgresql://moi:s3cret@serveur/base"))


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="the extra « postgresql » is not installed")
    said = refused(Settings(database="postgresql://moi:s3cret@127.0.0.1:1/base?password=s3cret"))
    assert "« 127.0.0.1/base » ne répond pas" in said
    assert "s3cret" not in said


def test_a_folder_in_place_of_the_file_is_told(here: Settings, file: Path) -> None:
    file.mkdir(parents=True)
    assert f"« {file} » ne peut pas être ouverte : c'est un dossier" in refused(here)


def test_a_file_in_place_of_the_data_folder_is_told(here: Settings) -> None:
    here.home.write_text("")
    assert "ne peut pas être ouverte" in refused(here)


def test_a_file_that_is_not_a_database_is_told_and_left_as_it_is(here: Settings, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("Mes notes de lundi. " * 500)
    assert "n'est pas une base de conversations" in refused(here)
    assert file.read_text() == "Mes notes de lundi. " * 500


def test_a_damaged_file_is_told_with_its_remedy(here: Settings, file: Path) -> None:
    Database.open(here).close()
    pages = file.read_bytes()
    file.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096))
    assert "renommez-la : une base neuve sera créée" in refused(here)


def test_a_lock_of_another_program_is_told_and_reading_goes_on(store: Conversations, file: Path) -> None:
    kept = store.add_failure("Qui paie ?", "Panne.")
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="est occupée par un autre programme"):
            store.delete(kept.conversation)
        assert store.read(kept.conversation).exchanges == (kept,)
        other.rollback()
    store.delete(kept.conversation)


def test_a_full_disk_is_told_and_nothing_is_lost(store: Conversations, database: Database) -> None:
    kept = store.add_failure("Qui paie ?", "Panne.")
    with database.reading() as session:
        session.execute(text("PRAGMA max_page_count=1"))
    with pytest.raises(StorageError, match="Il n'y a plus de place"):
        store.add_failure("Qui paie ?", "Panne. " * 50_000)
    assert [line.id for line in store.lines()] == [kept.conversation]


def test_a_database_that_may_not_be_written_is_told_and_can_be_read(store: Conversations, database: Database) -> None:
    kept = store.add_failure("Qui paie ?", "Panne.")
    with database.reading() as session:
        session.execute(text("PRAGMA query_only=ON"))
    with pytest.raises(StorageError, match="vos droits ne le permettent pas"):
        store.delete(kept.conversation)
    assert store.exchange(kept.id) == kept


def test_a_database_of_a_newer_version_is_refused(here: Settings, file: Path) -> None:
    Database.open(here).close()
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "vient d'une version plus récente de Pratiques" in refused(here)


def test_the_tables_are_those_that_the_migrations_make(database: Database) -> None:
    with database.reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []


@pytest.mark.skipif(SERVER is None, reason=NO_SERVER)
def test_the_tables_are_those_that_the_migrations_make_in_postgresql() -> None:
    with closing(Database.open(Settings(database=SERVER))) as database, database.reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []


def test_a_database_of_the_first_version_is_brought_up_to_date_with_what_it_holds(here: Settings, file: Path) -> None:
    file.parent.mkdir()
    with closing(Database(make_url(f"sqlite:///{file}"), QUICK_S)) as old, old.writing() as session:
        migrations.do(session.connection(), to="0001")
        for statement in FIRST_VERSION.split(";"):
            session.execute(text(statement))
    with closing(Database.open(here)) as database:
        (exchange,) = Conversations(database).read("c00000000001").exchanges
    assert (exchange.id, exchange.failure, exchange.asked.isoformat()) == (
        "e00000000001",
        "Panne.",
        "2026-01-02T03:04:05+00:00",
    )
    assert exchange.feedback is not None
    assert exchange.feedback.reasons == ("beside",)


def interrupted_upgrade(database: Database) -> None:
    with database.writing() as session:
        migrations.do(session.connection())
        raise KeyboardInterrupt


def test_a_migration_that_is_interrupted_leaves_nothing(here: Settings, file: Path) -> None:
    file.parent.mkdir()
    with closing(Database(make_url(f"sqlite:///{file}"), QUICK_S)) as database:
        with pytest.raises(KeyboardInterrupt):
            interrupted_upgrade(database)
        with database.reading() as session:
            assert session.scalar(text("SELECT count(*) FROM sqlite_master")) == 0


def test_many_may_open_a_new_database_at_once(here: Settings) -> None:
    def open_and_close(_: int) -> str:
        with closing(Database.open(here)) as database:
            return Conversations(database).add_failure("Qui paie ?", "Panne.").id

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(open_and_close, range(8)))
    with closing(Database.open(here)) as database:
        assert len(Conversations(database).lines()) == len(set(kept)) == 8


@pytest.mark.slow
def test_several_processes_may_open_a_new_database_at_once(here: Settings, file: Path) -> None:
    env = {**os.environ, "PRATIQUES_HOME": str(here.home)}
    opening = [subprocess.Popen([sys.executable, "-W", "error", "-c", OPEN], env=env) for _ in range(3)]
    assert [process.wait(60) for process in opening] == [0, 0, 0]
    Database.open(here).close()


def test_asking_on_the_command_line_does_not_wait_for_the_database(indexed: Path) -> None:
    env = {**os.environ, "PRATIQUES_HOME": str(indexed)}
    command = [sys.executable, "-c", ASK, "ask", "Qui finance le dispositif FLORA ?"]
    asked = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert asked.returncode == 0, asked.stderr
    assert not (indexed / "pratiques.db").exists()
