"""The list of candidate themes: real headings, quotations and bars, with every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.screens.components.echo_words import group_echoes, write_also, write_speakers
from engagement.screens.components.words import write_translation, write_words
from engagement.theming_runs.clauses import EchoView
from engagement.theming_runs.views import CandidateView, describe_stability

STYLE = Path(__file__).with_name("candidate_list.css")
QUOTES_SHOWN = 2


def show_candidates(
    themes: Iterable[CandidateView], voices: Mapping[int, VoiceView], echoes: Iterable[EchoView] = ()
) -> None:
    """Show candidate themes, the largest first, each with its typical voices in people's own words."""
    themes = list(themes)
    largest = max((theme.size for theme in themes), default=1)
    by_voice = group_echoes(echoes)
    items = "".join(_write_theme(theme, voices, largest, by_voice) for theme in themes)
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style><ol class='candidates'>{items}</ol>")


def show_quotes(voices: Iterable[VoiceView]) -> None:
    """Show voices in full, each with where it came from."""
    items = "".join(f"<li>{_write_quote(voice)}</li>" for voice in voices)
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style><ul class='quotes'>{items}</ul>")


def _write_theme(
    theme: CandidateView, voices: Mapping[int, VoiceView], largest: int, echoes: Mapping[int, list[EchoView]]
) -> str:
    typical = [voices[voice_id] for voice_id in theme.typical if voice_id in voices]
    quotes = [_write_quote(voice, write_also(voice, echoes.get(voice.id, ()))) for voice in typical]
    return (
        "<li class='candidate'>"
        f"<h2>{escape(theme.label)}</h2>"
        f"<p class='facts'><span class='bar' style='--share:{theme.size / largest:.3f}'></span>"
        f"<strong>{theme.size} {'voice' if theme.size == 1 else 'voices'}</strong> · "
        f"{describe_stability(theme.stability)}</p>"
        f"{''.join(quotes[:QUOTES_SHOWN])}"
        f"<p class='words'>{' · '.join(escape(word) for word in theme.keywords)}</p>"
        f"{_write_near(theme.near)}"
        f"{_write_more(quotes[QUOTES_SHOWN:])}"
        f"{write_speakers(theme, voices, echoes)}"
        "</li>"
    )


def _write_near(labels: tuple[str, ...]) -> str:
    if not labels:
        return ""
    return f"<p class='words'>Near to {' and '.join(f'“{escape(label)}”' for label in labels)}</p>"


def _write_more(quotes: list[str]) -> str:
    if not quotes:
        return ""
    return f"<details><summary>{len(quotes)} more typical voices</summary>{''.join(quotes)}</details>"


def _write_quote(voice: VoiceView, below: str = "") -> str:
    words = f"{write_words(voice.text, voice.language)}{write_translation(voice.translation)}"
    return f"<figure>{words}<figcaption>{escape(voice.where)}</figcaption>{below}</figure>"
