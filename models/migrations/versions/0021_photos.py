"""Photos that voices are typed from, and which voice was typed from which."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "source_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("has_place", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_photo_source_id_source")),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_source_photo_file_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_photo")),
        sa.UniqueConstraint("source_id", "file_sha256", name=op.f("uq_source_photo_source_id_file_sha256")),
        sa.UniqueConstraint("source_id", "number", name=op.f("uq_source_photo_source_id_number")),
    )
    op.create_index(op.f("ix_source_photo_source_id"), "source_photo", ["source_id"])
    op.create_table(
        "voice_photo",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_voice_photo_voice_id_voice")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["source_photo.id"], name=op.f("fk_voice_photo_photo_id_source_photo")
        ),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_voice_photo")),
    )
    op.create_index(op.f("ix_voice_photo_photo_id"), "voice_photo", ["photo_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("voice_photo")
    op.drop_table("source_photo")
