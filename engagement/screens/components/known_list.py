"""What a dry run found: a table of the sums, then each theme with its surest voices, every word escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.screens.components.candidate_list import STYLE, show_quotes
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.words import write_translation, write_words
from engagement.theming_runs.home_findings import HomeFindingView, KnownHome, NewGroup, describe_sureness
from engagement.theming_runs.views import describe_stability

VOICES_SHOWN = 3
FITS = ("a clear fit", "a likely fit", "a guess")
HEADINGS = ("Theme", "Voices", "Clear fits", "Likely fits", "Guesses")

Voices = Mapping[int, VoiceView]


def show_finding(finding: HomeFindingView, voices: Voices) -> None:
    """Show the sums as a table, then the known themes with their new voices, then what is something new."""
    _show_sums(finding)
    known = "".join(
        _write_known(finding, position, voices)
        for position in sorted(range(len(finding.themes)), key=lambda each: -len(finding.homes[each]))
    )
    new = "".join(_write_new(group, voices) for group in finding.new_groups)
    st.html(
        f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
        f"<h2>Agreed themes</h2><ol class='candidates'>{known}</ol>"
        + (f"<h2>New candidate themes</h2><ol class='candidates'>{new}</ol>" if new else "")
    )
    _show_folded(f"Something new, in no theme: {len(finding.ungrouped)}", finding.ungrouped, voices)
    _show_folded(
        f'Set aside: {len(finding.set_aside)} that say nothing (such as "n/a")', finding.set_aside, voices
    )


def _show_sums(finding: HomeFindingView) -> None:
    n_groups = len(finding.new_groups)
    in_groups = f", in {_number(n_groups, 'new candidate theme')}" if n_groups else ""
    sums = [
        f"{_count(finding.n_known)} would go to agreed themes.",
        f"{_count(finding.n_new)} {'is' if finding.n_new == 1 else 'are'} something new{in_groups}.",
    ]
    if finding.set_aside:
        n_silent = len(finding.set_aside)
        sums.append(f"{_count(n_silent)} {'says' if n_silent == 1 else 'say'} nothing.")
    st.text(" ".join(sums))
    rows: list[Sequence[str | int]] = [
        (theme.name, len(homes), *_count_fits(homes))
        for theme, homes in zip(finding.themes, finding.homes, strict=True)
    ]
    show_table("How many new voices would go to each agreed theme", HEADINGS, rows)


def _count_fits(homes: Sequence[KnownHome]) -> tuple[int, ...]:
    counted = Counter(describe_sureness(home.sureness) for home in homes)
    return tuple(counted[fit] for fit in FITS)


def _count(n_voices: int) -> str:
    return _number(n_voices, "voice")


def _number(n: int, what: str) -> str:
    return f"{n:,} {what if n == 1 else f'{what}s'}"


def _write_known(finding: HomeFindingView, position: int, voices: Voices) -> str:
    theme, homes = finding.themes[position], finding.homes[position]
    shown = [home for home in homes if home.voice_id in voices]
    first = "".join(_write_home(finding, home, voices) for home in shown[:VOICES_SHOWN])
    rest = "".join(_write_home(finding, home, voices) for home in shown[VOICES_SHOWN:])
    description = f"<p class='words' dir='auto'>{escape(theme.description)}</p>" if theme.description else ""
    return (
        f"<li class='candidate'><h3 dir='auto'>{escape(theme.name)}</h3>{description}"
        f"<p class='facts'><strong>{_count(len(homes))}</strong></p>{first}"
        f"{_fold(f'{len(shown) - VOICES_SHOWN} more', rest)}</li>"
    )


def _write_home(finding: HomeFindingView, home: KnownHome, voices: Voices) -> str:
    near = " and ".join(f"“{escape(finding.themes[theme].name)}”" for theme in home.also_near[:1])
    is_doubtful = describe_sureness(home.sureness) != FITS[0]
    also = f"; else near to {near}" if near and is_doubtful else ""
    return _write_voice(voices[home.voice_id], f" · {describe_sureness(home.sureness)}{also}")


def _write_new(group: NewGroup, voices: Voices) -> str:
    shown = [voices[voice_id] for voice_id in group.voice_ids if voice_id in voices]
    first = "".join(_write_voice(voice) for voice in shown[:VOICES_SHOWN])
    rest = "".join(_write_voice(voice) for voice in shown[VOICES_SHOWN:])
    return (
        f"<li class='candidate'><h3>{escape(group.label)}</h3>"
        f"<p class='facts'><strong>{_count(len(group.voice_ids))}</strong> · "
        f"{describe_stability(group.stability)}</p>{first}"
        f"<p class='words'>{' · '.join(escape(word) for word in group.keywords)}</p>"
        f"{_fold(f'{len(shown) - VOICES_SHOWN} more', rest)}</li>"
    )


def _write_voice(voice: VoiceView, behind: str = "") -> str:
    words = f"{write_words(voice.text, voice.language)}{write_translation(voice.translation)}"
    return f"<figure>{words}<figcaption>{escape(voice.where)}{behind}</figcaption></figure>"


def _fold(summary: str, content: str) -> str:
    return f"<details><summary>{summary}</summary>{content}</details>" if content else ""


def _show_folded(summary: str, voice_ids: Sequence[int], voices: Voices) -> None:
    if voice_ids:
        with st.expander(summary):
            show_quotes(voices[voice_id] for voice_id in voice_ids if voice_id in voices)
