"""Adopting a branch: its changes come to the trunk as one act, which can be undone like any other.

What only the branch changed comes over. What both changed, in different ways, is a conflict that a person
decides; so is what rests on a theme that the other side took away.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.branch_changes import (
    Comparison,
    Side,
    Standing,
    ThreeSides,
    compare_sides,
    read_sides,
)
from engagement.workshop.branches import end_branch, get_branch_to_run, record_branch_act
from engagement.workshop.changes import Change
from engagement.workshop.events import append_event
from engagement.workshop.images import BoardImages, BoardNow, CardImage, ThemeImage
from engagement.workshop.move_requests import AdoptRequest
from engagement.workshop.soundness import find_unsound
from engagement.workshop.voice_places import name_places
from engagement.workshop.wording import number_name
from models.branches import Branch, BranchStanding, BranchTheme
from models.database import lock_chain
from models.workshops import Workshop

Value = CardImage | str | Standing


class Choice(StrEnum):
    """Whose side is taken in a conflict."""

    BRANCH = "branch"
    TRUNK = "trunk"


@dataclass(frozen=True)
class Conflict:
    """Something that both sides changed. ``key`` names it for the choice; the rest is for people.

    ``voice_id`` is the voice that it is about, None when it is about a theme.
    """

    key: str
    about: str
    on_branch: str
    on_trunk: str
    voice_id: int | None


def compare_branch(
    session: Session, person: Person, branch_id: int
) -> tuple[Comparison, tuple[Conflict, ...]]:
    """Compare a branch with its trunk, and list the conflicts that adopting it would meet.

    Raises
    ------
    NotFoundError
        When there is no such branch.
    """
    check_may(person, Act.RUN_WORKSHOP)
    branch, _board = get_branch_to_run(session, person, branch_id)
    sides = read_sides(session, person, branch)
    conflicts = _list_conflicts(sides)
    places = name_places(session, (row_id for kind, row_id in conflicts if kind == "card"))
    return compare_sides(sides), tuple(_describe(sides, each, places) for each in conflicts)


def adopt_branch(
    session: Session, person: Person, branch_id: int, choices: Mapping[str, Choice], *, why: str = ""
) -> int:
    """Bring the changes of a branch to its trunk as one act, and give the number of that act.

    Raises
    ------
    ConflictError
        When a conflict is not decided, or the board would not hold together; nothing is changed then.
    EngagementError
        When the branch is not open, the trunk is closed, or there is nothing to bring.
    """
    branch, own = get_branch_to_run(session, person, branch_id)
    lock_chain(session, f"board {branch.trunk_id}")
    trunk = session.get_one(Workshop, branch.trunk_id, populate_existing=True)
    _check_adoptable(branch, own, trunk)
    sides = read_sides(session, person, branch)
    chosen = _choose(sides, choices)
    board = BoardNow(session, trunk)
    after = _lay_over(board, sides, chosen)
    unsound = find_unsound(board, after)
    if unsound:
        raise ConflictError(
            f"The branch cannot come to the board like this: {unsound}. Decide otherwise, or change it on "
            "the branch or the board, then adopt it again."
        )
    seq = _append(board, person, own, after)
    end_branch(branch, own, person, BranchStanding.ADOPTED)
    record_branch_act(session, person, "adopted branch", trunk, own, why, seq=seq)
    return seq


def _check_adoptable(branch: Branch, own: Workshop, trunk: Workshop) -> None:
    if branch.standing is not BranchStanding.OPEN:
        raise EngagementError(f"“{own.name}” is {branch.standing}. Take it up again first.")
    if trunk.closed_at is not None:
        raise EngagementError(f"The board of “{trunk.name}” is closed. Open it again, then adopt the branch.")


def _list_changes(sides: ThreeSides) -> Iterator[tuple[str, int]]:
    """List what the branch changed, as (kind, id)."""
    base, branch = sides.base, sides.branch
    for voice_id in sorted({*base.cards, *branch.cards}):
        if branch.get_card(voice_id) != base.get_card(voice_id):
            yield "card", voice_id
    for theme_id in branch.names:
        if branch.get_standing(theme_id) != base.get_standing(theme_id):
            yield "standing", theme_id
        elif branch.names[theme_id] != base.names[theme_id]:
            yield "name", theme_id


def _read(side: Side, key: tuple[str, int]) -> Value:
    kind, row_id = key
    if kind == "card":
        return side.get_card(row_id)
    return side.get_standing(row_id) if kind == "standing" else side.names.get(row_id, "")


def _list_conflicts(sides: ThreeSides) -> list[tuple[str, int]]:
    changes = list(_list_changes(sides))
    return [key for key in changes if _is_conflict(sides, key, set(changes))]


def _is_conflict(sides: ThreeSides, key: tuple[str, int], changes: set[tuple[str, int]]) -> bool:
    base, trunk, branch = (_read(side, key) for side in (sides.base, sides.trunk, sides.branch))
    if trunk == branch:
        return False
    if trunk != base:
        return True
    if key[0] == "standing" and sides.branch.get_standing(key[1])[1]:
        return bool(_list_left_behind(sides, key[1], changes))
    return any(_is_taken_away(sides, each) for each in _list_rested_on(branch))


def _list_rested_on(value: Value) -> tuple[int, ...]:
    """List the themes on which a card, or a merge, rests."""
    if isinstance(value, CardImage):
        return (*(() if value.home is None else (value.home,)), *value.echoes)
    if isinstance(value, tuple):
        return () if value[0] is None else (value[0],)
    return ()


def _is_taken_away(sides: ThreeSides, theme_id: int) -> bool:
    return sides.trunk.get_standing(theme_id)[1] and not sides.base.get_standing(theme_id)[1]


def _list_left_behind(sides: ThreeSides, theme_id: int, changes: set[tuple[str, int]]) -> list[int]:
    """List voices that stand on the trunk in a theme which the branch removed, and that it did not move."""
    return [
        card.id
        for card in sides.trunk.cards.values()
        if theme_id in (card.home, *card.echoes)
        and (("card", card.id) not in changes or sides.base.get_card(card.id) != card)
    ]


def _choose(sides: ThreeSides, choices: Mapping[str, Choice]) -> list[tuple[str, int]]:
    """List the changes that come over: those without a conflict, and those decided for the branch."""
    conflicts = set(_list_conflicts(sides))
    undecided = [key for key in conflicts if _name(key) not in choices]
    if undecided:
        count = "1 thing" if len(undecided) == 1 else f"{len(undecided)} things"
        raise ConflictError(f"The board moved on since: decide {count} first, then adopt the branch.")
    chosen = [
        key
        for key in _list_changes(sides)
        if _read(sides.trunk, key) != _read(sides.branch, key)
        and (key not in conflicts or choices[_name(key)] is Choice.BRANCH)
    ]
    if not chosen:
        raise EngagementError("The branch has nothing that the board does not have already. Drop it instead.")
    return chosen


def _lay_over(board: BoardNow, sides: ThreeSides, chosen: list[tuple[str, int]]) -> BoardImages:
    """Lay what was chosen over the trunk; give the touched cards and themes as they will stand."""
    ids = _make_new_themes(board, sides, chosen)
    cards = {row_id: _place(sides.branch.get_card(row_id), ids) for kind, row_id in chosen if kind == "card"}
    standings = {row_id: sides.branch.get_standing(row_id) for kind, row_id in chosen if kind == "standing"}
    values: list[Value] = [*(sides.branch.get_card(each) for each in cards), *standings.values()]
    for value in values:
        for theme_id in _list_rested_on(value):
            if theme_id not in standings and theme_id > 0 and board.themes[theme_id].removed:
                standings[theme_id] = sides.branch.get_standing(theme_id)
    gone = {theme_id for theme_id, (_above, is_removed) in standings.items() if is_removed}
    board.load_cards(sorted(cards))
    for card in board.load_cards_of(sorted(gone)):
        cards.setdefault(card.id, _lift(card, gone))
    renamed = {row_id for kind, row_id in chosen if kind == "name"}
    themes = [
        _stand(board, sides, ids, theme_id, standings.get(theme_id))
        for theme_id in sorted({*standings, *renamed})
    ]
    return BoardImages(tuple(cards[each] for each in sorted(cards)), _number_names(board, themes))


def _make_new_themes(board: BoardNow, sides: ThreeSides, chosen: list[tuple[str, int]]) -> dict[int, int]:
    """Make the rows of themes that only the branch has, and map every id to one of the trunk."""
    ids = {theme_id: theme_id for theme_id in board.themes}
    for theme_id in sorted(
        (row_id for kind, row_id in chosen if kind == "standing" and row_id < 0), reverse=True
    ):
        ids[theme_id] = board.make_theme(sides.branch.names[theme_id]).id
        board.session.add(BranchTheme(theme_id=-theme_id, trunk_theme_id=ids[theme_id]))
    return ids


def _place(card: CardImage, ids: Mapping[int, int]) -> CardImage:
    home = None if card.home is None else ids[card.home]
    return CardImage(card.id, home, card.parked, tuple(sorted(ids[echo] for echo in card.echoes)))


def _lift(card: CardImage, gone: set[int]) -> CardImage:
    home = None if card.home in gone else card.home
    return replace(card, home=home, echoes=tuple(echo for echo in card.echoes if echo not in gone))


def _stand(
    board: BoardNow, sides: ThreeSides, ids: Mapping[int, int], theme_id: int, standing: Standing | None
) -> ThemeImage:
    now = board.themes[ids[theme_id]]
    is_renamed = sides.branch.names[theme_id] != sides.base.names.get(theme_id)
    name = (
        sides.branch.names[theme_id]
        if is_renamed and now.name == sides.base.names.get(theme_id, now.name)
        else now.name
    )
    if standing is None:
        return replace(now, name=sides.branch.names[theme_id])
    above, is_removed = standing
    return replace(now, name=name, merged_into=None if above is None else ids[above], removed=is_removed)


def _number_names(board: BoardNow, themes: list[ThemeImage]) -> tuple[ThemeImage, ...]:
    """Give a name that another theme of the trunk has by now a number."""
    touched = {theme.id for theme in themes}
    taken = [theme.name for theme in board.live_themes() if theme.id not in touched]
    numbered = []
    for theme in themes:
        name = theme.name if theme.removed else number_name(theme.name, taken)
        taken += [] if theme.removed else [name]
        numbered.append(replace(theme, name=name))
    return tuple(numbered)


def _append(board: BoardNow, person: Person, own: Workshop, after: BoardImages) -> int:
    request = AdoptRequest(
        op=f"adopt-{uuid.uuid4().hex}", saw=board.workshop.last_seq, kind="adopt", branch=own.id
    )
    board.load_cards([card.id for card in after.cards])
    before = BoardImages(
        tuple(board.cards[card.id] for card in after.cards),
        tuple(board.themes[theme.id] for theme in after.themes),
    )
    change = Change(after, did=f"adopted the branch {own.name}")
    event = append_event(board.session, person, board.workshop, request, before, change)
    board.write(after, event.seq)
    return event.seq


def _describe(sides: ThreeSides, key: tuple[str, int], places: Mapping[int, str]) -> Conflict:
    kind, row_id = key
    names = {**sides.base.names, **sides.trunk.names, **sides.branch.names}
    about = f"Voice {row_id} ({places[row_id]})" if kind == "card" else f"“{names[row_id]}”"
    on_branch, on_trunk = (_say(side, key) for side in (sides.branch, sides.trunk))
    return Conflict(_name(key), about, on_branch, on_trunk, row_id if kind == "card" else None)


def _say(side: Side, key: tuple[str, int]) -> str:
    value = _read(side, key)
    if isinstance(value, CardImage):
        if value.parked is not None:
            return f"parked: {value.parked}"
        home = side.find_root(value.home)
        also = ", ".join(f"“{side.names[each]}”" for each in value.echoes)
        place = "not yet placed" if home is None else f"in “{side.names[home]}”"
        return f"{place}, also in {also}" if also else place
    if isinstance(value, str):
        return f"called “{value}”"
    above, is_removed = value
    if is_removed:
        return "removed"
    return "stands by itself" if above is None else f"merged into “{side.names[above]}”"


def _name(key: tuple[str, int]) -> str:
    return f"{key[0]} {key[1]}"
