"""Tables of a workshop: sources are shared out to them, and a facilitator says otherwise."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.errors import EngagementError, NotAllowedError
from engagement.workshop.tables import list_on_tables, put_on_tables, read_tables, share_out
from models.decisions import Decision
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import Table
from tests.workshop.seated import choose
from tests.workshop.second_source import add_source


def put(table: Table, by=FACILITATOR, **tables: int) -> None:
    with table.record.writing() as session:
        asked = {int(name.removeprefix("source_")): number for name, number in tables.items()}
        put_on_tables(session, by, table.workshop_id, asked)


def test_sources_are_shared_out_round_and_round() -> None:
    assert share_out([3, 5, 8, 9], 3, {}) == {3: 1, 5: 2, 8: 3, 9: 1}


def test_a_room_without_tables_has_nothing_on_them(sqlite_table: Table) -> None:
    assert sqlite_table.look()["room"]["tables"] == {}


def test_a_table_that_was_chosen_stays_as_long_as_there_is_one(table: Table) -> None:
    second, _ = add_source(table, "Belgrave", "The library closes at five.")
    choose(table, n_tables=4)

    put(table, **{f"source_{second}": 4})

    assert table.look()["room"]["tables"][str(second)] == 4
    choose(table, n_tables=3)
    assert table.look()["room"]["tables"][str(second)] == 2


def test_each_card_tells_its_source(table: Table) -> None:
    source_id, voice_id = add_source(table, "Belgrave", "The library closes at five.")

    assert table.card(voice_id)["source"] == source_id
    assert table.card(table.voices[0])["source"] != source_id


def test_the_list_of_tables_counts_the_voices_on_them(table: Table) -> None:
    add_source(table, "Belgrave", "The library closes at five.")
    choose(table, n_tables=2)

    with table.record.reading() as session:
        listed = list_on_tables(session, FACILITATOR, table.workshop_id)

    assert [(each.title, each.n_voices, each.table_number) for each in listed] == [
        ("Lunch club", len(table.voices), 1),
        ("Belgrave", 1, 2),
    ]


def test_only_what_changed_is_in_the_record(sqlite_table: Table) -> None:
    second, _ = add_source(sqlite_table, "Belgrave", "The library closes at five.")
    choose(sqlite_table, n_tables=2)

    for _ in range(2):
        put(sqlite_table, **{f"source_{second}": 1})

    with sqlite_table.record.reading() as session:
        put_down = select(Decision).where(Decision.kind == "put sources on tables")
        assert [each.details for each in session.scalars(put_down)] == [{str(second): 1}]


@pytest.mark.parametrize(
    ("tables", "said"), [({"source_614": 1}, "no source 614"), ({"source_1": 9}, "no table 9")]
)
def test_what_is_not_there_is_refused(sqlite_table: Table, tables: dict, said: str) -> None:
    choose(sqlite_table, n_tables=2)

    with pytest.raises(EngagementError, match=said):
        put(sqlite_table, **tables)
    with sqlite_table.record.reading() as session:
        assert set(read_tables(session, sqlite_table.workshop_id).values()) == {1}


def test_only_who_runs_the_workshop_puts_notes_on_tables(sqlite_table: Table) -> None:
    choose(sqlite_table, n_tables=2)

    with pytest.raises(NotAllowedError):
        put(sqlite_table, by=LEAD, source_1=2)
