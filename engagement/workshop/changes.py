"""What each kind of move changes on a board, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from engagement.errors import EngagementError
from engagement.workshop.bring_back_changes import plan_bring_back
from engagement.workshop.comments import COMMENT, HIDE, say_comment, say_hidden
from engagement.workshop.images import BoardImages, BoardNow, CardImage, ThemeImage, count_voices
from engagement.workshop.move_requests import (
    AddThemeRequest,
    BringBackRequest,
    CommentRequest,
    EchoRequest,
    HideCommentRequest,
    MergeRequest,
    MoveRequest,
    ParkRequest,
    RefuseRequest,
    RenameRequest,
    Request,
    ThemeRequest,
)
from engagement.workshop.wording import LONGEST_REASON, clean_theme_name, clean_wording


@dataclass(frozen=True)
class Change:
    """The touched cards and themes as they will stand, and what was done, to be read after a name.

    ``target`` is the number of the move that an undo takes back or a redo does again. ``next_undo`` and
    ``next_redo`` are what undo and redo stand for afterwards; a plain move stands for itself and ends redo.
    ``takes_back`` is the number of an own act that somebody takes back; that is a plain move otherwise.
    """

    after: BoardImages
    did: str
    target: int | None = None
    next_undo: int | None = None
    next_redo: int | None = None
    takes_back: int | None = None


def plan_change(board: BoardNow, request: Request) -> Change:
    """Work out what a move changes. Undo and redo are not planned here: the events say what they change.

    Raises
    ------
    EngagementError
        When the move cannot be made on this board as it stands.
    """
    return _PLANS[request.kind](board, request)


def _move(board: BoardNow, request: MoveRequest) -> Change:
    target = board.get_shown_theme(request.to) if request.to is not None else None
    name = target.name if target else "Not yet placed"
    moved = _send_to(board, board.take_cards(request.voices), target)
    if not moved:
        raise EngagementError(
            f"{_these(request.voices)} in {{theme}} already. Nothing was moved.", theme=name
        )
    did = f"moved {count_voices(len(moved))} to {name}"
    return Change(BoardImages(moved), f"accepted a suggestion: {did}" if request.suggested else did)


def _refuse_suggestion(board: BoardNow, request: RefuseRequest) -> Change:
    theme = board.get_shown_theme(request.theme)
    n_voices = len(board.take_cards(request.voices))
    verb = "does" if n_voices == 1 else "do"
    return Change(
        BoardImages(), f"refused a suggestion: {count_voices(n_voices)} {verb} not go to {theme.name}"
    )


def _echo(board: BoardNow, request: EchoRequest) -> Change:
    theme = board.get_shown_theme(request.theme)
    cards = board.take_cards(request.voices)
    echoed = _add_echo(board, cards, theme) if request.on else _drop_echo(board, cards, theme)
    if not echoed:
        raise EngagementError("Nothing to change: look at what “{theme}” holds already.", theme=theme.name)
    count = count_voices(len(echoed))
    did = f"also put {count} in {theme.name}" if request.on else f"took {count} out of {theme.name} again"
    return Change(BoardImages(echoed), did)


def _park(board: BoardNow, request: ParkRequest) -> Change:
    reason = clean_wording(request.reason, what="The reason for parking", longest=LONGEST_REASON)
    cards = board.take_cards(request.voices)
    parked = tuple(CardImage(card.id, parked=reason) for card in cards if card.parked != reason)
    if not parked:
        raise EngagementError(f"{_these(request.voices)} parked for this reason already.")
    return Change(BoardImages(parked), f"parked {count_voices(len(parked))}: {reason}")


def _add_theme(board: BoardNow, request: AddThemeRequest) -> Change:
    name = clean_theme_name(request.name, (theme.name for theme in board.live_themes()))
    cards = board.take_cards(request.voices)
    theme = replace(board.make_theme(name), removed=False)
    moved = _send_to(board, cards, theme)
    did = f"split off {count_voices(len(moved))} to the new theme {name}" if moved else f"added {name}"
    return Change(BoardImages(moved, (theme,)), did)


def _rename(board: BoardNow, request: RenameRequest) -> Change:
    theme = board.get_theme_or_raise(request.theme)
    others = (other.name for other in board.live_themes() if other.id != theme.id)
    name = clean_theme_name(request.name, others)
    if name == theme.name:
        raise EngagementError("The theme is called “{name}” already.", name=name)
    return Change(BoardImages(themes=(replace(theme, name=name),)), f"renamed {theme.name} to {name}")


def _merge(board: BoardNow, request: MergeRequest) -> Change:
    theme = board.get_theme_or_raise(request.theme)
    into = board.get_shown_theme(request.into)
    if theme.merged_into is not None:
        above = board.themes[theme.merged_into].name
        raise EngagementError(f"“{theme.name}” is merged into “{above}” already. Separate them first.")
    if into.id == theme.id:
        raise EngagementError(f"“{theme.name}” cannot be merged into itself. Choose another theme.")
    merged = replace(theme, merged_into=into.id)
    return Change(BoardImages(themes=(merged,)), f"merged {theme.name} into {into.name}")


def _unmerge(board: BoardNow, request: ThemeRequest) -> Change:
    theme = board.get_theme_or_raise(request.theme)
    if theme.merged_into is None:
        raise EngagementError(f"“{theme.name}” is not merged into another theme. Nothing was changed.")
    above = board.themes[theme.merged_into].name
    cut = replace(theme, merged_into=None)
    return Change(BoardImages(themes=(cut,)), f"separated {theme.name} from {above}")


def _remove_theme(board: BoardNow, request: ThemeRequest) -> Change:
    theme = board.get_theme_or_raise(request.theme)
    if theme.merged_into is not None:
        above = board.themes[theme.merged_into].name
        raise EngagementError(f"“{theme.name}” is merged into “{above}”. Separate them first.")
    group = board.list_group(theme.id)
    gone = {each.id for each in group}
    cards = tuple(_lift_out(card, gone) for card in board.load_cards_of(sorted(gone)))
    n_lifted = sum(board.cards[card.id].home in gone for card in cards)
    after = BoardImages(cards, tuple(replace(each, removed=True) for each in group))
    return Change(after, f"removed {theme.name} ({count_voices(n_lifted)} to Not yet placed)")


def _bring_back(board: BoardNow, request: BringBackRequest) -> Change:
    return Change(*plan_bring_back(board, request))


def _comment(board: BoardNow, request: CommentRequest) -> Change:
    return Change(BoardImages(), say_comment(board, request))


def _hide_comment(board: BoardNow, request: HideCommentRequest) -> Change:
    return Change(BoardImages(), say_hidden(board, request))


def _send_to(board: BoardNow, cards: Iterable[CardImage], target: ThemeImage | None) -> tuple[CardImage, ...]:
    """Give the cards that this moves. An echo in the theme that becomes the home is dropped."""
    home = target.id if target else None
    return tuple(
        replace(
            card,
            home=home,
            parked=None,
            echoes=tuple(echo for echo in card.echoes if board.find_root(echo) != home),
        )
        for card in cards
        if card.parked is not None or board.find_root(card.home) != home
    )


def _add_echo(board: BoardNow, cards: Iterable[CardImage], theme: ThemeImage) -> tuple[CardImage, ...]:
    echoed = []
    for card in cards:
        if card.parked is not None:
            raise EngagementError("A parked voice speaks in no theme. Move it to a theme first.")
        speaks_in = {board.find_root(each) for each in (card.home, *card.echoes)}
        if theme.id not in speaks_in:
            echoed.append(replace(card, echoes=tuple(sorted((*card.echoes, theme.id)))))
    return tuple(echoed)


def _drop_echo(board: BoardNow, cards: Iterable[CardImage], theme: ThemeImage) -> tuple[CardImage, ...]:
    kept = {
        card.id: tuple(echo for echo in card.echoes if board.find_root(echo) != theme.id) for card in cards
    }
    return tuple(replace(card, echoes=kept[card.id]) for card in cards if kept[card.id] != card.echoes)


def _lift_out(card: CardImage, gone: set[int]) -> CardImage:
    home = None if card.home in gone else card.home
    return replace(card, home=home, echoes=tuple(echo for echo in card.echoes if echo not in gone))


def _these(voices: list[int]) -> str:
    return "This voice is" if len(voices) == 1 else "These voices are"


_PLANS: dict[str, Callable[[BoardNow, Any], Change]] = {
    "move": _move,
    "refuse_suggestion": _refuse_suggestion,
    "echo": _echo,
    "park": _park,
    "add_theme": _add_theme,
    "rename": _rename,
    "merge": _merge,
    "unmerge": _unmerge,
    "remove_theme": _remove_theme,
    "bring_back": _bring_back,
    COMMENT: _comment,
    HIDE: _hide_comment,
}
