"""Voices that say several things: which further theme, and the words that say so, with every word escaped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from engagement.listen.personal_data.covering import shift_range
from engagement.listen.voices import VoiceView
from engagement.screens.components.words import mark_language
from engagement.theming_runs.clauses import EchoView
from engagement.theming_runs.views import CandidateView


def group_echoes(echoes: Iterable[EchoView]) -> dict[int, list[EchoView]]:
    """Put echoes together by voice."""
    grouped: dict[int, list[EchoView]] = defaultdict(list)
    for echo in echoes:
        grouped[echo.voice_id].append(echo)
    return grouped


def write_also(voice: VoiceView, echoes: Sequence[EchoView]) -> str:
    """Write below a voice which other themes it speaks of, with the words that made the machine think so."""
    return "".join(
        f"<p class='also'>Also speaks of <strong>{escape(echo.label)}</strong>: "
        f"<q dir='auto'{_mark(voice)}>{escape(_cut_words(voice, echo))}</q></p>"
        for echo in echoes
    )


def write_speakers(
    theme: CandidateView, voices: Mapping[int, VoiceView], echoes: Mapping[int, Sequence[EchoView]]
) -> str:
    """Write the voices of other themes that speak of this one too, folded away; nothing if there are none."""
    speaking = [
        (voices[voice_id], echo)
        for voice_id, found in echoes.items()
        for echo in found
        if echo.node == theme.node and voice_id in voices
    ]
    if not speaking:
        return ""
    n_speaking = f"{len(speaking)} {'voice' if len(speaking) == 1 else 'voices'}"
    items = "".join(_write_speaker(voice, echo) for voice, echo in speaking)
    return (
        f"<details><summary>{n_speaking} of other themes may speak of this too</summary>"
        f"<ul class='speakers'>{items}</ul></details>"
    )


def _write_speaker(voice: VoiceView, echo: EchoView) -> str:
    words = voice.translation or voice.text
    start, end = shift_range(echo.start, echo.end, voice.covered)
    before, said, after = words[:start], words[start:end], words[end:]
    marked = f"{escape(before)}<mark>{escape(said)}</mark>{escape(after)}"
    return (
        f"<li><figure><blockquote dir='auto'{_mark(voice)}>{marked}"
        f"</blockquote><figcaption>{escape(voice.where)}</figcaption></figure></li>"
    )


def _mark(voice: VoiceView) -> str:
    """Say in which language the words are that were themed: English where there is a translation."""
    return mark_language("en" if voice.translation else voice.language)


def _cut_words(voice: VoiceView, echo: EchoView) -> str:
    start, end = shift_range(echo.start, echo.end, voice.covered)
    return (voice.translation or voice.text)[start:end]
