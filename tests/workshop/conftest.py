"""Boards to move cards on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from models.database import Record
from models.voices import Voice
from tests.builders import add_voices

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


@dataclass(frozen=True)
class Room:
    """An engagement in the record with its voices, ready for a board."""

    record: Record
    engagement_id: int
    voices: tuple[int, ...]


@pytest.fixture
def room(record: Record) -> Room:
    """Eight voices of one lunch club, on each database in turn."""
    return make_room(record)


def make_room(record: Record, texts: tuple[str, ...] = SAID) -> Room:
    """Put voices into the record and give their ids."""
    with record.writing() as session:
        engagement_id = add_voices(session, texts).id
        voices = tuple(session.scalars(select(Voice.id).order_by(Voice.id)))
    return Room(record, engagement_id, voices)
