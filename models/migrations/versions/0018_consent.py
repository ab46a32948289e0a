"""Consent apart from the source, how long a source is kept, and voices that were never agreed to be used."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0016"

SAID_OF_THE_SOURCE = """
INSERT INTO withdrawal (voice_id, reason, withdrawn_by, withdrawn_at, not_agreed)
SELECT voice.id, '', source.added_by, source.added_at, :yes
FROM voice JOIN source ON source.id = voice.source_id
WHERE source.may_use = :no AND voice.id NOT IN (SELECT voice_id FROM withdrawal)
"""


def upgrade() -> None:
    """Make the table and the columns; voices of sources that may not be used leave the board."""
    op.create_table(
        "own_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("respondent_id", sa.Integer(), nullable=True),
        sa.Column("voice_id", sa.Integer(), nullable=True),
        sa.Column("may_use", sa.Boolean(), nullable=True),
        sa.Column("may_quote", sa.Boolean(), nullable=True),
        sa.Column("may_pass_on", sa.Boolean(), nullable=True),
        sa.Column("may_tell_story", sa.Boolean(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(respondent_id IS NULL) <> (voice_id IS NULL)", name=op.f("ck_own_consent_one_or_other")
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name=op.f("fk_own_consent_respondent_id_respondent")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_own_consent_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_consent")),
        sa.UniqueConstraint("respondent_id", name=op.f("uq_own_consent_respondent_id")),
        sa.UniqueConstraint("voice_id", name=op.f("uq_own_consent_voice_id")),
    )
    op.add_column("source", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column(
        "withdrawal", sa.Column("not_agreed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.get_bind().execute(sa.text(SAID_OF_THE_SOURCE), {"yes": True, "no": False})


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_column("withdrawal", "not_agreed")
    op.drop_column("source", "keep_until")
    op.drop_table("own_consent")
