"""Numbers on paper: short, and the same each time that a card or a heading is printed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.voices import Voice
from models.workshops import Theme


@dataclass(frozen=True)
class CardNumbers:
    """Which number stands on the card of which voice: the first voice of the engagement has number 1.

    A voice's row and id stay for ever, withdrawn or not, so a number is never given again. Where other
    engagements brought voices in between, numbers are left out.
    """

    first_id: int

    def number_of(self, voice_id: int) -> int:
        """Give the number on the card of a voice, 1 or more."""
        return voice_id - self.first_id + 1

    def voice_of(self, number: int) -> int:
        """Give the id that the voice with this number has, if there is such a voice."""
        return number + self.first_id - 1


def read_card_numbers(session: Session, engagement_id: int) -> CardNumbers:
    """Read where the card numbers of an engagement begin."""
    first_id = session.scalar(select(func.min(Voice.id)).where(Voice.engagement_id == engagement_id))
    return CardNumbers(first_id or 1)


def number_themes(session: Session, workshop_id: int) -> dict[int, int]:
    """Give each theme of a board its number, from 1 as they were made; removed ones keep theirs."""
    query = select(Theme.id).where(Theme.workshop_id == workshop_id).order_by(Theme.id)
    return {theme_id: number for number, theme_id in enumerate(session.scalars(query), start=1)}
