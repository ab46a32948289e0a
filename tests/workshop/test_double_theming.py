"""A second person themes a sample without seeing where the voices stand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.voices import bring_back_voice, withdraw_voice
from engagement.people.permissions import Person
from engagement.workshop.double_theming import answer_voice, ask_for_sample
from engagement.workshop.sample_drawing import draw_sample, share_places
from engagement.workshop.themed_twice import (
    BlindVoice,
    ThemedTwice,
    list_blind_voices,
    list_samples,
    list_themed_twice,
    view_sample,
)
from models.database import Record
from models.decisions import Decision
from models.people import Role
from tests.builders import FACILITATOR, LEAD, VIEWER, add_account
from tests.workshop.conftest import Table
from tests.workshop.dealt import deal_board

OTHER = Person(name="Sam Okoro", role=Role.LEAD, email="sam@example.org")


@pytest.fixture
def dealt(record: Record) -> Table:
    """A board with seven voices in three candidate themes, and one set aside."""
    return deal_board(record)


@pytest.fixture
def sqlite_dealt(sqlite_record: Record) -> Table:
    """The same on SQLite."""
    return deal_board(sqlite_record)


@pytest.fixture
def second(dealt: Table) -> Person:
    """A second person with an account."""
    with dealt.record.writing() as session:
        return add_account(session, OTHER)


def draw(table: Table, seed: int = 614) -> int:
    with table.record.writing() as session:
        return ask_for_sample(session, FACILITATOR, table.workshop_id, seed=seed)


def answer(table: Table, person: Person, sample_id: int, voice_id: int, theme_id: int | None) -> None:
    with table.record.writing() as session:
        answer_voice(session, person, sample_id, voice_id, theme_id)


def see_blind(table: Table, person: Person, sample_id: int) -> tuple[BlindVoice, ...]:
    with table.record.reading() as session:
        return list_blind_voices(session, person, sample_id)


def compare(table: Table, sample_id: int, reader: Person = VIEWER) -> tuple[ThemedTwice, ...]:
    with table.record.reading() as session:
        (second,) = view_sample(session, reader, sample_id).people
        return list_themed_twice(session, reader, sample_id, second)


def answer_all(table: Table, person: Person, sample_id: int, theme_id: int | None) -> None:
    for voice in see_blind(table, person, sample_id):
        answer(table, person, sample_id, voice.voice_id, theme_id)


def test_a_sample_keeps_where_people_and_the_machine_had_put_each_voice(dealt: Table, second: Person) -> None:
    online, buses = dealt.themes["Online"], dealt.themes["Getting about"]
    dealt.move("move", voices=[dealt.voices[0]], to=online)
    sample_id = draw(dealt)
    dealt.move("move", voices=[dealt.voices[1]], to=online)

    answer_all(dealt, second, sample_id, buses)

    found = {each.voice_id: each for each in compare(dealt, sample_id)}
    assert len(found) == 7
    moved_before, moved_after = found[dealt.voices[0]], found[dealt.voices[1]]
    assert (moved_before.people_id, moved_before.machine_id, moved_before.second_id) == (online, buses, buses)
    assert moved_after.people_id == buses


def test_a_second_person_sees_words_and_names_only(dealt: Table, second: Person) -> None:
    sample_id = draw(dealt)

    shown = see_blind(dealt, second, sample_id)

    assert {each.text for each in shown} <= {card["text"] for card in dealt.look()["cards"]}
    assert {each.theme_id for each in shown} == {None}
    assert not any(each.is_answered for each in shown)


def test_the_work_goes_on_where_it_stopped_and_a_change_of_mind_counts(dealt: Table, second: Person) -> None:
    sample_id = draw(dealt)
    first, *_others = see_blind(dealt, second, sample_id)
    answer(dealt, second, sample_id, first.voice_id, dealt.themes["Online"])

    answer(dealt, second, sample_id, first.voice_id, None)

    again = see_blind(dealt, second, sample_id)
    assert [each.is_answered for each in again] == [True] + [False] * 6
    assert again[0].theme_id is None
    with dealt.record.reading() as session:
        (person,) = list_samples(session, VIEWER, dealt.workshop_id)[0].people
    assert (person.name, person.n_answered, person.n_voices, person.is_done) == ("Sam Okoro", 1, 7, False)


def test_nothing_is_shown_before_all_is_answered(sqlite_dealt: Table) -> None:
    sample_id = draw(sqlite_dealt)
    first, *_others = see_blind(sqlite_dealt, LEAD, sample_id)
    answer(sqlite_dealt, LEAD, sample_id, first.voice_id, None)

    with pytest.raises(EngagementError, match="Priya Lead has 6 voices to go"):
        compare(sqlite_dealt, sample_id)


def test_whoever_is_in_the_middle_of_it_does_not_see_what_another_chose(sqlite_dealt: Table) -> None:
    sample_id = draw(sqlite_dealt)
    answer_all(sqlite_dealt, LEAD, sample_id, None)
    first, *_others = see_blind(sqlite_dealt, FACILITATOR, sample_id)
    answer(sqlite_dealt, FACILITATOR, sample_id, first.voice_id, None)

    with sqlite_dealt.record.reading() as session:
        done = view_sample(session, VIEWER, sample_id).people[0]
        with pytest.raises(EngagementError, match="Finish your own first"):
            list_themed_twice(session, FACILITATOR, sample_id, done)


def test_a_withdrawn_voice_leaves_the_sample_and_comes_back(dealt: Table, second: Person) -> None:
    sample_id = draw(dealt)
    gone = dealt.voices[2]
    with dealt.record.writing() as session:
        withdraw_voice(session, FACILITATOR, gone, "asked by phone")

    with pytest.raises(EngagementError, match="was withdrawn"):
        answer(dealt, second, sample_id, gone, None)
    answer_all(dealt, second, sample_id, None)

    assert gone not in {each.voice_id for each in compare(dealt, sample_id)}
    with dealt.record.reading() as session:
        view = view_sample(session, VIEWER, sample_id)
    assert (view.n_voices, view.n_withdrawn) == (6, 1)
    with dealt.record.writing() as session:
        bring_back_voice(session, FACILITATOR, gone)
    assert gone in {each.voice_id for each in see_blind(dealt, second, sample_id)}


def test_who_made_most_moves_is_said_to_know_the_board(sqlite_dealt: Table) -> None:
    sqlite_dealt.move("move", voices=[sqlite_dealt.voices[0]], to=sqlite_dealt.themes["Online"], by=LEAD)
    sqlite_dealt.move("move", voices=[sqlite_dealt.voices[0]], to=None, by=FACILITATOR)
    sample_id = draw(sqlite_dealt)
    sqlite_dealt.move("move", voices=[sqlite_dealt.voices[1]], to=None, by=LEAD)
    answer_all(sqlite_dealt, LEAD, sample_id, None)

    with sqlite_dealt.record.reading() as session:
        view = view_sample(session, VIEWER, sample_id)

    (person,) = view.people
    assert (person.n_moves, person.n_moves_of_all, person.knows_the_board) == (1, 2, True)
    assert view.n_moves_since == 1


def test_the_record_says_who_asked_and_who_finished(sqlite_dealt: Table) -> None:
    sample_id = draw(sqlite_dealt)
    answer_all(sqlite_dealt, LEAD, sample_id, None)

    with sqlite_dealt.record.reading() as session:
        decided = session.execute(
            select(Decision.kind, Decision.actor).where(Decision.subject == "second_sample")
        ).all()

    assert [tuple(each) for each in decided] == [
        ("asked for double theming", "Amina Facilitator"),
        ("finished double theming", "Priya Lead"),
    ]


@pytest.mark.parametrize(("person", "what"), [(VIEWER, "run workshops"), (LEAD, "run workshops")])
def test_only_who_runs_workshops_may_draw(sqlite_dealt: Table, person: Person, what: str) -> None:
    with pytest.raises(NotAllowedError, match=what), sqlite_dealt.record.writing() as session:
        ask_for_sample(session, person, sqlite_dealt.workshop_id)


def test_a_viewer_may_not_answer_or_see_the_blind_voices(sqlite_dealt: Table) -> None:
    sample_id = draw(sqlite_dealt)

    with pytest.raises(NotAllowedError):
        see_blind(sqlite_dealt, VIEWER, sample_id)
    with pytest.raises(NotAllowedError):
        answer(sqlite_dealt, VIEWER, sample_id, sqlite_dealt.voices[0], None)


def test_what_cannot_be_answered_is_refused_with_what_to_do(sqlite_dealt: Table) -> None:
    sample_id = draw(sqlite_dealt)

    with pytest.raises(NotFoundError, match="not in this sample"):
        answer(sqlite_dealt, LEAD, sample_id, sqlite_dealt.voices[7], None)
    with pytest.raises(EngagementError, match="not one of those offered"):
        answer(sqlite_dealt, LEAD, sample_id, sqlite_dealt.voices[0], 999)
    with pytest.raises(NotFoundError, match="no sample 99"):
        answer(sqlite_dealt, LEAD, 99, sqlite_dealt.voices[0], None)


def test_a_board_with_one_theme_has_nothing_to_compare(sqlite_record: Record) -> None:
    table = deal_board(sqlite_record, {"Buses": (0, 1, 2)})

    with pytest.raises(EngagementError, match="At least two themes need voices"):
        draw(table)


@pytest.mark.parametrize("size", [0, 9, 501])
def test_a_size_out_of_bounds_says_the_bounds(sqlite_dealt: Table, size: int) -> None:
    with pytest.raises(EngagementError, match="Ask for 10 to 500"), sqlite_dealt.record.writing() as session:
        ask_for_sample(session, FACILITATOR, sqlite_dealt.workshop_id, size=size)


@pytest.mark.parametrize("table_name", ["second_sample", "second_sample_voice", "second_answer"])
@pytest.mark.parametrize("act", ["UPDATE {} SET sample_id = 9", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_was_drawn_and_answered(
    dealt: Table, second: Person, table_name: str, act: str
) -> None:
    sample_id = draw(dealt)
    answer(dealt, second, sample_id, dealt.voices[0], None)
    statement = act.format(table_name).replace(
        "sample_id", "id" if table_name == "second_sample" else "sample_id"
    )

    with pytest.raises(DBAPIError, match="never"), dealt.record.writing() as session:
        session.execute(text(statement))


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(1, 40), st.integers(0, 60), min_size=1, max_size=15),
    st.integers(0, 100),
    st.integers(0, 5),
)
def test_a_sample_is_shared_fairly_and_drawn_again_by_its_seed(sizes, n_places: int, seed: int) -> None:
    voices = {theme: [theme * 1000 + number for number in range(size)] for theme, size in sizes.items()}

    drawn = draw_sample(voices, n_places, seed)
    turned = {theme: ids[::-1] for theme, ids in reversed(voices.items())}

    assert draw_sample(turned, n_places, seed) == drawn
    assert len(drawn) == len(set(drawn)) == min(n_places, sum(sizes.values()))
    held = Counter(voice_id // 1000 for voice_id in drawn)
    assert share_places(sizes, n_places) == {theme: held[theme] for theme in sizes}
    if n_places >= sum(size > 0 for size in sizes.values()):
        assert all(held[theme] for theme, size in sizes.items() if size)


def test_larger_themes_get_more_places_in_proportion() -> None:
    assert share_places({1: 300, 2: 200, 3: 100, 4: 0}, 60) == {1: 30, 2: 20, 3: 10, 4: 0}
