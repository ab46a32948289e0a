"""Reading referrals: what was sent to whom, what waits for an answer, what should be chased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from engagement.listen.consent import MAY_PASS_ON
from engagement.people.permissions import Act, Person, check_may
from models.plan import Referral, ReferralVoice
from models.sources import Source
from models.voices import Voice, Withdrawal
from models.workshops import Theme


@dataclass(frozen=True)
class ReferralView:
    """A referral as people read it.

    Of its ``n_voices``, ``n_withdrawn`` were taken back since it was sent, or may be passed on no longer.
    """

    id: int
    recipient: str
    theme_id: int | None
    theme_name: str
    message: str
    sent_on: date
    chase_on: date | None
    acknowledged_on: date | None
    answered_on: date | None
    outcome: str
    is_taken_back: bool
    sent_by: str
    version: int
    n_voices: int
    n_withdrawn: int
    is_waiting: bool
    is_chase_due: bool


def list_referrals(
    session: Session, person: Person, engagement_id: int, today: date, *, voice_id: int | None = None
) -> tuple[ReferralView, ...]:
    """List the referrals of an engagement, or of one voice: chase due, waiting, answered, taken back."""
    check_may(person, Act.READ)
    is_gone = Withdrawal.voice_id.is_not(None) | ~MAY_PASS_ON
    chosen = (
        select(Referral, Theme.name, func.count(ReferralVoice.voice_id), func.count(case((is_gone, 1))))
        .outerjoin(Theme, Theme.id == Referral.theme_id)
        .outerjoin(ReferralVoice, ReferralVoice.referral_id == Referral.id)
        .outerjoin(Voice, Voice.id == ReferralVoice.voice_id)
        .outerjoin(Source, Source.id == Voice.source_id)
        .outerjoin(Withdrawal, Withdrawal.voice_id == ReferralVoice.voice_id)
        .where(Referral.engagement_id == engagement_id)
        .group_by(Referral.id, Theme.name)
    )
    if voice_id is not None:
        holding = select(ReferralVoice.referral_id).where(ReferralVoice.voice_id == voice_id)
        chosen = chosen.where(Referral.id.in_(holding))
    views = [_view_referral(*row, today=today) for row in session.execute(chosen)]
    return tuple(sorted(views, key=_rank))


def list_referred_voice_ids(session: Session, person: Person, referral_id: int) -> tuple[int, ...]:
    """List the voices that a referral holds."""
    check_may(person, Act.READ)
    held = select(ReferralVoice.voice_id).where(ReferralVoice.referral_id == referral_id)
    return tuple(session.scalars(held.order_by(ReferralVoice.voice_id)))


def _view_referral(
    referral: Referral, theme_name: str | None, n_voices: int, n_withdrawn: int, *, today: date
) -> ReferralView:
    is_waiting = referral.taken_back_at is None and referral.answered_on is None
    return ReferralView(
        id=referral.id,
        recipient=referral.recipient,
        theme_id=referral.theme_id,
        theme_name=theme_name or "",
        message=referral.message,
        sent_on=referral.sent_on,
        chase_on=referral.chase_on,
        acknowledged_on=referral.acknowledged_on,
        answered_on=referral.answered_on,
        outcome=referral.outcome,
        is_taken_back=referral.taken_back_at is not None,
        sent_by=referral.sent_by,
        version=referral.version,
        n_voices=n_voices,
        n_withdrawn=n_withdrawn,
        is_waiting=is_waiting,
        is_chase_due=is_waiting and referral.chase_on is not None and referral.chase_on <= today,
    )


def _rank(referral: ReferralView) -> tuple[bool, bool, bool, date, int]:
    return (
        referral.is_taken_back,
        not referral.is_chase_due,
        not referral.is_waiting,
        referral.chase_on or referral.sent_on,
        referral.id,
    )
