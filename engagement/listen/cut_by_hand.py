"""Cutting notes by hand: split a voice, join two, say of words what they are. No word is changed or lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engagement.errors import EngagementError
from engagement.listen.contents import Place
from engagement.listen.mapping import HandCut, PieceKind
from engagement.listen.pieces import Piece
from engagement.listen.slices import Slice, merge_slices, trim_slice

Cuts = tuple[HandCut, ...]


def split_piece(
    texts: Mapping[Place, str], pieces: Sequence[Piece], cuts: Cuts, name: str, number: int, offset: int
) -> Cuts:
    """Split a piece in two before a character: ``offset`` within its passage, in its slice ``number``.

    Raises
    ------
    EngagementError
        When there is no such piece, no words on one side, or a translation that cannot be split with it.
    """
    piece = _find_piece(pieces, name)
    if piece.translation:
        raise EngagementError(
            "This voice has a translation beside it, which cannot be split with it. Leave it whole."
        )
    before, after = _split_slices(texts, piece.slices, number, offset)
    if not before or not after:
        raise EngagementError("There are no words on one side. Choose a place between two words.")
    return _put(cuts, [piece], [HandCut(piece.kind, before), HandCut(piece.kind, after)])


def join_with_next(texts: Mapping[Place, str], pieces: Sequence[Piece], cuts: Cuts, name: str) -> Cuts:
    """Join a voice with the next; what stands between them and is no voice stays out.

    Raises
    ------
    EngagementError
        When one of them is no voice, or two people or prompts would become one.
    """
    piece = _find_piece(pieces, name)
    if piece.kind is not PieceKind.VOICE:
        raise EngagementError("These words are no voice. Mark them as a voice first, then join.")
    later = pieces[pieces.index(piece) + 1 :]
    following = next((each for each in later if each.kind is PieceKind.VOICE), None)
    if following is None:
        raise EngagementError("This is the last voice: there is none to join it with.")
    _check_same(piece, following)
    order = {place: each for each, place in enumerate(texts)}
    slices = sorted((*piece.slices, *following.slices), key=lambda each: (order[each.place], each.start_at))
    joined = merge_slices(texts, slices)
    return _put(cuts, [piece, following], [HandCut(PieceKind.VOICE, joined)])


def mark_piece(pieces: Sequence[Piece], cuts: Cuts, name: str, kind: PieceKind) -> Cuts:
    """Say of a piece that it is a voice, a note of the facilitator's, or to be left out."""
    piece = _find_piece(pieces, name)
    return cuts if piece.kind is kind else _put(cuts, [piece], [HandCut(kind, piece.slices)])


def _find_piece(pieces: Sequence[Piece], name: str) -> Piece:
    for piece in pieces:
        if piece.name == name:
            return piece
    raise EngagementError("These words have been split or joined in the meantime. Look at them again.")


def _check_same(piece: Piece, following: Piece) -> None:
    """Refuse to give one person's words to another, but for what the rule took apart in one passage."""
    if piece.slices[-1].place == following.slices[0].place:
        return
    if piece.respondent != following.respondent:
        raise EngagementError(
            f"The next voice was said by {following.respondent or 'somebody else'}, this one by "
            f"{piece.respondent or 'somebody else'}. A voice keeps who said it, so they stay apart."
        )
    if piece.prompt != following.prompt:
        raise EngagementError(
            f"The next voice answers “{following.prompt or 'no prompt'}”, this one "
            f"“{piece.prompt or 'no prompt'}”. A voice keeps its prompt, so they stay apart."
        )


def _split_slices(
    texts: Mapping[Place, str], slices: Sequence[Slice], number: int, offset: int
) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    if not 0 <= number < len(slices):
        return (), ()
    cut = slices[number]
    offset = min(max(offset, cut.start_at), cut.end_at)
    text = texts[cut.place]
    before = (*slices[:number], *trim_slice(text, replace(cut, end_at=offset)))
    after = (*trim_slice(text, replace(cut, start_at=offset)), *slices[number + 1 :])
    return before, after


def _put(cuts: Cuts, old: Sequence[Piece], new: Sequence[HandCut]) -> Cuts:
    """Put new cuts in the place of some pieces; what else an old cut held stays as it was."""
    gone = {each for piece in old for each in piece.slices}
    kept = (replace(cut, slices=tuple(each for each in cut.slices if each not in gone)) for cut in cuts)
    return (*(cut for cut in kept if cut.slices), *new)
