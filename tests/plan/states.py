"""States of a board and a plan, for the tests of the plan, the answer and their screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import PriorityDetails, choose_priority
from models.sources import Source, StoredFile
from models.voices import Voice
from models.workshops import Placement, Theme, Workshop
from tests.builders import FACILITATOR, add_voices

TODAY = date(2024, 10, 15)
THEMED = {
    "Getting about": ("The 22 stops at six so I stay in.", "Dropped kerbs, that is all I ask."),
    "Being alone": ("Nobody knocks from Friday to Monday.", "I want someone to notice I am not there."),
    "Seeing a doctor": ("Forty minutes on the phone, then no appointment.", "I gave up ringing."),
}
UNPLACED = "The library smells of soup, in a good way."


@dataclass(frozen=True)
class Board:
    """A board that counts: its engagement, its themes by name, and each voice's id by its words."""

    engagement_id: int
    workshop_id: int
    themes: Mapping[str, int]
    voices: Mapping[str, int]


def add_board(
    session: Session, themed: Mapping[str, tuple[str, ...]] = THEMED, *, engagement: str = "Leading lives"
) -> Board:
    """Put an engagement into the record whose board holds the themes, and one voice that is not placed."""
    words = [each for texts in themed.values() for each in texts] + [UNPLACED]
    engagement_id = add_voices(session, words, engagement=engagement).id
    session.flush()
    added = session.scalars(select(Voice).where(Voice.engagement_id == engagement_id))
    by_words = {voice.text: voice.id for voice in added}
    workshop = Workshop(engagement_id=engagement_id, name="Workshop 1", counts=True, made_by=FACILITATOR.name)
    session.add(workshop)
    session.flush()
    themes = {}
    for position, (name, texts) in enumerate(themed.items()):
        theme = Theme(workshop_id=workshop.id, name=name, position=position)
        session.add(theme)
        session.flush()
        themes[name] = theme.id
        session.add_all(
            Placement(workshop_id=workshop.id, voice_id=by_words[each], theme_id=theme.id) for each in texts
        )
    session.flush()
    return Board(engagement_id, workshop.id, themes, by_words)


def describe_priority(title: str = "Loneliness", **changes: object) -> PriorityDetails:
    """Say a priority that can be chosen, but for the changes."""
    usual = PriorityDetails(
        title=title,
        lead=NamedPerson("Priya Shah"),
        group_name="Belonging group",
        chosen_on=date(2024, 7, 18),
        statement="I want someone to notice when I am not there.",
        promise="We will knock, and know who to call.",
        group_members="Sam\nJo",
    )
    return replace(usual, **changes)


def add_priority(
    session: Session, board: Board, *names: str, person: Person = FACILITATOR, **changes: object
) -> int:
    """Choose a priority out of the themes with these names."""
    theme_ids = [board.themes[each] for each in names]
    return choose_priority(session, person, board.engagement_id, theme_ids, describe_priority(**changes))


def add_source_without_consent(session: Session, board: Board, text: str, theme: str) -> int:
    """Put a voice that may be neither quoted nor passed on into a theme, and give its id."""
    content = text.encode()
    session.add(StoredFile(sha256="b" * 64, size=len(content), content=content))
    session.flush()
    source = Source(
        engagement_id=board.engagement_id,
        file_sha256="b" * 64,
        file_name="letter.txt",
        kind="letter",
        title="A letter",
        may_quote=False,
        may_pass_on=False,
        added_by=FACILITATOR.name,
    )
    session.add(source)
    session.flush()
    voice = Voice(
        engagement_id=board.engagement_id,
        source_id=source.id,
        position=0,
        text=text,
        part="body",
        line=1,
        start_at=0,
        end_at=len(text),
    )
    session.add(voice)
    session.flush()
    session.add(Placement(workshop_id=board.workshop_id, voice_id=voice.id, theme_id=board.themes[theme]))
    session.flush()
    return voice.id
