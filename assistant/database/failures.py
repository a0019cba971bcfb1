"""What goes wrong with a database, said in French with its remedy: the one place where its errors are translated."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ingest.errors import StorageError

_BUSY = "La base des conversations {} est occupée par un autre programme. Attendez un instant, puis recommencez."
_FULL = "Il n'y a plus de place pour la base des conversations {}. Libérez de l'espace, puis recommencez."
_READ_ONLY = (
    "La base des conversations {} ne peut pas être écrite : vos droits ne le permettent pas. Corrigez-les, ou nommez "
    "un autre endroit avec PRATIQUES_HOME ou PRATIQUES_DATABASE."
)
_CLOSED = (
    "La base des conversations {} ne peut pas être ouverte : c'est un dossier, ou vos droits ne le permettent pas. "
    "Vérifiez-le, ou nommez un autre endroit avec PRATIQUES_HOME ou PRATIQUES_DATABASE."
)
_DAMAGED = (
    "La base des conversations {} est abîmée, ou n'est pas une base de conversations. Remettez-en une sauvegarde à sa "
    "place, ou renommez-la : une base neuve sera créée."
)
_DISK = "Le disque de la base des conversations {} ne répond pas comme il faut. Vérifiez-le, puis recommencez."
_UNREACHABLE = (
    "Le serveur de la base des conversations {} ne répond pas, ou refuse la connexion. Vérifiez qu'il est lancé, et ce "
    "que dit PRATIQUES_DATABASE : serveur, base, nom et mot de passe."
)
_OTHER = (
    "La base des conversations {} a refusé l'opération. Recommencez ; si cela se répète, lancez « pratiques check »."
)

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _DISK,
}
"""By the primary result code of SQLite."""
_OF_POSTGRESQL = {
    "08": _UNREACHABLE,
    "25006": _READ_ONLY,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "40": _BUSY,
    "42501": _READ_ONLY,
    "53100": _FULL,
    "53300": _BUSY,
    "55P03": _BUSY,
    "57014": _BUSY,
    "57P": _UNREACHABLE,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""By the start of the SQLSTATE of PostgreSQL."""


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Translate what goes wrong with the database at a place, which is named as the user may read it.

    Raises:
        StorageError: the database failed.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StorageError(_why(error).format(f"« {place} »")) from error


def _why(error: Exception) -> str:
    if isinstance(error, OSError):
        return _FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else _CLOSED
    if isinstance(error, PoolTimeout):
        return _BUSY
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, sqlite3.Error):
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, _OTHER)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # The driver speaks for itself: it lost the server, or never reached it.
        return _UNREACHABLE if type(cause).__name__ in ("OperationalError", "ConnectionTimeout") else _OTHER
    return next((said for start, said in _OF_POSTGRESQL.items() if state.startswith(start)), _OTHER)
