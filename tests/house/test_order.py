"""The order in which files of tests are handed to the workers."""

from __future__ import annotations

from tests.conftest import HERE, LONGEST_FIRST


def test_every_file_that_goes_first_is_there_and_named_once() -> None:
    assert [name for name in LONGEST_FIRST if not (HERE / name).is_file()] == []
    assert len(set(LONGEST_FIRST)) == len(LONGEST_FIRST)
