"""The evaluators' bench: answers to review, marks, judgements of a model, blind trials, conversations shared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the bench."""
    op.add_column("conversations", sa.Column("shared", sa.DateTime(timezone=True), nullable=True))
    _make_reviews()
    _make_trials()


def _make_reviews() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("exchange", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("configuration", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("judged", sa.Text(), nullable=True),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_items"),
        sa.ForeignKeyConstraint(
            ["exchange"], ["exchanges.id"], name="fk_review_items_exchange_exchanges", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_review_items_exchange", "review_items", ["exchange"])
    op.create_index("ix_review_items_added", "review_items", ["added"])
    op.create_table(
        "assignments",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("rater", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item", "seat", name="pk_assignments"),
        _of_item("assignments"),
    )
    op.create_table(
        "reviews",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("rater", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("item", "seat", name="pk_reviews"),
        _of_item("reviews"),
    )
    op.create_table(
        "review_marks",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sentence", sa.Integer(), nullable=True),
        sa.Column("citation", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("item", "seat", "position", name="pk_review_marks"),
        _of_review("review_marks"),
    )
    op.create_table(
        "review_changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_review_changes"),
        _of_review("review_changes"),
    )
    op.create_index("ix_review_changes_item_seat", "review_changes", ["item", "seat"])
    op.create_table(
        "judgements",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item", "position", "model", "prompt", name="pk_judgements"),
        _of_item("judgements"),
    )


def _make_trials() -> None:
    op.create_table(
        "trials",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trials"),
    )
    op.create_table(
        "trial_pairs",
        sa.Column("trial", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("trial", "position", name="pk_trial_pairs"),
        sa.ForeignKeyConstraint(["trial"], ["trials.id"], name="fk_trial_pairs_trial_trials", ondelete="CASCADE"),
    )
    op.create_table(
        "trial_votes",
        sa.Column("trial", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("rater", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("voted", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("trial", "position", "seat", name="pk_trial_votes"),
        sa.ForeignKeyConstraint(
            ["trial", "position"],
            ["trial_pairs.trial", "trial_pairs.position"],
            name="fk_trial_votes_trial_position_trial_pairs",
            ondelete="CASCADE",
        ),
    )


def _of_item(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_item_review_items"
    return sa.ForeignKeyConstraint(["item"], ["review_items.id"], name=name, ondelete="CASCADE")


def _of_review(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_item_seat_reviews"
    return sa.ForeignKeyConstraint(["item", "seat"], ["reviews.item", "reviews.seat"], name=name, ondelete="CASCADE")
