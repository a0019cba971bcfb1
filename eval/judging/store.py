"""The store of what language models said of answers to review, apart from the marks of humans."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from assistant.database import Database
from assistant.database.tables import JudgementRow, ReviewItemRow
from eval.judging.judgement import Judge, Judgement


class Judgements:
    """The judgements of a database; may be shared by many threads.

    Every method raises StorageError where the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, judgements: Sequence[Judgement]) -> None:
        """Keep judgements, over those of the same judge; those of an answer that was withdrawn are let go."""
        with self._database.writing() as session:
            for one in judgements:
                if session.get(ReviewItemRow, one.item) is not None:
                    session.merge(
                        JudgementRow(
                            item=one.item,
                            position=one.position,
                            model=one.model,
                            prompt=one.prompt,
                            mark=one.mark,
                            why=one.why,
                            made=one.made,
                        )
                    )

    def of(self, judge: Judge) -> list[Judgement]:
        """All that a judge said, by answer and position."""
        said = select(JudgementRow).where(JudgementRow.model == judge.model, JudgementRow.prompt == judge.prompt)
        with self._database.reading() as session:
            return [
                Judgement(row.item, row.position, row.model, row.prompt, row.mark, row.why, row.made)
                for row in session.scalars(said.order_by(JudgementRow.item, JudgementRow.position))
            ]

    def judges(self) -> list[Judge]:
        """Who judged, the last one first."""
        last = func.max(JudgementRow.made).desc()
        found = select(JudgementRow.model, JudgementRow.prompt).group_by(JudgementRow.model, JudgementRow.prompt)
        with self._database.reading() as session:
            return [Judge(row.model, row.prompt) for row in session.execute(found.order_by(last))]

    def delete(self, judge: Judge) -> None:
        """Delete all that a judge said."""
        with self._database.writing() as session:
            session.execute(
                delete(JudgementRow).where(JudgementRow.model == judge.model, JudgementRow.prompt == judge.prompt)
            )
        self._database.forget()
