"""The tree of candidate themes at one position of the slider: which would come together, in which order."""

from __future__ import annotations

from dataclasses import dataclass

from engagement.theming_runs.views import CutView, LoadedRun


@dataclass(frozen=True)
class Branch:
    """A candidate theme, or the join of two branches.

    ``height`` runs from 0 (always together in the runs) to 1 (never); ``row`` is where it stands on the
    page, 0 for the topmost theme, between rows for a join; ``parts`` are places in the tuple of branches.
    """

    node: int
    label: str
    size: int
    height: float
    row: float
    parts: tuple[int, int] | None


def grow_tree(run: LoadedRun, cut: CutView) -> tuple[Branch, ...]:
    """List the candidate themes from top to bottom, then the joins, the most alike first."""
    nodes = run.result.nodes
    shown = {theme.node for theme in cut.themes}
    rows = {node: float(row) for row, node in enumerate(_order_nodes(run, shown))}
    place_of = {node: place for place, node in enumerate(rows)}
    branches = [
        Branch(node, nodes[node].label, nodes[node].size, 0.0, row, None) for node, row in rows.items()
    ]
    for node in nodes:
        if node.children is None or not set(node.children) <= set(place_of):
            continue
        left, right = sorted(place_of[child] for child in node.children)
        row = (branches[left].row + branches[right].row) / 2
        place_of[node.id] = len(branches)
        branches.append(Branch(node.id, node.label, node.size, node.height, row, (left, right)))
    return tuple(branches)


def describe_tree(branches: tuple[Branch, ...]) -> str:
    """Say in a sentence or two what one sees on the tree."""
    joins = [branch for branch in branches if branch.parts]
    if not joins:
        return "There is one theme, so nothing to join."
    first, last = (_name_parts(branches, join) for join in (joins[0], joins[-1]))
    if len(joins) == 1:
        return f"“{first[0]}” and “{first[1]}” are the only two themes."
    return (
        f"“{first[0]}” and “{first[1]}” are most alike: with one theme fewer, they would be one. "
        f"What is least alike: “{last[0]}” on one side, “{last[1]}” on the other."
    )


def _order_nodes(run: LoadedRun, shown: set[int]) -> list[int]:
    """Order the themes so that no two branches cross: the larger part of each join first."""
    nodes = run.result.nodes
    waiting, ordered = [nodes[-1].id], []
    while waiting:
        node = nodes[waiting.pop()]
        if node.id in shown or node.children is None:
            ordered.append(node.id)
        else:
            waiting.extend(sorted(node.children, key=lambda child: (nodes[child].size, -child)))
    return ordered


def _name_parts(branches: tuple[Branch, ...], join: Branch) -> tuple[str, str]:
    left, right = join.parts or (0, 0)
    return branches[left].label, branches[right].label
