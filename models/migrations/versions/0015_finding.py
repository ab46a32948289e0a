"""Words as they are searched, and views that people saved."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

MANY = 500


def upgrade() -> None:
    """Make the tables, and fill in the words of the voices that are there."""
    searched = op.create_table(
        "searched_words",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_searched_words_voice_id_voice")),
        sa.PrimaryKeyConstraint("voice_id", name=op.f("pk_searched_words")),
    )
    rows = op.get_bind().execute(sa.text("SELECT id, text, translation FROM voice")).all()
    for start in range(0, len(rows), MANY):
        part = rows[start : start + MANY]
        op.bulk_insert(
            searched, [{"voice_id": each, "words": _fold(f"{text}\n{other}")} for each, text, other in part]
        )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("engagement_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.String(length=200), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_saved_view_engagement_id_engagement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("engagement_id", "name", name=op.f("uq_saved_view_engagement_id_name")),
    )
    op.create_index(op.f("ix_saved_view_engagement_id"), "saved_view", ["engagement_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("saved_view")
    op.drop_table("searched_words")


def _fold(text: str) -> str:
    """Fold as `engagement.listen.searching.fold_words` did when this was written."""
    plain = str.maketrans("łøđħı’‘“”", "lodhi''\"\"") | {ord("æ"): "ae", ord("œ"): "oe"}
    kept, is_latin = [], False
    for letter in unicodedata.normalize("NFD", text.casefold().translate(plain)):
        if unicodedata.combining(letter):
            kept += [] if is_latin else [letter]
            continue
        is_latin = letter.isascii()
        kept.append(letter)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
