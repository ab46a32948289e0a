"""Finding where the words of kept voices stand in their file, also when it is read in another way today.

A version of this software may count the lines of a format in another way than the one that kept a voice. The
words in the record stay what they are; only where they stand is looked for anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from engagement.listen.contents import Place
from engagement.listen.erasing.blanks import squeeze
from engagement.listen.slices import JOINT, Slice, list_slices, read_slices
from models.voices import Voice

# Rationale: shorter words, such as "no", stand across the ends of two lines by chance.
SHORTEST_ACROSS = 12

Slices = tuple[Slice, ...]


@dataclass(frozen=True)
class _Piece:
    """The words of a voice that stood together when they were kept, and where that was."""

    voice_id: int
    number: int
    words: str
    kept: Slice


def find_standing(places: Mapping[Place, str], voices: Sequence[Voice]) -> dict[int, Slices]:
    """Find where the words of the voices of one source stand; a voice that is not found is left out.

    Where all stand as they were kept, that is the answer. Else words that several voices say are given to
    these in their order, and those that are said once to whoever says them.

    Parameters
    ----------
    places : mapping
        The whole text at every place of the file, as it is read today.
    voices : sequence of Voice
        In the order of their positions.
    """
    kept = {voice.id: list_slices(voice) for voice in voices}
    if all(read_slices(places, kept[voice.id]) == voice.text for voice in voices):
        return kept
    same = defaultdict[str, list[_Piece]](list)
    for voice in voices:
        for piece in _list_pieces(voice):
            same[squeeze(piece.words)].append(piece)
    finder = _Finder(places)
    found = {
        (piece.voice_id, piece.number): slices
        for pieces in same.values()
        for piece, slices in _match(pieces, finder.find(pieces[0].words), places)
    }
    whole = {
        voice_id: [found.get((voice_id, number), ()) for number in range(len(own))]
        for voice_id, own in kept.items()
    }
    return {
        voice_id: tuple(each for slices in own for each in slices)
        for voice_id, own in whole.items()
        if all(own)
    }


def _list_pieces(voice: Voice) -> Iterator[_Piece]:
    begins = 0
    for number, kept in enumerate(list_slices(voice)):
        ends = begins + kept.end_at - kept.start_at
        yield _Piece(voice.id, number, voice.text[begins:ends], kept)
        begins = ends + len(JOINT)


def _match(
    pieces: Sequence[_Piece], found: Sequence[Slices], places: Mapping[Place, str]
) -> Iterator[tuple[_Piece, Slices]]:
    """Pair pieces that say the same with where that stands, each place once."""
    of_parts = {piece.kept.part for piece in pieces}
    left = [each for each in found if each[0].part in of_parts] or list(found)
    if len(left) == len(pieces):
        yield from zip(pieces, left, strict=True)
        return
    for piece in sorted(pieces, key=lambda each: read_slices(places, [each.kept]) != each.words):
        if left:
            nearest = min(left, key=lambda each: _measure(piece.kept, each[0]))
            left.remove(nearest)
            yield piece, nearest


def _measure(kept: Slice, found: Slice) -> tuple[bool, bool, int, int]:
    return (
        kept.part != found.part,
        kept.column_name != found.column_name,
        abs(kept.line - found.line),
        abs(kept.start_at - found.start_at),
    )


class _Finder:
    """Looks for words in all that is said in a file, whatever white space stands between them."""

    def __init__(self, places: Mapping[Place, str]) -> None:
        self._places = places
        self._texts = [(place, text) for place, text in places.items() if text.strip()]
        letters = [squeeze(text) for _, text in self._texts]
        self._letters = "".join(letters)
        self._starts = [0, *accumulate(map(len, letters))]

    def find(self, words: str) -> list[Slices]:
        """List where these words stand, in the order of the file."""
        wanted = squeeze(words)
        spans = _find_all(self._letters, wanted) if wanted else ()
        found = [tuple(self._slice(start, start + len(wanted))) for start in spans]
        return [each for each in found if self._is_whole(each, len(wanted))]

    def _slice(self, start: int, end: int) -> Iterator[Slice]:
        number = bisect_right(self._starts, start) - 1
        while start < end:
            place, text = self._texts[number]
            begins, ends = self._starts[number], self._starts[number + 1]
            at = [position for position, letter in enumerate(text) if not letter.isspace()]
            stop = min(end, ends)
            yield Slice(*place, at[start - begins], at[stop - 1 - begins] + 1)
            start, number = stop, number + 1

    def _is_whole(self, slices: Slices, n_letters: int) -> bool:
        """Tell whether words begin and end here, so that “no” is not found in “know”."""
        if len(slices) > 1 and n_letters < SHORTEST_ACROSS:
            return False
        first, last = slices[0], slices[-1]
        ends = (
            self._places[first.place][max(first.start_at - 1, 0) : first.start_at + 1],
            self._places[last.place][last.end_at - 1 : last.end_at + 1],
        )
        return not any(len(each) > 1 and each.isalnum() for each in ends)


def _find_all(text: str, wanted: str) -> Iterable[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))
