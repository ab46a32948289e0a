"""Everything that a board's trays offer: homes for voices, and themes that voices also speak of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.theming_runs.echo_suggestions import suggest_echoes
from engagement.theming_runs.suggestions import (
    BoardSuggestions,
    SuggestedTheme,
    SuggestedVoice,
    suggest_on_board,
)


def suggest_for_trays(session: Session, person: Person, workshop_id: int) -> BoardSuggestions:
    """Suggest homes, and behind them echoes, for each theme of a board; a voice is offered once in a theme.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    homes = suggest_on_board(session, person, workshop_id)
    offered: dict[int, list[SuggestedVoice]] = defaultdict(list)
    for theme in homes.themes:
        offered[theme.theme_id].extend(theme.voices)
    for echo in suggest_echoes(session, person, workshop_id):
        if all(voice.voice_id != echo.voice_id for voice in offered[echo.theme_id]):
            offered[echo.theme_id].append(SuggestedVoice(echo.voice_id, "also speaks of this", echo.words))
    themes = tuple(SuggestedTheme(theme_id, tuple(voices)) for theme_id, voices in offered.items() if voices)
    return replace(homes, themes=themes)
