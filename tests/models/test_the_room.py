"""The migration of the room: down and up again on each database."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect

from models.database import Record
from models.migrate import MIGRATIONS, read_revision, upgrade_record

ROOM_TABLES = {"room", "workshop_round", "seat", "vote", "join_try"}


def test_the_room_can_be_taken_down_and_built_again(record: Record) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with record.writing_engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0007")
    without = ROOM_TABLES & set(inspect(record.engine).get_table_names())
    upgrade_record(record)

    assert without == set()
    assert set(inspect(record.engine).get_table_names()) >= ROOM_TABLES
    assert (read_revision(record) or "") >= "0008"
