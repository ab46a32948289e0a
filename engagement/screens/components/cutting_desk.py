"""The desk at which notes are split, joined and marked by hand, beside the page they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from engagement.errors import EngagementError
from engagement.listen.contents import FileFormat, Passage, PassageRole, Place
from engagement.listen.cut_by_hand import Cuts, join_with_next, mark_piece, split_piece
from engagement.listen.cutting import index_texts
from engagement.listen.found_voices import SPEAKERS
from engagement.listen.mapping import PieceKind
from engagement.listen.notes import choose_passages
from engagement.listen.pieces import Piece, list_pieces
from engagement.listen.sentences import find_sentences
from engagement.screens.components.source_page import number_passage
from engagement.screens.components.upload import CheckedFile

FOLDER = Path(__file__).parent
SCRIPTS = ("cutting_desk.js", "cutting_desk_look.js")
LINES = ("body", "paragraphs", "turns")


def show_desk(file: CheckedFile, prompts: Sequence[str]) -> None:
    """Draw the desk. What is done there comes back at the next run, to ``take_acts``."""
    desk = st.components.v2.component(
        "cutting_desk",
        css=(FOLDER / "cutting_desk.css").read_text(encoding="utf-8"),
        js="\n".join((FOLDER / script).read_text(encoding="utf-8") for script in SCRIPTS),
    )
    desk(
        key=_name_desk(file),
        data=_describe(file, prompts),
        default={"acts": [], "page": ""},
        on_acts_change=lambda: None,
        on_page_change=lambda: None,
    )


def take_acts(file: CheckedFile, prompts: Sequence[str]) -> None:
    """Do what was done at the desk since the last run, each act by itself; keep what a refused one says."""
    kept = st.session_state.get(_name_desk(file))
    acts = list(kept["acts"]) if kept and kept.get("acts") else []
    numbers = [act[0] for act in acts]
    for number, *words in acts[numbers.index(file.act_done) + 1 :] if file.act_done in numbers else acts:
        # Nothing of Streamlit's is asked in between: it may end this run at any such place.
        file.act_done, file.refusal = number, ""
        try:
            _do_act(file, prompts, words)
        except EngagementError as refusal:
            file.refusal = str(refusal)


def find_page_shown(file: CheckedFile) -> int:
    """Tell which page of a PDF people are at, counted from 1."""
    kept = st.session_state.get(_name_desk(file))
    page = str(kept["page"]) if kept and kept.get("page") else ""
    return int(page) if page.isascii() and page.isdigit() else 1


def _do_act(file: CheckedFile, prompts: Sequence[str], words: Sequence[Any]) -> None:
    kind = words[0]
    if kind == "undo":
        file.undo_cut()
    elif kind == "redo":
        file.redo_cut()
    else:
        file.cut(_find_cuts(file, prompts, kind, words[1:]))


def _find_cuts(file: CheckedFile, prompts: Sequence[str], kind: str, words: Sequence[Any]) -> Cuts:
    texts = index_texts(choose_passages(file.contents, file.mapping.split))
    pieces, cuts = list_pieces(file.preview(prompts), texts), file.mapping.cuts
    if kind == "split":
        name, number, offset = words
        return split_piece(texts, pieces, cuts, str(name), int(number), int(offset))
    if kind == "join":
        return join_with_next(texts, pieces, cuts, str(words[0]))
    return mark_piece(pieces, cuts, str(words[0]), PieceKind(words[1]))


def _name_desk(file: CheckedFile) -> str:
    return f"cutting-desk-{file.sha256[:12]}"


def _describe(file: CheckedFile, prompts: Sequence[str]) -> dict[str, Any]:
    passages = choose_passages(file.contents, file.mapping.split)
    texts = index_texts(passages)
    describer = _Describer(texts)
    pieces = [describer.describe(piece) for piece in list_pieces(file.preview(prompts), texts)]
    return {
        "file": file.sha256,
        "version": str(hash(file.mapping)),
        "handled": file.act_done,
        "said": file.refusal,
        "can_undo": bool(file.cuts_before),
        "can_redo": bool(file.cuts_undone),
        "is_picture": file.contents.format is FileFormat.PDF,
        "page": str(find_page_shown(file)),
        "n_voices": describer.n_voices,
        "passages": [_describe_passage(passage) for passage in passages],
        "pieces": pieces,
    }


def _describe_passage(passage: Passage) -> dict[str, Any]:
    return {
        "text": passage.text,
        "label": number_passage(passage.part, passage.line),
        "is_heading": passage.role is PassageRole.HEADING or passage.is_bold,
    }


class _Describer:
    def __init__(self, texts: Mapping[Place, str]) -> None:
        self.n_voices = 0
        self._order = {place: number for number, place in enumerate(texts)}
        starts = find_sentences(tuple(texts.values()))
        self._sentences = dict(zip(texts, starts, strict=True))

    def describe(self, piece: Piece) -> dict[str, Any]:
        """Write a piece for the desk; voices are numbered in the order of the page."""
        is_voice = piece.kind is PieceKind.VOICE
        self.n_voices += is_voice
        first = piece.slices[0]
        asked = f"asked: {piece.prompt}" if piece.prompt and is_voice else ""
        where = _say_place(first.place)
        facts = (where, asked, piece.respondent) if is_voice else (where, piece.reason)
        return {
            "name": piece.name,
            "kind": str(piece.kind),
            "number": self.n_voices,
            "text": piece.text,
            "slices": [[self._order[each.place], each.start_at, each.end_at] for each in piece.slices],
            "sentences": [
                [number, start]
                for number, each in enumerate(piece.slices)
                for start in self._sentences[each.place]
                if each.start_at < start < each.end_at
            ],
            "where": where,
            "page": first.part.removeprefix("page ") if first.part.startswith("page ") else "",
            "label": piece.reason[:1].upper() + piece.reason[1:],
            "facts": " · ".join(fact for fact in facts if fact),
            "is_mark": piece.reason == SPEAKERS,
        }


def _say_place(place: Place) -> str:
    part, line, _column = place
    if part in LINES:
        return f"line {line}"
    if part.startswith("table "):
        return f"{part}, row {line}"
    return f"{part}, paragraph {line}"
