"""The room of a workshop on its screen: doors, code and QR, who is here, rounds, what people may do."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.dates import say_moment
from engagement.screens.components.guest_panel import show_guests
from engagement.screens.components.invitation import find_origin, show_qr, warn_if_only_here
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.table_panel import show_tables
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.workshop.attendance import count_attendance
from engagement.workshop.boards import WorkshopView
from engagement.workshop.join_codes import close_doors, open_doors, rotate_code, write_code
from engagement.workshop.rooms import MOST_DOTS, MOST_TABLES, RoomChoices, RoomView, choose_for_room, get_room
from engagement.workshop.rounds import (
    USUAL_ROUNDS,
    RoundPlan,
    end_rounds,
    pause_round,
    plan_rounds,
    resume_round,
    start_round,
)
from engagement.workshop.seats import list_seats, take_back_seat
from models.rooms import RoundKind

LOOK_AGAIN_S = 10
DOES = {
    RoundKind.READ: "Read",
    RoundKind.THEME: "Move and name",
    RoundKind.NAME: "Name themes",
    RoundKind.VOTE: "Vote",
    RoundKind.CHOOSE: "Choose together",
}


def show_room(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the room for whoever runs the workshop."""
    with visit.record.reading() as session:
        room = get_room(session, visit.person, workshop.id)
    show_doors(visit, workshop, room)
    show_guests(visit, workshop)
    show_rounds(visit, workshop, room)
    with st.expander("What participants may do, tables and rounds", icon=":material/tune:"):
        show_choices_form(visit, workshop, room)
        show_plan_form(visit, workshop, room)
    show_tables(visit, workshop, room)


def show_doors(visit: Visit, workshop: WorkshopView, room: RoomView) -> None:
    """Draw the doors: open them, or the code to join by and who is here."""
    if not room.is_open:
        st.text("The doors are closed. Open them, and people join with their phones, without an account.")
        if st.button("Open the doors", key=f"open-{workshop.id}", icon=":material/door_open:"):
            act(visit, open_doors, workshop, "The doors are open. Show the code to the room.")
        show_mix(visit, workshop, here=False)
        return
    show_invitation(room)
    show_who_is_here(visit, workshop)
    with st.container(horizontal=True):
        if st.button("Draw another code", key=f"rotate-{workshop.id}", icon=":material/autorenew:"):
            act(visit, rotate_code, workshop, "There is another code now. Whoever has a seat keeps it.")
        if st.button("Close the doors", key=f"shut-{workshop.id}", icon=":material/door_front:"):
            act(visit, close_doors, workshop, "The doors are closed, and no seat is good any more.")


def show_invitation(room: RoomView) -> None:
    """Draw the address, the code and the QR code, each with words beside it."""
    origin = find_origin()
    address = f"{origin}/join/{room.join_key}"
    with st.container(horizontal=True, vertical_alignment="center"):
        show_qr(address, "QR code to join")
        with st.container():
            st.text(f"Scan this, or open {origin}/join and type:")
            st.subheader(write_code(room.join_code or ""), anchor=False)
            closes = say_moment(room.closes_at) if room.closes_at else ""
            st.text(f"The code is good until {closes}, until you close the doors, or draw another one.")
    warn_if_only_here(origin)


@st.fragment(run_every=LOOK_AGAIN_S)
def show_who_is_here(visit: Visit, workshop: WorkshopView) -> None:
    """Draw who is here, anew every few seconds: there are one or two such screens, not a hundred."""
    show_mix(visit, workshop, here=True)
    with visit.record.reading() as session:
        seats = list_seats(session, visit.person, workshop.id)
    with st.expander(f"Seats: {len(seats)}", key=f"seats-{workshop.id}", icon=":material/event_seat:"):
        for seat in seats:
            with st.container(horizontal=True, vertical_alignment="center"):
                table = f", table {seat.table_number}" if seat.table_number else ""
                st.text(f"{seat.label}{table}{'' if seat.is_here else ', away'}")
                label = f"Take back the seat of {write_plainly(seat.label)}"
                if st.button(label, key=f"take-back-{seat.id}", type="tertiary"):
                    with show_refusal():
                        with visit.record.writing() as session:
                            take_back_seat(session, visit.person, seat.id)
                        st.rerun()


def show_mix(visit: Visit, workshop: WorkshopView, *, here: bool) -> None:
    """Draw the mix of the room in a line, and by sector as a table."""
    with visit.record.reading() as session:
        mix = count_attendance(session, visit.person, workshop.id)
    if not mix.n_joined:
        if here:
            st.text("Nobody has joined yet.")
        return
    without = mix.say_without_phone()
    st.text(f"{mix.say(here=here)}{f' ({without})' if without else ''}")
    show_table(
        "Who came, by where they come from",
        ("Sector", "Came", "Here now"),
        [(str(each.sector), each.joined, each.here) for each in mix.sectors],
    )


