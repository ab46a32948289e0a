"""Where the further words of a voice stand, when people joined it from several places."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; every voice so far stands at one place.

    Added in place, and not by copying the table, because the triggers that keep voices from being changed
    would be lost on the way.
    """
    op.add_column("voice", sa.Column("further_slices", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("voice", "further_slices")
