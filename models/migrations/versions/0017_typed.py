"""Voices that were typed in, public forms and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0018"

STATES = ("waiting", "kept", "set aside")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "typed_voice",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("typed_by", sa.String(length=200), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_typed_voice_voice_id_voice")),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_typed_voice")),
        sa.UniqueConstraint("key", name=op.f("uq_typed_voice_key")),
    )
    op.create_table(
        "public_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("prompt_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("link_key", sa.String(length=64), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_public_form_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(["prompt_id"], ["prompt.id"], name=op.f("fk_public_form_prompt_id_prompt")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_public_form_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_form")),
        sa.UniqueConstraint("source_id", name=op.f("uq_public_form_source_id")),
        sa.UniqueConstraint("link_key", name=op.f("uq_public_form_link_key")),
    )
    op.create_index(op.f("ix_public_form_engagement_id"), "public_form", ["engagement_id"])
    _make_answers()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("form_answer", "public_form", "typed_voice"):
        op.drop_table(table)


def _make_answers() -> None:
    state = sa.Enum(*STATES, name="answer_state", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "form_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("may_pass_on", sa.Boolean(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voice_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["public_form.id"], name=op.f("fk_form_answer_form_id_public_form")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_form_answer_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_form_answer_key")),
        sa.UniqueConstraint("voice_id", name=op.f("uq_form_answer_voice_id")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_form_answer_form_id_number")),
    )
    op.create_index(op.f("ix_form_answer_form_id"), "form_answer", ["form_id"])
    op.create_index(op.f("ix_form_answer_state"), "form_answer", ["state"])
