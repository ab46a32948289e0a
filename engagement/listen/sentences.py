"""Finding where sentences begin, with spaCy, in a process of its own: the web process stays without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from engagement.errors import EngagementError
from engagement.listen.contents import Place
from engagement.listen.cutting import make_voice
from engagement.listen.found_voices import PreviewVoice
from engagement.listen.slices import Slice, trim_slice
from engagement.listen.words_child import ask_child

WALL_SECONDS = 60.0
MAX_CHARACTERS = 3_000_000
"""Most characters of a file that are looked at: a book of over a thousand pages."""
TOO_MUCH = (
    "The sentences of this file could not be found in time. Let each line or paragraph be a voice instead, "
    "or add it in parts."
)
N_FILES_KEPT = 60


@lru_cache(maxsize=N_FILES_KEPT)
def find_sentences(texts: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Find where the sentences of each text begin, from the second on, in characters.

    Raises
    ------
    EngagementError
        When there are too many to be found in time.
    """
    if sum(map(len, texts)) > MAX_CHARACTERS:
        raise EngagementError(TOO_MUCH)
    starts = ask_child("engagement.listen.sentences_child", texts, WALL_SECONDS, TOO_MUCH)
    return tuple(map(tuple, starts))


def split_sentences(texts: Mapping[Place, str], voices: Sequence[PreviewVoice]) -> list[PreviewVoice]:
    """Split voices where their sentences end; one with a translation beside it stays whole."""
    starts = dict(zip(texts, find_sentences(tuple(texts.values())), strict=True))
    split = list[PreviewVoice]()
    for voice in voices:
        if voice.translation:
            split.append(voice)
            continue
        slices = [each for own in voice.slices for each in _cut_slice(texts, own, starts)]
        split += [make_voice(texts, [each], voice) for each in slices]
    return split


def _cut_slice(
    texts: Mapping[Place, str], whole: Slice, starts: Mapping[Place, Sequence[int]]
) -> list[Slice]:
    ends = [each for each in starts[whole.place] if whole.start_at < each < whole.end_at]
    return [
        each
        for start, end in zip([whole.start_at, *ends], [*ends, whole.end_at], strict=True)
        for each in trim_slice(
            texts[whole.place], Slice(whole.part, whole.line, whole.column_name, start, end)
        )
    ]
