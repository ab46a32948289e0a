"""Double theming, what an organisation says of its use of the method, and how long a theming run took."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ADDED = ("second_sample", "second_sample_voice", "second_answer", "transparency_answer")
NEVER_UPDATED = {
    "second_sample": "A sample for double theming is never",
    "second_sample_voice": "A sample for double theming is never",
    "second_answer": "An answer of a second person is never",
    "transparency_answer": "A line of the transparency record is never",
}
# What an organisation writes of people, such as whom to write to, must be possible to erase.
NEVER_DELETED = tuple(table for table in NEVER_UPDATED if table != "transparency_answer")


def upgrade() -> None:
    """Make the tables, those first that others point at, and guard them."""
    op.add_column("theming_run", sa.Column("took_s", sa.Double(), nullable=True))
    _create_second_sample()
    _create_second_sample_voice()
    _create_second_answer()
    _create_transparency_answer()
    for table, sentence in NEVER_UPDATED.items():
        _add_guard(table, "UPDATE", f"{sentence} changed.")
    for table in NEVER_DELETED:
        _add_guard(table, "DELETE", f"{NEVER_UPDATED[table]} deleted.")


def downgrade() -> None:
    """Take the guards away and drop the tables, those last that others point at."""
    for table in NEVER_UPDATED:
        _drop_guard(table, "UPDATE")
    for table in NEVER_DELETED:
        _drop_guard(table, "DELETE")
    for name in reversed(ADDED):
        op.drop_table(name)
    op.drop_column("theming_run", "took_s")


def _create_second_sample() -> None:
    op.create_table(
        "second_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("at_seq", sa.Integer(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_second_sample_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_sample")),
    )
    op.create_index(op.f("ix_second_sample_workshop_id"), "second_sample", ["workshop_id"], unique=False)


def _create_second_sample_voice() -> None:
    table = "second_sample_voice"
    op.create_table(
        table,
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("machine_theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["second_sample.id"], name=op.f(f"fk_{table}_sample_id_second_sample")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f(f"fk_{table}_voice_id_voice")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f(f"fk_{table}_theme_id_theme")),
        sa.ForeignKeyConstraint(
            ["machine_theme_id"], ["theme.id"], name=op.f(f"fk_{table}_machine_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("sample_id", "voice_id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("sample_id", "position", name=op.f(f"uq_{table}_sample_id_position")),
    )
    op.create_index(op.f(f"ix_{table}_voice_id"), table, ["voice_id"], unique=False)


def _create_second_answer() -> None:
    table = "second_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id", "voice_id"],
            ["second_sample_voice.sample_id", "second_sample_voice.voice_id"],
            name=op.f(f"fk_{table}_sample_id_voice_id_second_sample_voice"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f(f"fk_{table}_theme_id_theme")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f(f"fk_{table}_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_sample_id"), table, ["sample_id"], unique=False)
    op.create_index(op.f(f"ix_{table}_account_id"), table, ["account_id"], unique=False)


def _create_transparency_answer() -> None:
    table = "transparency_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f(f"fk_{table}_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_engagement_id"), table, ["engagement_id"], unique=False)


def _add_guard(table: str, act: str, sentence: str) -> None:
    name = f"no_{act.lower()}_of_{table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _drop_guard(table: str, act: str) -> None:
    name = f"no_{act.lower()}_of_{table}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute(f"DROP FUNCTION {name}()")
