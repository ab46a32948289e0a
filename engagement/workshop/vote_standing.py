"""Which themes of a board can hold dots, and which votes rest because their theme became another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from models.rooms import Vote
from models.workshops import BoardEvent, Theme


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
    """Find when voices were last split off from each theme. What was undone does not count."""
    query = (
        select(BoardEvent.seq, BoardEvent.before, BoardEvent.happened_at)
        .where(BoardEvent.workshop_id == workshop_id, BoardEvent.kind == "add_theme")
        .order_by(BoardEvent.seq)
    )
    splits = [row for row in session.execute(query) if row.before["cards"]]
    undone = _find_undone(session, workshop_id, [row.seq for row in splits])
    found: dict[int, datetime] = {}
    for row in splits:
        if row.seq not in undone:
            homes = {card["home"] for card in row.before["cards"]} - {None}
            found |= dict.fromkeys((roots[home] for home in homes), row.happened_at)
    return found


def _find_undone(session: Session, workshop_id: int, seqs: Iterable[int]) -> set[int]:
    wanted = list(seqs)
    if not wanted:
        return set()
    query = (
        select(BoardEvent.undoes_seq, BoardEvent.redoes_seq)
        .where(BoardEvent.workshop_id == workshop_id)
        .where(or_(BoardEvent.undoes_seq.in_(wanted), BoardEvent.redoes_seq.in_(wanted)))
        .order_by(BoardEvent.seq)
    )
    undone: set[int] = set()
    for undoes_seq, redoes_seq in session.execute(query):
        undone.discard(redoes_seq)
        if undoes_seq is not None:
            undone.add(undoes_seq)
    return undone


def _find_root(above: Mapping[int, int | None], theme_id: int) -> int:
    while (parent := above[theme_id]) is not None:
        theme_id = parent
    return theme_id
