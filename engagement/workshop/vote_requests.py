"""What a page may ask of a seat's votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engagement.errors import EngagementError
from engagement.workshop.move_requests import OpId, RowId
from engagement.workshop.rooms import MOST_DOTS


class DotsRequest(BaseModel):
    """Let a theme hold so many of one's dots; 0 takes them back."""

    model_config = ConfigDict(strict=True, frozen=True)

    op: OpId
    kind: Literal["dots"]
    theme: RowId
    dots: int = Field(ge=0, le=MOST_DOTS)


class ConfirmRequest(BaseModel):
    """Put the dots that came back from a theme on what it became part of."""

    model_config = ConfigDict(strict=True, frozen=True)

    op: OpId
    kind: Literal["confirm"]
    theme: RowId


VoteRequest = DotsRequest | ConfirmRequest
_READER: TypeAdapter[VoteRequest] = TypeAdapter(Annotated[VoteRequest, Field(discriminator="kind")])


def read_vote_request(asked: Mapping[str, Any]) -> VoteRequest:
    """Check what a page asks for.

    Raises
    ------
    EngagementError
        When it is nothing that can be done with votes.
    """
    try:
        return _READER.validate_python(dict(asked))
    except ValidationError as error:
        places = sorted({".".join(str(part) for part in each["loc"]) or "it" for each in error.errors()})
        raise EngagementError(
            f"This vote is not understood (look at: {', '.join(places)}). Reload the page and try again."
        ) from error
