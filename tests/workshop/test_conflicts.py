"""Two people on one card: one wins, and the other is told who was first and where it went."""

from __future__ import annotations

import pytest

from engagement.people.permissions import Person
from engagement.workshop.conflicts import MovedFirstError
from models.people import Role
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table

SAM = Person(name="Sam", role=Role.LEAD, account_id=None)


def test_the_second_mover_of_a_card_is_told_who_moved_it_first_and_where_to(sqlite_table: Table) -> None:
    voice = sqlite_table.voices[7]
    first = sqlite_table.move("move", by=SAM, saw=0, voices=[voice], to=sqlite_table.themes["Getting about"])

    with pytest.raises(MovedFirstError) as refusal:
        sqlite_table.move("move", saw=0, voices=[voice], to=sqlite_table.themes["Online"])

    assert str(refusal.value) == (
        "Sam moved this first, to Getting about. Look at it and move it again if you still want to."
    )
    assert (refusal.value.by, refusal.value.event) == ("Sam", first.event)
    assert sqlite_table.card(voice)["home"] == sqlite_table.themes["Getting about"]


def test_whoever_has_seen_the_first_move_may_move_the_card_again(sqlite_table: Table) -> None:
    voice = sqlite_table.voices[7]
    sqlite_table.move("move", by=SAM, voices=[voice], to=sqlite_table.themes["Getting about"])

    sqlite_table.move("move", saw=1, voices=[voice], to=sqlite_table.themes["Online"])

    assert sqlite_table.card(voice)["home"] == sqlite_table.themes["Online"]


def test_nobody_is_in_conflict_with_themselves(sqlite_table: Table) -> None:
    voice = sqlite_table.voices[7]
    sqlite_table.move("move", by=SAM, saw=0, voices=[voice], to=sqlite_table.themes["Getting about"])

    sqlite_table.move("move", by=SAM, saw=0, voices=[voice], to=sqlite_table.themes["Online"])

    assert sqlite_table.card(voice)["home"] == sqlite_table.themes["Online"]


def test_two_people_of_one_name_are_two_people(sqlite_table: Table) -> None:
    voice = sqlite_table.voices[7]
    sqlite_table.move("move", by=SAM, saw=0, voices=[voice], to=sqlite_table.themes["Getting about"])

    with pytest.raises(MovedFirstError):
        namesake = Person(name="Sam", role=Role.LEAD, account_id=77)
        sqlite_table.move("move", by=namesake, saw=0, voices=[voice], to=sqlite_table.themes["Online"])


def test_different_cards_do_not_meet(sqlite_table: Table) -> None:
    sqlite_table.move(
        "move", by=SAM, saw=0, voices=[sqlite_table.voices[6]], to=sqlite_table.themes["Online"]
    )

    sqlite_table.move("move", saw=0, voices=[sqlite_table.voices[7]], to=sqlite_table.themes["Online"])

    assert sqlite_table.look()["seq"] == 2


def test_one_moved_card_among_many_holds_the_whole_move_back(sqlite_table: Table) -> None:
    sqlite_table.move(
        "move", by=SAM, saw=0, voices=[sqlite_table.voices[6]], to=sqlite_table.themes["Online"]
    )

    with pytest.raises(MovedFirstError, match="Sam moved one of these first, to Online"):
        sqlite_table.move(
            "move", saw=0, voices=list(sqlite_table.voices[6:8]), to=sqlite_table.themes["Getting about"]
        )

    assert sqlite_table.card(sqlite_table.voices[7])["home"] is None


def test_two_people_renaming_one_theme_meet(sqlite_table: Table) -> None:
    sqlite_table.move("rename", by=SAM, saw=0, theme=sqlite_table.themes["Online"], name="Going online")

    with pytest.raises(MovedFirstError, match="Sam was first: Sam renamed Online to Going online"):
        sqlite_table.move("rename", saw=0, theme=sqlite_table.themes["Online"], name="Computers")


def test_moving_to_a_theme_that_somebody_just_removed_tells_who_removed_it(sqlite_table: Table) -> None:
    sqlite_table.move("remove_theme", by=SAM, saw=0, theme=sqlite_table.themes["Online"])

    with pytest.raises(MovedFirstError, match="Sam was first: Sam removed Online"):
        sqlite_table.move("move", saw=0, voices=[sqlite_table.voices[7]], to=sqlite_table.themes["Online"])
    with pytest.raises(MovedFirstError, match="Sam was first: Sam removed Online"):
        sqlite_table.move(
            "merge", saw=0, theme=sqlite_table.themes["Getting about"], into=sqlite_table.themes["Online"]
        )


def test_a_theme_is_not_removed_under_a_card_that_somebody_just_put_there(sqlite_table: Table) -> None:
    sqlite_table.move(
        "move", by=SAM, saw=0, voices=[sqlite_table.voices[7]], to=sqlite_table.themes["Online"]
    )

    with pytest.raises(MovedFirstError, match="Sam moved one of these first, to Online"):
        sqlite_table.move("remove_theme", saw=0, theme=sqlite_table.themes["Online"])


def test_undo_does_not_take_back_what_the_person_has_not_seen(sqlite_table: Table) -> None:
    sqlite_table.move(
        "move", by=FACILITATOR, saw=0, voices=[sqlite_table.voices[6]], to=sqlite_table.themes["Online"]
    )
    sqlite_table.move(
        "move", by=SAM, saw=1, voices=[sqlite_table.voices[7]], to=sqlite_table.themes["Online"]
    )

    with pytest.raises(MovedFirstError, match="Sam moved this first, to Online"):
        sqlite_table.move("undo", by=FACILITATOR, saw=1)
