"""Agreement in words that a councillor can read."""

from __future__ import annotations

from engagement.theming_runs.agreeing import compare_answers

THEMES = list(range(1, 11))


def test_agreement_is_said_in_one_sentence() -> None:
    alike = [(theme, theme) for theme in (*THEMES, *THEMES, *THEMES, *THEMES, 1)]
    apart = [(theme, theme % 10 + 1) for theme in THEMES[:9]]

    found = compare_answers("Two people", alike + apart, THEMES)

    assert found.said == "Two people agree on 41 of 50 (82%); kappa 0.80: substantial."
    assert found.kappa.said.startswith("0.80 (0.6")


def test_none_of_these_is_an_answer_like_others() -> None:
    found = compare_answers("Two people", [(1, None), (2, 2), (None, None)], [1, 2])

    assert (found.n_voices, found.n_agreed) == (3, 2)


def test_what_is_not_defined_says_why() -> None:
    nothing = compare_answers("Two people", [], [1, 2])
    one_theme = compare_answers("Two people", [(1, 1)] * 5, [1, 2])

    assert nothing.said == "There are no voices to compare."
    assert (
        one_theme.said
        == "Two people agree on 5 of 5 (100%). Kappa is not defined: everything is in one theme."
    )
    assert one_theme.kappa.said.startswith("not defined. Everything is in one theme")
    assert one_theme.ac1.value == 1
