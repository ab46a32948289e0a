"""Erasing words for good, languages, and translations that people type beside the words.

The guard of voices lets one change pass: to blanks, for a voice that stands among the erased ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"

KEPT = ("the same file with blanks", "a text copy with blanks", "nothing of the file")
WHY = ("at the person's request", "when the time to keep it was over")
SENTENCE = "The words of a voice are never changed."
KEPT_COLUMNS = (
    "id", "engagement_id", "source_id", "position", "part", "line", "column_name", "start_at", "end_at",
    "prompt_id", "respondent_id", "said_on", "area", "added_at",
)  # fmt: skip
# Only for a voice that stands among the erased ones, only to as many blanks, with all else as it was.
IS_ERASED = "EXISTS (SELECT 1 FROM erased_voice WHERE erased_voice.voice_id = OLD.id)"
SAME_LENGTH = "length(NEW.text) = length(OLD.text) AND NEW.translation = '' AND NEW.language = ''"
ALL_BLANK_SQLITE = "NEW.text NOT GLOB '*[^x' || char(10) || char(13) || ']*'"
ALL_BLANK_POSTGRESQL = "NEW.text ~ '^[x\\n\\r]*$'"


def upgrade() -> None:
    """Make the tables, and let erasure pass the guard of voices."""
    kept = sa.Enum(*KEPT, name="kept_file", native_enum=False, create_constraint=True, length=40)
    why = sa.Enum(*WHY, name="erased_why", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("old_sha256", sa.String(length=64), nullable=False),
        sa.Column("new_sha256", sa.String(length=64), nullable=False),
        sa.Column("kept", kept, nullable=False),
        sa.Column("why", why, nullable=False),
        sa.Column("erased_by", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleaned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_erasure_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_source_id"), "erasure", ["source_id"])
    op.create_index(op.f("ix_erasure_old_sha256"), "erasure", ["old_sha256"])
    op.create_table(
        "erased_voice",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("erasure_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_erased_voice_voice_id_voice")),
        sa.ForeignKeyConstraint(
            ["erasure_id"], ["erasure.id"], name=op.f("fk_erased_voice_erasure_id_erasure")
        ),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_erased_voice")),
    )
    op.create_index(op.f("ix_erased_voice_erasure_id"), "erased_voice", ["erasure_id"])
    _add_languages()
    _drop_guard()
    _add_guard(allows_erasure=True)


def downgrade() -> None:
    """Drop the tables; the guard lets nothing pass again."""
    _drop_guard()
    _add_guard(allows_erasure=False)
    op.drop_table("translation")
    op.drop_table("voice_language")
    op.drop_table("erased_voice")
    op.drop_table("erasure")


def _add_languages() -> None:
    op.create_table(
        "voice_language",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("set_by", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_voice_language_voice_id_voice")),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_voice_language")),
    )
    op.create_index(op.f("ix_voice_language_language"), "voice_language", ["language"])
    op.create_index(op.f("ix_voice_language_set_at"), "voice_language", ["set_at"])
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_translation_voice_id_voice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
    )
    op.create_index(op.f("ix_translation_voice_id"), "translation", ["voice_id"])
    op.create_index(op.f("ix_translation_written_at"), "translation", ["written_at"])


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _add_guard(*, allows_erasure: bool) -> None:
    equal = "IS" if _is_sqlite() else "IS NOT DISTINCT FROM"
    same = " AND ".join(f"NEW.{each} {equal} OLD.{each}" for each in KEPT_COLUMNS)
    # Read as text, because PostgreSQL cannot compare JSON.
    same += f" AND CAST(NEW.further_slices AS TEXT) {equal} CAST(OLD.further_slices AS TEXT)"
    blank = ALL_BLANK_SQLITE if _is_sqlite() else ALL_BLANK_POSTGRESQL
    passes = f"({IS_ERASED} AND {SAME_LENGTH} AND {blank} AND {same})" if allows_erasure else "(1 = 0)"
    if _is_sqlite():
        op.execute(
            f"CREATE TRIGGER no_update_of_voice BEFORE UPDATE ON voice WHEN NOT {passes} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION no_update_of_voice() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {passes} THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER no_update_of_voice BEFORE UPDATE ON voice "
        "FOR EACH ROW EXECUTE FUNCTION no_update_of_voice()"
    )


def _drop_guard() -> None:
    if _is_sqlite():
        op.execute("DROP TRIGGER no_update_of_voice")
        return
    op.execute("DROP TRIGGER no_update_of_voice ON voice")
    op.execute("DROP FUNCTION no_update_of_voice()")
