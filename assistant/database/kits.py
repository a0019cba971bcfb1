"""The store of session kits: each edit keeps a new version, and every version can be read and come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.database.opening import Database
from assistant.database.tables import KitRow, KitVersionRow
from assistant.kits.kit import Audience, Kit
from assistant.kits.kit_file import MOST_BYTES, kit_json, read_kit
from ingest.errors import KitError, KitMissing
from ingest.folding import fold

if TYPE_CHECKING:
    from vectorstore.index import Index

_MOST_TITLE = 120
"""Characters of a title in the list."""
_MOST_SEARCHED = 200
"""Characters of what is searched that count."""


@dataclass(frozen=True, slots=True)
class KeptKit:
    """A version of a kit as it is kept: its number from 1, its moment in UTC, what was changed in a few words."""

    kit: Kit
    version: int
    kept: datetime
    change: str


@dataclass(frozen=True, slots=True)
class KitVersion:
    """A version as it is listed: its number from 1, its moment in UTC, what was changed."""

    number: int
    kept: datetime
    change: str


@dataclass(frozen=True, slots=True)
class KitLine:
    """A kit as it is listed: for whom, the duration asked for in minutes, the moment of its newest version in UTC."""

    id: str
    title: str
    audience: Audience
    minutes: int
    updated: datetime
    versions: int


class Kits:
    """The session kits of a database; may be shared by many threads.

    Every method raises StorageError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, kit: Kit, change: str = "", based_on: int | None = None) -> KeptKit:
        """Keep a kit as a new version of its own; one that is as it was keeps nothing.

        Args:
            kit: the kit.
            change: what was changed, in a few French words.
            based_on: the number of the version that was edited, where there is one.

        Raises:
            KitError: another version was kept since `based_on`, or the kit is too big; nothing is kept or lost.
            KitMissing: the kit that was edited is there no more.
        """
        content = kit_json(kit)
        if len(content.encode()) > MOST_BYTES:
            raise KitError("Cette séance est trop grande pour être gardée. Retirez-en des séquences ou des questions.")
        with self._database.writing() as session:
            row = session.get(KitRow, kit.id, with_for_update=True)
            if row is None and based_on is not None:
                raise _missing()
            if row is not None and based_on not in (None, row.version):
                raise KitError(
                    "Cette séance a été modifiée ailleurs, dans un autre onglet ou par quelqu'un d'autre. Voyez sa "
                    "dernière version, puis refaites votre modification ; rien n'est perdu."
                )
            return _kept(session, row, kit, content, change)

    def read(self, identifier: str, version: int | None = None) -> KeptKit:
        """A version of a kit, the newest where none is named.

        Raises:
            KitMissing: there is no such kit, or no such version of it.
            KitError: what is kept is damaged, or of a newer version of the project.
        """
        with self._database.reading() as session:
            return _read(*_found(session, identifier, version))

    def lines(self, words: str = "", limit: int = 100) -> list[KitLine]:
        """The kits, newest first; where words are given, those whose title or statements hold every one of them.

        They are looked for without regard to case and accents.
        """
        found = select(KitRow.id, KitRow.title, KitRow.audience, KitRow.minutes, KitRow.updated, KitRow.version)
        for word in dict.fromkeys(fold(words)[:_MOST_SEARCHED].split()):
            found = found.where(KitRow.searched.contains(word, autoescape=True))
        with self._database.reading() as session:
            rows = session.execute(found.order_by(KitRow.updated.desc(), KitRow.id).limit(limit)).all()
        return [
            KitLine(row.id, row.title, Audience(row.audience), row.minutes, row.updated, row.version) for row in rows
        ]

    def versions(self, identifier: str) -> list[KitVersion]:
        """The versions of a kit, newest first.

        Raises:
            KitMissing: there is no such kit.
        """
        found = select(KitVersionRow.number, KitVersionRow.kept, KitVersionRow.change)
        of_kit = found.where(KitVersionRow.kit == identifier).order_by(KitVersionRow.number.desc())
        with self._database.reading() as session:
            versions = [KitVersion(*row) for row in session.execute(of_kit)]
        if not versions:
            raise _missing()
        return versions

    def restore(self, identifier: str, version: int) -> KeptKit:
        """Keep an earlier version again, as a new one: those in between stay.

        Raises:
            KitMissing: there is no such kit, or no such version of it.
            KitError: what is kept of it is damaged, or of a newer version of the project.
        """
        with self._database.writing() as session:
            row = session.get(KitRow, identifier, with_for_update=True)
            earlier = _read(*_found(session, identifier, version))
            return _kept(session, row, earlier.kit, kit_json(earlier.kit), f"Retour à la version {version}")

    def count(self) -> int:
        """How many kits are kept."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(KitRow)) or 0

    def delete(self, identifier: str) -> None:
        """Delete a kit and all its versions; nothing happens where there is none."""
        with self._database.writing() as session:
            session.execute(delete(KitRow).where(KitRow.id == identifier))
        self._database.forget()

    def delete_all(self) -> None:
        """Delete all kits and all their versions."""
        with self._database.writing() as session:
            session.execute(delete(KitRow))
        self._database.forget()

    def faults(self, index: Index) -> list[str]:
        """Check that every citation of the kits, as they are now, stands where it says; each kit at fault is a line."""
        texts = {report.document: report.text for report in index.reports}
        faults = []
        newest = (KitVersionRow.kit == KitRow.id) & (KitVersionRow.number == KitRow.version)
        kept = select(KitRow, KitVersionRow).join(KitVersionRow, newest).order_by(KitRow.updated)
        with self._database.reading() as session:
            for row, version in session.execute(kept.execution_options(yield_per=20)):
                try:
                    citations = set(_read(row, version).kit.citations())
                except KitError as error:
                    faults.append(str(error))
                    continue
                lost = sum(texts.get(c.document, "")[c.start : c.end] != c.quote for c in citations)
                if lost:
                    faults.append(f"Séance « {row.title} », citations qui ne sont plus à leur place : {lost}.")
        return faults


def _kept(session: Session, row: KitRow | None, kit: Kit, content: str, change: str) -> KeptKit:
    """Write a new version of a kit, whose row is locked; the newest one where its content is the same."""
    number = row.version if row is not None else 0
    newest = session.get(KitVersionRow, (kit.id, number))
    if newest is not None and newest.content == content:
        return KeptKit(kit, newest.number, newest.kept, newest.change)
    now = datetime.now(UTC)
    if row is None:
        row = KitRow(id=kit.id)
        session.add(row)
    row.title = " ".join(kit.title.text.split())[:_MOST_TITLE]
    row.audience, row.minutes = kit.request.audience.value, kit.request.minutes
    row.searched = fold("\n".join(statement.text for statement in kit.statements()))
    row.version, row.updated = number + 1, now
    session.flush()
    session.add(KitVersionRow(kit=kit.id, number=number + 1, content=content, change=change, kept=now))
    return KeptKit(kit, number + 1, now, change)


def _found(session: Session, identifier: str, version: int | None) -> tuple[KitRow, KitVersionRow]:
    row = session.get(KitRow, identifier)
    if row is None:
        raise _missing()
    found = session.get(KitVersionRow, (row.id, row.version if version is None else version))
    if found is None:
        raise _missing()
    return row, found


def _read(row: KitRow, version: KitVersionRow) -> KeptKit:
    try:
        kit = read_kit(version.content.encode())
    except KitError as error:
        raise KitError(
            f"La séance « {row.title} » (version {version.number}) est abîmée, ou écrite par une version plus récente "
            "de Pratiques. Mettez Pratiques à jour, ou revenez à une version précédente de la séance."
        ) from error
    return KeptKit(kit, version.number, version.kept, version.change)


def _missing() -> KitMissing:
    return KitMissing("Cette séance n'existe pas, ou elle a été supprimée.")
