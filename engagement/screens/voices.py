"""Screen: voices, to find what people said and where each voice came from."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engagement.engagements import list_prompts
from engagement.listen.sources import list_sources
from engagement.listen.voices import VoiceView, bring_back_voice, count_voices, list_voices, withdraw_voice
from engagement.people.permissions import Act, can_act
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.voice_card import show_voice, use_voice_style
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal

PAGE_LENGTH = 25


def main() -> None:
    """Show the search, then the voices that it finds."""
    visit = open_visit("Voices")
    use_voice_style()
    if said := st.session_state.pop("said", ""):
        st.success(write_plainly(said), icon=":material/check_circle:")
    with visit.record.reading() as session:
        sources = {each.id: each.title for each in list_sources(session, visit.person, visit.engagement_id)}
        prompts = {each.id: each.text for each in list_prompts(session, visit.engagement_id)}
    if not sources:
        st.text("There are no voices yet. Add the notes of a group or a survey first.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey", icon=":material/upload_file:")
        return
    chosen = choose(sources, prompts)
    may_withdraw = can_act(visit.person, Act.WITHDRAW_VOICE)
    chosen["withdrawn"] = may_withdraw and st.toggle("Withdrawn voices", key="withdrawn")
    show_results(visit, chosen)


def choose(sources: dict[int, str], prompts: dict[int, str]) -> dict[str, Any]:
    """Draw the search and the filters, and give what is chosen."""
    words, source, prompt = st.columns([2, 1, 1])
    with words:
        search = st.text_input("Find words", placeholder="such as bus", max_chars=200, key="search")
    with source:
        asked = st.query_params.get("source", "")
        start = list(sources).index(int(asked)) + 1 if asked.isdigit() and int(asked) in sources else 0
        source_id = st.selectbox(
            "Source",
            [None, *sources],
            start,
            format_func=lambda each: "all sources" if each is None else sources[each],
            key="source",
        )
    with prompt:
        prompt_id = st.selectbox(
            "Prompt",
            [None, *prompts],
            format_func=lambda each: "all prompts" if each is None else prompts[each],
            key="prompt",
        )
    return {"search": search, "source_id": source_id, "prompt_id": prompt_id}


def show_results(visit: Visit, chosen: dict[str, Any]) -> None:
    """Draw one page of the voices that were found."""
    with visit.record.reading() as session:
        n_found = count_voices(session, visit.person, visit.engagement_id, **chosen)
    st.header(f"{n_found:,} {'voice' if n_found == 1 else 'voices'}", anchor=False)
    if not n_found:
        st.text(
            "No voice is withdrawn here."
            if chosen["withdrawn"]
            else "No voice holds these words. Try fewer or other words, or look in all sources."
        )
        return
    n_pages = -(-n_found // PAGE_LENGTH)
    page = st.pagination(n_pages, key=f"page-{n_pages}-{sorted(chosen.items())}") if n_pages > 1 else 1
    with visit.record.reading() as session:
        voices = list_voices(
            session,
            visit.person,
            visit.engagement_id,
            **chosen,
            limit=PAGE_LENGTH,
            offset=(page - 1) * PAGE_LENGTH,
        )
    for voice in voices:
        show_one(visit, voice)


def show_one(visit: Visit, voice: VoiceView) -> None:
    """Draw one voice with its thread and the way to take it back."""
    with st.container(border=True):
        show_voice(voice)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                link_to("thread.py"),
                label="Follow its thread",
                icon=":material/timeline:",
                query_params={"engagement": str(visit.engagement_id), "voice": str(voice.id)},
            )
            if can_act(visit.person, Act.WITHDRAW_VOICE):
                offer_withdrawal(visit, voice)


def offer_withdrawal(visit: Visit, voice: VoiceView) -> None:
    """Draw the way to withdraw a voice, or to bring it back."""
    if voice.is_withdrawn:
        if st.button("Bring it back", key=f"back-{voice.id}"):
            with show_refusal():
                with visit.record.writing() as session:
                    bring_back_voice(session, visit.person, voice.id)
                st.session_state["said"] = f"The voice at {voice.where} is back."
                st.rerun()
        return
    with st.popover("Withdraw"), st.form(f"withdraw-{voice.id}", border=False):
        st.text("It leaves the board, quotes and exports. It still counts in the ledger, as withdrawn.")
        reason = st.text_input("Why? (no names)", max_chars=1000)
        if st.form_submit_button("Withdraw this voice", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    withdraw_voice(session, visit.person, voice.id, reason)
                st.session_state["said"] = (
                    f"The voice at {voice.where} is withdrawn. “Withdrawn voices” brings it back."
                )
                st.rerun()


main()
