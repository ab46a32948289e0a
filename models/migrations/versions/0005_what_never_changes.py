"""What never changes: the database itself refuses to alter words, board events, runs and decisions."""

from alembic import op

revision = "0005"
down_revision = "0004"

NEVER_UPDATED = {
    "voice": "The words of a voice are never changed.",
    "stored_file": "A stored file is never changed.",
    "theming_run": "A theming run is never changed.",
    "candidate_theme": "A candidate theme is never changed.",
    "membership": "A theming run is never changed.",
    "board_event": "A board event is never changed.",
    "decision": "A decision is never changed.",
}
NEVER_DELETED = {
    "board_event": "A board event is never deleted.",
    "decision": "A decision is never deleted.",
}


def upgrade() -> None:
    """Add a guard for each table and act."""
    for act, guarded in (("UPDATE", NEVER_UPDATED), ("DELETE", NEVER_DELETED)):
        for table, sentence in guarded.items():
            _add_guard(table, act, sentence)


def downgrade() -> None:
    """Take the guards away."""
    for act, guarded in (("UPDATE", NEVER_UPDATED), ("DELETE", NEVER_DELETED)):
        for table in guarded:
            _drop_guard(table, act)


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
