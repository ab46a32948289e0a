"""Paper comes back to the board: checked, tried dry, then one act that can be undone as one."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.listen.voices import withdraw_voice
from engagement.people.permissions import Person
from engagement.workshop import move_requests
from engagement.workshop.boards import close_board
from engagement.workshop.conflicts import MovedFirstError
from engagement.workshop.decided import read_decisions
from engagement.workshop.events import find_broken_event
from engagement.workshop.paper.bring_back import bring_paper_back, find_brought, take_paper_back
from engagement.workshop.paper.card_numbers import number_themes, read_card_numbers
from engagement.workshop.paper.dry_run import DryRun, ThemeOutlook, run_dry
from engagement.workshop.paper.paper_lists import PaperLists, ThemeList
from models.decisions import Decision
from models.people import Role
from tests.builders import FACILITATOR, LEAD, add_voices
from tests.workshop.conftest import Room, Table

SAM = Person(name="Sam", role=Role.LEAD)


def write_lists(table: Table, new: tuple[tuple[str, str], ...] = (), **typed: str) -> PaperLists:
    """Write lists for a table by the first words of its themes: ``getting="1-4"``, ``online_also="2"``."""
    themes = []
    for name, theme_id in table.themes.items():
        key = name.split()[0].lower()
        themes.append(ThemeList(theme_id, name, typed.get(key, ""), typed.get(f"{key}_also", "")))
    themes += [ThemeList(None, name, cards) for name, cards in new]
    return PaperLists(tuple(themes), typed.get("parked", ""), typed.get("reason", "For the GP"))


def try_dry(table: Table, lists: PaperLists) -> DryRun:
    with table.record.reading() as session:
        return run_dry(session, FACILITATOR, table.workshop_id, lists)


def bring(table: Table, lists: PaperLists, *, by: Person = FACILITATOR, saw: int | None = None, op=None):
    with table.record.writing() as session:
        if saw is None:
            saw = run_dry(session, FACILITATOR, table.workshop_id, lists).seq
        return bring_paper_back(session, by, table.workshop_id, lists, saw=saw, op=op)


def say_mistakes(table: Table, lists: PaperLists) -> list[tuple[str, str, bool]]:
    return [(each.where, each.says, each.stops) for each in try_dry(table, lists).mistakes]


def list_homes(table: Table) -> list[tuple[int | None, str | None]]:
    return [(card["home"], card["parked"]) for card in table.look()["cards"]]


def test_numbers_begin_at_one_in_each_engagement_and_stay_when_voices_come_and_go(room: Room) -> None:
    with room.record.writing() as session:
        other = add_voices(session, ["Another town."], engagement="Other").id
        withdraw_voice(session, FACILITATOR, room.voices[0], "asked by phone")
    with room.record.reading() as session:
        numbers = read_card_numbers(session, room.engagement_id)
        others = read_card_numbers(session, other)

    assert [numbers.number_of(voice) for voice in room.voices] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [numbers.voice_of(number) for number in (1, 8)] == [room.voices[0], room.voices[7]]
    assert others.number_of(others.first_id) == 1


def test_numbers_of_themes_stay_when_themes_go_and_come(table: Table) -> None:
    table.move("remove_theme", theme=table.themes["Nobody listens"])
    table.move("add_theme", name="Warm places")

    with table.record.reading() as session:
        numbers = number_themes(session, table.workshop_id)

    assert [numbers[theme] for theme in table.themes.values()] == [1, 2, 3]
    assert max(numbers.values()) == 4


def test_the_dry_run_says_how_many_come_go_and_stay_and_writes_nothing(table: Table) -> None:
    before = table.look()

    dry = try_dry(table, write_lists(table, getting="1, 3, 7", online="2", online_also="7"))

    assert dry.mistakes == ()
    assert dry.themes == (
        ThemeOutlook("Getting about", is_new=False, n_come=2, n_go=1, n_stay=1, n_also=0),
        ThemeOutlook("Nobody listens", is_new=False, n_come=0, n_go=1, n_stay=1, n_also=0),
        ThemeOutlook("Online", is_new=False, n_come=1, n_go=0, n_stay=2, n_also=1),
    )
    assert dry.n_unlisted == 4
    assert table.look() == before


def test_paper_comes_back_as_one_move_and_goes_as_one(table: Table) -> None:
    before = list_homes(table)
    lists = write_lists(
        table, getting="1, 3, 7", getting_also="5", parked="2", new=(("Warm places", "8"), ("Empty", ""))
    )

    event = bring(table, lists).event

    look = table.look()
    names = {theme["id"]: theme["name"] for theme in look["themes"]}
    homes = [names.get(card["home"]) for card in look["cards"]]
    assert homes == [
        "Getting about", None, "Getting about", "Nobody listens", "Online", "Online", "Getting about",
        "Warm places",
    ]  # fmt: skip
    assert look["cards"][1]["parked"] == "For the GP"
    assert look["cards"][4]["echoes"] == [table.themes["Getting about"]]
    assert event["said"] == "Amina Facilitator brought the paper back: 5 voices and 2 new themes"
    table.move("undo")
    assert list_homes(table) == before
    assert list(table.names()) == list(table.themes)
    table.move("redo")
    assert [names.get(card["home"]) for card in table.look()["cards"]] == homes
    with table.record.reading() as session:
        assert find_broken_event(session, table.workshop_id) is None


def test_the_act_is_in_the_decision_record_without_words(table: Table) -> None:
    bring(table, write_lists(table, getting="7", new=(("Warm places", "8"),)))

    with table.record.reading() as session:
        decision = session.scalars(select(Decision).order_by(Decision.seq.desc())).first()
        assert (decision.kind, decision.actor) == ("brought paper back", FACILITATOR.name)
        assert decision.details == {
            "name": "Workshop 1", "event": 1, "n_cards": 2, "new_themes": ["Warm places"], "n_parked": 0,
            "n_unlisted": 6,
        }  # fmt: skip
        placed = read_decisions(session, table.workshop_id).placed
    assert placed == {table.voices[6], table.voices[7]}


def test_every_mistake_is_said_in_a_sentence_at_once(table: Table) -> None:
    with table.record.writing() as session:
        withdraw_voice(session, FACILITATOR, table.voices[3], "asked by phone")
    lists = write_lists(
        table,
        getting="1, 1, 99, x",
        nobody="1, 4",
        parked="5",
        online_also="5",
        new=(("Online", "6"), ("", "7")),
    )

    assert say_mistakes(table, lists) == [
        ("Getting about", "“x” is no card number. Type numbers such as 12, 15-18, 40.", True),
        ("Getting about", "Card 1 is typed twice here. It counts once: was another number meant?", False),
        (
            "Getting about",
            "There is no card 99. The cards go from 1 to 8. Look at the paper again.",
            True,
        ),
        (
            "Nobody listens",
            "Card 4 was withdrawn since printing. Take such paper down: what is withdrawn is left out here.",
            False,
        ),
        (
            "Nobody listens",
            "Card 1 is under Getting about already. Leave it in one place; where it also speaks, write it "
            "under “Also in”.",
            True,
        ),
        (
            "Online, also in",
            "Card 5 is parked, and what is parked speaks in no theme. Take it from one of the two lists.",
            True,
        ),
        (
            "Online",
            "There is a theme called “Online” on this board already. Choose another name, or merge the two "
            "themes.",
            True,
        ),
        ("A new theme", "The name of the theme is empty. Type it, then save it again.", True),
    ]


def test_lists_with_a_mistake_are_refused_whole(table: Table) -> None:
    with pytest.raises(EngagementError, match=r"Mend the lists first.*Getting about: There is no card 99"):
        bring(table, write_lists(table, getting="7, 99"))

    assert table.look()["seq"] == 0


def test_a_withdrawn_card_is_left_out_and_the_others_come(table: Table) -> None:
    with table.record.writing() as session:
        withdraw_voice(session, FACILITATOR, table.voices[7], "asked by phone")

    bring(table, write_lists(table, getting="7, 8"))

    assert table.card(table.voices[6])["home"] == table.themes["Getting about"]


def test_paper_that_changes_nothing_is_refused(table: Table) -> None:
    assert not try_dry(table, write_lists(table, getting="1-2")).changes_something
    with pytest.raises(EngagementError, match="Nothing was changed"):
        bring(table, write_lists(table, getting="1-2"))


def test_a_card_that_somebody_moved_after_the_dry_run_is_not_moved_over(table: Table) -> None:
    lists = write_lists(table, getting="7")
    saw = try_dry(table, lists).seq
    table.move("move", voices=[table.voices[6]], to=table.themes["Online"], by=SAM)

    with pytest.raises(MovedFirstError, match="Sam moved this first, to Online"):
        bring(table, lists, saw=saw)


def test_paper_that_is_sent_twice_counts_once(table: Table) -> None:
    lists = write_lists(table, getting="7")
    bring(table, lists, saw=0, op="the-paper")

    assert bring(table, lists, saw=0, op="the-paper").is_repeat
    assert table.look()["seq"] == 1


def test_cards_of_a_merged_theme_stay_in_it_when_the_paper_says_so(table: Table) -> None:
    table.move("merge", theme=table.themes["Online"], into=table.themes["Getting about"])

    bring(table, PaperLists((ThemeList(table.themes["Getting about"], "Getting about", "5-7"),)))

    assert table.card(table.voices[4])["home"] == table.themes["Online"]
    assert table.card(table.voices[6])["home"] == table.themes["Getting about"]


def test_a_closed_board_takes_no_paper(table: Table) -> None:
    with table.record.writing() as session:
        close_board(session, FACILITATOR, table.workshop_id)

    with pytest.raises(EngagementError, match="is closed"):
        bring(table, write_lists(table, getting="7"))


def test_only_whoever_runs_workshops_brings_paper_back(table: Table) -> None:
    with pytest.raises(NotAllowedError):
        bring(table, write_lists(table, getting="7"), by=LEAD)


@pytest.mark.parametrize("by", [FACILITATOR, LEAD, SAM])
def test_no_page_can_bring_paper_back_past_the_checks(table: Table, by: Person) -> None:
    lists = [{"theme": table.themes["Online"], "name": "", "voices": [table.voices[0]], "also": []}]

    with pytest.raises(EngagementError, match="does not understand this move"):
        table.move("bring_back", by=by, lists=lists)

    assert table.look()["seq"] == 0


def test_more_cards_than_one_move_may_hold_are_refused(table: Table, monkeypatch) -> None:
    monkeypatch.setattr(move_requests, "MOST_VOICES", 2)

    with pytest.raises(EngagementError, match="You selected 3 voices, and 2 is the most"):
        bring(table, write_lists(table, getting="3, 4, 7"))


def find(table: Table):
    with table.record.reading() as session:
        return find_brought(session, FACILITATOR, table.workshop_id)


def take_back(table: Table, seq: int, by: Person = FACILITATOR):
    with table.record.writing() as session:
        return take_paper_back(session, by, table.workshop_id, seq)


def test_what_was_brought_back_is_taken_back_whole_and_once(table: Table) -> None:
    before = list_homes(table)
    seq = bring(table, write_lists(table, getting="7", new=(("Warm places", "8"),))).event["seq"]

    brought = find(table)
    assert brought is not None
    assert (brought.seq, brought.said) == (
        seq, "Amina Facilitator brought the paper back: 2 voices and 1 new theme",
    )  # fmt: skip
    take_back(table, seq)

    assert list_homes(table) == before
    assert find(table) is None
    with pytest.raises(ConflictError, match="Somebody has moved something since"):
        take_back(table, seq)


def test_taking_back_does_not_undo_what_somebody_else_did_since(table: Table) -> None:
    seq = bring(table, write_lists(table, getting="7")).event["seq"]
    table.move("move", voices=[table.voices[0]], to=table.themes["Online"], by=SAM)

    assert find(table) is None
    with pytest.raises(ConflictError, match="Take that back on the board first"):
        take_back(table, seq)
    assert table.card(table.voices[0])["home"] == table.themes["Online"]


def test_only_whoever_runs_workshops_takes_paper_back(table: Table) -> None:
    seq = bring(table, write_lists(table, getting="7")).event["seq"]

    with pytest.raises(NotAllowedError):
        take_back(table, seq, by=LEAD)
