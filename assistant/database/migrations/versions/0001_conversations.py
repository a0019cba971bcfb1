"""Conversations, their exchanges, the passages that these found and cited, and what was thought of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated", "conversations", ["updated"])
    op.create_table(
        "exchanges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_exchanges"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_exchanges_conversation_conversations", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("conversation", "position", name="uq_exchanges_conversation_position"),
    )
    op.create_index("ix_exchanges_asked", "exchanges", ["asked"])
    op.create_table(
        "traces",
        sa.Column("exchange", sa.Text(), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("cited", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("exchange", "passage", name="pk_traces"),
        sa.ForeignKeyConstraint(
            ["exchange"], ["exchanges.id"], name="fk_traces_exchange_exchanges", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "feedback",
        sa.Column("exchange", sa.Text(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("date", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("exchange", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["exchange"], ["exchanges.id"], name="fk_feedback_exchange_exchanges", ondelete="CASCADE"
        ),
    )
