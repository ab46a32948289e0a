"""The language of a voice and its translation, put right beside the words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from engagement.listen.languages import NAMES, name_language
from engagement.listen.translating import (
    MAX_LETTERS,
    TranslationView,
    list_translations,
    set_language,
    undo_translation,
    write_translation,
)
from engagement.listen.voices import VoiceView
from engagement.screens.components.dates import say_moment
from engagement.screens.visit import Visit, keep_notice, show_refusal

LANGUAGES = ["", *sorted(NAMES, key=NAMES.__getitem__)]


def offer_translation(visit: Visit, voice: VoiceView) -> None:
    """Draw the way to the language and the translation of a voice; read when somebody opens it."""
    with st.popover("Language", key=f"language-{voice.id}", on_change="rerun") as opened:
        if opened.open:
            show_language(visit, voice)
            show_translation(visit, voice)


def show_language(visit: Visit, voice: VoiceView) -> None:
    """Draw the language, to be put right."""
    known = voice.language if voice.language in LANGUAGES else ""
    with st.form(f"language-form-{voice.id}", border=False):
        language = st.selectbox(
            "It was said in",
            LANGUAGES,
            LANGUAGES.index(known),
            format_func=name_language,
            key=f"said-in-{voice.id}",
        )
        if st.form_submit_button("Save the language"):
            change(visit, voice, lambda session: set_language(session, visit.person, voice.id, language))


def show_translation(visit: Visit, voice: VoiceView) -> None:
    """Draw the translation, to be typed or put right, with what it said before."""
    with visit.record.reading() as session:
        wordings = list_translations(session, visit.person, voice.id)
    with st.form(f"translation-form-{voice.id}", border=False):
        text = st.text_area(
            "In English",
            wordings[0].text if wordings else "",
            max_chars=MAX_LETTERS,
            key=f"translation-{voice.id}-{len(wordings)}",
            help="It stands beside the words everywhere, never in their place. Themes are found in it.",
        )
        if st.form_submit_button("Save the translation", type="primary"):
            change(visit, voice, lambda session: write_translation(session, visit.person, voice.id, text))
    if wordings and wordings[0].written_by:
        for wording in wordings:
            st.text(describe_wording(wording))
        if st.button("Put back the one before", key=f"undo-translation-{voice.id}"):
            change(visit, voice, lambda session: undo_translation(session, visit.person, voice.id))


def describe_wording(wording: TranslationView) -> str:
    """Say who wrote a translation and when, and what it says."""
    said = f"“{wording.text}”" if wording.text else "no translation"
    if wording.written_at is None:
        return f"In the file: {said}"
    return f"{say_moment(wording.written_at)}, {wording.written_by}: {said}"


def change(visit: Visit, voice: VoiceView, act: Callable[..., None]) -> None:
    """Do what was asked, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            act(session)
        keep_notice(f"Saved for the voice at {voice.where}.")
        st.rerun()
