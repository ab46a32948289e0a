"""The hub: hands each board event to every page that watches the board, in the order of the record."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import anyio
import anyio.to_thread
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from engagement.web.beside import start_beside
from engagement.web.far_hands import HANDS_CHANNEL, FarHands
from engagement.web.hands import HandFacts, Hands
from engagement.web.live_callers import Claims
from engagement.web.live_ear import hear_others
from engagement.workshop.boards import BoardStamp, list_stamps
from engagement.workshop.events import BOARD_CHANNEL
from engagement.workshop.room_facts import describe_room
from engagement.workshop.state import list_events
from models.database import Record

LOST = "Moves of other processes no longer come by themselves."
MOST_WAITING = 256
TAIL_PAUSE_S = 0.5
READERS = 8
WRITERS = 4
DRAWERS = 2
"""Pages that are drawn at the same time: more threads would only take turns away from the streams."""


@dataclass(frozen=True)
class Frame:
    """One event, written once for all pages that get it."""

    seq: int
    data: bytes

    @property
    def is_beside(self) -> bool:
        """Tell whether this is no move, and may be handed on at any time."""
        return self.seq == 0


Behind: TypeAlias = tuple[BoardStamp, tuple[Frame, ...], dict[str, Any]]
# Something changed that is no move, such as a voice withdrawn: the page reads the whole board again.
RELOAD = Frame(0, b"event: reload\n\n")


@dataclass(eq=False)
class Subscriber:
    """One page that watches a board. None in the queue means: the stream ends here, come again.

    ``claims`` say whose page it is; None for a projector, which asks for itself.
    """

    workshop_id: int
    claims: Claims | None = None
    queue: asyncio.Queue[Frame | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    def hand(self, frame: Frame | None) -> None:
        """Queue a frame. A page that does not keep up loses its stream, comes again and catches up."""
        if frame is None or self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            frame = None
        self.queue.put_nowait(frame)


@dataclass
class _Topic:
    """The pages that watch one board.

    ``newest`` is the last event handed on, ``beside`` what stood beside the moves, and ``room`` what the room
    was doing; None: not known yet.
    """

    subscribers: set[Subscriber] = field(default_factory=set)
    newest: int | None = None
    beside: tuple[object, ...] | None = None
    room: dict[str, Any] | None = None

    def hand(self, frame: Frame) -> None:
        """Hand a frame to every page."""
        for subscriber in self.subscribers:
            subscriber.hand(frame)


class LiveHub:
    """Everything but ``publish`` and ``hold`` belongs to the event loop that the hub is bound to."""

    def __init__(self) -> None:
        self._holds: dict[int, threading.Lock] = {}
        self._topics: dict[int, _Topic] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._record: Record | None = None
        self._tail: asyncio.Task[None] | None = None
        self._ear: asyncio.Task[None] | None = None
        self._is_behind = asyncio.Event()
        self._far: FarHands | None = None
        self.drawers: anyio.CapacityLimiter | None = None
        self.hands = Hands(self._tell_beside, self._pass_on)

    @property
    def is_open(self) -> bool:
        """Tell whether streams are served."""
        return self._loop is not None

    @property
    def record(self) -> Record:
        """Give the record that the hub is bound to."""
        if self._record is None:
            raise ValueError("record == None, bind the hub in the lifespan first.")
        return self._record

    def bind(self, loop: asyncio.AbstractEventLoop, record: Record) -> None:
        """Start to serve streams on the loop, from the record. Call it in the loop, at the start."""
        self._loop, self._record = loop, record
        self._is_behind = asyncio.Event()
        self.hands = Hands(self._tell_beside, self._pass_on)
        self.readers = anyio.CapacityLimiter(READERS)
        self.writers = anyio.CapacityLimiter(WRITERS)
        self.drawers = anyio.CapacityLimiter(DRAWERS)
        self._tail = start_beside(self._follow_record(), LOST)
        if not record.is_sqlite:
            self._far = FarHands(record)
            hearers: dict[str, Callable[[str], None]] = {
                BOARD_CHANNEL: self._hear_move,
                HANDS_CHANNEL: partial(self._far.hear, self.hands),
            }
            self._ear = start_beside(hear_others(record.url, self._is_behind.set, hearers), LOST)

    def close(self) -> None:
        """End every stream at once, so that the server can stop. Call it in the loop; twice is no harm."""
        for task in (self._tail, self._ear):
            if task is not None:
                task.cancel()
        for topic in self._topics.values():
            for subscriber in topic.subscribers:
                subscriber.hand(None)
        self._topics.clear()
        self._loop = self._tail = self._ear = self._far = self.drawers = None

    def hold(self, workshop_id: int) -> threading.Lock:
        """Give the lock under which this process moves cards on the board and publishes, one at a time."""
        return self._holds.setdefault(workshop_id, threading.Lock())

    def publish(self, workshop_id: int, event: Mapping[str, Any]) -> None:
        """Hand an event to the board's pages. Call it from any thread, while holding the board."""
        loop = self._loop
        if loop is not None and workshop_id in self._topics:
            with suppress(RuntimeError):  # the loop closed meanwhile: the pages catch up from the record
                loop.call_soon_threadsafe(self._fan, workshop_id, (write_frame(event),))

    def join(self, workshop_id: int, claims: Claims | None = None) -> Subscriber:
        """Let a page watch a board, from now on."""
        subscriber = Subscriber(workshop_id, claims)
        self._topics.setdefault(workshop_id, _Topic()).subscribers.add(subscriber)
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        """Forget a page that has gone."""
        topic = self._topics.get(subscriber.workshop_id)
        if topic is not None:
            topic.subscribers.discard(subscriber)
            if not topic.subscribers:
                del self._topics[subscriber.workshop_id]

    def list_pages(self) -> dict[int, tuple[Subscriber, ...]]:
        """List the pages that watch each board and are somebody's; projectors are not among them."""
        pages = {
            workshop_id: tuple(page for page in topic.subscribers if page.claims is not None)
            for workshop_id, topic in self._topics.items()
        }
        return {workshop_id: each for workshop_id, each in pages.items() if each}

    def note_newest(self, workshop_id: int, seq: int, stamp: BoardStamp) -> None:
        """Learn how far the record is and what stood beside the moves, from a page that has just caught up.

        What changes from then on is told; a first look by the tail could come after the change.
        """
        topic = self._topics.get(workshop_id)
        if topic is not None and topic.newest is None:
            topic.newest, topic.beside = seq, stamp.beside

    def _tell_beside(self, workshop_id: int, data: bytes) -> None:
        """Hand something that is no move to the board's pages."""
        topic = self._topics.get(workshop_id)
        if topic is not None:
            topic.hand(Frame(0, data))

    def _pass_on(self, workshop_id: int, hands: list[HandFacts]) -> None:
        if self._far is not None:
            self._far.pass_on(workshop_id, hands)

    def _fan(self, workshop_id: int, frames: Iterable[Frame]) -> None:
        topic = self._topics.get(workshop_id)
        if topic is None:
            return
        for frame in frames:
            if topic.newest is not None and frame.seq != topic.newest + 1:
                if frame.seq > topic.newest:
                    # Another process moved in between: the tail brings both, in order.
                    self._is_behind.set()
                continue
            topic.newest = frame.seq
            topic.hand(frame)

    def _hear_move(self, notice: str) -> None:
        """Look at the record when a process has kept a move that the pages here have not seen."""
        workshop_id, seq = map(int, notice.split())
        topic = self._topics.get(workshop_id)
        if topic is not None and topic.newest is not None and topic.newest < seq:
            self._is_behind.set()

    async def _follow_record(self) -> None:
        """Bring the moves of other processes as soon as they are heard of, and all else now and then."""
        loop = asyncio.get_running_loop()
        next_look = loop.time() + TAIL_PAUSE_S
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(next_look):
                    await self._is_behind.wait()
            self._is_behind.clear()
            known = {each: topic.newest for each, topic in self._topics.items() if topic.newest is not None}
            is_time = loop.time() >= next_look
            if is_time:
                next_look = loop.time() + TAIL_PAUSE_S
            if known:
                with suppress(OperationalError):  # the record is busy or away: look again in a moment
                    await (self._look_at_all(known) if is_time else self._look_at_moves(known))

    async def _look_at_moves(self, known: Mapping[int, int]) -> None:
        found = await anyio.to_thread.run_sync(self._read_moves, known, limiter=self.readers)
        for workshop_id, frames in found.items():
            self._fan(workshop_id, frames)

    async def _look_at_all(self, known: Mapping[int, int]) -> None:
        found = await anyio.to_thread.run_sync(self._read_behind, known, limiter=self.readers)
        for workshop_id, (stamp, frames, room) in found.items():
            self._fan(workshop_id, frames)
            self._compare(workshop_id, stamp, room)

    def _compare(self, workshop_id: int, stamp: BoardStamp, room: dict[str, Any]) -> None:
        topic = self._topics.get(workshop_id)
        if topic is not None:
            if topic.beside not in (None, stamp.beside):
                topic.hand(RELOAD)
            topic.beside = stamp.beside
            steady = _leave_clock_out(room)
            if steady != topic.room:
                topic.room = steady
                topic.hand(write_room(room))

    def _read_moves(self, known: Mapping[int, int]) -> dict[int, tuple[Frame, ...]]:
        with self.record.reading() as session:
            return {each: _list_frames(session, each, newest) for each, newest in known.items()}

    def _read_behind(self, known: Mapping[int, int]) -> dict[int, Behind]:
        with self.record.reading() as session:
            return {
                workshop_id: (
                    stamp,
                    _list_frames(session, workshop_id, known[workshop_id]),
                    describe_room(session, workshop_id),
                )
                for workshop_id, stamp in list_stamps(session, tuple(known)).items()
            }


def _list_frames(session: Session, workshop_id: int, after: int) -> tuple[Frame, ...]:
    return tuple(map(write_frame, list_events(session, workshop_id, after)))


def write_frame(event: Mapping[str, Any]) -> Frame:
    """Write an event as the stream sends it."""
    words = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return Frame(event["seq"], f"id: {event['seq']}\nevent: move\ndata: {words}\n\n".encode())


def write_room(room: Mapping[str, Any]) -> Frame:
    """Write what the room is doing as the stream sends it."""
    words = json.dumps(room, ensure_ascii=False, separators=(",", ":"))
    return Frame(0, f"event: room\ndata: {words}\n\n".encode())


def _leave_clock_out(room: Mapping[str, Any]) -> dict[str, Any]:
    """Give what pages must be told of when it changes: they count the seconds themselves."""
    running = room["round"]
    steady = None if running is None else {key: running[key] for key in running if key != "left_s"}
    return {**room, "round": steady}


HUB = LiveHub()
