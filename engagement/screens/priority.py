"""Screen: one priority, for its lead: actions with late ones first, its words, its people, its voices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engagement.errors import EngagementError
from engagement.people.permissions import Act, can_act
from engagement.plan.actions import ActionView, list_actions
from engagement.plan.due_dates import write_date
from engagement.plan.named_people import NamedPerson, list_named_people
from engagement.plan.priorities import dissolve_priority, edit_priority
from engagement.plan.priority_views import PriorityView, get_priority_or_raise, list_priorities, list_quotes
from engagement.plan.theme_choice import list_theme_standings
from engagement.screens.components.action_card import add_action_form, show_action
from engagement.screens.components.address import read_number
from engagement.screens.components.form_fields import forget_fields, name_fields, remember_version
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.priority_form import fill_in_priority
from engagement.screens.components.quotes import show_quotes, show_statement
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal


def main() -> None:
    """Show the priority that the address names, or let people choose one."""
    visit = open_visit("Priority")
    priority_id = read_number("priority") or choose_one(visit)
    if priority_id is None:
        return
    with show_refusal():
        show_priority(visit, priority_id)


def choose_one(visit: Visit) -> int | None:
    """Let people choose a priority when the address names none."""
    with visit.record.reading() as session:
        priorities = list_priorities(session, visit.person, visit.engagement_id, date.today())
    if not priorities:
        st.text("No priority is chosen yet.")
        st.page_link(link_to("priorities.py"), label="Choose the first priority")
        return None
    titles = {each.id: each.title for each in priorities}
    return st.selectbox("Which priority?", list(titles), format_func=titles.__getitem__)


def show_priority(visit: Visit, priority_id: int) -> None:
    """Draw the whole page of one priority."""
    today = date.today()
    with visit.record.reading() as session:
        priority = get_priority_or_raise(session, visit.person, priority_id, today)
        if priority.engagement_id != visit.engagement_id:
            raise EngagementError("This priority belongs to another engagement. Open that engagement first.")
        actions = list_actions(session, visit.person, visit.engagement_id, today, priority_id=priority_id)
        people = list_named_people(session, visit.person)
        quotes = list_quotes(session, visit.person, priority_id, 3)
    show_words(visit, priority)
    show_actions(visit, priority, actions, people)
    if quotes:
        st.subheader("What people said", anchor=False)
    show_quotes(quotes)
    if can_act(visit.person, Act.CHOOSE_PRIORITIES):
        with st.expander("Change this priority"):
            change_form(visit, priority, people)
        if not priority.is_dissolved:
            with st.expander("Dissolve this priority"):
                dissolve_form(visit, priority)


def show_words(visit: Visit, priority: PriorityView) -> None:
    """Show the title, who leads, what people say, and how many they are."""
    st.header(write_plainly(priority.title), anchor=False)
    if priority.is_dissolved:
        st.warning("This priority is dissolved. Bring it back on the page Priorities.")
    day = write_date(priority.chosen_on)
    group = f"{priority.group_name} ({len(priority.group_members)})" if priority.group_members else ""
    st.text(f"lead {priority.lead_name} · {group or priority.group_name} · chosen {day}")
    show_statement(priority)
    voices = "1 voice" if priority.n_voices == 1 else f"{priority.n_voices:,} voices"
    st.text(f"{voices} from {priority.n_sources} of {priority.n_all_sources} sources")
    st.text(f"Themes: {', '.join(theme.name for theme in priority.themes)}")
    st.page_link(
        link_to("thread.py"),
        label="Read the voices",
        icon=":material/timeline:",
        query_params={"engagement": str(visit.engagement_id), "priority": str(priority.id)},
    )


def show_actions(
    visit: Visit, priority: PriorityView, actions: Sequence[ActionView], people: Sequence[NamedPerson]
) -> None:
    """Show the actions, late first, closed ones folded away, and the form for another."""
    st.subheader("Actions", anchor=False)
    if priority.n_actions:
        late = f", {priority.n_late} late" if priority.n_late else ""
        share = priority.n_done / priority.n_actions
        st.progress(share, text=f"{priority.n_done} of {priority.n_actions} done{late}")
    else:
        st.text("No actions yet. What will be done first, by whom, and by when?")
    for action in actions:
        if action.is_open:
            show_action(visit, action, people)
    closed = [each for each in actions if not each.is_open]
    if closed:
        with st.expander(f"Done or dropped: {len(closed)}", key="closed-actions"):
            for action in closed:
                show_action(visit, action, people)
    if can_act(visit.person, Act.UPDATE_ACTIONS) and not priority.is_dissolved:
        with st.expander("Add an action", expanded=not actions, icon=":material/add:"):
            add_action_form(visit, priority.id, people)


def change_form(visit: Visit, priority: PriorityView, people: Sequence[NamedPerson]) -> None:
    """Let people change the words, the lead, the group and the themes."""
    with visit.record.reading() as session:
        themes = list_theme_standings(session, visit.person, visit.engagement_id)
    own = [theme.id for theme in themes if theme.priority_id == priority.id]
    offered = [theme for theme in themes if theme.is_free or theme.id in own]
    form = f"priority-{priority.id}"
    key = name_fields(form)
    saw_version = remember_version(key, priority.version)
    with st.form(f"change-{priority.id}", border=False):
        theme_ids, details = fill_in_priority(offered, people, priority, own)
        if st.form_submit_button("Save the changes", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    edit_priority(
                        session,
                        visit.person,
                        priority.id,
                        details,
                        saw_version=saw_version,
                        theme_ids=theme_ids,
                    )
                forget_fields(form)
                st.rerun()
            remember_version(key, priority.version, is_shown_anew=True)


def dissolve_form(visit: Visit, priority: PriorityView) -> None:
    """Let people give the themes back to the board; it can be undone."""
    st.text("Its themes go back to the board. Its actions rest, and come back if you bring it back.")
    with st.form(f"dissolve-{priority.id}", border=False):
        why = st.text_input("Why")
        is_confirmed = st.checkbox("Yes, dissolve it with its actions") if priority.n_actions else False
        if st.form_submit_button("Dissolve"):
            with show_refusal():
                with visit.record.writing() as session:
                    dissolve_priority(session, visit.person, priority.id, why=why, is_confirmed=is_confirmed)
                st.switch_page(link_to("priorities.py"))


main()
