"""Looking through all voices of an engagement for those that came in twice, and walking what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.jobs import JobView, ask_for_job, finish_job, report_progress
from engagement.listen.duplicates.aside import ASIDE
from engagement.listen.duplicates.deciding import list_decisions, list_undecided
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.voices import VoiceQuery, VoiceView, list_voices
from engagement.people.permissions import Act, Person, check_may
from models.database import Record
from models.duplicates import DuplicateSearch
from models.voices import Voice

DUPLICATES_JOB = "duplicates"


@dataclass(frozen=True)
class SearchView:
    """The newest look for voices that came in twice; ``n_since`` voices came in after it."""

    n_voices: int
    n_short: int
    n_since: int
    made_at: datetime


@dataclass(frozen=True)
class AlikeGroup:
    """The first of voices that are nearly the same, and the others that nobody has decided about.

    ``likenesses`` are those of the others to the first one, from 0 to 1.
    """

    first: int
    others: tuple[int, ...]
    likenesses: tuple[float, ...]


def ask_for_duplicates(session: Session, person: Person, engagement_id: int) -> int:
    """Ask the worker to look for voices that came in twice; give the job's number."""
    check_may(person, Act.ADD_SOURCE)
    return ask_for_job(session, person, engagement_id, DUPLICATES_JOB, {})


def run_duplicates_job(record: Record, job: JobView) -> None:
    """Do the job: read the voices as they are shown, compare them, keep what was found."""
    with record.reading() as session:
        rows = session.execute(
            select(Voice.id, SHOWN_TEXT).where(Voice.engagement_id == job.engagement_id).order_by(Voice.id)
        ).all()
    with record.writing() as session:
        report_progress(session, job.id, 0.1, f"Comparing {len(rows):,} voices")
    search = search_texts([voice_id for voice_id, _ in rows], [text for _, text in rows])
    search.engagement_id, search.made_by = job.engagement_id, job.asked_by
    with record.writing() as session:
        session.add(search)
        finish_job(session, job.id, {"n_groups": len(search.groups)})


def search_texts(voice_ids: Sequence[int], texts: Sequence[str]) -> DuplicateSearch:
    """Compare texts and write what was found as a row of the record."""
    from engagement.listen.duplicates.finding import find_like

    found = find_like(texts)
    return DuplicateSearch(
        newest_voice_id=max(voice_ids, default=0),
        n_voices=len(voice_ids),
        n_short=found.n_short,
        groups=[
            {
                "voices": [voice_ids[each.first], *(voice_ids[place] for place, _ in each.others)],
                "likenesses": [round(likeness, 3) for _, likeness in each.others],
            }
            for each in found.groups
        ],
    )


def get_newest_search(session: Session, person: Person, engagement_id: int) -> SearchView | None:
    """Give the newest look; None when nobody has looked yet."""
    check_may(person, Act.ADD_SOURCE)
    search = _find_newest(session, engagement_id)
    if search is None:
        return None
    since = select(func.count(Voice.id)).where(
        Voice.engagement_id == engagement_id, Voice.id > search.newest_voice_id
    )
    return SearchView(search.n_voices, search.n_short, session.scalar(since) or 0, search.made_at)


def list_alike(session: Session, person: Person, engagement_id: int) -> tuple[AlikeGroup, ...]:
    """List what was found and nobody has decided about, the largest groups first.

    Voices that were withdrawn, or that count with another one, are left out.
    """
    search = _find_newest(session, engagement_id)
    decisions = list_decisions(session, person, engagement_id)
    if search is None:
        return ()
    aside = set(session.scalars(select(ASIDE.c.voice_id)))
    groups = []
    for group in search.groups:
        likenesses = dict(zip(group["voices"], [1.0, *group["likenesses"]], strict=True))
        standing = [each for each in group["voices"] if each not in aside]
        undecided = list_undecided(decisions, standing) if len(standing) > 1 else ()
        if undecided:
            groups.append(AlikeGroup(standing[0], undecided, tuple(likenesses[each] for each in undecided)))
    return tuple(sorted(groups, key=lambda each: (-len(each.others), -max(each.likenesses), each.first)))


def read_alike(
    session: Session, person: Person, engagement_id: int, voice_ids: Sequence[int]
) -> dict[int, VoiceView]:
    """Read voices as they are shown, by id."""
    among = select(Voice.id).where(Voice.id.in_(voice_ids))
    voices = list_voices(session, person, engagement_id, VoiceQuery(among=among))
    return {voice.id: voice for voice in voices}


def _find_newest(session: Session, engagement_id: int) -> DuplicateSearch | None:
    query = select(DuplicateSearch).where(DuplicateSearch.engagement_id == engagement_id)
    return session.scalars(query.order_by(DuplicateSearch.id.desc()).limit(1)).first()
