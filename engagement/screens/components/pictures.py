"""The pictures of candidate themes: which there are, and which component draws each."""

from __future__ import annotations

from collections.abc import Mapping

from engagement.listen.voices import VoiceView
from engagement.screens.components.breakdown import show_breakdown
from engagement.screens.components.theme_tree import show_theme_tree
from engagement.screens.components.voice_map import show_voice_map
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
}
PICTURES = (MAP, TREE, *BREAKDOWNS)


def show_picture(
    view: str, run: LoadedRun, cut: CutView, voices: Mapping[int, VoiceView], engagement_id: int
) -> None:
    """Show one of the pictures at one position of the slider."""
    if view == MAP:
        show_voice_map(place_voices(run, cut, voices), cut, voices, engagement_id)
    elif view == TREE:
        show_theme_tree(grow_tree(run, cut))
    else:
        show_breakdown(break_down(run, cut, voices, BREAKDOWNS[view]))
