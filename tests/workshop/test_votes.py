"""Votes: dots are put, moved and taken back; never more than there are; hidden until they are shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.workshop.rounds import RoundPlan, pause_round
from engagement.workshop.seats import give_up_seat
from models.decisions import Decision
from models.rooms import RoundKind
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import Table
from tests.workshop.seated import begin, choose, open_room, plan, sit_down
from tests.workshop.voting import ask, hide, put, see_ballot, see_dots, see_votes, show


@pytest.fixture
def sam(table: Table) -> Person:
    """Sam, who has a seat in the room of the table and five dots."""
    open_room(table)
    return sit_down(table)


def test_dots_are_put_moved_and_taken_back(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 3)
    put(table, sam, "Getting about", 2)
    assert see_dots(table, sam) == {"Getting about": 2, "Online": 3}

    put(table, sam, "Online", 1)
    put(table, sam, "Getting about", 0)

    assert see_dots(table, sam) == {"Online": 1}
    assert see_ballot(table, sam).n_free == 4


def test_nobody_puts_more_dots_than_there_are(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 3)

    with pytest.raises(EngagementError, match="You have 2 dots left for “Getting about”, and asked for 3"):
        put(table, sam, "Getting about", 3)

    assert see_dots(table, sam) == {"Online": 3}


@pytest.mark.parametrize("dots", [-1, 21, 1.5, True, None, "2"])
def test_dots_that_cannot_be_are_refused(table: Table, sam: Person, dots: object) -> None:
    with pytest.raises(EngagementError, match="look at: dots"):
        ask(table, sam, kind="dots", theme=table.themes["Online"], dots=dots)


def test_a_theme_of_another_board_holds_no_dots(table: Table, sam: Person) -> None:
    with pytest.raises(EngagementError, match="not on this board"):
        ask(table, sam, kind="dots", theme=4_000, dots=1)


def test_whoever_has_fewer_dots_than_before_can_only_take_back(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 5)
    choose(table, dots_per_person=2)

    put(table, sam, "Online", 4)
    with pytest.raises(EngagementError, match="0 dots left"):
        put(table, sam, "Getting about", 1)

    assert see_ballot(table, sam).n_free == 0


def test_the_same_change_sent_again_counts_once(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 1, op="first")
    put(table, sam, "Online", 0, op="second")

    ballot = put(table, sam, "Online", 1, op="first")

    assert ballot.n_free == 5


def test_two_people_may_use_the_same_id_for_a_change(table: Table, sam: Person) -> None:
    jo = sit_down(table, "Jo")
    put(table, sam, "Online", 1, op="one")
    put(table, jo, "Online", 2, op="one")

    assert (see_dots(table, sam), see_dots(table, jo)) == ({"Online": 1}, {"Online": 2})


@pytest.mark.parametrize("kind", [kind for kind in RoundKind if kind is not RoundKind.VOTE])
def test_nobody_votes_in_a_round_that_is_not_for_it(table: Table, sam: Person, kind: RoundKind) -> None:
    plan(table, [RoundPlan(kind), RoundPlan(RoundKind.VOTE)])
    begin(table, 1)
    with pytest.raises(NotAllowedError, match="you may not vote now"):
        put(table, sam, "Online", 1)

    begin(table, 2)
    assert put(table, sam, "Online", 1).n_free == 4


def test_nobody_votes_while_the_round_is_paused_or_votes_are_not_allowed(table: Table, sam: Person) -> None:
    plan(table, [RoundPlan(RoundKind.VOTE, 5)])
    begin(table, 1)
    with table.record.writing() as session:
        pause_round(session, FACILITATOR, table.workshop_id)
    with pytest.raises(NotAllowedError, match="paused"):
        put(table, sam, "Online", 1)

    plan(table, [RoundPlan(RoundKind.VOTE, 5), RoundPlan(RoundKind.READ)])
    begin(table, 1)
    choose(table, allows_vote=False)
    with pytest.raises(NotAllowedError, match="Voting is switched off"):
        put(table, sam, "Online", 1)
    assert not see_ballot(table, sam).may_vote


def test_only_seats_vote(table: Table, sam: Person) -> None:
    with pytest.raises(NotAllowedError, match="Only who has a seat"):
        put(table, FACILITATOR, "Online", 1)
    with pytest.raises(NotAllowedError, match="Only who has a seat"):
        see_ballot(table, FACILITATOR)


def test_votes_are_hidden_from_everybody_until_a_facilitator_shows_them(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 3)
    assert (see_votes(table), see_votes(table, sam), see_ballot(table, sam).sums) == (None, None, None)

    show(table)

    count = see_votes(table, sam)
    assert count is not None
    assert (count.dots[table.themes["Online"]], count.n_dots, count.n_voters) == (3, 3, 1)
    assert see_ballot(table, sam).sums == count.dots
    hide(table)
    assert see_votes(table) is None


def test_showing_is_in_the_decisions_with_the_sums_of_that_moment(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 3)
    show(table)
    show(table)
    hide(table)

    with table.record.reading() as session:
        query = select(Decision.kind, Decision.details).order_by(Decision.seq)
        (shown, details), (hidden, _details) = session.execute(query).all()[-2:]
    assert (shown, hidden) == ("showed votes", "hid votes")
    assert (details[str(table.themes["Online"])], details["n_voters"]) == (3, 1)


def test_only_who_runs_workshops_shows_votes(table: Table, sam: Person) -> None:
    for person in (sam, LEAD):
        with pytest.raises(NotAllowedError):
            show(table, person)


def test_whoever_leaves_takes_their_dots_along(table: Table, sam: Person) -> None:
    put(table, sam, "Online", 3)
    with table.record.writing() as session:
        give_up_seat(session, sam)
    again = sit_down(table)
    put(table, again, "Online", 1)
    show(table)

    count = see_votes(table)
    assert count is not None
    assert (count.n_dots, count.n_voters) == (1, 1)


def test_one_seat_at_two_pages_at_once_never_puts_more_dots_than_there_are(table: Table, sam: Person) -> None:
    start = Barrier(4, timeout=30)

    def vote(theme: str) -> str:
        start.wait()
        try:
            put(table, sam, theme, 3)
        except EngagementError as refusal:
            return str(refusal)[:8]
        return "put"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(vote, ("Online", "Getting about", "Nobody listens", "Online")))

    total = sum(see_dots(table, sam).values())
    assert total == 3
    assert answers.count("put") in (1, 2)


def test_the_same_change_sent_twice_at_once_counts_once(table: Table, sam: Person) -> None:
    start = Barrier(2, timeout=30)

    def vote(_page: int) -> int:
        start.wait()
        return put(table, sam, "Online", 2, op="one").n_free

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(vote, range(2))) == [3, 3]
