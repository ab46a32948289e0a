"""Runs as the record keeps them: found, loaded with their tree, and where each voice stood at one cut."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engagement.errors import NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.clauses import load_clauses
from engagement.theming_runs.views import LoadedRun, RunView
from models.theming_runs import Membership, ThemingRun
from theming.results import ThemingResult

KEPT_AT_ONCE = 5_000


def find_newest_run(session: Session, person: Person, engagement_id: int) -> RunView | None:
    """Find the newest theming run of an engagement."""
    check_may(person, Act.READ)
    query = select(ThemingRun).where(ThemingRun.engagement_id == engagement_id)
    run = session.scalars(query.order_by(ThemingRun.id.desc()).limit(1)).first()
    return _view_run(run) if run else None


def list_runs(session: Session, person: Person, engagement_id: int) -> tuple[RunView, ...]:
    """List the theming runs of an engagement, the oldest first: the place is the number people speak of."""
    check_may(person, Act.READ)
    query = select(ThemingRun).where(ThemingRun.engagement_id == engagement_id).order_by(ThemingRun.id)
    return tuple(_view_run(run) for run in session.scalars(query))


def load_run(session: Session, person: Person, run_id: int) -> LoadedRun:
    """Load a run with its tree."""
    check_may(person, Act.READ)
    run = get_run_or_raise(session, run_id)
    clauses = load_clauses(session, person, run_id)
    return LoadedRun(_view_run(run), tuple(run.voice_ids), ThemingResult.from_bytes(run.result), clauses)


def keep_memberships(
    session: Session, run_id: int, voice_ids: list[int], result: ThemingResult, n_themes: int
) -> None:
    """Keep where each voice stands when the tree is cut into so many themes; once for each number."""
    kept = select(Membership.run_id).where(Membership.run_id == run_id, Membership.n_themes == n_themes)
    if session.scalars(kept.limit(1)).first() is not None:
        return
    cut = result.cut(n_themes)
    nodes = [theme.id for theme in cut.themes]
    for start in range(0, len(voice_ids), KEPT_AT_ONCE):
        session.execute(
            insert(Membership),
            [
                {
                    "run_id": run_id,
                    "n_themes": n_themes,
                    "voice_id": voice_id,
                    "node": nodes[theme] if (theme := int(cut.theme_of_text[position])) >= 0 else None,
                    "strength": float(cut.strength[position]),
                    "alternatives": [nodes[near] for near in cut.alternatives[position]],
                }
                for position, voice_id in enumerate(voice_ids[start : start + KEPT_AT_ONCE], start)
            ],
        )


def get_run_or_raise(session: Session, run_id: int) -> ThemingRun:
    """Get the row of a run."""
    run = session.get(ThemingRun, run_id)
    if run is None:
        raise NotFoundError(f"There is no theming run {run_id}. Ask for candidate themes again.")
    return run


def _view_run(run: ThemingRun) -> RunView:
    return RunView(run.id, run.chosen_n, run.n_voices, run.n_set_aside, run.card, run.made_by, run.made_at)
