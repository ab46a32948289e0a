"""Voices as cards: the words large and exactly as they were said, where they came from small."""

from __future__ import annotations

from html import escape
from pathlib import Path
from textwrap import shorten

import streamlit as st

from engagement.listen.languages import name_language
from engagement.listen.voices import VoiceView
from engagement.screens.components.dates import say_date
from engagement.screens.components.words import write_translation, write_words

PROMPT_SHOWN = 100
"""A card shows so many characters of a prompt at most: its thread shows all."""
STYLE = Path(__file__).with_name("voice_card.css")


def use_voice_style() -> None:
    """Bring the style of the cards to a screen, once."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")


def show_voice(voice: VoiceView) -> None:
    """Show one voice with where it came from and what may be done with it."""
    st.html(
        f"<figure class='voice{' withdrawn' if voice.is_withdrawn else ''}'>"
        f"{_write_said(voice)}"
        f"{write_translation(voice.translation)}"
        f"<figcaption>{' · '.join(_list_facts(voice))}</figcaption></figure>"
    )


def _write_said(voice: VoiceView) -> str:
    if voice.erased:
        return f"<p>The words of this voice were {escape(voice.erased)}.</p>"
    return write_words(voice.text, voice.language)


def _list_facts(voice: VoiceView) -> list[str]:
    facts = ["<strong>withdrawn</strong>"] if voice.is_withdrawn else []
    if voice.counts_with_id is not None:
        facts.append(f"<strong>counted once, with voice {voice.counts_with_id}</strong>")
    facts += [escape(each) for each in (voice.where, voice.respondent, voice.area) if each]
    if voice.language not in ("", "en"):
        facts.append(f"{name_language(voice.language)}{' (a guess)' if voice.is_hint else ''}")
    if voice.said_on:
        facts.append(say_date(voice.said_on))
    if voice.prompt:
        facts.append(f"asked: {escape(shorten(voice.prompt, PROMPT_SHOWN, placeholder='…'))}")
    return [*facts, *_list_refused(voice)]


def _list_refused(voice: VoiceView) -> list[str]:
    if not voice.may_use:
        return ["not to be used: nobody agreed to that"]
    refused = [] if voice.may_quote else ["not to be quoted"]
    refused += [] if voice.may_pass_on else ["not to be passed on"]
    refused += ["agreed apart from the source"] if voice.has_own_consent else []
    return refused
