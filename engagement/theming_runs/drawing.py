"""What pictures and breakdowns of a run need, worked out in the job and kept with the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from engagement.listen.voices import VoiceText, list_voices
from engagement.people.permissions import Person
from engagement.theming_runs.breakdowns import BreakdownKind, name_class
from theming.results import ThemingResult


def list_classes(
    session: Session, person: Person, engagement_id: int, texts: Sequence[VoiceText]
) -> dict[str, tuple[str, ...]]:
    """List the source, prompt, area and month of each text, for finding the phrases that mark them."""
    voices = {voice.id: voice for voice in list_voices(session, person, engagement_id)}
    kinds = (kind for kind in BreakdownKind if kind is not BreakdownKind.GROUP)
    return {kind.value: tuple(name_class(voices[each.voice_id], kind) for each in texts) for kind in kinds}


def draw_pictures(
    result: ThemingResult, texts: Sequence[str], classes: Mapping[str, Sequence[str]]
) -> ThemingResult:
    """Add the place of each text on the map, and the phrases that mark themes in each class."""
    from theming.labelling.class_words import find_class_words
    from theming.map_texts import map_texts

    words = find_class_words(result, texts, classes)
    return replace(result, positions=map_texts(result, texts), class_words=words)
