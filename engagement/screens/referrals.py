"""Screen: pass a theme on to an organisation that can act, chase it, and record the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.plan.referral_views import ReferralView, list_referrals
from engagement.plan.referrals import USUAL_WAIT, ConsentCount, PassedOn, count_consent, pass_on_theme
from engagement.plan.theme_choice import ThemeStanding, list_theme_standings
from engagement.screens.components.form_fields import forget_fields, name_fields
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.referral_card import show_referral
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal

SAID = "referral-said"


def main() -> None:
    """Show what was passed on, chases first, and offer to pass on a theme."""
    visit = open_visit("Referrals")
    with visit.record.reading() as session:
        themes = list_theme_standings(session, visit.person, visit.engagement_id)
        referrals = list_referrals(session, visit.person, visit.engagement_id, date.today())
    if said := st.session_state.pop(SAID, ""):
        st.success(said)
    if not themes and not referrals:
        st.text("There are no agreed themes yet. What fits no priority can be passed on from here.")
        st.page_link(link_to("workshop.py"), label="Open a board first")
        return
    show_referrals(visit, referrals)
    if can_act(visit.person, Act.REFER):
        offer_passing_on(visit, [theme for theme in themes if theme.priority_id is None and theme.n_voices])


def show_referrals(visit: Visit, referrals: Sequence[ReferralView]) -> None:
    """Show the referrals under what they wait for."""
    if not referrals:
        st.text("Nothing was passed on yet.")
    groups = {
        "To chase now": [each for each in referrals if each.is_chase_due],
        "Waiting for an answer": [each for each in referrals if each.is_waiting and not each.is_chase_due],
        "Answered": [each for each in referrals if each.answered_on and not each.is_taken_back],
        "Taken back": [each for each in referrals if each.is_taken_back],
    }
    for heading, group in groups.items():
        if group:
            st.header(f"{heading}: {len(group)}", anchor=False)
        for referral in group:
            show_referral(visit, referral)


def offer_passing_on(visit: Visit, themes: Sequence[ThemeStanding]) -> None:
    """Offer to pass on one theme that is in no priority."""
    st.header("Pass a theme on", anchor=False)
    if not themes:
        st.text("Every theme with voices is part of a priority, so there is nothing to pass on.")
        return
    names = {theme.id: f"{theme.name} ({theme.n_voices} voices)" for theme in themes}
    theme_id = st.selectbox(
        "Theme", list(names), format_func=names.__getitem__, index=None, key="pass-on-theme",
        placeholder="Choose a theme",
    )  # fmt: skip
    if theme_id is None:
        return
    with visit.record.reading() as session:
        consent = count_consent(session, visit.person, visit.engagement_id, theme_id)
    st.text(describe_consent(consent))
    if consent.voice_ids:
        passing_on_form(visit, theme_id)


def describe_consent(consent: ConsentCount) -> str:
    """Say how many voices will go and how many stay."""
    n_voices = len(consent.voice_ids)
    goes = "1 voice may be passed on." if n_voices == 1 else f"{n_voices} voices may be passed on."
    if not consent.n_without_consent:
        return goes
    stay = "1 stays" if consent.n_without_consent == 1 else f"{consent.n_without_consent} stay"
    return f"{goes} {stay} here: nobody agreed to pass them on."


def passing_on_form(visit: Visit, theme_id: int) -> None:
    """Ask to whom, and when to chase."""
    today = date.today()
    key = name_fields("pass-on")
    with st.form("pass-on"):
        recipient = st.text_input(
            "Organisation that can act", max_chars=300, placeholder="NHS primary care team", key=f"{key}-to"
        )
        message = st.text_area("Message to them (you can leave this empty)", key=f"{key}-message")
        sent, chased = st.columns(2)
        sent_on = sent.date_input("Sent on", today, format="DD/MM/YYYY", key=f"{key}-sent")
        chase_on = chased.date_input("Chase on", today + USUAL_WAIT, format="DD/MM/YYYY", key=f"{key}-chase")
        if st.form_submit_button("Pass it on", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    sent_off = pass_on_theme(
                        session,
                        visit.person,
                        visit.engagement_id,
                        theme_id,
                        recipient=recipient,
                        sent_on=sent_on,
                        chase_on=chase_on,
                        message=message,
                    )
                st.session_state[SAID] = describe_sent(sent_off, recipient)
                forget_fields("pass-on")
                st.rerun()


def describe_sent(sent_off: PassedOn, recipient: str) -> str:
    """Say what was recorded, and how the words get there."""
    voices = "1 voice" if sent_off.n_passed_on == 1 else f"{sent_off.n_passed_on} voices"
    kept = f" {sent_off.n_without_consent} stay here." if sent_off.n_without_consent else ""
    what_next = "Download the words below and send them."
    return f"{voices} recorded as passed on to {write_plainly(recipient)}.{kept} {what_next}"


main()
