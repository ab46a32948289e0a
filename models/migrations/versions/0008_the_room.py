"""The room of a workshop: doors, rounds, seats, votes, and tries at its code."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = ("workshop_round", "room", "seat", "vote", "join_try")
ROUND_KINDS = ("read", "theme", "name", "vote", "choose")
SECTORS = ("resident", "VCSE", "council", "NHS", "police", "other")


def upgrade() -> None:
    """Make the tables, those first that others point at."""
    _create_workshop_round()
    _create_room()
    _create_seat()
    _create_vote()
    _create_join_try()


def downgrade() -> None:
    """Drop the tables, those last that others point at."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_workshop_round() -> None:
    op.create_table(
        "workshop_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _choose_from(ROUND_KINDS, "round_kind"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        _point_at("workshop_round", "workshop_id", "workshop"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_round")),
        sa.UniqueConstraint("workshop_id", "position", name=op.f("uq_workshop_round_workshop_id_position")),
    )
    _index("workshop_round", "workshop_id")


def _create_room() -> None:
    op.create_table(
        "room",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("allows_move", sa.Boolean(), nullable=False),
        sa.Column("allows_name", sa.Boolean(), nullable=False),
        sa.Column("allows_vote", sa.Boolean(), nullable=False),
        sa.Column("n_tables", sa.Integer(), nullable=False),
        sa.Column("dots_per_person", sa.Integer(), nullable=False),
        sa.Column("votes_are_shown", sa.Boolean(), nullable=False),
        sa.Column("join_code", sa.String(length=12), nullable=True),
        sa.Column("join_key", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("running_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_s", sa.Integer(), nullable=False),
        _point_at("room", "workshop_id", "workshop"),
        _point_at("room", "round_id", "workshop_round"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_room")),
        sa.UniqueConstraint("join_code", name=op.f("uq_room_join_code")),
        sa.UniqueConstraint("join_key", name=op.f("uq_room_join_key")),
    )


def _create_seat() -> None:
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("nickname", sa.String(length=40), nullable=False),
        sa.Column("sector", _choose_from(SECTORS, "sector"), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        _point_at("seat", "workshop_id", "workshop"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("workshop_id", "label", name=op.f("uq_seat_workshop_id_label")),
    )
    _index("seat", "workshop_id")


def _create_vote() -> None:
    op.create_table(
        "vote",
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("dots > 0", name=op.f("ck_vote_some_dots")),
        _point_at("vote", "seat_id", "seat"),
        _point_at("vote", "theme_id", "theme"),
        _point_at("vote", "workshop_id", "workshop"),
        sa.PrimaryKeyConstraint("seat_id", "theme_id", name=op.f("pk_vote")),
    )
    _index("vote", "theme_id")
    _index("vote", "workshop_id")


def _create_join_try() -> None:
    op.create_table(
        "join_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_try")),
    )
    _index("join_try", "network")
    _index("join_try", "tried_at")


def _choose_from(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _point_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
