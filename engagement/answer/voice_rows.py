"""Voices with everything that became of them: what the thread shows and the export holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from engagement.answer.ledger import VoiceState, select_states
from engagement.listen.consent import MAY_PASS_ON, MAY_QUOTE
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION
from engagement.listen.said_in import LANGUAGE
from engagement.listen.voices import describe_erasure, describe_place
from engagement.plan.standing import select_theme_roots
from models.consent import ErasedVoice, Erasure
from models.engagements import Prompt
from models.plan import Priority, Referral, ReferralVoice
from models.sources import Respondent, Source
from models.typed import SourcePhoto, VoicePhoto
from models.voices import Voice
from models.workshops import Echo, Theme, Workshop


@dataclass(frozen=True)
class VoiceRow:
    """A voice and where it has got to. A withdrawn voice has no words, no translation and no respondent.

    ``erased`` says when, by whom and why its words were erased; "" where the record still holds them.
    ``photo`` and ``photo_sha256`` tell the photo that it was typed from, for as long as it is kept; both are
    "" where it was typed from none, and of a withdrawn voice.
    """

    id: int
    text: str
    translation: str
    language: str
    where: str
    source_id: int
    source_title: str
    prompt: str
    respondent: str
    area: str
    said_on: date | None
    may_quote: bool
    may_pass_on: bool
    state: VoiceState
    erased: str
    parked_reason: str
    theme_id: int | None
    theme_name: str
    also_in: tuple[str, ...]
    priority_id: int | None
    priority_title: str
    referred_to: tuple[str, ...]
    photo: str
    photo_sha256: str

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether people took the voice back."""
        return self.state is VoiceState.WITHDRAWN


def list_voice_rows(
    session: Session, engagement_id: int, voice_ids: Collection[int] | None = None
) -> tuple[VoiceRow, ...]:
    """List all voices of an engagement, or those with these ids, in the order they were added."""
    chosen = _select_rows(engagement_id)
    if voice_ids is not None:
        chosen = chosen.where(Voice.id.in_(voice_ids))
    also_in = _read_echoes(session, engagement_id)
    referred_to = _read_recipients(session, engagement_id)
    return tuple(
        _view_row(row, also_in.get(row.Voice.id, ()), referred_to.get(row.Voice.id, ()))
        for row in session.execute(chosen.order_by(Voice.id))
    )


def _select_rows(engagement_id: int) -> Select[*tuple[Any, ...]]:
    states = select_states(engagement_id).subquery("states")
    return (
        select(
            Voice,
            Source,
            SHOWN_TEXT.label("text"),
            SHOWN_TRANSLATION.label("translation"),
            LANGUAGE.label("language"),
            MAY_QUOTE.label("may_quote"),
            MAY_PASS_ON.label("may_pass_on"),
            Prompt.text.label("prompt"),
            Respondent.pseudonym.label("respondent"),
            Theme.name.label("theme_name"),
            Priority.title.label("priority_title"),
            states.c.state,
            states.c.theme_id,
            states.c.priority_id,
            states.c.parked_reason,
            Erasure,
            SourcePhoto,
        )
        .join(states, states.c.voice_id == Voice.id)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(Prompt, Prompt.id == Voice.prompt_id)
        .outerjoin(Respondent, Respondent.id == Voice.respondent_id)
        .outerjoin(Theme, Theme.id == states.c.theme_id)
        .outerjoin(Priority, Priority.id == states.c.priority_id)
        .outerjoin(ErasedVoice, ErasedVoice.voice_id == Voice.id)
        .outerjoin(Erasure, Erasure.id == ErasedVoice.erasure_id)
        .outerjoin(VoicePhoto, VoicePhoto.voice_id == Voice.id)
        .outerjoin(SourcePhoto, SourcePhoto.id == VoicePhoto.photo_id)
    )


def _view_row(row: Row[Any], also_in: tuple[str, ...], referred_to: tuple[str, ...]) -> VoiceRow:
    voice: Voice = row.Voice
    source: Source = row.Source
    state = VoiceState(row.state)
    is_withdrawn = state is VoiceState.WITHDRAWN
    photo: SourcePhoto | None = None if is_withdrawn else row.SourcePhoto
    return VoiceRow(
        id=voice.id,
        text="" if is_withdrawn else row.text,
        translation="" if is_withdrawn else row.translation,
        language=row.language,
        where=describe_place(source.title, voice.part, voice.line, voice.column_name),
        source_id=source.id,
        source_title=source.title,
        prompt=row.prompt or "",
        respondent="" if is_withdrawn else row.respondent or "",
        area=voice.area or source.area,
        said_on=voice.said_on or source.held_on,
        may_quote=bool(row.may_quote) and not is_withdrawn,
        may_pass_on=bool(row.may_pass_on) and not is_withdrawn,
        state=state,
        erased=describe_erasure(row.Erasure),
        parked_reason=row.parked_reason or "",
        theme_id=row.theme_id,
        theme_name=row.theme_name or "",
        also_in=also_in,
        priority_id=row.priority_id,
        priority_title=row.priority_title or "",
        referred_to=referred_to,
        photo=f"{photo.number}: {photo.file_name}" if photo else "",
        photo_sha256=photo.file_sha256 if photo else "",
    )


def _read_echoes(session: Session, engagement_id: int) -> dict[int, tuple[str, ...]]:
    root = select_theme_roots(engagement_id)
    rows = session.execute(
        select(Echo.voice_id, Theme.name)
        .join(Workshop, Workshop.id == Echo.workshop_id)
        .join(root, root.c.theme_id == Echo.theme_id)
        .join(Theme, Theme.id == root.c.root_id)
        .where(Workshop.engagement_id == engagement_id, Workshop.counts, Theme.is_removed.is_(False))
        .order_by(Theme.position, Theme.id)
        .distinct()
        .add_columns(Theme.position, Theme.id)
    )
    return _gather((row.voice_id, row.name) for row in rows)


def _read_recipients(session: Session, engagement_id: int) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(ReferralVoice.voice_id, Referral.recipient)
        .join(Referral, Referral.id == ReferralVoice.referral_id)
        .where(Referral.engagement_id == engagement_id, Referral.taken_back_at.is_(None))
        .order_by(Referral.id)
    )
    return _gather((row.voice_id, row.recipient) for row in rows)


def _gather(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    gathered: dict[int, list[str]] = defaultdict(list)
    for voice_id, name in pairs:
        if name not in gathered[voice_id]:
            gathered[voice_id].append(name)
    return {voice_id: tuple(names) for voice_id, names in gathered.items()}
