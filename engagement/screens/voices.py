"""Screen: voices, to find what people said and where each voice came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from engagement.answer.finding import (
    CONSENTS,
    NOT_SURE,
    Asked,
    ViewOfVoices,
    find_voices,
    list_places,
    list_views,
    remove_view,
    save_view,
)
from engagement.answer.ledger import VoiceState
from engagement.engagements import list_prompts
from engagement.listen.erasing.plans import list_of_person
from engagement.listen.languages import name_language
from engagement.listen.sources import list_sources
from engagement.listen.translating import count_languages
from engagement.listen.voices import VoiceView, bring_back_voice, withdraw_voice
from engagement.listen.withdrawals import withdraw_respondent
from engagement.people.permissions import Act, can_act
from engagement.screens.components.consent_form import offer_consent
from engagement.screens.components.erase_form import offer_erasure
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.translation_form import offer_translation
from engagement.screens.components.voice_card import show_voice, use_voice_style
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal
from engagement.workshop.homes import list_agreed_themes

PAGE_LENGTH = 25


@dataclass(frozen=True)
class Offered:
    """What voices of this engagement can be found by."""

    sources: dict[int, str]
    prompts: dict[int, str]
    themes: dict[int, str]
    areas: list[str]
    hosts: list[str]
    languages: dict[str, str]
    views: tuple[ViewOfVoices, ...]

    def list_filters(self) -> list[tuple[str, str, dict[Any, str]]]:
        """List the filters that there is something to choose from in: name, label and choices."""
        filters: list[tuple[str, str, dict[Any, str]]] = [
            ("source_id", "Source", self.sources),
            ("prompt_id", "Prompt", self.prompts),
            ("theme_id", "Theme", self.themes),
            ("area", "Area", dict(zip(self.areas, self.areas, strict=True))),
            ("host", "Host", dict(zip(self.hosts, self.hosts, strict=True))),
            ("state", "State", {str(each): str(each) for each in VoiceState}),
            ("consent", "Consent", CONSENTS),
            ("language", "Language", self.languages),
        ]
        return [each for each in filters if each[2]]


def main() -> None:
    """Show the search, then the voices that it finds."""
    visit = open_visit("Voices")
    use_voice_style()
    offered = read_offered(visit)
    if not offered.sources:
        st.text("There are no voices yet. Add the notes of a group or a survey first.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey", icon=":material/upload_file:")
        return
    choose_view(visit, offered)
    asked = choose(offered)
    show_results(visit, asked)
    if can_act(visit.person, Act.MOVE_CARDS):
        offer_saving(visit, asked)


def read_offered(visit: Visit) -> Offered:
    """Read what voices can be found by."""
    with visit.record.reading() as session:
        areas, hosts = list_places(session, visit.person, visit.engagement_id)
        return Offered(
            sources={
                each.id: each.title for each in list_sources(session, visit.person, visit.engagement_id)
            },
            prompts={each.id: each.text for each in list_prompts(session, visit.engagement_id)},
            themes={each.id: each.name for each in list_agreed_themes(session, visit.engagement_id)},
            areas=areas,
            hosts=hosts,
            languages={
                code or NOT_SURE: f"{name_language(code)} ({count})"
                for code, count in count_languages(session, visit.person, visit.engagement_id).items()
            },
            views=list_views(session, visit.person, visit.engagement_id),
        )


def choose_view(visit: Visit, offered: Offered) -> None:
    """Let people go to a saved view."""
    if not offered.views:
        return
    with st.container(horizontal=True):
        for view in offered.views:
            if st.button(write_plainly(view.name), key=f"view-{view.id}", icon=":material/bookmark:"):
                st.session_state.update(show_asked(view.asked))
                st.rerun()


def show_asked(asked: Asked) -> dict[str, Any]:
    """Give the state of the widgets that asks for this."""
    return {f"find-{name}": value or None for name, value in vars(asked).items() if name != "words"} | {
        "find-words": asked.words
    }


def choose(offered: Offered) -> Asked:
    """Draw the search and the filters, and give what is asked for."""
    asked_source = st.query_params.get("source", "")
    linked = next((source_id for source_id in offered.sources if str(source_id) == asked_source), None)
    if linked is not None and "find-source_id" not in st.session_state:
        st.session_state["find-source_id"] = linked
    words_column, *first = st.columns([2, 1, 1])
    with words_column:
        words = st.text_input(
            "Find words", placeholder='such as bus, or "warm room"', max_chars=200, key="find-words"
        )
    listed = offered.list_filters()
    with st.expander("More filters: " + ", ".join(label.lower() for _, label, _ in listed[len(first) :])):
        more = st.columns(3)
    filters: dict[str, Any] = {}
    for place, (name, label, choices) in enumerate(listed):
        with first[place] if place < len(first) else more[(place - len(first)) % len(more)]:
            filters[name] = choose_one(name, label, choices)
    return Asked(words=words, **{name: value for name, value in filters.items() if value is not None})


def choose_one(name: str, label: str, choices: dict[Any, str]) -> Any:
    """Draw one filter; None where it does not matter."""
    key = f"find-{name}"
    if st.session_state.get(key) not in (None, *choices):
        st.session_state[key] = None
    return st.selectbox(
        label,
        list(choices),
        index=None,
        format_func=choices.__getitem__,
        placeholder=f"any {label.lower()}",
        key=key,
    )


def show_results(visit: Visit, asked: Asked) -> None:
    """Draw one page of the voices that were found."""
    page_key = f"page-{asked}"
    page = st.session_state.get(page_key, 1)
    with visit.record.reading() as session:
        found = find_voices(
            session,
            visit.person,
            visit.engagement_id,
            asked,
            limit=PAGE_LENGTH,
            offset=(page - 1) * PAGE_LENGTH,
        )
    n_found = found.n_found
    st.header(f"{n_found:,} {'voice' if n_found == 1 else 'voices'}", anchor=False)
    if not n_found:
        st.text("No voice is like this. Try fewer or other words, or take a filter away.")
        return
    if n_found > PAGE_LENGTH:
        st.pagination(-(-n_found // PAGE_LENGTH), key=page_key)
    for voice in found.voices:
        show_one(visit, voice)


def offer_saving(visit: Visit, asked: Asked) -> None:
    """Offer to save what is looked for as a view, and to remove views."""
    with visit.record.reading() as session:
        views = list_views(session, visit.person, visit.engagement_id)
    with st.expander("Save this view"):
        with st.form("save-view", border=False, clear_on_submit=True):
            name = st.text_input("Name of the view", max_chars=100, placeholder="such as Belgrave, buses")
            if st.form_submit_button("Save this view"):
                with show_refusal():
                    with visit.record.writing() as session:
                        save_view(session, visit.person, visit.engagement_id, name, asked)
                    keep_notice(f"Saved as “{name}”. Everybody finds it above the search.")
                    st.rerun()
        for view in views:
            if st.button(f"Remove “{write_plainly(view.name)}”", key=f"remove-{view.id}"):
                with show_refusal():
                    with visit.record.writing() as session:
                        remove_view(session, visit.person, view.id)
                    st.rerun()


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
            if can_act(visit.person, Act.ADD_SOURCE) and not voice.erased:
                offer_consent(visit, voice)
                offer_translation(visit, voice)
            if can_act(visit.person, Act.WITHDRAW_VOICE):
                offer_withdrawal(visit, voice)
            if voice.is_withdrawn and not voice.erased:
                offer_erasure(
                    visit, "Erase for good", str(voice.id), partial(list_of_person, voice_id=voice.id)
                )


def offer_withdrawal(visit: Visit, voice: VoiceView) -> None:
    """Draw the way to withdraw a voice, or to bring it back."""
    if voice.erased or (voice.is_withdrawn and not voice.may_use):
        return
    if voice.is_withdrawn:
        if st.button("Bring it back", key=f"back-{voice.id}"):
            with show_refusal():
                with visit.record.writing() as session:
                    bring_back_voice(session, visit.person, voice.id)
                keep_notice(f"The voice at {voice.where} is back.")
                st.rerun()
        return
    with st.popover("Withdraw"), st.form(f"withdraw-{voice.id}", border=False):
        st.text("It leaves the board, quotes and exports. It still counts in the ledger, as withdrawn.")
        reason = st.text_input("Why? (no names)", max_chars=1000)
        if st.form_submit_button("Withdraw this voice", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    withdraw_voice(session, visit.person, voice.id, reason)
                keep_notice(f"The voice at {voice.where} is withdrawn. The state “withdrawn” finds it again.")
                st.rerun()
        label = f"Withdraw all of {write_plainly(voice.respondent)}"
        if voice.respondent_id is not None and st.form_submit_button(label):
            with show_refusal():
                with visit.record.writing() as session:
                    n_gone = withdraw_respondent(session, visit.person, voice.respondent_id, reason)
                gone = "1 voice is" if n_gone == 1 else f"{n_gone} voices are"
                keep_notice(f"{gone} withdrawn, all that {voice.respondent} said here.")
                st.rerun()


main()
