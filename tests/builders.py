"""Short ways to put a record into a state."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.listen.searching import keep_searched
from engagement.people.permissions import Person
from models.engagements import Engagement
from models.people import Account, Role
from models.sources import Source, SourceKind, StoredFile
from models.voices import Voice

FACILITATOR = Person(name="Amina Facilitator", role=Role.FACILITATOR)
LEAD = Person(name="Priya Lead", role=Role.LEAD)
VIEWER = Person(name="Vic Viewer", role=Role.VIEWER)
ADMINISTRATOR = Person(name="Ada Administrator", role=Role.ADMINISTRATOR)


def add_voices(session: Session, texts: Sequence[str], *, engagement: str = "Leading lives") -> Engagement:
    """Put one engagement with one source, whose lines are the texts, into the record."""
    content = "\n".join(texts).encode()
    sha256 = hashlib.sha256(content + engagement.encode()).hexdigest()
    exercise = Engagement(name=engagement)
    session.add_all([exercise, StoredFile(sha256=sha256, size=len(content), content=content)])
    session.flush()
    source = Source(
        engagement_id=exercise.id,
        file_sha256=sha256,
        file_name="notes.txt",
        kind=SourceKind.FOCUS_GROUP,
        title="Lunch club",
        added_by=FACILITATOR.name,
    )
    session.add(source)
    session.flush()
    session.add_all(
        Voice(
            engagement_id=exercise.id,
            source_id=source.id,
            position=position,
            text=words,
            part="body",
            line=position + 1,
            start_at=0,
            end_at=len(words),
        )
        for position, words in enumerate(texts)
    )
    session.flush()
    keep_searched(session, session.scalars(select(Voice.id).where(Voice.source_id == source.id)).all())
    record_decision(
        session,
        FACILITATOR,
        "added source",
        subject="source",
        subject_id=source.id,
        engagement_id=exercise.id,
    )
    return exercise


def add_account(session: Session, person: Person) -> Person:
    """Put an account for the person into the record and give the person with its id."""
    email = person.email or f"{person.name.split()[0].lower()}@example.org"
    account = Account(email=email, name=person.name, role=person.role, password_hash="!")
    session.add(account)
    session.flush()
    return Person(name=person.name, role=person.role, account_id=account.id, email=email)
