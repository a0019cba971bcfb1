"""The migrations of the database: each takes the tables of one version to those of the next."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from ingest.errors import StorageError


def are_done(connection: Connection) -> bool:
    """Whether the tables are those of this version.

    Raises:
        StorageError: they are those of a newer version.
    """
    scripts = ScriptDirectory.from_config(_config(connection))
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise StorageError(
            "La base des conversations vient d'une version plus récente de Pratiques. Mettez celle-ci à jour."
        )
    return revision == scripts.get_current_head()


def do(connection: Connection, to: str = "head") -> None:
    """Take the tables to a revision, in the transaction of the connection."""
    command.upgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
    config = Config()
    # In a setting of Alembic, a percent sign starts a substitution.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
