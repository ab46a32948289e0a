"""The board beside the paper: where each card stands before the paper is brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.paper.card_numbers import CardNumbers, number_themes, read_card_numbers
from engagement.workshop.voice_places import VoicePlace, list_places, map_roots
from models.workshops import Echo, Theme


@dataclass(frozen=True)
class PaperTheme:
    """A theme that the board shows, with the number on its heading and the cards at home there now."""

    id: int
    number: int
    name: str
    n_cards: int


@dataclass(frozen=True)
class PaperBoard:
    """A board as it stood at event ``seq``, for checking lists of card numbers against it.

    ``echoes`` gives the shown themes in which a voice also speaks.
    """

    workshop_id: int
    seq: int
    numbers: CardNumbers
    themes: tuple[PaperTheme, ...]
    places: Mapping[int, VoicePlace]
    echoes: Mapping[int, frozenset[int]]

    @property
    def last_number(self) -> int:
        """Give the highest number that stands on a card; 0 when there are no cards."""
        return self.numbers.number_of(max(self.places)) if self.places else 0


def read_paper_board(session: Session, person: Person, workshop_id: int) -> PaperBoard:
    """Read a board as checking lists needs it.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    NotFoundError
        When there is no such workshop.
    """
    check_may(person, Act.RUN_WORKSHOP)
    workshop = get_board_or_raise(session, person, workshop_id)
    places = {place.voice_id: place for place in list_places(session, workshop)}
    return PaperBoard(
        workshop_id=workshop_id,
        seq=workshop.last_seq,
        numbers=read_card_numbers(session, workshop.engagement_id),
        themes=_list_themes(session, workshop_id, places),
        places=places,
        echoes=_read_echoes(session, workshop_id),
    )


def _list_themes(
    session: Session, workshop_id: int, places: Mapping[int, VoicePlace]
) -> tuple[PaperTheme, ...]:
    held: dict[int | None, int] = defaultdict(int)
    for place in places.values():
        held[place.theme_id] += not place.is_withdrawn
    numbers = number_themes(session, workshop_id)
    query = (
        select(Theme.id, Theme.name)
        .where(Theme.workshop_id == workshop_id)
        .where(Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
        .order_by(Theme.position, Theme.id)
    )
    return tuple(PaperTheme(id, numbers[id], name, held[id]) for id, name in session.execute(query))


def _read_echoes(session: Session, workshop_id: int) -> dict[int, frozenset[int]]:
    roots = map_roots(session, workshop_id)
    echoes: dict[int, set[int]] = defaultdict(set)
    query = select(Echo.voice_id, Echo.theme_id).where(Echo.workshop_id == workshop_id)
    for voice_id, theme_id in session.execute(query):
        if theme_id in roots:
            echoes[voice_id].add(roots[theme_id])
    return {voice_id: frozenset(themes) for voice_id, themes in echoes.items()}
