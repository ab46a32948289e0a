"""Bringing paper back: the lists as one move on the board, and as one line in the decision record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.events import describe_ways, find_event
from engagement.workshop.move_requests import BringBackRequest, BroughtList, check_size
from engagement.workshop.moves import Applied, apply_move, apply_request
from engagement.workshop.paper.dry_run import DryRun, run_dry
from engagement.workshop.paper.paper_lists import PaperLists


@dataclass(frozen=True)
class Brought:
    """An act that brought paper back: its number, and what was done in words."""

    seq: int
    said: str


def bring_paper_back(
    session: Session,
    person: Person,
    workshop_id: int,
    lists: PaperLists,
    *,
    saw: int,
    op: str | None = None,
) -> Applied:
    """Put what people sorted on paper onto the board as one move, which undo takes back as one.

    Parameters
    ----------
    saw : int
        The newest event of the dry run that people looked at; what somebody else has moved since is not
        moved over.
    op : str or None
        The move's own id: sent twice, it counts once. None makes a new one.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    MovedFirstError
        When somebody else touched one of the cards after the dry run.
    EngagementError
        When the lists hold a mistake, the board is closed, or nothing would change.
    """
    check_may(person, Act.RUN_WORKSHOP)
    dry = run_dry(session, person, workshop_id, lists)
    if not dry.is_clean:
        first = next(mistake for mistake in dry.mistakes if mistake.stops)
        raise EngagementError(f"Mend the lists first, then try again. {first.where}: {first.says}")
    request = _write_request(dry, op or f"paper-{uuid.uuid4().hex}", saw)
    check_size(request)
    applied = apply_request(session, person, workshop_id, request)
    if not applied.is_repeat:
        _record(session, person, workshop_id, dry, applied)
    return applied


def find_brought(session: Session, person: Person, workshop_id: int) -> Brought | None:
    """Find the act that brought paper back, if that is what undo on the board stands for now."""
    check_may(person, Act.RUN_WORKSHOP)
    workshop = get_board_or_raise(session, person, workshop_id)
    way = describe_ways(session, workshop_id, workshop.last_seq)["undo"]
    event = find_event(session, workshop_id, way["seq"]) if way else None
    if way is None or event is None or event.kind != "bring_back":
        return None
    return Brought(event.seq, way["said"])


def take_paper_back(session: Session, person: Person, workshop_id: int, seq: int) -> Applied:
    """Take back the act that brought paper back, all of it.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    ConflictError
        When somebody has moved something since, so that undo stands for that.
    """
    brought = find_brought(session, person, workshop_id)
    if brought is None or brought.seq != seq:
        raise ConflictError("Somebody has moved something since. Take that back on the board first.")
    workshop = get_board_or_raise(session, person, workshop_id)
    move = {"op": f"unpaper-{uuid.uuid4().hex}", "saw": workshop.last_seq, "kind": "undo"}
    return apply_move(session, person, workshop_id, move)


def _write_request(dry: DryRun, op: str, saw: int) -> BringBackRequest:
    lists = [
        BroughtList(
            theme=each.theme_id,
            name=each.name if each.theme_id is None else "",
            voices=list(each.voices),
            also=list(each.also),
        )
        for each in dry.checked.lists
    ]
    parked = list(dry.checked.parked)
    return BringBackRequest(
        op=op, saw=saw, kind="bring_back", lists=lists, parked=parked, reason=dry.checked.reason
    )


def _record(session: Session, person: Person, workshop_id: int, dry: DryRun, applied: Applied) -> None:
    workshop = get_board_or_raise(session, person, workshop_id)
    record_decision(
        session,
        person,
        "brought paper back",
        subject="workshop",
        subject_id=workshop_id,
        engagement_id=workshop.engagement_id,
        details={
            "name": workshop.name,
            "event": applied.event["seq"],
            "n_cards": len(applied.event["cards"]),
            "new_themes": [each.name for each in dry.themes if each.is_new],
            "n_parked": dry.n_parked,
            "n_unlisted": dry.n_unlisted,
        },
    )
