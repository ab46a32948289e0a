"""What people changed on a board, next to what the machine had dealt."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.errors import EngagementError, NotFoundError
from engagement.listen.voices import withdraw_voice
from engagement.people.permissions import Person
from engagement.workshop.changes_made import ChangesMade, Fate, Move, compare_with_dealt
from models.database import Record
from models.people import Role
from tests.builders import FACILITATOR, VIEWER
from tests.workshop.conftest import Table, make_table
from tests.workshop.dealt import DEALT, deal_board

SAM = Person(name="Sam Okoro", role=Role.LEAD)
numbered = count(1)


@pytest.fixture
def dealt(record: Record) -> Table:
    """A board with three candidate themes of three, two and two voices, and one voice set aside."""
    return deal_board(record)


@pytest.fixture
def sqlite_dealt(sqlite_record: Record) -> Table:
    """The same on SQLite, for what is the same on both."""
    return deal_board(sqlite_record)


def compare(table: Table) -> ChangesMade:
    with table.record.reading() as session:
        return compare_with_dealt(session, VIEWER, table.workshop_id)


def list_said(table: Table) -> dict[str, str]:
    return {each.label: each.said for each in compare(table).candidates}


def test_a_board_that_nobody_touched_keeps_all_that_was_dealt(dealt: Table) -> None:
    changes = compare(dealt)

    assert list_said(dealt) == dict.fromkeys(DEALT, "kept as it was")
    assert (changes.moves[Move.STAYED], changes.moves[Move.NOT_PLACED], changes.n_voices) == (7, 1, 8)
    assert (changes.added, changes.n_acts, changes.n_people) == ((), 0, 0)


def test_each_fate_is_said_in_words(dealt: Table) -> None:
    themes, voices = dealt.themes, dealt.voices
    dealt.move("rename", theme=themes["Getting about"], name="Buses and kerbs")
    dealt.move("add_theme", name="Kerbs", voices=[voices[1]])
    dealt.move("merge", theme=themes["Online"], into=themes["Nobody listens"], by=SAM)

    assert list_said(dealt) == {
        "Getting about": "split: “Kerbs” made out of it; renamed to “Buses and kerbs”",
        "Nobody listens": "kept as it was",
        "Online": "merged into “Nobody listens”",
    }
    changes = compare(dealt)
    assert [(each.name, each.n_voices) for each in changes.added] == [("Kerbs", 1)]
    assert (changes.n_acts, changes.n_people) == (3, 2)


def test_voices_of_a_merged_theme_stayed_and_those_of_a_dropped_one_did_not(dealt: Table) -> None:
    dealt.move("merge", theme=dealt.themes["Online"], into=dealt.themes["Nobody listens"])
    dealt.move("remove_theme", theme=dealt.themes["Getting about"])

    changes = compare(dealt)

    assert changes.count_fate(Fate.DROPPED) == 1
    assert changes.moves[Move.STAYED] == 4
    assert changes.moves[Move.TAKEN_OUT] == 3
    assert changes.candidates[0].now == ""


def test_voices_are_counted_by_what_became_of_them(dealt: Table) -> None:
    voices, themes = dealt.voices, dealt.themes
    dealt.move("move", voices=[voices[0]], to=themes["Online"])
    dealt.move("park", voices=[voices[3]], reason="A thank you")
    dealt.move("move", voices=[voices[7]], to=themes["Online"])
    dealt.move("move", voices=[voices[5]], to=None)
    with dealt.record.writing() as session:
        withdraw_voice(session, FACILITATOR, voices[6], "asked by phone")

    moves = compare(dealt).moves

    assert moves == {
        Move.STAYED: 3,
        Move.MOVED: 1,
        Move.PLACED: 1,
        Move.PARKED: 1,
        Move.TAKEN_OUT: 1,
        Move.NOT_PLACED: 0,
        Move.WITHDRAWN: 1,
    }


def test_a_few_voices_in_another_theme_are_no_split(sqlite_record: Record) -> None:
    texts = [f"The {number} stops at six." for number in range(11)]
    table = deal_board(sqlite_record, {"Buses": tuple(range(11))}, texts)

    table.move("add_theme", name="Evenings", voices=[table.voices[0], table.voices[1]])
    few = list_said(table)
    table.move("move", voices=[table.voices[2]], to=compare_theme(table, "Evenings"))

    assert few == {"Buses": "kept as it was"}
    assert list_said(table) == {"Buses": "split: “Evenings” made out of it"}


def compare_theme(table: Table, name: str) -> int:
    return next(theme["id"] for theme in table.look()["themes"] if theme["name"] == name)


def test_what_was_undone_is_no_change(sqlite_dealt: Table) -> None:
    sqlite_dealt.move("rename", theme=sqlite_dealt.themes["Online"], name="Going online")
    sqlite_dealt.move("undo")

    assert list_said(sqlite_dealt) == dict.fromkeys(DEALT, "kept as it was")


def test_a_board_dealt_unsorted_has_themes_of_people_only(sqlite_record: Record) -> None:
    from tests.workshop.conftest import make_room

    table = make_table(make_room(sqlite_record))

    changes = compare(table)

    assert changes.candidates == ()
    assert {each.name for each in changes.added} == {"Getting about", "Nobody listens", "Online"}
    assert changes.moves[Move.PLACED] == 6


def test_a_workshop_that_is_not_there_is_said_so(sqlite_record: Record) -> None:
    with sqlite_record.reading() as session, pytest.raises(NotFoundError, match="no workshop 9"):
        compare_with_dealt(session, VIEWER, 9)


KINDS = (
    "move",
    "unplace",
    "park",
    "add_theme",
    "merge",
    "unmerge",
    "remove_theme",
    "rename",
    "undo",
    "withdraw",
)


def do_something(table: Table, kind: str, a: int, b: int) -> None:
    themes = [theme["id"] for theme in table.look()["themes"]] or [0]
    voice, theme, other = table.voices[a % 8], themes[a % len(themes)], themes[b % len(themes)]
    if kind == "withdraw":
        with table.record.writing() as session:
            withdraw_voice(session, FACILITATOR, voice, "asked by phone")
        return
    asked = {
        "move": ("move", {"voices": [voice], "to": other}),
        "unplace": ("move", {"voices": [voice], "to": None}),
        "park": ("park", {"voices": [voice], "reason": "A thank you"}),
        "add_theme": ("add_theme", {"name": f"Theme {next(numbered)}", "voices": [voice]}),
        "merge": ("merge", {"theme": theme, "into": other}),
        "unmerge": ("unmerge", {"theme": theme}),
        "remove_theme": ("remove_theme", {"theme": theme}),
        "rename": ("rename", {"theme": theme, "name": f"Name {next(numbered)}"}),
        "undo": ("undo", {}),
    }
    name, what = asked[kind]
    table.move(name, **what)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 20), st.integers(0, 20)), max_size=12))
def test_the_counts_add_up_after_any_sequence_of_acts(fresh_sqlite, acts) -> None:
    with fresh_sqlite() as record:
        table = deal_board(record)
        for kind, a, b in acts:
            try:
                do_something(table, kind, a, b)
            except EngagementError:
                continue

        changes, board = compare(table), table.look()

    roots = {theme["id"]: theme["merged_into"] for theme in board["themes"]}
    assert changes.n_voices == len(table.voices)
    assert [each.label for each in changes.candidates] == list(DEALT)
    assert [each.n_dealt for each in changes.candidates] == [len(places) for places in DEALT.values()]
    assert sum(changes.count_fate(fate) for fate in Fate) == len(DEALT)
    n_in_themes = sum(card["home"] is not None for card in board["cards"])
    assert sum(changes.moves[move] for move in (Move.STAYED, Move.MOVED, Move.PLACED)) == n_in_themes
    assert changes.moves[Move.PARKED] == sum(card["parked"] is not None for card in board["cards"])
    assert changes.moves[Move.WITHDRAWN] == len(table.voices) - len(board["cards"])
    standing = {name for name, theme in ((each.now, each) for each in changes.candidates) if name}
    names = {theme["id"]: theme["name"] for theme in board["themes"]}
    assert standing <= {names[theme_id] for theme_id, above in roots.items() if above is None}
