"""What one person agreed to apart from their source, put right beside their words."""

from __future__ import annotations

import streamlit as st

from engagement.listen.consent import (
    COLUMNS,
    Agreed,
    change_consent,
    get_own_consent,
    get_source_consent,
)
from engagement.listen.voices import VoiceView
from engagement.screens.visit import Visit, keep_notice, show_refusal

SAY = {True: "yes", False: "no"}


def offer_consent(visit: Visit, voice: VoiceView) -> None:
    """Draw the way to what one person agreed to; it is read when somebody opens it."""
    whose = voice.respondent or "this person"
    with st.popover("Consent", key=f"consent-{voice.id}", on_change="rerun") as opened:
        if opened.open:
            show_form(visit, voice, whose)


def show_form(visit: Visit, voice: VoiceView, whose: str) -> None:
    """Draw the form with the four consents of one person."""
    with visit.record.reading() as session:
        own = get_own_consent(session, visit.person, voice.id)
        of_source = get_source_consent(session, visit.person, voice.id)
    with st.form(f"consent-form-{voice.id}", border=False):
        reach = "all that they said in this source" if voice.respondent_id else "this voice"
        st.text(f"What {whose} agreed to. It holds for {reach}.")
        given = {}
        for consent, column in COLUMNS.items():
            words = {None: f"as the source says: {SAY[getattr(of_source, column)]}", **SAY}
            given[column] = st.radio(
                f"May be {consent.value}",
                list(words),
                list(words).index(getattr(own, column)),
                format_func=words.__getitem__,
                horizontal=True,
                key=f"{column}-{voice.id}",
            )
        wording = st.text_input("How do we know? (no names)", max_chars=2000)
        if st.form_submit_button("Save the consent", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    change_consent(session, visit.person, voice.id, Agreed(**given), wording)
                keep_notice(f"The consent for {voice.where} is saved.")
                st.rerun()
