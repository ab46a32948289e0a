"""What paper changes on a board: many cards to many themes, some of them new, as one move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from engagement.errors import EngagementError
from engagement.workshop.images import BoardImages, BoardNow, CardImage, ThemeImage, count_voices
from engagement.workshop.move_requests import BringBackRequest
from engagement.workshop.wording import LONGEST_REASON, clean_theme_name, clean_wording


def plan_bring_back(board: BoardNow, request: BringBackRequest) -> tuple[BoardImages, str]:
    """Work out how cards and new themes will stand, and say what was done.

    Cards on no list stay where they are, and what they echo elsewhere is kept.

    Raises
    ------
    EngagementError
        When a card is listed at two homes, a parked one also speaks somewhere, a card or theme is not on the
        board, or nothing would change.
    """
    _check_one_home(request)
    cards = {card.id: card for card in board.take_cards(request.voices)}
    new_themes: list[ThemeImage] = []
    for each in request.lists:
        theme = _get_theme(board, each.theme, each.name, new_themes)
        for voice_id in each.voices:
            cards[voice_id] = replace(cards[voice_id], home=theme.id, parked=None)
        for voice_id in each.also:
            echoes = {*cards[voice_id].echoes, theme.id}
            cards[voice_id] = replace(cards[voice_id], echoes=tuple(sorted(echoes)))
    cards |= _park(request)
    after = tuple(_list_changed(board, cards.values()))
    if not after and not new_themes:
        raise EngagementError("The board stands as these lists say already. Nothing was changed.")
    return BoardImages(after, tuple(new_themes)), _say(len(after), len(new_themes))


def _check_one_home(request: BringBackRequest) -> None:
    at_home = [voice_id for each in request.lists for voice_id in each.voices] + request.parked
    if len(at_home) != len(set(at_home)):
        raise EngagementError("A card is on two lists. Leave it on one, and try again.")
    if set(request.parked) & {voice_id for each in request.lists for voice_id in each.also}:
        raise EngagementError("A parked voice speaks in no theme. Take it from one of the two lists.")


def _get_theme(board: BoardNow, theme_id: int | None, name: str, new_themes: list[ThemeImage]) -> ThemeImage:
    if theme_id is not None:
        return board.get_shown_theme(theme_id)
    taken = (theme.name for theme in (*board.live_themes(), *new_themes))
    theme = replace(board.make_theme(clean_theme_name(name, taken)), removed=False)
    new_themes.append(theme)
    return theme


def _park(request: BringBackRequest) -> dict[int, CardImage]:
    if not request.parked:
        return {}
    reason = clean_wording(request.reason, what="The reason for parking", longest=LONGEST_REASON)
    return {voice_id: CardImage(voice_id, parked=reason) for voice_id in request.parked}


def _list_changed(board: BoardNow, cards: Iterable[CardImage]) -> Iterator[CardImage]:
    """Give the cards that stand differently than before. An echo in the home theme is dropped."""
    for card in cards:
        before = board.cards[card.id]
        if card.echoes and card.parked is not None:
            raise EngagementError("A parked voice speaks in no theme. List it under a home of its own.")
        home = board.find_root(card.home)
        stays = before.parked is None and card.parked is None and board.find_root(before.home) == home
        kept = replace(
            card,
            home=before.home if stays else card.home,
            echoes=tuple(echo for echo in card.echoes if board.find_root(echo) != home),
        )
        if kept != before:
            yield kept


def _say(n_cards: int, n_themes: int) -> str:
    themes = "" if not n_themes else " and 1 new theme" if n_themes == 1 else f" and {n_themes} new themes"
    return f"brought the paper back: {count_voices(n_cards)}{themes}"
