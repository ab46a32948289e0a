"""Screen: your own account, and a new password for it."""

from __future__ import annotations

import streamlit as st

from engagement.people.accounts import change_password
from engagement.screens.visit import Visit, open_visit, show_refusal


def main() -> None:
    """Show whose account this is, and the form for a new password."""
    visit = open_visit("Your account", needs_engagement=False)
    st.text(f"{visit.person.name}, {visit.person.email}, {visit.person.role}")
    st.header("Change your password", anchor=False)
    show_password_form(visit)


def show_password_form(visit: Visit) -> None:
    """Draw the form that changes the password; it signs out everywhere, so that a thief is out too."""
    st.text("You are then signed out everywhere, and sign in again with the new password.")
    with st.form("password", border=False):
        old = st.text_input("Old password", type="password", autocomplete="current-password")
        new = st.text_input(
            "New password, 12 characters or more", type="password", autocomplete="new-password"
        )
        if st.form_submit_button("Change the password", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    change_password(session, visit.person, old_password=old, new_password=new)
                st.rerun()


main()
