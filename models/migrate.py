"""Bringing the record to the shape that this version of the software needs."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.database import Record

MIGRATIONS = Path(__file__).parent / "migrations"


def read_revision(record: Record) -> str | None:
    """Tell at which migration the record stands; None when it is empty."""
    with record.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def find_newest_revision() -> str:
    """Tell the migration that this version of the software needs."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise ValueError("migrations == [], must hold at least one.")
    return head


def is_from_newer_version(record: Record) -> bool:
    """Tell whether a newer version of the software has written the record."""
    current = read_revision(record)
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    return current is not None and current not in known


def upgrade_record(record: Record) -> Path | None:
    """Run the missing migrations, all or none. A SQLite file is copied first.

    Returns
    -------
    Path or None
        The copy that was made; None when there was nothing to copy.
    """
    current = read_revision(record)
    if current == find_newest_revision():
        return None
    copy = _copy_sqlite(record) if current and record.is_sqlite else None
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with record.writing_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def _copy_sqlite(record: Record) -> Path:
    path = Path(str(record.engine.url.database))
    copy = path.with_name(f"{path.stem}-before-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy
