from __future__ import annotations

from dataclasses import replace

from benchmarks.room_clients import Seen
from benchmarks.room_goals import Figures, count_faults, list_missed

GOOD = Figures(
    seats=100,
    moves_per_second=10,
    seconds=30,
    seen_p50=20,
    seen_p95=60,
    seen_most=90,
    answered_p95=60,
    join_p95=50,
    pages_s=0.8,
    state_p95=200,
    cpu_share=0.4,
    memory_mb=200,
    memory_grown_mb=1,
    kb_per_seat=30,
    acknowledged=300,
    lost=0,
    twice=0,
    unseen=0,
    out_of_order=0,
    back_after_cut_s=0.5,
    back_after_kill_s=1.0,
)


def see(numbers: list[list[int]], acknowledged: dict[str, int]) -> Seen:
    seen = Seen(len(numbers))
    seen.numbers = numbers
    seen.acknowledged = acknowledged
    return seen


def test_a_good_run_misses_nothing() -> None:
    assert list_missed(GOOD) == []


def test_every_missed_goal_is_named() -> None:
    bad = replace(
        GOOD, seen_p95=80, pages_s=2, lost=1, twice=2, unseen=3, out_of_order=4, back_after_kill_s=6
    )

    assert len(list_missed(bad)) == 7


def test_a_thousand_seats_may_wait_longer() -> None:
    assert list_missed(replace(GOOD, seats=1000, seen_p95=200)) == []


def test_moves_that_all_pages_saw_once_count_no_fault() -> None:
    seen = see([[3, 4], [3, 4]], {"op-0": 3, "op-1": 4})

    faults = count_faults(seen, ["theme-0", "theme-1", "op-0", "op-1"], newest=4, first=2)

    assert faults == {"acknowledged": 2, "lost": 0, "twice": 0, "unseen": 0, "out_of_order": 0}


def test_a_lost_a_double_and_an_unseen_move_are_each_counted() -> None:
    seen = see([[3, 5, 4], [3, 4]], {"op-0": 3, "op-1": 4, "op-2": 5})

    faults = count_faults(seen, ["op-0", "op-0", "op-1"], newest=5, first=2)

    assert faults == {"acknowledged": 3, "lost": 1, "twice": 1, "unseen": 1, "out_of_order": 1}