def show_rounds(visit: Visit, workshop: WorkshopView, room: RoomView) -> None:
    """Draw the round that is running, and the ways to the next one."""
    if not room.rounds:
        return
    running = room.running
    number = running.round.number if running else 0
    st.text(say_running(room))
    with st.container(horizontal=True):
        if number < len(room.rounds):
            following = room.rounds[number]
            label = f"Begin round {following.number}: {DOES[following.kind].lower()}"
            if st.button(label, key=f"begin-{workshop.id}", icon=":material/skip_next:"):
                begin(visit, workshop, following.id, f"Round {following.number} has begun.")
        if running and running.is_paused:
            if st.button("Go on", key=f"resume-{workshop.id}", icon=":material/play_arrow:"):
                act(visit, resume_round, workshop, "The round goes on.")
        elif running and st.button("Pause", key=f"pause-{workshop.id}", icon=":material/pause:"):
            act(visit, pause_round, workshop, "The round is paused. Participants can read.")
        if running and st.button("End the rounds", key=f"end-{workshop.id}", icon=":material/stop:"):
            act(visit, end_rounds, workshop, "No round is running.")


def say_running(room: RoomView) -> str:
    """Say which round is running, and how long its clock has left."""
    if room.running is None:
        return f"{len(room.rounds)} rounds are planned and none is running: participants can read."
    each = room.running.round
    words = f"Round {each.number} of {len(room.rounds)}: {DOES[each.kind].lower()}"
    left = room.running.left_s
    clock = "" if left is None else f", {max(0, left) // 60} of {each.minutes} minutes left"
    return f"{words}{clock}{' (paused)' if room.running.is_paused else ''}"


def show_choices_form(visit: Visit, workshop: WorkshopView, room: RoomView) -> None:
    """Draw the form of what participants may do."""
    now = room.choices
    with st.form(f"choices-{workshop.id}", border=False):
        st.text("Everybody with a seat may read. They may also:")
        move = st.checkbox("Move cards", value=now.allows_move)
        name = st.checkbox("Name themes", value=now.allows_name)
        vote = st.checkbox("Vote", value=now.allows_vote)
        tables = st.number_input("Tables (0: nobody is asked)", 0, MOST_TABLES, now.n_tables)
        dots = st.number_input("Votes for each person", 1, MOST_DOTS, now.dots_per_person)
        if st.form_submit_button("Save what people may do"):
            choices = RoomChoices(move, name, vote, int(tables), int(dots))
            with show_refusal():
                with visit.record.writing() as session:
                    choose_for_room(session, visit.person, workshop.id, choices)
                keep_notice("What people may do is saved.")
                st.rerun()


def show_plan_form(visit: Visit, workshop: WorkshopView, room: RoomView) -> None:
    """Draw the plan of the rounds as a table to fill in."""
    st.text("Rounds, in their order. Without rounds, people may do all that you allow at any time.")
    if not room.rounds and st.button("Plan the usual five", key=f"usual-{workshop.id}"):
        keep_plan(visit, workshop, USUAL_ROUNDS)
    rows = [{"What the room does": DOES[each.kind], "Minutes": each.minutes} for each in room.rounds]
    kind = st.column_config.SelectboxColumn(options=list(DOES.values()), required=True)
    edited = st.data_editor(
        rows or [{"What the room does": None, "Minutes": None}],
        column_config={
            "What the room does": kind,
            "Minutes": st.column_config.NumberColumn(min_value=1, max_value=480, step=1),
        },
        num_rows="dynamic",
        key=f"plan-{workshop.id}-{len(rows)}",
        hide_index=True,
    )
    if st.button("Save the rounds", key=f"save-plan-{workshop.id}"):
        keep_plan(visit, workshop, read_plan(edited))


def read_plan(rows: list[dict]) -> tuple[RoundPlan, ...]:
    """Read the table of rounds; rows without a choice are left out."""
    kinds = {does: kind for kind, does in DOES.items()}
    return tuple(
        RoundPlan(kinds[row["What the room does"]], None if row["Minutes"] is None else int(row["Minutes"]))
        for row in rows
        if row["What the room does"] in kinds
    )


def keep_plan(visit: Visit, workshop: WorkshopView, plans: tuple[RoundPlan, ...]) -> None:
    """Keep the plan of the rounds."""
    with show_refusal():
        with visit.record.writing() as session:
            plan_rounds(session, visit.person, workshop.id, plans)
        keep_notice("The rounds are planned.")
        st.rerun()


def begin(visit: Visit, workshop: WorkshopView, round_id: int, notice: str) -> None:
    """Begin a round, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            start_round(session, visit.person, workshop.id, round_id)
        keep_notice(notice)
        st.rerun()


def act(visit: Visit, service, workshop: WorkshopView, notice: str) -> None:
    """Do one act to the room, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            service(session, visit.person, workshop.id)
        keep_notice(notice)
        st.rerun()
