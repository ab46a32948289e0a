"""The list of candidate themes: real headings, quotations and bars, with every word escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.theming_runs.views import CandidateView, describe_stability

STYLE = Path(__file__).with_name("candidate_list.css")
QUOTES_SHOWN = 2


def show_candidates(themes: Iterable[CandidateView], voices: Mapping[int, VoiceView]) -> None:
    """Show candidate themes, the largest first, each with its typical voices in people's own words."""
    themes = list(themes)
    largest = max((theme.size for theme in themes), default=1)
    items = "".join(_write_theme(theme, voices, largest) for theme in themes)
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style><ol class='candidates'>{items}</ol>")


def show_quotes(voices: Iterable[VoiceView]) -> None:
    """Show voices in full, each with where it came from."""
    items = "".join(f"<li>{_write_quote(voice)}</li>" for voice in voices)
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style><ul class='quotes'>{items}</ul>")


def _write_theme(theme: CandidateView, voices: Mapping[int, VoiceView], largest: int) -> str:
    typical = [voices[voice_id] for voice_id in theme.typical if voice_id in voices]
    return (
        "<li class='candidate'>"
        f"<h2>{escape(theme.label)}</h2>"
        f"<p class='facts'><span class='bar' style='--share:{theme.size / largest:.3f}'></span>"
        f"<strong>{theme.size} {'voice' if theme.size == 1 else 'voices'}</strong> · "
        f"{describe_stability(theme.stability)}</p>"
        f"{''.join(_write_quote(voice) for voice in typical[:QUOTES_SHOWN])}"
        f"<p class='words'>{' · '.join(escape(word) for word in theme.keywords)}</p>"
        f"{_write_near(theme.near)}"
        f"{_write_more(typical[QUOTES_SHOWN:])}"
        "</li>"
    )


def _write_near(labels: tuple[str, ...]) -> str:
    if not labels:
        return ""
    return f"<p class='words'>Near to {' and '.join(f'“{escape(label)}”' for label in labels)}</p>"


def _write_more(voices: list[VoiceView]) -> str:
    if not voices:
        return ""
    quotes = "".join(_write_quote(voice) for voice in voices)
    return f"<details><summary>{len(voices)} more typical voices</summary>{quotes}</details>"


def _write_quote(voice: VoiceView) -> str:
    language = f" lang='{escape(voice.language, quote=True)}'" if voice.language else ""
    translation = f"<p dir='auto'>{escape(voice.translation)}</p>" if voice.translation else ""
    return (
        f"<figure><blockquote dir='auto'{language}>{escape(voice.text)}</blockquote>{translation}"
        f"<figcaption>{escape(voice.where)}</figcaption></figure>"
    )
