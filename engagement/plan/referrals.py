"""Passing a theme's voices on to an organisation that can act, and following what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.consent import MAY_PASS_ON
from engagement.listen.duplicates.aside import ASIDE
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date
from engagement.plan.theme_choice import check_theme_is_in_no_priority, get_agreed_theme_or_raise
from models.base import utc_now
from models.database import lock_chain
from models.plan import Referral, ReferralVoice
from models.sources import Source
from models.voices import Voice
from models.workshops import Theme

USUAL_WAIT = timedelta(weeks=4)
MOST_LETTERS = 300


@dataclass(frozen=True)
class ConsentCount:
    """Which voices of a theme may be passed on, and how many stay because nobody agreed to that."""

    voice_ids: tuple[int, ...]
    n_without_consent: int
    n_withdrawn: int


@dataclass(frozen=True)
class PassedOn:
    """What a referral took along and what stayed where it is."""

    referral_id: int
    n_passed_on: int
    n_without_consent: int


def count_consent(session: Session, person: Person, engagement_id: int, theme_id: int) -> ConsentCount:
    """Tell which voices of a theme may be passed on, before anything is sent."""
    check_may(person, Act.READ)
    theme = get_agreed_theme_or_raise(session, engagement_id, theme_id)
    return _count_consent(session, theme.voice_ids)


def pass_on_theme(
    session: Session,
    person: Person,
    engagement_id: int,
    theme_id: int,
    *,
    recipient: str,
    sent_on: date,
    chase_on: date | None = None,
    message: str = "",
) -> PassedOn:
    """Refer all voices of a theme that may be passed on; chase after four weeks unless told otherwise.

    Voices that this recipient holds already are not sent again. Voices without consent stay where they are.
    """
    check_may(person, Act.REFER)
    lock_chain(session, f"plan {engagement_id}")
    chase_day = chase_on or sent_on + USUAL_WAIT
    name = _check_recipient(recipient)
    _check_order(sent_on, chase_day, "chase")
    theme = get_agreed_theme_or_raise(session, engagement_id, theme_id)
    check_theme_is_in_no_priority(session, engagement_id, theme)
    consent = _count_consent(session, theme.voice_ids)
    voice_ids = _leave_out_sent(session, engagement_id, name, consent.voice_ids)
    _check_something_to_send(theme.name, name, consent, voice_ids)
    referral = Referral(
        engagement_id=engagement_id,
        theme_id=theme_id,
        recipient=name,
        message=message.strip(),
        sent_on=sent_on,
        chase_on=chase_day,
        sent_by=person.name,
    )
    session.add(referral)
    session.flush()
    session.add_all(ReferralVoice(referral_id=referral.id, voice_id=each) for each in voice_ids)
    kept = consent.n_without_consent
    _record(session, person, "passed on theme", referral, n_voices=len(voice_ids), n_without_consent=kept)
    return PassedOn(referral.id, len(voice_ids), kept)


def acknowledge_referral(
    session: Session, person: Person, referral_id: int, on: date, *, saw_version: int
) -> None:
    """Record that the recipient said they have the referral."""
    referral = _open_referral(session, person, referral_id, saw_version)
    _check_order(referral.sent_on, on, "acknowledgement")
    referral.acknowledged_on = on
    _record(session, person, "recorded acknowledgement of referral", referral)


def answer_referral(
    session: Session, person: Person, referral_id: int, on: date, outcome: str, *, saw_version: int
) -> None:
    """Record what the recipient answered; nothing is left to chase."""
    referral = _open_referral(session, person, referral_id, saw_version)
    _check_order(referral.sent_on, on, "answer")
    if not outcome.strip():
        raise EngagementError("The outcome is empty. Type what the recipient answered, then save.")
    referral.answered_on = on
    referral.outcome = outcome.strip()
    _record(session, person, "recorded answer to referral", referral)


def chase_referral(
    session: Session, person: Person, referral_id: int, next_chase_on: date, *, saw_version: int
) -> None:
    """Record that the recipient was chased, and when to ask again."""
    referral = _open_referral(session, person, referral_id, saw_version)
    _check_order(referral.sent_on, next_chase_on, "next chase")
    referral.chase_on = next_chase_on
    _record(session, person, "chased referral", referral, next_chase_on=next_chase_on.isoformat())


def take_back_referral(
    session: Session, person: Person, referral_id: int, *, saw_version: int, why: str = ""
) -> None:
    """Undo a referral: its voices go back to where their theme stands. The referral stays in the record."""
    referral = _open_referral(session, person, referral_id, saw_version)
    referral.taken_back_at = utc_now()
    _record(session, person, "took back referral", referral, why=why)


def _count_consent(session: Session, voice_ids: Sequence[int]) -> ConsentCount:
    rows = session.execute(
        select(Voice.id, MAY_PASS_ON, ASIDE.c.voice_id)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(ASIDE, ASIDE.c.voice_id == Voice.id)
        .where(Voice.id.in_(voice_ids))
        .order_by(Voice.id)
    ).all()
    standing = [(voice_id, may) for voice_id, may, withdrawn in rows if withdrawn is None]
    return ConsentCount(
        voice_ids=tuple(voice_id for voice_id, may in standing if may),
        n_without_consent=sum(not may for _, may in standing),
        n_withdrawn=len(rows) - len(standing),
    )


def _leave_out_sent(
    session: Session, engagement_id: int, recipient: str, voice_ids: Sequence[int]
) -> tuple[int, ...]:
    sent = session.scalars(
        select(ReferralVoice.voice_id)
        .join(Referral, Referral.id == ReferralVoice.referral_id)
        .where(
            Referral.engagement_id == engagement_id,
            Referral.taken_back_at.is_(None),
            func.lower(Referral.recipient) == recipient.lower(),
        )
    )
    already = set(sent)
    return tuple(each for each in voice_ids if each not in already)


def _check_something_to_send(
    theme_name: str, recipient: str, consent: ConsentCount, voice_ids: Sequence[int]
) -> None:
    if voice_ids:
        return
    if consent.voice_ids:
        raise EngagementError(
            f"{recipient} holds every voice of “{theme_name}” already. Chase that referral instead."
        )
    if consent.n_without_consent:
        raise EngagementError(
            f"None of the {consent.n_without_consent} voices of “{theme_name}” may be passed on: "
            "nobody agreed to that. Ask the host of the source, or answer these voices yourselves."
        )
    raise EngagementError(f"“{theme_name}” holds no voices. Choose a theme that does.")


def _check_recipient(recipient: str) -> str:
    name = " ".join(recipient.split())
    if not name:
        raise EngagementError("The recipient is empty. Type the organisation that can act, then pass on.")
    if len(name) > MOST_LETTERS:
        raise EngagementError(
            f"The recipient has {len(name)} letters. Use {MOST_LETTERS} letters or fewer, then pass on."
        )
    return name


def _check_order(sent_on: date, later: date, what: str) -> None:
    if later < sent_on:
        raise EngagementError(
            f"The date of the {what}, {write_date(later)}, is before the referral was sent, "
            f"{write_date(sent_on)}. Choose a later date."
        )


def _open_referral(session: Session, person: Person, referral_id: int, saw_version: int) -> Referral:
    check_may(person, Act.REFER)
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotFoundError(f"There is no referral {referral_id}. Go back to the list of referrals.")
    session.refresh(referral, with_for_update=True)
    if referral.taken_back_at is not None:
        raise EngagementError(
            f"The referral to {referral.recipient} was taken back. Pass the theme on again if you want to."
        )
    if referral.version != saw_version:
        raise ConflictError(
            f"Somebody changed the referral to {referral.recipient} first. "
            "Look at it, then save again if you still want to."
        )
    referral.version += 1
    return referral


def _record(
    session: Session, person: Person, kind: str, referral: Referral, why: str = "", **details: object
) -> None:
    theme = session.get(Theme, referral.theme_id) if referral.theme_id else None
    name = f"{theme.name if theme else 'voices'} to {referral.recipient}"
    record_decision(
        session,
        person,
        kind,
        subject="referral",
        subject_id=referral.id,
        engagement_id=referral.engagement_id,
        why=why,
        details={"name": name, "theme": referral.theme_id, **details},
    )
