"""Two people who choose at the same moment: one is served, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from engagement.errors import EngagementError
from engagement.plan.priority_views import list_priorities
from models.database import Record
from tests.builders import VIEWER
from tests.plan.states import TODAY, Board, add_board, add_priority


def test_theme_chosen_by_two_people_at_once_goes_into_one_priority(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
    start = Barrier(2, timeout=30)

    def choose(title: str) -> str:
        start.wait()
        return _try_to_choose(record, board, title)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(choose, ("Company", "Solitude")))

    with record.reading() as session:
        (kept,) = list_priorities(session, VIEWER, board.engagement_id, TODAY)
    assert sorted(answers) == sorted(
        ["chosen", f"“Being alone” is already part of the priority “{kept.title}”. "
         "Take it out of that priority first, or choose another theme."]
    )  # fmt: skip


def _try_to_choose(record: Record, board: Board, title: str) -> str:
    try:
        with record.writing() as session:
            add_priority(session, board, "Being alone", title=title)
    except EngagementError as refusal:
        return str(refusal)
    return "chosen"
