"""The one bridge between the record and ``theming/``: voices go in as texts, candidate themes come back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.embedding_cache import RecordEmbeddingCache
from engagement.errors import EngagementError, NotFoundError
from engagement.jobs import JobView, ask_for_job, finish_job, report_progress
from engagement.listen.voices import list_texts
from engagement.people.permissions import Act, Person, check_may
from engagement.settings import read_settings
from engagement.workshop.boards import ProposedTheme, open_board
from models.database import Record
from models.people import Role
from models.theming_runs import CandidateTheme, Membership, ThemingRun
from theming.results import Cut, ThemeNode, ThemingResult

THEMING_JOB = "theming"
PROGRESS_PAUSE_S = 0.4


@dataclass(frozen=True)
class RunView:
    """A theming run as screens show it. ``card`` says how it was made."""

    id: int
    chosen_n: int
    n_voices: int
    n_set_aside: int
    card: Mapping[str, Any]
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class LoadedRun:
    """A theming run with its whole tree in memory, so that the slider answers at once."""

    view: RunView
    voice_ids: tuple[int, ...]
    result: ThemingResult

    @property
    def most_themes(self) -> int:
        """Tell the largest number of themes that can be asked for."""
        return self.result.n_leaves


@dataclass(frozen=True)
class CandidateView:
    """A candidate theme at one position of the slider.

    ``stability`` and ``strength`` run from 0 to 1; ``near`` are labels of the themes its voices come next to;
    ``typical`` and ``voice_ids`` are ids of voices, the most typical and the strongest first.
    """

    node: int
    label: str
    keywords: tuple[str, ...]
    stability: float
    typical: tuple[int, ...]
    voice_ids: tuple[int, ...]
    near: tuple[str, ...]

    @property
    def size(self) -> int:
        """Count the voices."""
        return len(self.voice_ids)


@dataclass(frozen=True)
class CutView:
    """All candidate themes at one position of the slider, and the voices that were set aside."""

    themes: tuple[CandidateView, ...]
    set_aside: tuple[int, ...]


def ask_for_themes(session: Session, person: Person, engagement_id: int) -> int:
    """Ask the worker to propose candidate themes for every voice; give the job's number."""
    check_may(person, Act.ASK_FOR_THEMES)
    if not list_texts(session, engagement_id):
        raise EngagementError("There are no voices yet. Add notes or a survey under Sources first.")
    return ask_for_job(session, person, engagement_id, THEMING_JOB, {})


def run_theming_job(record: Record, job: JobView) -> None:
    """Do a theming job: read the voices, find themes, keep the run, all of it or nothing."""
    with record.reading() as session:
        texts = list_texts(session, job.engagement_id)
    report = _make_reporter(record, job.id)
    result = propose_themes([each.text for each in texts], record=record, report=report)
    with record.writing() as session:
        asker = Person(name=job.asked_by, role=Role.FACILITATOR)
        voice_ids = [each.voice_id for each in texts]
        run_id = _keep_run(session, asker, job.engagement_id, voice_ids, result)
        finish_job(session, job.id, {"run_id": run_id})


def propose_themes(
    texts: Sequence[str],
    *,
    n_themes: int | None = None,
    record: Record | None = None,
    report: Callable[[str, float], None] | None = None,
) -> ThemingResult:
    """Find candidate themes in texts; vectors are kept in the record, where one is given.

    Raises
    ------
    EngagementError
        When too few of the texts say something.
    """
    from theming.engine import TooFewTexts, find_themes
    from theming.settings import ThemingSettings

    settings = ThemingSettings(n_themes=n_themes, n_threads=read_settings().worker_threads)
    cache = RecordEmbeddingCache(record) if record else None
    try:
        return find_themes(texts, settings=settings, cache=cache, report=report)
    except TooFewTexts as error:
        raise EngagementError(
            f"Only {error.count} voices say something, and at least {error.floor} are needed before "
            "the machine can propose themes. Deal them unsorted onto a workshop board and theme them by hand."
        ) from error


def find_newest_run(session: Session, person: Person, engagement_id: int) -> RunView | None:
    """Find the newest theming run of an engagement."""
    check_may(person, Act.READ)
    query = select(ThemingRun).where(ThemingRun.engagement_id == engagement_id)
    run = session.scalars(query.order_by(ThemingRun.id.desc()).limit(1)).first()
    return _view_run(run) if run else None


def load_run(session: Session, person: Person, run_id: int) -> LoadedRun:
    """Load a run with its tree."""
    check_may(person, Act.READ)
    run = _get_run_or_raise(session, run_id)
    return LoadedRun(_view_run(run), tuple(run.voice_ids), ThemingResult.from_bytes(run.result))


