"""The map of voices on a screen: the picture, the same choice by keyboard, and a table beside it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.screens.components.link_list import Link, show_links
from engagement.screens.components.map_picture import draw_map
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.voice_card import show_voice, use_voice_style
from engagement.theming_runs.views import CutView
from engagement.theming_runs.voice_map import VoiceMap, describe_map

THEME, VOICE, PICTURE = "map_theme", "map_voice", "map_picture"
WORDS_SHOWN = 70
HOW_TO_READ = (
    "Each point is a voice. Points that are near each other were often grouped together; far apart, left, "
    "right, up and down mean nothing. Point at one to read it. Press it, or use the list, to see its words."
)


def show_voice_map(
    drawn: VoiceMap | None, cut: CutView, voices: Mapping[int, VoiceView], engagement_id: int
) -> None:
    """Show where the voices lie, those of one theme standing out, and the words of the one that is chosen."""
    if drawn is None:
        st.info("These themes were proposed before maps were drawn. Propose again to see a map.")
        return
    summary = describe_map(drawn)
    st.text(summary)
    st.text(HOW_TO_READ)
    if len(drawn.points) < drawn.n_voices:
        st.text(f"It shows {len(drawn.points):,} of {drawn.n_voices:,} voices, an even part of every theme.")
    picture, words = st.columns([3, 2], gap="medium")
    with words:
        theme = choose_theme(cut)
        voice_id = choose_voice(drawn, cut, voices, theme)
        if voice_id is not None:
            show_words(voices[voice_id], engagement_id)
    with picture:
        st.vega_lite_chart(
            draw_map(drawn, voices, theme, voice_id),
            key=PICTURE,
            on_select=lambda: follow_click(drawn, cut),
            selection_mode="asked",
            alt=f"A map of voices as points. {summary} The list beside it offers the same voices.",
        )
    show_theme_table(drawn)


def choose_theme(cut: CutView) -> int:
    """Let people choose the theme that stands out; the largest at first."""
    places = {theme.node: place for place, theme in enumerate(cut.themes)}
    if st.session_state.get(THEME) not in places:
        st.session_state[THEME] = cut.themes[0].node
    node = st.selectbox(
        "Theme that stands out",
        list(places),
        format_func=lambda each: cut.themes[places[each]].label,
        key=THEME,
    )
    return places[node]


def choose_voice(drawn: VoiceMap, cut: CutView, voices: Mapping[int, VoiceView], theme: int) -> int | None:
    """Let people choose a voice of that theme from a list, as a press on its point does."""
    standing = [
        each for each in cut.themes[theme].voice_ids if each in voices and not voices[each].is_withdrawn
    ]
    if st.session_state.get(VOICE) not in standing:
        st.session_state[VOICE] = None
    return st.selectbox(
        f"Voice ({len(standing):,} in this theme)",
        standing,
        format_func=lambda each: name_voice(voices[each]),
        key=VOICE,
        placeholder="Choose a voice, or press a point",
    )


def name_voice(voice: VoiceView) -> str:
    """Name a voice in a list by its first words."""
    words = " ".join(voice.text.split())
    return words if len(words) <= WORDS_SHOWN else f"{words[:WORDS_SHOWN]}…"


def follow_click(drawn: VoiceMap, cut: CutView) -> None:
    """Choose the voice whose point was pressed, and its theme."""
    asked = st.session_state[PICTURE].selection.get("asked", [])
    pressed = {each.get("voice") for each in asked if isinstance(each, Mapping)}
    for point in drawn.points:
        if point.voice_id in pressed:
            st.session_state[THEME] = cut.themes[point.theme].node
            st.session_state[VOICE] = point.voice_id


def show_words(voice: VoiceView, engagement_id: int) -> None:
    """Show the words of a voice, and lead to its thread."""
    use_voice_style()
    show_voice(voice)
    show_links(
        [Link("", "Follow its thread", "thread.py", {"voice": str(voice.id)})],
        engagement_id,
        f"map-{voice.id}",
    )


def show_theme_table(drawn: VoiceMap) -> None:
    """Show the same as a table: each theme, its voices, and the theme that lies nearest."""
    rows = [(theme.label, theme.n_voices, theme.nearest) for theme in drawn.themes]
    show_table("Themes on the map", ("Theme", "Voices", "Lies nearest to"), rows)
