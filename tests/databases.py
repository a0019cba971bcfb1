"""A database of the test's own: SQLite, and PostgreSQL too where PRATIQUES_TEST_DATABASE names a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete

from assistant.database import Database
from assistant.database.tables import Base
from ingest.settings import Settings

SERVER = os.environ.get("PRATIQUES_TEST_DATABASE")
DATABASES = {"sqlite": None, **({"postgresql": SERVER} if SERVER else {})}


@pytest.fixture(params=DATABASES.values(), ids=DATABASES)
def settings_of_store(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database=request.param)


@pytest.fixture
def database(settings_of_store: Settings) -> Iterator[Database]:
    """An open database without a row."""
    with closing(Database.open(settings_of_store)) as database:
        with database.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
        yield database
