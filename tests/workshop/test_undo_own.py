"""Everybody can take back their own last move, and only whoever runs the workshop those of others."""

from __future__ import annotations

from typing import Any

import pytest

from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.workshop.decided import read_decisions
from engagement.workshop.moves import Applied, undo_own_last
from models.people import Role
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.workshop.conftest import Table
from tests.workshop.test_moves import forget_versions

SAM = Person(name="Sam", role=Role.LEAD)


def undo_own(table: Table, by: Person = LEAD) -> Applied:
    with table.record.writing() as session:
        return undo_own_last(session, by, table.workshop_id, op=f"op-{next(table.ops)}")


def move(table: Table, place: int, theme: str | None, by: Person = LEAD) -> None:
    table.move("move", by=by, voices=[table.voices[place]], to=theme and table.themes[theme])


def home(table: Table, place: int) -> str | None:
    names = {theme_id: name for name, theme_id in table.themes.items()}
    return names.get(table.card(table.voices[place])["home"])


def test_own_last_move_is_taken_back_and_what_others_did_stays(table: Table) -> None:
    move(table, 0, "Online")
    move(table, 1, "Online", by=SAM)

    event = undo_own(table).event

    assert (home(table, 0), home(table, 1)) == ("Getting about", "Online")
    assert (event["kind"], event["actor"]) == ("undo_own", "Priya Lead")
    assert event["said"] == "Priya Lead took their own move back: moved 1 voice to Online"


def test_taking_back_again_goes_one_own_move_further(table: Table) -> None:
    start = forget_versions(table.look())
    move(table, 0, "Online")
    table.move("rename", by=LEAD, theme=table.themes["Online"], name="Computers")
    move(table, 0, None)

    for _time in range(3):
        undo_own(table)

    assert forget_versions(table.look())["cards"] == start["cards"]
    assert forget_versions(table.look())["themes"] == start["themes"]
    with pytest.raises(EngagementError, match="no move on this board"):
        undo_own(table)


def test_own_move_that_somebody_changed_since_is_refused_with_who_and_what(table: Table) -> None:
    move(table, 0, "Online")
    move(table, 0, "Nobody listens", by=SAM)

    with pytest.raises(ConflictError, match="Sam was there after you: Sam moved 1 voice to Nobody listens"):
        undo_own(table)

    assert home(table, 0) == "Nobody listens"


def test_who_runs_the_workshop_undoes_and_redoes_a_taking_back(table: Table) -> None:
    move(table, 0, "Online")
    undo_own(table)

    table.move("undo", by=FACILITATOR)
    brought_back = home(table, 0)
    table.move("redo", by=FACILITATOR)

    assert (brought_back, home(table, 0)) == ("Online", "Getting about")


def test_a_taking_back_that_was_undone_can_be_made_again(table: Table) -> None:
    move(table, 0, "Online")
    undo_own(table)
    table.move("undo", by=FACILITATOR)

    undo_own(table)

    assert home(table, 0) == "Getting about"


def test_what_the_facilitator_undid_is_not_taken_back_a_second_time(table: Table) -> None:
    move(table, 0, "Online")
    move(table, 1, "Online")
    table.move("undo", by=FACILITATOR)

    undo_own(table)

    assert (home(table, 0), home(table, 1)) == ("Getting about", "Getting about")


def test_own_new_theme_is_not_taken_back_under_the_cards_of_others(table: Table) -> None:
    theme = table.move("add_theme", by=LEAD, name="Warm places").event["themes"][0]["id"]
    table.move("move", by=SAM, voices=[table.voices[7]], to=theme)

    with pytest.raises(ConflictError, match="1 voice stands in “Warm places” by now"):
        undo_own(table)


@pytest.mark.parametrize(
    ("own", "since", "words"),
    [
        (
            ("move", {"voices": [0], "to": "Online"}),
            ("remove_theme", {"theme": "Getting about"}),
            "is removed",
        ),
        (
            ("rename", {"theme": "Online", "name": "Computers"}),
            ("add_theme", {"name": "online"}),
            "another theme called",
        ),
    ],
    ids=["home is gone", "name is taken"],
)
def test_own_move_is_not_taken_back_where_the_board_no_longer_allows_it(
    table: Table, own: Any, since: Any, words: str
) -> None:
    table.move(own[0], by=LEAD, **_make_concrete(table, own[1]))
    table.move(since[0], by=SAM, **_make_concrete(table, since[1]))
    before = table.look()

    with pytest.raises(ConflictError, match=words):
        undo_own(table)

    assert table.look() == before


def test_a_merge_is_not_brought_back_in_a_circle(table: Table) -> None:
    online, about = table.themes["Online"], table.themes["Getting about"]
    table.move("merge", by=FACILITATOR, theme=online, into=about)
    table.move("unmerge", by=LEAD, theme=online)
    table.move("merge", by=SAM, theme=about, into=online)

    with pytest.raises(ConflictError, match="merged into each other"):
        undo_own(table)


def test_somebody_else_of_the_same_name_takes_nothing_back(table: Table) -> None:
    move(table, 0, "Online")
    namesake = Person(name=LEAD.name, role=Role.LEAD, account_id=41)

    with pytest.raises(EngagementError, match="no move on this board"):
        undo_own(table, by=namesake)


def test_only_who_runs_the_workshop_undoes_what_others_did(sqlite_table: Table) -> None:
    move(sqlite_table, 0, "Online", by=SAM)

    for kind in ("undo", "redo"):
        with pytest.raises(NotAllowedError, match="You can undo your own last move"):
            sqlite_table.move(kind, by=LEAD)
    with pytest.raises(NotAllowedError, match="may not move cards"):
        undo_own(sqlite_table, by=VIEWER)


def test_a_move_taken_back_no_longer_counts_as_decided(sqlite_table: Table) -> None:
    table = sqlite_table
    move(table, 7, "Online")
    move(table, 6, "Online", by=SAM)
    undo_own(table)

    with table.record.reading() as session:
        assert read_decisions(session, table.workshop_id).placed == {table.voices[6]}


def _make_concrete(table: Table, asked: dict[str, Any]) -> dict[str, Any]:
    made = {**asked}
    for key in ("to", "theme"):
        if key in made:
            made[key] = table.themes[made[key]]
    if "voices" in made:
        made["voices"] = [table.voices[place] for place in made["voices"]]
    return made
