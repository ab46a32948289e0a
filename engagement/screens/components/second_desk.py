"""The desk at which a second person themes one voice at a time, with a key for each theme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import streamlit as st

from engagement.screens.visit import Visit, show_refusal
from engagement.workshop.double_theming import answer_voice
from engagement.workshop.themed_twice import BlindVoice, SampleView

LOOK, SCRIPT = (Path(__file__).with_name(f"second_desk.{kind}") for kind in ("css", "js"))
NONE_OF_THESE = 0
KEYS = "123456789" + ascii_lowercase


def show_desk(sample: SampleView, voices: Sequence[BlindVoice]) -> None:
    """Draw the desk. What is chosen there comes back at the next run, to ``keep_answers``."""
    desk = st.components.v2.component(
        "second_desk", css=LOOK.read_text(encoding="utf-8"), js=SCRIPT.read_text(encoding="utf-8")
    )
    data = {
        "sample": sample.id,
        "voices": [_describe(voice) for voice in voices],
        "themes": list_buttons(sample),
    }
    desk(key=name_desk(sample.id), data=data, default={"answers": []}, on_answers_change=lambda: None)


def list_buttons(sample: SampleView) -> list[dict[str, Any]]:
    """List the themes with their keys; the last button is for a voice that fits none."""
    buttons = [
        {"id": theme.id, "name": theme.name, "key": KEYS[place] if place < len(KEYS) else ""}
        for place, theme in enumerate(sample.themes)
    ]
    return [*buttons, {"id": NONE_OF_THESE, "name": "None of these", "key": "0"}]


def read_answers(sample_id: int) -> list[list[int]]:
    """Read all that was chosen at the desk since it was opened, the oldest first."""
    kept = st.session_state.get(name_desk(sample_id))
    return list(kept["answers"]) if kept and kept.get("answers") else []


def keep_answers(visit: Visit, sample_id: int, answers: Sequence[Sequence[int]]) -> None:
    """Keep what was chosen since the last run, each answer by itself; a refused one holds up no other.

    A desk that is opened again begins with an empty list, so that everything in it is new.
    """
    name = f"{name_desk(sample_id)}-handled"
    handled = st.session_state.get(name, [])
    goes_on = list(answers[: len(handled)]) == handled
    for voice_id, theme_id in answers[len(handled) :] if goes_on else answers:
        with show_refusal(), visit.record.writing() as session:
            answer_voice(session, visit.person, sample_id, voice_id, theme_id or None)
    st.session_state[name] = list(answers)


def name_desk(sample_id: int) -> str:
    """Name the desk of a sample, for Streamlit."""
    return f"second-desk-{sample_id}"


def _describe(voice: BlindVoice) -> dict[str, Any]:
    return {
        "id": voice.voice_id,
        "words": voice.text,
        "translation": voice.translation,
        "language": voice.language,
        "prompt": voice.prompt,
        "answer": (voice.theme_id or NONE_OF_THESE) if voice.is_answered else None,
    }
