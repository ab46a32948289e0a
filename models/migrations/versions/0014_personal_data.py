"""Marks of personal data in voices, and the words as others see them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

STATES = ("open", "covered", "left")


def upgrade() -> None:
    """Make the tables."""
    state = sa.Enum(*STATES, name="mark_state", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "personal_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("in_translation", sa.Boolean(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("start_at >= 0 AND end_at > start_at", name=op.f("ck_personal_mark_range")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_personal_mark_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_mark")),
        sa.UniqueConstraint(
            "voice_id",
            "in_translation",
            "start_at",
            "end_at",
            name=op.f("uq_personal_mark_voice_id_in_translation_start_at_end_at"),
        ),
    )
    op.create_index(op.f("ix_personal_mark_voice_id"), "personal_mark", ["voice_id"])
    op.create_index(op.f("ix_personal_mark_decided_at"), "personal_mark", ["decided_at"])
    op.create_table(
        "covered_words",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_covered_words_voice_id_voice")),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_covered_words")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("covered_words")
    op.drop_table("personal_mark")
