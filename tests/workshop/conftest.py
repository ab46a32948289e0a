"""Boards to move cards on."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engagement.people.permissions import Person
from engagement.workshop.boards import ProposedTheme, open_board
from engagement.workshop.moves import Applied, apply_move
from engagement.workshop.state import read_state
from models.database import Record
from models.voices import Voice
from tests.builders import FACILITATOR, add_voices

SAID = (
    "The 22 stops at six so I do not go out after tea.",
    "Dropped kerbs, that is all I ask.",
    "They ask and then nothing happens.",
    "Nobody told us the day centre was moving.",
    "I only see my carer.",
    "The form was only online.",
    "My grandson set up the tablet for me.",
    "We need somewhere warm to sit in February.",
)
DEALT = ("Getting about", "Nobody listens", "Online")


@dataclass(frozen=True)
class Room:
    """An engagement in the record with its voices, ready for a board."""

    record: Record
    engagement_id: int
    voices: tuple[int, ...]


@dataclass
class Table:
    """A board in a room, and short ways to move cards on it."""

    room: Room
    workshop_id: int
    themes: dict[str, int]
    ops: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def record(self) -> Record:
        return self.room.record

    @property
    def voices(self) -> tuple[int, ...]:
        return self.room.voices

    def move(self, kind: str, *, by: Person = FACILITATOR, saw: int | None = None, **asked: Any) -> Applied:
        """Make a move by somebody who has seen everything, unless ``saw`` says otherwise."""
        with self.record.writing() as session:
            if saw is None:
                saw = read_state(session, by, self.workshop_id)["seq"]
            request = {"op": f"op-{next(self.ops)}", "saw": saw, "kind": kind, **asked}
            return apply_move(session, by, self.workshop_id, request)

    def look(self, by: Person = FACILITATOR) -> dict[str, Any]:
        """Read the whole board."""
        with self.record.reading() as session:
            return read_state(session, by, self.workshop_id)

    def card(self, voice_id: int) -> dict[str, Any]:
        """Read one card."""
        return next(card for card in self.look()["cards"] if card["id"] == voice_id)

    def names(self) -> dict[str, int | None]:
        """Read the names of the themes, and what each is merged into."""
        return {theme["name"]: theme["merged_into"] for theme in self.look()["themes"]}


def make_room(record: Record, texts: Sequence[str] = SAID) -> Room:
    """Put voices into the record and give their ids."""
    with record.writing() as session:
        engagement_id = add_voices(session, texts).id
        of_room = select(Voice.id).where(Voice.engagement_id == engagement_id)
        voices = tuple(session.scalars(of_room.order_by(Voice.id)))
    return Room(record, engagement_id, voices)


def make_table(room: Room, names: Sequence[str] = DEALT, voices_each: int = 2) -> Table:
    """Open a board with themes that hold the first voices; the others are not yet placed."""
    dealt = [
        ProposedTheme(None, name, room.voices[place * voices_each : (place + 1) * voices_each])
        for place, name in enumerate(names)
    ]
    with room.record.writing() as session:
        workshop_id = open_board(session, FACILITATOR, room.engagement_id, "Workshop 1", dealt)
    table = Table(room, workshop_id, {})
    table.themes = {theme["name"]: theme["id"] for theme in table.look()["themes"]}
    return table


@pytest.fixture
def room(record: Record) -> Room:
    """Eight voices of one lunch club, on each database in turn."""
    return make_room(record)


@pytest.fixture
def table(room: Room) -> Table:
    """A board with three themes of two voices each, and two voices not yet placed."""
    return make_table(room)


@pytest.fixture
def sqlite_table(sqlite_record: Record) -> Table:
    """The same board on SQLite, for tests in which the database makes no difference."""
    return make_table(make_room(sqlite_record))


@pytest.fixture
def fresh_sqlite(
    empty_sqlite: Path, tmp_path: Path
) -> Callable[[], contextlib.AbstractContextManager[Record]]:
    """A way to get an empty record on SQLite, as often as a property is tried."""

    @contextlib.contextmanager
    def open_fresh() -> Iterator[Record]:
        path = tmp_path / f"{uuid.uuid4().hex}.db"
        shutil.copy(empty_sqlite, path)
        record = Record(f"sqlite:///{path}")
        yield record
        record.close()

    return open_fresh


@pytest.fixture
def own_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of this test's own, with a secret of its own."""
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path / "data"))
