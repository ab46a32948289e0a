"""The page of bad inputs tells the truth: its tests are there, its sentences are said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PAGE = (HOUSE / "docs" / "reference" / "bad-inputs.md").read_text(encoding="utf-8")
LINES = [line for line in PAGE.splitlines() if line.startswith("| ")]
ROWS = [[cell.strip() for cell in line.split(" | ")] for line in LINES[1:]]
FILES = set(range(1, 19))


def list_said() -> set[str]:
    """List every text that stands in the code of the product, pieces of one sentence joined."""
    sources = (path.read_text(encoding="utf-8") for path in (HOUSE / "engagement").rglob("*.py"))
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


SAID = list_said()


def test_every_bad_file_of_the_list_has_a_row() -> None:
    numbers = {int(row[0].strip("| ")) for row in ROWS if row[0].strip("| ").isdigit()}

    assert numbers >= FILES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_a_row_names_tests_that_are_there_and_sentences_that_are_said(row: list[str]) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row[3])
    sentences = re.findall(r"`([^`]+)`", row[2])

    assert named
    assert [name for path, name in named if f"def {name}(" not in (HOUSE / path).read_text("utf-8")] == []
    assert [each for each in sentences if not any(each in said for said in SAID)] == []
