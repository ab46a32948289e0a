"""Candidate themes are copied to a board once; from then on the board owns them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.keeping import get_run_or_raise, keep_memberships, load_run
from engagement.theming_runs.views import cut_run
from engagement.workshop.boards import ProposedTheme, open_board
from models.theming_runs import CandidateTheme


def send_to_board(
    session: Session, person: Person, run_id: int, n_themes: int, name: str, held_on: date | None = None
) -> int:
    """Copy the candidate themes at one position of the slider to a new board; give the workshop's number.

    From then on the board owns them: a later run changes nothing there.
    """
    check_may(person, Act.RUN_WORKSHOP)
    run = load_run(session, person, run_id)
    row = get_run_or_raise(session, run_id)
    keep_memberships(session, run_id, list(run.voice_ids), run.result, n_themes)
    ids = dict(
        session.execute(
            select(CandidateTheme.node, CandidateTheme.id).where(CandidateTheme.run_id == run_id)
        ).all()
    )
    themes = cut_run(run, n_themes).themes
    proposed = [ProposedTheme(ids[each.node], each.label, each.voice_ids) for each in themes]
    return open_board(
        session, person, row.engagement_id, name, proposed, run_id=run_id, n_themes=n_themes, held_on=held_on
    )
