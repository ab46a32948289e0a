"""Agreed lists that are brought in, the homes found in them, and the clauses of a run's voices."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NEVER_UPDATED = {
    "run_clauses": "A theming run is never changed.",
    "agreed_list": "An agreed list is never changed.",
    "agreed_list_theme": "An agreed list is never changed.",
    "home_finding": "What was found is never changed.",
    "theme_origin": "Where a theme came from is never changed.",
}


def upgrade() -> None:
    """Make the tables, those first that others point at, and guard them."""
    _create_run_clauses()
    _create_agreed_list()
    _create_agreed_list_theme()
    _create_home_finding()
    _create_theme_origin()
    for table, sentence in NEVER_UPDATED.items():
        _add_guard(table, sentence)


def downgrade() -> None:
    """Drop the tables, those last that others point at; on SQLite their guards go with them."""
    for table in reversed(NEVER_UPDATED):
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP FUNCTION no_update_of_{table}()")


def _create_run_clauses() -> None:
    op.create_table(
        "run_clauses",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=False),
        _point_at("run_clauses", "run_id", "theming_run"),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_clauses")),
    )


def _create_agreed_list() -> None:
    op.create_table(
        "agreed_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _point_at("agreed_list", "engagement_id", "engagement"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_list")),
    )
    _index("agreed_list", "engagement_id")


def _create_agreed_list_theme() -> None:
    op.create_table(
        "agreed_list_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreed_list_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("voice_ids", sa.JSON(), nullable=False),
        _point_at("agreed_list_theme", "agreed_list_id", "agreed_list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreed_list_theme")),
        sa.UniqueConstraint(
            "agreed_list_id", "position", name=op.f("uq_agreed_list_theme_agreed_list_id_position")
        ),
    )
    _index("agreed_list_theme", "agreed_list_id")


def _create_home_finding() -> None:
    op.create_table(
        "home_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreed_list_id", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("voice_ids", sa.JSON(), nullable=True),
        sa.Column("homes", sa.JSON(), nullable=True),
        sa.Column("new_voice_ids", sa.JSON(), nullable=True),
        sa.Column("new_groups", sa.JSON(), nullable=True),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _point_at("home_finding", "agreed_list_id", "agreed_list"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_finding")),
    )
    _index("home_finding", "agreed_list_id")


def _create_theme_origin() -> None:
    op.create_table(
        "theme_origin",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("agreed_list_theme_id", sa.Integer(), nullable=False),
        _point_at("theme_origin", "theme_id", "theme"),
        _point_at("theme_origin", "agreed_list_theme_id", "agreed_list_theme"),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_theme_origin")),
    )
    _index("theme_origin", "agreed_list_theme_id")


def _point_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _add_guard(table: str, sentence: str) -> None:
    name = f"no_update_of_{table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
