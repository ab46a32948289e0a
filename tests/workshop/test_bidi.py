"""Which way words run, for eyes, when what reads from the right stands beside numbers and English."""

from __future__ import annotations

import pytest

from engagement.workshop.paper.bidi import find_base_level, find_levels, order_for_eyes


def show(text: str) -> str:
    """Give the characters in the order in which they stand on paper, from the left."""
    base = find_base_level(text)
    return "".join(text[place] for place in order_for_eyes(find_levels(text, base)))


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("plain words", "plain words"),
        ("אבג", "גבא"),
        ("אבג 123 דה", "הד 123 גבא"),
        ("see אבג now", "see גבא now"),
        ("אבג GP דה", "הד GP גבא"),
        ("אב (22) גד", "דג )22( בא"),
        ("عب 3.5 كم", "مك 3.5 بع"),
        ("עולה 50% יותר", "רתוי 50% הלוע"),
        ("12-14 אב", "בא 12-14"),
        ("", ""),
    ],
)
def test_characters_stand_in_the_order_that_the_standard_says(written: str, seen: str) -> None:
    assert show(written) == seen


def test_a_mark_stays_with_its_letter() -> None:
    levels = find_levels("a\u05b0א\u05b0", 0)

    assert levels == [0, 0, 1, 1]


@pytest.mark.parametrize(("text", "base"), [("12 אב", 1), ("12 ab א", 0), ("", 0), ("!?", 0)])
def test_the_first_letter_says_how_a_paragraph_runs(text: str, base: int) -> None:
    assert find_base_level(text) == base
