"""Exports of survey tools are recognised by their shape: words, who, when and where, and nobody's name."""

from __future__ import annotations

import re
from datetime import date

import pytest

from engagement.engagements import start_engagement
from engagement.listen.columns import recognise_tool
from engagement.listen.importing import import_files
from engagement.listen.known_mappings import find_known_mapping
from engagement.listen.mapping import ColumnUse
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading_child import read_file
from engagement.listen.sheets import get_sheet
from models.database import Record
from models.sources import Source, SourceKind
from tests.builders import FACILITATOR
from tests.listen.further_shapes import FURTHER_SHAPES
from tests.listen.survey_shapes import AGES, SAID_SEE, SAID_WELL, SECRETS, SHAPES, WELL, Shape


@pytest.mark.parametrize("shape", [*SHAPES, *FURTHER_SHAPES], ids=lambda shape: shape.file_name)
def test_an_export_gives_one_voice_for_each_person_and_prompt_without_any_personal_data(shape: Shape) -> None:
    contents = read_file(shape.file_name, shape.write())
    mapping = suggest_mapping(contents)

    found = preview_import(contents, mapping, file_name=shape.file_name)

    tool = recognise_tool(get_sheet(contents, mapping.sheet))
    assert (tool.name if tool else "") == shape.tool
    assert found.new_prompts == shape.prompts
    said = [text for n in range(len(AGES)) for text in (SAID_WELL[n], SAID_SEE[n])[: len(shape.prompts)]]
    assert [voice.text.strip("£5 –‘’") for voice in found.voices] == said
    assert found.receipt.adds_up
    kept = [(voice.respondent, voice.area, voice.characteristics) for voice in found.voices]
    assert not [secret for secret in SECRETS if secret in repr(kept)]
    if mapping.get_column(ColumnUse.DATE):
        assert {voice.said_on for voice in found.voices} == {date(2024, 5, 7)}
    if re.search(r"\b(old|age)\b", repr(shape.headers), re.IGNORECASE):
        ages = [
            value for name, value in found.voices[0].characteristics if "age" in name.lower() or "old" in name
        ]
        assert ages == [AGES[0]]


def test_a_survey_with_the_same_columns_is_read_as_people_decided_before(record: Record) -> None:
    first, again = (f"Number,{WELL},Colour\n{n},{SAID_WELL[n]},red\n".encode() for n in (0, 1))
    contents = read_file("again.csv", again)
    with record.writing() as session:
        assert find_known_mapping(session, contents) is None
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        (saved,) = import_files(
            session, FACILITATOR, engagement_id, [("spring.csv", first)], SourceKind.SURVEY
        )
        source = session.get_one(Source, saved.source_id)
        columns = [
            {**column, "use": "ignore"} if column["header"] == "Colour" else column
            for column in source.mapping["columns"]
        ]
        source.mapping = {**source.mapping, "columns": columns}

    with record.reading() as session:
        known = find_known_mapping(session, contents)
        other = find_known_mapping(session, read_file("other.csv", again.replace(b"Colour", b"Color")))

    assert known is not None
    assert known.title == "Spring"
    assert [column.use for column in known.mapping.columns if column.header == "Colour"] == [ColumnUse.IGNORE]
    assert other is None
