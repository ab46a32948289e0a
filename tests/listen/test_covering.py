"""Covering personal data: decided by people, seen nowhere by others, taken back in one act."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engagement.answer.source_lines import read_lines_around
from engagement.answer.voice_rows import list_voice_rows
from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.importing import import_files
from engagement.listen.personal_data.covering import cover_ranges, shift_range
from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import (
    MarkView,
    count_marks,
    cover_by_hand,
    decide_mark,
    list_marks,
)
from engagement.listen.verify import verify_voices
from engagement.listen.voices import VoiceQuery, list_voices, withdraw_voice
from engagement.workshop.boards import list_stamps, open_board
from engagement.workshop.state import read_state
from models.database import Record
from models.decisions import Decision
from models.personal_data import MarkState
from models.sources import SourceKind
from models.voices import Voice
from tests.builders import FACILITATOR, LEAD, VIEWER

NOTES = (
    b"Facilitator: Rowan Oakapple\nHost: Lunch club\n\n"
    b"Ring me on 07700 900123 after six.\nMy doctor is Dr Bell and she rang.\n"
    b"Nobody rang, not even Dr Bell.\nA bench by the shops.\n"
)


@pytest.fixture
def engagement_id(record: Record) -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("lunch.txt", NOTES)], SourceKind.FOCUS_GROUP)
    return engagement_id


def find_mark(record: Record, engagement_id: int, words: str, state: MarkState = MarkState.OPEN) -> MarkView:
    with record.reading() as session:
        marks = list_marks(session, FACILITATOR, engagement_id, state)
    return next(each for each in marks if each.words == words)


def decide(record: Record, mark: MarkView, state: MarkState, *, with_equal: bool = False) -> int:
    with record.writing() as session:
        return decide_mark(session, FACILITATOR, mark.id, state, with_equal=with_equal)


def list_shown(record: Record, engagement_id: int) -> list[str]:
    with record.reading() as session:
        return [voice.text for voice in list_voices(session, VIEWER, engagement_id)]


def test_an_import_marks_what_may_point_at_a_person_and_covers_nothing(
    record: Record, engagement_id: int
) -> None:
    with record.reading() as session:
        marks = list_marks(session, FACILITATOR, engagement_id, MarkState.OPEN)

    assert [(mark.kind, mark.words) for mark in marks] == [
        ("phone number", "07700 900123"),
        ("name", "Dr Bell"),
        ("name", "Dr Bell"),
    ]
    assert (marks[0].before, marks[0].after) == ("Ring me on ", " after six.")
    assert list_shown(record, engagement_id)[0] == "Ring me on 07700 900123 after six."


def test_covered_words_are_seen_nowhere_by_others_and_the_voice_stays_as_it_was_said(
    record: Record, engagement_id: int
) -> None:
    with record.writing() as session:
        board = open_board(session, FACILITATOR, engagement_id, "Workshop 1")
        before = list_stamps(session, [board])[board]
    decide(record, find_mark(record, engagement_id, "07700 900123"), MarkState.COVERED)

    shown = "Ring me on [phone number] after six."
    with record.reading() as session:
        first, second, *_ = list_voices(session, VIEWER, engagement_id)
        assert first.text == shown
        assert list_voices(session, VIEWER, engagement_id, VoiceQuery("07700")) == ()
        assert read_state(session, VIEWER, board)["cards"][0]["text"] == shown
        assert list_voice_rows(session, engagement_id)[0].text == shown
        around = read_lines_around(session, VIEWER, second.id, n_lines=9).lines
        assert "07700" not in "".join(line.before + line.words + line.after for line in around)
        assert list_stamps(session, [board])[board] != before, "an open board is told to read itself again"
        assert session.scalars(select(Voice.text).order_by(Voice.id)).first() == (
            "Ring me on 07700 900123 after six."
        )
        assert verify_voices(session, engagement_id) == ()


def test_all_undecided_places_of_the_same_words_are_decided_in_one_act(
    record: Record, engagement_id: int
) -> None:
    mark = find_mark(record, engagement_id, "Dr Bell")

    assert decide(record, mark, MarkState.COVERED, with_equal=True) == 2

    assert list_shown(record, engagement_id)[1:3] == [
        "My doctor is [name] and she rang.",
        "Nobody rang, not even [name].",
    ]


def test_a_decision_is_taken_back_and_all_of_it_is_in_the_log_without_the_words(
    record: Record, engagement_id: int
) -> None:
    mark = find_mark(record, engagement_id, "07700 900123")
    decide(record, mark, MarkState.COVERED)
    decide(record, mark, MarkState.OPEN)
    decide(record, mark, MarkState.LEFT)

    assert list_shown(record, engagement_id)[0] == "Ring me on 07700 900123 after six."
    with record.reading() as session:
        kinds = session.scalars(select(Decision.kind).order_by(Decision.seq.desc()).limit(3)).all()
        assert kinds == [
            "left words as they stand",
            "took back what was decided about personal data",
            "covered personal data",
        ]
        assert "07700" not in repr([each.details for each in session.scalars(select(Decision))])
        assert find_broken_decision(session) is None
        assert count_marks(session, VIEWER, engagement_id)[MarkState.LEFT] == 1


def test_words_that_nothing_hinted_at_are_covered_wherever_they_stand_in_a_voice(
    record: Record, engagement_id: int
) -> None:
    with record.writing() as session:
        voice = list_voices(session, FACILITATOR, engagement_id)[3]
        assert cover_by_hand(session, FACILITATOR, voice.id, " the shops ", HintKind.ADDRESS) == 1

    assert list_shown(record, engagement_id)[3] == "A bench by [street address]."
    with record.writing() as session, pytest.raises(EngagementError, match="does not stand in this voice"):
        cover_by_hand(session, FACILITATOR, voice.id, "the shop s", HintKind.ADDRESS)
    with record.writing() as session, pytest.raises(NotFoundError, match="no voice with the number"):
        cover_by_hand(session, FACILITATOR, 99_999, "the", HintKind.ADDRESS)


def test_marks_of_withdrawn_voices_are_not_shown_for_decision(record: Record, engagement_id: int) -> None:
    mark = find_mark(record, engagement_id, "07700 900123")
    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, mark.voice_id, "asked by phone")

    with record.reading() as session:
        marks = list_marks(session, FACILITATOR, engagement_id, MarkState.OPEN)
    assert mark.id not in [each.id for each in marks]


@pytest.mark.parametrize("person", [VIEWER, LEAD])
def test_only_those_who_add_sources_see_and_decide(record: Record, engagement_id: int, person) -> None:
    mark = find_mark(record, engagement_id, "07700 900123")
    with record.writing() as session:
        with pytest.raises(NotAllowedError):
            list_marks(session, person, engagement_id, MarkState.OPEN)
        with pytest.raises(NotAllowedError):
            decide_mark(session, person, mark.id, MarkState.COVERED)
        with pytest.raises(NotAllowedError):
            cover_by_hand(session, person, mark.voice_id, "Ring", HintKind.NAME)


@given(st.text("abc ", min_size=1, max_size=30), st.data())
def test_ranges_of_words_are_found_again_among_covered_ones(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = [(start, end, "name") for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    shown = cover_ranges(text, ranges)

    first, last = shift_range(start, end, ranges)

    inside = [each for each in ranges if each[0] < end and each[1] > start]
    low = min([start, *(each[0] for each in inside)])
    high = max([end, *(each[1] for each in inside)])
    moved = [(at - low, to - low, kind) for at, to, kind in inside]
    if start < end:
        assert shown[first:last] == cover_ranges(text[low:high], moved)
