"""What people agreed to holds wherever their words go: for a source, and for one of them apart from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from engagement.answer.exports import export_workbook
from engagement.answer.finding import Asked, find_voices
from engagement.answer.ledger import count_ledger
from engagement.answer.referral_exports import export_referral
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.listen.consent import Agreed, change_consent, get_own_consent
from engagement.listen.consent_answers import find_consent, reads_as_yes
from engagement.listen.importing import import_files
from engagement.listen.sources import change_details, list_sources
from engagement.listen.voices import (
    bring_back_voice,
    get_voice_or_raise,
    list_texts,
    list_voices,
    withdraw_voice,
)
from engagement.listen.withdrawals import bring_back_source, withdraw_source
from engagement.plan.priority_views import list_quotes
from engagement.plan.referral_views import list_referrals
from engagement.plan.referrals import count_consent, pass_on_theme
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import TODAY, Board, add_board, add_priority

PHONE, GAVE_UP = "Forty minutes on the phone, then no appointment.", "I gave up ringing."
DOCTOR, WHY = "Seeing a doctor", "told the facilitator by phone"
SURVEY = (
    b"ID,What would help?,Are you happy for us to quote you?,May we share this with other organisations?,"
    b"Do you consent to taking part?\n"
    b"7,A bench by the shops so that I can rest,Yes,No,I agree\n"
    b"8,Someone who answers the phone when I ring,no thank you,Yes,I agree\n"
    b"9,A little bus that goes round the estate,,Yes,I do not agree\n"
)


@pytest.fixture
def board(record: Record) -> Board:
    with record.writing() as session:
        return add_board(session)


@pytest.fixture
def survey_id(record: Record) -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("survey.csv", SURVEY)], SourceKind.SURVEY)
        return engagement_id


def agree(record: Record, voice_id: int, **given: bool) -> None:
    with record.writing() as session:
        change_consent(session, FACILITATOR, voice_id, Agreed(**given), WHY)


def change_source(record: Record, engagement_id: int, **changes: object) -> int:
    with record.writing() as session:
        (source,) = list_sources(session, VIEWER, engagement_id)
        change_details(session, FACILITATOR, source.id, replace(source.details, **changes))
    return source.id


def read_voices_sheet(content: bytes, words: int = 1) -> set[str]:
    rows = load_workbook(BytesIO(content))["Voices"].iter_rows(min_row=2, values_only=True)
    return {row[words] for row in rows} - {None, ""}


def test_nobody_is_quoted_who_said_no_apart_from_the_source(record: Record, board: Board) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, board, DOCTOR)
    agree(record, board.voices[PHONE], may_quote=False)

    with record.reading() as session:
        quoted = {each.text for each in list_quotes(session, VIEWER, priority_id, 10)}
        neither = find_voices(session, VIEWER, board.engagement_id, Asked(consent="quote"), limit=50)

    assert PHONE not in quoted
    assert PHONE not in {each.text for each in neither.voices}
    assert neither.n_found == len(board.voices) - 1


def test_one_who_said_yes_is_quoted_although_the_source_is_not(record: Record, board: Board) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, board, DOCTOR)
    change_source(record, board.engagement_id, may_quote=False)
    agree(record, board.voices[PHONE], may_quote=True)

    with record.reading() as session:
        assert [each.text for each in list_quotes(session, VIEWER, priority_id)] == [PHONE]


def test_the_export_leaves_out_the_words_of_one_who_must_not_be_quoted(record: Record, board: Board) -> None:
    agree(record, board.voices[PHONE], may_quote=False)

    with record.writing() as session:
        shared = read_voices_sheet(export_workbook(session, LEAD, board.engagement_id))
        working = read_voices_sheet(export_workbook(session, LEAD, board.engagement_id, is_working_copy=True))

    assert working - shared == {PHONE}


def test_a_referral_leaves_behind_who_did_not_agree_to_it(record: Record, board: Board) -> None:
    agree(record, board.voices[PHONE], may_pass_on=False)

    with record.writing() as session:
        consent = count_consent(session, LEAD, board.engagement_id, board.themes[DOCTOR])
        sent = pass_on_theme(
            session, LEAD, board.engagement_id, board.themes[DOCTOR], recipient="The NHS", sent_on=TODAY
        )
        content = export_referral(session, LEAD, board.engagement_id, sent.referral_id, TODAY)

    assert (consent.voice_ids, consent.n_without_consent) == ((board.voices[GAVE_UP],), 1)
    assert read_voices_sheet(content) == {GAVE_UP}


def test_a_referral_already_sent_shows_who_may_be_passed_on_no_longer(record: Record, board: Board) -> None:
    with record.writing() as session:
        sent = pass_on_theme(
            session, LEAD, board.engagement_id, board.themes[DOCTOR], recipient="The NHS", sent_on=TODAY
        )
    agree(record, board.voices[PHONE], may_pass_on=False)

    with record.writing() as session:
        (referral,) = list_referrals(session, VIEWER, board.engagement_id, TODAY)
        content = export_referral(session, LEAD, board.engagement_id, sent.referral_id, TODAY)

    assert (referral.n_voices, referral.n_withdrawn) == (2, 1)
    assert read_voices_sheet(content) == {GAVE_UP}


def test_words_that_may_not_be_used_leave_theming_and_board_and_come_back(
    record: Record, board: Board
) -> None:
    voice_id = board.voices[PHONE]
    agree(record, voice_id, may_use=False)

    with record.reading() as session:
        assert voice_id not in {each.voice_id for each in list_texts(session, board.engagement_id)}
        ledger = count_ledger(session, board.engagement_id)
        assert (ledger.withdrawn, ledger.adds_up) == (1, True)
        assert not get_voice_or_raise(session, VIEWER, voice_id).may_use
    with record.writing() as session, pytest.raises(ConflictError, match="Change the consent first"):
        bring_back_voice(session, FACILITATOR, voice_id)

    agree(record, voice_id, may_use=True)

    with record.reading() as session:
        assert count_ledger(session, board.engagement_id).withdrawn == 0


def test_what_was_taken_back_stays_so_whatever_the_consent_says(record: Record, board: Board) -> None:
    voice_id = board.voices[PHONE]
    agree(record, voice_id, may_use=False)
    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, voice_id, "asked by phone")
    agree(record, voice_id, may_use=True)

    with record.writing() as session:
        assert get_voice_or_raise(session, VIEWER, voice_id).is_withdrawn
        bring_back_voice(session, FACILITATOR, voice_id)
        assert not get_voice_or_raise(session, VIEWER, voice_id).is_withdrawn


def test_a_source_brought_back_leaves_out_whom_nobody_may_use(record: Record, board: Board) -> None:
    agree(record, board.voices[PHONE], may_use=False)

    with record.writing() as session:
        (source,) = list_sources(session, VIEWER, board.engagement_id)
        assert withdraw_source(session, FACILITATOR, source.id, "the host asked") == len(board.voices)
        assert bring_back_source(session, FACILITATOR, source.id) == len(board.voices)
        ledger = count_ledger(session, board.engagement_id)

    assert ledger.withdrawn == 1


def test_a_whole_source_that_may_not_be_used_leaves_and_comes_back(record: Record, board: Board) -> None:
    source_id = change_source(record, board.engagement_id, may_use=False)
    with record.writing() as session:
        assert count_ledger(session, board.engagement_id).withdrawn == len(board.voices)
        with pytest.raises(ConflictError):
            bring_back_source(session, FACILITATOR, source_id)

    change_source(record, board.engagement_id, may_use=True)

    with record.reading() as session:
        assert count_ledger(session, board.engagement_id).withdrawn == 0


def test_a_survey_that_asks_for_consent_keeps_every_answer(record: Record, survey_id: int) -> None:
    with record.reading() as session:
        voices = {each.respondent: each for each in list_voices(session, VIEWER, survey_id)}
        (source,) = list_sources(session, VIEWER, survey_id)
        wordings = set(session.scalars(text("SELECT wording FROM own_consent")))

    said = {who: (each.may_use, each.may_quote, each.may_pass_on) for who, each in voices.items()}
    assert said == {"7": (True, True, False), "8": (True, False, True), "9": (False, False, True)}
    assert [each.respondent for each in voices.values() if each.is_withdrawn] == ["9"]
    assert all("Are you happy for us to quote you?" in each for each in wordings)
    assert source.receipt is not None
    assert source.receipt.adds_up


def test_consent_holds_for_all_that_one_respondent_said(record: Record) -> None:
    survey = (
        b"ID,What works well?,What does not?\n"
        b"1,The bus comes when it says,The stop has no bench to sit on\n"
        b"2,My garden is a joy to me,There are steps up to every shop\n"
    )
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("s.csv", survey)], SourceKind.SURVEY)
        first = list_voices(session, VIEWER, engagement_id)[0]
        change_consent(session, FACILITATOR, first.id, Agreed(may_tell_story=True), WHY)
        told = [each.text for each in list_voices(session, VIEWER, engagement_id) if each.may_tell_story]
        story = find_voices(session, VIEWER, engagement_id, Asked(consent="story"), limit=9)

    assert told == ["The bus comes when it says", "The stop has no bench to sit on"]
    assert [each.text for each in story.voices] == told


def test_consent_needs_a_facilitator_a_voice_and_how_it_is_known(record: Record, board: Board) -> None:
    voice_id = board.voices[PHONE]
    with record.writing() as session:
        with pytest.raises(NotAllowedError):
            change_consent(session, LEAD, voice_id, Agreed(may_quote=False), WHY)
        with pytest.raises(NotFoundError, match="4000"):
            change_consent(session, FACILITATOR, 4000, Agreed(may_quote=False), WHY)
        with pytest.raises(EngagementError, match="how we know"):
            change_consent(session, FACILITATOR, voice_id, Agreed(may_quote=False), "  ")
        assert get_own_consent(session, VIEWER, voice_id) == Agreed()


def test_the_day_until_which_words_are_kept_stands_with_the_source(record: Record, board: Board) -> None:
    change_source(record, board.engagement_id, keep_until=date(2026, 3, 31))

    with record.reading() as session:
        (source,) = list_sources(session, VIEWER, board.engagement_id)

    assert source.details.keep_until == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("header", "n_different", "found"),
    [
        ("Do you give permission for your story to be told?", 2, "told as a story"),
        ("Can we publish your words in our report?", 3, "quoted"),
        ("I consent to my data being used", 1, "used"),
        ("Would you be happy to share this with our partners?", 2, "passed on"),
        ("Are you happy with the bus?", 2, None),
        ("Would you allow dogs in the park, and how would you use it?", 40, None),
        ("Gender", 3, None),
    ],
)
def test_columns_that_ask_for_consent_are_told_by_their_header(
    header: str, n_different: int, found: str | None
) -> None:
    assert find_consent(header, n_different) == found


@pytest.mark.parametrize(
    ("answer", "is_yes"),
    [
        ("YES", True),
        ("Yes, happy for you to quote me.", True),
        ("I consent", True),
        ("☑", False),
        ("✓", True),
        ("No", False),
        ("Yes but not my story", False),
        ("I don't agree", False),
        ("prefer not to say", False),
        ("   ", False),
        ("perhaps", False),
    ],
)
def test_only_a_plain_yes_agrees(answer: str, is_yes: bool) -> None:
    assert reads_as_yes(answer) is is_yes
