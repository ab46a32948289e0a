"""The made-up example engagement, read from its own files by the same way as everybody's."""

from __future__ import annotations

import json
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from engagement.engagements import start_engagement
from engagement.errors import EngagementError
from engagement.listen.details import SourceDetails
from engagement.listen.importing import Upload, look_ahead, refuse_unreadable, save_uploads
from engagement.listen.mapping import ColumnMapping, ColumnUse, Mapping
from engagement.listen.preview import suggest_mapping
from engagement.listen.reading import ReadFile, read_uploads
from engagement.people.permissions import Act, Person, check_may
from engagement.settings import HOUSE
from models.sources import SourceKind

EXAMPLES = HOUSE / "data" / "examples"
DESCRIPTION = "engagement.json"


@dataclass(frozen=True)
class Example:
    """The example as it was read: the fields of its description, its prompts, its sources."""

    description: MappingType[str, Any]
    prompts: tuple[str, ...]
    uploads: tuple[Upload, ...]


def prepare_example(person: Person, folder: Path = EXAMPLES) -> Example:
    """Read the example and look at its words, before the record is held.

    Raises
    ------
    EngagementError
        When the example is not on this machine, or one of its files cannot be read.
    """
    check_may(person, Act.START_ENGAGEMENT)
    example = _read_example(folder)
    return replace(example, uploads=look_ahead(example.uploads, example.prompts))


def load_example(session: Session, person: Person, example: Example | None = None) -> int:
    """Make the example engagement with all its sources and voices, and give its id.

    Without what `prepare_example` gives, the example is read, and its words are looked at, meanwhile.
    """
    check_may(person, Act.START_ENGAGEMENT)
    check_may(person, Act.ADD_SOURCE)
    example = example or _read_example(EXAMPLES)
    engagement_id = start_engagement(
        session,
        person,
        example.description["name"],
        example.description["purpose"],
        example.prompts,
        is_example=True,
    )
    save_uploads(session, person, engagement_id, example.uploads)
    return engagement_id


def _read_example(folder: Path) -> Example:
    description = _read_description(folder)
    names = [str(source["file"]) for source in description["sources"]]
    # The files are read before the first word to the record, so that nobody else waits for them.
    read_files = read_uploads([(name, (folder / name).read_bytes()) for name in names])
    refuse_unreadable(read_files)
    prompts = [str(prompt["text"]) for prompt in description["prompts"]]
    uploads = tuple(
        _make_upload(read_file, source, prompts)
        for read_file, source in zip(read_files, description["sources"], strict=True)
    )
    return Example(description, tuple(prompts), uploads)


def _read_description(folder: Path) -> dict[str, Any]:
    try:
        description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EngagementError(
            "The example is not on this machine: the folder data/examples is missing. Copy it from where "
            "you got this software."
        ) from error
    return description


def _make_upload(read_file: ReadFile, source: MappingType[str, Any], prompts: list[str]) -> Upload:
    if read_file.contents is None:
        raise ValueError(f"contents of {read_file.file_name!r} are None, must have been read.")
    mapping = suggest_mapping(read_file.contents, prompts)
    if columns := source.get("columns"):
        mapping = _apply_columns(mapping, {column["header"]: column for column in columns})
    return Upload(read_file.file_name, read_file.content, read_file.contents, _make_details(source), mapping)


def _apply_columns(mapping: Mapping, described: MappingType[str, MappingType[str, str]]) -> Mapping:
    return replace(
        mapping, columns=tuple(_apply_column(each, described.get(each.header)) for each in mapping.columns)
    )


def _apply_column(column: ColumnMapping, described: MappingType[str, str] | None) -> ColumnMapping:
    if described is None:
        return column
    return replace(
        column,
        use=ColumnUse(described["is"]),
        prompt=described.get("prompt", ""),
        name=described.get("name", ""),
    )


def _make_details(source: MappingType[str, Any]) -> SourceDetails:
    texts = ("title", "place", "area", "host", "facilitator", "consent_wording")
    agreed = ("may_use", "may_quote", "may_pass_on", "may_tell_story")
    return SourceDetails(
        kind=SourceKind(source["kind"]),
        held_on=date.fromisoformat(source["held_on"]),
        n_came=source["n_came"],
        **{name: source[name] for name in (*texts, *agreed)},
    )
