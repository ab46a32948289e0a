"""The language of a voice is guessed with care, and its translation stands beside it, never in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engagement import web
from engagement.answer.finding import NOT_SURE, Asked, find_voices
from engagement.checks import check_record
from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.listen.importing import import_files
from engagement.listen.languages import find_language, guess_language, name_language
from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import count_marks, cover_by_hand, list_marks
from engagement.listen.translating import (
    count_languages,
    list_translations,
    set_language,
    undo_translation,
    write_translation,
)
from engagement.listen.voices import VoiceQuery, VoiceView, get_voice_or_raise, list_texts, list_voices
from engagement.workshop.boards import list_stamps
from models.database import Record
from models.personal_data import MarkState
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import Board, add_board

TEXTS = Path(web.__file__).parent / "texts"
POLISH = "Jestem sama i nikt do mnie nie przychodzi od piątku"
URDU = "میں اکیلی ہوں اور شام کو کوئی بھی مجھ سے بات نہیں کرتا"
SHORT = "GP wifi"
NOTES = f"{POLISH}\n{URDU}\n{SHORT}\nThe bus stops at six so I stay in\n"


@pytest.fixture
def heard_id(record: Record) -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        files = [("notes.txt", NOTES.encode())]
        import_files(session, FACILITATOR, engagement_id, files, SourceKind.FOCUS_GROUP)
    return engagement_id


def read_voice(record: Record, heard_id: int, text: str) -> VoiceView:
    with record.reading() as session:
        return next(each for each in list_voices(session, VIEWER, heard_id) if each.text == text)


def test_the_two_languages_of_the_ethiopic_script_are_told_apart() -> None:
    assert [find_language(text) for text in ("ኣውቶቡስ ኩሉ ግዜ ይድንጕ", "አውቶቡሱ ሁልጊዜ ይዘገያል")] == ["ti", "am"]
    assert name_language("ti") == "Tigrinya"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (POLISH, "pl"),
        (URDU, "ur"),
        ("The bus is late and nobody tells us", "en"),
        ("Waan keligey ahay, qofna ima yimaado habeenkii", "so"),
        ("બસ નથી", "gu"),
        ("Parking", ""),
        ("Chai and samosas", ""),
        ("n/a", ""),
        ("12345 67890 !!!", ""),
        ("", ""),
    ],
)
def test_a_language_is_guessed_or_left_open(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("language", ["cy", "gu", "pa", "pl", "tr"])
def test_no_sentence_of_the_seats_is_taken_for_another_language(language: str) -> None:
    said = json.loads((TEXTS / f"{language}.json").read_text(encoding="utf-8"))
    sentences = [each for each in list_strings(said) if sum(letter.isalpha() for letter in each) >= 20]

    guessed = [guess_language(each) for each in sentences]

    assert set(guessed) <= {language, ""}
    assert guessed.count(language) > 0.8 * len(guessed)


def list_strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in list_strings(inner)]
    return [value] if isinstance(value, str) else []


def test_voices_come_with_a_hint_and_are_found_by_it(record: Record, heard_id: int) -> None:
    with record.reading() as session:
        voices = list_voices(session, VIEWER, heard_id)
        counted = count_languages(session, VIEWER, heard_id)
        polish = find_voices(session, VIEWER, heard_id, Asked(language="pl"), limit=9)
        unsure = find_voices(session, VIEWER, heard_id, Asked(language=NOT_SURE), limit=9)

    assert [(each.language, each.is_hint) for each in voices] == [
        ("pl", True),
        ("ur", True),
        ("", False),
        ("en", True),
    ]
    assert counted == {"": 1, "en": 1, "pl": 1, "ur": 1}
    assert [each.text for each in polish.voices] == [POLISH]
    assert [each.text for each in unsure.voices] == [SHORT]
    assert (name_language("ur"), name_language("xx"), name_language("")) == ("Urdu", "xx", "not sure")


def test_a_facilitator_puts_a_language_right(record: Record, heard_id: int) -> None:
    voice = read_voice(record, heard_id, SHORT)
    with record.writing() as session:
        set_language(session, FACILITATOR, voice.id, "cy")
    with record.reading() as session:
        found = list_voices(session, VIEWER, heard_id, VoiceQuery(language="cy"))

    assert [(each.id, each.is_hint) for each in found] == [(voice.id, False)]
    with record.writing() as session, pytest.raises(EngagementError, match="no language of the list"):
        set_language(session, FACILITATOR, voice.id, "tlh")


def test_a_translation_stands_beside_the_words_with_its_history(record: Record, heard_id: int) -> None:
    voice = read_voice(record, heard_id, POLISH)
    for text in ("I am alone and nobody comes", "I'm alone, and nobody has come since Friday"):
        with record.writing() as session:
            write_translation(session, FACILITATOR, voice.id, text)

    after = read_voice(record, heard_id, POLISH)
    with record.reading() as session:
        history = list_translations(session, VIEWER, voice.id)
        themed = {each.voice_id: each.text for each in list_texts(session, heard_id)}
        found = list_voices(session, VIEWER, heard_id, VoiceQuery("since friday"))
        assert find_broken_decision(session) is None
    assert (after.text, after.translation) == (POLISH, "I'm alone, and nobody has come since Friday")
    assert [(each.text, each.written_by) for each in history] == [
        ("I'm alone, and nobody has come since Friday", FACILITATOR.name),
        ("I am alone and nobody comes", FACILITATOR.name),
    ]
    assert themed[voice.id] == after.translation
    assert [each.id for each in found] == [voice.id]
    assert check_record(record) == ()


def test_a_translation_is_taken_back_to_the_one_before_and_to_none(record: Record, heard_id: int) -> None:
    voice = read_voice(record, heard_id, POLISH)
    with record.writing() as session:
        write_translation(session, FACILITATOR, voice.id, "I am alone")
        undo_translation(session, FACILITATOR, voice.id)
    assert read_voice(record, heard_id, POLISH).translation == ""

    with record.writing() as session:
        undo_translation(session, FACILITATOR, voice.id)
        assert len(list_translations(session, VIEWER, voice.id)) == 3
    assert read_voice(record, heard_id, POLISH).translation == "I am alone"


def test_a_translation_needs_a_facilitator_a_voice_and_something_new(record: Record, heard_id: int) -> None:
    voice = read_voice(record, heard_id, POLISH)
    with record.writing() as session:
        with pytest.raises(NotAllowedError):
            write_translation(session, LEAD, voice.id, "I am alone")
        with pytest.raises(NotFoundError):
            write_translation(session, FACILITATOR, 4_000, "I am alone")
        with pytest.raises(EngagementError, match="20,001 characters"):
            write_translation(session, FACILITATOR, voice.id, "x" * 20_001)
        with pytest.raises(ConflictError, match="nothing to take back"):
            undo_translation(session, FACILITATOR, voice.id)
        write_translation(session, FACILITATOR, voice.id, "I am alone")
        with pytest.raises(ConflictError, match="says this already"):
            write_translation(session, FACILITATOR, voice.id, " I am alone ")


def test_what_is_covered_stays_covered_in_a_new_translation(record: Record, heard_id: int) -> None:
    voice = read_voice(record, heard_id, POLISH)
    with record.writing() as session:
        write_translation(session, FACILITATOR, voice.id, "I am alone, says Halina, ring 07700 900123")
        cover_by_hand(session, FACILITATOR, voice.id, "Halina", HintKind.NAME, in_translation=True)
        write_translation(session, FACILITATOR, voice.id, "Halina is alone. Ring 07700 900123")
        open_marks = list_marks(session, FACILITATOR, heard_id, MarkState.OPEN)
        assert count_marks(session, VIEWER, heard_id)[MarkState.COVERED] == 1

    assert read_voice(record, heard_id, POLISH).translation == "[name] is alone. Ring 07700 900123"
    assert [each.words for each in open_marks] == ["07700 900123"]
    with record.reading() as session:
        assert list_voices(session, VIEWER, heard_id, VoiceQuery("halina")) == ()


def test_boards_are_told_of_a_translation(record: Record) -> None:
    with record.writing() as session:
        board: Board = add_board(session)
        before = list_stamps(session, [board.workshop_id])
    with record.writing() as session:
        write_translation(session, FACILITATOR, min(board.voices.values()), "In other words")

    with record.reading() as session:
        assert list_stamps(session, [board.workshop_id]) != before
        assert get_voice_or_raise(session, VIEWER, min(board.voices.values())).translation == "In other words"
