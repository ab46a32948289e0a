"""Candidate themes counted by source, prompt, area, month or group, by exact sums over what stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engagement.listen.voices import VoiceView
from engagement.small_numbers import THRESHOLD, Table, choose_joined, protect_counts
from engagement.theming_runs.views import CandidateView, CutView, LoadedRun

OTHERS = "\0others"


class BreakdownKind(StrEnum):
    """By what candidate themes can be counted."""

    SOURCE = "source"
    PROMPT = "prompt"
    AREA = "area"
    MONTH = "month"
    GROUP = "group"

    @property
    def is_about_people(self) -> bool:
        """Tell whether small numbers are hidden: areas and groups say something of people."""
        return self in (BreakdownKind.AREA, BreakdownKind.GROUP)


NOT_SAID = {
    BreakdownKind.SOURCE: "No source",
    BreakdownKind.PROMPT: "No prompt",
    BreakdownKind.AREA: "No area given",
    BreakdownKind.MONTH: "No date given",
    BreakdownKind.GROUP: "Not asked, or not answered",
}
FEW_PEOPLE = {
    BreakdownKind.AREA: "Areas with few people",
    BreakdownKind.GROUP: "Groups with few people",
}


@dataclass(frozen=True)
class ClassView:
    """One source, prompt, area or month, with the number of its voices in all candidate themes."""

    key: str
    name: str
    n_voices: int


@dataclass(frozen=True)
class BrokenTheme:
    """A candidate theme with its voices in each class (None where hidden), and phrases that mark it there."""

    node: int
    label: str
    n_voices: int
    counts: tuple[int | None, ...]
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Breakdown:
    """All candidate themes of one cut, counted by class."""

    kind: BreakdownKind
    classes: tuple[ClassView, ...]
    themes: tuple[BrokenTheme, ...]

    @property
    def hides_something(self) -> bool:
        """Tell whether a number is hidden."""
        return any(count is None for theme in self.themes for count in theme.counts)


def break_down(
    run: LoadedRun, cut: CutView, voices: Mapping[int, VoiceView], kind: BreakdownKind
) -> Breakdown:
    """Count the candidate themes of one cut by class; withdrawn voices are left out.

    Where too few people are known by area or group to show any number, there are no classes and no themes.
    A voice's group is that of the characteristic that was chosen for this.
    """
    standing = [_list_standing(theme, voices) for theme in cut.themes]
    joined = _join_small(standing, kind) if kind.is_about_people else frozenset()
    if _count_joined(standing, kind, joined) in range(1, THRESHOLD):
        return Breakdown(kind, (), ())
    classes = _list_classes((voice for theme in standing for voice in theme), kind, joined)
    counts = _count_cells(standing, classes, kind, joined)
    shown: Table = tuple(tuple(row) for row in counts)
    if kind.is_about_people and classes:
        shown = protect_counts(counts, _count_people(standing, classes, kind, joined))
    words = {(each.node, each.name): each.words for each in run.result.class_words if each.kind == kind.value}
    themes = tuple(
        BrokenTheme(theme.node, theme.label, len(own), row, _find_words(theme.node, row, classes, words))
        for theme, own, row in zip(cut.themes, standing, shown, strict=True)
    )
    return Breakdown(kind, classes, themes)


def name_class(voice: VoiceView, kind: BreakdownKind) -> str:
    """Give what a voice is counted under; "" where it is not known."""
    if kind is BreakdownKind.SOURCE:
        return str(voice.source_id)
    if kind is BreakdownKind.PROMPT:
        return voice.prompt
    if kind is BreakdownKind.AREA:
        return voice.area.strip()
    if kind is BreakdownKind.GROUP:
        return voice.group
    return f"{voice.said_on:%Y-%m}" if voice.said_on else ""


def _list_standing(theme: CandidateView, voices: Mapping[int, VoiceView]) -> list[VoiceView]:
    known = (voices[voice_id] for voice_id in theme.voice_ids if voice_id in voices)
    return [voice for voice in known if not voice.is_withdrawn and voice.counts_with_id is None]


def _join_small(standing: Sequence[Sequence[VoiceView]], kind: BreakdownKind) -> frozenset[str]:
    people: dict[str, set[Hashable]] = {}
    for voice in (voice for theme in standing for voice in theme):
        people.setdefault(name_class(voice, kind), set()).add(_name_speaker(voice))
    return choose_joined({key: len(speakers) for key, speakers in people.items() if key})


def _count_joined(
    standing: Sequence[Sequence[VoiceView]], kind: BreakdownKind, joined: frozenset[str]
) -> int:
    """Count the people of the areas or groups that are counted as one."""
    voices = (voice for theme in standing for voice in theme)
    return len({_name_speaker(voice) for voice in voices if name_class(voice, kind) in joined})


def _name_speaker(voice: VoiceView) -> Hashable:
    """Name who spoke, as well as it is known: a voice without a respondent counts as one person."""
    return (voice.source_id, voice.respondent) if voice.respondent else voice.id


def _place(voice: VoiceView, kind: BreakdownKind, joined: frozenset[str]) -> str:
    key = name_class(voice, kind)
    return OTHERS if key in joined else key


def _list_classes(
    voices: Iterable[VoiceView], kind: BreakdownKind, joined: frozenset[str]
) -> tuple[ClassView, ...]:
    """List the classes: sources as they came in, months by time, the others by size; what is unknown last."""
    counted: Counter[str] = Counter()
    names = {"": NOT_SAID[kind], OTHERS: FEW_PEOPLE.get(kind, "")}
    for voice in voices:
        key = _place(voice, kind, joined)
        counted[key] += 1
        names.setdefault(key, _say_class(voice, key, kind))

    def rank(key: str) -> tuple[bool, bool, int, str]:
        size = -counted[key] if kind is BreakdownKind.PROMPT or kind.is_about_people else 0
        order = key.zfill(12) if kind is BreakdownKind.SOURCE else key
        return (key == "", key == OTHERS, size, order)

    return tuple(ClassView(key, names[key], counted[key]) for key in sorted(counted, key=rank))


def _say_class(voice: VoiceView, key: str, kind: BreakdownKind) -> str:
    if kind is BreakdownKind.SOURCE:
        return voice.source_title
    if kind is BreakdownKind.MONTH and voice.said_on:
        return f"{voice.said_on:%B %Y}"
    return key


def _count_cells(
    standing: Sequence[Sequence[VoiceView]],
    classes: Sequence[ClassView],
    kind: BreakdownKind,
    joined: frozenset[str],
) -> list[list[int]]:
    counted = [Counter(_place(voice, kind, joined) for voice in theme) for theme in standing]
    return [[row[each.key] for each in classes] for row in counted]


def _count_people(
    standing: Sequence[Sequence[VoiceView]],
    classes: Sequence[ClassView],
    kind: BreakdownKind,
    joined: frozenset[str],
) -> list[list[int]]:
    """Count the people in each cell; for those whose area is not known there is nothing to protect."""
    rows = []
    for theme in standing:
        speakers: dict[str, set[Hashable]] = {}
        for voice in theme:
            speakers.setdefault(_place(voice, kind, joined), set()).add(_name_speaker(voice))
        rows.append([len(speakers.get(each.key, ())) if each.key else 0 for each in classes])
    return rows


def _find_words(
    node: int,
    counts: Sequence[int | None],
    classes: Sequence[ClassView],
    words: Mapping[tuple[int, str], tuple[str, ...]],
) -> tuple[tuple[str, ...], ...]:
    """Find the phrases of each class; a class whose number is hidden shows none."""
    return tuple(
        words.get((node, each.key), ()) if count else () for each, count in zip(classes, counts, strict=True)
    )
