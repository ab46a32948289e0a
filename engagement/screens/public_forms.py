"""Screen: open a form to the public for one prompt, and read what came in before it joins the voices."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from engagement.engagements import list_prompts
from engagement.listen.typed.forms import (
    CONSENT,
    LONGEST_READ_BY,
    LONGEST_WORDING,
    FormView,
    change_last_day,
    close_form,
    list_forms,
    open_form,
    rotate_link,
)
from engagement.people.permissions import Act
from engagement.screens.components.answer_queue import show_decided, show_queue
from engagement.screens.components.dates import say_date
from engagement.screens.components.form_fields import forget_fields, name_fields
from engagement.screens.components.invitation import draw_qr, find_origin, show_qr, warn_if_only_here
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal
from models.typed import AnswerState

EXPLANATION = (
    "A form asks one prompt of anybody who has its link. It asks for no name and keeps no address. What "
    "comes in waits here: it joins the voices only when you let it in."
)
FORM = "open-form"
USUAL_WEEKS = timedelta(weeks=4)


def main() -> None:
    """Show what waits, then the forms, then the way to open another one."""
    visit = open_visit("Public forms", Act.ADD_SOURCE)
    st.text(EXPLANATION)
    with visit.record.reading() as session:
        forms = list_forms(session, visit.person, visit.engagement_id)
    show_queue(visit, {form.id: form.prompt for form in forms})
    for form in forms:
        show_form(visit, form)
    offer_form(visit, is_first=not forms)
    show_decided(visit)


def show_form(visit: Visit, form: FormView) -> None:
    """Draw one form: its link while it is open, how its answers stand, and what can be done with it."""
    with st.container(border=True):
        st.subheader(write_plainly(form.prompt), anchor=False)
        st.text(f"{say_state(form)} · {say_counts(form)} · read by {form.read_by}")
        if form.is_open:
            show_link(form)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            show_last_day(visit, form)
            if form.is_open and st.button("Make another link", key=f"rotate-{form.id}"):
                with show_refusal():
                    with visit.record.writing() as session:
                        rotate_link(session, visit.person, form.id)
                    keep_notice("There is another link now. The old one and its QR code are no good.")
                    st.rerun()
            if form.is_open and st.button("Close the form", key=f"close-{form.id}"):
                with show_refusal():
                    with visit.record.writing() as session:
                        close_form(session, visit.person, form.id)
                    keep_notice("The form is closed. What came in can still be let in.")
                    st.rerun()


def say_state(form: FormView) -> str:
    """Say whether a form takes answers, and until when."""
    return f"Open until {say_date(form.closes_on)}" if form.is_open else "Closed"


def say_counts(form: FormView) -> str:
    """Say how the answers of a form stand."""
    counts = form.counts
    return (
        f"{counts[AnswerState.WAITING]} waiting, {counts[AnswerState.KEPT]} let in, "
        f"{counts[AnswerState.ASIDE]} set aside"
    )


def show_link(form: FormView) -> None:
    """Draw the link with its QR code, to be shown or printed."""
    origin = find_origin()
    address = f"{origin}/say/{form.link_key}"
    with st.container(horizontal=True, vertical_alignment="center"):
        show_qr(address, "QR code of the form")
        with st.container():
            st.text("Anybody who has this link can answer:")
            st.code(address, language=None, wrap_lines=True)
            st.link_button("See the form", f"/say/{form.link_key}", icon=":material/open_in_new:")
            st.download_button(
                "Save the QR code",
                draw_qr(address),
                f"form-{form.id}.svg",
                "image/svg+xml",
                key=f"qr-{form.id}",
                icon=":material/qr_code:",
            )
    warn_if_only_here(origin)


def show_last_day(visit: Visit, form: FormView) -> None:
    """Draw the last day, which can be changed; a closed form opens again by it."""
    day = st.date_input(
        "Open until the end of",
        max(form.closes_on, date.today()),
        date.today(),
        format="DD/MM/YYYY",
        key=f"day-{form.id}-{form.closes_on}-{form.is_open}",
    )
    label = "Change the last day" if form.is_open else "Open it again"
    if st.button(label, key=f"change-{form.id}"):
        with show_refusal():
            with visit.record.writing() as session:
                change_last_day(session, visit.person, form.id, day)
            keep_notice(f"The form is open until {say_date(day)}.")
            st.rerun()


def offer_form(visit: Visit, *, is_first: bool) -> None:
    """Draw the way to open a form."""
    with visit.record.reading() as session:
        prompts = {each.id: each.text for each in list_prompts(session, visit.engagement_id)}
    if not prompts:
        st.text("A form asks one prompt, and there is none yet. Add one with an occasion, then come back.")
        st.page_link(link_to("type_in.py"), label="Type in voices", icon=":material/keyboard:")
        return
    with st.expander("Open a form", expanded=is_first, icon=":material/public:"):
        draw_form(visit, prompts)


def draw_form(visit: Visit, prompts: dict[int, str]) -> None:
    """Draw what is asked before a form is opened."""
    fields = name_fields(FORM)
    with st.form(FORM, border=False, enter_to_submit=False):
        prompt_id = st.selectbox(
            "Prompt that it asks", list(prompts), format_func=prompts.__getitem__, key=f"{fields}-prompt"
        )
        closes_on = st.date_input(
            "Open until the end of",
            date.today() + USUAL_WEEKS,
            date.today(),
            format="DD/MM/YYYY",
            key=f"{fields}-day",
        )
        read_by = st.text_input(
            "Who reads the answers, and how to reach them",
            max_chars=LONGEST_READ_BY,
            placeholder="such as the community team of the council, 0116 496 0000",
            key=f"{fields}-read-by",
        )
        wording = st.text_area(
            "What people agree to by sending, word for word",
            CONSENT,
            max_chars=LONGEST_WORDING,
            key=f"{fields}-wording",
        )
        st.text("Whether their words may be quoted or passed on, people tick themselves.")
        if st.form_submit_button("Open the form to the public", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    open_form(
                        session,
                        visit.person,
                        visit.engagement_id,
                        prompt_id,
                        closes_on=closes_on,
                        read_by=read_by,
                        consent_wording=wording,
                    )
                forget_fields(FORM)
                keep_notice("The form is open. Share its link or its QR code.")
                st.rerun()


main()
