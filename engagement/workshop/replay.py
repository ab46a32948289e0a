"""The history of a board: how it stood after any of its events, and the steps from there to there.

Both are worked out from the record alone. Each event keeps what it touched as it was and as it became, so
going backwards from the board of today by what was before gives the board of then, exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.comments import read_comments
from engagement.workshop.images import BoardImages, CardImage, ThemeImage
from models.workshops import BoardEvent, Echo, Placement, Theme, Workshop

MOST_STEPS = 500
"""How many steps one answer holds at most: about 250 kB of ids, read in a tenth of a second."""


def read_board_at(session: Session, person: Person, workshop_id: int, seq: int) -> BoardImages:
    """Read how every card and theme stood after event ``seq``; 0 is the board as it was dealt.

    Cards that nobody had touched by then and that were dealt nowhere are left out: they were not yet placed.
    Themes that did not stand then are marked as removed.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    EngagementError
        When the board has no event of this number.
    """
    workshop = get_board_or_raise(session, person, workshop_id)
    if not 0 <= seq <= workshop.last_seq:
        raise EngagementError(
            f"The history of “{workshop.name}” has no step {seq:,}: choose from 0 to {workshop.last_seq:,}."
        )
    cards = {card.id: card for card in _read_cards(session, workshop)}
    themes = {theme.id: theme for theme in _read_themes(session, workshop)}
    # Only the oldest image of each is wanted: the others are not even built.
    old_cards: dict[int, dict[str, Any]] = {}
    old_themes: dict[int, dict[str, Any]] = {}
    for kept in session.scalars(_select_since(workshop_id, seq)):
        old_cards.update((card["id"], card) for card in kept["cards"])
        old_themes.update((theme["id"], theme) for theme in kept["themes"])
    before = BoardImages.from_json({"cards": old_cards.values(), "themes": old_themes.values()})
    cards.update((card.id, card) for card in before.cards)
    themes.update((theme.id, theme) for theme in before.themes)
    in_order = sorted(themes.values(), key=lambda theme: (theme.position, theme.id))
    return BoardImages(tuple(cards[key] for key in sorted(cards)), tuple(in_order))


def list_steps(session: Session, person: Person, workshop_id: int, after: int) -> tuple[dict[str, Any], ...]:
    """List up to ``MOST_STEPS`` events after number ``after``, each with what it touched before and after it.

    Ids only: no voice's words.
    """
    get_board_or_raise(session, person, workshop_id)
    columns = (
        BoardEvent.seq,
        BoardEvent.kind,
        BoardEvent.actor,
        BoardEvent.happened_at,
        BoardEvent.payload,
        BoardEvent.before,
        BoardEvent.after,
    )
    query = (
        select(*columns)
        .where(BoardEvent.workshop_id == workshop_id, BoardEvent.seq > after)
        .order_by(BoardEvent.seq)
        .limit(MOST_STEPS)
    )
    comments = read_comments(session, workshop_id)
    return tuple(
        {
            "seq": row.seq,
            "kind": row.kind,
            "actor": row.actor,
            "at": row.happened_at.astimezone(UTC).isoformat(timespec="seconds"),
            "said": str(row.payload["said"]).removeprefix(f"{row.actor} "),
            "why": comments[row.seq].describe() if row.seq in comments else None,
            "before": row.before,
            "after": row.after,
        }
        for row in session.execute(query)
    )


def _select_since(workshop_id: int, seq: int) -> Select[Any]:
    return (
        select(BoardEvent.before)
        .where(BoardEvent.workshop_id == workshop_id, BoardEvent.seq > seq)
        .order_by(BoardEvent.seq.desc())
    )


def _read_cards(session: Session, workshop: Workshop) -> Iterator[CardImage]:
    echoes: dict[int, list[int]] = defaultdict(list)
    query = select(Echo.voice_id, Echo.theme_id).where(Echo.workshop_id == workshop.id)
    for voice_id, theme_id in session.execute(query.order_by(Echo.theme_id)):
        echoes[voice_id].append(theme_id)
    columns = (Placement.voice_id, Placement.theme_id, Placement.parked_reason)
    for row in session.execute(select(*columns).where(Placement.workshop_id == workshop.id)):
        yield CardImage(row.voice_id, row.theme_id, row.parked_reason, tuple(echoes[row.voice_id]))


def _read_themes(session: Session, workshop: Workshop) -> Iterator[ThemeImage]:
    columns = (Theme.id, Theme.name, Theme.position, Theme.merged_into_id, Theme.is_removed)
    for row in session.execute(select(*columns).where(Theme.workshop_id == workshop.id)):
        yield ThemeImage(row.id, row.name, row.position, row.merged_into_id, row.is_removed)
