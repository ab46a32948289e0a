"""Voices that came in twice: shown side by side, decided by people, never dropped."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from benchmarks.duplicates import measure_pairs, read_cases
from engagement.answer.ledger import VoiceState, count_ledger
from engagement.answer.parked import list_parked_reasons
from engagement.answer.voice_rows import list_voice_rows
from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.jobs import claim_job, get_job_or_raise
from engagement.listen.details import SourceDetails
from engagement.listen.duplicates.comparing import mark_differences, measure_likeness, read_words
from engagement.listen.duplicates.deciding import decide_alike, list_decisions, take_back_decision
from engagement.listen.duplicates.equal_words import find_equal, get_place
from engagement.listen.duplicates.finding import find_like
from engagement.listen.duplicates.searches import (
    AlikeGroup,
    ask_for_duplicates,
    get_newest_search,
    list_alike,
)
from engagement.listen.importing import Upload, import_files, save_uploads
from engagement.listen.mapping import Mapping
from engagement.listen.preview import preview_import
from engagement.listen.reading import read_upload
from engagement.listen.verify import verify_voices
from engagement.listen.voices import bring_back_voice, list_texts, list_voices, withdraw_voice
from engagement.worker import do_job
from engagement.workshop.boards import list_stamps, open_board
from engagement.workshop.state import read_state
from models.database import Record
from models.decisions import Decision
from models.duplicates import Verdict
from models.jobs import JobStatus
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER

CARDS = (
    b"Dropped kerbs, that is all I ask for on Melton Road.\n"
    b"A warm room on a Sunday would be something.\n"
    b"dropped kerbs that's all I ask for on Melton road\n"
    b"The buses.\nThe buses.\n"
)
WHY = "the same card was typed twice"


@pytest.fixture
def engagement_id(record: Record) -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("cards.txt", CARDS)], SourceKind.EVENT)
    return engagement_id


def look(record: Record, engagement_id: int) -> tuple[AlikeGroup, ...]:
    with record.writing() as session:
        job_id = ask_for_duplicates(session, FACILITATOR, engagement_id)
        claim_job(session)
    do_job(record, job_id)
    with record.reading() as session:
        job = get_job_or_raise(session, job_id)
        assert (job.status, job.error) == (JobStatus.DONE, "")
        return list_alike(session, FACILITATOR, engagement_id)


def list_ids(record: Record, engagement_id: int) -> list[int]:
    with record.reading() as session:
        return [voice.id for voice in list_voices(session, VIEWER, engagement_id)]


def decide(record: Record, voice_ids: list[int], verdict: Verdict, why: str = WHY) -> int:
    with record.writing() as session:
        return decide_alike(session, FACILITATOR, voice_ids, verdict, why)


def test_most_kept_pairs_are_found_and_hardly_any_other() -> None:
    cases = [case for case in read_cases() if case.is_kept]

    score = measure_pairs(cases, [])

    assert score.n_right >= 0.85 * score.n_same
    assert score.n_right >= 0.85 * score.n_found


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("The bus is reliable and friendly.", "The bus is not reliable and friendly."),
        ("I pay £4 for a taxi to the clinic.", "I pay £14 for a taxi to the clinic."),
        ("More buses in Belgrave at night, please.", "More buses in Evington at night, please."),
        ("The nurse explained it well to me.", "Nothing in common whatever."),
        ("ਅਸੀਂ ਹਰ ਸ਼ੁੱਕਰਵਾਰ ਪਾਰਕ ਵਿੱਚ ਮਿਲਦੇ ਹਾਂ", "ਅਸੀਂ ਹਰ ਸੋਮਵਾਰ ਘਰ ਵਿੱਚ ਰਹਿੰਦੇ ਹਾਂ"),
    ],
)
def test_two_people_who_say_two_things_are_not_taken_for_one(first: str, other: str) -> None:
    assert find_like([first, other]).groups == ()


def test_the_same_words_a_thousand_times_are_one_group_and_short_answers_none() -> None:
    texts = ["I object to the closure of Abbey Baths."] * 1_000 + ["the buses"] * 5 + ["", "."]

    found = find_like(texts)

    assert [(group.first, len(group.others)) for group in found.groups] == [(0, 999)]
    assert found.n_short == 4


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_texts_can_be_compared_and_nothing_is_alike_with_itself(texts: list[str]) -> None:
    found = find_like(texts)

    others = [place for group in found.groups for place, _ in group.others]
    assert len(others) == len(set(others))
    assert not {group.first for group in found.groups} & set(others)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_has_two_ends_and_marked_pieces_are_the_words_themselves(first: str, other: str) -> None:
    own, others = mark_differences(first, other)

    assert "".join(text for text, _ in own) == first
    assert "".join(text for text, _ in others) == other
    assert 0 <= measure_likeness(read_words(first), read_words(other)) <= 1
    assert measure_likeness(read_words(first), read_words(first)) == 1


def test_cards_typed_twice_are_found_and_nothing_is_left_out_by_itself(
    record: Record, engagement_id: int
) -> None:
    first, _, again, *_ = list_ids(record, engagement_id)

    (group,) = look(record, engagement_id)

    assert (group.first, group.others) == (first, (again,))
    with record.reading() as session:
        search = get_newest_search(session, FACILITATOR, engagement_id)
        assert search is not None
        assert (search.n_voices, search.n_short, search.n_since) == (5, 1, 0)
        assert len(list_texts(session, engagement_id)) == 5


def test_a_voice_that_is_counted_once_stays_in_the_record_and_leaves_boards_themes_and_counts(
    record: Record, engagement_id: int
) -> None:
    first, _, again, *_ = list_ids(record, engagement_id)
    with record.writing() as session:
        board = open_board(session, FACILITATOR, engagement_id, "Workshop 1")
        before = list_stamps(session, [board])[board]

    decision_id = decide(record, [first, again], Verdict.COUNT_ONCE)

    with record.reading() as session:
        voices = {voice.id: voice for voice in list_voices(session, VIEWER, engagement_id)}
        assert voices[again].text == "dropped kerbs that's all I ask for on Melton road"
        assert voices[again].counts_with_id == first
        assert again not in [card["id"] for card in read_state(session, VIEWER, board)["cards"]]
        assert again not in [each.voice_id for each in list_texts(session, engagement_id)]
        assert list_stamps(session, [board])[board] != before, "an open board is told to read itself again"
        ledger = count_ledger(session, engagement_id)
        assert (ledger.parked, ledger.unplaced, ledger.total) == (1, 4, 5)
        assert ledger.adds_up
        (reason,) = list_parked_reasons(session, VIEWER, engagement_id)
        assert (reason.reason, reason.n_voices) == ("counted once: the same as another voice", 1)
        (row,) = list_voice_rows(session, engagement_id, [again])
        assert (row.state, row.theme_id, row.text) == (VoiceState.PARKED, None, voices[again].text)
        assert verify_voices(session, engagement_id) == ()
    with record.writing() as session:
        take_back_decision(session, FACILITATOR, decision_id)
    with record.reading() as session:
        assert len(list_texts(session, engagement_id)) == 5
        assert list_decisions(session, FACILITATOR, engagement_id) == ()
        kinds = session.scalars(select(Decision.kind).order_by(Decision.seq.desc()).limit(2)).all()
        assert kinds == ["took back what was decided about voices that are alike", "counted voices once"]
        assert "kerbs" not in repr([each.details for each in session.scalars(select(Decision))])
        assert find_broken_decision(session) is None


def test_what_is_decided_is_not_asked_again_until_another_one_comes_in(
    record: Record, engagement_id: int
) -> None:
    (group,) = look(record, engagement_id)
    decide(record, [group.first, *group.others], Verdict.ALL_COUNT)

    assert look(record, engagement_id) == ()
    with record.writing() as session:
        more = b"Dropped kerbs that is all I ask for on Melton Road!"
        import_files(session, FACILITATOR, engagement_id, [("more.txt", more)], SourceKind.LETTER)
    with record.reading() as session:
        search = get_newest_search(session, FACILITATOR, engagement_id)
        assert search is not None
        assert search.n_since == 1
    (group,) = look(record, engagement_id)
    assert group.others == (list_ids(record, engagement_id)[-1],)


def test_who_withdraws_one_of_two_that_are_counted_once_withdraws_both(
    record: Record, engagement_id: int
) -> None:
    first, _, again, *_ = list_ids(record, engagement_id)
    decide(record, [first, again], Verdict.COUNT_ONCE)

    for withdrawn in (first, again):
        with record.writing() as session:
            withdraw_voice(session, FACILITATOR, withdrawn, "asked by phone")
        with record.reading() as session:
            gone = [voice.id for voice in list_voices(session, VIEWER, engagement_id) if voice.is_withdrawn]
            assert gone == [first, again]
            assert count_ledger(session, engagement_id).adds_up
        with record.writing() as session:
            bring_back_voice(session, FACILITATOR, withdrawn)
        with record.reading() as session:
            assert not any(voice.is_withdrawn for voice in list_voices(session, VIEWER, engagement_id))


def test_counting_once_needs_a_reason_and_a_voice_counts_with_one_other_only(
    record: Record, engagement_id: int
) -> None:
    first, second, again, *_ = list_ids(record, engagement_id)
    with record.writing() as session:
        with pytest.raises(EngagementError, match="for a reason"):
            decide_alike(session, FACILITATOR, [first, again], Verdict.COUNT_ONCE, "  ")
        with pytest.raises(EngagementError, match="at least two voices"):
            decide_alike(session, FACILITATOR, [first, first], Verdict.ALL_COUNT)
    decision_id = decide(record, [first, again], Verdict.COUNT_ONCE)
    with record.writing() as session:
        for voice_ids in ([second, again], [again, second]):
            with pytest.raises(ConflictError, match="counts with another voice already"):
                decide_alike(session, FACILITATOR, voice_ids, Verdict.COUNT_ONCE, WHY)
        take_back_decision(session, FACILITATOR, decision_id)
        with pytest.raises(ConflictError, match="undone already"):
            take_back_decision(session, FACILITATOR, decision_id)


@pytest.mark.parametrize("person", [VIEWER, LEAD])
def test_only_those_who_add_sources_compare_and_decide(record: Record, engagement_id: int, person) -> None:
    first, _, again, *_ = list_ids(record, engagement_id)
    with record.writing() as session:
        for refused in (
            lambda: ask_for_duplicates(session, person, engagement_id),
            lambda: list_alike(session, person, engagement_id),
            lambda: decide_alike(session, person, [first, again], Verdict.ALL_COUNT),
            lambda: take_back_decision(session, person, 1),
        ):
            with pytest.raises(NotAllowedError):
                refused()


def test_words_said_before_are_told_before_the_save_and_counted_once_where_somebody_says_so(
    record: Record, engagement_id: int
) -> None:
    content = b"A WARM room on a  Sunday would be something.\nBenches.\nBenches."
    contents = read_upload("more.txt", content)
    preview = preview_import(contents, Mapping())
    with record.reading() as session:
        warm, bench = find_equal(session, FACILITATOR, engagement_id, "More cards", preview.voices)
    assert (warm.where, warm.other_where, warm.is_in_record) == ("More cards, line 1", "Cards, line 2", True)
    assert (bench.where, bench.other_where, bench.is_in_record) == (
        "More cards, line 3",
        "More cards, line 2",
        False,
    )

    chosen = ((warm.place, WHY), (bench.place, WHY))
    upload = Upload("more.txt", content, contents, SourceDetails("More cards"), Mapping(), chosen)
    with record.writing() as session:
        (saved,) = save_uploads(session, FACILITATOR, engagement_id, [upload])

    assert (saved.n_voices, saved.n_counted_once) == (3, 2)
    assert get_place(preview.voices[0]) == warm.place
    ids = list_ids(record, engagement_id)
    with record.reading() as session:
        counted = {voice.id: voice.counts_with_id for voice in list_voices(session, VIEWER, engagement_id)}
        assert (counted[ids[5]], counted[ids[6]], counted[ids[7]]) == (ids[1], None, ids[6])
        assert len(list_decisions(session, FACILITATOR, engagement_id)) == 2
