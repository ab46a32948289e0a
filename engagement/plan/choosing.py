"""Choosing in the room: themes by their dots, and a priority with its first action in one act."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Act, Person, check_may
from engagement.plan.actions import ActionDetails, add_action
from engagement.plan.priorities import PriorityDetails, choose_priority
from engagement.workshop.vote_counts import VoteCount, get_shown_votes
from models.workshops import Workshop


def get_theme_votes(session: Session, person: Person, engagement_id: int) -> VoteCount | None:
    """Give the votes on the board that counts; None while they are hidden, or where there is no board."""
    check_may(person, Act.READ)
    query = select(Workshop.id).where(Workshop.engagement_id == engagement_id, Workshop.counts)
    workshop_id = session.scalars(query).first()
    return None if workshop_id is None else get_shown_votes(session, person, workshop_id)


def choose_with_first_action(
    session: Session,
    person: Person,
    engagement_id: int,
    theme_ids: Sequence[int],
    details: PriorityDetails,
    first_action: ActionDetails | None,
) -> int:
    """Make agreed themes into a priority, with its first action if there is one, and give its id.

    Raises
    ------
    EngagementError
        When the priority or the action cannot be made; then neither is, as the transaction ends.
    """
    priority_id = choose_priority(session, person, engagement_id, theme_ids, details)
    if first_action is not None:
        add_action(session, person, priority_id, first_action)
    return priority_id
