"""People without a phone on the Workshops screen: count them in, and take them back by one press."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.guests import MOST_AT_ONCE, GuestView, add_guests, list_guests, take_back_guests
from engagement.workshop.seats import LONGEST_NICKNAME
from models.rooms import Sector

EXPLAINED = (
    "Count in who works on paper or shares somebody's phone, so that the mix of the room is true. One person "
    "by first name, or several of one sector by number alone."
)


def show_guests(visit: Visit, workshop: WorkshopView) -> None:
    """Draw who was counted in, each with a way back, and the form that counts in more."""
    with visit.record.reading() as session:
        guests = list_guests(session, visit.person, workshop.id)
    n_people = sum(guest.n_people for guest in guests)
    with st.expander(
        f"People without a phone: {n_people}", key=f"without-phone-{workshop.id}", icon=":material/group_add:"
    ):
        st.text(EXPLAINED)
        for guest in guests:
            show_guest(visit, guest)
        show_form(visit, workshop)


def show_guest(visit: Visit, guest: GuestView) -> None:
    """Draw one entry."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(guest.label)
        label = f"Take back {write_plainly(guest.label)}"
        if st.button(label, key=f"take-back-guest-{guest.id}", type="tertiary"):
            with show_refusal():
                with visit.record.writing() as session:
                    take_back_guests(session, visit.person, guest.id)
                st.rerun()


def show_form(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the form that counts people in."""
    with st.form(f"guests-{workshop.id}", border=False, clear_on_submit=True):
        sector = st.selectbox("Where they come from", [str(each) for each in Sector])
        nickname = st.text_input("First name (you can leave this empty)", max_chars=LONGEST_NICKNAME)
        n_people = st.number_input("How many", min_value=1, max_value=MOST_AT_ONCE, value=1)
        if st.form_submit_button("Count them in", icon=":material/group_add:"):
            with show_refusal():
                with visit.record.writing() as session:
                    add_guests(
                        session,
                        visit.person,
                        workshop.id,
                        sector,
                        nickname=nickname,
                        n_people=int(n_people),
                    )
                keep_notice("They are counted in.")
                st.rerun()
