"""Changes of votes that were made, and what the projector of a workshop holds up."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "vote_change",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("client_op_id", sa.String(length=100), nullable=False),
        _point_at("vote_change", "seat_id", "seat"),
        sa.PrimaryKeyConstraint("seat_id", "client_op_id", name=op.f("pk_vote_change")),
    )
    shown = sa.Enum(
        "board",
        "code",
        "theme",
        "votes",
        name="shown",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "wall",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("shows", shown, nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        _point_at("wall", "workshop_id", "workshop"),
        _point_at("wall", "theme_id", "theme"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_wall")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("wall")
    op.drop_table("vote_change")


def _point_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
