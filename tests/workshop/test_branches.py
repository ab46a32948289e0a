"""What if? A branch is a board of its own, compared with its trunk, adopted as one act or dropped."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.answer.ledger import count_ledger
from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.workshop.boards import get_workshop_or_raise, list_workshops, make_board_count
from engagement.workshop.branch_adoption import Choice, adopt_branch, compare_branch
from engagement.workshop.branches import drop_branch, list_branches, make_branch, take_up_branch
from engagement.workshop.state import find_broken_event
from models.branches import BranchStanding
from models.decisions import Decision
from tests.builders import FACILITATOR, LEAD
from tests.workshop.branching import adopt, branch_off
from tests.workshop.conftest import Table
from tests.workshop.test_moves import forget_versions


def compare(branch: Table):
    with branch.record.writing() as session:
        return compare_branch(session, FACILITATOR, branch.workshop_id)


def read_homes(table: Table) -> list[str | None]:
    """Tell under which name each voice is shown."""
    state = table.look()
    themes = {theme["id"]: theme for theme in state["themes"]}

    def find_name(theme_id: int | None) -> str | None:
        while theme_id is not None and themes[theme_id]["merged_into"]:
            theme_id = themes[theme_id]["merged_into"]
        return None if theme_id is None else themes[theme_id]["name"]

    return [find_name(card["home"]) for card in state["cards"]]


def test_a_branch_begins_as_the_board_stood_at_a_step_and_leaves_it_alone(table: Table) -> None:
    table.move("merge", theme=table.themes["Online"], into=table.themes["Nobody listens"])
    then = read_homes(table)
    table.move("move", voices=list(table.voices), to=table.themes["Getting about"])
    now = table.look()

    branch = branch_off(table, at=1)
    begun = read_homes(branch)
    branch.move("park", voices=[table.voices[0]], reason="Elsewhere")

    assert begun == then
    assert table.look() == now


def test_a_branch_never_counts(table: Table) -> None:
    with table.record.reading() as session:
        before = count_ledger(session, table.room.engagement_id)
    branch = branch_off(table)
    branch.move("move", voices=list(table.voices), to=None)

    with table.record.reading() as session:
        assert count_ledger(session, table.room.engagement_id) == before
        assert get_workshop_or_raise(session, LEAD, branch.workshop_id).trunk_id == table.workshop_id
    with pytest.raises(EngagementError, match="never counts"), table.record.writing() as session:
        make_board_count(session, FACILITATOR, branch.workshop_id)


def test_a_branch_is_compared_in_words_and_numbers(table: Table) -> None:
    branch = branch_off(table)
    branch.move("merge", theme=branch.themes["Online"], into=branch.themes["Getting about"])
    branch.move("rename", theme=branch.themes["Nobody listens"], name="Heard")
    branch.move("add_theme", name="Warm places", voices=[table.voices[7]])
    table.move("park", voices=[table.voices[0]], reason="Elsewhere")

    comparison, conflicts = compare(branch)

    assert set(comparison.on_branch) == {
        "“Online” was merged into “Getting about”",
        "“Nobody listens” was renamed to “Heard”",
        "“Warm places” was added",
        "1 voice placed in another theme",
    }
    assert comparison.on_trunk == ("1 voice parked",)
    assert comparison.n_elsewhere == 4
    assert conflicts == ()


def test_an_adopted_branch_comes_as_one_act_that_can_be_undone(table: Table) -> None:
    branch = branch_off(table)
    branch.move("merge", theme=branch.themes["Online"], into=branch.themes["Getting about"])
    branch.move("rename", theme=branch.themes["Nobody listens"], name="Heard")
    branch.move("add_theme", name="Warm places", voices=[table.voices[7]])
    branch.move("echo", voices=[table.voices[2]], theme=branch.themes["Getting about"], on=True)
    table.move("move", voices=[table.voices[6]], to=table.themes["Nobody listens"])
    before = forget_versions(table.look())

    seq = adopt(table, branch)
    adopted = read_homes(table)
    table.move("undo")

    assert seq == 2
    assert adopted == [*["Getting about"] * 2, *["Heard"] * 2, *["Getting about"] * 2, "Heard", "Warm places"]
    assert forget_versions(table.look()) == before
    with table.record.reading() as session:
        assert find_broken_event(session, table.workshop_id) is None


def test_where_both_changed_a_person_decides(table: Table) -> None:
    branch = branch_off(table)
    branch.move("move", voices=list(table.voices[:2]), to=branch.themes["Online"])
    branch.move("rename", theme=branch.themes["Nobody listens"], name="Heard")
    table.move("move", voices=[table.voices[0]], to=table.themes["Nobody listens"])
    table.move("rename", theme=table.themes["Nobody listens"], name="Asked")
    before = table.look()

    _comparison, conflicts = compare(branch)
    with pytest.raises(ConflictError, match="decide 2 things first"):
        adopt(table, branch)

    assert table.look() == before
    assert [(each.on_branch, each.on_trunk) for each in conflicts] == [
        ("in “Online”", "in “Asked”"),
        ("called “Heard”", "called “Asked”"),
    ]
    adopt(table, branch, {conflicts[0].key: Choice.TRUNK, conflicts[1].key: Choice.BRANCH})
    assert read_homes(table)[:3] == ["Heard", "Online", "Heard"]


@pytest.mark.parametrize(("choice", "home"), [(Choice.BRANCH, "Online"), (Choice.TRUNK, None)])
def test_a_theme_that_the_trunk_removed_comes_back_only_when_a_person_says_so(
    table: Table, choice: Choice, home: str | None
) -> None:
    branch = branch_off(table)
    branch.move("move", voices=[table.voices[7]], to=branch.themes["Online"])
    branch.move("move", voices=[table.voices[6]], to=branch.themes["Getting about"])
    table.move("remove_theme", theme=table.themes["Online"])

    _comparison, conflicts = compare(branch)
    adopt(table, branch, {conflict.key: choice for conflict in conflicts})

    assert len(conflicts) == 1
    assert read_homes(table)[6:] == ["Getting about", home]


@pytest.mark.parametrize(("choice", "stands"), [(Choice.BRANCH, False), (Choice.TRUNK, True)])
def test_a_removed_theme_is_not_taken_from_under_new_cards_unasked(
    table: Table, choice: Choice, stands: bool
) -> None:
    branch = branch_off(table)
    branch.move("remove_theme", theme=branch.themes["Online"])
    branch.move("rename", theme=branch.themes["Getting about"], name="Buses")
    table.move("move", voices=[table.voices[7]], to=table.themes["Online"])

    _comparison, conflicts = compare(branch)
    adopt(table, branch, {conflict.key: choice for conflict in conflicts})

    assert [each.about for each in conflicts] == ["“Online”"]
    assert ("Online" in table.names()) is stands
    assert read_homes(table)[7] == ("Online" if stands else None)


def test_a_name_that_the_trunk_has_by_now_is_numbered(table: Table) -> None:
    branch = branch_off(table)
    branch.move("add_theme", name="Warm places")
    table.move("add_theme", name="warm places")

    adopt(table, branch)

    assert "Warm places (2)" in table.names()


def test_a_dropped_branch_is_kept_and_can_be_taken_up_and_adopted(table: Table) -> None:
    branch = branch_off(table)
    branch.move("rename", theme=branch.themes["Online"], name="Computers")
    with table.record.writing() as session:
        drop_branch(session, FACILITATOR, branch.workshop_id, why="Not now")
    with pytest.raises(EngagementError, match="is dropped"):
        adopt(table, branch)
    with pytest.raises(EngagementError, match="is closed"):
        branch.move("undo")
    with table.record.writing() as session:
        dropped = list_branches(session, LEAD, table.workshop_id)[0].standing
        take_up_branch(session, FACILITATOR, branch.workshop_id)

    adopt(table, branch)

    with table.record.reading() as session:
        kinds = session.scalars(select(Decision.kind).where(Decision.subject_id == table.workshop_id)).all()
        assert list_branches(session, LEAD, table.workshop_id)[0].standing is BranchStanding.ADOPTED
    assert dropped is BranchStanding.DROPPED
    assert kinds[-4:] == ["made branch", "dropped branch", "took branch up", "adopted branch"]
    assert "Computers" in table.names()


def test_an_adoption_that_was_undone_can_be_adopted_again(table: Table) -> None:
    branch = branch_off(table)
    branch.move("add_theme", name="Warm places", voices=[table.voices[7]])
    adopt(table, branch)
    table.move("undo")
    with table.record.writing() as session:
        take_up_branch(session, FACILITATOR, branch.workshop_id)

    adopt(table, branch)

    assert read_homes(table)[7] == "Warm places"
    assert [name for name in table.names() if name.startswith("Warm")] == ["Warm places"]


def test_a_branch_without_changes_has_nothing_to_bring(table: Table) -> None:
    with pytest.raises(EngagementError, match="Drop it instead"):
        adopt(table, branch_off(table))


def test_only_who_runs_workshops_makes_adopts_and_drops_branches(sqlite_table: Table) -> None:
    branch = branch_off(sqlite_table)
    acts = (
        lambda session: make_branch(session, LEAD, sqlite_table.workshop_id, "Mine"),
        lambda session: adopt_branch(session, LEAD, branch.workshop_id, {}),
        lambda session: drop_branch(session, LEAD, branch.workshop_id),
        lambda session: take_up_branch(session, LEAD, branch.workshop_id),
    )
    for act in acts:
        with pytest.raises(NotAllowedError), sqlite_table.record.writing() as session:
            act(session)


def test_branches_do_not_grow_branches_and_stand_in_the_list(sqlite_table: Table) -> None:
    branch = branch_off(sqlite_table)

    with pytest.raises(EngagementError, match="is a branch itself"):
        branch_off(branch, name="Deeper")
    with sqlite_table.record.reading() as session:
        listed = list_workshops(session, LEAD, sqlite_table.room.engagement_id)
    assert [(each.name, each.trunk_id) for each in listed] == [
        ("What if", sqlite_table.workshop_id),
        ("Workshop 1", None),
    ]


def test_a_branch_without_a_name_is_refused_as_a_branch(table: Table) -> None:
    with pytest.raises(EngagementError, match="The name of the branch is empty"):
        branch_off(table, name=" ")
