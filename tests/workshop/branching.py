"""Branches of a board, made and adopted by its facilitator."""

from __future__ import annotations

from engagement.workshop.branch_adoption import Choice, adopt_branch
from engagement.workshop.branches import make_branch
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table


def branch_off(table: Table, at: int | None = None, name: str = "What if") -> Table:
    """Make a branch and sit down at it."""
    with table.record.writing() as session:
        branch_id = make_branch(session, FACILITATOR, table.workshop_id, name, at=at)
    branch = Table(table.room, branch_id, {}, table.ops)
    branch.themes = {theme["name"]: theme["id"] for theme in branch.look()["themes"]}
    return branch


def adopt(table: Table, branch: Table, choices: dict[str, Choice] | None = None) -> int:
    """Adopt a branch, and give the number of the move on its trunk."""
    with table.record.writing() as session:
        return adopt_branch(session, FACILITATOR, branch.workshop_id, choices or {})
