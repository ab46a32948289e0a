"""Two people on one card: the first one wins, the second one is told who and where to."""

from __future__ import annotations

from typing import Any

from engagement.errors import ConflictError
from engagement.people.permissions import Person
from engagement.workshop.events import describe_events, find_event
from engagement.workshop.images import BoardImages, BoardNow
from engagement.workshop.move_requests import (
    MergeRequest,
    MoveRequest,
    RenameRequest,
    Request,
    ThemeRequest,
)
from models.workshops import BoardEvent


class MovedFirstError(ConflictError):
    """Somebody else touched the same card or theme since the page last looked.

    Parameters
    ----------
    message : str
        A plain sentence with places for values: who did what first.
    event : dict
        What they did, as pages read it; ``by`` is who was first.
    **values : object
        What is put into the sentence.
    """

    def __init__(self, message: str, event: dict[str, Any], **values: object) -> None:
        super().__init__(message, **values)
        self.by = event["actor"]
        self.event = event


def check_named_unmoved(board: BoardNow, person: Person, request: Request) -> None:
    """Refuse a move that names cards or themes which somebody else touched first.

    A theme that is only moved to or merged into may have changed, unless it was removed.

    Raises
    ------
    MovedFirstError
        When somebody else was first.
    """
    voices = list(getattr(request, "voices", ()))
    board.load_cards(voices)
    changing = isinstance(request, RenameRequest | MergeRequest | ThemeRequest)
    named = {getattr(request, "theme", None): changing}
    if isinstance(request, MergeRequest):
        named[request.into] = False
    if isinstance(request, MoveRequest):
        named[request.to] = False
    themes = [
        board.themes[theme_id]
        for theme_id, is_changing in named.items()
        if theme_id in board.themes and (is_changing or board.themes[theme_id].removed)
    ]
    cards = tuple(board.cards[voice_id] for voice_id in voices)
    check_unmoved(board, person, request, BoardImages(cards, tuple(themes)))


def check_unmoved(board: BoardNow, person: Person, request: Request, touched: BoardImages) -> None:
    """Refuse a move that touches what somebody else touched since the page last looked.

    Raises
    ------
    MovedFirstError
        When somebody else was first.
    """
    cards = {card.id: board.card_versions.get(card.id, 0) for card in touched.cards}
    themes = [board.theme_versions[theme.id] for theme in touched.themes]
    for seq in sorted({*cards.values(), *themes}, reverse=True):
        if seq <= request.saw:
            return
        event = find_event(board.session, board.workshop.id, seq)
        if event is not None and not is_by(event, person):
            moved = [card_id for card_id, version in cards.items() if version == seq]
            raise _tell(board, event, moved, len(cards))


def is_by(event: BoardEvent, person: Person) -> bool:
    """Tell whether this person did it, and nobody else of that name."""
    made_by = (event.payload["account"], event.payload.get("seat"))
    return event.actor == person.name and made_by == (person.account_id, person.seat_id)


def _tell(board: BoardNow, event: BoardEvent, moved: list[int], n_cards: int) -> MovedFirstError:
    told = describe_events(board.session, board.workshop.id, [event])[0]
    look = "Look at it and move it again if you still want to."
    if event.kind not in ("move", "add_theme") or not moved:
        said = event.payload["said"]
        return MovedFirstError(f"{{name}} was first: {{said}}. {look}", told, name=event.actor, said=said)
    home = board.find_root(board.cards[moved[0]].home)
    place = board.themes[home].name if home is not None else "Not yet placed"
    what = "this" if n_cards == 1 else "one of these" if len(moved) == 1 else "some of these"
    sentence = f"{{name}} moved {what} first, to {{theme}}. {look}"
    return MovedFirstError(sentence, told, name=event.actor, theme=place)
