"""The method card says what a reader needs to trust a run or doubt it, and nobody's words."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import select

from engagement.answer.atrs_answers import read_answers, write_answer
from engagement.answer.atrs_record import NOT_FILLED_IN, fill_record, list_missing
from engagement.answer.method_card import MethodCard, build_method_card
from engagement.answer.method_exports import export_csv, export_json, export_page
from engagement.answer.method_words import describe_input, describe_stability_of_run, list_run_lines
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.workshop.double_theming import answer_voice, ask_for_sample
from engagement.workshop.themed_twice import list_blind_voices
from models.database import Record
from models.decisions import Decision
from tests.builders import FACILITATOR, LEAD, VIEWER, add_voices
from tests.workshop.conftest import SAID, Table
from tests.workshop.dealt import deal_board

TODAY = date(2026, 11, 25)
# Written out by hand from the published template (version 3.0): the attributes with "TRUE" under required.
MANDATORY_WORDS = """
id standard_version organisation_type function capability task tags date_of_completion date_updated
date_archived title organisation_name phase region one_sentence_description name description website_url
contact_email organisation_or_department team senior_responsible_owner external_supplier_involvement scope
benefit process_integration provided_information frequency_and_scale_of_usage human_decisions_and_review
required_training system_architecture phase maintenance models model_name model_version model_task model_input
model_output model_architecture model_performance datasets dataset_purposes source_data_name data_modality
data_description data_quantities sensitive_attributes data_completeness_and_representativeness source_data_url
data_collection data_sharing_agreements data_access_and_storage impact_assessment risks_and_mitigations
"""
OPTIONAL_WORDS = """
external_supplier companies_house_number external_supplier_role procurement_procedure_type data_access_terms
detailed_description previous_process alternatives_considered appeals_and_review data_cleaning
"""
MANDATORY, OPTIONAL = MANDATORY_WORDS.split(), OPTIONAL_WORDS.split()


@pytest.fixture
def dealt(record: Record) -> Table:
    """A board with candidate themes and a few changes by people."""
    table = deal_board(record)
    change_board(table)
    return table


@pytest.fixture
def sqlite_dealt(sqlite_record: Record) -> Table:
    """The same on SQLite."""
    table = deal_board(sqlite_record)
    change_board(table)
    return table


def change_board(table: Table) -> None:
    table.move("rename", theme=table.themes["Online"], name="<b>Going</b> online")
    table.move("move", voices=[table.voices[0]], to=table.themes["Nobody listens"])


def theme_twice(table: Table, *, apart: int = 1) -> None:
    """Let a second person agree with the board on all voices but so many."""
    homes = {card["id"]: card["home"] for card in table.look()["cards"]}
    with table.record.writing() as session:
        sample_id = ask_for_sample(session, FACILITATOR, table.workshop_id, seed=614)
        blind = list_blind_voices(session, LEAD, sample_id)
        for place, voice in enumerate(blind):
            theme_id = None if place < apart else homes[voice.voice_id]
            answer_voice(session, LEAD, sample_id, voice.voice_id, theme_id)


def build(table: Table) -> MethodCard:
    with table.record.reading() as session:
        return build_method_card(session, VIEWER, table.room.engagement_id)


def test_the_card_holds_run_board_and_changes(dealt: Table) -> None:
    card = build(dealt)

    assert describe_input(card) == (
        "8 voices from 1 source went in; 1 said nothing and were set aside; 7 were grouped."
    )
    assert describe_stability_of_run(card) == (
        "The 3 candidate themes hold together in 9 of 10 runs. The machine was sure of 7 of 7 voices."
    )
    said = dict(list_run_lines(card))
    assert said["It took"] == "31 seconds"
    assert said["What people changed"] == (
        "Of 3 candidate themes: 2 kept as it was, 1 renamed; people added 0 themes. Of 8 voices: "
        "6 stayed where the machine put it, 1 moved to another theme, 1 placed neither by the machine nor by "
        "people. 2 acts of 1 person."
    )
    assert [each.label for each in card.candidates] == ["Getting about", "Nobody listens", "Online"]


def test_the_card_holds_what_a_second_person_found(dealt: Table) -> None:
    theme_twice(dealt)

    (reading,) = build(dealt).readings

    assert reading.people_second.said.startswith("Two people agree on 6 of 7 (86%); kappa ")
    assert reading.machine_people is not None
    assert (reading.machine_people.n_agreed, reading.machine_people.n_voices) == (6, 7)
    assert [(each.second, each.n_voices) for each in reading.differences] == [("None of these", 1)]


def test_without_a_run_there_is_no_card(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six."]).id

    with sqlite_record.reading() as session, pytest.raises(NotFoundError, match="Ask for them"):
        build_method_card(session, VIEWER, engagement_id)


def test_every_field_of_the_published_template_is_there(sqlite_dealt: Table) -> None:
    filled = fill_record(build(sqlite_dealt), TODAY)

    required = [each.field.attribute for each in filled if each.field.is_required]
    optional = [each.field.attribute for each in filled if not each.field.is_required]
    assert required == MANDATORY
    assert sorted(optional) == sorted(OPTIONAL)
    assert len({each.field.reference for each in filled}) == len(filled) == 65


@pytest.mark.parametrize(
    ("reference", "attribute"),
    [
        ("0.15", "one_sentence_description"),
        ("1.4", "contact_email"),
        ("2.1.4.5", "data_access_terms"),
        ("2.3.4", "human_decisions_and_review"),
        ("2.4.2.7", "model_performance"),
        ("2.4.3.11", "data_access_and_storage"),
        ("2.5.2", "risks_and_mitigations"),
    ],
)
def test_reference_numbers_are_those_of_the_template(
    sqlite_dealt: Table, reference: str, attribute: str
) -> None:
    filled = fill_record(build(sqlite_dealt), TODAY)

    assert next(each.field.attribute for each in filled if each.field.reference == reference) == attribute


def test_what_only_the_organisation_knows_is_said_to_be_missing(sqlite_dealt: Table) -> None:
    filled = {each.field.key: each for each in fill_record(build(sqlite_dealt), TODAY)}

    assert filled["1.4 contact_email"].shown == NOT_FILLED_IN
    missing = {each.field.attribute for each in list_missing(tuple(filled.values()))}
    assert {"contact_email", "senior_responsible_owner", "impact_assessment", "required_training"} <= missing
    assert not {"id", "model_name", "data_quantities", "date_archived"} & missing


def test_the_organisations_words_stand_before_ours_and_can_be_taken_back(dealt: Table) -> None:
    engagement_id = dealt.room.engagement_id
    with dealt.record.writing() as session:
        write_answer(
            session, FACILITATOR, engagement_id, "0.12 organisation_name", " Leicester City Council "
        )
        write_answer(session, FACILITATOR, engagement_id, "2.2.3 benefit", "Less sorting")

    filled = {each.field.reference: each for each in fill_record(build(dealt), TODAY)}

    assert (filled["0.12"].value, filled["2.1.1"].value) == ("Leicester City Council",) * 2
    assert (filled["2.2.3"].value, filled["2.2.3"].is_own) == ("Less sorting", True)
    with dealt.record.writing() as session:
        write_answer(session, FACILITATOR, engagement_id, "2.2.3 benefit", "")
        assert "2.2.3 benefit" not in read_answers(session, VIEWER, engagement_id)
    assert not fill_record(build(dealt), TODAY)[30].is_own


def test_writing_the_record_is_refused_with_what_to_do(sqlite_dealt: Table) -> None:
    engagement_id = sqlite_dealt.room.engagement_id
    with sqlite_dealt.record.writing() as session:
        with pytest.raises(EngagementError, match="no field “colour”"):
            write_answer(session, FACILITATOR, engagement_id, "colour", "blue")
        with pytest.raises(EngagementError, match="10,000 is the most"):
            write_answer(session, FACILITATOR, engagement_id, "1.4 contact_email", "x" * 10_001)
        with pytest.raises(NotAllowedError):
            write_answer(session, LEAD, engagement_id, "1.4 contact_email", "us@example.org")


def test_the_page_holds_no_voice_and_reads_nothing_as_markup(sqlite_dealt: Table) -> None:
    theme_twice(sqlite_dealt)

    with sqlite_dealt.record.writing() as session:
        page = export_page(session, LEAD, sqlite_dealt.room.engagement_id, TODAY).decode()

    assert "renamed to “&lt;b&gt;Going&lt;/b&gt; online”" in page
    assert "<b>Going" not in page
    assert [words for words in SAID if words in page] == []
    assert "Two people agree on 6 of 7" in page
    assert "https://" not in page.replace("https://github.com/co-cddo", "")
    assert "<script" not in page


def test_json_holds_record_and_card_without_a_voice(sqlite_dealt: Table) -> None:
    theme_twice(sqlite_dealt)

    with sqlite_dealt.record.writing() as session:
        written = export_json(session, LEAD, sqlite_dealt.room.engagement_id, TODAY).decode()

    held = json.loads(written)
    assert held["standard"]["version"] == "3.0"
    assert held["record"]["Tier 1 Information"]["contact_email"] is None
    assert "1.4 contact_email" in held["missing"]
    assert held["record"]["Model Specification"]["model_name"] == "all-MiniLM-L6-v2"
    assert held["method_card"]["run"]["card"]["settings"]["seed"] == 614
    assert held["method_card"]["changes"]["moves"]["moved to another theme"] == 1
    assert LEAD.name not in written
    assert held["method_card"]["double_theming"][0]["agreement"]["people_and_second"]["n_agreed"] == 6
    assert [words for words in SAID if words in written] == []


def test_csv_has_a_line_for_each_field_and_no_formula(sqlite_dealt: Table) -> None:
    engagement_id = sqlite_dealt.room.engagement_id
    with sqlite_dealt.record.writing() as session:
        write_answer(session, FACILITATOR, engagement_id, "2.1.2 team", "=HYPERLINK(1)")
        written = export_csv(session, LEAD, engagement_id, TODAY).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["attribute"] for row in rows if row["required"] == "TRUE"] == MANDATORY
    team = next(row for row in rows if row["attribute"] == "team")
    assert (team["value"], team["written by"]) == ("'=HYPERLINK(1)", "organisation")


@pytest.mark.parametrize("export", [export_page, export_json, export_csv])
def test_a_download_needs_permission_and_stands_in_the_record(sqlite_dealt: Table, export) -> None:
    engagement_id = sqlite_dealt.room.engagement_id
    with sqlite_dealt.record.writing() as session, pytest.raises(NotAllowedError):
        export(session, VIEWER, engagement_id, TODAY)

    with sqlite_dealt.record.writing() as session:
        export(session, LEAD, engagement_id, TODAY)
        kinds = session.scalars(select(Decision.kind).order_by(Decision.seq)).all()

    assert kinds[-1] == "downloaded method card"


def test_whoever_is_half_way_does_not_read_the_others_in_the_card(sqlite_dealt: Table) -> None:
    theme_twice(sqlite_dealt)
    with sqlite_dealt.record.writing() as session:
        answer_voice(session, FACILITATOR, 1, sqlite_dealt.voices[0], None)

    with sqlite_dealt.record.reading() as session:
        own = build_method_card(session, FACILITATOR, sqlite_dealt.room.engagement_id)

    assert own.readings == ()
    assert len(build(sqlite_dealt).readings) == 1
