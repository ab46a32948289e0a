"""Hints of personal data: what points at one person is hinted at, what only looks like it is not."""

from __future__ import annotations

import pytest

from benchmarks.personal_data import measure_hints
from engagement.listen.personal_data.hints import HintKind, find_hints


def list_hints(text: str, *known: str) -> list[tuple[str, str]]:
    (hints,) = find_hints([text], known)
    return [(str(hint.kind), text[hint.start : hint.end]) for hint in hints]


def test_nearly_all_marked_pieces_are_hinted_at_and_nearly_nothing_else() -> None:
    marked, found, _ = measure_hints()

    assert len(marked & found) >= 0.95 * len(marked)
    assert len(marked & found) >= 0.95 * len(found)
    assert {kind for _, kind, _ in marked} == set(HintKind)


@pytest.mark.parametrize(
    "text",
    [
        "Ten digits 9434765919 without a word that says what they are.",
        "My NHS number is 943 476 5918, one digit wrong.",
        "Account 0943 476 5919 is longer.",
        "The year 2024, 10.30, £1,250 and 3-2.",
        "We met on 7 May 2024.",
        "LE4 is forgotten.",
        "St Margaret's Road, Victoria Park and the Dr.",
        "May is best. Mark my words.",
        "",
        "🙂🙂",
        "ਅਸੀਂ ਪਾਰਕ ਵਿੱਚ ਮਿਲਦੇ ਹਾਂ",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert list_hints(text) in ([], [("name", "Mark")])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("National Insurance number", "AB-12-34-56-C"),
        ("phone number", "07700.900.123"),
        ("phone number", "077 00 90 01 23"),
        ("phone number", "(0116) 496 0123"),
        ("postcode", "sw1a 1aa"),
        ("date of birth", "7.5.1950"),
    ],
)
def test_numbers_are_hinted_at_however_people_set_them_apart(kind: str, words: str) -> None:
    assert list_hints(f"I was born, they wrote, {words} and then no more.") == [(kind, words)]


@pytest.mark.parametrize("text", ["Call 0770 090", "The 7 48 48 48 98 40 bus", "£7,700,900,123 in all"])
def test_numbers_that_nobody_can_dial_are_left_alone(text: str) -> None:
    assert list_hints(text) == []


def test_names_of_staff_and_hosts_are_names_wherever_they_stand() -> None:
    text = "We told Oakapple and the Sunflower Kitchen."

    assert list_hints(text) == []
    assert list_hints(text, "Rowan Oakapple") == [("name", "Oakapple")]


def test_of_overlapping_hints_one_is_kept() -> None:
    assert list_hints("Mail ada.moss.07700900123@example.org") == [
        ("e-mail address", "ada.moss.07700900123@example.org")
    ]


def test_long_texts_are_read_in_time() -> None:
    text = "1234 " * 20_000 + "a" * 50_000 + "@" * 50_000

    assert list_hints(text) == []
