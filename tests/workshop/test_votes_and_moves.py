"""Votes while themes are merged, split and removed: dots come back, and undo restores them."""

from __future__ import annotations

import pytest

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.vote_standing import Rest
from tests.builders import LEAD
from tests.workshop.branching import adopt, branch_off
from tests.workshop.conftest import Table
from tests.workshop.seated import open_room, sit_down
from tests.workshop.voting import confirm, put, see_ballot, see_dots, see_votes, show


@pytest.fixture
def sam(table: Table) -> Person:
    """Sam, who has put two dots on Online and one on Nobody listens, of five."""
    open_room(table)
    person = sit_down(table)
    put(table, person, "Online", 2)
    put(table, person, "Nobody listens", 1)
    return person


def merge(table: Table, theme: str, into: str) -> None:
    table.move("merge", theme=table.themes[theme], into=table.themes[into])


def count(table: Table, theme: str) -> int:
    """Count the dots of a theme as the room would see them."""
    show(table)
    votes = see_votes(table)
    assert votes is not None
    return votes.dots[table.themes[theme]]


def test_a_merge_gives_dots_back_and_says_so(table: Table, sam: Person) -> None:
    merge(table, "Online", "Nobody listens")

    ballot = see_ballot(table, sam)
    (returned,) = ballot.returned
    assert (returned.name, returned.dots, returned.why, returned.into) == (
        "Online", 2, Rest.MERGED, "Nobody listens",
    )  # fmt: skip
    assert (see_dots(table, sam), ballot.n_free) == ({"Nobody listens": 1}, 4)
    assert count(table, "Nobody listens") == 1


def test_undoing_the_merge_brings_the_dots_back_to_their_theme(table: Table, sam: Person) -> None:
    merge(table, "Online", "Nobody listens")
    table.move("undo")

    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}
    assert see_ballot(table, sam).returned == ()


def test_a_voter_may_confirm_that_dots_follow_a_merge(table: Table, sam: Person) -> None:
    merge(table, "Online", "Nobody listens")
    confirm(table, sam, "Online")

    assert see_dots(table, sam) == {"Nobody listens": 3}
    assert see_ballot(table, sam).returned == ()
    table.move("undo")
    assert see_dots(table, sam) == {"Nobody listens": 3}


def test_dots_that_were_put_elsewhere_meanwhile_do_not_come_back(table: Table, sam: Person) -> None:
    merge(table, "Online", "Nobody listens")
    put(table, sam, "Getting about", 3)
    table.move("undo")

    dots = see_dots(table, sam)
    assert dots == {"Online": 1, "Nobody listens": 1, "Getting about": 3}
    assert see_ballot(table, sam).n_free == 0


def test_dots_do_not_lie_on_a_theme_that_was_merged_away(table: Table, sam: Person) -> None:
    merge(table, "Online", "Nobody listens")

    with pytest.raises(EngagementError, match="“Online” was merged into “Nobody listens”"):
        put(table, sam, "Online", 1)


def test_a_split_gives_dots_back_until_the_voter_keeps_them_there(table: Table, sam: Person) -> None:
    table.move("add_theme", name="Forms", voices=[table.voices[5]])
    (returned,) = see_ballot(table, sam).returned
    assert (returned.why, returned.into, returned.dots) == (Rest.SPLIT, "Online", 2)
    assert count(table, "Online") == 0

    confirm(table, sam, "Online")

    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}
    assert count(table, "Online") == 2


def test_undoing_a_split_brings_dots_back_and_redoing_it_takes_them_again(table: Table, sam: Person) -> None:
    table.move("add_theme", name="Forms", voices=[table.voices[5]])
    table.move("undo")
    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}

    table.move("redo")
    assert see_dots(table, sam) == {"Nobody listens": 1}


def test_a_split_that_its_maker_took_back_counts_again_when_that_is_undone(table: Table, sam: Person) -> None:
    table.move("add_theme", by=LEAD, name="Forms", voices=[table.voices[5]])
    table.move("undo_own", by=LEAD)
    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}

    table.move("undo")
    assert see_dots(table, sam) == {"Nobody listens": 1}


def test_a_split_that_comes_with_a_branch_gives_dots_back(table: Table, sam: Person) -> None:
    branch = branch_off(table)
    branch.move("add_theme", name="Forms", voices=[table.voices[5]])
    adopt(table, branch)

    (returned,) = see_ballot(table, sam).returned
    assert (returned.why, returned.into, returned.dots) == (Rest.SPLIT, "Online", 2)


def test_dots_put_after_a_split_stand(table: Table, sam: Person) -> None:
    table.move("add_theme", name="Forms", voices=[table.voices[5]])
    put(table, sam, "Online", 1)

    assert see_dots(table, sam) == {"Online": 1, "Nobody listens": 1}
    assert see_ballot(table, sam).returned == ()


def test_a_new_theme_without_voices_splits_nothing(table: Table, sam: Person) -> None:
    table.move("add_theme", name="Forms")

    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}


def test_a_removed_theme_gives_dots_back_and_undo_restores_them(table: Table, sam: Person) -> None:
    table.move("remove_theme", theme=table.themes["Online"])
    (returned,) = see_ballot(table, sam).returned
    assert (returned.why, returned.into) == (Rest.REMOVED, "")
    with pytest.raises(EngagementError, match="“Online” was removed"):
        confirm(table, sam, "Online")

    table.move("undo")

    assert see_dots(table, sam) == {"Online": 2, "Nobody listens": 1}


def test_dots_that_never_came_back_cannot_be_confirmed(table: Table, sam: Person) -> None:
    with pytest.raises(EngagementError, match="None of your dots came back"):
        confirm(table, sam, "Online")
