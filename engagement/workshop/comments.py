"""Comments on why: one line of plain words on a move, a theme or a voice, kept as an event of the board.

A comment changes no card and no theme. Its words stand in its event alone, never in what events say, so that
hiding them hides them everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.workshop.images import BoardNow
from engagement.workshop.move_requests import CommentRequest, HideCommentRequest
from engagement.workshop.standing import OWN, find_standing
from models.workshops import BoardEvent

COMMENT = "comment"
HIDE = "hide_comment"
SPEAKING = (COMMENT, HIDE)
TURNING = ("undo", "redo", OWN)
MOST_MARKED = 20
"""A comment on a move of more voices than these is marked on none of them: the history shows it."""
HIDDEN_WORDS = "(hidden)"


@dataclass(frozen=True)
class Comment:
    """One comment as it stands. ``words`` is None once somebody has hidden them.

    ``step`` is the move that it is about, if any; ``voices`` and ``themes`` are where pages mark it.
    """

    seq: int
    by: str
    at: datetime
    words: str | None
    hidden_by: str | None
    stands: bool
    step: int | None
    voices: tuple[int, ...]
    themes: tuple[int, ...]

    @property
    def shown_words(self) -> str:
        """Give the words, or say that they are hidden."""
        return HIDDEN_WORDS if self.words is None else self.words

    def describe(self) -> dict[str, Any]:
        """Tell the comment as pages read it."""
        return {
            "seq": self.seq,
            "by": self.by,
            "at": self.at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "words": self.words,
            "hidden_by": self.hidden_by,
            "stands": self.stands,
            "step": self.step,
            "voices": list(self.voices),
            "themes": list(self.themes),
        }


def read_comments(session: Session, workshop_id: int) -> dict[int, Comment]:
    """Read every comment of a board by its number, those taken back too, the oldest first."""
    turns = _read_turns(session, workshop_id)
    spoken = [row.seq for row in turns if row.kind in SPEAKING]
    if not spoken:
        return {}
    standing = set(find_standing((row.seq, row.kind, row.undoes_seq, row.redoes_seq) for row in turns))
    columns = (BoardEvent.seq, BoardEvent.kind, BoardEvent.actor, BoardEvent.happened_at, BoardEvent.payload)
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id, BoardEvent.seq.in_(spoken))
    rows = session.execute(query.order_by(BoardEvent.seq)).all()
    hidden_by = {
        row.payload["asked"]["comment"]: row.actor for row in rows if row.kind == HIDE and row.seq in standing
    }
    steps = {row.payload["asked"].get("step") for row in rows} - {None}
    marked = _read_marked(session, workshop_id, steps)
    return {
        row.seq: _make_comment(row, hidden_by.get(row.seq), row.seq in standing, marked)
        for row in rows
        if row.kind == COMMENT
    }


def describe_touched(
    session: Session, workshop_id: int, events: Sequence[BoardEvent]
) -> dict[int, list[dict[str, Any]]]:
    """Tell, by the number of each event, the comments that it made, hid, took back or brought back.

    They are told as they stand now: words that are hidden by now are never told again.
    """
    about = _find_comments(session, workshop_id, events)
    if not about:
        return {}
    comments = read_comments(session, workshop_id)
    return {seq: [comments[number].describe()] for seq, number in about.items() if number in comments}


def say_comment(board: BoardNow, request: CommentRequest) -> str:
    """Say what somebody comments on, to be read after their name.

    Raises
    ------
    EngagementError
        When it is about nothing, about several things, or about something that is not on this board.
    """
    about = (request.voice, request.theme, request.step)
    if sum(each is not None for each in about) != 1:
        raise EngagementError("A reason is about one voice, one theme or one move. Reload the page.")
    if request.theme is not None:
        return f"said why about the theme {board.get_theme_or_raise(request.theme).name}"
    if request.voice is not None:
        board.take_cards([request.voice])
        return "said why about 1 voice"
    event = board.session.get(BoardEvent, (board.workshop.id, request.step))
    if event is None or event.kind in SPEAKING:
        raise EngagementError("That move is not in the history of this board. Reload the page.")
    return f"said why {event.payload['said']}"


def say_hidden(board: BoardNow, request: HideCommentRequest) -> str:
    """Say whose comment somebody hides, to be read after their name.

    Raises
    ------
    EngagementError
        When there is no such comment that stands, or it is hidden already.
    """
    comment = read_comments(board.session, board.workshop.id).get(request.comment)
    if comment is None or not comment.stands:
        raise EngagementError("That reason does not stand on this board any more. Reload the page.")
    if comment.words is None:
        raise EngagementError(f"{comment.hidden_by} has hidden this reason already.")
    return f"hid a reason that {comment.by} gave"


def _read_turns(session: Session, workshop_id: int) -> Sequence[Row[int, str, int | None, int | None]]:
    columns = (BoardEvent.seq, BoardEvent.kind, BoardEvent.undoes_seq, BoardEvent.redoes_seq)
    kinds = (*SPEAKING, *TURNING)
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id, BoardEvent.kind.in_(kinds))
    return session.execute(query.order_by(BoardEvent.seq.desc())).all()


def _read_marked(
    session: Session, workshop_id: int, steps: set[int]
) -> dict[int, tuple[list[int], list[int]]]:
    """Read the voices and themes that commented moves touched."""
    if not steps:
        return {}
    query = select(BoardEvent.seq, BoardEvent.after).where(
        BoardEvent.workshop_id == workshop_id, BoardEvent.seq.in_(steps)
    )
    return {
        seq: ([card["id"] for card in after["cards"]], [theme["id"] for theme in after["themes"]])
        for seq, after in session.execute(query)
    }


def _make_comment(
    row: Row[Any], hidden_by: str | None, stands: bool, marked: Mapping[int, tuple[list[int], list[int]]]
) -> Comment:
    asked = row.payload["asked"]
    voices, themes = marked.get(asked["step"], ([asked["voice"]], [asked["theme"]]))
    return Comment(
        seq=row.seq,
        by=row.actor,
        at=row.happened_at,
        words=None if hidden_by else asked["words"],
        hidden_by=hidden_by,
        stands=stands,
        step=asked["step"],
        voices=tuple(each for each in voices if each is not None) if len(voices) <= MOST_MARKED else (),
        themes=tuple(each for each in themes if each is not None),
    )


def _find_comments(session: Session, workshop_id: int, events: Sequence[BoardEvent]) -> dict[int, int]:
    """Follow each event to the comment that it is about in the end; without those that are about none.

    Only what an event took back or did again is read, however long the board's history is.
    """
    about: dict[int, int] = {}
    follow = {event.seq: event for event in events}
    while follow:
        about |= {seq: event.seq for seq, event in follow.items() if event.kind == COMMENT}
        hiding = {seq: event for seq, event in follow.items() if event.kind == HIDE}
        about |= {seq: int(event.payload["asked"]["comment"]) for seq, event in hiding.items()}
        turning = {
            seq: event.undoes_seq or event.redoes_seq
            for seq, event in follow.items()
            if event.kind in TURNING
        }
        targets = _load_events(session, workshop_id, set(turning.values()))
        follow = {seq: targets[target] for seq, target in turning.items() if target in targets}
    return about


def _load_events(session: Session, workshop_id: int, seqs: set[int | None]) -> dict[int, BoardEvent]:
    if not seqs:
        return {}
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id, BoardEvent.seq.in_(seqs))
    return {event.seq: event for event in session.scalars(query)}
