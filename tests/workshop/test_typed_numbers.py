"""Card numbers as people type them are understood, and what cannot be read is said in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.workshop.paper.typed_numbers import LONGEST_LIST, read_numbers, say_numbers


@pytest.mark.parametrize(
    "typed",
    [
        "12, 15-18, 40",
        "12,15-18,40",
        " 12 15–18\n40 ",
        "12; 15 — 18; 40.",
        "12, 15 to 18 and 40",
        "#12, #15-#18, no. 40",
        "card 12, cards 15-18, card 40",
        "١٢, 15-18, 40",
    ],
)
def test_each_way_of_writing_the_same_numbers_is_read_the_same(typed: str) -> None:
    assert read_numbers(typed).numbers == (12, 15, 16, 17, 18, 40)
    assert read_numbers(typed).mistakes == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12, abc", "“abc” is no card number. Type numbers such as 12, 15-18, 40."),
        ("18-15", "18-15 runs backwards. Type 15-18."),
        ("1-9999", "1-9999 is a range of 9,999 cards, and 5,000 is the most."),
        ("12345678", "“12345678” is no card number. Type numbers such as 12, 15-18, 40."),
        ("=HYPERLINK(1)", "“=HYPERLINK(1)” is no card number. Type numbers such as 12, 15-18, 40."),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_type(typed: str, says: str) -> None:
    assert says in read_numbers(typed).mistakes


def test_a_list_that_is_far_too_long_is_refused_at_once() -> None:
    found = read_numbers("1," * LONGEST_LIST)

    assert found.numbers == ()
    assert found.mistakes == ("This list has 40,000 characters, and 20,000 is the most.",)


@given(st.lists(st.integers(1, 999), max_size=30))
def test_numbers_come_back_as_they_were_typed(numbers: list[int]) -> None:
    assert read_numbers(", ".join(map(str, numbers))).numbers == tuple(numbers)


@given(st.text(max_size=60))
def test_no_text_is_more_than_a_mistake(typed: str) -> None:
    found = read_numbers(typed)

    assert all(0 <= number < 10_000_000 for number in found.numbers)


def test_numbers_are_said_as_ranges_and_never_too_many() -> None:
    assert say_numbers([40, 12, 15, 16, 17, 18]) == "12, 15 to 18 and 40"
    assert say_numbers([7]) == "7"
    assert say_numbers(range(1, 40, 3)) == "1, 4, 7, 10, 13 and 8 more"
