"""Branches of boards, and which theme of the trunk each of their themes is."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "branch",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("trunk_id", sa.Integer(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "open",
                "adopted",
                "dropped",
                name="branch_standing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _point_at("branch", "workshop_id", "workshop"),
        _point_at("branch", "trunk_id", "workshop"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_branch")),
    )
    op.create_index(op.f("ix_branch_trunk_id"), "branch", ["trunk_id"])
    op.create_table(
        "branch_theme",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("trunk_theme_id", sa.Integer(), nullable=False),
        _point_at("branch_theme", "theme_id", "theme"),
        _point_at("branch_theme", "trunk_theme_id", "theme"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_branch_theme")),
    )
    op.create_index(op.f("ix_branch_theme_trunk_theme_id"), "branch_theme", ["trunk_theme_id"])


def downgrade() -> None:
    """Drop the tables. The boards of branches stay, as boards that do not count."""
    op.drop_table("branch_theme")
    op.drop_table("branch")


def _point_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
