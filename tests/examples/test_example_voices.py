"""What the example engagement promises about the words in it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from statistics import median

import pytest

from tests.examples.listening import hear_everything, hear_survey, read_survey

NON_ANSWERS = {"n/a", "nothing", ".", "-", "dont know", "as above", "nah", "nothing really"}
E_MAIL = re.compile(r"\S+@\S+")
WEB_ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
PHONE = re.compile(r"(?:\d[ -]?){7,}")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def list_words() -> list[str]:
    return [voice.words for voices in hear_everything().values() for voice in voices]


def split_words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text.casefold()).split()


def test_example_has_614_voices():
    heard = hear_everything()

    assert len(heard) == 15
    assert sum(len(voices) for voices in heard.values()) == 614


def test_no_two_voices_are_the_same_words():
    plain = [" ".join(split_words(words)) or words for words in list_words()]

    assert [words for words, n in Counter(plain).items() if n > 1] == []


def test_no_voice_is_a_near_copy_of_another():
    bags = [(words, frozenset(split_words(words))) for words in list_words()]

    near = [
        (first, second)
        for (first, ours), (second, theirs) in combinations(bags, 2)
        if ours and theirs and len(ours & theirs) / len(ours | theirs) > 0.5
    ]

    assert near == []


def test_voices_do_not_begin_alike():
    openings = Counter(tuple(split_words(words)[:3]) for words in list_words() if len(split_words(words)) > 2)

    assert max(openings.values()) <= 3


def test_voices_are_short_and_long_as_people_are():
    lengths = [len(words.split()) for words in list_words()]

    assert 12 <= median(lengths) <= 18
    assert sum(n <= 3 for n in lengths) >= 20
    assert sum(n >= 50 for n in lengths) >= 10
    assert max(lengths) <= 130


@pytest.mark.parametrize(
    "pattern", [E_MAIL, WEB_ADDRESS, PHONE, POSTCODE], ids=["e-mail", "web", "phone", "postcode"]
)
def test_no_voice_holds_a_way_to_reach_anybody(pattern: re.Pattern[str]):
    english = [voice.english for voices in hear_everything().values() for voice in voices]

    assert [words for words in list_words() + english if pattern.search(words)] == []


def test_words_in_other_languages_stand_in_their_own_script_with_english_beside():
    translated = [voice for voices in hear_everything().values() for voice in voices if voice.english]

    scripts = Counter(
        "Gujarati"
        if re.search("[\u0a80-\u0aff]", voice.words)
        else "Gurmukhi"
        if re.search("[\u0a00-\u0a7f]", voice.words)
        else "Turkish"
        if re.search("[çğıöşüİ]", voice.words)
        else "?"
        for voice in translated
    )

    assert scripts == {"Gujarati": 4, "Gurmukhi": 4, "Turkish": 4}


def test_survey_has_76_people_and_some_of_them_say_nothing():
    silent = [words for words in hear_survey() if words.casefold() in NON_ANSWERS]

    assert len(read_survey()) == 76
    assert len(silent) == 8


def test_survey_is_anonymous():
    rows = read_survey()

    assert {row["Email"] for row in rows} == {"anonymous"}
    assert {row["Name"] for row in rows} == {""}
