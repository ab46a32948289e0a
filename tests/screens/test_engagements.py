"""The list of engagements, through the front door."""

from __future__ import annotations

from tests.builders import FACILITATOR


def test_first_visit_says_what_this_is(signed_in_app):
    app = signed_in_app(FACILITATOR)

    assert not app.exception
    assert "own words" in app.markdown[0].value
