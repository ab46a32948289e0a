"""What changed on a branch and on its trunk since they parted, and where the two do not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.images import BoardImages, CardImage, ThemeImage, count_voices
from engagement.workshop.replay import read_board_at
from models.branches import Branch, BranchTheme
from models.workshops import Workshop

Standing = tuple[int | None, bool]


@dataclass(frozen=True)
class Side:
    """A board with the ids of the trunk: its cards, and its themes' names and standing.

    A theme's standing is the theme it is merged into, and whether it is removed. Themes that were added on a
    branch have the negative of their id there until the branch is adopted.
    """

    cards: Mapping[int, CardImage]
    names: Mapping[int, str]
    standings: Mapping[int, Standing]

    def get_card(self, voice_id: int) -> CardImage:
        """Give a card; one that nobody placed is not yet placed."""
        return self.cards.get(voice_id, CardImage(voice_id))

    def get_standing(self, theme_id: int) -> Standing:
        """Give how a theme stands; one that is not there is as good as removed."""
        return self.standings.get(theme_id, (None, True))

    def find_root(self, theme_id: int | None) -> int | None:
        """Follow merges to the theme under which the board shows this one."""
        for _step in range(len(self.standings) + 1):
            above = self.get_standing(theme_id)[0] if theme_id is not None else None
            if above is None:
                break
            theme_id = above
        return theme_id


@dataclass(frozen=True)
class ThreeSides:
    """The board where the two parted, the trunk now, and the branch now."""

    base: Side
    trunk: Side
    branch: Side


@dataclass(frozen=True)
class Comparison:
    """What changed on each side since they parted, in sentences, and how many voices stand elsewhere now."""

    on_branch: tuple[str, ...]
    on_trunk: tuple[str, ...]
    n_elsewhere: int


def read_sides(session: Session, person: Person, branch: Branch) -> ThreeSides:
    """Read the three boards, all with the ids of the trunk."""
    trunk = session.get_one(Workshop, branch.trunk_id)
    board = session.get_one(Workshop, branch.workshop_id)
    own = read_board_at(session, person, board.id, board.last_seq)
    links = select(BranchTheme.theme_id, BranchTheme.trunk_theme_id)
    ids = [theme.id for theme in own.themes]
    known = {
        row.theme_id: row.trunk_theme_id
        for row in session.execute(links.where(BranchTheme.theme_id.in_(ids)))
    }
    names = {each: known.get(each, -each) for each in ids}
    return ThreeSides(
        base=_lay_out(read_board_at(session, person, trunk.id, branch.from_seq)),
        trunk=_lay_out(read_board_at(session, person, trunk.id, trunk.last_seq)),
        branch=_lay_out(_translate(own, names)),
    )


def compare_sides(sides: ThreeSides) -> Comparison:
    """Say in words and numbers how a branch and its trunk differ."""
    voices = {*sides.trunk.cards, *sides.branch.cards}
    n_elsewhere = sum(_find_place(sides.trunk, each) != _find_place(sides.branch, each) for each in voices)
    return Comparison(
        tuple(_say_changes(sides.base, sides.branch)),
        tuple(_say_changes(sides.base, sides.trunk)),
        n_elsewhere,
    )


def _lay_out(images: BoardImages) -> Side:
    return Side(
        cards={card.id: card for card in images.cards},
        names={theme.id: theme.name for theme in images.themes},
        standings={theme.id: (theme.merged_into, theme.removed) for theme in images.themes},
    )


def _translate(images: BoardImages, ids: Mapping[int, int]) -> BoardImages:
    cards = tuple(
        CardImage(
            card.id,
            None if card.home is None else ids[card.home],
            card.parked,
            tuple(sorted(ids[echo] for echo in card.echoes)),
        )
        for card in images.cards
    )
    themes = tuple(
        ThemeImage(
            ids[theme.id],
            theme.name,
            theme.position,
            None if theme.merged_into is None else ids[theme.merged_into],
            theme.removed,
        )
        for theme in images.themes
    )
    return BoardImages(cards, themes)


def _find_place(side: Side, voice_id: int) -> tuple[int | None, bool]:
    card = side.get_card(voice_id)
    return side.find_root(card.home), card.parked is not None


def _say_changes(base: Side, side: Side) -> Iterable[str]:
    for theme_id, name in side.names.items():
        yield from _say_theme(base, side, theme_id, name)
    voices = sorted({*base.cards, *side.cards})
    changed = [(base.get_card(each), side.get_card(each)) for each in voices]
    counted = Counter(_say_card(before, after) for before, after in changed if before != after)
    for said, count in counted.items():
        yield f"{count_voices(count)} {said}"


def _say_theme(base: Side, side: Side, theme_id: int, name: str) -> Iterable[str]:
    (old_above, was_removed), (above, is_removed) = base.get_standing(theme_id), side.get_standing(theme_id)
    if was_removed and not is_removed:
        yield f"“{name}” was added"
    if is_removed and not was_removed:
        yield f"“{name}” was removed"
    if is_removed:
        return
    if not was_removed and base.names[theme_id] != name:
        yield f"“{base.names[theme_id]}” was renamed to “{name}”"
    if above != old_above:
        yield (
            f"“{name}” was merged into “{side.names[above]}”"
            if above is not None
            else f"“{name}” was separated"
        )


def _say_card(before: CardImage, after: CardImage) -> str:
    if after.parked is not None and after.parked != before.parked:
        return "parked"
    if before.home != after.home or before.parked != after.parked:
        return "placed in another theme" if after.home is not None else "taken out of their theme"
    return "heard in other themes as well, or no longer"
