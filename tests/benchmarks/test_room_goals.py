"""The room's benchmark must see every fault: counted by hand here, without a server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks import room_page
from benchmarks.room_clients import Seen
from benchmarks.room_goals import Figures, count_faults, list_missed
from benchmarks.room_machine import Look, measure_growth

GOOD = Figures(
    seats=100,
    moves_per_second=10,
    seconds=30,
    processes=1,
    seen_p50=20,
    seen_p95=60,
    seen_most=90,
    across_p95=None,
    answered_p95=60,
    browsers=0,
    browsers_p50=None,
    browsers_p95=None,
    desks=0,
    reruns=0,
    rerun_p95=None,
    join_p95=50,
    pages_s=0.8,
    state_p95=200,
    cpu_share=0.4,
    clients_cpu_share=0.3,
    memory_mb=200,
    memory_mb_per_hour=90.0,
    files_per_hour=9.0,
    kb_per_seat=30,
    cuts=0,
    acknowledged=300,
    lost=0,
    twice=0,
    unseen=0,
    out_of_order=0,
    disagreeing=0,
    back_after_cut_s=0.5,
    back_after_kill_s=1.0,
    load=0.4,
)
PLACED = {7: 1}


def see(*pages: list[int], acknowledged: dict[str, int]) -> Seen:
    """Let pages be given events by number, after number 2; each puts card 7 into theme 1."""
    seen = Seen(len(pages), first_seq=2, acknowledged=acknowledged)
    for seat, numbers in enumerate(pages):
        for number in numbers:
            seen.note_event(seat, {"seq": number, "op": "", "cards": [{"id": 7, "home": 1}]})
    return seen


def count(seen: Seen, *events: tuple[str, int], homes: dict[int, int] = PLACED) -> dict[str, int]:
    return count_faults(seen, [("theme-0", 1), ("theme-1", 2), *events], homes)


def test_a_good_run_misses_nothing() -> None:
    assert list_missed(GOOD) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"seen_p95": 80},
        {"across_p95": 80},
        {"browsers_p95": 80},
        {"pages_s": 2},
        {"lost": 1},
        {"twice": 1},
        {"unseen": 1},
        {"out_of_order": 1},
        {"disagreeing": 1},
        {"back_after_cut_s": 6},
        {"back_after_kill_s": 6},
        {"seconds": 3600, "files_per_hour": 0},
        {"seconds": 3600, "memory_mb_per_hour": 0},
        {"seconds": 3600, "memory_mb_per_hour": None, "files_per_hour": 0},
    ],
)
def test_each_missed_goal_is_named(bad: dict[str, Any]) -> None:
    assert len(list_missed(replace(GOOD, **bad))) == 1


def test_a_thousand_seats_may_wait_longer() -> None:
    assert list_missed(replace(GOOD, seats=1000, seen_p95=200, pages_s=9)) == []


def test_moves_that_all_pages_saw_once_count_no_fault() -> None:
    seen = see([3, 4], [3, 4], acknowledged={"op-0": 3, "op-1": 4})

    faults = count(seen, ("op-0", 3), ("op-1", 4))

    assert faults.pop("acknowledged") == 2
    assert set(faults.values()) == {0}


def test_a_lost_a_double_and_an_unseen_move_are_each_counted() -> None:
    seen = see([3, 5, 4], [3, 4], acknowledged={"op-0": 3, "op-1": 4, "op-2": 5})

    faults = count(seen, ("op-0", 3), ("op-0", 4), ("op-1", 5))

    assert faults == {
        "acknowledged": 3, "lost": 3, "twice": 1, "unseen": 2, "out_of_order": 1, "disagreeing": 0,
    }  # fmt: skip


def test_a_page_that_ends_with_another_board_disagrees() -> None:
    seen = see([3], [3], acknowledged={"op-0": 3})
    seen.homes[1][7] = 2

    assert count(seen, ("op-0", 3))["disagreeing"] == 1
    assert count_faults(seen, [("op-0", 3)], PLACED, n_disagreeing=2)["disagreeing"] == 3


def test_a_move_of_the_other_process_is_told_apart() -> None:
    seen = Seen(2, sent_at={"op-0": 0.0}, sent_by={"op-0": 1})
    for seat in range(2):
        seen.note_event(seat, {"seq": 1, "op": "op-0", "cards": []}, n_processes=2)

    assert (len(seen.waits), len(seen.waits_across)) == (2, 1)


def test_growth_is_a_line_through_what_was_seen_after_the_warm_up() -> None:
    steep = [Look(60.0 * minute, 100 + 50 * minute, 10) for minute in range(4)]
    then = [Look(60.0 * minute, 300 + minute / 60, 20) for minute in range(4, 20)]

    assert measure_growth([*steep, *then]) == pytest.approx((1.0, 0.0))
    assert measure_growth(then[:5]) is None


def test_each_run_has_a_row_of_its_own_and_the_same_run_takes_its_place(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "room.md"
    page.write_text("Before\n<!-- room: written by benchmarks/room.py -->\n<!-- room: end -->\nAfter\n")
    monkeypatch.setattr(room_page, "PAGE", page)
    monkeypatch.setattr(room_page, "RUNS", tmp_path / "room.json")
    many = replace(GOOD, seats=1000)
    for run in (GOOD, many, replace(GOOD, lost=4)):
        room_page.keep_run(room_page.name_run(run), run)

    written = page.read_text()

    assert written.startswith("Before\n")
    assert written.endswith("After\n")
    assert written.count("| 100 seats, 10 moves/s |") == 3
    assert written.count("| 1000 seats, 10 moves/s |") == 3
    assert "R2: 4 lost" in written
