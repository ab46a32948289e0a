"""Screen: what is mine to do, overdue first: actions, chases, my priorities, and what others changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engagement.plan.actions import ActionView
from engagement.plan.changes import Change
from engagement.plan.due_dates import DAYS_DUE_SOON, describe_due, write_date
from engagement.plan.my_work import MyWork, read_my_work
from engagement.plan.named_people import NamedPerson, list_named_people
from engagement.plan.priority_views import PriorityView
from engagement.plan.referral_views import ReferralView
from engagement.screens.components.action_card import show_action
from engagement.screens.components.dates import say_moment
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, link_to, open_visit


def main() -> None:
    """Show the work of whoever is signed in."""
    visit = open_visit("My work")
    with visit.record.reading() as session:
        work = read_my_work(session, visit.person, visit.engagement_id, date.today())
        people = list_named_people(session, visit.person)
    if is_empty(work):
        show_first_step(visit)
        return
    show_group(visit, "Late", work.late, people)
    show_group(visit, f"Due in the next {DAYS_DUE_SOON} days", work.due_soon, people)
    show_chases(work.chases)
    show_priorities(visit, work.priorities)
    show_changes(work.changes)
    show_group(visit, "Also open", work.other_open, people)


def is_empty(work: MyWork) -> bool:
    """Tell whether there is nothing at all to show."""
    lists = (work.late, work.due_soon, work.other_open, work.chases, work.priorities, work.changes)
    return not any(lists)


def show_first_step(visit: Visit) -> None:
    """Say how work comes to this page."""
    st.text(
        f"Nothing is yours to do, {visit.person.name}. What you lead, own or passed on will be listed here, "
        "late things first."
    )
    st.page_link(link_to("priorities.py"), label="Look at the priorities")


def show_group(
    visit: Visit, heading: str, actions: Sequence[ActionView], people: Sequence[NamedPerson]
) -> None:
    """Show some actions under a heading that counts them."""
    if not actions:
        return
    st.header(f"{heading}: {len(actions)}", anchor=False)
    for action in actions:
        show_action(visit, action, people, names_priority=True)


def show_chases(chases: Sequence[ReferralView]) -> None:
    """Show whom to ask again about what was passed on."""
    if not chases:
        return
    st.header(f"To chase: {len(chases)}", anchor=False)
    for referral in chases:
        days = describe_due(referral.chase_on, date.today())
        st.text(
            f"{referral.recipient} · {referral.theme_name} · sent {write_date(referral.sent_on)} · {days}"
        )
    st.page_link(link_to("referrals.py"), label="Chase them", icon=":material/forward_to_inbox:")


def show_priorities(visit: Visit, priorities: Sequence[PriorityView]) -> None:
    """Show the priorities that this person leads, those with late actions first."""
    if not priorities:
        return
    st.header("My priorities", anchor=False)
    for priority in priorities:
        with st.container(border=True):
            st.page_link(
                link_to("priority.py"),
                label=write_plainly(priority.title),
                icon=":material/flag:",
                query_params={"engagement": str(visit.engagement_id), "priority": str(priority.id)},
            )
            late = f", {priority.n_late} late" if priority.n_late else ""
            st.text(
                f"{priority.n_voices:,} voices · {priority.n_done} of {priority.n_actions} actions done{late}"
            )


def show_changes(changes: Sequence[Change]) -> None:
    """Show what others changed since this person last did something."""
    if not changes:
        return
    st.header("Changed since you were last here", anchor=False)
    for change in changes:
        st.text(f"{say_moment(change.decided_at)}  {change.said}")


main()
