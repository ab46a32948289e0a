"""The board at any event, worked out from the record, is the board as it was."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest

from engagement.errors import EngagementError, NotFoundError
from engagement.workshop import replay
from engagement.workshop.images import BoardImages
from engagement.workshop.replay import list_steps, read_board_at
from tests.builders import VIEWER
from tests.workshop.conftest import Table
from tests.workshop.test_undo import KINDS, PEOPLE, ask_for

Stand = tuple[dict[int, tuple[Any, ...]], dict[int, tuple[Any, ...]]]


def stand(state: dict[str, Any]) -> Stand:
    """Where everything stands on a board as pages read it; cards that are nowhere are left out."""
    cards = {
        card["id"]: (card["home"], card["parked"], tuple(card["echoes"]))
        for card in state["cards"]
        if card["home"] or card["parked"] or card["echoes"]
    }
    themes = {
        theme["id"]: (theme["name"], theme["position"], theme["merged_into"]) for theme in state["themes"]
    }
    return cards, themes


def stand_of(images: BoardImages) -> Stand:
    """The same of the board at an event."""
    cards = {
        card.id: (card.home, card.parked, card.echoes)
        for card in images.cards
        if card.home or card.parked or card.echoes
    }
    themes = {
        theme.id: (theme.name, theme.position, theme.merged_into)
        for theme in images.themes
        if not theme.removed
    }
    return cards, themes


def play(table: Table, n_moves: int, seed: int) -> list[Stand]:
    """Make random moves, and keep how the board stood before the first and after each."""
    dice = random.Random(seed)
    state = table.look()
    kept = [stand(state)]
    while state["seq"] < n_moves:
        kind, voices = dice.choice(KINDS), dice.sample(range(8), 2)
        drawn = (None, kind, voices, dice.randint(0, 11), dice.randint(0, 11), dice.random() < 0.7)
        with contextlib.suppress(EngagementError):
            table.move(kind, by=dice.choice(PEOPLE), saw=state["seq"], **ask_for(table, state, drawn))
            state = table.look()
            kept.append(stand(state))
    return kept


def test_the_board_at_every_event_is_the_board_as_it_was(table: Table) -> None:
    kept = play(table, 25, seed=614)

    with table.record.reading() as session:
        found = [stand_of(read_board_at(session, VIEWER, table.workshop_id, seq)) for seq in range(26)]

    assert found == kept


def test_steps_lead_from_the_board_as_dealt_to_the_board_of_today_and_back(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "MOST_STEPS", 4)
    kept = play(table, 10, seed=22)

    with table.record.reading() as session:
        steps = [
            step for after in (0, 4, 8) for step in list_steps(session, VIEWER, table.workshop_id, after)
        ]
        start = read_board_at(session, VIEWER, table.workshop_id, 0)

    assert [step["seq"] for step in steps] == list(range(1, 11))
    cards, themes = {card.id: card for card in start.cards}, {theme.id: theme for theme in start.themes}
    for step, after in zip(steps, kept[1:], strict=True):
        became = BoardImages.from_json(step["after"])
        cards.update({card.id: card for card in became.cards})
        themes.update({theme.id: theme for theme in became.themes})
        assert stand_of(BoardImages(tuple(cards.values()), tuple(themes.values()))) == after


def test_a_step_says_who_did_what_and_holds_no_words_of_voices(sqlite_table: Table) -> None:
    table = sqlite_table
    table.move("move", voices=[table.voices[7]], to=table.themes["Online"])

    with table.record.reading() as session:
        (step,) = list_steps(session, VIEWER, table.workshop_id, 0)

    assert (step["actor"], step["said"]) == ("Amina Facilitator", "moved 1 voice to Online")
    assert "somewhere warm" not in str(step)


@pytest.mark.parametrize("seq", [-1, 2])
def test_a_step_that_the_history_does_not_have_is_refused(sqlite_table: Table, seq: int) -> None:
    sqlite_table.move("add_theme", name="Warm places")

    with (
        sqlite_table.record.reading() as session,
        pytest.raises(EngagementError, match="choose from 0 to 1"),
    ):
        read_board_at(session, VIEWER, sqlite_table.workshop_id, seq)


def test_the_history_of_a_board_that_is_not_there_is_not_found(sqlite_table: Table) -> None:
    with sqlite_table.record.reading() as session, pytest.raises(NotFoundError):
        read_board_at(session, VIEWER, 999, 0)
