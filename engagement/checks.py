"""The check: whether the record holds together, and people's words still are what their files say."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engagement.answer.ledger import count_ledger
from engagement.decisions import find_broken_decision
from engagement.listen.erasing.cleaning import count_unfinished
from engagement.listen.typed.photos import list_changed_photos
from engagement.listen.verify import verify_voices
from engagement.workshop.state import find_broken_event
from models.database import Record
from models.engagements import Engagement
from models.workshops import Workshop


def check_record(record: Record) -> tuple[str, ...]:
    """Look the whole record over; give a plain sentence for each problem, none when all is well."""
    with record.reading() as session:
        return (
            *(_check_sqlite(session) if record.is_sqlite else ()),
            *_check_decisions(session),
            *_check_boards(session),
            *_check_ledgers(session),
            *_check_words(session),
            *_check_photos(session),
            *_check_erasures(session),
        )


def _check_sqlite(session: Session) -> tuple[str, ...]:
    answer = str(session.execute(text("PRAGMA integrity_check")).scalar())
    orphans = session.execute(text("PRAGMA foreign_key_check")).all()
    problems = []
    if answer != "ok":
        problems.append(f"The database file is damaged ({answer}). Stop Common Thread and restore a backup.")
    if orphans:
        problems.append(f"{len(orphans)} rows point at rows that are gone. Restore a backup.")
    return tuple(problems)


def _check_decisions(session: Session) -> tuple[str, ...]:
    seq = find_broken_decision(session)
    return () if seq is None else (f"Decision {seq} was changed or one before it was removed.",)


def _check_boards(session: Session) -> tuple[str, ...]:
    problems = []
    for workshop in session.scalars(select(Workshop).order_by(Workshop.id)):
        seq = find_broken_event(session, workshop.id)
        if seq is not None:
            problems.append(
                f"On the board {workshop.name}, event {seq} was changed or one before it was removed."
            )
    return tuple(problems)


def _check_ledgers(session: Session) -> tuple[str, ...]:
    problems = []
    for engagement in session.scalars(select(Engagement).order_by(Engagement.id)):
        ledger = count_ledger(session, engagement.id)
        if not ledger.adds_up:
            problems.append(f"The ledger of {engagement.name} does not add up: {ledger}.")
    return tuple(problems)


def _check_words(session: Session) -> tuple[str, ...]:
    changed = verify_voices(session)
    if not changed:
        return ()
    first = ", ".join(str(voice_id) for voice_id in changed[:5])
    voices = "1 voice has" if len(changed) == 1 else f"{len(changed)} voices have"
    return (
        f"{voices} words that are not found in {'its' if len(changed) == 1 else 'their'} stored file "
        f"(voice {first}). The record keeps these words as they are: compare them with the file.",
    )


def _check_photos(session: Session) -> tuple[str, ...]:
    changed = list_changed_photos(session)
    return tuple(
        f"Photo {number} of {title} is no longer the file that was added." for number, title in changed
    )


def _check_erasures(session: Session) -> tuple[str, ...]:
    n_unfinished = count_unfinished(session)
    if not n_unfinished:
        return ()
    return (
        f"Erasures and removals of photos that are not finished: {n_unfinished}. What was taken out may "
        "still stand in free places of the database. Start Common Thread again when nobody else uses the "
        "record; it finishes them then.",
    )
