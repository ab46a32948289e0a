"""Laying what people cut by hand over what the rules make of notes, so that every word stays in one piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from engagement.errors import EngagementError
from engagement.listen.contents import Passage, Place
from engagement.listen.found_voices import (
    LEFT_OUT_BY_HAND,
    NOTES_BY_HAND,
    Findings,
    PreviewVoice,
    SetAside,
)
from engagement.listen.mapping import HandCut, PieceKind
from engagement.listen.slices import (
    JOINT,
    Slice,
    count_slice_words,
    merge_slices,
    read_slices,
    subtract_slices,
)

REASONS = {PieceKind.NOTE: NOTES_BY_HAND, PieceKind.LEFT_OUT: LEFT_OUT_BY_HAND}


def index_texts(passages: Sequence[Passage]) -> dict[Place, str]:
    """Give the whole text of every passage by its place, in the order of the page."""
    return {(each.part, each.line, each.column_name): each.text for each in passages}


def list_said_places(cuts: Sequence[HandCut]) -> frozenset[Place]:
    """List the passages of which people decided that they are words or notes, and so no heading."""
    return frozenset(each.place for cut in cuts if cut.kind is not PieceKind.LEFT_OUT for each in cut.slices)


def check_cuts(texts: Mapping[Place, str], cuts: Sequence[HandCut]) -> None:
    """Check that every cut stands in the file, holds words, and shares none with another.

    Raises
    ------
    EngagementError
        When one does not.
    """
    slices = [each for cut in cuts for each in cut.slices]
    are_there = all(_holds_words(texts, each) for each in slices) and all(cut.slices for cut in cuts)
    if not are_there or any(first.overlaps(second) for first, second in pairwise(sorted(slices))):
        raise EngagementError(
            "What was split by hand does not fit this file. Take it back, so that the file is split by the "
            "rule, and split it again."
        )


def apply_cuts(findings: Findings, texts: Mapping[Place, str], cuts: Sequence[HandCut]) -> None:
    """Put the cuts in the place of what the rules found in the same words."""
    if not cuts:
        return
    taken = defaultdict[Place, list[Slice]](list)
    for each in (each for cut in cuts for each in cut.slices):
        taken[each.place].append(each)
    finder = _LikeFinder(findings)
    voices = [make_voice(texts, cut.slices, finder.find(cut)) for cut in cuts if cut.kind is PieceKind.VOICE]
    aside = [
        each for cut in cuts if cut.kind in REASONS for each in _make_aside(finder.find(cut), texts, cut)
    ]
    voices += [each for old in findings.voices for each in _cut_voice(old, texts, taken)]
    aside += [each for old in findings.aside for each in _cut_aside(old, texts, taken)]
    order = {place: number for number, place in enumerate(texts)}
    findings.voices = sorted(voices, key=lambda voice: (order[voice.slices[0].place], voice.start_at))
    findings.aside = sorted(aside, key=lambda each: (order[each.slice.place], each.slice.start_at))


def make_voice(texts: Mapping[Place, str], slices: Sequence[Slice], like: PreviewVoice) -> PreviewVoice:
    """Make a voice of the words at some slices; all else is as in another voice."""
    merged = merge_slices(texts, slices)
    first = merged[0]
    return replace(
        like,
        text=read_slices(texts, merged),
        part=first.part,
        line=first.line,
        column_name=first.column_name,
        start_at=first.start_at,
        end_at=first.end_at,
        further=merged[1:],
    )


def _cut_voice(
    voice: PreviewVoice, texts: Mapping[Place, str], taken: Mapping[Place, Sequence[Slice]]
) -> list[PreviewVoice]:
    """Give what is left of a voice without the words that were taken; nothing when all were."""
    left = [each for own in voice.slices for each in subtract_slices(texts, own, taken.get(own.place, ()))]
    if left == list(voice.slices):
        return [voice]
    return [replace(make_voice(texts, left, voice), translation="")] if left else []


def _cut_aside(
    aside: SetAside, texts: Mapping[Place, str], taken: Mapping[Place, Sequence[Slice]]
) -> list[SetAside]:
    left = subtract_slices(texts, aside.slice, taken.get(aside.slice.place, ()))
    return [_move_aside(texts, each, aside) for each in left]


def _move_aside(texts: Mapping[Place, str], each: Slice, like: SetAside) -> SetAside:
    text = texts[each.place]
    n_words = count_slice_words(text, each.start_at, each.end_at)
    return replace(like, slice=each, text=text[each.start_at : each.end_at], n_words=n_words)


def _make_aside(like: PreviewVoice, texts: Mapping[Place, str], cut: HandCut) -> list[SetAside]:
    aside = SetAside(cut.slices[0], "", 0, REASONS[cut.kind], like.prompt, like.respondent)
    return [_move_aside(texts, each, aside) for each in cut.slices]


class _LikeFinder:
    """Finds what the rules say of the words that a cut begins with: their prompt, who said them."""

    def __init__(self, findings: Findings) -> None:
        self._voices = defaultdict[Place, list[PreviewVoice]](list)
        self._aside = defaultdict[Place, list[SetAside]](list)
        for voice in findings.voices:
            for place in {each.place for each in voice.slices}:
                self._voices[place].append(voice)
        for aside in findings.aside:
            self._aside[aside.slice.place].append(aside)

    def find(self, cut: HandCut) -> PreviewVoice:
        """Make a voice without words that has all else; a translation stays with words that are whole."""
        first = replace(cut.slices[0], end_at=cut.slices[0].start_at + 1)
        here = self._voices.get(first.place, ())
        found = next((each for each in here if any(first.overlaps(own) for own in each.slices)), None)
        if found is None:
            found = self._make_like_aside(first)
        return replace(found, translation=JOINT.join(self._list_translations(cut)))

    def _make_like_aside(self, first: Slice) -> PreviewVoice:
        beside = self._aside.get(first.place, ())
        aside = next(each for each in beside if each.slice.overlaps(first))
        return PreviewVoice(
            "",
            first.part,
            first.line,
            first.start_at,
            first.end_at,
            prompt=aside.prompt,
            respondent=aside.respondent,
        )

    def _list_translations(self, cut: HandCut) -> list[str]:
        places = dict.fromkeys(each.place for each in cut.slices)
        voices = dict.fromkeys(voice for place in places for voice in self._voices.get(place, ()))
        return [
            voice.translation
            for voice in voices
            if voice.translation and all(_is_within(own, cut.slices) for own in voice.slices)
        ]


def _is_within(own: Slice, slices: Sequence[Slice]) -> bool:
    return any(
        each.place == own.place and each.start_at <= own.start_at and own.end_at <= each.end_at
        for each in slices
    )


def _holds_words(texts: Mapping[Place, str], each: Slice) -> bool:
    text = texts.get(each.place, "")
    words = text[each.start_at : each.end_at]
    return 0 <= each.start_at < each.end_at <= len(text) and words == words.strip() != ""
