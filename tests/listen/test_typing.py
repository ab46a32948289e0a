"""Typing voices in by hand: kept to the letter at once, once only, at a place of their own, taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from engagement.answer.ledger import count_ledger
from engagement.answer.source_lines import read_lines_around
from engagement.checks import check_record
from engagement.decisions import find_broken_decision
from engagement.engagements import add_prompt, start_engagement
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.erase import erase_voices
from engagement.listen.importing import import_files
from engagement.listen.personal_data.marks import list_marks
from engagement.listen.read_csv import read_csv
from engagement.listen.typed.sheet import PART, WORDS, SheetRow, add_row, start_sheet
from engagement.listen.typed.typing import (
    KeptVoice,
    TypedVoiceRequest,
    begin_occasion,
    get_occasion_or_raise,
    list_newest,
    list_occasions,
    put_back,
    take_back,
    type_voice,
)
from engagement.listen.typed.wording import LONGEST_VOICE, UNKEPT, UnkeptError, check_words
from engagement.listen.verify import verify_voices
from engagement.listen.voices import VoiceQuery, list_texts, list_voices
from engagement.people.permissions import Person
from models.base import utc_now
from models.consent import KeptFile
from models.database import Record
from models.decisions import Decision
from models.personal_data import MarkState
from models.sources import Characteristic, Source, SourceKind, StoredFile
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, VIEWER

DROP_IN = SourceDetails("Library drop-in", SourceKind.DROP_IN, date(2026, 11, 26), area="Belgrave")
TRICKY = (
    "  I come for the company.\n\nAnd the soup. ",
    '=HYPERLINK("http://example.org")',
    'She said "no, thank you", twice; then: nothing | at all',
    "<script>alert(1)</script> :smile: *very*",
    "🙂🚌 бус",
    "میں اکیلی رہتی ہوں",
    "one\r\ntwo\rthree",
    "\u200fright\u202eleft\u2028line",
    "1",
)


@pytest.fixture
def occasion_id(record: Record) -> int:
    """A drop-in that voices can be typed into."""
    return begin(record)


def begin(record: Record, name: str = "Leading lives") -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, name, prompts=["What works well?"])
        return begin_occasion(session, FACILITATOR, engagement_id, DROP_IN)


def type_in(record: Record, occasion_id: int, words: str, token: str = "", **more: object) -> KeptVoice:
    with record.writing() as session:
        asked = TypedVoiceRequest(words, token or f"press {words[:15]!a}", **more)
        return type_voice(session, FACILITATOR, occasion_id, asked)


def read_texts(record: Record) -> list[str]:
    with record.reading() as session:
        return [each.text for each in list_voices(session, FACILITATOR, 1)]


def test_words_are_kept_as_they_were_typed_and_stand_at_their_place_in_the_sheet(
    record: Record, occasion_id: int
) -> None:
    for words in TRICKY:
        type_in(record, occasion_id, words)

    expected = [words.replace("\r\n", "\n").replace("\r", "\n") for words in TRICKY]
    assert read_texts(record) == [words.strip() for words in expected]
    assert check_record(record) == ()
    with record.reading() as session:
        content = session.scalars(select(StoredFile.content)).one()
        column = read_csv(content).sheets[0].rows
        assert [row[list(column[0]).index(WORDS)] for row in column[2:]] == expected


def test_the_check_finds_a_typed_voice_whose_sheet_was_changed(record: Record, occasion_id: int) -> None:
    kept = type_in(record, occasion_id, "The 22 stops at six.")
    with record.writing() as session:
        content = session.scalars(select(StoredFile.content)).one().replace(b"six", b"ten")
        session.add(StoredFile(sha256="0" * 64, size=len(content), content=content))
        session.flush()
        session.get_one(Source, occasion_id).file_sha256 = "0" * 64

    with record.reading() as session:
        assert verify_voices(session) == (kept.voice_id,)


def test_one_press_sent_twice_keeps_one_voice(record: Record, occasion_id: int) -> None:
    first = type_in(record, occasion_id, "The bus.", "press 1")
    second = type_in(record, occasion_id, "The bus.", "press 1")
    third = type_in(record, occasion_id, "The bus.", "press 2")
    changed = type_in(record, occasion_id, "The bus, and the tram.", "press 2")

    assert (second.voice_id, first.is_repeat, second.is_repeat) == (first.voice_id, False, True)
    assert len({first.voice_id, third.voice_id, changed.voice_id}) == 3
    assert read_texts(record) == ["The bus.", "The bus.", "The bus, and the tram."]


def test_people_who_type_at_the_same_moment_keep_all_their_voices(record: Record, occasion_id: int) -> None:
    said = [f"Voice number {number}" for number in range(12)] * 2

    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda words: type_in(record, occasion_id, words), said))

    assert sorted(read_texts(record)) == sorted(said[:12])
    assert sum(each.is_repeat for each in kept) == 12
    assert check_record(record) == ()
    with record.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_a_typed_voice_is_found_counted_themed_and_looked_through_like_any_other(
    record: Record, occasion_id: int
) -> None:
    with record.writing() as session:
        prompt_id = add_prompt(session, FACILITATOR, 1, "What works well?")
    type_in(record, occasion_id, "The café; ring me on 0116 496 0123.", prompt_id=prompt_id)

    with record.reading() as session:
        (found,) = list_voices(session, VIEWER, 1, VoiceQuery(words="cafe"))
        assert (found.prompt, found.area) == ("What works well?", "Belgrave")
        assert (found.said_on, found.where) == (date(2026, 11, 26), "Library drop-in, row 3")
        assert [each.text for each in list_texts(session, 1)] == [found.text]
        assert [each.kind for each in list_marks(session, FACILITATOR, 1, MarkState.OPEN)] == ["phone number"]
        assert count_ledger(session, 1).total == 1
        assert [line.words for line in read_lines_around(session, VIEWER, found.id).lines] == [found.text]


def test_what_is_noted_beside_the_words_is_kept_with_them(record: Record, occasion_id: int) -> None:
    about = "Age band: 65 to 74; Sector: resident"
    type_in(record, occasion_id, "The soup.", speaker="3", about=about, area="Abbey", not_quoted=True)
    type_in(record, occasion_id, "The company.", speaker="03", about="Sector: resident")

    with record.reading() as session:
        soup, company = list_voices(session, FACILITATOR, 1)
        said = session.execute(
            select(Characteristic.name, Characteristic.value).order_by(Characteristic.name)
        )
        assert (soup.respondent, soup.area, soup.may_quote, soup.may_pass_on) == (
            "Speaker 3",
            "Abbey",
            False,
            True,
        )
        assert (company.respondent_id, company.area) == (soup.respondent_id, "Belgrave")
        assert sorted(tuple(row) for row in said) == [("Age band", "65 to 74"), ("Sector", "resident")]


def test_a_voice_taken_back_leaves_theming_and_comes_back_and_both_are_in_the_record(
    record: Record, occasion_id: int
) -> None:
    kept = type_in(record, occasion_id, "The bsu.")
    with record.writing() as session:
        take_back(session, FACILITATOR, occasion_id, kept.voice_id)
        assert list_texts(session, 1) == ()
        assert [each.is_withdrawn for each in list_newest(session, FACILITATOR, occasion_id, 5)] == [True]
    with record.writing() as session:
        put_back(session, FACILITATOR, occasion_id, kept.voice_id)

    with record.reading() as session:
        assert [each.text for each in list_texts(session, 1)] == ["The bsu."]
        kinds = session.scalars(
            select(Decision.kind).where(Decision.subject == "voice").order_by(Decision.seq)
        )
        assert list(kinds) == ["typed voice", "withdrew voice", "brought back voice"]
        assert find_broken_decision(session) is None
        assert "bsu" not in str(session.scalars(select(Decision.details)).all())


def test_a_sheet_goes_on_growing_after_words_were_erased_in_their_place(
    record: Record, occasion_id: int
) -> None:
    first, _second = (type_in(record, occasion_id, words) for words in ('The "bus",\nand so on', "The park"))
    with record.writing() as session:
        take_back(session, FACILITATOR, occasion_id, first.voice_id)
    with record.writing() as session:
        erase_voices(
            session,
            ADMINISTRATOR,
            [first.voice_id],
            typed="erase",
            kept=KeptFile.SAME_FORMAT,
            today=date(2026, 11, 26),
        )

    type_in(record, occasion_id, "The soup")

    assert read_texts(record) == ["", "The park", "The soup"]
    with record.reading() as session:
        assert verify_voices(session) == ()
        assert b"bus" not in session.scalars(select(StoredFile.content)).one()


def test_the_newest_stand_first(record: Record, occasion_id: int) -> None:
    for words in ("one", "two", "three"):
        type_in(record, occasion_id, words)

    with record.reading() as session:
        assert [each.text for each in list_newest(session, FACILITATOR, occasion_id, 2)] == ["three", "two"]
        (occasion,) = list_occasions(session, VIEWER, 1)
        assert (occasion.title, occasion.n_voices) == ("Library drop-in", 3)


WRONG = {
    "empty": ({"words": " \n\t "}, "There are no words yet"),
    "too long": ({"words": "a" * (LONGEST_VOICE + 7)}, "That is 5,007 characters; at most 5,000"),
    "without a press": ({"token": "", "words": "x"}, "This page is out of date"),
    "a name for a number": ({"speaker": "Margaret"}, "“Margaret” is no number of a speaker"),
    "number 0": ({"speaker": "0"}, "is no number of a speaker"),
    "about nobody": ({"about": "Sector: resident"}, "give the speaker a number"),
    "about what": ({"speaker": "1", "about": "65 to 74"}, "“65 to 74” does not say what it is about"),
    "long area": ({"area": "a" * 301}, "The area has 301 characters; at most 300"),
    "prompt of nobody": ({"prompt_id": 99}, "not asked in this engagement"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_kept_is_refused_with_a_plain_sentence(sqlite_record: Record, case: str) -> None:
    occasion_id = begin(sqlite_record)
    given, sentence = WRONG[case]
    asked = replace(TypedVoiceRequest("The bus.", "press"), **given)

    with pytest.raises(EngagementError, match=sentence), sqlite_record.writing() as session:
        type_voice(session, FACILITATOR, occasion_id, asked)

    assert read_texts(sqlite_record) == []
    assert check_record(sqlite_record) == ()


def test_one_number_does_not_stand_for_two_people(sqlite_record: Record) -> None:
    occasion_id = begin(sqlite_record)
    type_in(sqlite_record, occasion_id, "The bus.", speaker="1", about="Age band: 65 to 74")

    with pytest.raises(EngagementError, match="Give another person another number"):
        type_in(sqlite_record, occasion_id, "The park.", speaker="1", about="Age band: 16 to 24")


def test_unseen_characters_are_told_and_handed_back_without(sqlite_record: Record) -> None:
    with pytest.raises(UnkeptError, match=r"2 of them") as refused:
        check_words("The\x00 bus\x1b stops")

    assert refused.value.tidied == "The bus stops"


ACTS = {
    "begin": lambda session, person: begin_occasion(session, person, 1, DROP_IN),
    "open": lambda session, person: get_occasion_or_raise(session, person, 1),
    "type": lambda session, person: type_voice(session, person, 1, TypedVoiceRequest("x", "y")),
    "take back": lambda session, person: take_back(session, person, 1, 1),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", [VIEWER, LEAD], ids=lambda person: person.role.name)
def test_only_who_may_add_sources_types_and_takes_back(
    sqlite_record: Record, person: Person, act: str
) -> None:
    type_in(sqlite_record, begin(sqlite_record), "The bus.")

    with pytest.raises(NotAllowedError), sqlite_record.writing() as session:
        ACTS[act](session, person)


def test_nothing_is_typed_into_a_source_that_came_as_a_file(sqlite_record: Record) -> None:
    begin(sqlite_record)
    with sqlite_record.writing() as session:
        files = [("notes.txt", b"The bus is late.")]
        (saved,) = import_files(session, FACILITATOR, 1, files, SourceKind.FOCUS_GROUP)

    with pytest.raises(NotFoundError, match="Nothing can be typed in here"):
        type_in(sqlite_record, saved.source_id, "The bus.")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.text(min_size=1, max_size=60), min_size=1, max_size=6))
def test_whatever_is_typed_reads_back_from_the_sheet_to_the_letter(typed: list[str]) -> None:
    kept = [check_words(each) for each in (UNKEPT.sub("", text) for text in typed) if each.strip()]
    sheet = start_sheet(utc_now(), "Amina", "You may; use | what, I\tsay")
    for words in kept:
        sheet = add_row(sheet, SheetRow(utc_now(), "Amina", words, area="A;B"))

    (rows,) = read_csv(sheet).sheets

    at = rows.rows[0].index(WORDS)
    assert rows.name == PART
    assert [row[at] for row in rows.rows[2:]] == kept
