"""People without a phone, tables with their sources, and boards that began with several theming runs."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"

SECTORS = ("resident", "VCSE", "council", "NHS", "police", "other")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "further_run",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("n_themes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _point_at("further_run", "workshop_id", "workshop"),
        _point_at("further_run", "run_id", "theming_run"),
        sa.PrimaryKeyConstraint("workshop_id", "run_id", name=op.f("pk_further_run")),
    )
    op.create_index(op.f("ix_further_run_run_id"), "further_run", ["run_id"])
    sector = sa.Enum(*SECTORS, name="sector", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("nickname", sa.String(length=40), nullable=True),
        sa.Column("sector", sector, nullable=False),
        sa.Column("n_people", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("n_people > 0", name=op.f("ck_guest_somebody")),
        _point_at("guest", "workshop_id", "workshop"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
    )
    op.create_index(op.f("ix_guest_workshop_id"), "guest", ["workshop_id"])
    op.create_table(
        "table_source",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=False),
        _point_at("table_source", "workshop_id", "workshop"),
        _point_at("table_source", "source_id", "source"),
        sa.PrimaryKeyConstraint("workshop_id", "source_id", name=op.f("pk_table_source")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("table_source")
    op.drop_table("guest")
    op.drop_table("further_run")


def _point_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
