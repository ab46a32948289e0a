"""In which language a voice was said, and what it says in English, in a query."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.languages import Translation, VoiceLanguage
from models.voices import Voice

LANGUAGE: ColumnElement[str] = func.coalesce(
    select(VoiceLanguage.language).where(VoiceLanguage.voice_id == Voice.id).scalar_subquery(), Voice.language
)
"""The language of `Voice` in a query: as people or the machine say, else as its file says; "" if not sure."""
TRANSLATION: ColumnElement[str] = func.coalesce(
    select(Translation.text)
    .where(Translation.voice_id == Voice.id)
    .order_by(Translation.id.desc())
    .limit(1)
    .scalar_subquery(),
    Voice.translation,
)
"""The translation of `Voice` in a query: the newest that somebody typed, else that of its file."""
IS_HINT: ColumnElement[bool] = (
    select(VoiceLanguage.voice_id)
    .where(VoiceLanguage.voice_id == Voice.id, VoiceLanguage.set_by == "", VoiceLanguage.language != "")
    .correlate(Voice)
    .exists()
)
"""Whether the language of `Voice` in a query is only a hint of the machine."""


def read_translation(session: Session, voice_id: int) -> str:
    """Read the translation of a voice as it was typed or stands in the file; "" when there is none."""
    return session.scalar(select(TRANSLATION).where(Voice.id == voice_id)) or ""
