"""How a file becomes voices: which column is what, and how notes are split."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engagement.listen.slices import Slice, pack_slices, unpack_slices


class ColumnUse(StrEnum):
    """What a column of a sheet is."""

    WORDS = "words"
    PROMPT = "prompt"
    DATE = "date"
    AREA = "area"
    RESPONDENT = "respondent"
    CHARACTERISTIC = "characteristic"
    CONSENT = "consent"
    IGNORE = "ignore"


class NotesSplit(StrEnum):
    """Where one voice ends and the next begins in plain text."""

    LINES = "lines"
    PARAGRAPHS = "paragraphs"
    SENTENCES = "sentences"
    TURNS = "turns"


class PieceKind(StrEnum):
    """What a piece of notes is."""

    VOICE = "voice"
    NOTE = "facilitator's note"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class HandCut:
    """A piece of notes that people cut themselves: what it is, and where its words stand."""

    kind: PieceKind
    slices: tuple[Slice, ...]


@dataclass(frozen=True)
class ColumnMapping:
    """What one column is. ``prompt`` is what a words column answers; ``why`` says why this was suggested.

    ``name`` is what a characteristic is called, or what a column of consent asks for ("quoted").
    """

    position: int
    header: str
    use: ColumnUse
    prompt: str = ""
    name: str = ""
    why: str = ""


@dataclass(frozen=True)
class Mapping:
    """The whole of what people decided about one file before it was saved.

    ``n_header_rows`` are left out at the top of the sheet, after ``first_row`` (counted from 1). ``taken``
    are the kinds of words beside the page of notes that become voices, too. Full names of speakers become
    "Speaker 1" and so on unless ``keeps_names``. ``cuts`` are the pieces of notes that people cut by hand;
    they go before what the rule of ``split`` makes of the same words. In tables of notes, each cell is a
    voice, or with ``joins_rows`` what a whole row says to one prompt.
    """

    sheet: str = ""
    first_row: int = 1
    n_header_rows: int = 1
    columns: tuple[ColumnMapping, ...] = ()
    split: NotesSplit = NotesSplit.LINES
    taken: tuple[str, ...] = ()
    keeps_names: bool = False
    cuts: tuple[HandCut, ...] = ()
    joins_rows: bool = False

    def list_columns(self, use: ColumnUse) -> tuple[ColumnMapping, ...]:
        """List the columns that are put to one use."""
        return tuple(column for column in self.columns if column.use is use)

    def get_column(self, use: ColumnUse) -> ColumnMapping | None:
        """Give the first column that is put to one use; None when there is none."""
        return next(iter(self.list_columns(use)), None)


def pack_mapping(mapping: Mapping) -> dict[str, Any]:
    """Write a mapping for the record."""
    return {
        "sheet": mapping.sheet,
        "first_row": mapping.first_row,
        "n_header_rows": mapping.n_header_rows,
        "split": str(mapping.split),
        "taken": list(mapping.taken),
        "keeps_names": mapping.keeps_names,
        "joins_rows": mapping.joins_rows,
        "cuts": [{"kind": str(each.kind), "slices": pack_slices(each.slices)} for each in mapping.cuts],
        "columns": [
            {
                "position": each.position,
                "header": each.header,
                "use": str(each.use),
                "prompt": each.prompt,
                "name": each.name,
            }
            for each in mapping.columns
        ],
    }


def unpack_mapping(packed: dict[str, Any]) -> Mapping:
    """Read a mapping back from the record; an empty one stands for notes split by lines."""
    columns = tuple(
        ColumnMapping(each["position"], each["header"], ColumnUse(each["use"]), each["prompt"], each["name"])
        for each in packed.get("columns", ())
    )
    return Mapping(
        sheet=packed.get("sheet", ""),
        first_row=packed.get("first_row", 1),
        n_header_rows=packed.get("n_header_rows", 1),
        columns=columns,
        split=NotesSplit(packed.get("split", NotesSplit.LINES)),
        taken=tuple(packed.get("taken", ())),
        keeps_names=bool(packed.get("keeps_names", False)),
        joins_rows=bool(packed.get("joins_rows", False)),
        cuts=tuple(
            HandCut(PieceKind(each["kind"]), unpack_slices(each["slices"])) for each in packed.get("cuts", ())
        ),
    )
