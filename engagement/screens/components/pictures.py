"""The pictures of candidate themes: which there are, and which component draws each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from engagement.listen.characteristics.grouping import list_grouped, read_groups
from engagement.listen.voices import VoiceView
from engagement.screens.components.breakdown import show_breakdown
from engagement.screens.components.theme_tree import show_theme_tree
from engagement.screens.components.voice_map import show_voice_map
from engagement.screens.visit import Visit
from engagement.theming_runs.breakdowns import BreakdownKind, break_down
from engagement.theming_runs.theme_tree import grow_tree
from engagement.theming_runs.views import CutView, LoadedRun
from engagement.theming_runs.voice_map import place_voices

MAP, TREE = "Map of voices", "Tree"
BREAKDOWNS = {
    "By source": BreakdownKind.SOURCE,
    "By prompt": BreakdownKind.PROMPT,
    "By area": BreakdownKind.AREA,
    "Over time": BreakdownKind.MONTH,
    "By group": BreakdownKind.GROUP,
}
PICTURES = (MAP, TREE, *BREAKDOWNS)


def show_picture(
    visit: Visit, view: str, run: LoadedRun, cut: CutView, voices: Mapping[int, VoiceView]
) -> None:
    """Show one of the pictures at one position of the slider."""
    if view == MAP:
        show_voice_map(place_voices(run, cut, voices), cut, voices, visit.engagement_id)
    elif view == TREE:
        show_theme_tree(grow_tree(run, cut))
    elif BREAKDOWNS[view] is BreakdownKind.GROUP:
        show_by_group(visit, run, cut, voices)
    else:
        show_breakdown(break_down(run, cut, voices, BREAKDOWNS[view]))


def show_by_group(visit: Visit, run: LoadedRun, cut: CutView, voices: Mapping[int, VoiceView]) -> None:
    """Show the themes by the groups of one characteristic that somebody confirmed."""
    with visit.record.reading() as session:
        names = list_grouped(session, visit.person, visit.engagement_id)
    if not names:
        st.text("No groups are confirmed yet. Whoever adds sources does so under Characteristics.")
        return
    name = st.selectbox("What people were asked of themselves", names)
    with visit.record.reading() as session:
        groups = read_groups(session, visit.person, visit.engagement_id, name)
    grouped = {each.id: replace(each, group=groups.get(each.id, "")) for each in voices.values()}
    show_breakdown(break_down(run, cut, grouped, BreakdownKind.GROUP))
