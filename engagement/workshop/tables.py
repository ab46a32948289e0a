"""Tables of a workshop: on which of them the voices of each source lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.listen.duplicates.aside import stands
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import refuse_unknown
from engagement.workshop.rooms import find_room, record_room_decision, take_room
from models.rooms import TableSource
from models.sources import Source
from models.voices import Voice
from models.workshops import Workshop


@dataclass(frozen=True)
class SourceOnTable:
    """A source with its voices that are not withdrawn, and the table on which they lie."""

    source_id: int
    title: str
    n_voices: int
    table_number: int


def read_tables(session: Session, workshop_id: int) -> dict[int, int]:
    """Tell for each source on which table its voices lie; nothing where the room has no tables.

    Where nobody has said otherwise the first source lies on table 1, the second on table 2, and so on, round
    and round.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    n_tables = find_room(session, workshop_id).n_tables
    if not n_tables:
        return {}
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    query = select(Source.id).where(Source.engagement_id == workshop.engagement_id).order_by(Source.id)
    return share_out(session.scalars(query).all(), n_tables, _read_chosen(session, workshop_id))


def share_out(source_ids: Sequence[int], n_tables: int, chosen: Mapping[int, int]) -> dict[int, int]:
    """Share sources out to tables 1 to ``n_tables`` in their order, but for those with a ``chosen`` table.

    Examples
    --------
    >>> share_out([7, 8, 9], 2, {})
    {7: 1, 8: 2, 9: 1}
    >>> share_out([7, 8, 9], 2, {7: 2, 9: 5})
    {7: 2, 8: 2, 9: 1}
    """
    usual = {source_id: place % n_tables + 1 for place, source_id in enumerate(source_ids)}
    kept = {source_id: table for source_id, table in chosen.items() if table <= n_tables}
    return {source_id: kept.get(source_id, table) for source_id, table in usual.items()}


def list_on_tables(session: Session, person: Person, workshop_id: int) -> tuple[SourceOnTable, ...]:
    """List the sources of a workshop with the table of each, for whoever runs it."""
    check_may(person, Act.RUN_WORKSHOP)
    tables = read_tables(session, workshop_id)
    n_voices = func.count(Voice.id).filter(stands(Voice.id))
    query = (
        select(Source.id, Source.title, n_voices)
        .outerjoin(Voice, Voice.source_id == Source.id)
        .where(Source.id.in_(tables))
        .group_by(Source.id, Source.title)
        .order_by(Source.id)
    )
    return tuple(SourceOnTable(id, title, count, tables[id]) for id, title, count in session.execute(query))


def put_on_tables(session: Session, person: Person, workshop_id: int, tables: Mapping[int, int]) -> None:
    """Put the voices of sources on tables; sources that are not named stay where they are.

    Raises
    ------
    EngagementError
        When the room has no such table, or the workshop no such source.
    """
    workshop, room = take_room(session, person, workshop_id)
    standing = read_tables(session, workshop_id)
    for source_id, table_number in tables.items():
        if source_id not in standing:
            raise EngagementError(f"There is no source {source_id} in this workshop. Choose one of the list.")
        if not 1 <= table_number <= room.n_tables:
            raise EngagementError(f"There is no table {table_number}. Choose from 1 to {room.n_tables}.")
    moved = {source_id: table for source_id, table in tables.items() if standing[source_id] != table}
    for source_id, table_number in moved.items():
        session.merge(TableSource(workshop_id=workshop_id, source_id=source_id, table_number=table_number))
    if moved:
        session.flush()
        said = {str(source_id): table for source_id, table in moved.items()}
        record_room_decision(session, person, "put sources on tables", workshop, **said)


def _read_chosen(session: Session, workshop_id: int) -> dict[int, int]:
    columns = (TableSource.source_id, TableSource.table_number)
    rows = session.execute(select(*columns).where(TableSource.workshop_id == workshop_id))
    return {source_id: table for source_id, table in rows}
