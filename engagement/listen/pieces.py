"""The pieces of notes in the order of the page: voices, and what is no voice, each with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engagement.listen.contents import Place
from engagement.listen.found_voices import NOTES, NOTES_BY_HAND, PreviewVoice, SetAside
from engagement.listen.mapping import PieceKind
from engagement.listen.preview import Preview
from engagement.listen.slices import Slice


@dataclass(frozen=True)
class Piece:
    """Some words of notes. ``name`` tells it from all others: the passage's number and where it begins.

    ``reason`` says why it is no voice.
    """

    name: str
    kind: PieceKind
    slices: tuple[Slice, ...]
    text: str
    reason: str = ""
    prompt: str = ""
    respondent: str = ""
    translation: str = ""


def list_pieces(preview: Preview, texts: Mapping[Place, str]) -> tuple[Piece, ...]:
    """List all pieces of notes in the order of the page; ``texts`` holds the passages in that order."""
    order = {place: number for number, place in enumerate(texts)}
    pieces = [_make_piece(voice, order) for voice in preview.voices]
    pieces += [_make_piece_beside(each, order) for each in preview.aside]
    return tuple(sorted(pieces, key=lambda piece: (order[piece.slices[0].place], piece.slices[0].start_at)))


def _make_piece(voice: PreviewVoice, order: Mapping[Place, int]) -> Piece:
    return Piece(
        _name_piece(voice.slices[0], order),
        PieceKind.VOICE,
        voice.slices,
        voice.text,
        prompt=voice.prompt,
        respondent=voice.respondent,
        translation=voice.translation,
    )


def _make_piece_beside(aside: SetAside, order: Mapping[Place, int]) -> Piece:
    is_note = aside.reason in (NOTES, NOTES_BY_HAND)
    return Piece(
        _name_piece(aside.slice, order),
        PieceKind.NOTE if is_note else PieceKind.LEFT_OUT,
        (aside.slice,),
        aside.text,
        reason=aside.reason,
        prompt=aside.prompt,
        respondent=aside.respondent,
    )


def _name_piece(first: Slice, order: Mapping[Place, int]) -> str:
    return f"{order[first.place]}:{first.start_at}"
