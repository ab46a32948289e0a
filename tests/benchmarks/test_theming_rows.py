from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import theming_results
from benchmarks.theming_agreement import AGREEMENT, compare_sets, leave_out_collapsed
from benchmarks.theming_cold import COLD
from benchmarks.theming_results import Choices, Row, average_over_sets, keep_rows, read_rows
from benchmarks.theming_stability import STABILITY


def make_row(name: str, system: str, ami: float, sample: int = 0, unplaced: float = 0.0) -> Row:
    row = {"set": name, "system": system, "sample": sample, "ami": ami, "unplaced": unplaced}
    return {**row, "n_themes": 20}


def test_the_ratio_of_a_set_is_of_means_over_runs() -> None:
    rows = [make_row("a", "ours", 0.3), make_row("a", "BERTopic", 0.1), make_row("a", "BERTopic", 0.2)]

    assert compare_sets(rows) == {"a": pytest.approx(2.0)}


def test_the_ratio_looks_only_at_samples_that_both_have() -> None:
    rows = [
        make_row("a", "ours", 0.3),
        make_row("a", "BERTopic", 0.2),
        make_row("a", "BERTopic", 0.9, sample=1),
    ]

    assert compare_sets(rows) == {"a": pytest.approx(1.5)}


def test_a_collapsed_fit_of_bertopic_can_be_left_out_of_the_ratio() -> None:
    collapsed = {**make_row("a", "BERTopic", 0.0), "n_themes": 2}
    rows = [make_row("a", "ours", 0.3), make_row("a", "BERTopic", 0.2), collapsed]

    assert compare_sets(rows) == {"a": pytest.approx(3.0)}
    assert compare_sets(leave_out_collapsed(rows)) == {"a": pytest.approx(1.5)}


def test_a_set_below_bertopic_fails_its_goal_though_the_mean_is_met() -> None:
    rows = [
        make_row("a", "ours", 0.9),
        make_row("a", "BERTopic", 0.3),
        make_row("b", "ours", 0.29),
        make_row("b", "BERTopic", 0.3),
    ]

    of_mean, of_lowest, of_unplaced = AGREEMENT.list_goals(rows)

    assert of_mean.is_met
    assert not of_lowest.is_met
    assert of_lowest.measured == "0.97 (b)"
    assert of_unplaced.is_met


def test_one_text_unplaced_fails_its_goal() -> None:
    (goal,) = AGREEMENT.list_goals([make_row("a", "ours", 0.9, unplaced=1 / 614)])

    assert not goal.is_met


def test_each_set_counts_once_in_a_mean_over_sets() -> None:
    rows = [make_row("a", "ours", 0.0), make_row("a", "ours", 0.2), make_row("b", "ours", 0.5)]

    assert average_over_sets(rows, "ami") == pytest.approx(0.3)


def make_cold_row(system: str, wall: float, peak_mb: float) -> Row:
    return {"system": system, "round": 0, "wall": wall, "cpu": wall, "peak_mb": peak_mb, "load": 0.0}


def test_cold_processes_are_held_against_a_sixth_and_a_quarter() -> None:
    rows = [make_cold_row("ours", 5, 400), make_cold_row("BERTopic", 30, 1500)]

    of_wall, of_memory = COLD.list_goals(rows)

    assert (of_wall.measured, of_wall.is_met) == ("1/6.0", True)
    assert (of_memory.measured, of_memory.is_met) == ("1/3.8", False)


def test_samples_are_held_against_their_own_goals() -> None:
    def make_sample(name: str, ari: float) -> Row:
        return {"set": name, "system": "ours", "kind": "sample", "ari": ari}

    rows = [make_sample("bowling_green", 0.79), make_sample("nhs A", 0.7), make_sample("nhs B", 0.8)]

    of_civic, of_nhs = STABILITY.list_goals(rows)

    assert not of_civic.is_met
    assert of_nhs.is_met
    assert of_nhs.measured == "0.750 (lowest 0.700, nhs A)"


def test_measuring_one_system_anew_keeps_the_rows_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theming_results, "RESULTS", tmp_path)
    everything, ours_alone = Choices(True, ("ours", "BERTopic")), Choices(True, ("ours",))
    keep_rows("agreement", [make_row("a", "ours", 0.1), make_row("a", "BERTopic", 0.2)], everything)

    keep_rows("agreement", [make_row("a", "ours", 0.31234567)], ours_alone)

    kept = {row["system"]: row["ami"] for row in read_rows("agreement")}
    assert kept == {"ours": 0.3123, "BERTopic": 0.2}


@pytest.mark.parametrize("part", [AGREEMENT, COLD, STABILITY])
def test_tables_of_nothing_measured_can_be_written(part: theming_results.Part) -> None:
    assert list(part.list_goals([])) == []
    assert any(line.startswith("###") for line in part.write_tables([]))
