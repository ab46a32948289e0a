"""What a page may ask of a board: one shape for each kind of move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engagement.errors import EngagementError
from engagement.workshop.wording import LONGEST_COMMENT, clean_wording

MOST_VOICES = 2000
LARGEST_ID = 2**31 - 1

RowId = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Number = Annotated[int, Field(ge=0, le=LARGEST_ID)]
OpId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[!-~]+$")]


class _Request(BaseModel):
    """What every request says: its own id, and the newest event that the page had seen."""

    model_config = ConfigDict(strict=True, frozen=True)

    op: OpId
    saw: Number


class MoveRequest(_Request):
    """Move voices to a theme; None means not yet placed. ``suggested``: the machine suggested it."""

    kind: Literal["move"]
    voices: list[RowId] = Field(min_length=1)
    to: RowId | None
    suggested: bool = False


class RefuseRequest(_Request):
    """Say that voices do not belong in the theme that was suggested for them."""

    kind: Literal["refuse_suggestion"]
    voices: list[RowId] = Field(min_length=1)
    theme: RowId


class EchoRequest(_Request):
    """Let voices also speak in a theme, or no longer."""

    kind: Literal["echo"]
    voices: list[RowId] = Field(min_length=1)
    theme: RowId
    on: bool


class ParkRequest(_Request):
    """Park voices with a reason."""

    kind: Literal["park"]
    voices: list[RowId] = Field(min_length=1)
    reason: str


class AddThemeRequest(_Request):
    """Add a theme, with voices split off to it or without."""

    kind: Literal["add_theme"]
    name: str
    voices: list[RowId] = []


class RenameRequest(_Request):
    """Give a theme another name."""

    kind: Literal["rename"]
    theme: RowId
    name: str


class MergeRequest(_Request):
    """Show a theme's voices under another one."""

    kind: Literal["merge"]
    theme: RowId
    into: RowId


class ThemeRequest(_Request):
    """Cut a merge, or remove a theme."""

    kind: Literal["unmerge", "remove_theme"]
    theme: RowId


class BroughtList(BaseModel):
    """What paper holds under one theme; ``theme`` None means a new one called ``name``."""

    model_config = ConfigDict(strict=True, frozen=True)

    theme: RowId | None
    name: str = ""
    voices: list[RowId] = []
    also: list[RowId] = []


class BringBackRequest(_Request):
    """Bring paper back: many voices to many themes, and some parked, in one move. No page may ask for it."""

    kind: Literal["bring_back"]
    lists: list[BroughtList]
    parked: list[RowId] = []
    reason: str = ""

    @property
    def voices(self) -> list[int]:
        """List every voice that is on a list, each once."""
        listed = [voice_id for each in self.lists for voice_id in (*each.voices, *each.also)]
        return list(dict.fromkeys([*listed, *self.parked]))


def _clean_comment(typed: str) -> str:
    return clean_wording(typed, what="The reason", longest=LONGEST_COMMENT)


class CommentRequest(_Request):
    """Say why, about one voice, one theme, or the move with the number ``step``."""

    kind: Literal["comment"]
    words: Annotated[str, AfterValidator(_clean_comment)]
    voice: RowId | None = None
    theme: RowId | None = None
    step: RowId | None = None


class HideCommentRequest(_Request):
    """Hide the words of a comment from everybody."""

    kind: Literal["hide_comment"]
    comment: RowId


class UndoRequest(_Request):
    """Take back the last move that stands, or do the last one that was taken back again."""

    kind: Literal["undo", "redo"]


class OwnUndoRequest(_Request):
    """Take back one's own last act, whatever others did since elsewhere on the board."""

    kind: Literal["undo_own"]


class AdoptRequest(_Request):
    """Bring the changes of a branch to its trunk. No page may ask for it as a move."""

    kind: Literal["adopt"]
    branch: RowId


PageRequest = (
    MoveRequest
    | RefuseRequest
    | EchoRequest
    | ParkRequest
    | AddThemeRequest
    | RenameRequest
    | MergeRequest
    | ThemeRequest
    | CommentRequest
    | HideCommentRequest
    | UndoRequest
    | OwnUndoRequest
)
Request = PageRequest | BringBackRequest
_READER: TypeAdapter[PageRequest] = TypeAdapter(Annotated[PageRequest, Field(discriminator="kind")])


def read_request(move: Mapping[str, Any]) -> PageRequest:
    """Check what a page asks for.

    Raises
    ------
    EngagementError
        When it is no move that a board knows, or moves too many voices at once.
    """
    try:
        request = _READER.validate_python(dict(move))
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in each["loc"]) or "it" for each in error.errors()})
        raise EngagementError(
            f"The board does not understand this move (look at: {', '.join(places)}). "
            "Reload the page and try again."
        ) from error
    check_size(request)
    return request


def check_size(request: Request) -> None:
    """Refuse a request that moves too many voices at once.

    Raises
    ------
    EngagementError
        When it moves more than ``MOST_VOICES``.
    """
    n_voices = len(getattr(request, "voices", ()))
    if n_voices > MOST_VOICES:
        raise EngagementError(
            f"You selected {n_voices:,} voices, and {MOST_VOICES:,} is the most for one move. Select fewer."
        )
