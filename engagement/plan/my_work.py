"""What a lead or an owner has to do: their priorities, what is late, what to chase, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engagement.people.permissions import Act, Person, check_may
from engagement.plan.actions import ActionView, list_actions
from engagement.plan.changes import Change, list_changes_by_others
from engagement.plan.named_people import is_same_person
from engagement.plan.priority_views import PriorityView, list_priorities
from engagement.plan.referral_views import ReferralView, list_referrals


@dataclass(frozen=True)
class MyWork:
    """The work of one person. Each action stands in one list only."""

    priorities: tuple[PriorityView, ...]
    late: tuple[ActionView, ...]
    due_soon: tuple[ActionView, ...]
    other_open: tuple[ActionView, ...]
    chases: tuple[ReferralView, ...]
    changes: tuple[Change, ...]


def read_my_work(session: Session, person: Person, engagement_id: int, today: date) -> MyWork:
    """Gather the priorities a person leads, the open actions of these and their own, and chases due."""
    check_may(person, Act.READ)
    priorities = tuple(
        each
        for each in list_priorities(session, person, engagement_id, today)
        if is_same_person(person, each.lead_name, each.lead_account_id)
    )
    led = {each.id for each in priorities}
    mine = [
        each
        for each in list_actions(session, person, engagement_id, today)
        if each.priority_id in led or is_same_person(person, each.owner_name, each.owner_account_id)
    ]
    sent = [
        each
        for each in list_referrals(session, person, engagement_id, today)
        if each.sent_by == person.name and not each.is_taken_back
    ]
    subjects = {("priority", each) for each in led} | {("action", each.id) for each in mine}
    subjects |= {("referral", each.id) for each in sent}
    return MyWork(
        priorities=tuple(sorted(priorities, key=lambda each: (-each.n_late, each.chosen_on, each.id))),
        late=tuple(each for each in mine if each.is_late),
        due_soon=tuple(each for each in mine if each.is_due_soon),
        other_open=tuple(each for each in mine if each.is_open and not (each.is_late or each.is_due_soon)),
        chases=tuple(each for each in sent if each.is_chase_due),
        changes=list_changes_by_others(session, person, engagement_id, subjects),
    )
