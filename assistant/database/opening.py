"""Opening the database of conversations: where it is, how it is spoken to, and its tables brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from assistant.database.failures import translated
from ingest.errors import StorageError
from ingest.settings import Settings

FILE = "pratiques.db"
_POSTGRESQL = "postgresql+psycopg"
_UPGRADING = 7_203_114
"""The number of the lock that PostgreSQL holds while the tables are brought up to date."""
_WRITES = "pratiques_writes"
_UNUSABLE = (
    "L'adresse de la base de données n'est pas utilisable. Écrivez dans PRATIQUES_DATABASE « sqlite:////dossier/"
    "fichier.db » ou « postgresql://nom:mot-de-passe@serveur/base », ou retirez cette variable."
)
_NO_DRIVER = "PostgreSQL demande le paquet psycopg. Lancez « pip install 'psycopg[binary]' »."


class Database:
    """An open database; may be shared by many threads, each with sessions of its own."""

    def __init__(self, url: URL, timeout_s: float) -> None:
        self._file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self.place = str(self._file or f"{url.host or ''}/{url.database or ''}")
        """As it may be shown: without a name or a password."""
        self._engine = _engine(url, timeout_s)
        self._writer = self._engine.execution_options(**{_WRITES: True})

    @classmethod
    def open(cls, settings: Settings, timeout_s: float = 5.0) -> Database:
        """Open the database of the settings, made where there is none, and bring its tables up to date.

        Args:
            settings: where it is.
            timeout_s: how long whoever reads or writes waits for others, in seconds.

        Raises:
            StorageError: it cannot be reached, opened, written or trusted, or comes from a newer version.
        """
        database = cls(_address(settings), timeout_s)
        try:
            database._prepare()
        except BaseException:
            database.close()
            raise
        return database

    @staticmethod
    def exists(settings: Settings) -> bool:
        """Whether there is a database to open: a file where it is SQLite, always where it is a server.

        Raises:
            StorageError: the address of the settings cannot be used.
        """
        url = _address(settings)
        return url.drivername == _POSTGRESQL or Path(url.database or "").exists()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database.

        Raises:
            StorageError: the database failed.
        """
        with translated(self.place), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose writes are kept together at its end, or not at all.

        Raises:
            StorageError: the database failed; nothing was written.
        """
        with translated(self.place), Session(self._writer) as session, session.begin():
            yield session

    def forget(self) -> None:
        """Let what was deleted go from the journal of SQLite too, unless somebody is reading it at this moment.

        Raises:
            StorageError: the database failed.
        """
        if self._file is not None:
            with translated(self.place), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _prepare(self) -> None:
        from assistant.database import migrations

        with translated(self.place):
            if self._file is not None:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file.touch(mode=0o600)
            with self._engine.begin() as connection:
                ready = migrations.are_done(connection)
            if not ready:
                with self._writer.begin() as connection:
                    if self._file is None:
                        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _UPGRADING})
                    migrations.do(connection)


def _address(settings: Settings) -> URL:
    """Where the database is.

    Raises:
        StorageError: the address cannot be used.
    """
    if settings.database is None:
        return URL.create("sqlite", database=str(settings.home / FILE))
    try:
        url = make_url(settings.database)
    except (ArgumentError, ValueError):
        raise StorageError(_UNUSABLE) from None  # what it says may hold a password
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername=_POSTGRESQL)
    in_memory = not url.database or url.database.startswith((":memory:", "file:"))
    if url.drivername not in ("sqlite", _POSTGRESQL) or (url.drivername == "sqlite" and in_memory):
        raise StorageError(_UNUSABLE)
    return url


def _engine(url: URL, timeout_s: float) -> Engine:
    if url.drivername == _POSTGRESQL:
        waits = {"connect_timeout": max(2, round(timeout_s)), "options": f"-c lock_timeout={round(timeout_s * 1000)}"}
        try:
            return create_engine(url, connect_args=waits, pool_pre_ping=True)
        except ImportError as error:
            raise StorageError(_NO_DRIVER) from error
    engine = create_engine(url, connect_args={"timeout": timeout_s})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not guessed by the driver
    connection.execute("PRAGMA journal_mode=WAL")  # readers and a writer do not wait for each other
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA secure_delete=ON")


def _on_begin(connection: Connection) -> None:
    # A reader that turned into a writer could be refused at once; whoever means to write waits for its turn first.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
