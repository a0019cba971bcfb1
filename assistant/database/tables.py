"""The tables of the database, the same in SQLite and PostgreSQL.

    conversations ─< exchanges ─< traces
                              ─  feedback
    kits ─< kit_versions
    review_items ─< assignments
                 ─< reviews ─< review_marks
                            ─< review_changes
                 ─< judgements
    trials ─< trial_pairs ─< trial_votes

Deleting a conversation, a kit, an answer to review or a trial deletes everything under it, by the database itself; an
answer to review that comes from a conversation goes with it. A change here goes with a
migration.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class PlainText(TypeDecorator[str]):
    """Text that any database takes: without NUL and halves of surrogate pairs, which say nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is written."""
        return None if value is None else value.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite, which keeps no time zone, gives it back as such too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is written.

        Raises:
            ValueError: the datetime has no time zone.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What is read."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What the tables share: their types, and names for constraints that a later migration may have to change."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: PlainText, datetime: Moment, list[str]: JSON}


class ConversationRow(Base):
    """A conversation.

    `id` is 12 hexadecimal digits, `searched` the title, folded, `updated` the moment of the last exchange,
    `shared` that at which the user let the evaluators read it.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    searched: Mapped[str]
    started: Mapped[datetime]
    updated: Mapped[datetime] = mapped_column(index=True)
    shared: Mapped[datetime | None]


class ExchangeRow(Base):
    """A question and what came of it.

    `id` is that of the answer, or 12 hexadecimal digits for a failure. `record` is the JSON text of a
    `assistant.records.Record`, none for a failure. `status` is that of the answer, or `failed`. `searched` is the
    question and the answer, folded. One that is `replaced` is not read any more, but still counts.
    """

    __tablename__ = "exchanges"
    __table_args__ = (UniqueConstraint("conversation", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    record: Mapped[str | None]
    failure: Mapped[str]
    status: Mapped[str]
    searched: Mapped[str]
    asked: Mapped[datetime] = mapped_column(index=True)
    replaced: Mapped[datetime | None]

    feedback: Mapped[FeedbackRow | None] = relationship(lazy="joined", cascade="all, delete-orphan")


class TraceRow(Base):
    """A passage that an exchange found among its first ones, with its 1-based rank, or cited; or both."""

    __tablename__ = "traces"

    exchange: Mapped[str] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True)
    passage: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int | None]
    cited: Mapped[bool]


class FeedbackRow(Base):
    """What the user thought of an answer."""

    __tablename__ = "feedback"

    exchange: Mapped[str] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True)
    good: Mapped[bool]
    reasons: Mapped[list[str]]
    comment: Mapped[str]
    date: Mapped[datetime]


class KitRow(Base):
    """A session kit, as its newest version has it.

    `minutes` is the duration asked for, `audience` a value of `assistant.kits.kit.Audience`. `searched` is the title
    and all statements, folded. `version` is the number of the newest version, `updated` its moment.
    """

    __tablename__ = "kits"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    audience: Mapped[str]
    minutes: Mapped[int]
    searched: Mapped[str]
    version: Mapped[int]
    updated: Mapped[datetime] = mapped_column(index=True)


class KitVersionRow(Base):
    """A version of a kit, numbered from 1: its file as `assistant.kits.kit_file` writes it, and what was changed."""

    __tablename__ = "kit_versions"

    kit: Mapped[str] = mapped_column(ForeignKey("kits.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[str]
    change: Mapped[str]
    kept: Mapped[datetime]


class ReviewItemRow(Base):
    """An answer to review, as `eval.review.item.Item` has it; `id` is that of the answer.

    `record` is the JSON text of a `assistant.records.Record`, `judged` that of the judged question, where there is one.
    `status`, `configuration` and `sentences` (how many) are those of the answer; `searched` is the question, folded.
    """

    __tablename__ = "review_items"

    id: Mapped[str] = mapped_column(primary_key=True)
    exchange: Mapped[str | None] = mapped_column(ForeignKey("exchanges.id", ondelete="CASCADE"), index=True)
    source: Mapped[str]
    origin: Mapped[str]
    question: Mapped[str]
    searched: Mapped[str]
    status: Mapped[str]
    configuration: Mapped[str]
    sentences: Mapped[int]
    record: Mapped[str]
    judged: Mapped[str | None]
    added: Mapped[datetime] = mapped_column(index=True)


class AssignmentRow(Base):
    """An answer that somebody is to review; `seat` is the name of the rater, folded."""

    __tablename__ = "assignments"

    item: Mapped[str] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    rater: Mapped[str]


class ReviewRow(Base):
    """A review of an answer.

    `seat` is the name of the rater, folded; empty for the adjudication, of which there is one. `score` is the total
    (0 to 100) of one that is finished.
    """

    __tablename__ = "reviews"

    item: Mapped[str] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    rater: Mapped[str]
    started: Mapped[datetime]
    updated: Mapped[datetime]
    finished: Mapped[datetime | None]
    score: Mapped[float | None]


class ReviewMarkRow(Base):
    """A mark of a review, as `eval.review.marks.Mark` has it; `kinds` are sorted and joined by spaces.

    `version` grows with every change. `complete` says whether nothing is missing in it.
    """

    __tablename__ = "review_marks"
    __table_args__ = (ForeignKeyConstraint(["item", "seat"], ["reviews.item", "reviews.seat"], ondelete="CASCADE"),)

    item: Mapped[str] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    sentence: Mapped[int | None]
    citation: Mapped[int | None]
    kinds: Mapped[str]
    reason: Mapped[str]
    version: Mapped[int]
    complete: Mapped[bool]


class ReviewChangeRow(Base):
    """A change that can be undone: what a mark was before, as JSON text; `number` grows."""

    __tablename__ = "review_changes"
    __table_args__ = (
        ForeignKeyConstraint(["item", "seat"], ["reviews.item", "reviews.seat"], ondelete="CASCADE"),
        Index("ix_review_changes_item_seat", "item", "seat"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    item: Mapped[str]
    seat: Mapped[str]
    position: Mapped[int]
    before: Mapped[str]
    made: Mapped[datetime]


class JudgementRow(Base):
    """What a language model said of a sentence of an answer to review (positions from 1), by the version of a prompt.

    `mark` is 100, 80 or 0; `why` is in its own words.
    """

    __tablename__ = "judgements"

    item: Mapped[str] = mapped_column(ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    prompt: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[int]
    why: Mapped[str]
    made: Mapped[datetime]


class TrialRow(Base):
    """A blind trial of two configurations; `first` and `second` are JSON texts of `eval.trials.trial.Configuration`."""

    __tablename__ = "trials"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    first: Mapped[str]
    second: Mapped[str]
    questions: Mapped[str]
    made: Mapped[datetime]


class TrialPairRow(Base):
    """A question of a trial (positions from 1) and its two answers, JSON texts of `assistant.records.Record`."""

    __tablename__ = "trial_pairs"

    trial: Mapped[str] = mapped_column(ForeignKey("trials.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str]
    second: Mapped[str]


class TrialVoteRow(Base):
    """Which answer of a pair somebody prefers, a value of `eval.trials.trial.Choice`; `seat` is their name, folded."""

    __tablename__ = "trial_votes"
    __table_args__ = (
        ForeignKeyConstraint(["trial", "position"], ["trial_pairs.trial", "trial_pairs.position"], ondelete="CASCADE"),
    )

    trial: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    seat: Mapped[str] = mapped_column(primary_key=True)
    rater: Mapped[str]
    choice: Mapped[str]
    reason: Mapped[str]
    voted: Mapped[datetime]
