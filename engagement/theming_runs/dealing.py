"""Candidate themes are copied to a board once; from then on the board owns them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.listen.voices import list_texts
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.bringing_together import BoardPlan, Hand, bring_together
from engagement.theming_runs.keeping import get_run_or_raise, keep_memberships, load_run
from engagement.theming_runs.views import LoadedRun, cut_run
from engagement.workshop.boards import ProposedTheme, open_board
from models.theming_runs import CandidateTheme


def send_to_board(
    session: Session, person: Person, run_id: int, n_themes: int, name: str, held_on: date | None = None
) -> int:
    """Copy the candidate themes at one position of the slider to a new board; give the workshop's number.

    From then on the board owns them: a later run changes nothing there.
    """
    check_may(person, Act.RUN_WORKSHOP)
    engagement_id = get_run_or_raise(session, run_id).engagement_id
    return deal_runs(session, person, engagement_id, [(run_id, n_themes)], name, held_on)


def deal_runs(
    session: Session,
    person: Person,
    engagement_id: int,
    chosen: Sequence[tuple[int, int]],
    name: str,
    held_on: date | None = None,
) -> int:
    """Make a board of the candidate themes of several runs, each cut into its number; give its id.

    ``chosen`` are ids of runs with how many themes each brings; the first gives homes before the others, and
    with none the board is empty and every voice not yet placed.

    Raises
    ------
    EngagementError
        When a run is chosen twice, is one of another engagement, or the name is empty, too long or taken.
    """
    check_may(person, Act.RUN_WORKSHOP)
    runs = [(load_run(session, person, run_id), n_themes) for run_id, n_themes in chosen]
    for run_id, _n_themes in chosen:
        if get_run_or_raise(session, run_id).engagement_id != engagement_id:
            raise EngagementError(f"Theming run {run_id} is of another engagement. Choose one of this one.")
    hands = _cut_hands(runs)
    # Withdrawn voices are dealt too: whoever gives words back finds them in their theme.
    plan = bring_together(hands, {voice_id for run, _ in runs for voice_id in run.voice_ids})
    for run, n_themes in runs:
        keep_memberships(session, run.view.id, list(run.voice_ids), run.result, n_themes)
    return open_board(
        session,
        person,
        engagement_id,
        name,
        _propose(session, plan, [run_id for run_id, _ in chosen]),
        run_id=chosen[0][0] if chosen else None,
        n_themes=chosen[0][1] if chosen else None,
        further_runs=chosen[1:],
        held_on=held_on,
    )


def plan_board(session: Session, engagement_id: int, runs: Sequence[tuple[LoadedRun, int]]) -> BoardPlan:
    """Tell what a board will hold that begins with these runs, each cut into its number; nothing is changed.

    Raises
    ------
    EngagementError
        When a run is chosen twice.
    """
    standing = [each.voice_id for each in list_texts(session, engagement_id)]
    return bring_together(_cut_hands(runs), standing)


def _cut_hands(runs: Sequence[tuple[LoadedRun, int]]) -> list[Hand]:
    return [Hand(run.view.id, n_themes, cut_run(run, n_themes).themes) for run, n_themes in runs]


def _propose(session: Session, plan: BoardPlan, run_ids: Sequence[int]) -> list[ProposedTheme]:
    columns = (CandidateTheme.run_id, CandidateTheme.node, CandidateTheme.id)
    rows = session.execute(select(*columns).where(CandidateTheme.run_id.in_(run_ids)))
    ids = {(run_id, node): candidate_id for run_id, node, candidate_id in rows}
    return [
        ProposedTheme(ids[each.run_id, each.node], each.name, each.voice_ids, each.echo_ids)
        for each in plan.themes
    ]
