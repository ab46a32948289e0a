"""What people agreed to: for a whole source, and for one of them apart from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.consent_answers import Consent
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.consent import OwnConsent
from models.sources import Source
from models.voices import Voice, Withdrawal

MAX_WORDING_LENGTH = 2_000
NAMES = ("may_use", "may_quote", "may_pass_on", "may_tell_story")


COLUMNS = dict(zip(Consent, NAMES, strict=True))


def _build_agreed(name: str) -> ColumnElement[bool]:
    own = getattr(OwnConsent, name)
    return func.coalesce(
        select(own).where(OwnConsent.voice_id == Voice.id).scalar_subquery(),
        select(own).where(OwnConsent.respondent_id == Voice.respondent_id).scalar_subquery(),
        getattr(Source, name),
    )


MAY_USE, MAY_QUOTE, MAY_PASS_ON, MAY_TELL_STORY = map(_build_agreed, NAMES)
"""Whether `Voice` of `Source` in a query may be used, quoted, passed on, told as a story."""

HAS_OWN: ColumnElement[bool] = (
    select(OwnConsent.id)
    .where((OwnConsent.voice_id == Voice.id) | (OwnConsent.respondent_id == Voice.respondent_id))
    .correlate(Voice)
    .exists()
)
"""Whether something was agreed for `Voice` in a query apart from its source."""


@dataclass(frozen=True)
class Agreed:
    """What one person agreed to; None where what the source says holds for them, too."""

    may_use: bool | None = None
    may_quote: bool | None = None
    may_pass_on: bool | None = None
    may_tell_story: bool | None = None


def get_own_consent(session: Session, person: Person, voice_id: int) -> Agreed:
    """Give what was agreed for a voice, or by whoever said it, apart from its source."""
    check_may(person, Act.READ)
    kept = _find_own(session, _get_voice_or_raise(session, voice_id))
    return Agreed(*(getattr(kept, name) for name in NAMES)) if kept else Agreed()


def get_source_consent(session: Session, person: Person, voice_id: int) -> Agreed:
    """Give what the source of a voice says, which holds where nothing was agreed apart from it."""
    check_may(person, Act.READ)
    source = session.get_one(Source, _get_voice_or_raise(session, voice_id).source_id)
    return Agreed(*(getattr(source, name) for name in NAMES))


def change_consent(session: Session, person: Person, voice_id: int, agreed: Agreed, wording: str) -> None:
    """Keep what whoever said a voice agreed to apart from its source, and in which words we know.

    Where the respondent is known it holds for all that they said in this source, else for this voice.
    Without consent to use, their voices leave board, theming, quotes and exports, as if taken back.

    Raises
    ------
    EngagementError
        When it is not said how we know, or in more than 2,000 characters.
    """
    check_may(person, Act.ADD_SOURCE)
    wording = _clean_wording(wording)
    voice = _get_voice_or_raise(session, voice_id)
    kept = _find_own(session, voice)
    if kept is None:
        whose = voice.respondent_id
        kept = OwnConsent(respondent_id=whose, voice_id=voice_id if whose is None else None)
        session.add(kept)
    for name in NAMES:
        setattr(kept, name, getattr(agreed, name))
    kept.wording, kept.set_by, kept.set_at = wording, person.name, utc_now()
    session.flush()
    follow_use(session, person, voice.source_id)
    record_decision(
        session,
        person,
        "changed consent",
        subject="voice",
        subject_id=voice.id,
        engagement_id=voice.engagement_id,
        why=wording,
        details={name: getattr(agreed, name) for name in NAMES} | {"respondent": voice.respondent_id},
    )


def follow_use(session: Session, person: Person, source_id: int) -> None:
    """Let voices of a source leave or come back as the consent to use says.

    What people took back themselves stays taken back.
    """
    of_source = (
        select(Voice.id).join(Source, Source.id == Voice.source_id).where(Voice.source_id == source_id)
    )
    session.execute(
        delete(Withdrawal).where(Withdrawal.not_agreed, Withdrawal.voice_id.in_(of_source.where(MAY_USE)))
    )
    gone = of_source.where(~MAY_USE, Voice.id.not_in(select(Withdrawal.voice_id)))
    row = {"reason": "", "withdrawn_by": person.name, "withdrawn_at": utc_now(), "not_agreed": True}
    voice_ids = session.scalars(gone).all()
    if voice_ids:
        session.execute(insert(Withdrawal), [{"voice_id": each, **row} for each in voice_ids])


def keep_answers(
    session: Session, person: Person, answers: Mapping[int, Sequence[tuple[str, bool]]], wording: str
) -> None:
    """Keep what respondents answered to the questions about consent in their survey, worded so.

    Where two questions ask for the same, both must be agreed to.
    """
    row = dict.fromkeys(NAMES) | {"wording": wording, "set_by": person.name, "set_at": utc_now()}
    rows = []
    for respondent_id, given in answers.items():
        refused = {Consent(name) for name, is_agreed in given if not is_agreed}
        said = {COLUMNS[Consent(name)]: Consent(name) not in refused for name, _ in given}
        rows.append(row | {"respondent_id": respondent_id} | said)
    if rows:
        session.execute(insert(OwnConsent), rows)


def _find_own(session: Session, voice: Voice) -> OwnConsent | None:
    whose = OwnConsent.voice_id == voice.id
    if voice.respondent_id is not None:
        whose = OwnConsent.respondent_id == voice.respondent_id
    return session.scalars(select(OwnConsent).where(whose)).one_or_none()


def _get_voice_or_raise(session: Session, voice_id: int) -> Voice:
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    return voice


def _clean_wording(wording: str) -> str:
    cleaned = wording.strip()
    if not cleaned or len(cleaned) > MAX_WORDING_LENGTH or "\0" in cleaned:
        raise EngagementError(
            "Consent is kept with how we know of it, so that others can rely on it. "
            f"Write 1 to {MAX_WORDING_LENGTH:,} characters, such as “told the facilitator after the group”."
        )
    return cleaned
