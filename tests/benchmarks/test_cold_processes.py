from __future__ import annotations

import sys

import pytest

from benchmarks.theming_cold import run_cold

WRITE = "import pathlib, sys; held = bytearray(90_000_000); pathlib.Path(sys.argv[1], 'themes.csv').touch()"


def test_a_cold_process_is_measured_with_its_own_peak_memory() -> None:
    ballast = bytearray(400_000_000)

    took = run_cold([sys.executable, "-c", WRITE])

    assert len(ballast)
    assert took["wall"] > 0
    assert took["cpu"] > 0
    assert 90 < took["peak_mb"] < 300


def test_a_process_that_writes_nothing_stops_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="wrote nothing"):
        run_cold([sys.executable, "-c", "pass"])


def test_a_process_that_fails_stops_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        run_cold([sys.executable, "-c", f"{WRITE}; sys.exit(3)"])
