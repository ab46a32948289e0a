"""Whatever people do, in whatever order, every voice is in exactly one state and the ledger adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.answer.ledger import VoiceState, count_ledger, count_ledger_by_source
from engagement.answer.voice_rows import list_voice_rows
from engagement.errors import EngagementError
from engagement.listen.voices import bring_back_voice, withdraw_voice
from engagement.plan.priorities import bring_back_priority, choose_priority, dissolve_priority
from engagement.plan.referrals import pass_on_theme, take_back_referral
from engagement.workshop.boards import make_board_count, open_board
from engagement.workshop.moves import apply_move
from models.database import Record
from models.plan import Priority, PriorityTheme, Referral, ReferralVoice
from models.voices import Voice, Withdrawal
from models.workshops import Placement, Theme, Workshop
from tests.builders import FACILITATOR
from tests.plan.states import TODAY, Board, add_board, add_source_without_consent, describe_priority

ACTS = (
    "move", "unplace", "park", "merge", "unmerge", "remove_theme", "add_theme", "undo", "redo",
    "choose", "dissolve", "bring_back", "refer", "take_back", "withdraw", "bring_back_voice", "other_board",
)  # fmt: skip
numbered = count(1)


def pick(session: Session, column, number: int, *where) -> int:
    ids = list(session.scalars(select(column).where(*where).order_by(column)))
    if not ids:
        raise EngagementError("There is nothing to choose from. Do something else.")
    return ids[number % len(ids)]


def find_counting(session: Session, board: Board) -> int:
    return session.scalars(
        select(Workshop.id).where(Workshop.engagement_id == board.engagement_id, Workshop.counts)
    ).one()


def move_on_board(session: Session, board: Board, act: str, a: int, b: int) -> None:
    workshop_id = find_counting(session, board)
    theme = lambda number: pick(session, Theme.id, number, Theme.workshop_id == workshop_id)  # noqa: E731
    voices = [pick(session, Voice.id, a, Voice.engagement_id == board.engagement_id)]
    asked: dict[str, Callable[[], dict[str, object]]] = {
        "move": lambda: {"kind": "move", "voices": voices, "to": theme(b)},
        "unplace": lambda: {"kind": "move", "voices": voices, "to": None},
        "park": lambda: {"kind": "park", "voices": voices, "reason": "A thank you"},
        "merge": lambda: {"kind": "merge", "theme": theme(a), "into": theme(b)},
        "unmerge": lambda: {"kind": "unmerge", "theme": theme(a)},
        "remove_theme": lambda: {"kind": "remove_theme", "theme": theme(a)},
        "add_theme": lambda: {"kind": "add_theme", "name": f"Theme {next(numbered)}", "voices": voices},
        "undo": lambda: {"kind": "undo"},
        "redo": lambda: {"kind": "redo"},
    }
    saw = session.get_one(Workshop, workshop_id).last_seq
    apply_move(session, FACILITATOR, workshop_id, {"op": f"op{next(numbered)}", "saw": saw, **asked[act]()})


def act_on_plan(session: Session, board: Board, act: str, a: int, b: int) -> None:
    here = board.engagement_id
    if act == "choose":
        themes = sorted(
            {pick(session, Theme.id, n, Theme.workshop_id == find_counting(session, board)) for n in (a, b)}
        )
        choose_priority(session, FACILITATOR, here, themes, describe_priority())
    elif act == "dissolve":
        dissolve_priority(session, FACILITATOR, pick(session, Priority.id, a, Priority.engagement_id == here))
    elif act == "bring_back":
        bring_back_priority(
            session, FACILITATOR, pick(session, Priority.id, a, Priority.engagement_id == here)
        )
    elif act == "refer":
        theme = pick(session, Theme.id, a, Theme.workshop_id == find_counting(session, board))
        pass_on_theme(session, FACILITATOR, here, theme, recipient=f"Trust {b % 2}", sent_on=TODAY)
    else:
        referral = session.get_one(Referral, pick(session, Referral.id, a, Referral.engagement_id == here))
        take_back_referral(session, FACILITATOR, referral.id, saw_version=referral.version)


def do_act(session: Session, board: Board, act: str, a: int, b: int) -> None:
    here = board.engagement_id
    if act in ("withdraw", "bring_back_voice"):
        voice_id = pick(session, Voice.id, a, Voice.engagement_id == here)
        if act == "withdraw":
            withdraw_voice(session, FACILITATOR, voice_id, "asked by phone")
        else:
            bring_back_voice(session, FACILITATOR, voice_id)
    elif act == "other_board":
        workshop_id = pick(session, Workshop.id, a, Workshop.engagement_id == here)
        make_board_count(session, FACILITATOR, workshop_id)
    elif act in ("choose", "dissolve", "bring_back", "refer", "take_back"):
        act_on_plan(session, board, act, a, b)
    else:
        move_on_board(session, board, act, a, b)


def work_out_states(session: Session, board: Board) -> dict[int, str]:
    """Work out every voice's state row by row, as the rule is written, without the ledger's query."""
    counting = find_counting(session, board)
    merged = {row.id: row.merged_into_id for row in session.execute(select(Theme.id, Theme.merged_into_id))}
    placed = {
        each.voice_id: each
        for each in session.scalars(select(Placement).where(Placement.workshop_id == counting))
    }
    chosen = {find_root(merged, each) for each in session.scalars(select(PriorityTheme.theme_id))}
    sent = select(ReferralVoice.voice_id).join(Referral).where(Referral.taken_back_at.is_(None))
    referred, withdrawn = set(session.scalars(sent)), set(session.scalars(select(Withdrawal.voice_id)))
    states = {}
    for voice_id in session.scalars(select(Voice.id).where(Voice.engagement_id == board.engagement_id)):
        place = placed.get(voice_id)
        theme_id = find_root(merged, place.theme_id) if place and place.theme_id else None
        if voice_id in withdrawn:
            states[voice_id] = "withdrawn"
        elif theme_id in chosen:
            states[voice_id] = "in a priority"
        elif voice_id in referred:
            states[voice_id] = "referred"
        elif place and place.parked_reason is not None:
            states[voice_id] = "parked"
        else:
            states[voice_id] = "themed" if theme_id else "not yet themed"
    return states


def find_root(merged: dict[int, int | None], theme_id: int) -> int:
    above = merged[theme_id]
    return theme_id if above is None else find_root(merged, above)


def check_ledger(session: Session, board: Board) -> None:
    ledger = count_ledger(session, board.engagement_id)
    rows = list_voice_rows(session, board.engagement_id)
    by_source = count_ledger_by_source(session, board.engagement_id)
    expected = work_out_states(session, board)

    assert ledger.adds_up
    assert {row.id: row.state.value for row in rows} == expected
    assert len(rows) == ledger.total == len(expected)
    counted = {state.value: getattr(ledger, state.name.lower()) for state in VoiceState}
    assert Counter(counted) == Counter(expected.values())
    assert sum(each.ledger.added_up for each in by_source) == ledger.total


def try_acts(record: Record, board: Board, acts: Sequence[tuple[str, int, int]]) -> int:
    n_done = 0
    for act, a, b in acts:
        try:
            with record.writing() as session:
                do_act(session, board, act, a, b)
            n_done += 1
        except EngagementError:
            pass
        with record.reading() as session:
            check_ledger(session, board)
    return n_done


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 20), st.integers(0, 20)), min_size=6, max_size=12
    )
)
def test_ledger_adds_up_after_any_sequence_of_acts(
    sqlite_record: Record, acts: list[tuple[str, int, int]]
) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session, engagement=f"Engagement {next(numbered)}")
        session.flush()
        open_board(session, FACILITATOR, board.engagement_id, "Workshop 2")

    try_acts(sqlite_record, board, acts)


def test_acts_of_the_property_are_really_done(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_source_without_consent(session, board, "Between us.", "Being alone")
    acts = [
        ("choose", 0, 0), ("merge", 0, 1), ("refer", 2, 0), ("move", 4, 1), ("undo", 0, 0), ("redo", 0, 0),
        ("withdraw", 0, 0), ("park", 6, 0), ("unmerge", 0, 0), ("bring_back_voice", 0, 0),
        ("take_back", 0, 0), ("dissolve", 0, 0), ("bring_back", 0, 0), ("add_theme", 3, 0),
        ("unplace", 3, 0), ("remove_theme", 2, 0),
    ]  # fmt: skip

    assert try_acts(record, board, acts) == len(acts)
