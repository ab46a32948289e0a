"""What if? The branches of a board: made, opened, compared, adopted, dropped and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.screens.components.dates import say_moment
from engagement.screens.components.plain import write_plainly
from engagement.screens.contents import find_screen
from engagement.screens.visit import Visit, keep_notice, link_to, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.branch_adoption import Choice, Conflict, adopt_branch, compare_branch
from engagement.workshop.branch_changes import Comparison
from engagement.workshop.branches import BranchView, drop_branch, list_branches, make_branch, take_up_branch
from models.branches import BranchStanding

EACH, ALL_BRANCH, ALL_TRUNK = "Decide each", "Take the branch for all", "Keep the board for all"
SIDES = {Choice.BRANCH: "Branch", Choice.TRUNK: "Board"}


def show_branches(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the branches of a board, and for whoever runs workshops the form that makes one."""
    with visit.record.reading() as session:
        branches = list_branches(session, visit.person, workshop.id)
    may_run = can_act(visit.person, Act.RUN_WORKSHOP)
    if not branches and not may_run:
        return
    count = "1 branch" if len(branches) == 1 else f"{len(branches)} branches"
    with st.expander(f"What if? {count}", key=f"branches-{workshop.id}", icon=":material/alt_route:"):
        st.text(
            "A branch is a board of its own that begins as this one stood at a step. "
            "People try something there; it never counts until it is adopted."
        )
        for branch in branches:
            show_branch(visit, branch, may_run)
        if may_run:
            show_form(visit, workshop)


def show_branch(visit: Visit, branch: BranchView, may_run: bool) -> None:
    """Draw one branch: how it stands, the way to its board, and what can be done with it."""
    with st.container(border=True):
        st.subheader(write_plainly(branch.name), anchor=False)
        st.text(describe_branch(branch))
        asked = {"engagement": str(visit.engagement_id), "workshop": str(branch.workshop_id)}
        label = f"Open the board of {write_plainly(branch.name)}"
        st.page_link(link_to("board.py"), label=label, icon=find_screen("board.py").icon, query_params=asked)
        if not may_run:
            return
        if branch.standing is BranchStanding.OPEN:
            show_comparison(visit, branch)
        elif st.button("Take it up again", key=f"take-up-{branch.workshop_id}", icon=":material/undo:"):
            act = partial(take_up_branch, branch_id=branch.workshop_id)
            do(visit, act, "The branch is open again.")


def say_moves(n_moves: int) -> str:
    """Say how many moves a board has."""
    return "1 move" if n_moves == 1 else f"{n_moves:,} moves"


def describe_branch(branch: BranchView) -> str:
    """Say in words where a branch comes from and how it stands."""
    begun = f"Begun at step {branch.from_seq:,}. {say_moves(branch.n_moves)} on it."
    if branch.standing is BranchStanding.OPEN:
        return begun
    return (
        f"{begun} {branch.standing.capitalize()} by {branch.changed_by} on {say_moment(branch.changed_at)}."
    )


def show_comparison(visit: Visit, branch: BranchView) -> None:
    """Draw what changed on each side, what a person has to decide, and the acts that end a branch."""
    with visit.record.reading() as session:
        comparison, conflicts = compare_branch(session, visit.person, branch.workshop_id)
    show_differences(comparison)
    choices = ask_choices(branch, conflicts) if conflicts else {}
    why = st.text_input("Why (you can leave this empty)", max_chars=300, key=f"end-why-{branch.workshop_id}")
    with st.container(horizontal=True):
        if st.button("Adopt it", key=f"adopt-{branch.workshop_id}", icon=":material/merge:", type="primary"):
            adopt = partial(adopt_branch, branch_id=branch.workshop_id, choices=choices, why=why)
            do(
                visit,
                adopt,
                "The branch is adopted: its changes are one act on the board, and Undo takes it back.",
            )
        if st.button("Drop it", key=f"drop-{branch.workshop_id}", icon=":material/inventory_2:"):
            drop = partial(drop_branch, branch_id=branch.workshop_id, why=why)
            do(visit, drop, "The branch is dropped. It is kept, and can be taken up again.")


def show_differences(comparison: Comparison) -> None:
    """Say in words and numbers how a branch and its board differ."""
    n_elsewhere = comparison.n_elsewhere
    voices = "1 voice stands" if n_elsewhere == 1 else f"{n_elsewhere:,} voices stand"
    st.text(f"{voices} elsewhere than on the board.")
    for heading, lines in (
        ("On the branch since they parted", comparison.on_branch),
        ("On the board since they parted", comparison.on_trunk),
    ):
        st.text("\n".join([f"{heading}:", *(f"• {line}" for line in lines or ("nothing",))]))


def ask_choices(branch: BranchView, conflicts: Sequence[Conflict]) -> dict[str, Choice]:
    """Ask whose side is taken wherever both changed the same."""
    count = "1 thing was" if len(conflicts) == 1 else f"{len(conflicts):,} things were"
    key = f"all-{branch.workshop_id}"
    taken = st.radio(
        f"{count} changed on both sides", (EACH, ALL_BRANCH, ALL_TRUNK), key=key, horizontal=True
    )
    if taken != EACH:
        return {each.key: Choice.BRANCH if taken == ALL_BRANCH else Choice.TRUNK for each in conflicts}
    chosen: dict[str, Choice] = {}
    for each in conflicts:
        answer = st.radio(
            write_plainly(f"{each.about}. Branch: {each.on_branch}. Board: {each.on_trunk}"),
            tuple(SIDES),
            index=None,
            format_func=SIDES.__getitem__,
            key=f"choose-{branch.workshop_id}-{each.key}",
            horizontal=True,
        )
        if answer is not None:
            chosen[each.key] = answer
    return chosen


def show_form(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the form that makes a branch from a step of the board."""
    with st.form(f"branch-{workshop.id}", border=False):
        name = st.text_input("What if", placeholder="Loneliness and transport were one theme", max_chars=200)
        at = st.number_input(
            "From step (the newest is now)", 0, workshop.n_moves, workshop.n_moves, key=f"from-{workshop.id}"
        )
        why = st.text_input("Why (you can leave this empty)", max_chars=300, key=f"branch-why-{workshop.id}")
        if st.form_submit_button("Make a branch", icon=":material/alt_route:"):
            make = partial(make_branch, trunk_id=workshop.id, name=name, at=int(at), why=why)
            do(visit, make, "The branch is made. Open its board and try.")


def do(visit: Visit, act: Callable[..., object], notice: str) -> None:
    """Do one act to a branch, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            act(session, visit.person)
        keep_notice(notice)
        st.rerun()
