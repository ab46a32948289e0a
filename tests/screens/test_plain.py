"""Words that Streamlit would read as markdown are shown as they are."""

from __future__ import annotations

import pytest

from engagement.screens.components.plain import write_plainly


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Nobody listens.", "Nobody listens."),
        ("*too* much", "\\*too\\* much"),
        (":smile:", ":\u2060smile:"),
        (":red[hi]", ":\u2060red\\[hi\\]"),
        ("![x](http://a.example/x.png)", "\\!\\[x\\](http:\u2060//a.example/x.png)"),
        ("1) one", "1\\) one"),
        ("- dash", "\\- dash"),
        ("half-done, 2.5 km", "half-done, 2.5 km"),
        ("# not a heading", "\\# not a heading"),
        ("<b>bold</b>", "\\<b\\>bold\\</b\\>"),
        ("a & b at 10:30", "a \\& b at 10:\u206030"),
        ("$5 or $6", "\\$5 or \\$6"),
    ],
)
def test_signs_are_shown_and_not_read(words, written):
    assert write_plainly(words) == written
