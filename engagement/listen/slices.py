"""Slices of a stored file: where the words of a voice stand in it, to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any

from engagement.listen.contents import Place, count_words

if TYPE_CHECKING:  # the process that reads files must not wait for what reads the record
    from models.voices import Voice

JOINT = "\n"
"""What stands between two slices of one voice: a line break, and no word."""


@dataclass(frozen=True, order=True)
class Slice:
    """A range of characters within one paragraph, line or cell of a file."""

    part: str
    line: int
    column_name: str
    start_at: int
    end_at: int

    @property
    def place(self) -> Place:
        """Give the paragraph, line or cell that this is a range of."""
        return self.part, self.line, self.column_name

    def overlaps(self, other: Slice) -> bool:
        """Tell whether two slices share a character."""
        return self.place == other.place and self.start_at < other.end_at and other.start_at < self.end_at


def read_slices(texts: Mapping[Place, str], slices: Sequence[Slice]) -> str:
    """Read the words at these slices, given the whole text at every place; what is not there reads as ""."""
    return JOINT.join(texts.get(each.place, "")[each.start_at : each.end_at] for each in slices)


def list_slices(voice: Voice) -> tuple[Slice, ...]:
    """List where the words of a kept voice stand; more than one place when people joined it by hand."""
    first = Slice(voice.part, voice.line, voice.column_name, voice.start_at, voice.end_at)
    return first, *unpack_slices(voice.further_slices)


def pack_slices(slices: Sequence[Slice]) -> list[Any]:
    """Write slices for the record."""
    return [list(astuple(each)) for each in slices]


def unpack_slices(packed: Sequence[Sequence[Any]]) -> tuple[Slice, ...]:
    """Read slices back from the record."""
    return tuple(Slice(*each) for each in packed)


def count_slice_words(text: str, start: int, end: int) -> int:
    """Count the words that begin within a range, so that a word cut in two counts once."""
    is_inside_word = 0 < start < end and not text[start - 1].isspace() and not text[start].isspace()
    return count_words(text[start:end]) - is_inside_word


def merge_slices(texts: Mapping[Place, str], slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Make one slice of each two that follow each other with nothing but white space between them."""
    merged = list[Slice]()
    for each in slices:
        if merged and _is_near(texts, merged[-1], each):
            merged[-1] = replace(merged[-1], end_at=each.end_at)
        else:
            merged.append(each)
    return tuple(merged)


def subtract_slices(texts: Mapping[Place, str], whole: Slice, taken: Sequence[Slice]) -> tuple[Slice, ...]:
    """Give what is left of a slice without some others, without white space at its ends."""
    text, start = texts[whole.place], whole.start_at
    left = list[Slice]()
    for each in [*sorted(each for each in taken if each.overlaps(whole)), None]:
        end = min(each.start_at, whole.end_at) if each else whole.end_at
        left += trim_slice(text, replace(whole, start_at=start, end_at=max(start, end)))
        start = each.end_at if each else end
    return tuple(left)


def trim_slice(text: str, whole: Slice) -> tuple[Slice, ...]:
    """Move both ends of a slice inwards past white space; nothing is left of a slice without words."""
    words = text[whole.start_at : whole.end_at]
    if not words.strip():
        return ()
    start = whole.start_at + len(words) - len(words.lstrip())
    return (replace(whole, start_at=start, end_at=start + len(words.strip())),)


def _is_near(texts: Mapping[Place, str], before: Slice, after: Slice) -> bool:
    if before.place != after.place or before.end_at > after.start_at:
        return False
    return not texts[before.place][before.end_at : after.start_at].strip()
