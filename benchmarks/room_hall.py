"""The hall of the room's benchmark: a workshop with open doors, and the processes that serve it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from engagement.listen.example import load_example
from engagement.people.accounts import make_first_administrator
from engagement.people.board_tokens import mint_token
from engagement.people.permissions import COMMAND_LINE
from engagement.people.setup_code import make_setup_code
from engagement.workshop.boards import open_board
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import get_room
from engagement.workshop.state import read_state
from models.database import Record
from models.migrate import upgrade_record
from models.workshops import BoardEvent
from tests.postgresql import PostgresServer
from tests.server import AppServer

EMAIL, PASSWORD = "ada@example.org", "three plain words"


@dataclass(frozen=True)
class Hall:
    """Servers of one record, and a workshop whose doors are open.

    ``token`` is its facilitator's, ``join_key`` what the QR code holds.
    """

    servers: tuple[AppServer, ...]
    record_url: str
    engagement_id: int
    workshop_id: int
    token: str
    join_key: str

    @property
    def ports(self) -> tuple[int, ...]:
        """List the ports of the servers."""
        return tuple(server.port for server in self.servers)

    def find_url(self, seat: int) -> str:
        """Tell by which server a seat comes in: they take turns."""
        return self.servers[seat % len(self.servers)].url

    def read_events(self) -> list[tuple[str, int]]:
        """Read the client's number and the number of all events of the board from the record itself."""
        query = select(BoardEvent.client_op_id, BoardEvent.seq).where(
            BoardEvent.workshop_id == self.workshop_id
        )
        record = Record(self.record_url)
        with record.reading() as session:
            events = [(op, seq) for op, seq in session.execute(query)]
        record.close()
        return events

    def read_homes(self) -> dict[int, int]:
        """Read from the record itself in which theme each placed voice is at home."""
        record = Record(self.record_url)
        with record.reading() as session:
            cards = read_state(session, COMMAND_LINE, self.workshop_id)["cards"]
        record.close()
        return {card["id"]: card["home"] for card in cards if card["home"] is not None}


@contextmanager
def open_hall(n_processes: int) -> Iterator[Hall]:
    """Serve a workshop: one process on SQLite, or several on a PostgreSQL that is thrown away."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="thread-room-")))
        url = f"sqlite:///{folder / 'common-thread.db'}"
        if n_processes > 1:
            url = stack.enter_context(PostgresServer()).create_database("room")
        os.environ["ENGAGEMENT_DATA_DIR"] = str(folder)
        engagement_id, workshop_id, token, join_key = _prepare_workshop(url)
        settings = {"ENGAGEMENT_DATABASE_URL": url}
        servers = tuple(stack.enter_context(AppServer(folder, settings)) for _each in range(n_processes))
        yield Hall(servers, url, engagement_id, workshop_id, token, join_key)


def _prepare_workshop(url: str) -> tuple[int, int, str, str]:
    """Put the example and an empty board into a new record, and open the doors."""
    record = Record(url)
    upgrade_record(record)
    with record.writing() as session:
        code = make_setup_code(session) or ""
        person = make_first_administrator(session, code, EMAIL, "Ada", PASSWORD)
        engagement_id = load_example(session, person)
        workshop_id = open_board(session, person, engagement_id, "Load")
        open_doors(session, person, workshop_id)
        join_key = get_room(session, person, workshop_id).join_key or ""
    record.close()
    return engagement_id, workshop_id, mint_token(workshop_id, person), join_key
