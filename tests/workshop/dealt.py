"""A board to which a machine dealt candidate themes, without waiting for a machine."""

from __future__ import annotations

from collections.abc import Mapping

from engagement.workshop.boards import ProposedTheme, open_board
from models.database import Record
from models.theming_runs import CandidateTheme, Membership, ThemingRun
from tests.builders import FACILITATOR
from tests.workshop.conftest import Room, Table, make_room

DEALT = {"Getting about": (0, 1, 2), "Nobody listens": (3, 4), "Online": (5, 6)}
CARD = {
    "engine": "consensus of k-means",
    "steps": [["Grouping", "The texts were grouped 100 times."]],
    "model": {"name": "all-MiniLM-L6-v2", "sha256": "5" * 64},
    "libraries": {"numpy": "2.4.6"},
    "settings": {"seed": 614, "n_runs": 100},
    "input_sha256": "a" * 64,
    "scores": {"n_leaves": 3, "mean_leaf_stability": 0.81},
}


def deal_board(record: Record, dealt: Mapping[str, tuple[int, ...]] = DEALT, texts=None) -> Table:
    """Deal candidate themes to a board; the voices that no theme names were set aside."""
    room = make_room(record, texts) if texts else make_room(record)
    run_id, proposed = _add_run(record, room, dealt)
    with record.writing() as session:
        workshop_id = open_board(
            session,
            FACILITATOR,
            room.engagement_id,
            "Workshop 1",
            proposed,
            run_id=run_id,
            n_themes=len(dealt),
        )
    table = Table(room, workshop_id, {})
    table.themes = {theme["name"]: theme["id"] for theme in table.look()["themes"]}
    return table


def _add_run(
    record: Record, room: Room, dealt: Mapping[str, tuple[int, ...]]
) -> tuple[int, list[ProposedTheme]]:
    held = {place for places in dealt.values() for place in places}
    with record.writing() as session:
        run = ThemingRun(
            engagement_id=room.engagement_id,
            chosen_n=len(dealt),
            n_voices=len(room.voices),
            n_set_aside=len(room.voices) - len(held),
            card=CARD,
            voice_ids=list(room.voices),
            result=b"",
            took_s=31.4,
            made_by=FACILITATOR.name,
        )
        session.add(run)
        session.flush()
        proposed = []
        for node, (label, places) in enumerate(dealt.items()):
            candidate = CandidateTheme(
                run_id=run.id, node=node, label=label, keywords=["stop"], size=len(places), stability=0.9
            )
            session.add(candidate)
            session.flush()
            proposed.append(ProposedTheme(candidate.id, label, tuple(room.voices[place] for place in places)))
        node_of = {place: node for node, places in enumerate(dealt.values()) for place in places}
        session.add_all(
            Membership(
                run_id=run.id,
                n_themes=len(dealt),
                voice_id=voice_id,
                node=node_of.get(place),
                strength=0.8 if place in node_of else 0.0,
                alternatives=[],
            )
            for place, voice_id in enumerate(room.voices)
        )
        return run.id, proposed
