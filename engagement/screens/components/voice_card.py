"""Voices as cards: the words large and exactly as they were said, where they came from small."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.screens.components.dates import say_date

STYLE = Path(__file__).with_name("voice_card.css")


def use_voice_style() -> None:
    """Bring the style of the cards to a screen, once."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")


def show_voice(voice: VoiceView) -> None:
    """Show one voice with where it came from and what may be done with it."""
    st.html(
        f"<figure class='voice{' withdrawn' if voice.is_withdrawn else ''}'>"
        f"{write_words(voice.text, voice.language)}"
        f"{_write_translation(voice.translation)}"
        f"<figcaption>{' · '.join(_list_facts(voice))}</figcaption></figure>"
    )


def write_words(text: str, language: str = "") -> str:
    """Write words as HTML that shows exactly these words, in their own direction."""
    named = f" lang='{escape(language, quote=True)}'" if language else ""
    return f"<blockquote dir='auto'{named}>{escape(text)}</blockquote>"


def _write_translation(translation: str) -> str:
    return f"<p class='translation' lang='en'>In English: {escape(translation)}</p>" if translation else ""


def _list_facts(voice: VoiceView) -> list[str]:
    facts = ["<strong>withdrawn</strong>"] if voice.is_withdrawn else []
    if voice.counts_with_id is not None:
        facts.append(f"<strong>counted once, with voice {voice.counts_with_id}</strong>")
    facts += [escape(each) for each in (voice.where, voice.respondent, voice.area) if each]
    if voice.said_on:
        facts.append(say_date(voice.said_on))
    if voice.prompt:
        facts.append(f"asked: {escape(voice.prompt)}")
    if not voice.may_quote:
        facts.append("not to be quoted")
    if not voice.may_pass_on:
        facts.append("not to be passed on")
    return facts
