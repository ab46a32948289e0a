"""Candidate themes counted by source or by prompt, as a real table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape

import streamlit as st

from engagement.listen.voices import VoiceView
from engagement.theming_runs.views import CutView

STYLE = """<style>
.counts { overflow-x: auto; }
.counts table { border-collapse: collapse; }
.counts caption { text-align: left; padding: 0.5rem 0; }
.counts th, .counts td { padding: 0.35rem 0.7rem; text-align: right; vertical-align: bottom;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.counts th { text-align: left; font-weight: 600; }
.counts thead th { min-width: 8rem; overflow-wrap: break-word; hyphens: auto; }
.counts tr > :first-child { position: sticky; left: 0; background: var(--page, Canvas); }
</style>"""


def show_theme_table(cut: CutView, voices: Mapping[int, VoiceView], *, by_prompt: bool) -> None:
    """Show how many voices of each source (or prompt) each candidate theme holds."""
    what = "prompt" if by_prompt else "source"
    counts = {
        theme.label: Counter(
            _name_group(voices[voice_id], by_prompt) for voice_id in theme.voice_ids if voice_id in voices
        )
        for theme in cut.themes
    }
    groups = sorted({name for counted in counts.values() for name in counted})
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in groups)
    rows = "".join(_write_row(label, counted, groups) for label, counted in counts.items())
    st.html(
        f"{STYLE}<div class='counts' tabindex='0' role='region' aria-label='Voices by {what}'><table>"
        f"<caption>Voices in each candidate theme, by {what}</caption>"
        f"<thead><tr><th scope='col'>Candidate theme</th>{heads}<th scope='col'>All</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _name_group(voice: VoiceView, by_prompt: bool) -> str:
    return (voice.prompt or "No prompt") if by_prompt else voice.source_title


def _write_row(label: str, counted: Counter[str], groups: list[str]) -> str:
    cells = "".join(f"<td>{counted[name] or ''}</td>" for name in groups)
    return f"<tr><th scope='row'>{escape(label)}</th>{cells}<td>{counted.total()}</td></tr>"