def cut_run(run: LoadedRun, n_themes: int) -> CutView:
    """Show the candidate themes at one position of the slider."""
    cut = run.result.cut(n_themes)
    themes = tuple(_view_candidate(run, cut, position, node) for position, node in enumerate(cut.themes))
    return CutView(themes, tuple(run.voice_ids[position] for position in run.result.set_aside))


def send_to_board(
    session: Session, person: Person, run_id: int, n_themes: int, name: str, held_on: date | None = None
) -> int:
    """Copy the candidate themes at one position of the slider to a new board; give the workshop's number.

    From then on the board owns them: a later run changes nothing there.
    """
    check_may(person, Act.RUN_WORKSHOP)
    run = load_run(session, person, run_id)
    row = _get_run_or_raise(session, run_id)
    _keep_memberships(session, run_id, list(run.voice_ids), run.result, n_themes)
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


def describe_stability(stability: float) -> str:
    """Say in plain words how well a candidate theme holds together (``stability`` from 0 to 1)."""
    return f"holds together in {round(stability * 10)} of 10 runs"


def _keep_run(
    session: Session, person: Person, engagement_id: int, voice_ids: list[int], result: ThemingResult
) -> int:
    run = ThemingRun(
        engagement_id=engagement_id,
        chosen_n=result.chosen_n,
        n_voices=len(voice_ids),
        n_set_aside=len(result.set_aside),
        card=result.card,
        voice_ids=voice_ids,
        result=result.to_bytes(),
        made_by=person.name,
    )
    session.add(run)
    session.flush()
    session.add_all(
        CandidateTheme(
            run_id=run.id,
            node=node.id,
            label=node.label,
            keywords=list(node.keywords),
            size=node.size,
            stability=node.stability,
        )
        for node in result.nodes
    )
    _keep_memberships(session, run.id, voice_ids, result, result.chosen_n)
    details = {"n_themes": result.chosen_n, "n_voices": len(voice_ids)}
    record_decision(
        session,
        person,
        "proposed candidate themes",
        subject="theming_run",
        subject_id=run.id,
        engagement_id=engagement_id,
        details=details,
    )
    return run.id


def _keep_memberships(
    session: Session, run_id: int, voice_ids: list[int], result: ThemingResult, n_themes: int
) -> None:
    kept = select(Membership.run_id).where(Membership.run_id == run_id, Membership.n_themes == n_themes)
    if session.scalars(kept.limit(1)).first() is not None:
        return
    cut = result.cut(n_themes)
    for position, voice_id in enumerate(voice_ids):
        theme = int(cut.theme_of_text[position])
        session.add(
            Membership(
                run_id=run_id,
                n_themes=n_themes,
                voice_id=voice_id,
                node=cut.themes[theme].id if theme >= 0 else None,
                strength=float(cut.strength[position]),
                alternatives=[cut.themes[near].id for near in cut.alternatives[position]],
            )
        )
    session.flush()


def _view_candidate(run: LoadedRun, cut: Cut, position: int, node: ThemeNode) -> CandidateView:
    members = [int(text) for text in (cut.theme_of_text == position).nonzero()[0]]
    members.sort(key=lambda text: (-float(cut.strength[text]), text))
    nearest: dict[int, int] = {}
    for text in members:
        for near in cut.alternatives[text][:1]:
            nearest[near] = nearest.get(near, 0) + 1
    near_first = sorted(nearest, key=lambda theme: (-nearest[theme], theme))[:2]
    return CandidateView(
        node=node.id,
        label=node.label,
        keywords=node.keywords,
        stability=node.stability,
        typical=tuple(run.voice_ids[text] for text in node.typical),
        voice_ids=tuple(run.voice_ids[text] for text in members),
        near=tuple(cut.themes[theme].label for theme in near_first),
    )


def _view_run(run: ThemingRun) -> RunView:
    return RunView(run.id, run.chosen_n, run.n_voices, run.n_set_aside, run.card, run.made_by, run.made_at)


def _get_run_or_raise(session: Session, run_id: int) -> ThemingRun:
    run = session.get(ThemingRun, run_id)
    if run is None:
        raise NotFoundError(f"There is no theming run {run_id}. Ask for candidate themes again.")
    return run


def _make_reporter(record: Record, job_id: int) -> Callable[[str, float], None]:
    """Make a reporter that writes at most a few times a second, and stops the run when somebody asked."""
    last = 0.0

    def report(message: str, share_done: float) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_PAUSE_S and share_done < 1:
            return
        last = time.monotonic()
        with record.writing() as session:
            is_stop_asked = report_progress(session, job_id, share_done, message)
        if is_stop_asked:
            raise EngagementError("This was stopped, so nothing of it was kept.")

    return report
