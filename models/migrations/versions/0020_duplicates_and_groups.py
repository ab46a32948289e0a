"""Voices that came in twice, and groups of what people said of themselves: what people decided."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

VERDICTS = ("all count", "counted once")


def upgrade() -> None:
    """Make the tables."""
    _add_searches()
    _add_decisions()
    _add_groupings()


def _add_searches() -> None:
    op.create_table(
        "duplicate_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("newest_voice_id", sa.Integer(), nullable=False),
        sa.Column("n_voices", sa.Integer(), nullable=False),
        sa.Column("n_short", sa.Integer(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_duplicate_search_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_search")),
    )
    op.create_index(op.f("ix_duplicate_search_engagement_id"), "duplicate_search", ["engagement_id"])


def _add_decisions() -> None:
    verdict = sa.Enum(*VERDICTS, name="verdict", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "duplicate_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("verdict", verdict, nullable=False),
        sa.Column("voice_ids", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_duplicate_decision_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_decision")),
    )
    op.create_index(op.f("ix_duplicate_decision_engagement_id"), "duplicate_decision", ["engagement_id"])
    op.create_table(
        "counted_with",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("counts_with_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_counted_with_voice_id_voice")),
        sa.ForeignKeyConstraint(
            ["counts_with_id"], ["voice.id"], name=op.f("fk_counted_with_counts_with_id_voice")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["duplicate_decision.id"],
            name=op.f("fk_counted_with_decision_id_duplicate_decision"),
        ),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_counted_with")),
    )
    op.create_index(op.f("ix_counted_with_counts_with_id"), "counted_with", ["counts_with_id"])
    op.create_index(op.f("ix_counted_with_decision_id"), "counted_with", ["decision_id"])


def _add_groupings() -> None:
    op.create_table(
        "characteristic_grouping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("set_key", sa.String(length=40), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_characteristic_grouping_engagement_id_engagement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_characteristic_grouping")),
        sa.UniqueConstraint(
            "engagement_id", "name", name=op.f("uq_characteristic_grouping_engagement_id_name")
        ),
    )
    op.create_index(
        op.f("ix_characteristic_grouping_engagement_id"), "characteristic_grouping", ["engagement_id"]
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("characteristic_grouping")
    op.drop_table("counted_with")
    op.drop_table("duplicate_decision")
    op.drop_table("duplicate_search")
