"""Texts that say several things: how they are cut, and which further themes they are found to speak of."""

import random
import re

import numpy as np
import pytest

from tests.theming.kept_vectors import KeptVectors
from tests.theming.made_up_texts import TEXTS
from theming.clauses.read import MOST_TEXTS, read_clauses
from theming.clauses.reading import MOST_ECHOES, ClauseReading, find_echoes, measure_clearness
from theming.clauses.split import split_clauses
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.results import ThemingResult

DOUBLE = "The bus shelter has had no roof since the storm, and the doctor's surgery never answers the phone."


@pytest.fixture(scope="module")
def double_texts() -> tuple[str, ...]:
    """The made-up texts, one that speaks of buses and of doctors, and one that answers nothing."""
    return (*TEXTS, DOUBLE, "n/a")


@pytest.fixture(scope="module")
def found_double(double_texts: tuple[str, ...], embedder: MiniLMEmbedder) -> ThemingResult:
    return find_themes(double_texts, embedder=embedder)


@pytest.fixture(scope="module")
def reading(
    double_texts: tuple[str, ...], found_double: ThemingResult, embedder: MiniLMEmbedder
) -> ClauseReading:
    return read_clauses(double_texts, found_double, embedder=embedder)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Buses and trains are late", ["Buses and trains are late"]),
        ("The 22 stops at six.", ["The 22 stops at six."]),
        (
            "I can't get out much. Nobody knocks on my door.",
            ["I can't get out much.", "Nobody knocks on my door."],
        ),
        ("We need e.g. a bench in the park", ["We need e.g. a bench in the park"]),
        (
            "1. More buses at night\n2. Mend the broken pavements",
            ["More buses at night", "Mend the broken pavements"],
        ),
        (
            "- the doctor is kind to me\n- the car park costs too much",
            ["the doctor is kind to me", "the car park costs too much"],
        ),
        (
            "The park is lovely but the toilets are always shut",
            ["The park is lovely", "the toilets are always shut"],
        ),
        (
            "Rents are far too high; also the lift is broken again",
            ["Rents are far too high", "the lift is broken again"],
        ),
        ("", []),
        ("😀😀", ["😀😀"]),
    ],
)
def test_a_text_is_cut_where_it_begins_to_say_something_else(text: str, clauses: list[str]) -> None:
    assert [text[clause.start : clause.end] for clause in split_clauses(text)] == clauses


def test_clauses_follow_each_other_and_keep_nearly_every_word() -> None:
    for text in TEXTS:
        clauses = split_clauses(text)

        ends = [clause.end for clause in clauses]
        starts = [clause.start for clause in clauses]
        kept = " ".join(text[clause.start : clause.end] for clause in clauses)
        assert all(start >= end for start, end in zip(starts[1:], ends[:-1], strict=True))
        assert set(re.findall(r"\w+", text)) - set(re.findall(r"\w+", kept)) <= {
            "and",
            "but",
            "so",
            "then",
            "or",
            "also",
        }


def test_a_text_that_says_two_things_echoes_in_the_second_theme(
    reading: ClauseReading, found_double: ThemingResult, double_texts: tuple[str, ...]
) -> None:
    cut = found_double.cut(8)
    double = double_texts.index(DOUBLE)

    [echo] = [echo for echo in find_echoes(reading, cut, 0.6) if echo.text == double]

    themes = {int(cut.theme_of_text[double]), echo.theme}
    buses = int(
        cut.theme_of_text[
            double_texts.index("The bus shelter on Park Street has had no roof since the storm")
        ]
    )
    doctors = int(
        cut.theme_of_text[double_texts.index("Getting a GP appointment is like winning the lottery")]
    )
    assert themes == {buses, doctors}
    assert DOUBLE[echo.start : echo.end] in DOUBLE
    assert ("doctor" in DOUBLE[echo.start : echo.end]) == (echo.theme == doctors)


def test_echoes_never_name_the_home_and_are_at_most_three(
    reading: ClauseReading, found_double: ThemingResult
) -> None:
    for n_themes in (2, 8, found_double.n_leaves):
        cut = found_double.cut(n_themes)
        echoes = find_echoes(reading, cut, -3.0)

        assert echoes
        assert all(cut.theme_of_text[echo.text] != echo.theme for echo in echoes)
        assert len({(echo.text, echo.theme) for echo in echoes}) == len(echoes)
        assert max(np.bincount([echo.text for echo in echoes])) <= MOST_ECHOES


def test_a_border_that_asks_for_more_gives_fewer_echoes(
    reading: ClauseReading, found_double: ThemingResult
) -> None:
    cut = found_double.cut(8)

    counts = [len(find_echoes(reading, cut, border)) for border in (-3.0, 0.5, 1.0, 3.1)]

    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_texts_in_another_order_give_the_same_echoes(
    reading: ClauseReading,
    found_double: ThemingResult,
    double_texts: tuple[str, ...],
    embedder: MiniLMEmbedder,
) -> None:
    shuffled = list(double_texts)
    random.Random(3).shuffle(shuffled)
    again = find_themes(shuffled, embedder=embedder)
    other = read_clauses(shuffled, again, embedder=embedder, cache=KeptVectors())

    def name(result: ThemingResult, texts: list[str], found: ClauseReading) -> set[tuple[str, str, float]]:
        cut = result.cut(8)
        return {
            (texts[echo.text], cut.themes[echo.theme].label, echo.clearness)
            for echo in find_echoes(found, cut, 0.0)
        }

    assert name(again, shuffled, other) == name(found_double, list(double_texts), reading)


def test_a_reading_comes_back_from_its_bytes(reading: ClauseReading) -> None:
    written = reading.to_bytes()

    back = ClauseReading.from_bytes(written)

    assert back.to_bytes() == written
    assert (back.nearness == reading.nearness).all()


def test_clearness_adds_nearness_and_both_leads() -> None:
    nearness = np.array([[0.1, 0.6, 0.2], [0.5, 0.4, 0.1]])

    nearest, clearness = measure_clearness(nearness, np.array([0, 0]))

    assert nearest.tolist() == [1, 0]
    assert clearness.tolist() == [1.5, 0.6]


def test_too_many_texts_are_not_read_clause_by_clause(
    found_double: ThemingResult, embedder: MiniLMEmbedder
) -> None:
    reading = read_clauses([DOUBLE] * (MOST_TEXTS + 1), found_double, embedder=embedder)

    assert len(reading.text_of) == 0
    assert find_echoes(reading, found_double.cut(4)) == ()
