"""Screen: keep it safe. Who may sign in, who is signed in, and whether the record holds together."""

from __future__ import annotations

import streamlit as st

from engagement.checks import check_record
from engagement.people.accounts import (
    AccountView,
    add_account,
    change_role,
    close_account,
    list_accounts,
    reopen_account,
    set_password,
)
from engagement.people.permissions import Act
from engagement.people.sign_in import end_sign_in, list_sign_ins
from engagement.record import describe_place
from engagement.screens.components.dates import say_date, say_moment
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, open_visit, show_refusal
from engagement.settings import read_settings
from models.people import Role

WHAT_ROLES_DO = {
    Role.VIEWER: "reads everything, changes nothing",
    Role.LEAD: "updates actions, passes voices on, moves cards, downloads, erases words for good",
    Role.FACILITATOR: "adds sources, runs workshops, chooses priorities, all that a lead does but erase",
    Role.ADMINISTRATOR: "looks after accounts, and all that the others do",
}


def main() -> None:
    """Show people, sign-ins and the record, each in a part of its own."""
    visit = open_visit("Looking after it", Act.MANAGE_PEOPLE, needs_engagement=False)
    people, signed_in, record = st.tabs(["People", "Signed in now", "The record"])
    with people:
        show_people(visit)
    with signed_in:
        show_sign_ins(visit)
    with record:
        show_record(visit)


def show_people(visit: Visit) -> None:
    """List everybody who has an account, and offer to add somebody."""
    with visit.record.reading() as session:
        accounts = list_accounts(session, visit.person)
    with st.expander("Add somebody", icon=":material/person_add:", expanded=len(accounts) == 1):
        show_add_form(visit)
    for account in accounts:
        state = str(account.role) if account.is_active else "closed"
        with st.expander(f"{write_plainly(account.name)} · {state}", icon=":material/person:"):
            show_account(visit, account)


def show_add_form(visit: Visit) -> None:
    """Draw the form that adds an account."""
    with st.form("add", border=False, clear_on_submit=False):
        name = st.text_input("Name", max_chars=200, autocomplete="off")
        email = st.text_input("E-mail address", max_chars=254, autocomplete="off")
        role = choose_role("Role", "add-role", Role.FACILITATOR)
        password = st.text_input(
            "First password, 12 characters or more",
            type="password",
            autocomplete="new-password",
            help="Tell it to them yourself, and ask them to change it on the screen Your account.",
        )
        if st.form_submit_button("Add", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    added = add_account(
                        session, visit.person, email=email, name=name, role=role, password=password
                    )
                done(f"{added.name} can sign in now, as {added.role}.")


def show_account(visit: Visit, account: AccountView) -> None:
    """Draw what can be done with one account."""
    st.text(f"{account.email}, since {say_date(account.made_at)}")
    if not account.is_active:
        if st.button("Open the account again", key=f"reopen-{account.id}"):
            with show_refusal():
                with visit.record.writing() as session:
                    reopen_account(session, visit.person, account.id)
                done(f"{account.name} can sign in again.")
        return
    show_role_form(visit, account)
    show_password_form(visit, account)
    show_closing(visit, account)


def show_role_form(visit: Visit, account: AccountView) -> None:
    """Draw the form that changes a role."""
    with st.form(f"role-{account.id}", border=False):
        role = choose_role(f"Role of {write_plainly(account.name)}", f"role-of-{account.id}", account.role)
        if st.form_submit_button("Change the role"):
            with show_refusal():
                with visit.record.writing() as session:
                    change_role(session, visit.person, account.id, role)
                done(f"{account.name} is {role} now. Their browsers were signed out.")


def show_password_form(visit: Visit, account: AccountView) -> None:
    """Draw the form that gives somebody a new password."""
    with st.form(f"password-{account.id}", border=False):
        password = st.text_input(
            f"New password for {write_plainly(account.name)}, 12 characters or more",
            type="password",
            autocomplete="new-password",
        )
        if st.form_submit_button("Set the password"):
            with show_refusal():
                with visit.record.writing() as session:
                    set_password(session, visit.person, account.id, password)
                done(f"{account.name} has a new password. Their browsers were signed out.")


def show_closing(visit: Visit, account: AccountView) -> None:
    """Draw the button that closes an account, which asks once more."""
    with st.popover("Close the account"):
        st.text("They are signed out at once. What they did stays in the record.")
        if st.button("Close it now", key=f"close-{account.id}", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    close_account(session, visit.person, account.id)
                done(f"The account of {account.name} is closed.")


def show_sign_ins(visit: Visit) -> None:
    """List the browsers that are signed in, and offer to sign each out."""
    with visit.record.reading() as session:
        sign_ins = list_sign_ins(session, visit.person)
    st.text("Each browser that is signed in, the newest first. Sign out one that should not be.")
    for each in sign_ins:
        with st.container(border=True):
            st.text(f"{each.name} ({each.email})")
            st.text(f"since {say_moment(each.started_at)}, until {say_moment(each.expires_at)} at the latest")
            label = f"Sign out {write_plainly(each.name)}, since {say_moment(each.started_at)}"
            if st.button(label, key=f"end-{each.id}"):
                with show_refusal():
                    with visit.record.writing() as session:
                        end_sign_in(session, visit.person, each.id)
                    done(f"A browser of {each.name} was signed out.")


def show_record(visit: Visit) -> None:
    """Say where the record is, and check it when asked."""
    st.text("Everything is kept in one place. Back it up together with the folder.")
    st.text(f"The record: {describe_place(visit.record)}")
    st.text(f"The folder for files and caches: {read_settings().data_dir}")
    st.text(
        "The check reads everything: the chain of decisions, every board, every ledger, and each voice "
        "against the file it came from."
    )
    if st.button("Check the record", type="primary"):
        with st.spinner("Checking the record."):
            problems = check_record(visit.record)
        for problem in problems:
            st.error(write_plainly(problem), icon=":material/error:")
        if not problems:
            st.success("All is well: nothing is missing, and no word has changed.", icon=":material/check:")


def choose_role(label: str, key: str, now: Role) -> Role:
    """Ask for a role, each said with what it may do."""
    roles = list(WHAT_ROLES_DO)
    return st.selectbox(
        label,
        roles,
        index=roles.index(now),
        format_func=lambda role: f"{role.value}: {WHAT_ROLES_DO[role]}",
        key=key,
    )


def done(words: str) -> None:
    """Say that it is done, on a screen that shows it done."""
    keep_notice(words)
    st.rerun()


main()
