"""Screen: the thread, from any action back to the lines of the notes, and from any voice to what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from engagement.answer.source_lines import read_lines_around
from engagement.answer.thread import (
    PriorityThread,
    ThemeThread,
    ThemeVoices,
    VoiceThread,
    trace_action,
    trace_priority,
    trace_theme,
    trace_voice,
)
from engagement.answer.voice_rows import list_voice_rows
from engagement.errors import NotFoundError
from engagement.listen.typed.photos import find_photo_of
from engagement.listen.voices import VoiceQuery, list_voices
from engagement.plan.actions import list_actions
from engagement.plan.priority_views import list_priorities
from engagement.plan.referral_views import list_referrals, list_referred_voice_ids
from engagement.plan.theme_choice import list_theme_standings
from engagement.screens.components.address import read_number
from engagement.screens.components.link_list import Link, show_links
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.referral_card import describe_referral
from engagement.screens.components.voice_list import show_voices
from engagement.screens.components.voice_thread import (
    link_actions,
    link_priority,
    show_typed_from,
    show_voice_thread,
)
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal

N_FOUND = 30


def main() -> None:
    """Show the thread that the address asks for, then a way to begin another."""
    visit = open_visit("Thread")
    ways: Mapping[str, Callable[[Visit, int], None]] = {
        "voice": follow_voice,
        "action": follow_action,
        "theme": follow_theme,
        "priority": follow_priority,
        "referral": follow_referral,
    }
    for name, follow in ways.items():
        asked = read_number(name)
        if asked is not None:
            with show_refusal():
                follow(visit, asked)
            show_links([Link("", "Follow another thread", "thread.py", {})], visit.engagement_id, "another")
            return
    begin(visit)


def follow_voice(visit: Visit, voice_id: int) -> None:
    """Show one voice, its line, and what became of it."""
    with visit.record.reading() as session:
        thread = trace_voice(session, visit.person, voice_id, date.today())
        check_engagement(visit, thread)
        around = read_lines_around(session, visit.person, voice_id)
        photo = find_photo_of(session, visit.person, voice_id)
    show_voice_thread(thread, around)
    if photo is not None and not thread.voice.is_withdrawn:
        show_typed_from(photo)


def follow_action(visit: Visit, action_id: int) -> None:
    """Show one action, its priority, and every voice it came from."""
    with visit.record.reading() as session:
        thread = trace_action(session, visit.person, action_id, date.today())
    check_engagement(visit, thread)
    show_heading("Action", thread.actions[0].title)
    st.text(f"{thread.actions[0].owner_name} · {thread.actions[0].status.value}")
    show_links(link_priority(thread.priority), visit.engagement_id, "led-to")
    show_theme_voices(visit, thread.themes)


def follow_priority(visit: Visit, priority_id: int) -> None:
    """Show one priority, its actions, and every voice it came from."""
    with visit.record.reading() as session:
        thread = trace_priority(session, visit.person, priority_id, date.today())
    check_engagement(visit, thread)
    show_heading("Priority", thread.priority.title)
    links = [*link_priority(thread.priority), *link_actions(thread.actions)]
    show_links(links, visit.engagement_id, "led-to")
    show_theme_voices(visit, thread.themes)


def follow_theme(visit: Visit, theme_id: int) -> None:
    """Show one theme, what was made of it, and its voices."""
    with visit.record.reading() as session:
        thread = trace_theme(session, visit.person, theme_id, date.today())
    check_engagement(visit, thread)
    links = [*link_priority(thread.priority), *link_actions(thread.actions)]
    show_links(links, visit.engagement_id, "led-to")
    for referral in thread.referrals:
        st.text(f"Passed on to {referral.recipient} · {describe_referral(referral)}")
    show_theme_voices(visit, [thread.theme])


def follow_referral(visit: Visit, referral_id: int) -> None:
    """Show the voices that a referral holds."""
    with visit.record.reading() as session:
        referrals = list_referrals(session, visit.person, visit.engagement_id, date.today())
        found = next((each for each in referrals if each.id == referral_id), None)
        if found is None:
            raise NotFoundError(f"There is no referral {referral_id} here. Choose one under Referrals.")
        held = list_referred_voice_ids(session, visit.person, referral_id)
        rows = list_voice_rows(session, visit.engagement_id, held)
    show_heading("Passed on to", found.recipient)
    st.text(describe_referral(found))
    show_voices(rows, visit.engagement_id, f"referral-{referral_id}")


def check_engagement(visit: Visit, thread: VoiceThread | ThemeThread | PriorityThread) -> None:
    """Refuse a thread of another engagement than the one that the strip shows."""
    if thread.engagement_id != visit.engagement_id:
        raise NotFoundError("This thread belongs to another engagement. Open that engagement first.")


def show_heading(what: str, title: str) -> None:
    """Show what is being followed."""
    st.header(write_plainly(f"{what}: {title}"), anchor=False)


def show_theme_voices(visit: Visit, themes: Sequence[ThemeVoices]) -> None:
    """Show each theme with every voice in it; each leads to its source line."""
    for theme in themes:
        count = "1 voice" if len(theme.voices) == 1 else f"{len(theme.voices):,} voices"
        st.subheader(write_plainly(f"Theme: {theme.name}, {count}"), anchor=False)
        if theme.voices:
            show_voices(theme.voices, visit.engagement_id, f"theme-{theme.id}")
    if not themes:
        st.text("No theme is left in it, so no voices lead here.")


def begin(visit: Visit) -> None:
    """Let people begin at a voice, an action, a priority or a theme."""
    today = date.today()
    with visit.record.reading() as session:
        actions = list_actions(session, visit.person, visit.engagement_id, today)
        priorities = list_priorities(session, visit.person, visit.engagement_id, today)
        themes = list_theme_standings(session, visit.person, visit.engagement_id)
    st.text("Begin at either end. Each thread shows where something came from and what it led to.")
    beginnings = {
        "action": ("An action", {each.id: each.title for each in actions}),
        "priority": ("A priority", {each.id: each.title for each in priorities}),
        "theme": ("A theme", {each.id: each.name for each in themes}),
    }
    offered = {name: choice for name, choice in beginnings.items() if choice[1]}
    for column, (name, (label, titles)) in zip(st.columns(3), offered.items(), strict=False):
        with column:
            offer_beginning(label, name, titles, visit)
    search = st.text_input("A voice: words to look for", key="thread-search")
    with visit.record.reading() as session:
        found = list_voices(session, visit.person, visit.engagement_id, VoiceQuery(search), limit=N_FOUND)
        standing = [each.id for each in found if not (search and each.is_withdrawn)]
        rows = list_voice_rows(session, visit.engagement_id, standing)
    if rows:
        more = f"The first {N_FOUND} voices" if len(rows) == N_FOUND else f"{len(rows)} voices"
        st.text(f"{more}. The link below each leads to its thread.")
        show_voices(rows, visit.engagement_id, "found")
    else:
        st.text("No voice holds these words." if search else "There are no voices yet.")


def offer_beginning(label: str, name: str, titles: Mapping[int, str], visit: Visit) -> None:
    """Offer to begin at one of several things."""
    chosen = st.selectbox(
        label,
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="Choose one",
        key=f"begin-{name}",
    )
    if chosen is not None:
        page: StreamlitPage = link_to("thread.py")
        st.switch_page(page, query_params={"engagement": str(visit.engagement_id), name: str(chosen)})


main()
