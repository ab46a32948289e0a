"""The strip: where the engagement stands, in one line, and the way to move about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engagement.answer.progress import Progress, describe_progress
from engagement.engagements import EngagementView
from engagement.screens.components.way import mount_way
from engagement.screens.contents import ACT, ANSWER, CHOOSE, LISTEN, STEPS, THEME
from models.database import Record


@dataclass(frozen=True)
class Step:
    """One step of the strip: where it leads, and what there is in a few words."""

    title: str
    file: str
    says: str


def show_strip(record: Record, engagement: EngagementView, *, here: str = "", key: str = "way") -> str | None:
    """Draw the strip of the engagement and give the file of the screen that somebody has just asked for.

    Parameters
    ----------
    here : str
        The step of the screen that is open; it is marked.
    key : str
        Tells strips apart where there are several on one screen.
    """
    with record.reading() as session:
        progress = describe_progress(session, engagement.id)
    return mount_way(engagement, list_steps(progress), describe_sum(progress), here=here, key=key)


def list_steps(progress: Progress) -> tuple[Step, ...]:
    """List the steps of the way with what there is at each, first the one that comes first."""
    says = {
        LISTEN: _count(progress.n_voices, "voice"),
        THEME: _say_themes(progress),
        CHOOSE: _count(progress.n_priorities, "priority", "priorities"),
        ACT: _say_actions(progress),
        ANSWER: _count(progress.n_referrals, "referral"),
    }
    return tuple(Step(title, _first_screen(title, progress), says[title]) for title in STEPS)


def describe_sum(progress: Progress) -> str:
    """Say whether the ledger adds up, as ``614 = 614``."""
    ledger = progress.ledger
    if not ledger.total:
        return ""
    states: Sequence[int] = (
        ledger.unplaced,
        ledger.themed,
        ledger.in_priority,
        ledger.referred,
        ledger.parked,
        ledger.withdrawn,
    )
    return f"{sum(states)} = {ledger.total}" if ledger.adds_up else f"{sum(states)} is not {ledger.total}"


def _first_screen(step: str, progress: Progress) -> str:
    screens = {
        LISTEN: "sources.py",
        THEME: "workshop.py" if progress.n_themes else "candidate_themes.py",
        CHOOSE: "priorities.py",
        ACT: "my_work.py",
        ANSWER: "ledger.py",
    }
    return screens[step]


def _say_themes(progress: Progress) -> str:
    if progress.n_themes:
        return _count(progress.n_themes, "theme")
    return f"{progress.n_proposed} proposed" if progress.n_proposed else "no themes yet"


def _say_actions(progress: Progress) -> str:
    open_ones = f"{progress.n_open_actions} open"
    return f"{open_ones}, {progress.n_late_actions} late" if progress.n_late_actions else open_ones


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
