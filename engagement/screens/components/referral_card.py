"""A referral on a screen: to whom, what, since when, and the acts that follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from engagement.answer.referral_exports import export_referral
from engagement.people.permissions import Act, can_act
from engagement.plan.due_dates import describe_due, write_date
from engagement.plan.referral_views import ReferralView
from engagement.plan.referrals import (
    USUAL_WAIT,
    acknowledge_referral,
    answer_referral,
    chase_referral,
    take_back_referral,
)
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, link_to, show_refusal


def show_referral(visit: Visit, referral: ReferralView) -> None:
    """Draw one referral; whoever may can record what came of it."""
    with st.container(border=True):
        mark = ":material/warning: " if referral.is_chase_due else ""
        st.markdown(f"{mark}**{write_plainly(referral.recipient)}**")
        st.text(describe_referral(referral))
        if referral.n_withdrawn:
            st.warning(describe_withdrawn(referral), icon=":material/undo:")
        for words in filter(None, (referral.message, referral.outcome)):
            st.text(words)
        with st.container(horizontal=True, vertical_alignment="center"):
            if referral.is_waiting and can_act(visit.person, Act.REFER):
                offer_acts(visit, referral)
                offer_words(visit, referral)
            st.page_link(
                link_to("thread.py"),
                label="Read the voices",
                icon=":material/timeline:",
                query_params={"engagement": str(visit.engagement_id), "referral": str(referral.id)},
            )


def describe_referral(referral: ReferralView) -> str:
    """Say what was sent, when, and what came of it so far."""
    voices = "1 voice" if referral.n_voices == 1 else f"{referral.n_voices:,} voices"
    facts = [referral.theme_name, voices, f"sent {write_date(referral.sent_on)} by {referral.sent_by}"]
    if referral.acknowledged_on:
        facts.append(f"acknowledged {write_date(referral.acknowledged_on)}")
    if referral.is_taken_back:
        facts.append("taken back")
    elif referral.answered_on:
        facts.append(f"answered {write_date(referral.answered_on)}")
    elif referral.chase_on:
        days = describe_due(referral.chase_on, date.today())
        facts.append(f"chase {write_date(referral.chase_on)}, {days}")
    return " · ".join(filter(None, facts))


def describe_withdrawn(referral: ReferralView) -> str:
    """Say that people took voices back which the recipient holds, and what to do."""
    n_voices = referral.n_withdrawn
    recipient = write_plainly(referral.recipient)
    if n_voices == 1:
        return f"1 voice was withdrawn after this was sent. Ask {recipient} to delete it."
    return f"{n_voices} voices were withdrawn after this was sent. Ask {recipient} to delete them."


def offer_acts(visit: Visit, referral: ReferralView) -> None:
    """Offer what may follow while a referral waits for its answer."""
    today = date.today()
    if not referral.acknowledged_on:
        with st.popover("They have it", key=f"acknowledge-{referral.id}"):
            on = choose_day("When did they say so?", today, f"acknowledged-on-{referral.id}")
            save(visit, referral, "Save the day", acknowledge_referral, on)
    with st.popover("Chased", key=f"chase-{referral.id}"):
        again = choose_day("Ask again on", today + USUAL_WAIT, f"chase-on-{referral.id}")
        save(visit, referral, "Save the chase", chase_referral, again)
    with st.popover("They answered", key=f"answer-{referral.id}"):
        on = choose_day("When?", today, f"answered-on-{referral.id}")
        outcome = st.text_area("What did they answer?", key=f"outcome-{referral.id}")
        save(visit, referral, "Save the answer", answer_referral, on, outcome)
    with st.popover("Take back", key=f"take-back-{referral.id}"):
        st.text("Its voices go back to their theme. The referral stays in the record.")
        why = st.text_input("Why", key=f"why-{referral.id}")
        save(visit, referral, "Take it back", take_back_referral, why=why)


def offer_words(visit: Visit, referral: ReferralView) -> None:
    """Offer the words of a referral as a spreadsheet to send."""
    st.download_button(
        "Words to send (xlsx)",
        lambda: make_words(visit, referral),
        file_name=f"referral-{referral.id}-{referral.sent_on:%Y-%m-%d}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        key=f"words-{referral.id}",
        on_click="ignore",
    )


def make_words(visit: Visit, referral: ReferralView) -> bytes:
    """Make the spreadsheet of a referral; the download stands in the record."""
    with visit.record.writing() as session:
        return export_referral(session, visit.person, visit.engagement_id, referral.id, date.today())


def choose_day(label: str, usual: date, key: str) -> date:
    """Let people choose a day."""
    chosen: date = st.date_input(label, usual, format="DD/MM/YYYY", key=key)
    return chosen


def save(
    visit: Visit, referral: ReferralView, label: str, act: Callable[..., None], *given: Any, **named: Any
) -> None:
    """Offer a button that does one act on the referral as it was shown."""
    if st.button(label, type="primary", key=f"{act.__name__}-{referral.id}"):
        with show_refusal():
            with visit.record.writing() as session:
                act(session, visit.person, referral.id, *given, saw_version=referral.version, **named)
            st.rerun()
