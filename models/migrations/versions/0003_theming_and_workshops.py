"""Theming runs, workshops and their boards."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, those first that others point at."""
    _create_embedding_vector()
    _create_theming_run()
    _create_candidate_theme()
    _create_membership()
    _create_workshop()
    _create_theme()
    _create_placement()
    _create_echo()
    _create_board_event()


def downgrade() -> None:
    """Drop the tables, those last that others point at."""
    for name in (
        "board_event",
        "echo",
        "placement",
        "theme",
        "workshop",
        "membership",
        "candidate_theme",
        "theming_run",
        "embedding_vector",
    ):
        op.drop_table(name)


def _create_embedding_vector() -> None:
    op.create_table(
        "embedding_vector",
        sa.Column("model_hash", sa.String(length=64), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("model_hash", "text_hash", name=op.f("pk_embedding_vector")),
    )


def _create_theming_run() -> None:
    op.create_table(
        "theming_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("chosen_n", sa.Integer(), nullable=False),
        sa.Column("n_voices", sa.Integer(), nullable=False),
        sa.Column("n_set_aside", sa.Integer(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("voice_ids", sa.JSON(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_theming_run_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theming_run")),
    )
    with op.batch_alter_table("theming_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theming_run_engagement_id"), ["engagement_id"], unique=False)


def _create_candidate_theme() -> None:
    op.create_table(
        "candidate_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theming_run.id"], name=op.f("fk_candidate_theme_run_id_theming_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_theme")),
        sa.UniqueConstraint("run_id", "node", name=op.f("uq_candidate_theme_run_id_node")),
    )
    with op.batch_alter_table("candidate_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidate_theme_run_id"), ["run_id"], unique=False)


def _create_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("n_themes", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("strength", sa.Double(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["theming_run.id"], name=op.f("fk_membership_run_id_theming_run")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_membership_voice_id_voice")),
        sa.PrimaryKeyConstraint("run_id", "n_themes", "voice_id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_voice_id"), ["voice_id"], unique=False)


def _create_workshop() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("n_themes", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_workshop_engagement_id_engagement")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["theming_run.id"], name=op.f("fk_workshop_run_id_theming_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("engagement_id", "name", name=op.f("uq_workshop_engagement_id_name")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_engagement_id"), ["engagement_id"], unique=False)


def _create_theme() -> None:
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("candidate_theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_theme_id"],
            ["candidate_theme.id"],
            name=op.f("fk_theme_candidate_theme_id_candidate_theme"),
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["theme.id"], name=op.f("fk_theme_merged_into_id_theme")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_theme_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_theme_workshop_id"), ["workshop_id"], unique=False)


def _create_placement() -> None:
    op.create_table(
        "placement",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("parked_reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_placement_theme_id_theme")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_placement_voice_id_voice")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_placement_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "voice_id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placement_theme_id"), ["theme_id"], unique=False)


def _create_echo() -> None:
    op.create_table(
        "echo",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_echo_theme_id_theme")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_echo_voice_id_voice")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_echo_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", "voice_id", "theme_id", name=op.f("pk_echo")),
    )
    with op.batch_alter_table("echo", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_echo_theme_id"), ["theme_id"], unique=False)


def _create_board_event() -> None:
    op.create_table(
        "board_event",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client_op_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes_seq", sa.Integer(), nullable=True),
        sa.Column("redoes_seq", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_board_event_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("workshop_id", "seq", name=op.f("pk_board_event")),
        sa.UniqueConstraint(
            "workshop_id", "client_op_id", name=op.f("uq_board_event_workshop_id_client_op_id")
        ),
    )
