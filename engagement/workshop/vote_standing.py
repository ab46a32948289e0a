"""Which themes of a board can hold dots, and which votes rest because their theme became another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.workshop.standing import find_standing
from models.rooms import Vote
from models.workshops import BoardEvent, Theme

SPLITTING = ("add_theme", "adopt")
"""Kinds of move that can take voices out of a theme into one that they make."""


class Rest(StrEnum):
    """Why dots came back to who had put them."""

    MERGED = "merged"
    SPLIT = "split"
    REMOVED = "removed"


@dataclass(frozen=True)
class VoteThemes:
    """The themes of a board as votes see them.

    ``shown`` maps each theme that stands by itself to its name, in the order of the board. ``roots`` maps
    every theme, removed ones too, to the theme that it is shown under. ``split_at`` says when voices were
    last split off from a theme.
    """

    names: Mapping[int, str]
    shown: Mapping[int, str]
    roots: Mapping[int, int]
    split_at: Mapping[int, datetime]

    def find_rest(self, vote: Vote) -> Rest | None:
        """Tell why these dots do not count now; None when they do."""
        if vote.theme_id in self.shown:
            split_at = self.split_at.get(vote.theme_id)
            return Rest.SPLIT if split_at is not None and vote.changed_at < split_at else None
        return Rest.MERGED if self.roots[vote.theme_id] in self.shown else Rest.REMOVED

    def get_name_or_raise(self, theme_id: int) -> str:
        """Give the name of a theme that can hold dots.

        Raises
        ------
        EngagementError
            When it is no theme of this board, or was merged or removed.
        """
        if theme_id in self.shown:
            return self.shown[theme_id]
        if theme_id not in self.names:
            raise EngagementError("That theme is not on this board. Reload the page to see what is.")
        root = self.roots[theme_id]
        became = f"merged into “{self.shown[root]}”" if root in self.shown else "removed"
        raise EngagementError(f"“{self.names[theme_id]}” was {became}. Choose another theme for your dots.")

    def counts(self) -> ColumnElement[bool]:
        """Build the condition under which a row of votes counts."""
        whole = [theme_id for theme_id in self.shown if theme_id not in self.split_at]
        kept = [
            and_(Vote.theme_id == theme_id, Vote.changed_at >= at)
            for theme_id, at in self.split_at.items()
            if theme_id in self.shown
        ]
        return or_(Vote.theme_id.in_(whole), *kept)


def read_vote_themes(session: Session, workshop_id: int) -> VoteThemes:
    """Read the themes of a board as votes see them at this moment."""
    columns = (Theme.id, Theme.name, Theme.merged_into_id, Theme.is_removed)
    query = select(*columns).where(Theme.workshop_id == workshop_id).order_by(Theme.position, Theme.id)
    rows = session.execute(query).all()
    above = {row.id: row.merged_into_id for row in rows}
    roots = {theme_id: _find_root(above, theme_id) for theme_id in above}
    shown = {row.id: row.name for row in rows if row.merged_into_id is None and not row.is_removed}
    return VoteThemes(
        names={row.id: row.name for row in rows},
        shown=shown,
        roots=roots,
        split_at=_find_splits(session, workshop_id, roots),
    )


def _find_splits(session: Session, workshop_id: int, roots: Mapping[int, int]) -> dict[int, datetime]:
    """Find when voices last left each theme for a new one. What does not stand does not count."""
    columns = (BoardEvent.seq, BoardEvent.before, BoardEvent.after, BoardEvent.happened_at)
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id, BoardEvent.kind.in_(SPLITTING))
    splits = [
        (row.seq, left, row.happened_at)
        for row in session.execute(query.order_by(BoardEvent.seq))
        if (left := _list_left(row.before, row.after))
    ]
    standing = _list_standing(session, workshop_id) if splits else frozenset()
    found: dict[int, datetime] = {}
    for seq, left, at in splits:
        if seq in standing:
            found |= dict.fromkeys((roots[home] for home in left), at)
    return found


def _list_left(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[int]:
    """List the themes that voices left for a theme which the event made."""
    not_yet = {theme["id"] for theme in before["themes"] if theme["removed"]}
    made = {theme["id"] for theme in after["themes"] if theme["id"] in not_yet and not theme["removed"]}
    moved = {card["id"] for card in after["cards"] if card["home"] in made}
    return {card["home"] for card in before["cards"] if card["id"] in moved} - {None}


def _list_standing(session: Session, workshop_id: int) -> frozenset[int]:
    columns = (BoardEvent.seq, BoardEvent.kind, BoardEvent.undoes_seq, BoardEvent.redoes_seq)
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq.desc())
    rows = session.execute(query)
    return frozenset(find_standing((row.seq, row.kind, row.undoes_seq, row.redoes_seq) for row in rows))


def _find_root(above: Mapping[int, int | None], theme_id: int) -> int:
    while (parent := above[theme_id]) is not None:
        theme_id = parent
    return theme_id
