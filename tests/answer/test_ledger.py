"""Every voice is in exactly one state, and the six counts make the number of voices."""

from __future__ import annotations

from sqlalchemy import event

from engagement.answer.ledger import Ledger, count_ledger, count_ledger_by_source
from engagement.plan.referrals import pass_on_theme, take_back_referral
from models.database import Record
from models.engagements import Engagement
from models.voices import Withdrawal
from models.workshops import Placement
from tests.builders import LEAD, add_voices
from tests.plan.states import TODAY, UNPLACED, Board, add_board, add_priority, add_source_without_consent

DOCTOR = "Seeing a doctor"


def add_one_of_each(session) -> Board:
    """Put a board into the record on which each state but one is somebody's."""
    board = add_board(session)
    add_priority(session, board, "Being alone")
    pass_on_theme(
        session, LEAD, board.engagement_id, board.themes[DOCTOR], recipient="The NHS", sent_on=TODAY
    )
    gone = board.voices["Dropped kerbs, that is all I ask."]
    session.add(Withdrawal(voice_id=gone, withdrawn_by="Amina"))
    add_source_without_consent(session, board, "Between us.", "Getting about")
    parked = board.voices[UNPLACED]
    session.add(Placement(workshop_id=board.workshop_id, voice_id=parked, parked_reason="A thank you"))
    session.flush()
    return board


def test_each_voice_counts_in_the_first_state_that_applies(record: Record) -> None:
    with record.writing() as session:
        board = add_one_of_each(session)

    with record.reading() as session:
        ledger = count_ledger(session, board.engagement_id)

    assert ledger == Ledger(unplaced=0, themed=2, in_priority=2, referred=2, parked=1, withdrawn=1, total=8)
    assert ledger.adds_up


def test_ledger_by_source_makes_the_same_sum(record: Record) -> None:
    with record.writing() as session:
        board = add_one_of_each(session)

    with record.reading() as session:
        whole = count_ledger(session, board.engagement_id)
        parts = count_ledger_by_source(session, board.engagement_id)

    assert [(each.title, each.ledger.total) for each in parts] == [("A letter", 1), ("Lunch club", 7)]
    assert sum(each.ledger.in_priority for each in parts) == whole.in_priority
    assert all(each.ledger.adds_up for each in parts)


def test_withdrawn_voice_is_withdrawn_whatever_else_it_was(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_priority(session, board, "Being alone")
        gone = board.voices["Nobody knocks from Friday to Monday."]
        session.add(Withdrawal(voice_id=gone, withdrawn_by="Amina"))

    with record.reading() as session:
        ledger = count_ledger(session, board.engagement_id)

    assert (ledger.withdrawn, ledger.in_priority, ledger.adds_up) == (1, 1, True)


def test_referral_taken_back_gives_its_voices_back_to_their_theme(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        sent = pass_on_theme(
            session, LEAD, board.engagement_id, board.themes[DOCTOR], recipient="The NHS", sent_on=TODAY
        )
        assert count_ledger(session, board.engagement_id).referred == 2
        take_back_referral(session, LEAD, sent.referral_id, saw_version=1)

    with record.reading() as session:
        ledger = count_ledger(session, board.engagement_id)
    assert (ledger.referred, ledger.themed, ledger.unplaced) == (0, 6, 1)


def test_ledger_is_one_query(record: Record) -> None:
    with record.writing() as session:
        board = add_one_of_each(session)
    asked: list[str] = []
    event.listen(record.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    with record.reading() as session:
        count_ledger(session, board.engagement_id)

    assert [each for each in asked if "voice" in each] == asked[-1:]


def test_ledger_of_an_engagement_without_voices_or_without_a_board_adds_up(record: Record) -> None:
    with record.writing() as session:
        empty = Engagement(name="Not begun")
        session.add(empty)
        unthemed = add_voices(session, ["One.", "Two."])
        session.flush()
        none, two = count_ledger(session, empty.id), count_ledger(session, unthemed.id)

    assert (none.total, none.adds_up) == (0, True)
    assert (two.unplaced, two.total, two.adds_up) == (2, 2, True)


def test_sum_that_does_not_add_up_is_told() -> None:
    ledger = Ledger(unplaced=1, themed=1, in_priority=0, referred=0, parked=0, withdrawn=0, total=3)

    assert not ledger.adds_up
