"""A board as a wall shows it: themes with how many voices and dots they have, and a few quotes of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.consent import MAY_QUOTE
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.said_in import LANGUAGE
from engagement.people.permissions import Person
from engagement.workshop.dealt_runs import select_guesses
from engagement.workshop.rights import check_may_read
from engagement.workshop.voice_places import list_places
from engagement.workshop.vote_counts import VoteCount, count_shown_votes, count_voters
from engagement.workshop.wall import WallView, read_wall
from models.sources import Source
from models.voices import Voice
from models.workshops import Theme, Workshop

N_QUOTES = 4
LETTERS_AT_MOST = 400


@dataclass(frozen=True)
class WallTheme:
    """A theme that stands. ``dots`` is None as long as votes are hidden."""

    id: int
    name: str
    n_voices: int
    dots: int | None


@dataclass(frozen=True)
class WallQuote:
    """What somebody said who agreed to be quoted."""

    text: str
    source_title: str
    language: str | None


@dataclass(frozen=True)
class WallBoard:
    """A whole board at one moment, for the wall. ``quotes`` are of the theme that is held up, if one is."""

    workshop_name: str
    engagement_id: int
    is_closed: bool
    wall: WallView
    themes: tuple[WallTheme, ...]
    n_unplaced: int
    n_voters: int
    votes_are_shown: bool
    quotes: tuple[WallQuote, ...]


def read_wall_board(session: Session, person: Person, workshop_id: int) -> WallBoard:
    """Read a board as its wall shows it.

    Raises
    ------
    NotAllowedError
        When the person may not read this workshop.
    NotFoundError
        When there is no such workshop.
    """
    workshop = check_may_read(session, person, workshop_id)
    places = [place for place in list_places(session, workshop) if not place.is_withdrawn]
    held = Counter(place.theme_id for place in places)
    votes = count_shown_votes(session, workshop_id)
    wall = read_wall(session, workshop_id)
    at_home = [place.voice_id for place in places if place.theme_id == wall.theme_id]
    return WallBoard(
        workshop_name=workshop.name,
        engagement_id=workshop.engagement_id,
        is_closed=workshop.closed_at is not None,
        wall=wall,
        themes=_list_themes(session, workshop_id, held, votes),
        n_unplaced=sum(place.theme_id is None and not place.is_parked for place in places),
        n_voters=count_voters(session, workshop_id),
        votes_are_shown=votes is not None,
        quotes=_list_quotes(session, workshop, at_home) if wall.theme_id is not None else (),
    )


def _list_themes(
    session: Session, workshop_id: int, held: Counter[int | None], votes: VoteCount | None
) -> tuple[WallTheme, ...]:
    query = (
        select(Theme.id, Theme.name)
        .where(Theme.workshop_id == workshop_id, Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
        .order_by(Theme.position, Theme.id)
    )
    return tuple(
        WallTheme(id, name, held[id], None if votes is None else votes.dots.get(id, 0))
        for id, name in session.execute(query)
    )


def _list_quotes(session: Session, workshop: Workshop, voice_ids: list[int]) -> tuple[WallQuote, ...]:
    """List a few voices of a theme, those first that the machine was surest of."""
    guesses = select_guesses(session, workshop)
    query = (
        select(SHOWN_TEXT, Source.title, LANGUAGE)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(guesses, guesses.c.voice_id == Voice.id)
        .where(Voice.id.in_(voice_ids), MAY_QUOTE)
        .order_by(guesses.c.strength.desc().nulls_last(), Voice.id)
        .limit(N_QUOTES)
    )
    return tuple(
        WallQuote(text[:LETTERS_AT_MOST], title, language) for text, title, language in session.execute(query)
    )
