"""One thread, both ways: from an action to the lines it came from, and from a voice to what was done."""

from __future__ import annotations

import pytest

from engagement.answer.ledger import VoiceState
from engagement.answer.thread import ProposedHome, trace_action, trace_priority, trace_theme, trace_voice
from engagement.errors import NotFoundError
from engagement.plan.actions import ActionDetails, add_action
from engagement.plan.named_people import NamedPerson
from engagement.plan.referrals import pass_on_theme
from engagement.workshop.moves import apply_move
from models.database import Record
from models.theming_runs import CandidateTheme, Membership, ThemingRun
from models.voices import Withdrawal
from models.workshops import Workshop
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import THEMED, TODAY, Board, add_board, add_priority

KNOCKS = THEMED["Being alone"][0]


def add_action_for(session, priority_id: int) -> int:
    return add_action(session, LEAD, priority_id, ActionDetails("Knock on doors", NamedPerson("Jo")))


def move(session, board: Board, op: str, **asked: object) -> None:
    apply_move(session, FACILITATOR, board.workshop_id, {"op": op, "saw": 0, **asked})


def test_action_leads_back_to_every_line_it_came_from(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        action_id = add_action_for(session, add_priority(session, board, "Being alone", "Getting about"))

    with record.reading() as session:
        thread = trace_action(session, VIEWER, action_id, TODAY)

    assert [each.title for each in thread.actions] == ["Knock on doors"]
    assert thread.priority.title == "Loneliness"
    assert {theme.name: [v.where for v in theme.voices] for theme in thread.themes} == {
        "Getting about": ["Lunch club, line 1", "Lunch club, line 2"],
        "Being alone": ["Lunch club, line 3", "Lunch club, line 4"],
    }


def test_voice_leads_forward_to_its_theme_priority_and_actions(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_action_for(session, add_priority(session, board, "Being alone"))

    with record.reading() as session:
        thread = trace_voice(session, VIEWER, board.voices[KNOCKS], TODAY)

    assert (thread.voice.text, thread.voice.where) == (KNOCKS, "Lunch club, line 3")
    assert (thread.voice.theme_name, thread.voice.state) == ("Being alone", VoiceState.IN_PRIORITY)
    assert thread.priority is not None
    assert [each.title for each in thread.actions] == ["Knock on doors"]


def test_voice_that_was_passed_on_leads_to_its_referral(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        doctor = board.themes["Seeing a doctor"]
        pass_on_theme(session, LEAD, board.engagement_id, doctor, recipient="The NHS", sent_on=TODAY)

    with record.reading() as session:
        passed_on = trace_voice(session, VIEWER, board.voices["I gave up ringing."], TODAY)
        other = trace_voice(session, VIEWER, board.voices[KNOCKS], TODAY)

    assert [each.recipient for each in passed_on.referrals] == ["The NHS"]
    assert passed_on.voice.referred_to == ("The NHS",)
    assert (other.referrals, other.priority, other.actions) == ((), None, ())


def test_voice_tells_its_moves_on_the_board_in_words(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        voice_id, other = board.voices[KNOCKS], board.voices["I gave up ringing."]
        move(session, board, "a", kind="move", voices=[voice_id], to=board.themes["Getting about"])
        move(session, board, "b", kind="move", voices=[other], to=None)
        move(session, board, "c", kind="rename", theme=board.themes["Getting about"], name="Out and about")
        move(session, board, "d", kind="rename", theme=board.themes["Seeing a doctor"], name="GPs")

    with record.reading() as session:
        moves = trace_voice(session, VIEWER, voice_id, TODAY).moves

    assert len(moves) == 2
    assert moves[0].said.startswith("Amina Facilitator moved")
    assert "Getting about" in moves[0].said
    assert "Out and about" in moves[1].said


def test_voice_tells_where_the_machine_had_put_it(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        run = ThemingRun(
            engagement_id=board.engagement_id,
            chosen_n=3,
            n_voices=7,
            n_set_aside=0,
            card={},
            result=b"",
            made_by="Amina",
        )
        session.add(run)
        session.flush()
        workshop = session.get_one(Workshop, board.workshop_id)
        workshop.run_id, workshop.n_themes = run.id, 3
        candidate = CandidateTheme(
            run_id=run.id, node=12, label="Doors and neighbours", keywords=[], size=2, stability=0.9
        )
        member = Membership(
            run_id=run.id,
            n_themes=3,
            voice_id=board.voices[KNOCKS],
            node=12,
            strength=0.75,
            alternatives=[],
        )
        session.add_all([candidate, member])

    with record.reading() as session:
        thread = trace_voice(session, VIEWER, board.voices[KNOCKS], TODAY)

    assert thread.proposed == ProposedHome("Doors and neighbours", 0.75)


def test_withdrawn_voice_keeps_its_place_and_loses_its_words(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        session.add(Withdrawal(voice_id=board.voices[KNOCKS], withdrawn_by="Amina"))

    with record.reading() as session:
        voice = trace_voice(session, VIEWER, board.voices[KNOCKS], TODAY).voice

    assert (voice.text, voice.state, voice.where) == ("", VoiceState.WITHDRAWN, "Lunch club, line 3")


def test_theme_leads_both_ways(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_action_for(session, add_priority(session, board, "Being alone"))

    with record.reading() as session:
        thread = trace_theme(session, VIEWER, board.themes["Being alone"], TODAY)
        free = trace_theme(session, VIEWER, board.themes["Getting about"], TODAY)

    assert [each.text for each in thread.theme.voices] == list(THEMED["Being alone"])
    assert [each.title for each in thread.actions] == ["Knock on doors"]
    assert free.priority is None


@pytest.mark.parametrize("trace", [trace_voice, trace_theme, trace_action, trace_priority])
def test_what_is_not_there_is_said_plainly(sqlite_record: Record, trace) -> None:
    with pytest.raises(NotFoundError, match=r"There is no .* 77"), sqlite_record.reading() as session:
        trace(session, VIEWER, 77, TODAY)
