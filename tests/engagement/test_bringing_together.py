"""A board from several theming runs: one home for each voice, echoes elsewhere, origins told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engagement.answer.method_card import build_method_card
from engagement.answer.thread import ProposedHome, trace_voice
from engagement.errors import EngagementError
from engagement.theming_runs.bringing_together import Hand, bring_together
from engagement.theming_runs.dealing import deal_runs, plan_board
from engagement.theming_runs.keeping import list_runs, load_run
from engagement.theming_runs.views import CandidateView, LoadedRun
from engagement.workshop.boards import get_board_or_raise, make_board_count
from engagement.workshop.branches import make_branch
from engagement.workshop.dealt_runs import list_dealt_runs
from engagement.workshop.state import read_state
from models.database import Record
from models.decisions import Decision
from models.voices import Voice
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.engagement.test_theming_runs import add_engagement, run_job
from tests.theming.made_up_texts import TEXTS

LATER = "The library closes before anybody who works can reach it."
N_FIRST, N_SECOND = 4, 3


def make_hand(run_id: int, **themes: tuple[int, ...]) -> Hand:
    shown = tuple(
        CandidateView(node, label, (), 0.9, voices[:1], voices, ())
        for node, (label, voices) in enumerate(themes.items())
    )
    return Hand(run_id, len(shown), shown)


def test_the_run_that_was_chosen_first_gives_a_voice_its_home() -> None:
    first, second = make_hand(7, Buses=(1, 2), Kerbs=(3,)), make_hand(3, Getting=(2, 3, 4))

    plan = bring_together([first, second], {1, 2, 3, 4, 5})

    assert [(each.name, each.voice_ids, each.echo_ids) for each in plan.themes] == [
        ("Buses", (1, 2), ()),
        ("Kerbs", (3,), ()),
        ("Getting", (4,), (2, 3)),
    ]
    assert (plan.n_voices, plan.n_at_home, plan.n_unplaced, plan.n_in_several) == (5, 4, 1, 2)


def test_themes_of_one_name_are_told_apart() -> None:
    plan = bring_together(
        [make_hand(1, Buses=(1,)), make_hand(2, Buses=(2,)), make_hand(3, buses=(1,))], {1, 2}
    )

    assert [each.name for each in plan.themes] == ["Buses", "Buses (2)", "buses (3)"]


def test_a_voice_that_was_withdrawn_is_not_planned() -> None:
    plan = bring_together([make_hand(1, Buses=(1, 2))], {2, 3})

    assert (plan.themes[0].voice_ids, plan.n_voices, plan.n_unplaced) == ((2,), 2, 1)


def test_without_a_run_the_plan_is_empty() -> None:
    plan = bring_together([], {1, 2})

    assert (plan.themes, plan.n_voices, plan.n_unplaced, plan.n_in_several) == ((), 2, 2, 0)


def test_a_run_is_chosen_once() -> None:
    with pytest.raises(EngagementError, match="chosen twice"):
        bring_together([make_hand(1, Buses=(1,)), make_hand(1, Kerbs=(1,))], {1})


def add_two_runs(record: Record) -> int:
    """Theme the voices, let one more come in, and theme them again."""
    engagement_id = add_engagement(record, list(TEXTS))
    run_job(record, engagement_id)
    with record.writing() as session:
        first = session.scalars(select(Voice).where(Voice.engagement_id == engagement_id)).first()
        assert first is not None
        session.add(
            Voice(
                engagement_id=engagement_id,
                source_id=first.source_id,
                position=len(TEXTS),
                text=LATER,
                part="body",
                line=len(TEXTS) + 1,
                start_at=0,
                end_at=len(LATER),
            )
        )
    run_job(record, engagement_id)
    return engagement_id


def load_both(record: Record, engagement_id: int) -> list[LoadedRun]:
    with record.reading() as session:
        return [load_run(session, VIEWER, each.id) for each in list_runs(session, VIEWER, engagement_id)]


def test_a_board_of_two_runs_holds_what_was_planned(record: Record) -> None:
    engagement_id = add_two_runs(record)
    first, second = load_both(record, engagement_id)
    chosen = [(first.view.id, N_FIRST), (second.view.id, N_SECOND)]
    with record.reading() as session:
        plan = plan_board(session, engagement_id, [(first, N_FIRST), (second, N_SECOND)])

    with record.writing() as session:
        board_id = deal_runs(session, FACILITATOR, engagement_id, chosen, "Both")

    with record.reading() as session:
        state = read_state(session, FACILITATOR, board_id)
        later_id = session.scalars(select(Voice.id).where(Voice.text == LATER)).one()
        home = trace_voice(session, VIEWER, later_id, date(2026, 11, 26)).proposed
    cards = {card["id"]: card for card in state["cards"]}
    themes = state["themes"]
    assert [theme["name"] for theme in themes] == [each.name for each in plan.themes]
    assert [theme["origin"] for theme in themes] == [1] * N_FIRST + [2] * N_SECOND
    for planned, theme in zip(plan.themes, themes, strict=True):
        assert {id for id, card in cards.items() if card["home"] == theme["id"]} == set(planned.voice_ids)
        assert {id for id, card in cards.items() if theme["id"] in card["echoes"]} == set(planned.echo_ids)
    assert plan.n_in_several == len(TEXTS)
    # Only the second run has read the voice that came later: it gives its home, and how sure it is.
    assert cards[later_id]["home"] in {theme["id"] for theme in themes[N_FIRST:]}
    assert cards[later_id]["strength"] > 0
    assert isinstance(home, ProposedHome)
    for card in cards.values():
        own_run = themes[:N_FIRST] if card["id"] != later_id else themes[N_FIRST:]
        assert set(card["near"]) <= {theme["id"] for theme in own_run}


@pytest.fixture(scope="module")
def two_runs(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, int]]:
    """A record with two theming runs of one engagement, for tests that each make a board of their own."""
    path = tmp_path_factory.mktemp("two-runs") / "record.db"
    shutil.copy(empty_sqlite, path)
    record = Record(f"sqlite:///{path}")
    yield record, add_two_runs(record)
    record.close()


def test_the_runs_of_a_board_are_kept_in_their_order_also_on_its_branch(two_runs: tuple[Record, int]) -> None:
    record, engagement_id = two_runs
    first, second = load_both(record, engagement_id)
    chosen = [(second.view.id, N_SECOND), (first.view.id, N_FIRST)]

    with record.writing() as session:
        board_id = deal_runs(session, FACILITATOR, engagement_id, chosen, "Turned round")
        branch_id = make_branch(session, FACILITATOR, board_id, "What if")

    with record.reading() as session:
        for workshop_id in (board_id, branch_id):
            board = get_board_or_raise(session, VIEWER, workshop_id)
            runs = list_dealt_runs(session, board)
            assert [(each.number, each.n_themes) for each in runs] == [(2, N_SECOND), (1, N_FIRST)]
        opened = select(Decision).where(Decision.kind == "opened board", Decision.subject_id == board_id)
        assert session.scalars(opened).one().details["runs"] == [second.view.id, first.view.id]


def test_the_method_card_of_a_further_run_finds_the_board(two_runs: tuple[Record, int]) -> None:
    record, engagement_id = two_runs
    first, second = load_both(record, engagement_id)
    chosen = [(first.view.id, N_FIRST), (second.view.id, N_SECOND)]
    with record.writing() as session:
        board_id = deal_runs(session, FACILITATOR, engagement_id, chosen, "Counts")
        make_board_count(session, FACILITATOR, board_id)

    with record.reading() as session:
        card = build_method_card(session, VIEWER, engagement_id, second.view.id)

    assert card.board is not None
    assert card.board.workshop_id == board_id
    assert len(card.candidates) == N_SECOND


def test_one_run_alone_says_no_origin(two_runs: tuple[Record, int]) -> None:
    record, engagement_id = two_runs
    run = load_both(record, engagement_id)[0]

    with record.writing() as session:
        board_id = deal_runs(session, FACILITATOR, engagement_id, [(run.view.id, N_FIRST)], "One")

    with record.reading() as session:
        state = read_state(session, FACILITATOR, board_id)
    assert [theme["origin"] for theme in state["themes"]] == [None] * N_FIRST


def test_without_a_run_every_voice_is_not_yet_placed(two_runs: tuple[Record, int]) -> None:
    record, engagement_id = two_runs

    with record.writing() as session:
        board_id = deal_runs(session, FACILITATOR, engagement_id, [], "Empty")

    with record.reading() as session:
        state = read_state(session, FACILITATOR, board_id)
    assert state["themes"] == []
    assert [card["home"] for card in state["cards"]] == [None] * (len(TEXTS) + 1)


def test_a_run_of_another_engagement_is_refused(two_runs: tuple[Record, int]) -> None:
    record, engagement_id = two_runs
    run = load_both(record, engagement_id)[0]
    with record.writing() as session:
        other_id = add_voices(session, ["Nobody knocks."], engagement="Another").id

    with pytest.raises(EngagementError, match="of another engagement"), record.writing() as session:
        deal_runs(session, FACILITATOR, other_id, [(run.view.id, N_FIRST)], "Wrong")
