"""Cards in the hand: who has picked up which, told to the pages of a board and kept nowhere."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LASTS_S = 20.0
"""How long a card stays in the hand of somebody of whom nothing is heard."""
PAUSE_S = 0.5
"""Pages are told at most this often, of everybody at once."""
MOST_CARDS = 50
KNOWN_FOR_S = 30.0
"""How long somebody who was let hold cards may hold others without being looked up in the record again."""


@dataclass(frozen=True)
class Hand:
    """What one person holds. ``end`` lets go of it when nothing more is heard."""

    name: str
    cards: tuple[int, ...]
    end: asyncio.TimerHandle


class Hands:
    """All hands on the boards that this process serves. All of it belongs to the running event loop.

    Parameters
    ----------
    tell : callable
        Hands bytes of a stream to every page of a workshop.
    """

    def __init__(self, tell: Callable[[int, bytes], None]) -> None:
        self._tell = tell
        self._held: dict[int, dict[str, Hand]] = defaultdict(dict)
        self._news: dict[int, set[str]] = {}
        self._known: dict[tuple[int, str], tuple[str, float]] = {}

    def hold(self, workshop_id: int, who: str, name: str, cards: Iterable[int]) -> None:
        """Let somebody hold these cards and no others, or hold them on for as long again."""
        held = tuple(cards)[:MOST_CARDS]
        if not held:
            return self.let_go(workshop_id, who)
        before = self._held[workshop_id].get(who)
        if before is not None:
            before.end.cancel()
        end = asyncio.get_running_loop().call_later(LASTS_S, self.let_go, workshop_id, who)
        self._held[workshop_id][who] = Hand(name, held, end)
        if before is None or (before.name, before.cards) != (name, held):
            self._tell_soon(workshop_id, who)
        return None

    def let_go(self, workshop_id: int, who: str) -> None:
        """Let somebody hold nothing any more."""
        hand = self._held[workshop_id].pop(who, None)
        if hand is not None:
            hand.end.cancel()
            self._tell_soon(workshop_id, who)
        if not self._held[workshop_id]:
            del self._held[workshop_id]

    def know(self, workshop_id: int, who: str, name: str) -> None:
        """Remember for a while the name of somebody who may hold cards."""
        until = asyncio.get_running_loop().time() + KNOWN_FOR_S
        self._known[workshop_id, who] = (name, until)

    def find_name(self, workshop_id: int, who: str) -> str | None:
        """Find the name of somebody who may hold cards; None when the record must be asked."""
        name, until = self._known.get((workshop_id, who), ("", 0.0))
        return name if asyncio.get_running_loop().time() < until else None

    def write_all(self, workshop_id: int) -> bytes:
        """Write what everybody holds, for a page that has just come; nothing when nobody holds anything."""
        held = self._held.get(workshop_id, {})
        return self._write(workshop_id, held) if held else b""

    def _tell_soon(self, workshop_id: int, who: str) -> None:
        if workshop_id not in self._news:
            self._news[workshop_id] = set()
            asyncio.get_running_loop().call_later(PAUSE_S, self._tell_news, workshop_id)
        self._news[workshop_id].add(who)

    def _tell_news(self, workshop_id: int) -> None:
        self._tell(workshop_id, self._write(workshop_id, self._news.pop(workshop_id)))

    def _write(self, workshop_id: int, people: Iterable[str]) -> bytes:
        held = self._held.get(workshop_id, {})
        hands = [
            {"who": who, "name": held[who].name, "cards": held[who].cards}
            if who in held
            else {"who": who, "name": "", "cards": []}
            for who in people
        ]
        return f"event: hands\ndata: {json.dumps(hands, ensure_ascii=False)}\n\n".encode()
