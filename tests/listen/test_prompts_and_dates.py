"""Small judgements that an import rests on: which prompt, which date, whose column."""

from __future__ import annotations

from datetime import date

import pytest

from engagement.listen.dates import is_month_first, parse_date
from engagement.listen.languages import find_language
from engagement.listen.prompts import looks_like_question, match_prompt
from engagement.listen.speakers import ONLY_CERTAIN, find_speaker

PROMPTS = ("What works well?", "What doesn't work well?", "What would you like to see?")


@pytest.mark.parametrize(
    ("heading", "prompt"),
    [
        ("What works well?", PROMPTS[0]),
        ("WHAT WORKS WELL", PROMPTS[0]),
        ("Prompt 1: what works well", PROMPTS[0]),
        ("Q1. What works well", PROMPTS[0]),
        ("2) What doesn’t work well", PROMPTS[1]),
        ("What work well?", PROMPTS[0]),
        ("What works well where you live?", PROMPTS[0]),
        ("What would you like to see in your area", PROMPTS[2]),
        ("What does work well?", None),
        ("What would you like to stop?", None),
        ("Any other business", None),
        ("well", None),
        ("", None),
    ],
)
def test_a_heading_stands_for_the_prompt_it_nearly_is(heading: str, prompt: str | None) -> None:
    assert match_prompt(heading, PROMPTS) == prompt


@pytest.mark.parametrize(
    ("text", "is_question"),
    [
        ("What helps?", False),
        ("What helps you most", True),
        ("Tell us about buses", True),
        ("Group two", False),
    ],
)
def test_questions_are_told_from_other_headings(text: str, is_question: bool) -> None:
    assert looks_like_question(text) is is_question


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday 7 May 2024", date(2024, 5, 7)),
        ("7th May 2024", date(2024, 5, 7)),
        ("the 1st of June 2024", date(2024, 6, 1)),
        ("11/05/2024", date(2024, 5, 11)),
        ("11.5.24", date(2024, 5, 11)),
        ("2024-05-11 10:02:54", date(2024, 5, 11)),
        ("May 7, 2024", date(2024, 5, 7)),
        ("31/02/2024", None),
        ("7 Foo 2024", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_in_britain_write_them(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_the_month_comes_first_only_where_a_number_proves_it() -> None:
    assert is_month_first(["1/2/2024", "5/13/2024"])
    assert not is_month_first(["1/2/2024", "3/4/2024"])
    assert not is_month_first(["13/5/2024", "5/13/2024"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("AB: yes", "AB"),
        ("P11: yes", "P11"),
        ("Mrs K: yes", "Mrs K"),
        ("A.B.: yes", "A.B."),
        ("Buses: none", ""),
        ("NB: the room was cold", ""),
        ("At 10:30 we left", ""),
        ("http://example.org", ""),
        ("AB:", ""),
    ],
)
def test_only_marks_that_cannot_be_subjects_are_speakers(text: str, speaker: str) -> None:
    assert find_speaker(text, 0, longest=ONLY_CERTAIN)[0] == speaker


@pytest.mark.parametrize(
    ("text", "language"), [("મંદિરમાં", "gu"), ("ਲੰਗਰ", "pa"), ("بس", ""), ("Otobüs", ""), ("🙂", "")]
)
def test_a_language_is_named_only_where_the_script_says_so(text: str, language: str) -> None:
    assert find_language(text) == language
