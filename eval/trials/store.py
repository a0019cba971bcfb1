"""The store of blind trials: their pairs of answers, and every vote, kept as soon as it is given.

A vote is written over the one that was read: two windows of a rater never lose each other's, and none counts twice.
Once all pairs of a trial have a vote of a rater, their names may be shown to them, and their votes stay.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.database.tables import TrialPairRow, TrialRow, TrialVoteRow
from assistant.records import read_written, written
from eval.review.store import named
from eval.trials.trial import MOST_REASON, Choice, Configuration, Pair, Sample, Trial, Vote
from ingest.errors import MarkChanged, RecordError, ReviewError, ReviewMissing

_CONFIGURATION = TypeAdapter(Configuration)
_SAMPLE = TypeAdapter(Sample)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A trial as it is listed: how many pairs it has, and who has voted on it. `made` is UTC."""

    id: str
    name: str
    pairs: int
    raters: tuple[str, ...]
    made: datetime


class Trials:
    """The blind trials of a database; may be shared by many threads.

    Every method raises StorageError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, trial: Trial) -> None:
        """Keep a trial that was made."""
        with self._database.writing() as session:
            session.add(
                TrialRow(
                    id=trial.id,
                    name=trial.name,
                    first=_CONFIGURATION.dump_json(trial.first).decode(),
                    second=_CONFIGURATION.dump_json(trial.second).decode(),
                    questions=_SAMPLE.dump_json(trial.sample).decode(),
                    made=trial.made,
                )
            )
            session.flush()
            session.add_all(
                TrialPairRow(trial=trial.id, position=p.position, first=written(p.first), second=written(p.second))
                for p in trial.pairs
            )

    def lines(self) -> list[TrialLine]:
        """All trials, newest first."""
        counted = select(TrialPairRow.trial, func.count().label("pairs")).group_by(TrialPairRow.trial)
        voting = select(TrialVoteRow.trial, TrialVoteRow.rater, TrialVoteRow.seat).order_by(TrialVoteRow.voted)
        raters: dict[str, dict[str, str]] = defaultdict(dict)
        with self._database.reading() as session:
            rows = session.scalars(select(TrialRow).order_by(TrialRow.made.desc(), TrialRow.id)).all()
            pairs = {row.trial: row.pairs for row in session.execute(counted)}
            for trial, rater, seat in session.execute(voting.distinct()):
                raters[trial][seat] = rater
        return [
            TrialLine(row.id, row.name, pairs.get(row.id, 0), tuple(sorted(raters[row.id].values())), row.made)
            for row in rows
        ]

    def read(self, identifier: str) -> Trial:
        """A trial with all its answers.

        Raises:
            ReviewMissing: there is no such trial.
            ReviewError: what is kept of it is damaged, or of a newer version.
        """
        with self._database.reading() as session:
            row = _row(session, identifier)
            kept = select(TrialPairRow).where(TrialPairRow.trial == identifier).order_by(TrialPairRow.position)
            pairs = session.scalars(kept).all()
        try:
            return Trial(
                id=row.id,
                name=row.name,
                first=_CONFIGURATION.validate_json(row.first),
                second=_CONFIGURATION.validate_json(row.second),
                sample=_SAMPLE.validate_json(row.questions),
                pairs=tuple(
                    Pair(p.position, read_written(p.first, row.id), read_written(p.second, row.id)) for p in pairs
                ),
                made=row.made,
            )
        except (ValidationError, RecordError) as error:
            raise ReviewError(
                "Ce qui est gardé de cet essai est abîmé, ou écrit par une version plus récente de Pratiques. Mettez "
                "Pratiques à jour, ou supprimez l'essai."
            ) from error

    def votes(self, identifier: str) -> list[Vote]:
        """The votes of a trial, by pair and by rater; those of no opinion too."""
        kept = select(TrialVoteRow).where(TrialVoteRow.trial == identifier)
        with self._database.reading() as session:
            rows = session.scalars(kept.order_by(TrialVoteRow.position, TrialVoteRow.seat)).all()
            return [_vote(row) for row in rows]

    def votes_of(self, identifier: str, rater: str) -> dict[int, Vote]:
        """The votes of a rater, by position.

        Raises:
            ReviewError: the name is blank or too long.
        """
        _, seat = named(rater)
        kept = select(TrialVoteRow).where(TrialVoteRow.trial == identifier, TrialVoteRow.seat == seat)
        with self._database.reading() as session:
            return {row.position: _vote(row) for row in session.scalars(kept)}

    def vote(
        self, trial: Trial, position: int, rater: str, choice: Choice, reason: str = "", before: datetime | None = None
    ) -> Vote:
        """Keep a vote; `before` is the moment of the one that it takes the place of, as read (`None`: none was there).

        Raises:
            ReviewMissing: the trial, or the pair, is not there.
            MarkChanged: the vote was changed elsewhere since; nothing is kept or lost.
            ReviewError: a reason is missing or too long; the names were shown; the rater's name is blank or too long.
        """
        name, seat = named(rater)
        said = _checked(choice, reason)
        with self._database.writing() as session:
            _row(session, trial.id, to_change=True)
            if trial.pair(position) is None:
                raise ReviewMissing("Cette paire de réponses n'est pas à départager. Rechargez la page.")
            row = session.get(TrialVoteRow, (trial.id, position, seat))
            if row is not None and (row.choice, row.reason) == (choice.value, said):
                return _vote(row)
            if _closed(session, trial, seat):
                raise ReviewError(
                    "Vous avez terminé cet essai : les noms vous ont été montrés, vos votes ne changent plus."
                )
            if (row.voted if row is not None else None) != before:
                raise MarkChanged(
                    "Ce vote a été changé ailleurs, dans une autre fenêtre. Le voici tel qu'il est gardé ; le vôtre "
                    "n'a pas été enregistré : votez encore si besoin."
                )
            if row is None:
                row = TrialVoteRow(trial=trial.id, position=position, seat=seat, rater=name)
                session.add(row)
            row.choice, row.reason, row.voted = choice.value, said, datetime.now(UTC)
            session.flush()
            return _vote(row)

    def finish(self, trial: Trial, rater: str) -> None:
        """Close a trial for a rater: the pairs without a vote of theirs get one of no opinion.

        Raises:
            ReviewMissing: the trial is not there.
            ReviewError: the name is blank or too long.
        """
        name, seat = named(rater)
        now = datetime.now(UTC)
        with self._database.writing() as session:
            _row(session, trial.id, to_change=True)
            voted = _voted(session, trial.id, seat)
            session.add_all(
                TrialVoteRow(
                    trial=trial.id,
                    position=pair.position,
                    seat=seat,
                    rater=name,
                    choice=Choice.NONE.value,
                    reason="",
                    voted=now,
                )
                for pair in trial.to_vote
                if pair.position not in voted
            )

    def delete(self, identifier: str) -> None:
        """Delete a trial with its answers and votes; nothing happens where there is none."""
        with self._database.writing() as session:
            session.execute(delete(TrialRow).where(TrialRow.id == identifier))
        self._database.forget()


def _checked(choice: Choice, reason: str) -> str:
    said = reason.strip()
    if len(said) > MOST_REASON:
        raise ReviewError(f"La raison compte {MOST_REASON} caractères au plus. Raccourcissez-la.")
    if choice is Choice.NEITHER and not said:
        raise ReviewError("Dites en quelques mots pourquoi aucune des deux réponses ne convient.")
    return said


def _voted(session: Session, trial: str, seat: str) -> set[int]:
    kept = select(TrialVoteRow.position).where(TrialVoteRow.trial == trial, TrialVoteRow.seat == seat)
    return set(session.scalars(kept))


def _closed(session: Session, trial: Trial, seat: str) -> bool:
    return _voted(session, trial.id, seat).issuperset(pair.position for pair in trial.to_vote)


def _row(session: Session, identifier: str, to_change: bool = False) -> TrialRow:
    row = session.get(TrialRow, identifier, with_for_update=to_change or None)
    if row is None:
        raise ReviewMissing("Cet essai n'existe pas, ou il a été supprimé.")
    return row


def _vote(row: TrialVoteRow) -> Vote:
    return Vote(row.position, row.rater, Choice(row.choice), row.reason, row.voted)
