"""An action on a screen: what, who, by when, how far, its notes, and the form to update it in place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.plan.actions import ActionDetails, ActionView, add_action, update_action
from engagement.plan.due_dates import describe_due, write_date
from engagement.plan.named_people import NamedPerson
from engagement.screens.components.dates import say_date
from engagement.screens.components.form_fields import forget_fields, name_fields, remember_version
from engagement.screens.components.named_person import choose_person
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, link_to, show_refusal
from models.plan import ActionStatus

LATE = ":material/warning:"


def show_action(
    visit: Visit, action: ActionView, people: Sequence[NamedPerson], *, names_priority: bool = False
) -> None:
    """Draw one action; whoever may can update it on the spot."""
    with st.container(border=True):
        says, does = st.columns([4, 1], vertical_alignment="top")
        with says:
            mark = f"{LATE} " if action.is_late else ""
            st.markdown(f"{mark}**{write_plainly(action.title)}**")
            st.text(" · ".join(_list_facts(action, names_priority)))
            for note in action.notes:
                st.text(f"{say_date(note.written_at)}, {note.written_by}: {note.text}")
        with does:
            if can_act(visit.person, Act.UPDATE_ACTIONS):
                with st.popover("Update", key=name_fields(f"action-{action.id}"), width="stretch"):
                    update_form(visit, action, people)
            st.page_link(
                link_to("thread.py"),
                label="Thread",
                icon=":material/timeline:",
                query_params={"engagement": str(visit.engagement_id), "action": str(action.id)},
            )


def update_form(visit: Visit, action: ActionView, people: Sequence[NamedPerson]) -> None:
    """Let people say how far it is, and what happened."""
    form = f"action-{action.id}"
    key = name_fields(form)
    saw_version = remember_version(key, action.version)
    with st.form(form, border=False):
        statuses = list(ActionStatus)
        status = st.selectbox(
            "How far is it?",
            statuses,
            statuses.index(action.status),
            format_func=lambda each: each.value.capitalize(),
            key=f"{key}-status",
        )
        note = st.text_area("What happened since (a note)", key=f"{key}-note")
        due_on = st.date_input("Due on", action.due_on, format="DD/MM/YYYY", key=f"{key}-due")
        current = NamedPerson(action.owner_name, action.owner_account_id)
        owner = choose_person("Owner", people, current, f"{key}-owner")
        title = st.text_input("Action", action.title, key=f"{key}-title")
        if st.form_submit_button("Save the update", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    update_action(
                        session,
                        visit.person,
                        action.id,
                        ActionDetails(title, owner, due_on, status),
                        saw_version=saw_version,
                        today=date.today(),
                        note=note,
                    )
                forget_fields(form)
                st.rerun()
            remember_version(key, action.version, is_shown_anew=True)


def add_action_form(visit: Visit, priority_id: int, people: Sequence[NamedPerson]) -> None:
    """Let people add an action to a priority."""
    form = f"new-action-{priority_id}"
    key = name_fields(form)
    with st.form(form):
        title = st.text_input("What will be done", key=f"{key}-title")
        who, when = st.columns(2)
        with who:
            owner = choose_person("Owner", people, None, f"{key}-owner")
        due_on = when.date_input("Due on", None, format="DD/MM/YYYY", key=f"{key}-due")
        if st.form_submit_button("Add the action", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    add_action(session, visit.person, priority_id, ActionDetails(title, owner, due_on))
                forget_fields(form)
                st.rerun()


def _list_facts(action: ActionView, names_priority: bool) -> list[str]:
    facts = [action.owner_name, action.status.value]
    if action.done_on:
        facts.append(write_date(action.done_on))
    elif action.is_open and action.due_on:
        facts += [f"due {write_date(action.due_on)}", describe_due(action.due_on, date.today())]
    elif action.is_open:
        facts.append("no due date")
    return [action.priority_title, *facts] if names_priority else facts
