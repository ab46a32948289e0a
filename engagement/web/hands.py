"""Cards in the hand: who has picked up which, told to the pages of a board and kept nowhere."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict

LASTS_S = 20.0
"""How long a card stays in the hand of somebody of whom nothing is heard."""
PAUSE_S = 0.5
"""Pages are told at most this often, of everybody at once."""
MOST_CARDS = 50
KNOWN_FOR_S = 30.0
"""How long somebody who was let hold cards may hold others without being looked up in the record again."""


class HandFacts(TypedDict):
    """What one person holds, as pages and other processes are told; no cards: an empty hand."""

    who: str
    name: str
    cards: list[int]


@dataclass(frozen=True)
class Hand:
    """What one person holds. ``end`` lets go of it when nothing more is heard.

    ``is_far``: on a page of another process.
    """

    name: str
    cards: tuple[int, ...]
    end: asyncio.TimerHandle
    is_far: bool


@dataclass
class _News:
    """What is new of one person: for the pages here, and for other processes."""

    is_for_pages: bool = False
    is_for_processes: bool = False


class Hands:
    """All hands on the boards that this process serves. All of it belongs to the running event loop.

    Parameters
    ----------
    tell : callable
        Hands bytes of a stream to every page of a workshop.
    pass_on : callable
        Hands what people of a workshop hold on pages of this process to the other processes, also when it is
        as before: they too let go of what they hear nothing more of.
    """

    def __init__(
        self, tell: Callable[[int, bytes], None], pass_on: Callable[[int, list[HandFacts]], None]
    ) -> None:
        self._tell, self._pass_on = tell, pass_on
        self._held: dict[int, dict[str, Hand]] = defaultdict(dict)
        self._news: dict[int, dict[str, _News]] = {}
        self._known: dict[tuple[int, str], tuple[str, float]] = {}

    def hold(
        self, workshop_id: int, who: str, name: str, cards: Iterable[int], *, is_far: bool = False
    ) -> None:
        """Let somebody hold these cards and no others, or hold them on for as long again."""
        held = tuple(cards)[:MOST_CARDS]
        if not held:
            return self.let_go(workshop_id, who, is_far=is_far)
        before = self._held[workshop_id].get(who)
        if before is not None:
            before.end.cancel()
        end = asyncio.get_running_loop().call_later(LASTS_S, self._end, workshop_id, who, is_far)
        self._held[workshop_id][who] = Hand(name, held, end, is_far)
        is_new = before is None or (before.name, before.cards) != (name, held)
        self._tell_soon(workshop_id, who, is_for_pages=is_new, is_for_processes=not is_far)
        return None

    def let_go(self, workshop_id: int, who: str, *, is_far: bool = False) -> None:
        """Let somebody hold nothing any more. No page here ends what is held on another process."""
        hand = self._held[workshop_id].get(who)
        if hand is not None and hand.is_far == is_far:
            del self._held[workshop_id][who]
            hand.end.cancel()
            self._tell_soon(workshop_id, who, is_for_pages=True, is_for_processes=not is_far)
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
        return _write(self._describe(workshop_id, held)) if held else b""

    def _end(self, workshop_id: int, who: str, is_far: bool) -> None:
        self.let_go(workshop_id, who, is_far=is_far)

    def _tell_soon(self, workshop_id: int, who: str, *, is_for_pages: bool, is_for_processes: bool) -> None:
        if workshop_id not in self._news:
            self._news[workshop_id] = {}
            asyncio.get_running_loop().call_later(PAUSE_S, self._tell_news, workshop_id)
        news = self._news[workshop_id].setdefault(who, _News())
        news.is_for_pages |= is_for_pages
        news.is_for_processes |= is_for_processes

    def _tell_news(self, workshop_id: int) -> None:
        news = self._news.pop(workshop_id)
        if for_pages := [who for who, each in news.items() if each.is_for_pages]:
            self._tell(workshop_id, _write(self._describe(workshop_id, for_pages)))
        if for_processes := [who for who, each in news.items() if each.is_for_processes]:
            self._pass_on(workshop_id, self._describe(workshop_id, for_processes))

    def _describe(self, workshop_id: int, people: Iterable[str]) -> list[HandFacts]:
        held = self._held.get(workshop_id, {})
        return [
            {"who": who, "name": held[who].name, "cards": list(held[who].cards)}
            if who in held
            else {"who": who, "name": "", "cards": []}
            for who in people
        ]


def _write(hands: list[HandFacts]) -> bytes:
    return f"event: hands\ndata: {json.dumps(hands, ensure_ascii=False)}\n\n".encode()
